// The main road in Chromium, Firefox and WebKit, by role and name: a file, a prediction, a rating, undo, a backup, the page loaded anew, and no network.
//   ENGINES="Firefox WebKit" chooses some.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { imdbExport, servePage } from '../browser/harness.mjs';
import { engines, Key } from './engines.mjs';

/** @typedef {import('./engines.mjs').Browser} Browser */

/** Milliseconds that a browser on software graphics gets for anything. */
const patience = 60000;

/**
 * What a person finds in the page: an element by its role and its whole name. Runs in the page; `undefined` where there is none.
 * @param {string} role @param {string} name  a regular expression
 */
function seen(role, name) {
  /** @type {Record<string, string>} */
  const roles = { BUTTON: 'button', A: 'link', H1: 'heading', H2: 'heading', H3: 'heading', range: 'slider', search: 'searchbox' };
  const wanted = new RegExp(`^(?:${name})$`);
  for (const one of document.querySelectorAll('#mirror *')) {
    const type = one instanceof HTMLInputElement ? one.type : one.tagName;
    if ((one.getAttribute('role') ?? roles[type]) !== role || one.closest('[inert]')) continue;
    const label = one.getAttribute('aria-label') ?? one.textContent?.trim() ?? '';
    if (!wanted.test(label)) continue;
    const box = one.getBoundingClientRect();
    return {
      x: box.x + box.width / 2, y: box.y + box.height / 2, text: one.textContent?.trim() ?? '', value: one.getAttribute('aria-valuetext') ?? '',
      current: one.hasAttribute('aria-current'), focused: one === document.activeElement,
    };
  }
  return undefined;
}

/** @param {Browser} browser */
function person(browser) {
  // While the page is loaded anew there is nothing to be asked.
  const look = (/** @type {string} */ role, /** @type {string} */ name) => browser.evaluate(`(${seen})(${JSON.stringify(role)}, ${JSON.stringify(name)})`).catch(() => undefined);
  /** @param {string} role @param {string} name @param {(found: NonNullable<ReturnType<typeof seen>>) => boolean} [test] */
  const find = async (role, name, test = () => true) => {
    const end = Date.now() + patience;
    for (;;) {
      const found = await look(role, name);
      if (found && test(found)) return found;
      if (Date.now() > end) assert.fail(`${browser.name}: no ${role} “${name}” as expected; seen: ${JSON.stringify(found)}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const press = async (/** @type {string} */ role, /** @type {string} */ name) => {
    // Where it has come to rest: newer results may still push it about.
    let { x, y } = await find(role, name);
    for (let still = false; !still; ) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      const again = await find(role, name);
      still = again.x === x && again.y === y;
      ({ x, y } = again);
    }
    await browser.press(x, y);
  };
  const status = (/** @type {string} */ name, /** @type {RegExp} */ text) => find('status', name, (found) => text.test(found.text));
  const go = async (/** @type {string} */ view) => {
    await press('link', view);
    await find('link', view, (found) => found.current);
  };
  return { find, press, status, go };
}

const chosen = process.env.ENGINES?.split(' ') ?? Object.keys(engines);
for (const [name, launch] of Object.entries(engines).filter(([engine]) => chosen.includes(engine))) {
  test(`${name}: a file, a prediction, a rating, undo, a backup, the page loaded anew, and no network`, { timeout: 300000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'media-hub-road-'));
    const { url, close } = await servePage();
    const browser = await launch();
    try {
      const { find, press, status, go } = person(browser);
      await browser.open(url);
      // What the page’s backup holds, whatever this browser does with a download.
      await browser.evaluate(`(() => {
        globalThis.failures = [];
        addEventListener('error', (event) => failures.push(String(event.message)));
        addEventListener('unhandledrejection', (event) => failures.push(String(event.reason)));
        const make = URL.createObjectURL;
        URL.createObjectURL = (blob) => { globalThis.downloaded = blob; return make.call(URL, blob); };
      })()`);
      await status('Storage', /^Saved$/);

      const file = join(folder, 'ratings.csv');
      await writeFile(file, imdbExport(30));
      await browser.giveFile(file);
      await press('button', 'Import');
      await go('Library');
      await find('table', 'Your library');
      await status('Storage', /^Saved$/);

      await go('Predict');
      await press('radio', 'Films');
      await press('searchbox', 'Search');
      await find('searchbox', 'Search', (found) => found.focused);
      await browser.type('metropolis');
      await press('option', 'Metropolis.*');
      await find('heading', 'Metropolis');
      await status('Predicted rating', /\d\.\d\d \/ 5\.00/);

      await press('slider', 'Your rating');
      await find('slider', 'Your rating', (found) => found.focused);
      await browser.type('9');
      await find('slider', 'Your rating', (found) => found.value.startsWith('4.5'));
      await browser.type('3');
      await find('slider', 'Your rating', (found) => found.value.startsWith('1.5'));
      await press('button', 'Undo');
      await find('slider', 'Your rating', (found) => found.value.startsWith('4.5'));
      await status('Storage', /^Saved$/);

      await browser.type(`${Key.control}k`);
      await find('searchbox', 'Find a command', (found) => found.focused);
      await browser.type('backup');
      await find('option', 'Download a backup');
      await browser.type(Key.enter);
      const backup = await browser.evaluate(`(async () => {
        for (let i = 0; i < 100 && !globalThis.downloaded; ++i) await new Promise((resolve) => setTimeout(resolve, 100));
        return globalThis.downloaded?.text();
      })()`);
      assert.match(backup ?? '', /Harbour, part 1\b/, 'the backup holds what was imported');
      assert.deepEqual(await browser.evaluate('globalThis.failures'), []);

      await browser.open(`${url}#/library`);
      await browser.evaluate('location.reload()').catch(() => {});
      await find('slider', 'Your rating of Metropolis|Your rating', (found) => found.value.startsWith('4.5'));
      await status('Storage', /^Saved$/);
      const offline = await browser.evaluate(`(async () => {
        if (!navigator.serviceWorker) return false;
        await navigator.serviceWorker.ready;
        return true;
      })()`);
      assert.ok(offline, 'the page is kept for use without a network');
      await close();
      await browser.evaluate('location.reload()').catch(() => {});
      await go('Predict');
      await press('searchbox', 'Search');
      await find('searchbox', 'Search', (found) => found.focused);
      await browser.type('metropolis');
      await find('option', 'Metropolis.*your rating 4\\.5.*');
    } finally {
      await browser.close();
      await close().catch(() => {});
      await rm(folder, { recursive: true, force: true });
    }
  });
}
