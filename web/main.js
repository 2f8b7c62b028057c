// Starts the page: says what is missing, loads the user-interface module, and runs its frames when they are wanted.

import { Calls, pageFor } from './host-boundary.js';
import { Glyphs } from './glyphs.js';
import { Host } from './host.js';
import { Input } from './input.js';
import { Mirror } from './mirror.js';
import { count, fetchModule } from './module-fetch.js';

/** @param {string} id @returns {HTMLElement} */
function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`shell.html lacks #${id}`);
  return element;
}

/** The smallest modules that use a feature. */
const simd = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];
const exceptions = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 8, 1, 6, 0, 6, 64, 25, 11, 11];

/** Milliseconds of loading after which its progress is shown. */
const patience = 100;

/** @returns {string} what the browser lacks, as a sentence, or nothing */
function lacking() {
  if (typeof WebAssembly !== 'object') return 'This browser has no WebAssembly, or it is switched off, perhaps by a strict security setting.';
  if (!WebAssembly.validate(Uint8Array.from(simd))) return 'This browser’s WebAssembly has no SIMD, which the predictions are computed with.';
  if (!WebAssembly.validate(Uint8Array.from(exceptions))) return 'This browser’s WebAssembly has no exception handling, which the predictions need.';
  if (typeof WebGL2RenderingContext === 'undefined') return 'This browser has no WebGL 2, or it is switched off, and the page is drawn with it.';
  return '';
}

/** @param {string} what @param {string} advice */
function say(what, advice) {
  byId('first').hidden = false;
  byId('root').classList.remove('ready');
  byId('progress').hidden = true;
  byId('problem').hidden = false;
  byId('problem-what').textContent = what;
  byId('problem-advice').textContent = advice;
}

const updateAdvice =
  'A current Chrome, Edge, Firefox (from 100) or Safari (from 16.4) works. If yours is current, restarting it, or switching its graphics acceleration on, may help.';
const reloadAdvice = 'Nothing that was saved is lost. Load the page again to go on.';

/**
 * Shows how much of a file has come.
 * @param {Response} response
 * @param {number} size  in bytes, 0 if unknown
 */
async function showProgress(response, size) {
  byId('progress').hidden = false;
  const bar = /** @type {HTMLProgressElement} */ (byId('progress-bar'));
  const figure = byId('progress-figure');
  const megabytes = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(1);
  await count(response, size, (came, all) => {
    if (all > 0) bar.value = Math.min(came / all, 1);
    figure.textContent = all > 0 ? `${megabytes(came)} of ${megabytes(all)} MB` : `${megabytes(came)} MB`;
  });
}

/** Milliseconds that news of the engine wait for a frame. */
const latest = 40;

async function start() {
  const missing = lacking();
  if (missing) {
    say(missing, updateAdvice);
    return;
  }
  const root = byId('root');
  const canvas = /** @type {HTMLCanvasElement} */ (byId('surface'));
  // Before all else: it is what takes longest, and it goes on while this thread does what follows.
  const fetched = fetchModule('./ui.wasm');
  fetched.catch(() => {});
  const size = Number(document.querySelector('link[data-size]')?.getAttribute('data-size') ?? 0);
  const slow = setTimeout(() => fetched.then(({ progress }) => showProgress(progress, size)).catch(() => {}), patience);

  let scheduled = false;
  let timer = 0;
  /** @type {number | undefined} */
  let late;
  let drawing = false;
  const draw = () => {
    if (drawing || !calls.running) return false;
    drawing = true;
    input.flush();
    host.followScale();
    const wait = calls.frame(performance.now() / 1000);
    drawing = false;
    clearTimeout(timer);
    if (wait === 0) requestFrame();
    else if (wait > 0) timer = setTimeout(requestFrame, wait);
    return wait === 0;
  };
  const drawNews = () => {
    if (host.hasNews()) {
      // What was done to the page as it was shown comes first.
      input.settle();
      host.tellNews();
    }
    draw();
  };
  function requestFrame() {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(() => {
      scheduled = false;
      clearTimeout(late);
      late = undefined;
      drawNews();
    });
  }
  // A graphics processor that lags keeps the next frame back; for the news of the engine, and for who has them read out, that is not waited for. Once
  // a frame at most, or it would lag all the more.
  function requestNews() {
    requestFrame();
    late ??= setTimeout(() => {
      if (host.hasNews() && !document.hidden) drawNews();
    }, latest);
  }

  const calls = new Calls((error) => {
    console.error(error);
    say('Something in the page went wrong, and it had to stop.', reloadAdvice);
  });
  const mirror = new Mirror(byId('mirror'), byId('polite'), byId('urgent'));
  const host = new Host(root, canvas, byId('lost'), calls, draw, requestNews);
  const input = new Input(root, mirror, host, calls, requestFrame, draw);
  const glyphs = new Glyphs();
  const ready = () => {
    clearTimeout(slow);
    root.classList.add('ready');
    byId('first').hidden = true;
    performance.mark('media-hub:first-frame');
    // The engine has much to fetch and to compile, which would keep this frame back; what is asked of it until then waits for it.
    setTimeout(() => host.startEngine());
  };
  /** For tests and the curious. */
  Object.assign(globalThis, { mediaHub: { frames: () => calls.frames(), mirrored: () => calls.mirrorSize(), memory: () => calls.memory() } });

  // While the module is on its way, this thread has nothing else to do: what its first frame would wait for is made ready.
  host.prepareSurface();
  glyphs.prepare();
  const { default: createUi } = await import('./ui.js');
  /** @type {(reason: unknown) => void} */
  let failed = () => {};
  /** @type {Promise<never>} */
  const failure = new Promise((_, reject) => (failed = reject));
  const created = createUi({
    page: pageFor({ host, mirror, glyphs, input, requestFrame, ready }),
    onAbort: failed,
    instantiateWasm(imports, done) {
      fetched
        .then(async ({ module }) => {
          const compiled = await module;
          done(await WebAssembly.instantiate(compiled, imports), compiled);
        })
        .catch(failed);
      return {};
    },
  });
  // What fails after the module is there (in its main function) counts as well.
  const module = await Promise.race([failure, created]);
  await Promise.race([failure, Promise.resolve()]);
  if (calls.open(module)) {
    requestFrame();
    input.takeOpened();
    return;
  }
  say('This browser could not set up its graphics (WebGL 2).', updateAdvice);
}

start().catch((error) => {
  console.error(error);
  const offline = navigator.onLine ? '' : ' This device is offline.';
  say(`The page could not be loaded in full.${offline}`, 'Check the connection and load it again. Nothing that was saved is lost.');
});
