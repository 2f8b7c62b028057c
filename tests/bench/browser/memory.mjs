// What the page holds: the JavaScript heaps of the page and of its workers, what lies in array buffers beside them, and the memories of their WebAssembly
// modules.

import { EventEmitter } from 'node:events';

/** @typedef {{heap: number, buffers: number, wasm: number}} Held  bytes */
/** @typedef {{send: (method: any, parameters?: any) => Promise<any>, on: (event: any, hear: (told: any) => void) => unknown, off: (event: any, hear: (told: any) => void) => unknown}} Thread  by the DevTools protocol */

/** @param {Thread} thread @param {boolean} collect @returns {Promise<Held>} */
async function held(thread, collect) {
  if (collect) await thread.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = await thread.send('Runtime.getHeapUsage');
  const { result } = await thread.send('Runtime.evaluate', { expression: 'mediaHub.memory()' });
  return { heap: usedSize, buffers: backingStorageSize, wasm: result.value };
}

/** A worker, which answers through the session of the thread that started it, in messages within messages. @param {Thread} parent @param {string} id @returns {Thread} */
function worker(parent, id) {
  const events = new EventEmitter();
  const waiting = new Map();
  let last = 0;
  parent.on('Target.receivedMessageFromTarget', ({ sessionId, message }) => {
    if (sessionId !== id) return;
    const { id: asked, result, error, method, params } = JSON.parse(message);
    if (method) return void events.emit(method, params);
    const { resolve, reject } = waiting.get(asked);
    waiting.delete(asked);
    if (error) reject(new Error(error.message));
    else resolve(result);
  });
  return {
    send: (method, params = {}) =>
      new Promise((resolve, reject) => {
        waiting.set(++last, { resolve, reject });
        parent.send('Target.sendMessageToTarget', { sessionId: id, message: JSON.stringify({ id: last, method, params }) }).catch(reject);
      }),
    on: (event, hear) => events.on(event, hear),
    off: (event, hear) => events.off(event, hear),
  };
}

/** The one worker that a thread has started, while `use` is at it. @template T @param {Thread} thread @param {(worker: Thread) => Promise<T>} use @returns {Promise<T>} */
async function withWorker(thread, use) {
  /** @type {(found: Thread) => void} */
  let tell = () => {};
  const found = /** @type {Promise<Thread>} */ (new Promise((resolve) => (tell = resolve)));
  /** @type {[string, (told: any) => void][]} */
  const listening = [];
  const parent = { ...thread, on: (/** @type {string} */ event, /** @type {(told: any) => void} */ hear) => (listening.push([event, hear]), thread.on(event, hear)) };
  parent.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type === 'worker') tell(worker(parent, sessionId));
  });
  await thread.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  const result = await use(await found);
  await thread.send('Target.setAutoAttach', { autoAttach: false, waitForDebuggerOnStart: false, flatten: false });
  for (const [event, hear] of listening) thread.off(event, hear);
  return result;
}

/**
 * @param {import('playwright-core').CDPSession} session
 * @param {boolean} [collect]  garbage first
 * @param {boolean} [reads]  the text model runs: in the engine's own worker, which tells of its memory as reading.mjs has it tell
 * @returns {Promise<{page: Held, engine: Held, embedding: Held}>}
 */
export async function memoryOf(session, collect = true, reads = false) {
  /** @type {Thread} */
  const thread = {
    send: (method, parameters) => session.send(method, parameters), on: (event, hear) => session.on(event, hear), off: (event, hear) => session.off(event, hear),
  };
  const page = await held(thread, collect);
  return withWorker(thread, async (engine) => ({
    page,
    engine: await held(engine, collect),
    embedding: reads ? await withWorker(engine, (embedding) => held(embedding, collect)) : { heap: 0, buffers: 0, wasm: 0 },
  }));
}
