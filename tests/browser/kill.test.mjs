// Durability: the browser is killed (SIGKILL) at random moments while ratings are entered. Whatever the page had called saved must be there afterwards,
// and every reopening must work.

import { execFileSync } from 'node:child_process';
import test from 'node:test';
import { assert, launch, openPage, present, ready, servePage, waitForText } from './harness.mjs';

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

test(`nothing saved is lost over ${rounds} kills (seed ${seed})`, async () => {
  const { url } = await servePage('/');
  const next = random(seed);
  const { context: first, profile } = await launch();
  await first.close();
  /** What the page showed as saved: item id to the slider's words. */
  const saved = new Map();
  /** What was entered but not yet seen as saved: either value is right afterwards. */
  let unsure = new Map();
  /** @type {Record<string, string>} */
  const titles = { 'film/tt0017136': 'Metropolis', 'film/tt0000417': 'A Trip to the Moon', 'game/portal-2': 'Portal 2', 'book/dune': 'Dune' };
  const ids = Object.keys(titles);
  /** Opens an item and waits until it, and not the one before, is shown. */
  const show = async (/** @type {import('./harness.mjs').Page} */ page, /** @type {string} */ id) => {
    await page.goto(`${url}#/${id}`);
    await page.getByRole('heading', { name: titles[id], exact: true, level: 1 }).waitFor({ timeout: 5000 });
    return page.getByRole('slider', { name: 'Your rating', exact: true });
  };

  for (let round = 0; round < rounds; ++round) {
    const { context } = await launch(profile);
    const page = await openPage(context, url);
    for (const id of ids) {
      const expected = new Set([saved.get(id) ?? null, ...(unsure.get(id) ?? [])].map((value) => value ?? 'Not rated'));
      const slider = await show(page, id);
      const words = (await slider.getAttribute('aria-valuetext')) ?? '';
      assert.ok([...expected].some((value) => words.toLowerCase().startsWith(value.toLowerCase())), `round ${round}, ${id}: “${words}”, expected ${[...expected]}`);
      saved.set(id, /not rated/i.test(words) ? null : present(/^[\d.]+/.exec(words))[0]);
    }
    unsure = new Map();

    const killAfter = 50 + next() * 1200;
    let killed = false;
    const timer = new Promise((resolve) => setTimeout(resolve, killAfter)).then(() => {
      killed = true;
      kill(profile);
    });
    while (!killed) {
      const id = ids[Math.floor(next() * ids.length)];
      const stars = 0.5 * (1 + Math.floor(next() * 10));
      try {
        const slider = await show(page, id);
        unsure.set(id, [...(unsure.get(id) ?? []), String(stars)]);
        await slider.fill(String(stars), { timeout: 3000 });
        // “Saved” counts only together with the rating shown: before the engine answers, the old “Saved” still stands.
        await page.waitForFunction(([wanted]) => {
          const shown = document.querySelector('input[type=range][aria-label="Your rating"]')?.getAttribute('aria-valuetext') ?? '';
          const state = document.querySelector('[role=status][aria-label="Storage"]')?.textContent.trim();
          return shown.startsWith(wanted) && state === 'Saved';
        }, [String(stars)], { timeout: 3000, polling: 5 });
        if (killed) break;
        saved.set(id, String(stars));
        unsure.delete(id);
      } catch {
        if (!killed) throw new Error(`round ${round}: the page stopped answering before it was killed`);
      }
    }
    await timer;
    await context.close().catch(() => {});
  }
  const { context } = await launch(profile);
  const page = await openPage(context, url);
  await ready(page);
  await waitForText(page.getByRole('status', { name: 'Storage' }), /^Saved$/);
});
