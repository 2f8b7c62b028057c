// The worker of @huggingface/transformers, which does what web/embedding-worker.js does, in the same words: {model}, then {id, pieces, counts}. What it
// downloads, it takes from this page's own server in place of its makers', and keeps as it always does.

/** @typedef {{model: object} | {id: number, pieces: ArrayBuffer, counts: ArrayBuffer}} Order */

const scope = /** @type {Worker} */ (/** @type {unknown} */ (self)); // as far as it is used here, what a worker is to itself and to others is the same
const near = (/** @type {string} */ name) => new URL(name, self.location.href).href;

async function start() {
  const { AutoModel, Tensor, env } = await import(near('./transformers.js'));
  env.remoteHost = near('./');
  env.remotePathTemplate = '{model}/';
  // The runtime that it would take by itself.
  const runtime = './ort-wasm-simd-threaded.asyncify';
  Object.assign(env.backends.onnx.wasm, { numThreads: 1, wasmPaths: { mjs: near(`${runtime}.mjs`), wasm: near(`${runtime}.wasm`) } });
  const model = await AutoModel.from_pretrained('text-model', { device: 'wasm', dtype: 'fp32' });
  return { model, Tensor };
}

/** @type {ReturnType<typeof start> | undefined} */
let running;

scope.onmessage = async (/** @type {MessageEvent<Order>} */ { data }) => {
  if ('model' in data) {
    running = start();
    return;
  }
  try {
    const { model, Tensor } = await /** @type {ReturnType<typeof start>} */ (running);
    const pieces = new Int32Array(data.pieces);
    const counts = new Uint32Array(data.counts);
    const length = pieces.length / counts.length;
    const mask = new BigInt64Array(pieces.length);
    counts.forEach((count, row) => mask.fill(1n, row * length, row * length + count));
    const tensor = (/** @type {BigInt64Array} */ numbers) => new Tensor('int64', numbers, [counts.length, length]);
    const { last_hidden_state: said } = await model({
      input_ids: tensor(BigInt64Array.from(pieces, BigInt)), attention_mask: tensor(mask), token_type_ids: tensor(new BigInt64Array(pieces.length)),
    });
    const numbers = said.data.slice().buffer;
    scope.postMessage({ id: data.id, numbers }, [numbers]);
  } catch (error) {
    scope.postMessage({ failed: String(error) });
  }
};
