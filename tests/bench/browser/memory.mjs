// What the page holds: the JavaScript heaps of the page and of its worker, and the memories of their WebAssembly modules.

/** @param {(method: any, parameters?: any) => Promise<any>} send  a command of the DevTools protocol @param {boolean} collect */
async function held(send, collect) {
  if (collect) await send('HeapProfiler.collectGarbage');
  const { usedSize } = await send('Runtime.getHeapUsage');
  const { result } = await send('Runtime.evaluate', { expression: 'mediaHub.memory()' });
  return { heap: usedSize, wasm: result.value };
}

/**
 * @param {import('playwright-core').CDPSession} session
 * @param {boolean} [collect]  garbage first
 * @returns {Promise<{page: {heap: number, wasm: number}, engine: {heap: number, wasm: number}}>} bytes
 */
export async function memoryOf(session, collect = true) {
  const page = await held((method, parameters) => session.send(method, parameters), collect);

  // The worker answers through the page's session, in messages within messages.
  let tell = (/** @type {string} */ _session) => {};
  const found = /** @type {Promise<string>} */ (new Promise((resolve) => (tell = resolve)));
  const attached = (/** @type {{sessionId: string, targetInfo: {type: string}}} */ { sessionId, targetInfo }) => {
    if (targetInfo.type === 'worker') tell(sessionId);
  };
  session.on('Target.attachedToTarget', attached);
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  const worker = await found;
  const waiting = new Map();
  let last = 0;
  const received = (/** @type {{sessionId: string, message: string}} */ { sessionId, message }) => {
    const { id, result, error } = JSON.parse(message);
    if (sessionId !== worker || !waiting.has(id)) return;
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error) reject(new Error(error.message));
    else resolve(result);
  };
  session.on('Target.receivedMessageFromTarget', received);
  const engine = await held(
    (method, params = {}) =>
      new Promise((resolve, reject) => {
        waiting.set(++last, { resolve, reject });
        session.send('Target.sendMessageToTarget', { sessionId: worker, message: JSON.stringify({ id: last, method, params }) }).catch(reject);
      }),
    collect,
  );
  await session.send('Target.setAutoAttach', { autoAttach: false, waitForDebuggerOnStart: false, flatten: false });
  session.off('Target.attachedToTarget', attached);
  session.off('Target.receivedMessageFromTarget', received);
  return { page, engine };
}
