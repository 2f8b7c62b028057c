// Durability: the browser is killed (SIGKILL) at random moments while somebody rates, imports a file or restores a backup; imports are large enough that
// the journal is folded into a snapshot again and again. Whatever the page had called saved must be there afterwards, a file or a backup whole or not at
// all, ratings in the order in which they were given, and every reopening must work.

import { execFileSync } from 'node:child_process';
import path from 'node:path';
import test from 'node:test';
import { assert, chooseFile, download, go, imdbExport, launch, openPage, present, ready, servePage, waitForText } from './harness.mjs';

const rounds = Number(process.env.HUB_KILLS ?? 30);
// Moments differ from run to run; the seed is printed so that a failure can be repeated.
const seed = Number(process.env.HUB_SEED ?? Date.now() % 1_000_000);

/** @param {number} state @returns {() => number} evenly spread over [0, 1): mulberry32 */
function random(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Kills every process of the browser that runs on this profile. @param {string} profile */
function kill(profile) {
  try {
    execFileSync('pkill', ['-KILL', '-f', profile]);
  } catch {
    // Nothing was left to kill.
  }
}

/** Of a made-up export of so many titles, in which all have the same rating, out of ten. @param {number} rating */
const exportOf = (rating) => ({ name: 'ratings.csv', mimeType: 'text/csv', buffer: Buffer.from(imdbExport(600, { rating: () => rating })) });

/** What is looked at: titles of the catalogue, which are rated by hand, and the first, one in the middle and the last film of the export. */
const titles = {
  'film/tt0017136': 'Metropolis',
  'film/tt0000417': 'A Trip to the Moon',
  'game/portal-2': 'Portal 2',
  'book/dune': 'Dune',
  'film/tt90000000': 'Harbour, part 0',
  'film/tt90000300': 'Harbour, part 300',
  'film/tt90000598': 'Harbour, part 598',
};
/** @typedef {keyof typeof titles} Id @typedef {Record<Id, string | null>} World  the ratings of all of them, in stars */
const ids = /** @type {Id[]} */ (Object.keys(titles));
const byHand = ids.slice(0, 4);
const imported = ids.slice(4);

/** @typedef {import('./harness.mjs').Page} Page */

/** Opens an item and waits until it, and not the one before, is shown. @param {Page} page @param {string} url @param {Id} id */
async function show(page, url, id) {
  await page.goto(`${url}#/${id}`);
  await page.getByRole('heading', { name: titles[id], exact: true, level: 1 }).waitFor({ timeout: 5000 });
  return page.getByRole('slider', { name: 'Your rating', exact: true });
}

/** @param {Page} page @param {string} url */
async function worldOf(page, url) {
  /** @type {Partial<World>} */
  const world = {};
  for (const id of ids) {
    const words = (await (await show(page, url, id)).getAttribute('aria-valuetext')) ?? '';
    world[id] = /not rated/i.test(words) ? null : present(/^[\d.]+/.exec(words))[0];
  }
  return /** @type {World} */ (world);
}

/** Presses a button, and waits for what it changes to be saved: until then the page says that it is not. @param {Page} page @param {string} name */
async function pressAndSave(page, name) {
  const button = page.getByRole('button', { name, exact: true }).last();
  await button.waitFor();
  const status = page.getByRole('status', { name: 'Storage' });
  const saved = status.evaluate(
    (element) =>
      new Promise((resolve) => {
        let saving = false;
        const look = () => {
          const words = element.textContent?.trim();
          if (words !== 'Saved') saving = true;
          else if (saving) resolve(undefined);
        };
        new MutationObserver(look).observe(element, { characterData: true, childList: true, subtree: true });
      }),
  );
  saved.catch(() => {}); // the browser may be killed before
  await button.click();
  await saved;
}

test(`nothing saved is lost over ${rounds} kills (seed ${seed})`, async () => {
  const { url } = await servePage('/');
  const next = random(seed);
  const among = (/** @type {number} */ count) => Math.floor(next() * count);
  const { context: first, profile } = await launch();
  const firstPage = await openPage(first, url);
  await go(firstPage, 'Data');
  await chooseFile(firstPage, exportOf(2));
  await pressAndSave(firstPage, 'Import');
  await ready(firstPage);
  /** What may be there: what was saved last, then what came after it, in turn. @type {World[]} */
  let worlds = [await worldOf(firstPage, url)];
  await first.close();
  /** How often each was seen saved before the kill, and begun at all. @type {Record<string, {saved: number, begun: number}>} */
  const tally = { rate: { saved: 0, begun: 0 }, import: { saved: 0, begun: 0 }, restore: { saved: 0, begun: 0 } };

  for (let round = 0; round < rounds; ++round) {
    const { context } = await launch(profile);
    const page = await openPage(context, url);
    const found = await worldOf(page, url);
    assert.ok(worlds.some((world) => ids.every((id) => world[id] === found[id])), `round ${round}: found ${JSON.stringify(found)}, expected one of ${JSON.stringify(worlds)}`);
    worlds = [found];

    const activity = present(['rate', 'import', 'restore'][round % 3]);
    const kept = activity === 'restore' ? path.join(profile, 'kept.jsonl') : '';
    if (kept) {
      await go(page, 'Data');
      await download(page, 'Download backup', kept);
      const slider = await show(page, url, 'book/dune');
      const other = found['book/dune'] === '1' ? '2' : '1';
      await slider.fill(other);
      await page.getByRole('button', { name: 'Undo', exact: true }).first().waitFor();
      worlds.push({ ...found, 'book/dune': other });
    }
    if (activity !== 'rate') await go(page, 'Data');

    const killAfter = 50 + next() * (activity === 'rate' ? 1200 : 3500);
    let killed = false;
    const timer = new Promise((resolve) => setTimeout(resolve, killAfter)).then(() => {
      killed = true;
      kill(profile);
    });
    /** What is there once `world` is saved. @param {World} world @param {() => Promise<unknown>} save */
    const enter = async (world, save) => {
      worlds.push(world);
      ++present(tally[activity]).begun;
      await save();
      if (killed) return;
      ++present(tally[activity]).saved;
      worlds = [world];
    };
    while (!killed) {
      try {
        if (activity === 'rate') {
          const id = present(byHand[among(byHand.length)]);
          const stars = String(0.5 * (1 + among(10)));
          const slider = await show(page, url, id);
          await enter({ ...present(worlds.at(-1)), [id]: stars }, async () => {
            await slider.fill(stars, { timeout: 3000 });
            // “Saved” counts only together with the rating shown: before the engine answers, the old “Saved” still stands.
            await page.waitForFunction(([wanted]) => {
              const shown = document.querySelector('input[type=range][aria-label="Your rating"]')?.getAttribute('aria-valuetext') ?? '';
              const state = document.querySelector('[role=status][aria-label="Storage"]')?.textContent.trim();
              return shown.startsWith(wanted ?? '') && state === 'Saved';
            }, [stars], { timeout: 3000, polling: 5 });
          });
        } else if (activity === 'import') {
          const rating = 1 + among(10);
          await chooseFile(page, exportOf(rating));
          const world = { ...present(worlds.at(-1)) };
          for (const id of imported) world[id] = String(rating / 2);
          await enter(world, () => pressAndSave(page, 'Import'));
          await go(page, 'Data');
        } else {
          await chooseFile(page, kept, 'Restore backup');
          await page.getByRole('button', { name: 'Replace everything', exact: true }).click();
          await page.getByRole('alertdialog').waitFor();
          await enter(found, () => pressAndSave(page, 'Replace everything'));
          break;
        }
      } catch (error) {
        if (!killed) throw new Error(`round ${round}, ${activity}: the page stopped answering before it was killed`, { cause: error });
      }
    }
    await timer;
    await context.close().catch(() => {});
  }
  const { context } = await launch(profile);
  const page = await openPage(context, url);
  await ready(page);
  await waitForText(page.getByRole('status', { name: 'Storage' }), /^Saved$/);
  // A kill that always comes too early, or too late, would say nothing.
  process.stdout.write(`# begun and saved before the kill: ${Object.entries(tally).map(([name, { begun, saved }]) => `${name} ${saved} of ${begun}`).join(', ')}\n`);
  for (const [name, { begun, saved }] of Object.entries(tally)) assert.ok(begun > 0 && saved > 0, `${name}: ${saved} of ${begun} were seen saved`);
});
