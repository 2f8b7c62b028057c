// Services of the page for the user-interface module: the engine's worker, files, address bar, clipboard, preferences, offline shell.

import { BackupFile } from './backup-file.js';
import { Happening } from './host-boundary.js';

/** @typedef {ArrayBuffer | Blob} Bulk */
/** @typedef {{json: string, bulk?: Bulk[]}} News */
/** @typedef {{said?: News[], fatal?: string, alive?: string, came?: [number, number]}} EngineMessage */

/** @param {string} query */
const matches = (query) => matchMedia(query).matches;

const preferences = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)', '(prefers-reduced-motion: reduce)', '(pointer: coarse)'];

/** Why an engine has ended that was left with its page; wasm/platform/host.hpp has the same word. */
const leftBehind = 'left';

/** Milliseconds between two looks for a newer version of the page. */
const updateEvery = 60 * 60 * 1000;

/** Settings of two copies of the page under one host are kept apart. */
const settingPrefix = `media-hub:${new URL('.', location.href).pathname}:`;

/** As in wasm/platform/renderer.cpp. @type {WebGLContextAttributes} */
const surfaceWishes = { alpha: false, depth: false, stencil: false, antialias: false, powerPreference: 'low-power' };

/** @param {number} color  0xAABBGGRR */
function css(color) {
  return `rgb(${color & 255} ${(color >>> 8) & 255} ${(color >>> 16) & 255} / ${((color >>> 24) & 255) / 255})`;
}

/** @returns {string} the fragment, decoded; a broken escape is taken as it stands */
function address() {
  const fragment = location.hash.slice(1);
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

export class Host {
  /** @type {Map<number, Bulk>} */
  #bulks = new Map();
  #nextHandle = 1;
  /** @type {Worker | null} */
  #engine = null;
  #started = false;
  /** What was sent before the engine was started. @type {{json: string, handles: number[]}[]} */
  #unsent = [];
  #address = address();
  /** @type {ServiceWorkerRegistration | null} */
  #offline = null;
  /** Another tab has switched to a newer version: this one's files are gone from the shell's cache. */
  #outdated = false;
  #offlineAsked = false;
  #updateAsked = 0;
  #holdUnload = (/** @type {BeforeUnloadEvent} */ event) => event.preventDefault();
  #root;
  #canvas;
  #calls;
  #requestNews;
  #backupFile;
  /** What the engine said since the last frame. @type {News[]} */
  #news = [];
  /** The size in device pixels as the browser measured it. */
  #pixels = { width: 0, height: 0 };
  #scale = devicePixelRatio;

  /**
   * @param {HTMLElement} root
   * @param {HTMLCanvasElement} canvas
   * @param {HTMLElement} lost  where it is said that there is no picture for now
   * @param {import('./host-boundary.js').Calls} calls
   * @param {() => void} drawNow  draws before the browser shows the page again
   * @param {() => void} requestNews  for what the engine said to be told and drawn
   */
  constructor(root, canvas, lost, calls, drawNow, requestNews) {
    this.#root = root;
    this.#canvas = canvas;
    this.#calls = calls;
    this.#requestNews = requestNews;
    this.#backupFile = new BackupFile((news, text) => calls.event(Happening.backupFile, { number: news, text }));
    const changed = () => this.#calls.event(Happening.environment);
    for (const query of preferences) matchMedia(query).addEventListener('change', changed);
    for (const name of ['online', 'offline']) addEventListener(name, changed);
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) this.tellNews();
      this.#calls.event(Happening.visibility, { number: Number(document.hidden) });
      changed();
    });
    visualViewport?.addEventListener('resize', changed);
    // A page that is left but kept, in case somebody comes back to it, stands still with its worker, which would go on holding the lock that says who writes.
    let left = false;
    addEventListener('pagehide', ({ persisted }) => {
      left = persisted && this.#started;
      if (left) this.stopEngine();
    });
    addEventListener('pageshow', () => {
      if (!left) return;
      left = false;
      this.#calls.event(Happening.engineDeath, { text: leftBehind });
    });
    const navigated = () => this.navigated(false);
    addEventListener('popstate', navigated);
    addEventListener('hashchange', navigated);
    // The mirror stays as it is meanwhile: what is there can be read out and pressed.
    const sayLost = (/** @type {boolean} */ is) => {
      root.classList.toggle('lost', is);
      for (const words of lost.children) /** @type {HTMLElement} */ (words).hidden = !is;
    };
    canvas.addEventListener('webglcontextlost', (event) => {
      event.preventDefault();
      this.#calls.event(Happening.contextLost);
      sayLost(true);
    });
    canvas.addEventListener('webglcontextrestored', () => {
      this.#calls.event(Happening.contextRestored);
      sayLost(false);
    });
    this.#followSize(drawNow);
  }

  /** Makes the canvas's context, with the same wishes as wasm/platform/renderer.cpp, which is given this one when it asks. */
  prepareSurface() {
    this.#canvas.getContext('webgl2', surfaceWishes);
  }

  // Surface ------------------------------------------------------------------------------------------------------------------------------

  /** @param {() => void} drawNow */
  #followSize(drawNow) {
    this.#fit();
    const resized = () => {
      if (!this.#fit()) return;
      this.#calls.event(Happening.environment);
      drawNow();
    };
    const observer = new ResizeObserver((changes) => {
      const exact = changes.at(-1)?.devicePixelContentBoxSize?.[0];
      this.#pixels = { width: exact?.inlineSize ?? 0, height: exact?.blockSize ?? 0 };
      resized();
    });
    try {
      observer.observe(this.#canvas, { box: 'device-pixel-content-box' });
    } catch {
      observer.observe(this.#canvas);
    }
    const followScale = () => {
      matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener(
        'change',
        () => {
          resized();
          followScale();
        },
        { once: true },
      );
    };
    followScale();
    addEventListener('resize', resized);
  }

  /** @returns {boolean} whether the canvas got another size */
  #fit() {
    // The browser's own measure knows on which side of a pixel the edges lie; it is taken where it is about this surface at this scale.
    const exact = (/** @type {number} */ length, /** @type {number} */ measured) => {
      const pixels = Math.round(length * devicePixelRatio);
      return Math.abs(measured - pixels) <= 1 ? measured : pixels;
    };
    const width = exact(this.#root.clientWidth, this.#pixels.width);
    const height = exact(this.#root.clientHeight, this.#pixels.height);
    if (this.#canvas.width === width && this.#canvas.height === height) return false;
    this.#canvas.width = width;
    this.#canvas.height = height;
    return true;
  }

  /** Before a frame: not every browser tells of every change of scale. */
  followScale() {
    if (devicePixelRatio === this.#scale) return;
    this.#scale = devicePixelRatio;
    if (this.#fit()) this.#calls.event(Happening.environment);
  }

  environment() {
    const style = getComputedStyle(this.#root);
    const inset = (/** @type {string} */ side) => parseFloat(style.getPropertyValue(`--safe-${side}`)) || 0;
    const width = this.#root.clientWidth;
    const height = this.#root.clientHeight;
    const view = visualViewport;
    // While the page is pinched to another zoom, the visible part says nothing about the keyboard.
    const keyboard = view && Math.abs(view.scale - 1) < 0.01 ? Math.max(0, height - view.height - view.offsetTop) : 0;
    return [
      width,
      height,
      width > 0 ? this.#canvas.width / width : devicePixelRatio,
      inset('top'),
      inset('right'),
      inset('bottom'),
      inset('left'),
      keyboard > 60 ? keyboard : 0,
      parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1,
      Number(matches('(pointer: coarse)')),
      Number(matches('(prefers-color-scheme: dark)')),
      Number(matches('(prefers-contrast: more)')),
      Number(matches('(forced-colors: active)')),
      Number(matches('(prefers-reduced-motion: reduce)')),
      Number(document.hidden),
    ];
  }

  /** @param {string} name @returns {number} 0xAABBGGRR */
  systemColor(name) {
    const probe = document.createElement('span');
    probe.style.color = /^[A-Za-z]+$/.test(name) ? name : 'black';
    probe.style.setProperty('forced-color-adjust', 'none');
    this.#root.append(probe);
    const parts = getComputedStyle(probe).color.match(/[\d.]+/g) ?? [];
    probe.remove();
    const [red, green, blue] = parts.map(Number);
    return ((255 << 24) | ((blue ?? 0) << 16) | ((green ?? 0) << 8) | (red ?? 0)) >>> 0;
  }

  /** @param {Record<string, number>} colors @param {boolean} dark */
  setColors(colors, dark) {
    const { style } = document.documentElement;
    for (const [name, color] of Object.entries(colors)) style.setProperty(`--${name}`, css(color));
    style.colorScheme = dark ? 'dark' : 'light';
    for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
      meta.setAttribute('content', css(colors.background));
      meta.removeAttribute('media');
    }
  }

  // Engine -------------------------------------------------------------------------------------------------------------------------------

  startEngine() {
    const unsent = this.#unsent.splice(0);
    this.#started = true;
    let engine;
    try {
      engine = new Worker('./engine-worker.js', { type: 'module', name: 'engine' });
    } catch (error) {
      this.#calls.event(Happening.engineDeath, { text: String(error) });
      return;
    }
    this.#engine = engine;
    const died = (/** @type {string} */ reason) => {
      if (this.#engine !== engine) return;
      this.#engine = null;
      engine.terminate();
      this.#keepOffline();
      this.tellNews();
      this.#calls.event(Happening.engineDeath, { text: reason });
    };
    // No event tells of a worker that was ended from outside (by the system for want of memory, by itself); the lock it holds is free then.
    const watch = (/** @type {string} */ lock) => navigator.locks.request(lock, () => died('The worker ended.')).catch(() => {});
    engine.onmessage = (/** @type {MessageEvent<EngineMessage>} */ { data }) => {
      // What an engine said that is held for dead by now is of the past.
      if (this.#engine !== engine) return;
      if (data.fatal !== undefined) died(data.fatal);
      else if (data.alive !== undefined) watch(data.alive);
      else if (data.came) this.#calls.event(Happening.engineComes, { number: data.came[0], text: String(data.came[1]) });
      else this.#hear(data.said ?? []);
    };
    engine.onerror = (event) => died(event.message || 'The worker could not be loaded.');
    engine.onmessageerror = () => died('A message could not be read.');
    for (const { json, handles } of unsent) this.post(json, handles);
  }

  /**
   * News wait for the next frame, so that a press or a key in the meantime acts on what the person saw, not on what would have come next.
   * A hidden page has no frames.
   * @param {News[]} said
   */
  #hear(said) {
    // All files are fetched once more for it. By now the engine has come, and nothing else is waited for.
    this.#keepOffline();
    this.#news.push(...said);
    if (document.hidden) this.tellNews();
    else this.#requestNews();
  }

  hasNews() {
    return this.#news.length > 0;
  }

  /** Tells the module what the engine has said. */
  tellNews() {
    for (const { json, bulk } of this.#news.splice(0)) this.#calls.message(json, (bulk ?? []).map((one) => this.keep(one)));
  }

  stopEngine() {
    this.#news = [];
    this.#engine?.terminate();
    this.#engine = null;
  }

  restartEngine() {
    this.stopEngine();
    // The engine's file would be of the newer version, and the page of the older.
    if (this.#outdated) location.reload();
    else this.startEngine();
  }

  /** @param {string} json @param {number[]} handles */
  post(json, handles) {
    if (!this.#started) {
      this.#unsent.push({ json, handles });
      return;
    }
    const bulk = handles.map((handle) => this.#take(handle)).filter((one) => one !== undefined);
    this.#engine?.postMessage({ json, bulk }, bulk.filter((one) => one instanceof ArrayBuffer));
  }

  // Bulk ---------------------------------------------------------------------------------------------------------------------------------

  /** @param {Bulk} bulk @returns {number} its handle */
  keep(bulk) {
    const handle = this.#nextHandle++;
    this.#bulks.set(handle, bulk);
    return handle;
  }
  /** @param {number} handle */
  #take(handle) {
    const bulk = this.#bulks.get(handle);
    this.#bulks.delete(handle);
    return bulk;
  }
  /** @param {number} handle */
  free(handle) {
    this.#bulks.delete(handle);
  }
  /** @param {number} handle */
  bulkSize(handle) {
    const bulk = this.#bulks.get(handle);
    return bulk instanceof Blob ? bulk.size : (bulk?.byteLength ?? 0);
  }
  /** @param {number} handle @param {number} which */
  bulkText(handle, which) {
    const bulk = this.#bulks.get(handle);
    if (!(bulk instanceof Blob)) this.#calls.takeText('');
    else this.#calls.takeText(which === 1 ? bulk.type : bulk instanceof File ? bulk.name : '');
  }
  /** @param {number} handle @param {number} offset @param {Uint8Array} to @returns {number} */
  bulkRead(handle, offset, to) {
    const bulk = this.#bulks.get(handle);
    if (!(bulk instanceof ArrayBuffer)) return 0;
    const length = Math.max(0, Math.min(to.length, bulk.byteLength - offset));
    to.set(new Uint8Array(bulk, offset, length));
    return length;
  }

  /** @param {number} source @param {number} widget @param {Iterable<File>} files */
  giveFiles(source, widget, files) {
    const handles = Array.from(files, (file) => this.keep(file));
    if (handles.length > 0) this.#calls.files(source, widget, handles);
  }

  /** @param {string} name @param {string} mime @param {number} handle */
  download(name, mime, handle) {
    const bulk = this.#take(handle);
    if (!bulk) return;
    const url = URL.createObjectURL(new Blob([bulk], { type: mime }));
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    // The browser has opened it long before; sooner would break large downloads in some.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }

  /** @param {string} mark @param {number} handle */
  writeBackupFile(mark, handle) {
    const bulk = this.#take(handle);
    if (bulk) this.#backupFile.write(bulk, mark);
  }

  // Address, settings, device ------------------------------------------------------------------------------------------------------------

  /** @param {boolean} again  also when the address is the same: a link to where one already is */
  navigated(again) {
    const now = address();
    if (now === this.#address && !again) return;
    this.#address = now;
    this.#calls.event(Happening.navigate, { text: now });
  }

  /** @param {number} which @param {number} argument @returns {number} */
  number(which, argument) {
    switch (which) {
      case 0:
        return Number(navigator.onLine);
      case 1:
        return Number(/Mac|iPhone|iPad/.test(navigator.platform));
      case 2:
        return Number(matches('(display-mode: standalone)'));
      case 3:
        return 'deviceMemory' in navigator ? Number(navigator.deviceMemory) : 0;
      case 4:
        return Date.now();
      case 5:
        return -new Date(argument).getTimezoneOffset();
      case 6:
        return Number(this.#outdated || (this.#offline?.waiting != null && this.#offline.active != null));
      case 7:
        return Number(this.#offline?.active != null);
      case 8:
        return Number(this.#backupFile.possible);
      default:
        return 0;
    }
  }

  /** @param {number} which @param {string} argument */
  text(which, argument) {
    switch (which) {
      case 0:
        return this.#calls.takeText(address());
      case 1:
        return this.#calls.takeText(Intl.DateTimeFormat().resolvedOptions().timeZone ?? '');
      case 2:
        return this.#calls.takeText(navigator.language);
      default:
        try {
          return this.#calls.takeText(localStorage.getItem(settingPrefix + argument) ?? '');
        } catch {
          return this.#calls.takeText('');
        }
    }
  }

  /** @param {number} which @param {string} a @param {string} b */
  doText(which, a, b) {
    switch (which) {
      case 0:
      case 1: {
        // Everything but what would end the fragment or be taken for an escape stays readable.
        const fragment = `#${encodeURI(a).replaceAll('#', '%23')}`;
        this.#address = a;
        if (which === 0 && fragment !== location.hash) history.pushState(null, '', fragment);
        else history.replaceState(null, '', fragment);
        return;
      }
      case 2:
        document.title = a;
        return;
      case 3:
        if (a.startsWith('https://')) open(a, '_blank', 'noopener,noreferrer');
        return;
      case 4:
        navigator.clipboard?.writeText(a).catch(() => {});
        return;
      case 5:
        try {
          localStorage.setItem(settingPrefix + a, b);
        } catch {
          // Blocked or full: the setting lasts as long as the page.
        }
        return;
      case 6:
        this.#backupFile.choose(a);
    }
  }

  /** @param {number} which @param {number} argument */
  act(which, argument) {
    switch (which) {
      case 0:
        history.back();
        return;
      case 1:
        this.#applyUpdate();
        return;
      case 2:
        location.reload();
        return;
      case 3: {
        const answered = (/** @type {boolean | undefined} */ granted) => this.#calls.event(Happening.persisted, { number: granted === undefined ? -1 : Number(granted) });
        const { storage } = navigator;
        if (storage?.persist) (argument ? storage.persist() : storage.persisted()).then(answered, () => answered(false));
        else queueMicrotask(() => answered(undefined));
        return;
      }
      case 4:
        if (argument) addEventListener('beforeunload', this.#holdUnload);
        else removeEventListener('beforeunload', this.#holdUnload);
        return;
      case 5:
        this.#engine?.postMessage({ takeTurn: true });
        return;
      case 6:
        this.#backupFile.look();
        return;
      case 7:
        this.#backupFile.allow();
        return;
      case 8:
        this.#backupFile.forget();
        return;
      case 9:
        this.#backupFile.wake(argument);
    }
  }

  // Offline shell ------------------------------------------------------------------------------------------------------------------------

  #applyUpdate() {
    const waiting = this.#offline?.waiting;
    if (!waiting) {
      location.reload();
      return;
    }
    // The new worker takes over every tab; the one that asked goes on with it at once.
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    waiting.postMessage('apply-update');
  }

  /** Keeps the page's files for use without network; a newer version waits until the person takes it. */
  async #keepOffline() {
    if (this.#offlineAsked || !navigator.serviceWorker) return;
    this.#offlineAsked = true;
    let registration;
    try {
      registration = await navigator.serviceWorker.register('./sw.js');
    } catch {
      return;
    }
    this.#offline = registration;
    const updateReady = () => this.#calls.event(Happening.updateReady);
    const follow = (/** @type {ServiceWorker | null} */ worker) =>
      worker?.addEventListener('statechange', () => {
        if (worker.state === 'installed' && registration.active) updateReady();
        if (worker.state === 'activated') this.#calls.event(Happening.worksOffline);
      });
    follow(registration.installing);
    registration.addEventListener('updatefound', () => follow(registration.installing));
    if (registration.waiting) updateReady();
    else if (registration.active) this.#calls.event(Happening.worksOffline);
    if (navigator.serviceWorker.controller) {
      navigator.serviceWorker.addEventListener('controllerchange', () => {
        this.#outdated = true;
        updateReady();
      });
    }
    // A tab that is never closed hears of a newer version when the person comes back to it.
    document.addEventListener('visibilitychange', () => {
      if (document.hidden || Date.now() - this.#updateAsked < updateEvery) return;
      this.#updateAsked = Date.now();
      registration.update().catch(() => {});
    });
    this.#updateAsked = Date.now();
  }
}
