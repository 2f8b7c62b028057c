// Three browsers behind one narrow set of things a person does. Chromium is driven by Playwright; the others by the W3C's own protocols: Firefox by
// WebDriver BiDi (https://w3c.github.io/webdriver-bidi), WebKit by WebDriver (https://www.w3.org/TR/webdriver2).

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, patiently, start } from './programs.mjs';
import { surroundings } from './webkit/surroundings.mjs';

const require = createRequire(fileURLToPath(new URL('../../web/package.json', import.meta.url)));

/**
 * @typedef {object} Browser
 * @property {string} name
 * @property {(url: string) => Promise<void>} open
 * @property {(source: string) => Promise<any>} evaluate  an expression; what it gives (or promises) as JSON has it
 * @property {(x: number, y: number) => Promise<void>} press  with the pointer
 * @property {(keys: string) => Promise<void>} type  characters; those of WebDriver’s table for other keys
 * @property {(path: string) => Promise<void>} giveFile  what the picker would give after a press
 * @property {() => Promise<void>} close
 */

/** Of WebDriver’s table of keys: https://www.w3.org/TR/webdriver2/#keyboard-actions */
export const Key = { enter: '\uE007', escape: '\uE00C', control: '\uE009', down: '\uE015' };

/** The page’s picker is the one element for files. */
const picker = 'input[type=file]';

/** Pointer and keys as both protocols have them. @param {number} x @param {number} y */
const pressActions = (x, y) => [
  {
    type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' },
    actions: [{ type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 0 }, { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }],
  },
];

/** @param {string} keys */
function typeActions(keys) {
  const held = keys.startsWith(Key.control);
  const each = [...(held ? keys.slice(1) : keys)].flatMap((value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }]);
  const around = held ? [{ type: 'keyDown', value: Key.control }, ...each, { type: 'keyUp', value: Key.control }] : each;
  return [{ type: 'key', id: 'keyboard', actions: around }];
}

/** @returns {Promise<Browser>} */
async function chromium() {
  /** @type {typeof import('playwright-core')} */
  const playwright = require('playwright-core');
  const profile = await mkdtemp(join(tmpdir(), 'media-hub-chromium-'));
  const context = await playwright.chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROME ?? '/usr/bin/chromium', headless: true, viewport: { width: 1200, height: 760 },
    args: ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-quic', '--no-first-run', '--disable-background-networking', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  const page = context.pages()[0] ?? (await context.newPage());
  /** @type {Record<string, string>} */
  const names = { [Key.enter]: 'Enter', [Key.escape]: 'Escape', [Key.down]: 'ArrowDown' };
  return {
    name: 'Chromium',
    open: async (url) => void (await page.goto(url)),
    evaluate: (source) => page.evaluate(source),
    press: (x, y) => page.mouse.click(x, y),
    async type(keys) {
      const held = keys.startsWith(Key.control);
      for (const key of held ? keys.slice(1) : keys) await page.keyboard.press((held ? 'Control+' : '') + (names[key] ?? key));
    },
    giveFile: (path) => page.locator(picker).setInputFiles(path),
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** @returns {Promise<Browser>} */
async function firefox() {
  const { WebSocket } = /** @type {typeof import('ws')} */ (require('ws'));
  const profile = await mkdtemp(join(tmpdir(), 'media-hub-firefox-'));
  const port = await freePort();
  // WebGL by software, focus without a window manager, and nothing that the browser does or shows on its own account.
  const preferences = {
    'webgl.force-enabled': true, 'webgl.enable-software': true, 'focusmanager.testmode': true, 'remote.active-protocols': 1, 'browser.shell.checkDefaultBrowser': false,
    'browser.startup.page': 0, 'browser.startup.homepage_override.mstone': 'ignore', 'datareporting.policy.dataSubmissionEnabled': false,
    'toolkit.telemetry.enabled': false, 'app.normandy.enabled': false, 'app.update.enabled': false, 'extensions.update.enabled': false,
    'browser.safebrowsing.malware.enabled': false, 'browser.safebrowsing.phishing.enabled': false, 'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false, 'services.settings.server': 'http://127.0.0.1:9/', 'browser.download.useDownloadDir': true,
    'browser.download.folderList': 2, 'browser.download.dir': profile, 'browser.aboutwelcome.enabled': false, 'browser.tabs.warnOnClose': false,
  };
  await writeFile(join(profile, 'user.js'), Object.entries(preferences).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`).join('\n'));
  const program = start(process.env.FIREFOX || 'firefox-esr', ['--profile', profile, '--no-remote', '--remote-debugging-port', String(port), '--width', '1200', '--height', '860', 'data:text/html,<title>Empty</title>'], { LIBGL_ALWAYS_SOFTWARE: '1' });
  const socket = await patiently(
    () =>
      /** @type {Promise<import('ws').WebSocket>} */ (
        new Promise((resolve, reject) => {
          const tried = new WebSocket(`ws://127.0.0.1:${port}/session`);
          tried.once('open', () => resolve(tried));
          tried.once('error', reject);
        })
      ),
    program,
  );
  /** @type {Map<number, {resolve: (result: any) => void, reject: (error: Error) => void}>} */
  const waiting = new Map();
  socket.on('message', (data) => {
    const { id, type, result, error, message } = JSON.parse(String(data));
    const asked = waiting.get(id);
    waiting.delete(id);
    if (type === 'error') asked?.reject(new Error(`${error}: ${message}`));
    else asked?.resolve(result);
  });
  let last = 0;
  /** @param {string} method @param {object} params @returns {Promise<any>} */
  const send = (method, params) =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject });
      socket.send(JSON.stringify({ id: last, method, params }));
    });
  await send('session.new', { capabilities: {} });
  const context = (await send('browsingContext.getTree', {})).contexts[0].context;
  await send('browsingContext.activate', { context });
  return {
    name: 'Firefox',
    async open(url) {
      await send('browsingContext.navigate', { context, url, wait: 'complete' });
      // Else the address bar keeps the focus.
      await send('script.evaluate', { expression: 'window.focus()', target: { context }, awaitPromise: false });
    },
    async evaluate(source) {
      const expression = `(async () => JSON.stringify(await (${source})))()`;
      const answer = await send('script.evaluate', { expression, target: { context }, awaitPromise: true, userActivation: false });
      if (answer.type === 'exception') throw new Error(answer.exceptionDetails.text);
      return answer.result.value === undefined ? undefined : JSON.parse(answer.result.value);
    },
    press: async (x, y) => void (await send('input.performActions', { context, actions: pressActions(x, y) })),
    type: async (keys) => void (await send('input.performActions', { context, actions: typeActions(keys) })),
    async giveFile(path) {
      const found = await send('browsingContext.locateNodes', { context, locator: { type: 'css', value: picker } });
      await send('input.setFiles', { context, element: { sharedId: found.nodes[0].sharedId }, files: [path] });
    },
    async close() {
      socket.close();
      await program.stop();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** @returns {Promise<Browser>} */
async function webkit() {
  const profile = await mkdtemp(join(tmpdir(), 'media-hub-webkit-'));
  const binary = process.env.MINIBROWSER;
  if (!binary) throw new Error('MINIBROWSER does not say where WebKitGTK’s MiniBrowser is.');
  const port = await freePort();
  const program = start('WebKitWebDriver', [`--port=${port}`], surroundings(profile));
  const place = `http://127.0.0.1:${port}/session`;
  /** @param {string} method @param {string} path @param {object} [body] @returns {Promise<any>} */
  const send = async (method, path, body) => {
    const response = await fetch(place + path, { method, body: body && JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
    const { value } = /** @type {{value: any}} */ (await response.json());
    if (!response.ok) throw new Error(`${value?.error}: ${value?.message}`);
    return value;
  };
  const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } } };
  const { sessionId } = await patiently(() => send('POST', '', { capabilities }), program);
  const session = `/${sessionId}`;
  await send('POST', `${session}/timeouts`, { script: 60000, pageLoad: 60000 });
  await send('POST', `${session}/window/rect`, { width: 1200, height: 860 }).catch(() => {});
  return {
    name: 'WebKit',
    open: async (url) => void (await send('POST', `${session}/url`, { url })),
    async evaluate(source) {
      const script = `const done = arguments[0]; (async () => JSON.stringify(await (${source})))().then((text) => done({ text }), (error) => done({ error: String(error) }));`;
      const { text, error } = await send('POST', `${session}/execute/async`, { script, args: [] });
      if (error) throw new Error(error);
      return text === undefined ? undefined : JSON.parse(text);
    },
    press: async (x, y) => void (await send('POST', `${session}/actions`, { actions: pressActions(x, y) })),
    type: async (keys) => void (await send('POST', `${session}/actions`, { actions: typeActions(keys) })),
    async giveFile(path) {
      const element = await send('POST', `${session}/element`, { using: 'css selector', value: picker });
      await send('POST', `${session}/element/${Object.values(element)[0]}/value`, { text: path });
    },
    async close() {
      await send('DELETE', session).catch(() => {});
      await program.stop();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export const engines = { Chromium: chromium, Firefox: firefox, WebKit: webkit };
