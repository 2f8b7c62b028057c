// What a library of 10,000 titles takes while services fill in what it lacks, as fast as they can answer.

import { go, restore, serveWithServices, settled, visit } from './browser.mjs';
import { backup, works } from './made_up.mjs';
import { memoryOf } from './memory.mjs';
import { servicesThatKnow, wordOf } from './services.mjs';
import { framesWhile } from './trace.mjs';

/** @typedef {import('./measures.mjs').Figure} Figure */

const many = 10_000;
/** Milliseconds: a task of the page's own thread that is longer keeps a person waiting who does something just then. */
const longTask = 50;

/** Notes every long task by the clock. Runs in the page before anything else. */
function noteLongTasks() {
  /** @type {number[]} */
  const longTasks = [];
  Object.assign(globalThis, { longTasks });
  new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: 'longtask' });
}

/** Made-up works, each with a word of its own in its title, so that a search can be about but one. @param {string} [only]  a type */
function titles(only) {
  return works(many, { only }).map((work, at) => ({ ...work, title: `${work.title} ${wordOf(at)[0].toUpperCase()}${wordOf(at).slice(1)}` }));
}

/** What a service's export tells of a work that the services are then asked for. @param {ReturnType<typeof titles>[number]} work */
const bare = ({ id, type, title, year, ids, creators }) => ({
  id, type, title, year, ...(ids && { ids }), ...(['album', 'book'].includes(type) && { creators }), provenance: 'Letterboxd export',
});

/** What somebody does meanwhile, one after the other. @type {Record<string, (page: import('playwright-core').Page) => Promise<unknown>>} */
const deeds = {
  Data: (page) => page.waitForTimeout(4000),
  Library: async (page) => {
    for (let i = 0; i < 12; ++i) {
      await page.mouse.move(800, 500);
      await page.mouse.wheel(0, 700);
      await page.waitForTimeout(300);
    }
  },
  Predict: async (page) => {
    const field = page.getByRole('searchbox', { name: 'Search', exact: true });
    await field.fill('');
    for (const letter of 'the star') {
      await field.press(letter === ' ' ? 'Space' : letter);
      await page.waitForTimeout(250);
    }
    await page.waitForTimeout(1000);
    await page.getByRole('option').first().click();
    await page.waitForTimeout(1500);
  },
  Accuracy: (page) => page.waitForTimeout(4000),
};

/**
 * All 10,000 titles are filled. Where other things run on the machine, the processor's time says what the page does, and the clock how long that was.
 * @param {number} rated  how many of them are; what models of them take is part of the memory
 * @param {string} [only]  the type of all of them
 * @returns {AsyncGenerator<Figure>}
 */
export async function* filling(rated, only) {
  const all = titles(only);
  const services = await servicesThatKnow(all);
  const site = await serveWithServices(services.hosts);
  const { page, session, close } = await visit(site.url, { watch: noteLongTasks });
  await restore(page, backup(all, rated, bare));
  await go(page, 'Data');
  const before = await memoryOf(session);
  await page.evaluate(() => globalThis.longTasks.splice(0));
  const began = Date.now();
  await page.getByRole('button', { name: /^Look up [\d,]+ titles$/ }).click();
  const status = page.getByRole('status', { name: 'Missing facts', exact: true });
  /** @type {Record<string, number[]>} */
  const tasks = {};
  const frames = [];
  let clock = 0;
  let long = 0;
  let peak = 0;
  const mebi = (/** @type {Awaited<ReturnType<typeof memoryOf>>} */ { page: its, engine }) => (its.heap + its.wasm + engine.heap + engine.wasm) / 2 ** 20;
  for (let through = false; !through; ) {
    for (const [view, deed] of Object.entries(deeds)) {
      await go(page, view);
      const seen = await framesWhile(session, () => deed(page).then(() => {}));
      (tasks[view] ??= []).push(...seen.tasks);
      frames.push(...seen.frames);
      const noted = await page.evaluate(() => globalThis.longTasks.splice(0));
      clock = Math.max(clock, ...noted);
      long += noted.length;
      const memory = await memoryOf(session, false);
      peak = Math.max(peak, mebi(memory));
      await page.evaluate(() => globalThis.longTasks.splice(0));
    }
    await go(page, 'Data');
    const said = (await status.textContent()) ?? '';
    through = /^Looked up [\d,]+ titles/.test(said);
  }
  const took = (Date.now() - began) / 1000;
  const said = (await status.textContent()) ?? '';
  const found = Number((/found more of ([\d,]+)/.exec(said)?.[1] ?? '0').replaceAll(',', ''));
  await settled(page);
  const after = await memoryOf(session);
  await close();
  await site.close();
  services.stop();
  yield* [
    { name: 'titles that got more facts', unit: '', values: [found], target: many },
    { name: 'all of it', unit: 's', values: [took] },
    { name: 'page and engine before', unit: 'MiB', values: [mebi(before)] },
    { name: 'page and engine meanwhile, at the most, with garbage', unit: 'MiB', values: [peak], target: 250 },
    { name: 'page and engine after', unit: 'MiB', values: [mebi(after)] },
    ...Object.entries(tasks).flatMap(([view, times]) => [
      { name: `${view}: the longest task`, unit: 'ms of processor', values: [Math.max(...times)], target: longTask },
      { name: `${view}: tasks of more than ${longTask} ms`, unit: '', values: [times.filter((time) => time > longTask).length], target: 0 },
    ]),
    { name: 'a frame', unit: 'ms of processor', values: frames },
    { name: 'the longest task by the clock', unit: 'ms', values: [clock] },
    { name: `tasks of more than ${longTask} ms by the clock`, unit: '', values: [long] },
  ];
}
