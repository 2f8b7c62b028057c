// The built page in a real browser, for measuring: served as GitHub Pages would, every visit with storage and caches of its own.

import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withServices, write } from '../../../scripts/site/assemble.mjs';
import { createSite, listen } from '../../../scripts/site/server.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
/** @type {typeof import('playwright-core')} */
const { chromium } = createRequire(`${root}web/package.json`)('playwright-core');

/** @typedef {import('playwright-core').Page} Page */

export const dist = process.env.HUB_DIST ?? `${root}.build/dist`;

/** @param {string} [folder] @returns {Promise<{url: string, asked: string[], close: () => void}>} `asked`: for what, in this order */
export async function serve(folder = dist) {
  const site = createSite({ root: folder, base: '/owner/name/' });
  /** @type {string[]} */
  const asked = [];
  site.on('request', (request) => asked.push(request.url ?? ''));
  const port = await listen(site, 0);
  return {
    url: `http://127.0.0.1:${port}/owner/name/`,
    asked,
    close() {
      site.closeAllConnections();
      site.close();
    },
  };
}

/**
 * The built page, reaching these services and asking them as fast as they answer.
 * @param {Record<string, string>} hosts  as in web/services.json @returns {Promise<{url: string, close: () => Promise<void>}>}
 */
export async function serveWithServices(hosts) {
  const folder = await mkdtemp(join(tmpdir(), 'media-hub-bench-dist-'));
  write(folder, withServices(dist, JSON.stringify({ version: 1, hosts, unpaced: true })));
  const { url, close } = await serve(folder);
  return {
    url,
    async close() {
      close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Counts what wakes the page; runs in it before anything else. */
function countWakes() {
  const wakes = { frames: 0, timers: 0 };
  Object.assign(globalThis, { wakes });
  const { requestAnimationFrame: ask, setTimeout: later } = globalThis;
  globalThis.requestAnimationFrame = (run) =>
    ask((time) => {
      ++wakes.frames;
      run(time);
    });
  const counted = (/** @type {() => void} */ run, /** @type {number | undefined} */ after) =>
    later(() => {
      ++wakes.timers;
      run();
    }, after);
  globalThis.setTimeout = /** @type {any} */ (counted);
}

/**
 * `stopwatch(begin, tests)`: milliseconds until each test first holds after a change of the page's elements, and the browser has taken that change in.
 * `begin` acts, and may say at what time what it did began. Runs in the page before anything else.
 */
function prepareStopwatch() {
  /** @type {typeof globalThis.stopwatch} */
  const stopwatch = async (begin, tests, limit = 60000) => {
    const times = tests.map(() => Number.NaN);
    let began = performance.now();
    await new Promise((finish) => {
      const painted = new MessageChannel();
      /** @type {number[]} */
      const hold = [];
      painted.port1.onmessage = () => {
        for (const test of hold.splice(0)) times[test] = performance.now() - began;
        if (times.every((time) => !Number.isNaN(time))) end();
      };
      const observer = new MutationObserver(() => {
        tests.forEach((test, at) => {
          if (Number.isNaN(times[at]) && !hold.includes(at) && test()) hold.push(at);
        });
        if (hold.length > 0) painted.port2.postMessage(null);
      });
      const timer = setTimeout(end, limit);
      function end() {
        clearTimeout(timer);
        observer.disconnect();
        painted.port1.close();
        finish(undefined);
      }
      observer.observe(document.querySelector('#mirror') ?? document, { subtree: true, childList: true, attributes: true, characterData: true });
      began = begin() ?? began;
    });
    return times;
  };
  const statusOf = (/** @type {string} */ name) => document.querySelector(`#mirror [role=status][aria-label="${name}"]`)?.textContent;
  Object.assign(globalThis, { stopwatch, statusOf });
}

// Software rendering, and nothing that the browser does on its own account over the network.
const args = [
  '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/**
 * A visit by somebody who was never there, with storage on disk.
 * @param {string} url
 * @param {{slow?: boolean, watch?: () => void}} [options]  `slow`: a processor four times slower behind 10 Mbit/s; `watch`: runs in the page first
 */
export async function visit(url, { slow = false, watch } = {}) {
  const profile = await mkdtemp(join(tmpdir(), 'media-hub-bench-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROME ?? '/usr/bin/chromium', headless: true, args, viewport: { width: 1280, height: 800 }, colorScheme: 'dark',
  });
  const page = context.pages()[0] ?? (await context.newPage());
  const session = await context.newCDPSession(page);
  if (slow) {
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', { offline: false, latency: 40, downloadThroughput: 10e6 / 8, uploadThroughput: 10e6 / 8 });
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  }
  await page.addInitScript(countWakes);
  await page.addInitScript(prepareStopwatch);
  if (watch) await page.addInitScript(watch);
  page.on('pageerror', (error) => process.stderr.write(`the page failed: ${error}\n`));
  await page.goto(url);
  return {
    page,
    session,
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/**
 * Waits, looking in the page at each of its frames, until `test(argument)` holds there.
 * @template T
 * @param {Page} page @param {(argument: any) => unknown} test @param {T} [argument] @param {number} [timeout]  milliseconds
 */
export function until(page, test, argument, timeout = 300000) {
  return page.waitForFunction(test, argument, { timeout, polling: 100 });
}

/** Whether the status of this name says just this. Runs in the page. @param {string[]} what  name and text */
export const says = ([name, text]) => document.querySelector(`#mirror [role=status][aria-label="${name}"]`)?.textContent === text;

/** Everything is on disk and no prediction is pending. @param {Page} page */
export async function settled(page) {
  await until(page, says, ['Storage', 'Saved']);
  await until(page, says, ['Training', 'Ready']);
}

/** Follows the link of a view. @param {Page} page @param {string} view */
export async function go(page, view) {
  await page.getByRole('link', { name: view, exact: true }).click();
  await page.locator(`#mirror a[aria-current=page]:text-is("${view}")`).waitFor();
}

/** Takes a backup over, beside the nothing that is there, and waits until all is predicted. @param {Page} page @param {Buffer} bytes */
export async function restore(page, bytes) {
  await go(page, 'Data');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Restore backup', exact: true }).click();
  await (await chooser).setFiles({ name: 'backup.jsonl', mimeType: 'application/x-ndjson', buffer: bytes });
  await page.getByRole('button', { name: /^Add to what is here/ }).click({ timeout: 120000 });
  await settled(page);
}

/** Milliseconds of a fixed piece of work in JavaScript: what this machine, as busy as it is, does at the moment. @param {Page} page */
export function reference(page) {
  return page.evaluate(() => {
    const times = [];
    for (let run = 0; run < 5; ++run) {
      const begin = performance.now();
      let sum = 0;
      for (let i = 0; i < 20_000_000; ++i) sum = (Math.imul(sum ^ i, 0x9e3779b1) + (sum >>> 7)) | 0;
      times.push(performance.now() - begin + (sum & 0));
    }
    return times.sort((a, b) => a - b)[2];
  });
}
