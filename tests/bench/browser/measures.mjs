// What is measured, each in visits of its own. A measure yields figures as soon as it has them, each with the values of all of its runs.

import { go, restore, settled, until, visit } from './browser.mjs';
import { filling } from './filling.mjs';
import { backup, imdbExport, works } from './made_up.mjs';
import { memoryOf } from './memory.mjs';
import { framesWhile } from './trace.mjs';

/** @typedef {{name: string, unit: string, values: number[], target?: number, high?: number}} Figure  `target` for the median, `high` for the 95th percentile */
/** @typedef {{url: string, empty: string, runs: number}} Place */
/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').CDPSession} CDPSession */

const large = 50_000;
const ratedOfLarge = 2_000;

/** As soon as the first frame is there the Predict link is followed; `firstInteraction` is when that is answered. */
function pressAtOnce() {
  new PerformanceObserver((list, observer) => {
    if (!list.getEntries().some((entry) => entry.name === 'media-hub:first-frame')) return;
    observer.disconnect();
    const shown = performance.now();
    const links = () => Array.from(document.querySelectorAll('#mirror a')).filter((link) => link instanceof HTMLElement);
    globalThis
      .stopwatch(() => links().find((link) => link.textContent === 'Predict')?.click(), [() => links().some((link) => link.textContent === 'Predict' && link.hasAttribute('aria-current'))])
      .then(([answered]) => Object.assign(globalThis, { firstInteraction: shown + answered }));
  }).observe({ type: 'mark', buffered: true });
}

/** @param {Place} place @param {boolean} slow */
async function opening(place, slow) {
  const values = [];
  const empties = [];
  for (let run = 0; run < place.runs; ++run) {
    const empty = await visit(place.empty, { slow });
    await until(empty.page, () => performance.getEntriesByType('navigation').some((one) => one.toJSON().loadEventEnd > 0));
    empties.push(await empty.page.evaluate(() => performance.getEntriesByType('navigation')[0]?.toJSON().loadEventEnd));
    await empty.close();
    const { page, close } = await visit(place.url, { slow, watch: pressAtOnce });
    await until(page, () => globalThis.firstInteraction !== undefined);
    values.push(await page.evaluate(() => globalThis.firstInteraction ?? Number.NaN));
    await close();
  }
  return { values, empties };
}

/** From an address typed into an empty browser to the answer of the first press. @param {Place} place @returns {AsyncGenerator<Figure>} */
async function* start(place) {
  const plain = await opening(place, false);
  yield { name: 'first interaction, cold', unit: 'ms', values: plain.values };
  yield { name: '  an empty page’s load', unit: 'ms', values: plain.empties };
  const slow = await opening(place, true);
  yield { name: 'first interaction, cold, 4x slower processor, 10 Mbit/s', unit: 'ms', values: slow.values, target: 1500 };
  yield { name: '  an empty page’s load', unit: 'ms', values: slow.empties };
}

/** Counts, on the mirror's element, the predictions that came from the engine and were drawn. Runs in the page before anything else. */
function countPredictions() {
  let told = 0;
  const drawn = () => document.getElementById('mirror')?.setAttribute('data-predictions', String(++told));
  globalThis.Worker = class extends Worker {
    /** @param {string | URL} script @param {WorkerOptions} [options] */
    constructor(script, options) {
      super(script, options);
      this.addEventListener('message', ({ data }) => {
        // News are told in the next frame; that one is on the screen when the one after it begins.
        if (data.said?.some((/** @type {{json: string}} */ { json }) => /"kind":"predictions"/.test(json))) requestAnimationFrame(() => requestAnimationFrame(drawn));
      });
    }
  };
}

/** From a rating to what is predicted with it: 1,000 films rated, 5,000 more in the library. @param {Place} place @returns {AsyncGenerator<Figure>} */
async function* rating(place) {
  const { page, close } = await visit(place.url, { watch: countPredictions });
  await restore(page, backup(works(6000, { only: 'film' }), 1000));
  const moved = [];
  const refreshed = [];
  const saved = [];
  for (let run = 0; run < Math.max(5, place.runs); ++run) {
    await page.evaluate((id) => (location.hash = `#/${id}`), `film/tt${90003000 + run}`);
    await until(page, () => /\d\.\d\d \/ 5\.00/.test(globalThis.statusOf('Predicted rating') ?? ''));
    await settled(page);
    await page.waitForTimeout(500);
    const times = await page.evaluate((stars) => {
      const told = () => document.getElementById('mirror')?.dataset.predictions;
      const before = told();
      let busy = false;
      let saving = false;
      return globalThis.stopwatch(() => {
        const slider = document.querySelector('#mirror input[type=range][aria-label="Your rating"]');
        if (!(slider instanceof HTMLInputElement)) return;
        slider.value = stars;
        slider.dispatchEvent(new Event('input', { bubbles: true }));
      }, [
        () => told() !== before,
        () => (busy ||= globalThis.statusOf('Training') !== 'Ready') && globalThis.statusOf('Training') === 'Ready',
        () => (saving ||= globalThis.statusOf('Storage') !== 'Saved') && globalThis.statusOf('Storage') === 'Saved',
      ]);
    }, run % 2 ? '5' : '0.5');
    moved.push(times[0]);
    refreshed.push(times[1]);
    saved.push(times[2]);
  }
  await close();
  yield* [
    { name: 'rating to the new predictions on the screen', unit: 'ms', values: moved, target: 100 },
    { name: 'rating to all predictions of 1,000 + 5,000 films', unit: 'ms', values: refreshed, target: 1000 },
    { name: 'rating to Saved', unit: 'ms', values: saved },
  ];
}

/** An IMDb export of so many rows, dropped. @param {Place} place @param {number} rows @param {number} target  milliseconds for all of it @returns {AsyncGenerator<Figure>} */
async function* importing(place, rows, target) {
  const text = imdbExport(works(rows, { only: 'film' }));
  /** @type {number[]} */
  const shown = [];
  /** @type {number[]} */
  const saved = [];
  const tasks = [];
  for (let run = 0; run < place.runs; ++run) {
    const { page, session, close } = await visit(place.url);
    await settled(page);
    await page.evaluate((content) => Object.assign(globalThis, { dropped: new File([content], 'ratings.csv', { type: 'text/csv' }) }), text);
    const { longest } = await framesWhile(session, async () => {
      const [preview] = await page.evaluate(() => {
        const data = new DataTransfer();
        data.items.add(/** @type {any} */ (globalThis).dropped);
        return globalThis.stopwatch(() => {
          for (const kind of ['dragenter', 'dragover', 'drop']) document.elementFromPoint(400, 300)?.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true, clientX: 400, clientY: 300 }));
        }, [() => Array.from(document.querySelectorAll('#mirror button')).some((button) => button.textContent === 'Import')], 60_000);
      });
      shown.push(preview);
      const [done] = await page.evaluate(() => {
        let saving = false;
        return globalThis.stopwatch(() => Array.from(document.querySelectorAll('#mirror button')).filter((button) => button instanceof HTMLElement).find((button) => button.textContent === 'Import')?.click(), [
          () => (saving ||= globalThis.statusOf('Storage') !== 'Saved') && globalThis.statusOf('Storage') === 'Saved',
        ], 60_000);
      });
      saved.push(done);
    });
    tasks.push(longest);
    await close();
  }
  yield* [
    { name: `drop of ${rows.toLocaleString('en')} rows to the preview`, unit: 'ms', values: shown },
    { name: 'Import pressed to Saved', unit: 'ms', values: saved },
    { name: 'both', unit: 'ms', values: shown.map((time, at) => time + saved[at]), target },
    { name: 'longest task of the page', unit: 'ms of processor', values: tasks },
  ];
}

/** Milliseconds from the press of the first genre in the sheet of filters to the number of rows that it leaves, or brings back. @param {Page} page */
async function pressGenre(page) {
  const [time] = await page.evaluate(() => {
    const rows = () => document.querySelector('#mirror [role=table]')?.getAttribute('aria-rowcount');
    const before = rows();
    return globalThis.stopwatch(() => {
      const genre = document.querySelector('#mirror [role=dialog] [role=group][aria-label=Genres] button');
      if (genre instanceof HTMLElement) genre.click();
    }, [() => rows() !== before]);
  });
  return time;
}

/** Milliseconds from the press of the Library's link to its rows. @param {Page} page */
async function openLibrary(page) {
  const [time] = await page.evaluate(() =>
    globalThis.stopwatch(() => Array.from(document.querySelectorAll('#mirror a')).filter((link) => link instanceof HTMLElement).find((link) => link.textContent === 'Library')?.click(), [
      () => document.querySelector('#mirror [role=table] [role=row][aria-rowindex="3"]') !== null,
    ]),
  );
  return time;
}

/** Milliseconds from each key of `word` until what it finds is drawn. @param {Page} page @param {string} name @param {string} word @param {'rows' | 'list'} drawn */
async function typing(page, name, word, drawn) {
  const times = [];
  const field = page.getByRole('searchbox', { name, exact: true });
  await field.focus();
  for (const letter of word) {
    await page.evaluate((test) => {
      globalThis.typed = new Promise((resolve) => {
        const holds = test === 'rows' ? (() => {
          const rows = () => document.querySelector('#mirror [role=table]')?.getAttribute('aria-rowcount');
          const before = rows();
          return () => rows() !== before;
        })() : (() => {
          let busy = false;
          const list = () => document.querySelector('#mirror [role=listbox]');
          return () => (busy ||= list()?.getAttribute('aria-busy') === 'true') && !list()?.hasAttribute('aria-busy');
        })();
        addEventListener('keydown', (event) => globalThis.stopwatch(() => event.timeStamp, [holds], 3000).then(([time]) => resolve(time)), { once: true, capture: true });
      });
    }, drawn);
    await page.keyboard.press(letter);
    const time = await page.evaluate(() => globalThis.typed);
    if (!Number.isNaN(time)) times.push(time);
    await page.waitForTimeout(150);
  }
  await field.fill('');
  await page.waitForTimeout(300);
  return times;
}

/** Scrolls what lies in the middle of the page at so many pixels a second. @param {CDPSession} session @param {number} pixels @param {number} speed */
async function scroll(session, pixels, speed) {
  await session.send('Input.synthesizeScrollGesture', { x: 800, y: 500, yDistance: -pixels, speed, gestureSourceType: 'mouse', preventFling: true });
}

/** A library of 50,000 works of all types, 2,000 of them rated. @param {Place} place @returns {AsyncGenerator<Figure>} */
async function* library(place) {
  const { page, session, close } = await visit(place.url);
  await restore(page, backup(works(large), ratedOfLarge));
  const opened = [];
  const again = [];
  for (let run = 0; run < place.runs; ++run) {
    await page.goto('about:blank');
    await page.goto(`${place.url}#/predict`);
    await settled(page);
    await page.waitForTimeout(1000);
    opened.push(await openLibrary(page));
    await page.waitForTimeout(500);
    await go(page, 'Data');
    again.push(await openLibrary(page));
  }
  yield { name: 'opening the Library, first time', unit: 'ms', values: opened };
  yield { name: 'opening the Library again', unit: 'ms', values: again };
  await page.waitForTimeout(1500);

  const frames = [];
  const tasks = [];
  for (let run = 0; run < place.runs; ++run) {
    const seen = await framesWhile(session, () => scroll(session, 6000, 2000));
    frames.push(...seen.frames);
    tasks.push(seen.longest);
  }
  yield { name: 'scrolling, a frame', unit: 'ms of processor', values: frames, target: 4, high: 8 };
  yield { name: 'scrolling, the longest task of a run', unit: 'ms of processor', values: tasks };
  const jumps = [];
  for (let run = 0; run < place.runs; ++run) {
    // Another part of the list in every frame, as when its scrollbar is dragged.
    const seen = await framesWhile(session, () =>
      page.evaluate(async () => {
        const list = document.querySelector('#mirror [role=table] .scroll');
        for (let step = 0; list && step < 120; ++step) {
          list.scrollTop = (step * 7919 * 52) % (list.scrollHeight - 1000);
          await new Promise((resolve) => requestAnimationFrame(resolve));
        }
      }),
    );
    jumps.push(...seen.frames);
  }
  yield { name: 'dragging the scrollbar, a frame', unit: 'ms of processor', values: jumps };
  const group = async (/** @type {string} */ by) => {
    await page.getByRole('button', { name: /^Group/ }).first().click();
    await page.getByRole('radio', { name: by, exact: true }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.waitForTimeout(1500);
  };
  const grouped = [];
  for (const by of ['Decade', 'Creator']) {
    await group(by);
    for (let run = 0; run < place.runs; ++run) grouped.push(...(await framesWhile(session, () => scroll(session, 6000, 2000))).frames);
  }
  yield { name: 'scrolling in groups, a frame', unit: 'ms of processor', values: grouped, target: 4, high: 8 };
  await group('Nothing');
  await page.evaluate(() => document.querySelector('#mirror [role=table] .scroll')?.scrollTo(0, 0));
  await page.waitForTimeout(500);
  const inLibrary = [];
  for (const word of ['bright', 'the star', 'mell']) inLibrary.push(...(await typing(page, 'Search your library', word, 'rows')));
  yield { name: 'a key in the Library’s search to its rows', unit: 'ms', values: inLibrary, target: 50 };
  await page.getByRole('button', { name: 'Filters', exact: true }).click();
  const filtered = [];
  for (let run = 0; run < 2 * place.runs; ++run) {
    filtered.push(await pressGenre(page));
    await page.waitForTimeout(300);
  }
  yield { name: 'a genre pressed in the sheet of filters to its rows', unit: 'ms', values: filtered, target: 50 };
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await go(page, 'Predict');
  await settled(page);
  const inPredict = [];
  for (const word of ['bright', 'the star', 'mell']) inPredict.push(...(await typing(page, 'Search', word, 'list')));
  yield { name: 'a key in Predict’s search to its results', unit: 'ms', values: inPredict, target: 50 };

  await page.goto('about:blank');
  await page.goto(`${place.url}#/library`);
  await settled(page);
  await page.waitForTimeout(4000);
  const before = await page.evaluate(() => ({ ...globalThis.wakes, drawn: globalThis.mediaHub.frames() }));
  await page.waitForTimeout(10_000);
  const after = await page.evaluate(() => ({ ...globalThis.wakes, drawn: globalThis.mediaHub.frames() }));
  yield { name: 'frames, and other wakes, in 10 s of rest', unit: '', values: [after.drawn - before.drawn + after.frames - before.frames + after.timers - before.timers], target: 0 };
  const memory = await memoryOf(session);
  const selecting = [];
  const changing = [];
  for (let run = 0; run < place.runs; ++run) {
    selecting.push(await page.evaluate(async () => {
      const [took] = await globalThis.stopwatch(
        () => void document.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', ctrlKey: true, bubbles: true })),
        [() => /^50,000 selected/.test(document.querySelector('#mirror [role=status][aria-label=Selection]')?.textContent ?? '')],
      );
      return took;
    }));
    changing.push(await page.evaluate(async (on) => {
      const name = `${on ? 'Put' : 'Take'} the selected titles ${on ? 'on' : 'off'} your wish list`;
      const [took] = await globalThis.stopwatch(
        () => void [...document.querySelectorAll('#mirror button')].find((one) => one.textContent === name)?.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 0 })),
        [() => [...document.querySelectorAll('#mirror button')].some((one) => one.textContent === (on ? 'Wish list 50,000' : 'Wish list 0'))],
      );
      return took;
    }, run % 2 === 0));
    await page.waitForTimeout(1500);
    await page.keyboard.press('Escape');
    await page.waitForTimeout(500);
  }
  yield { name: 'selecting all 50,000', unit: 'ms', values: selecting };
  yield { name: 'one change to all 50,000, until it is shown', unit: 'ms', values: changing };
  await close();
  const mebi = (/** @type {number} */ bytes) => bytes / 2 ** 20;
  yield* [
    { name: 'page: JavaScript heap', unit: 'MiB', values: [mebi(memory.page.heap)] },
    { name: 'page: WebAssembly memory', unit: 'MiB', values: [mebi(memory.page.wasm)] },
    { name: 'engine: JavaScript heap', unit: 'MiB', values: [mebi(memory.engine.heap)] },
    { name: 'engine: WebAssembly memory', unit: 'MiB', values: [mebi(memory.engine.wasm)] },
    { name: 'page and engine', unit: 'MiB', values: [mebi(memory.page.heap + memory.page.wasm + memory.engine.heap + memory.engine.wasm)], target: 120 },
  ];
}

/** @type {Record<string, (place: Place) => AsyncGenerator<Figure>>} */
export const measures = { start, rating, import: (place) => importing(place, 10_000, 2000), import_large: (place) => importing({ ...place, runs: 1 }, 100_000, 15_000), library, fill: () => filling(ratedOfLarge), fill_rated: () => filling(10_000), fill_films: () => filling(10_000, 'film') };
