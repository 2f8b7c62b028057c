// The page's embedding worker and that of @huggingface/transformers side by side, on an empty page beside the built one: both get the same pieces in the same
// batches, and say what the same file makes of them.

import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stampServiceWorker, withServices, write } from '../../../scripts/site/assemble.mjs';
import { openStories, unpacked } from '../../../scripts/site/catalogue-vectors.mjs';
import { dist, serve } from './browser.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {number[][]} Batch  the pieces of each text */
/** @typedef {{milliseconds: number, vectors: number[][]}} Reading */

const root = fileURLToPath(new URL('../../..', import.meta.url));
const reader = 'embedding-worker.js';
/** The workers, by the address that each has beside the page. */
export const sides = { ours: `./${reader}`, theirs: './peer.mjs' };

/** What the page's worker does not say by itself: how much memory its WebAssembly module has, which the runtime makes and does not show. */
const tellMemory = `{
  const memories = [];
  WebAssembly.Memory = class extends WebAssembly.Memory { constructor(size) { super(size); memories.push(this); } };
  self.mediaHub = { memory: () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0) };
}
`;

/** What core/engine/stories.cpp puts together: texts of about the same length, so few pieces that nobody who types waits for long. */
const bucket = 8;
const mostPieces = 256;
const mostRows = 8;

/** @param {number[][]} texts @returns {Batch[]} */
export function batchesOf(texts) {
  /** @type {Map<number, number[][]>} */
  const buckets = new Map();
  for (const text of texts) {
    const length = Math.ceil(text.length / bucket);
    buckets.set(length, [...(buckets.get(length) ?? []), text]);
  }
  return [...buckets].flatMap(([length, all]) => {
    const rows = Math.max(1, Math.min(mostRows, Math.floor(mostPieces / (length * bucket))));
    return Array.from({ length: Math.ceil(all.length / rows) }, (_, i) => all.slice(i * rows, (i + 1) * rows));
  });
}

/**
 * The pieces of so many texts of the catalogue, from the shortest to the longest.
 * @param {number} count @returns {Promise<number[][]>}
 */
export async function storiesOf(count) {
  const catalogue = await readFile(join(dist, 'catalogue.json'), 'utf8');
  const { texts } = await openStories({ tool: join(root, '.build/wasm/tools/stories.js'), models: dist, catalogue });
  const sorted = texts.map((text) => Array.from(text)).sort((a, b) => a.length - b.length);
  return Array.from({ length: count }, (_, i) => sorted[Math.round((i * (sorted.length - 1)) / (count - 1))]);
}

/**
 * The built page with an empty one beside it, the other library, and the model's file as that one looks for it.
 * @param {string} packages  the node_modules that it is in
 */
export async function serveBoth(packages) {
  const model = JSON.parse(await readFile(join(dist, 'models.json'), 'utf8')).text;
  const folder = await mkdtemp(join(tmpdir(), 'media-hub-bench-dist-'));
  const files = withServices(dist, await readFile(join(dist, 'services.json'), 'utf8'));
  files.set(reader, Buffer.from(tellMemory + files.get(reader)));
  // It would take another reader for one of another version.
  files.set('sw.js', await readFile(join(root, 'web/sw.js')));
  stampServiceWorker(files);
  write(folder, files);
  await writeFile(join(folder, 'empty.html'), '<!doctype html><title>Empty</title>');
  await copyFile(new URL('./peer.mjs', import.meta.url), join(folder, 'peer.mjs'));
  await copyFile(join(packages, '@huggingface/transformers/dist/transformers.min.js'), join(folder, 'transformers.js'));
  for (const kind of ['mjs', 'wasm']) {
    const name = `ort-wasm-simd-threaded.asyncify.${kind}`;
    await symlink(resolve(packages, 'onnxruntime-web/dist', name), join(folder, name));
  }
  await mkdir(join(folder, 'text-model/onnx'), { recursive: true });
  await writeFile(join(folder, 'text-model/config.json'), JSON.stringify({ model_type: 'bert', architectures: ['BertModel'] }));
  await writeFile(join(folder, 'text-model/onnx/model.onnx'), unpacked(dist, model.files.weights));
  const { url, asked, close } = await serve(folder);
  return {
    model,
    url,
    empty: `${url}empty.html`,
    asked,
    async close() {
      close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Downloads the page's own model, as the page does. @param {Page} page @param {any} model */
export async function keepModel(page, model) {
  await page.evaluate(async (told) => {
    const address = './model-store.js';
    const { ModelStore } = await import(new URL(address, location.href).href);
    await new ModelStore(told).get(() => {}, new AbortController().signal);
  }, model);
}

/**
 * Has these batches read, one after the other, by a worker that stays until the page is closed.
 * @param {Page} page @param {keyof typeof sides} side @param {Batch[]} batches
 * @param {any} [model]  there is no worker yet: it is started with this one, and that counts too
 * @returns {Promise<Reading>} the vectors of all texts, of any length
 */
export function read(page, side, batches, model) {
  return page.evaluate(
    async ([name, address, batches, told]) => {
      const begin = performance.now();
      const all = /** @type {any} */ (globalThis);
      if (told) {
        all[name] = new Worker(address, { type: 'module' });
        all[name].postMessage({ model: told });
      }
      const worker = /** @type {Worker} */ (all[name]);
      const answers = [];
      for (const texts of batches) {
        const length = Math.max(...texts.map((text) => text.length));
        const pieces = new Int32Array(texts.length * length);
        texts.forEach((text, row) => pieces.set(text, row * length));
        const counts = Uint32Array.from(texts, (text) => text.length);
        const answer = new Promise((resolve, reject) => {
          worker.onmessage = ({ data }) => (data.failed ? reject(new Error(data.failed)) : resolve(new Float32Array(data.numbers)));
          worker.onerror = (event) => reject(new Error(event.message));
        });
        worker.postMessage({ id: 1, pieces: pieces.buffer, counts: counts.buffer }, [pieces.buffer, counts.buffer]);
        answers.push({ texts, length, states: await answer });
      }
      const milliseconds = performance.now() - begin;
      const vectors = answers.flatMap(({ texts, length, states }) =>
        texts.map((text, row) => {
          const dimensions = states.length / texts.length / length;
          const vector = new Float64Array(dimensions);
          for (let piece = 0; piece < text.length; ++piece)
            for (let d = 0; d < dimensions; ++d) vector[d] += states[(row * length + piece) * dimensions + d];
          return Array.from(vector);
        }),
      );
      return { milliseconds, vectors };
    },
    /** @type {const} */ ([side, sides[side], batches, model]),
  );
}
