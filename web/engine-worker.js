// The engine's worker: starts the module, mounts the storage, hands messages through. Glue only: what is decided, the engine decides (core/engine).
//
// From the page: {json: string, bulk?: (ArrayBuffer | Blob)[]}. To the page: {said: Message[]}, such messages in their order, or {fatal: string} when
// the module cannot go on, or {alive: string} with the name of a lock that is held as long as this worker lives, or {came: [bytes, of all]} while the
// module is fetched.
// The functions that cross to the module are listed in wasm/engine/main.cpp.

import createEngine from './engine.js';
import { count, fetchModule } from './module-fetch.js';
import { PictureStore, squareOf } from './pictures.js';
import { SecondCopy } from './second-copy.js';
import { DeviceModel } from './device-model.js';

/**
 * @typedef {object} EngineModule
 * @property {Uint8Array} HEAPU8
 * @property {any} FS
 * @property {any} IDBFS
 * @property {(size: number) => number} _engine_allocate
 * @property {(bytes: number) => void} _engine_free
 * @property {(folder: number, catalogue: number, catalogueLength: number, demo: number, demoLength: number, services: number, servicesLength: number) => number} _engine_start
 * @property {(mode: number, why: number) => void} _engine_open
 * @property {(json: number, length: number, bytes: number, size: number) => void} _engine_receive
 * @property {(json: number, length: number, file: number, size: number) => void} _engine_receive_file
 * @property {(budget: number) => number} _engine_run
 * @property {(text: number, length: number) => void} _engine_follow
 * @property {(code: number) => void} _engine_synced
 * @property {(id: number, status: number, retryAfter: number, tooLarge: number, body: number, size: number) => void} _engine_fetched
 * @property {(id: number, what: number, width: number, height: number, rgba: number, size: number) => void} _engine_pictured
 * @property {(models: number, length: number) => void} _engine_offer
 * @property {(vectors: number, size: number) => void} _engine_bring_stories
 * @property {(model: number, what: number, gotBytes: number, begun: number, code: number, vocabulary: number, length: number) => void} _engine_model_told
 * @property {(model: number, id: number, what: number, features: number, count: number, code: number) => void} _engine_seen
 * @property {(model: number, id: number, features: number, count: number, code: number) => void} _engine_described
 * @property {(id: number, states: number, count: number, code: number) => void} _engine_embedded
 * @property {() => void} _engine_time_passed
 */

/** @typedef {{json: string, bulk?: (ArrayBuffer | Blob)[], takeTurn?: boolean}} Message */

/** wasm/platform/host.hpp has the same word. */
const yielded = 'yielded';

const Mode = { writer: 0, readOnly: 1, memory: 2 };
/** Milliseconds of work between two looks at the messages that have come in. */
const slice = 12;
/** Milliseconds after which a write-back counts as failed: IDBFS of some versions never calls back when the quota is exceeded. */
const syncLimit = 20000;
/** ENOENT, as Emscripten's file system numbers it (WASI). */
const noEntry = 44;
/** How often in a row files may vanish while they are written back. */
const vanishedLimit = 20;

// IDBFS names its database after the mount point, and databases belong to the whole origin: two copies of the page under different paths of one
// host (github.io) must not share one. The folder's name is the page's path with everything but letters and digits replaced.
const place = new URL('.', self.location.href).pathname;
const folder = '/media-hub' + (place === '/' ? '' : place.replace(/[^A-Za-z0-9]+/g, '-').replace(/-$/, ''));
const scope = /** @type {DedicatedWorkerGlobalScope} */ (/** @type {unknown} */ (self));

/** @type {EngineModule} */
let engine;
const encoder = new TextEncoder();

/** @type {Message[]} What the module has said in the call that it is in. */
let said = [];

/**
 * All that is said in one call goes out together at its end: the page draws it in one frame, not the first of it in one and the rest in the next.
 * @param {string} json @param {ArrayBuffer | undefined} bulk
 */
function say(json, bulk) {
  if (said.length === 0) queueMicrotask(tell);
  said.push(bulk ? { json, bulk: [bulk] } : { json });
}

function tell() {
  if (said.length === 0) return;
  const all = said;
  said = [];
  scope.postMessage({ said: all }, /** @type {ArrayBuffer[]} */ (all.flatMap((message) => message.bulk ?? [])));
}

/** @param {unknown} error */
function fatal(error) {
  tell();
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  scope.postMessage({ fatal: reason });
  scope.close();
}

/**
 * Runs a piece that calls the module; an exception or trap in it leaves the module's state unknown, so the worker ends and is started anew from storage.
 * @template T
 * @param {() => T} piece
 * @returns {T | undefined}
 */
function guarded(piece) {
  try {
    return piece();
  } catch (error) {
    fatal(error);
    return undefined;
  }
}

/**
 * Calls `use` with a copy of `bytes` in the module's memory.
 * @param {Uint8Array} bytes
 * @param {(pointer: number, size: number) => void} use
 */
function withBytes(bytes, use) {
  const pointer = engine._engine_allocate(bytes.length + 1);
  if (pointer === 0) throw new Error('out of memory');
  engine.HEAPU8.set(bytes, pointer);
  engine.HEAPU8[pointer + bytes.length] = 0;
  use(pointer, bytes.length);
  engine._engine_free(pointer);
}

/**
 * @param {string} text
 * @param {(pointer: number, size: number) => void} use
 */
function withText(text, use) {
  withBytes(encoder.encode(text), use);
}

// ---------------------------------------------------------------- working in slices

// A message to oneself comes back behind the messages that wait already, and sooner than a timer would.
const again = new MessageChannel();
let asked = false;
function wake() {
  if (asked) return;
  asked = true;
  again.port2.postMessage(null);
}
again.port1.onmessage = () => {
  asked = false;
  if (guarded(() => engine._engine_run(slice)) === 1) wake();
};

// ---------------------------------------------------------------- storage

/** @type {SecondCopy | undefined} There once the folder is filled. */
let copy;
/** @type {Promise<unknown>} */
let copied = Promise.resolve();

/** Called with the name of the error when the database cannot be opened or a transaction is aborted. */
let databaseFailed = (/** @type {string} */ _name) => {};

/**
 * Every write-back is a transaction with strict durability: "saved" then means that the browser handed the data to the disk, not only to the
 * system's buffer (IndexedDB 3.0, "durability hint"). IDBFS opens its transactions without a hint, so it is given here, in this worker alone.
 *
 * IDBFS must not hear of errors: its handlers look for them in `this`, which is undefined in a module, and would end the worker. They are caught
 * on their way down to the request (capture); the transaction is aborted then.
 */
const openTransaction = IDBDatabase.prototype.transaction;
IDBDatabase.prototype.transaction = function (
  /** @type {string | string[]} */ stores,
  /** @type {IDBTransactionMode | undefined} */ mode,
  /** @type {IDBTransactionOptions | undefined} */ options,
) {
  const transaction = openTransaction.call(this, stores, mode, mode === 'readwrite' ? { durability: 'strict', ...options } : options);
  transaction.addEventListener('error', (event) => event.stopImmediatePropagation(), { capture: true });
  transaction.addEventListener('abort', () => databaseFailed(transaction.error?.name ?? 'AbortError'));
  return transaction;
};
const openDatabase = IDBFactory.prototype.open;
IDBFactory.prototype.open = function (/** @type {string} */ name, /** @type {number | undefined} */ wanted) {
  const request = openDatabase.call(this, name, wanted);
  request.addEventListener('error', (event) => {
    event.stopImmediatePropagation();
    event.preventDefault();
    databaseFailed(request.error?.name ?? 'UnknownError');
  });
  return request;
};

/** @param {string} name  of a DOMException */
function codeOf(name) {
  if (name === 'QuotaExceededError') return 'quota_exceeded';
  if (name === 'InvalidStateError' || name === 'SecurityError' || name === 'UnknownError') return 'blocked';
  return 'io';
}

function sync() {
  let ended = false;
  const end = (/** @type {string} */ code) => {
    if (ended) return;
    ended = true;
    clearTimeout(limit);
    databaseFailed = () => {};
    guarded(() => withText(code, (pointer) => engine._engine_synced(pointer)));
  };
  const limit = setTimeout(() => end('timeout'), syncLimit);
  // IDBFS lists the files, waits for the database, and reads them then: one that was removed in the meantime (an older kept model) is no failure,
  // only a reason to list them again.
  let again = vanishedLimit;
  const attempt = () => {
    engine.FS.syncfs(false, (/** @type {any} */ error) => {
      if (error?.errno === noEntry && --again > 0) attempt();
      else if (error) end(codeOf(error.name ?? ''));
      else copied.then(() => end(''));
    });
  };
  const begin = () => {
    databaseFailed = async (name) => {
      // The copy's room is the database's, where there is not enough for both.
      if (codeOf(name) === 'quota_exceeded' && !ended && (await copy?.drop())) begin();
      else end(codeOf(name));
    };
    try {
      attempt();
    } catch (error) {
      end(codeOf(error instanceof Error ? error.name : ''));
    }
  };
  // Not from within the module's own call: it is told by a message of its own in any case.
  queueMicrotask(() => {
    copied = copied.then(() => copy?.update());
    begin();
  });
}

/**
 * Reads what is stored into the folder. Must end before anything is written back: an early write-back deletes the database.
 * @returns {Promise<void>}
 */
function populate() {
  return new Promise((resolve, reject) => {
    const end = (/** @type {any} */ error) => {
      clearTimeout(limit);
      databaseFailed = () => {};
      if (error) reject(error);
      else resolve();
    };
    const limit = setTimeout(() => end(new DOMException('', 'TimeoutError')), syncLimit);
    databaseFailed = (name) => end(new DOMException('', name));
    engine.FS.syncfs(true, end);
  });
}

/** Fills the folder. @returns {Promise<string>} what the person should know of that, or nothing */
async function load() {
  await populate();
  copy = new SecondCopy(engine.FS, folder);
  return (await copy.open()) ? broughtBack : '';
}

const broughtBack =
  'The browser had lost what was saved here. All of it was brought back from the second copy that this page keeps. A backup in a file of your own is safer still.';
const onlyHere = 'Your ratings are kept only while this tab is open: download a backup before you close it.';

/** @param {string} name  of the DOMException that opening the storage ended with */
function whyNotKept(name) {
  if (name === 'VersionError') return 'What is stored here was written by a newer version of this page; it is left as it is.';
  if (name === 'QuotaExceededError') return 'This device has no room left for this page’s data.';
  if (name === 'TimeoutError') return 'The browser did not open its storage in time; loading the page again may help.';
  return 'This browser does not let the page store anything, perhaps because the window is private or its data is blocked.';
}

/** @param {number} mode @param {string} [why] */
function open(mode, why = '') {
  guarded(() => withText(why, (pointer) => engine._engine_open(mode, pointer)));
}

/** @param {string} name */
function channel(name) {
  try {
    return new BroadcastChannel(name);
  } catch {
    return null;  // there are none, or the browser lets the page store nothing, which to Firefox includes them
  }
}

/** One tab writes; the others follow it and take over when it goes, or when somebody asks for that (Web Locks). */
const tabs = channel(`media-hub:${folder}`);
/** On which a tab says that it wants to write. */
const turns = channel(`media-hub-turn:${folder}`);

/** Follows until the lock is this tab's, then writes. @param {string} name  of the lock */
function waitForTurn(name) {
  const waiting = new AbortController();
  if (turns) {
    // Whoever else waits stands behind the tab that asks.
    turns.onmessage = () => {
      waiting.abort();
      waitForTurn(name);
    };
  }
  navigator.locks.request(name, { signal: waiting.signal }, async () => {
    let lost = '';
    try {
      lost = await load();
    } catch (error) {
      fatal(error);
      return undefined;
    }
    open(Mode.writer, lost);
    return yieldWhenAsked();
  }).catch(() => {});  // another request has taken its place
}

/**
 * While this tab writes. The one that asks for its turn gets it with the end of this worker, which alone frees the lock; the page starts another that
 * follows, and gives to the writer what was not saved yet.
 */
function yieldWhenAsked() {
  if (turns) {
    turns.onmessage = () => {
      turns.onmessage = null;
      scope.postMessage({ fatal: yielded });
    };
  }
  return new Promise(() => {});
}

async function openStorage() {
  let lost = '';
  try {
    engine.FS.mkdir(folder);
    engine.FS.mount(engine.IDBFS, {}, folder);
    lost = await load();
  } catch (error) {
    open(Mode.memory, `${whyNotKept(error instanceof DOMException ? error.name : '')} ${onlyHere}`);
    return;
  }
  if (tabs) tabs.onmessage = (event) => guarded(() => withText(String(event.data), (pointer, size) => engine._engine_follow(pointer, size)));
  if (!navigator.locks) {
    open(Mode.writer, lost);
    return;
  }
  const name = `media-hub-writer:${folder}`;
  const first = await new Promise((resolve) => {
    // Held as long as the worker lives: the promise inside never ends.
    navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock ? yieldWhenAsked() : undefined;
    });
  });
  if (first) {
    open(Mode.writer, lost);
    return;
  }
  open(Mode.readOnly, lost);
  waitForTurn(name);
}

// ---------------------------------------------------------------- services of the world

/** @type {Map<number, AbortController>} Requests that are out. */
const out = new Map();

/** Seconds that a Retry-After header asks for (RFC 9110, 10.2.3: seconds, or a date); below 0 for none. @param {string | null} header */
function secondsIn(header) {
  if (header === null) return -1;
  const seconds = /^\s*\d+\s*$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(seconds, 0) : -1;
}

/** Reads an answer to its end, or to where it becomes too large. @param {Response} response @param {number} mostBytes */
async function bodyOf(response, mostBytes) {
  /** @type {Uint8Array[]} */
  const pieces = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
    size += piece.value.length;
    if (size > mostBytes) {
      reader?.cancel().catch(() => {});
      return undefined;
    }
    pieces.push(piece.value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/**
 * Asks a service. Nothing goes with the request but its address. Where redirects are followed (pictures), the page's security policy says to whom.
 * @param {number} id @param {string} address @param {number} mostBytes @param {boolean} follow
 */
async function ask(id, address, mostBytes, follow) {
  const control = new AbortController();
  out.set(id, control);
  let status = 0;
  let retryAfter = -1;
  let tooLarge = 0;
  let bytes = new Uint8Array();
  try {
    const response = await fetch(address, {
      signal: control.signal, mode: 'cors', credentials: 'omit', referrerPolicy: 'no-referrer', redirect: follow ? 'follow' : 'error',
      cache: 'no-store',
    });
    retryAfter = secondsIn(response.headers.get('Retry-After'));
    const body = await bodyOf(response, mostBytes);
    status = response.status;
    if (body) bytes = body;
    else tooLarge = 1;
  } catch {
    // No network, a host that refuses pages, an answer that broke off: what that is called differs, and nothing follows from it.
    status = 0;
  }
  // One that was stopped is not told of.
  if (out.get(id) !== control) return;
  out.delete(id);
  guarded(() => withBytes(bytes, (body, size) => engine._engine_fetched(id, status, retryAfter, tooLarge, body, size)));
}

/** @param {number} id */
function stop(id) {
  const control = out.get(id);
  out.delete(id);
  control?.abort();
}

const pictures = new PictureStore(folder);

/** @param {number} id @param {string} key @param {number} width @param {number} height @param {number} mostDays @param {Uint8Array} [bytes] */
async function show(id, key, width, height, mostDays, bytes) {
  const shown = await pictures.show(key, width, height, mostDays, bytes);
  guarded(() => withBytes(shown.rgba, (rgba, size) => engine._engine_pictured(id, shown.what, shown.width, shown.height, rgba, size)));
}

/** By ModelPlace, there once the page turned out to have them. @type {(DeviceModel | undefined)[]} */
const deviceModels = [];
const textPlace = 0;

/** @typedef {import('./model-store.js').Model} Model */

/**
 * @param {Uint8Array} told  models.json
 * @returns {string | undefined} where the catalogue's vectors are, if the page has any
 */
function offer(told) {
  /** @type {{text?: Model & {catalogue?: string}, pictures?: Model[]}} */
  let models;
  try {
    models = JSON.parse(new TextDecoder().decode(told));
  } catch {
    return undefined; // a page without models
  }
  const all = [models.text, ...(models.pictures ?? [])];
  all.forEach((model, place) => {
    if (!model) return;
    const others = /** @type {Model[]} */ (all.filter((other) => other !== undefined && other !== model));
    deviceModels[place] = new DeviceModel(
      model,
      others,
      (what, gotBytes, begun, code, vocabulary) =>
        guarded(() =>
          withText(code, (why) =>
            withBytes(vocabulary, (bytes, size) => engine._engine_model_told(place, what, gotBytes, begun ? 1 : 0, why, bytes, size)),
          ),
        ),
      (tower, id, numbers, code) => answered(place, tower, id, numbers, code),
      () => deviceModels.forEach((other, at) => at !== place && other?.look()),
    );
  });
  withBytes(told, (json, size) => engine._engine_offer(json, size));
  return models.text?.catalogue;
}

/** Seen of core/engine/model_host.hpp. */
const Seen = { notKept: 0, seen: 1, none: 2 };

/** @param {number} place @param {import('./device-model.js').Tower} tower @param {number} id @param {Uint8Array} numbers @param {string} code */
function answered(place, tower, id, numbers, code) {
  if (place !== textPlace && tower === 'weights') return seen(place, id, Seen.seen, numbers, code);
  guarded(() =>
    withText(code, (why) =>
      withBytes(numbers, (floats, size) => {
        if (place === textPlace) engine._engine_embedded(id, floats, size / 4, why);
        else engine._engine_described(place, id, floats, size / 4, why);
      }),
    ),
  );
}

/** @param {number} place @param {number} id @param {number} what @param {Uint8Array} [features] @param {string} [code] */
function seen(place, id, what, features = new Uint8Array(), code = '') {
  guarded(() => withText(code, (why) => withBytes(features, (numbers, size) => engine._engine_seen(place, id, what, numbers, size / 4, why))));
}

/** @param {number} place @param {number} id @param {string} key @param {number} mostDays @param {Uint8Array} [bytes] */
async function see(place, id, key, mostDays, bytes) {
  const found = bytes ?? (await pictures.find(key, mostDays).catch(() => undefined));
  if (!found) return seen(place, id, Seen.notKept);
  const pixels = await squareOf(found);
  if (pixels) deviceModels[place]?.run('weights', id, { pixels });
  else seen(place, id, Seen.none);
}

/** Nothing is lost without these, but what is learnt waits a moment to hear that. @param {string | undefined} name */
async function bringStories(name) {
  const vectors = (name && (await fetched(name).catch(() => undefined))) || new Uint8Array();
  guarded(() => withBytes(vectors, (bytes, size) => engine._engine_bring_stories(bytes, size)));
}

let alarm = 0;
let alarmAt = Infinity;
/** Of several, the earliest counts. @param {number} milliseconds */
function callIn(milliseconds) {
  const at = performance.now() + milliseconds;
  if (at >= alarmAt) return;
  clearTimeout(alarm);
  alarmAt = at;
  alarm = setTimeout(() => {
    alarmAt = Infinity;
    guarded(() => engine._engine_time_passed());
  }, milliseconds);
}

// ---------------------------------------------------------------- messages

/** Files that somebody chose, by number, as long as the engine reads in them. @type {Map<number, Blob>} */
const chosen = new Map();
let lastChosen = 0;

/**
 * Reads a piece of one, where it lies: what is not read takes no memory.
 * @param {number} number @param {number} offset @param {number} count @returns {Uint8Array | null} null: it has gone or changed since it was chosen
 */
function read(number, offset, count) {
  const file = chosen.get(number);
  try {
    return file ? new Uint8Array(new FileReaderSync().readAsArrayBuffer(file.slice(offset, offset + count))) : null;
  } catch {
    return null;
  }
}

/** @param {Message} message */
function receive(message) {
  const [first] = message.bulk ?? [];
  guarded(() =>
    withText(message.json, (json, length) => {
      if (first instanceof Blob) {
        chosen.set(++lastChosen, first);
        engine._engine_receive_file(json, length, lastChosen, first.size);
      } else if (first) {
        withBytes(new Uint8Array(first), (pointer, size) => engine._engine_receive(json, length, pointer, size));
      } else {
        engine._engine_receive(json, length, 0, 0);
      }
    }),
  );
}

/** @type {Message[] | null} */
let early = [];
scope.onmessage = (/** @type {MessageEvent<Message>} */ event) => {
  if (event.data.takeTurn) turns?.postMessage('mine');
  else if (early) early.push(event.data);
  else receive(event.data);
};

/** @param {string} name */
async function fetched(name) {
  const response = await fetch(name);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Bytes of the module, filled in when dist/ is put together. */
const engineSize = Number('__ENGINE_SIZE__') || 0;
/** Milliseconds between two words on how much of it has come; the first comes after that time too. */
const tellEvery = 100;

/** Fetches the module, and tells the page how far that is where it takes longer. @returns {Promise<WebAssembly.Module>} */
async function fetchEngine() {
  let told = performance.now();
  const { progress, module } = await fetchModule('./engine.wasm');
  count(progress, engineSize, (came, all) => {
    const now = performance.now();
    if (now - told < tellEvery) return;
    told = now;
    scope.postMessage({ came: [came, all] });
  }).catch(() => {});  // what matters is the module, which fails by itself
  return module;
}

/** Tells the page how to notice that this worker has ended, which no event says. */
function tellAlive() {
  const name = `media-hub-alive:${Math.random().toString(36).slice(2)}`;
  navigator.locks?.request(name, () => {
    scope.postMessage({ alive: name });
    return new Promise(() => {});
  }).catch(() => {});  // storage and locks are blocked: then only what the worker says itself is heard
}

async function start() {
  tellAlive();
  const files = Promise.all([
    fetched('./catalogue.json'),
    fetched('./demo.json').catch(() => encoder.encode('{}')),
    fetched('./services.json').catch(() => encoder.encode('{}')),
    fetched('./models.json').catch(() => encoder.encode('{}')),
  ]);
  const module = fetchEngine();
  /** @type {(reason: unknown) => void} */
  let failedToCome = () => {};
  const failure = new Promise((_, reject) => (failedToCome = reject));
  const created = createEngine({
    instantiateWasm(/** @type {WebAssembly.Imports} */ imports, /** @type {(instance: WebAssembly.Instance, module: WebAssembly.Module) => void} */ done) {
      module.then(async (compiled) => done(await WebAssembly.instantiate(compiled, imports), compiled)).catch(failedToCome);
      return {};
    },
    hub: {
      post: say,
      read,
      forget: (/** @type {number} */ number) => void chosen.delete(number),
      broadcast: (/** @type {string} */ text) => tabs?.postMessage(text),
      wake,
      sync,
      fetch: ask,
      stop,
      online: () => navigator.onLine,
      callIn,
      show,
      model: (/** @type {number} */ place, /** @type {number} */ what) => deviceModels[place]?.wish(what),
      describe: (/** @type {number} */ place, /** @type {number} */ id, /** @type {ArrayBuffer} */ words) => deviceModels[place]?.run('texts', id, { words }),
      embed: (/** @type {number} */ id, /** @type {ArrayBuffer} */ pieces, /** @type {ArrayBuffer} */ counts) =>
        deviceModels[textPlace]?.run('weights', id, { pieces, counts }),
      see,
      forgetPictures: () => void pictures.forgetAll().catch(() => {}),
    },
  });
  engine = /** @type {EngineModule} */ (await Promise.race([created, failure]));
  /** For the benchmark of memory. */
  Object.assign(scope, { mediaHub: { memory: () => engine.HEAPU8.byteLength } });
  const [catalogue, demo, services, models] = await files;
  let failed = 0;
  withText(folder, (name) => {
    withBytes(catalogue, (items, itemsLength) => {
      withBytes(demo, (ratings, ratingsLength) => {
        withBytes(services, (addresses, addressesLength) => {
          failed = engine._engine_start(name, items, itemsLength, ratings, ratingsLength, addresses, addressesLength);
        });
      });
    });
  });
  if (failed) throw new Error('The catalogue is damaged.');
  const vectors = offer(models);
  await openStorage();
  const waiting = early ?? [];
  early = null;
  for (const message of waiting) receive(message);
  bringStories(vectors);
}

start().catch(fatal);
