// What every browser test needs: the built page served as GitHub Pages would serve it, under a sub-path, a real browser, and words for what a person does.

import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

import { createRequire } from 'node:module';
import { withServices, write } from '../../scripts/site/assemble.mjs';
import { createSite, listen } from '../../scripts/site/server.mjs';
import { composed, focusPage, inWindow, settled } from '../browsers/firefox/window.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(path.join(root, 'web/package.json'));
/** @type {typeof import('playwright-core')} */
const { chromium, firefox } = require('playwright-core');

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('playwright-core').Locator} Locator
 * @typedef {import('playwright-core').Route} Route
 * @typedef {Page & {problems: string[]}} WatchedPage
 * @typedef {{name: string, mimeType: string, buffer: Buffer}} File
 */

export const dist = process.env.HUB_DIST ?? path.join(root, '.build/dist');
const executablePath = process.env.CHROME ?? '/usr/bin/chromium';

// Software rendering, and nothing that the browser does on its own account over the network.
const flags = [
  '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/**
 * The browser that the tests run in: Chromium, or another by `BROWSER=firefox` or `BROWSER=webkit`, with a window on a screen that nobody needs to see (there
 * is no WebGL without one).
 */
const engine = process.env.BROWSER || 'chromium';
assert.ok(['chromium', 'firefox', 'webkit'].includes(engine), `BROWSER=${engine}: there are chromium, firefox and webkit`);
export const inChromium = engine === 'chromium';
/**
 * Why a test is left out in some browser, for `skip`.
 * @param {{firefox?: string, webkit?: string}} reasons @returns {string | false}
 */
export const notIn = (reasons) => (engine === 'chromium' ? false : reasons[/** @type {'firefox' | 'webkit'} */ (engine)] ?? false);
/** Of a test of what happens where there is no more room. */
export const roomAsItIs = { firefox: 'nothing makes its room smaller while it runs', webkit: 'nothing makes its room smaller while it runs' };
/** Milliseconds for what is waited for. The other two draw a whole window by software and share the processor with it. */
const patience = { chromium: 20000, firefox: 60000, webkit: 120000 }[engine] ?? 0;
/** Why a test with fingers is left out in some browser. */
export const noTouch = { webkit: 'its WebDriver makes a mouse of every finger' };

// Both are driven by Playwright as a Firefox that speaks WebDriver BiDi; what stands between them and it says how.
const otherProgram = path.join(root, `tests/browsers/${engine}.mjs`);
const otherPreferences = {
  'webgl.force-enabled': true, 'webgl.enable-software': true, 'focusmanager.testmode': true, 'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false, 'network.captive-portal-service.enabled': false, 'network.connectivity-service.enabled': false,
};
/** A screen for fingers, and no mouse. */
const touchPreferences = { 'dom.w3c_touch_events.enabled': 1, 'ui.primaryPointerCapabilities': 1, 'ui.allPointerCapabilities': 1 };

/**
 * @param {string} profile @param {NonNullable<Parameters<typeof firefox.launchPersistentContext>[1]>} options
 */
async function launchOther(profile, { colorScheme = 'dark', reducedMotion, deviceScaleFactor, firefoxUserPrefs, ...options }) {
  const context = await firefox.launchPersistentContext(profile, {
    channel: 'moz-firefox', executablePath: otherProgram, headless: false, viewport: { width: 1280, height: 800 }, acceptDownloads: true,
    firefoxUserPrefs: {
      ...otherPreferences, 'ui.systemUsesDarkTheme': colorScheme === 'dark' ? 1 : 0, 'ui.prefersReducedMotion': reducedMotion === 'reduce' ? 1 : 0,
      'layout.css.devPixelsPerPx': String(deviceScaleFactor ?? 1), ...(options.hasTouch && touchPreferences), ...firefoxUserPrefs,
    },
    ...(deviceScaleFactor && { deviceScaleFactor }), ...options,
  });
  const inside = insideOf(present(context.pages()[0]));
  // Playwright’s own does nothing here.
  Object.getPrototypeOf(inside.rawTouchscreen).tap = tap;
  // Before a picture it would put a style sheet into the page, whose policy forbids that.
  Object.getPrototypeOf(inside).shouldToggleStyleSheetToSyncAnimations = () => false;
  if (engine === 'webkit' && options.hasTouch) await context.addInitScript(claimFingers);
  return context;
}

/** In the page: its screen is one for fingers, which WebKit learns from the system alone. */
function claimFingers() {
  const ask = window.matchMedia.bind(window);
  window.matchMedia = (query) => ask(query === '(pointer: coarse)' ? 'all' : query);
}

/** Of a page in one of the other two: what Playwright drives it by, which is in this process. @param {Page} page @returns {any} */
const insideOf = (page) => /** @type {any} */ (page)._connection.toImpl(page).delegate;

/**
 * @param {any} session  Playwright’s with a page, in WebDriver BiDi @param {[number, number]} from @param {[number, number][]} through @param {number} rest
 */
async function fingers(session, [x, y], through, rest) {
  const actions = [
    { type: 'pointerMove', x, y }, { type: 'pointerDown', button: 0 }, { type: 'pause', duration: rest }, ...through.map(([x, y]) => ({ type: 'pointerMove', x, y })),
    { type: 'pointerUp', button: 0 },
  ];
  await session.send('input.performActions', { context: session.sessionId, actions: [{ type: 'pointer', id: 'finger', parameters: { pointerType: 'touch' }, actions }] });
}

/** Stands in the class of Playwright’s screens. @this {any} @param {unknown} _ @param {number} x @param {number} y */
function tap(_, x, y) {
  return fingers(this._session, [x, y], [], 0);
}

/**
 * One finger, where no element is asked for by `tap()`.
 * @param {Page} page @param {[number, number]} from @param {[number, number]} by  right and down, in eight steps @param {number} [rest]  milliseconds to lie still
 */
export async function swipe(page, [x, y], [right, down], rest = 0) {
  const steps = right === 0 && down === 0 ? 0 : 8;
  const through = Array.from({ length: steps }, (_, i) => /** @type {[number, number]} */ ([x + (right * (i + 1)) / steps, y + (down * (i + 1)) / steps]));
  if (!inChromium) return fingers(insideOf(page)._session, [x, y], through, rest);
  const session = await page.context().newCDPSession(page);
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
  if (rest > 0) await page.waitForTimeout(rest);
  for (const [x, y] of through) await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x, y }] });
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await session.detach();
}

/** @type {(() => Promise<unknown>)[]} */
const cleanUps = [];
after(async () => {
  for (const cleanUp of cleanUps.reverse()) await cleanUp().catch(() => {});
});

/**
 * Serves the built page under a sub-path, as Pages serves a project.
 * @returns {Promise<{url: string, asked: string[], close: () => Promise<void>}>} `asked`: for what, in this order
 */
export async function servePage(base = '/owner/name/', folder = dist) {
  const site = createSite({ root: folder, base });
  /** @type {string[]} */
  const asked = [];
  site.on('request', (request) => asked.push(request.url ?? ''));
  const port = await listen(site, 0);
  const close = async () => {
    site.closeAllConnections();
    await new Promise((done) => site.close(done));
  };
  cleanUps.push(close);
  return { url: `http://127.0.0.1:${port}${base}`, asked, close };
}

/**
 * The built page, set up to reach services elsewhere, as somebody who hosts it could.
 * @param {Record<string, string>} hosts  as in web/services.json @param {{proxy?: string}} [more]
 * @returns {Promise<string>} a folder
 */
export async function distWithServices(hosts, more = {}) {
  const files = withServices(dist, JSON.stringify({ version: 1, hosts, ...more }));
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'media-hub-dist-'));
  cleanUps.push(() => fs.rm(folder, { recursive: true, force: true }));
  write(folder, files);
  return folder;
}

/**
 * A browser with a profile of its own on disk, so that it can be closed, or killed, and opened again.
 * @param {string} [profile]  the folder of an earlier one
 * @param {NonNullable<Parameters<typeof firefox.launchPersistentContext>[1]>} [options]  `args` are added to Chromium’s flags
 */
export async function launch(profile, { args = [], ...options } = {}) {
  const own = profile ?? (await fs.mkdtemp(path.join(os.tmpdir(), 'media-hub-test-')));
  if (!profile) cleanUps.push(() => fs.rm(own, { recursive: true, force: true, maxRetries: 5 }));
  const context = !inChromium ? await launchOther(own, options) : await chromium.launchPersistentContext(own, {
    executablePath, args: [...flags, ...args], headless: true, viewport: { width: 1280, height: 800 }, acceptDownloads: true, colorScheme: 'dark',
    ...options,
  });
  if (!inChromium) context.setDefaultTimeout(patience);
  cleanUps.push(() => context.close());
  return { context, profile: own };
}

/** A browser with a private window, of which nothing stays. */
export async function launchPrivate() {
  if (!inChromium) {
    // WebKit’s windows are all private.
    const { context } = await launch(undefined, { firefoxUserPrefs: { 'browser.privatebrowsing.autostart': true } });
    return { context };
  }
  const browser = await chromium.launch({ executablePath, args: flags, headless: true });
  cleanUps.push(() => browser.close());
  return { context: await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true, colorScheme: 'dark' }) };
}

/**
 * A page with its errors collected; a test that ends with one fails (`page.problems`).
 * @param {import('playwright-core').BrowserContext} context @param {string} url @param {{viewport?: {width: number, height: number}}} [options]
 * @returns {Promise<WatchedPage>}
 */
export async function openPage(context, url, { viewport } = {}) {
  const page = Object.assign(await context.newPage(), { problems: /** @type {string[]} */ ([]) });
  page.on('pageerror', (error) => page.problems.push(String(error)));
  page.on('console', (message) => {
    // A failed request to a server that the test itself switched off is not the page's fault.
    if (message.type() === 'error' && !/ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED/.test(message.text())) page.problems.push(message.text());
  });
  if (viewport) await page.setViewportSize(viewport);
  await page.goto(url);
  await ready(page);
  return page;
}

/** Why a test that does something in the page’s worker is left out in some browser. */
export const noWorkers = { firefox: 'its WebDriver BiDi runs no script in a worker', webkit: 'its WebDriver runs no script in a worker' };

/** @param {Page} page @param {(text: string) => unknown} work  in Firefox’s window @param {string} [text] */
function inFirefox(page, work, text) {
  const session = insideOf(page)._session;
  return inWindow((method, params) => session.send(method, params), session.sessionId, work, text);
}

/** From what is the browser’s own, where Tab leads as well, back to the page. @param {Page} page */
export async function returnToPage(page) {
  if (engine === 'firefox') await inFirefox(page, focusPage);
}

/** The keys that ask for what can be done with what has the focus. @param {Page} page */
export async function askForMenu(page) {
  await page.keyboard.press('Shift+F10');
  // The other two learn of these from the system, which hears of no key that comes from outside: what they would make of them.
  if (!inChromium) await page.evaluate(() => document.activeElement?.dispatchEvent(new PointerEvent('contextmenu', { bubbles: true, cancelable: true })));
}

/** Why a test with an input method is left out in some browser. */
export const noInputMethod = { webkit: 'its WebDriver has no input method' };

/** An input method composes, in the field with the focus. @param {Page} page @param {string} text */
export async function compose(page, text) {
  if (!inChromium) return void (await inFirefox(page, composed, text));
  const session = await page.context().newCDPSession(page);
  await session.send('Input.imeSetComposition', { selectionStart: text.length, selectionEnd: text.length, text });
  await session.detach();
}

/** An input method settles on a text in place of what it composed. @param {Page} page @param {string} text */
export async function settle(page, text) {
  if (!inChromium) return void (await inFirefox(page, settled, text));
  const session = await page.context().newCDPSession(page);
  await session.send('Input.insertText', { text });
  await session.detach();
}

/** A browser whose person has set text to twice its size. @param {import('playwright-core').BrowserContext} context */
export async function enlargeText(context) {
  await context.addInitScript(() => {
    const enlarge = () => document.documentElement?.style.setProperty('font-size', '32px');
    enlarge();
    new MutationObserver(enlarge).observe(document, { childList: true });
  });
}

/** Waits until the library is open and everything of it is on disk. @param {Page} page @param {RegExp} [text] */
export async function ready(page, text = /^Saved$/) {
  await waitForText(page.getByRole('status', { name: 'Storage' }), text);
}

/** Waits until no prediction is pending. @param {Page} page */
export async function trained(page) {
  await waitForText(page.getByRole('status', { name: 'Training' }), /^Ready$/);
}

/** Waits until an element's text matches. @param {Locator} locator @param {RegExp} pattern @returns {Promise<string>} the text */
export async function waitForText(locator, pattern, timeout = patience) {
  const end = Date.now() + timeout;
  let text = '';
  for (;;) {
    text = ((await locator.textContent({ timeout }).catch(() => '')) ?? '').trim();
    if (pattern.test(text)) return text;
    if (Date.now() > end) assert.fail(`waited for ${pattern}, last seen: “${text}”`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

/** Waits until the page draws nothing for two seconds; work under way on a slow machine may take a while to end. @param {Page} page */
export async function comesToRest(page, timeout = 60000) {
  const end = Date.now() + timeout;
  for (;;) {
    const before = await page.evaluate(() => window.mediaHub.frames());
    await page.waitForTimeout(2000);
    const drawn = (await page.evaluate(() => window.mediaHub.frames())) - before;
    if (drawn === 0) return;
    if (Date.now() > end) assert.fail(`${drawn} frames in two seconds, and no end of it`);
  }
}

/** Goes to a view by its link. @param {Page} page @param {string} view */
export async function go(page, view) {
  await page.getByRole('link', { name: view, exact: true }).click();
  await page.getByRole('link', { name: view, exact: true, }).and(page.locator('[aria-current="page"]')).waitFor();
}

/** Searches in Predict. @param {Page} page @param {string} type @param {string} query @returns the options */
export async function search(page, type, query) {
  await go(page, 'Predict');
  await page.getByRole('radio', { name: type, exact: true }).click();
  await page.getByRole('searchbox', { name: 'Search', exact: true }).fill(query);
  return page.getByRole('option');
}

/**
 * Searches for a title and opens it, once what is listed answers what was typed: rows that still move are not where they were when the
 * pointer comes down.
 * @param {Page} page @param {string} type @param {string} title
 */
export async function openItem(page, type, title) {
  const options = await search(page, type, title);
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  await page.locator('[role="listbox"][aria-label="Results"]:not([aria-busy="true"])').waitFor();
  await options.and(page.getByRole('option', { name: new RegExp(`^${escape(title)}`) })).first().click();
  await page.getByRole('heading', { name: title, exact: true }).waitFor();
}

/** The predicted rating shown, once no prediction is pending. @param {Page} page */
export async function predictedRating(page) {
  await trained(page);
  const text = await waitForText(page.getByRole('status', { name: 'Predicted rating' }), /\d\.\d\d \/ 5\.00/);
  return Number(/(\d\.\d\d) \/ 5\.00/.exec(text)?.[1]);
}

/** Rates the open item. @param {Page} page @param {number} stars */
export async function rate(page, stars) {
  await page.getByRole('slider', { name: 'Your rating', exact: true }).fill(String(stars));
  await ready(page);
}

/** The open item's rating in words. @param {Page} page */
export async function storedRating(page) {
  return (await page.getByRole('slider', { name: 'Your rating', exact: true }).getAttribute('aria-valuetext')) ?? '';
}

/**
 * What a test needs to be there.
 * @template T
 * @param {T | null | undefined} value @returns {T}
 */
export function present(value) {
  assert.ok(value !== null && value !== undefined, 'something is not there');
  return value;
}

/** The errors of a page that is not opened by openPage(). @param {Page} page @returns {string[]} */
export function problemsOf(page) {
  /** @type {string[]} */
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  return problems;
}

/** @param {string} text */
function escape(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Gives a file to the page through the picker that a button opens. @param {Page} page @param {File | string} file @param {string} [button] */
export async function chooseFile(page, file, button = 'Choose file') {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: button, exact: true }).click()]);
  await chooser.setFiles(file);
}

/**
 * A page with a library of 60 titles, or of another count, of the years 1960 to 2019, rated 1 to 10 in turn; every fourth is a horror film.
 * @param {string} url @param {Parameters<typeof launch>[1]} [options] @param {number} [titles]
 */
export async function withLibrary(url, options, titles = 60) {
  const { context } = await launch(undefined, options);
  const page = await openPage(context, url);
  await go(page, 'Data');
  await chooseFile(page, { name: 'ratings.csv', mimeType: 'text/csv', buffer: Buffer.from(imdbExport(titles)) });
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await ready(page);
  await go(page, 'Library');
  await page.getByRole('button', { name: `All ${titles}`, exact: true }).waitFor();
  return { context, page };
}

/** Downloads what a button offers. @param {Page} page @param {string} button @param {string} to @returns the place of the file */
export async function download(page, button, to) {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: button, exact: true }).click();
  await (await downloading).saveAs(to);
  return to;
}

/** Waits for a condition of the page. @param {() => boolean | Promise<boolean>} holds @param {string} what */
export async function until(holds, what) {
  const end = Date.now() + patience;
  while (!(await holds())) {
    if (Date.now() > end) assert.fail(what);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

/** Waits until a slider's value in words matches. @param {Page} page @param {RegExp} pattern @param {string} [name] */
export async function waitForRating(page, pattern, name = 'Your rating') {
  const slider = page.getByRole('slider', { name, exact: true });
  const end = Date.now() + patience;
  for (;;) {
    const words = (await slider.getAttribute('aria-valuetext')) ?? '';
    if (pattern.test(words)) return words;
    if (Date.now() > end) assert.fail(`waited for ${pattern}, last seen: “${words}”`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

/** An IMDb ratings export of made-up titles, in the service's documented shape. @param {number} count @param {{rating?: (i: number) => number}} [options] */
export function imdbExport(count, { rating = (i) => 1 + (i * 7) % 10 } = {}) {
  const head = 'Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,Num Votes,Release Date,Directors';
  const lines = [head];
  const genres = ['"Drama, Romance"', 'Comedy', '"Action, Sci-Fi"', 'Horror'];
  for (let i = 0; i < count; ++i) {
    const id = `tt${String(90000000 + i)}`;
    const type = i % 5 === 4 ? 'TV Series' : 'Movie';
    lines.push(
      `${id},${rating(i)},2024-${String(1 + (i % 12)).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')},"Harbour, part ${i}","Harbour, part ${i}",https://www.imdb.com/title/${id}/,` +
        `${type},${(4 + ((i * 13) % 50) / 10).toFixed(1)},${80 + (i % 70)},${1960 + (i % 60)},${genres[i % 4]},${500 + i * 17},2001-01-01,Director ${i % 23}`,
    );
  }
  return lines.join('\n') + '\n';
}

export { assert, fs, os, path };
