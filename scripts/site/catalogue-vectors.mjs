// Makes the vectors of the catalogue's titles, which the page has before anybody downloads the text model: by the model's own files as they are served, the
// runtime that browsers run them with, and the engine's own code for everything before and after (wasm/stories). What a text's pieces come out as is kept in
// the cache, so that only what has changed is read again. The same bytes on every machine, as WebAssembly computes the same everywhere.
//   node catalogue-vectors.mjs --tool MODULE --models DIR --out FILE --cache DIR

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import { mergeCatalogue } from './assemble.mjs';

/** @typedef {import('./pack-models.mjs').Packed} Packed */
/** @typedef {{hash: string, dimensions: number, optimised: boolean, script: {url: string, sha256: string}, files: Record<'runtime' | 'weights' | 'vocabulary', Packed>}} Model */

const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Each takes the model's memory. */
const mostWorkers = 4;
/** Texts of which there are so few are not worth another worker's start. */
const fewest = 24;

/** A file of the model. @param {string} folder @param {Packed} file */
export const unpacked = (folder, file) => gunzipSync(Buffer.concat(file.pieces.map(({ url }) => readFileSync(join(folder, url)))));

/** In a worker: reads text after text, as web/embedding-worker.js does. @param {{model: Model, folder: string, texts: [number, Int32Array][]}} work */
async function readTexts({ model, folder, texts }) {
  const ort = await import(pathToFileURL(resolve(folder, model.script.url)).href);
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmBinary = unpacked(folder, model.files.runtime);
  ort.env.logLevel = 'error';
  const session = await ort.InferenceSession.create(unpacked(folder, model.files.weights), { executionProviders: ['wasm'], graphOptimizationLevel: model.optimised ? 'disabled' : 'all' });
  for (const [place, pieces] of texts) {
    const shape = [1, pieces.length];
    const tensor = (/** @type {BigInt64Array} */ numbers) => new ort.Tensor('int64', numbers, shape);
    const { last_hidden_state: states } = await session.run({
      input_ids: tensor(BigInt64Array.from(pieces, BigInt)),
      attention_mask: tensor(new BigInt64Array(pieces.length).fill(1n)),
      token_type_ids: tensor(new BigInt64Array(pieces.length)),
    });
    parentPort?.postMessage([place, states.data.slice()]);
  }
}

/**
 * @param {Model} model @param {string} folder @param {[number, Int32Array][]} texts
 * @param {(place: number, states: Float32Array) => void} take  called once for each
 */
async function readAll(model, folder, texts, take) {
  const count = Math.max(1, Math.min(mostWorkers, availableParallelism(), Math.floor(texts.length / fewest)));
  let done = 0;
  await Promise.all(
    Array.from({ length: count }, (_, one) => {
      const own = texts.filter((_text, place) => place % count === one);
      return new Promise((resolve, reject) => {
        const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { model, folder, texts: own } });
        worker.on('message', ([place, states]) => {
          take(place, states);
          if (++done % 100 === 0) console.log(`  ${done} of ${texts.length} titles of the catalogue read`);
        });
        worker.on('error', reject);
        worker.on('exit', resolve);
      });
    }),
  );
}

/** What was computed before: 32 bytes of a text's hash, then its vector, again and again. @param {string} file @param {number} dimensions */
function readCache(file, dimensions) {
  /** @type {Map<string, Float32Array>} */
  const known = new Map();
  if (!existsSync(file)) return known;
  const content = readFileSync(file);
  const size = 32 + 4 * dimensions;
  for (let at = 0; at + size <= content.length; at += size)
    known.set(content.toString('hex', at, at + 32), new Float32Array(new Uint8Array(content.subarray(at + 32, at + size)).buffer));
  return known;
}

/** Whole or not at all, as others may read it at the same time. @param {string} file @param {Buffer} content */
function put(file, content) {
  mkdirSync(dirname(file), { recursive: true });
  const partial = `${file}.${process.pid}.partial`;
  writeFileSync(partial, content);
  renameSync(partial, file);
}

/**
 * The engine's own part in it.
 * @param {{tool: string, models: string, catalogue: string}} places  the built wasm/stories, a folder with models.json and its files, content of catalogue.json
 */
export async function openStories({ tool, models, catalogue }) {
  const told = readFileSync(join(models, 'models.json'));
  /** @type {Model} */
  const model = JSON.parse(told.toString('utf8')).text;
  const create = createRequire(import.meta.url)(resolve(tool));
  const module = await create({ wasmBinary: readFileSync(tool.replace(/\.js$/, '.wasm')) });
  /** @param {Uint8Array[]} all @param {(pointers: number[]) => any} use */
  const given = (all, use) => {
    const pointers = all.map((bytes) => {
      const pointer = module._stories_allocate(bytes.length);
      module.HEAPU8.set(bytes, pointer);
      return pointer;
    });
    const result = use(pointers);
    for (const pointer of pointers) module._free(pointer);
    return result;
  };
  const bytesOf = (/** @type {Float32Array} */ numbers) => new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  const files = [told, unpacked(models, model.files.vocabulary), Buffer.from(catalogue)];
  const all = given(files, (pointers) => module._stories_open(...pointers.flatMap((pointer, i) => [pointer, files[i].length])));
  if (all < 0) throw new Error('the catalogue, the vocabulary or models.json is not as it should be');
  return {
    model,
    /** The pieces of each text. */
    texts: Array.from({ length: all }, (_, story) => {
      const from = module._stories_pieces(story);
      return new Int32Array(module.HEAPU8.slice(from, from + 4 * module._stories_count(story)).buffer);
    }),
    /** @param {Float32Array} states  what the model says of a text's pieces @returns {Float32Array} the text's vector */
    mean: (states) =>
      given([bytesOf(states)], ([pointer]) => {
        const from = module._stories_mean(pointer, states.length / model.dimensions);
        return new Float32Array(module.HEAPU8.slice(from, from + 4 * model.dimensions).buffer);
      }),
    /** @param {Float32Array[]} vectors  of the texts @returns {Buffer} as the page is given them */
    pack: (vectors) => {
      vectors.forEach((vector, story) => given([bytesOf(vector)], ([pointer]) => module._stories_add(story, pointer)));
      const from = module._stories_records();
      return Buffer.from(module.HEAPU8.slice(from, from + module._stories_size()));
    },
  };
}

/**
 * @param {{tool: string, models: string, catalogue: string, cache: string}} places  of openStories, and a folder
 * @returns {Promise<{records: Buffer, read: number, all: number}>} the file, how many texts were read for it, and of how many
 */
export async function catalogueVectors({ cache, ...places }) {
  const { model, texts, mean, pack } = await openStories(places);
  // The same runtime and weights, and the same pieces: the same vector.
  const recipe = createHash('sha256').update(model.hash).update(model.script.sha256).update(model.files.runtime.sha256).digest('hex');
  const file = join(cache, `stories-${recipe.slice(0, 16)}.bin`);
  const known = readCache(file, model.dimensions);
  const hashes = texts.map((pieces) => createHash('sha256').update(new Uint8Array(pieces.buffer)).digest('hex'));
  const unread = texts.flatMap((pieces, story) => (known.has(hashes[story]) ? [] : [/** @type {[number, Int32Array]} */ ([story, pieces])]));
  if (unread.length > 0) {
    await readAll(model, places.models, unread, (story, states) => known.set(hashes[story], mean(states)));
    put(file, Buffer.concat([...known].flatMap(([hash, vector]) => [Buffer.from(hash, 'hex'), new Uint8Array(vector.buffer)])));
  }
  const vectors = hashes.map((hash) => {
    const vector = known.get(hash);
    if (!vector) throw new Error('the text model ended before it had read everything');
    return vector;
  });
  return { records: pack(vectors), read: unread.length, all: texts.length };
}

if (!isMainThread) {
  await readTexts(workerData);
} else if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { tool: { type: 'string' }, models: { type: 'string' }, out: { type: 'string' }, cache: { type: 'string' } } });
  const { tool, models, out, cache } = values;
  if (!tool || !models || !out || !cache) throw new Error('usage: node catalogue-vectors.mjs --tool MODULE --models DIR --out FILE --cache DIR');
  const catalogue = mergeCatalogue(join(repository, 'models', 'catalogue'));
  if (catalogue !== undefined) {
    const began = performance.now();
    const { records, read, all } = await catalogueVectors({ tool, models, catalogue, cache });
    if (!existsSync(out) || !readFileSync(out).equals(records)) put(out, records);
    if (read > 0) console.log(`  ${read} of ${all} titles of the catalogue read in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  }
}
