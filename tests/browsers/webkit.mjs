#!/usr/bin/env node
// WebKitGTK as a program that Playwright can drive: it is spoken to in WebDriver BiDi (https://w3c.github.io/webdriver-bidi), as Firefox is, and asks
// WebKitWebDriver, which knows WebDriver (https://www.w3.org/TR/webdriver2) alone. What that has no words for is done by a script of ours in the page.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, patiently } from './programs.mjs';
import { watchDownloads } from './webkit/downloads.mjs';
import { Line } from './webkit/line.mjs';
import { cut } from './webkit/picture.mjs';
import { Requests } from './webkit/requests.mjs';
import { downloadsOf, surroundings } from './webkit/surroundings.mjs';
import { client, Refusal } from './webkit/webdriver.mjs';
import { Window } from './webkit/window.mjs';

const require = createRequire(fileURLToPath(new URL('../../web/package.json', import.meta.url)));
const { WebSocketServer } = /** @type {typeof import('ws')} */ (require('ws'));

const profile = process.argv[process.argv.indexOf('--profile') + 1] ?? '';

/** A preference of the profile, as Playwright writes them for Firefox. @param {string} name @returns {unknown} */
function preference(name) {
  const line = readFileSync(join(profile, 'user.js'), 'utf8').split('\n').find((one) => one.includes(JSON.stringify(name)));
  const value = line && /,\s*(.*)\);\s*$/.exec(line)?.[1];
  return value && JSON.parse(value);
}

const inDark = preference('ui.systemUsesDarkTheme') === 1;

const port = await freePort();
const program = spawn('WebKitWebDriver', [`--port=${port}`], {
  stdio: ['ignore', 'ignore', 'inherit'],
  env: {
    ...process.env,
    ...surroundings(profile, {
      animations: !preference('ui.prefersReducedMotion'), scale: Math.max(1, Math.round(Number(preference('layout.css.devPixelsPerPx') ?? 1))),
    }),
  },
});
program.on('exit', (code) => process.exit(code ?? 1));
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP'])) process.on(signal, () => program.kill(signal));

const line = new Line();
const ask = client(port);
let session = '';
/** @type {import('./webkit/window.mjs').Driver} */
const driver = {
  ask: (method, path, body) => ask(method, `/session/${session}${path}`, body),
  say: () => {},
  current: undefined,
  turn: Promise.resolve(),
  beginning: () => line.beginning(),
};
const requests = new Requests(line, (method, params) => driver.say(method, params), () => driver.current?.handle);
/** What pointer and keys do, up to now. @type {Promise<unknown>} */
let acting = Promise.resolve();
/** Where the pointer was last. */
let pointer = { x: 0, y: 0 };
/** @type {Map<string, Window>} */
const windows = new Map();
/** @type {{width: number, height: number} | undefined} */
let viewport;

/** Where downloads go. */
let destination = downloadsOf(profile);

let added = 0;
let downloaded = 0;
watchDownloads(downloadsOf(profile), (name) => {
  const about = { context: driver.current?.handle, navigation: null, download: `download-${++downloaded}`, url: 'about:blank', timestamp: Date.now() };
  driver.say('browsingContext.downloadWillBegin', { ...about, suggestedFilename: name });
  const filepath = join(destination, name);
  // It is there when what waits for this hears of it.
  setImmediate(() => driver.say('browsingContext.downloadEnd', { ...about, status: 'complete', filepath }));
  return filepath;
});

/** @param {string} context */
function windowOf(context) {
  const found = windows.get(context);
  if (!found) throw new Refusal('no such frame', context);
  return found;
}

/** Commands that are answered with nothing: what they would change is not there, and no test that runs here rests on it. */
const idle = /^(emulation|permissions)\.|^session\.(subscribe|end)$|^network\.(addDataCollector|setExtraHeaders|setCacheBehavior)$/;

/** @typedef {Record<string, any>} Params */
/** @type {Record<string, (params: Params) => Promise<object | void> | object | void>} */
const commands = {
  'session.status': () => ({ ready: session === '', message: '' }),
  async 'session.new'() {
    const binary = process.env.MINIBROWSER;
    if (!binary) throw new Refusal('session not created', 'MINIBROWSER does not say where WebKitGTK’s MiniBrowser is');
    const proxy = { proxyType: 'manual', httpProxy: `127.0.0.1:${await line.listen()}` };
    const wanted = { alwaysMatch: { pageLoadStrategy: 'none', proxy, 'webkitgtk:browserOptions': { binary, args: ['--automation', ...(inDark ? ['--dark-mode'] : [])] } } };
    const made = await patiently(() => ask('POST', '/session', { capabilities: wanted }), { over: () => program.exitCode !== null, said: () => '' });
    session = made.sessionId;
    await driver.ask('POST', '/timeouts', { script: null });
    const { browserVersion, platformName } = made.capabilities;
    return { sessionId: session, capabilities: { acceptInsecureCerts: false, browserName: 'webkit', browserVersion, platformName, setWindowRect: true, userAgent: '' } };
  },
  async 'browser.close'() {
    await driver.ask('DELETE', '').catch(() => {});
    setTimeout(() => program.kill(), 100);
  },
  'browser.setDownloadBehavior'({ downloadBehavior }) {
    destination = downloadBehavior.destinationFolder ?? downloadsOf(profile);
  },
  async 'browsingContext.create'() {
    // There is one from the beginning; another is asked for in one that is there.
    const [other] = windows.values();
    const handle = other ? (await (driver.current ?? other).ask('POST', '/window/new', { type: 'window' })).handle : (await driver.ask('GET', '/window/handles'))[0];
    const made = new Window(driver, handle);
    windows.set(handle, made);
    await made.open();
    if (viewport) await made.resize(viewport);
    return { context: handle };
  },
  'emulation.setMediaFeaturesOverride'({ features }) {
    const scheme = features['prefers-color-scheme'];
    if (scheme && (scheme === 'dark') !== inDark) throw new Refusal('unsupported operation', 'the colours of the device are those it began with');
  },
  'emulation.setNetworkConditions'({ networkConditions }) {
    line.cut = networkConditions?.type === 'offline';
  },
  'browsingContext.getTree': () => ({ contexts: [...windows.values()].map(({ handle, url }) => ({ context: handle, url, children: [], parent: null, userContext: 'default', originalOpener: null, clientWindow: handle })) }),
  'browsingContext.navigate': ({ context, url }) => windowOf(context).navigate(url),
  'browsingContext.reload': ({ context }) => windowOf(context).reload(),
  async 'browsingContext.traverseHistory'({ context, delta }) {
    for (let i = 0; i < Math.abs(delta); ++i) await windowOf(context).ask('POST', delta < 0 ? '/back' : '/forward', {});
  },
  async 'browsingContext.setViewport'({ context, viewport: size }) {
    if (context) await windowOf(context).resize(size);
    else viewport = size;
  },
  'browsingContext.activate': async ({ context }) => void (await windowOf(context).ask('POST', '/window', { handle: context })),
  async 'browsingContext.captureScreenshot'({ context, clip }) {
    const whole = await windowOf(context).ask('GET', '/screenshot');
    if (!clip) return { data: whole };
    const width = await windowOf(context).width();
    return {
      data: cut(whole, (pixels) => {
        const scale = pixels / width;
        return { x: clip.x * scale, y: clip.y * scale, width: clip.width * scale, height: clip.height * scale };
      }),
    };
  },
  'network.addIntercept': (params) => requests.add(/** @type {any} */ (params)),
  'network.removeIntercept': (params) => requests.remove(/** @type {any} */ (params)),
  'network.continueRequest': (params) => requests.pass(/** @type {any} */ (params)),
  'network.provideResponse': (params) => requests.answer(/** @type {any} */ (params)),
  'network.failRequest': (params) => requests.fail(/** @type {any} */ (params)),
  'storage.getCookies': () => ({ cookies: [] }),
  'script.addPreloadScript'({ functionDeclaration, arguments: args }) {
    if (args?.length) throw new Refusal('unsupported operation', 'nothing goes from a script to whoever added it');
    const script = `script-${++added}`;
    line.scripts.set(script, `(${functionDeclaration})()`);
    return { script };
  },
  'script.removePreloadScript': ({ script }) => void line.scripts.delete(script),
  async 'browsingContext.close'({ context }) {
    const closed = windowOf(context);
    windows.delete(context);
    await closed.close();
  },
  'script.evaluate': ({ target, expression, resultOwnership, serializationOptions, awaitPromise }) =>
    windowOf(target.context).expression(expression, { owned: resultOwnership === 'root', depth: serializationOptions?.maxObjectDepth ?? 1000, wait: awaitPromise }, !!target.sandbox),
  'script.callFunction': ({ target, functionDeclaration, arguments: args = [], resultOwnership, serializationOptions, awaitPromise }) =>
    windowOf(target.context).evaluate(functionDeclaration, args, { owned: resultOwnership === 'root', depth: serializationOptions?.maxObjectDepth ?? 1000, wait: awaitPromise }, !!target.sandbox),
  'script.disown': ({ target, handles }) => windowOf(target.context).drop(handles),
  async 'input.performActions'({ context, actions }) {
    // WebDriver has whole pixels alone.
    const whole = actions.map((/** @type {any} */ source) => ({
      ...source, actions: source.actions.map((/** @type {any} */ one) => ('x' in one ? { ...one, x: Math.round(one.x), y: Math.round(one.y) } : one)),
    }));
    const steps = whole.flatMap((/** @type {any} */ source) => source.actions);
    pointer = steps.findLast((/** @type {any} */ one) => one.type === 'pointerMove') ?? pointer;
    const right = steps.every((/** @type {any} */ one) => one.button === 2);
    // One after the other: it refuses a second while the first is under way.
    const done = acting.then(async () => {
      if (!right) return void (await windowOf(context).ask('POST', '/actions', { actions: whole }));
      for (const { type } of steps) await windowOf(context).pressRight(pointer, type === 'pointerDown');
    });
    acting = done.catch(() => {});
    await done;
  },
  'input.releaseActions': async ({ context }) => void (await windowOf(context).ask('DELETE', '/actions')),
  'input.setFiles': ({ context, element, files }) => windowOf(context).giveFiles(element.sharedId, files),
};

const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
server.on('connection', (socket) => {
  const send = (/** @type {object} */ message) => socket.send(JSON.stringify(message));
  // Nobody is there any more to say so.
  socket.on('close', () => program.kill());
  driver.say = (method, params) => send({ type: 'event', method, params });
  socket.on('message', async (data) => {
    const { id, method, params } = JSON.parse(String(data));
    try {
      const command = commands[method] ?? (idle.test(method) ? () => ({}) : undefined);
      if (!command) throw new Refusal('unknown command', method);
      send({ type: 'success', id, result: (await command(params)) ?? {} });
    } catch (error) {
      const { message } = /** @type {Error} */ (error);
      send({ type: 'error', id, error: error instanceof Refusal ? error.error : 'unknown error', message });
    }
  });
});
server.on('listening', () => {
  const { port: at } = /** @type {import('node:net').AddressInfo} */ (server.address());
  process.stderr.write(`WebDriver BiDi listening on ws://127.0.0.1:${at}\n`);
});
