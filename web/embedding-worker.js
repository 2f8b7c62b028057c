// Runs a model by ONNX Runtime Web: on one thread, with nothing that a page would have to be isolated for. It begins with the model's entry of
// models.json, whose files are kept by now, and ends when whoever started it ends it.
//
// To it: {model: Model, tower?: which of its files is run}, then for a batch of texts {id, pieces: ArrayBuffer (int32), counts: ArrayBuffer (uint32)}, for a
// picture {id, pixels: ArrayBuffer (uint8, 224 x 224 x red, green, blue)}, for a description of one {id, words: ArrayBuffer (int32)}. From it: {id, numbers: ArrayBuffer (float32)} for each, or {failed: code}, after which it is of no use.

import { ModelError, ModelStore } from './model-store.js';

/** @typedef {{id: number, pieces: ArrayBuffer, counts: ArrayBuffer} | {id: number, pixels: ArrayBuffer} | {id: number, words: ArrayBuffer}} Order */

const scope = /** @type {DedicatedWorkerGlobalScope} */ (/** @type {unknown} */ (self));

/** @param {import('./model-store.js').Model} model @param {'weights' | 'texts'} tower */
async function start(model, tower) {
  const store = new ModelStore(model);
  const [runtime, weights] = await Promise.all([store.open('runtime'), store.open(tower)]);
  const ort = await import(store.script());
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmBinary = runtime;
  ort.env.logLevel = 'error';
  const session = await ort.InferenceSession.create(weights, { executionProviders: ['wasm'], graphOptimizationLevel: model.optimised ? 'disabled' : 'all' });
  // It has been compiled by now, and would be held for good.
  ort.env.wasm.wasmBinary = undefined;
  return { ort, session };
}

/**
 * @param {{ort: any, session: any}} running @param {Int32Array} pieces  row by row, as long as the longest @param {Uint32Array} counts  of each row's own
 * @returns {Promise<Float32Array>} rows x length x dimensions
 */
async function read({ ort, session }, pieces, counts) {
  const length = pieces.length / counts.length;
  const shape = [counts.length, length];
  const mask = new BigInt64Array(pieces.length);
  counts.forEach((count, row) => mask.fill(1n, row * length, row * length + count));
  const inputs = {
    input_ids: new ort.Tensor('int64', BigInt64Array.from(pieces, BigInt), shape),
    attention_mask: new ort.Tensor('int64', mask, shape),
    token_type_ids: new ort.Tensor('int64', new BigInt64Array(pieces.length), shape),
  };
  const { last_hidden_state: states } = await session.run(inputs);
  return states.data;
}

/** Points of each side of a picture. */
const side = 224;

/** @param {{ort: any, session: any}} running @param {Uint8Array} pixels @returns {Promise<Float32Array>} what it says of the picture */
async function see({ ort, session }, pixels) {
  const { features } = await session.run({ pictures: new ort.Tensor('uint8', pixels, [1, side, side, 3]) });
  return features.data;
}

/** Pieces that a description is filled up to. */
const longest = 77;

/** @param {{ort: any, session: any}} running @param {Int32Array} words @returns {Promise<Float32Array>} what it says of the text */
async function describe({ ort, session }, words) {
  const ids = new BigInt64Array(longest);
  words.subarray(0, longest).forEach((id, at) => (ids[at] = BigInt(id)));
  const { features } = await session.run({ input_ids: new ort.Tensor('int64', ids, [1, longest]) });
  return features.data;
}

/** @param {unknown} error */
function fail(error) {
  scope.postMessage({ failed: error instanceof ModelError ? error.code : 'runtime' });
}

/** @type {Promise<{ort: any, session: any}> | undefined} */
let running;
/** One after the other. @type {Promise<unknown>} */
let before = Promise.resolve();

scope.onmessage = (/** @type {MessageEvent<Order | {model: import('./model-store.js').Model, tower?: 'weights' | 'texts'}>} */ { data }) => {
  if ('model' in data) {
    running = start(data.model, data.tower ?? 'weights');
    running.catch(fail);
    return;
  }
  before = before.then(async () => {
    if (!running) return;
    try {
      const started = await running.catch(() => undefined);
      if (!started) return; // said already
      const said =
        'pixels' in data
          ? await see(started, new Uint8Array(data.pixels))
          : 'words' in data
          ? await describe(started, new Int32Array(data.words))
          : await read(started, new Int32Array(data.pieces), new Uint32Array(data.counts));
      const numbers = said.slice().buffer;
      scope.postMessage({ id: data.id, numbers }, [numbers]);
    } catch (error) {
      fail(error);
    }
  });
};
