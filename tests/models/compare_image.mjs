// How far an image model is from the reference, in the runtime of the browser:
//   node tests/models/compare_image.mjs FOLDER MODEL.onnx...     FOLDER as reference.py writes it; needs scripts/setup/npm
// Cosines of each picture's features, mean and least; and of how many of a picture's ten nearest others the two agree.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const require = createRequire(join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'web', 'package.json'));
const ort = await import(pathToFileURL(join(dirname(require.resolve('onnxruntime-web')), 'ort.wasm.bundle.min.mjs')).href);
const size = 224;
const dimensions = 1280;
const [folder, ...models] = process.argv.slice(2);
if (!folder || models.length === 0) throw new Error('usage: node compare_image.mjs FOLDER MODEL.onnx...');
ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';
const pictures = new Uint8Array(readFileSync(join(folder, 'pictures.bin')));
const reference = new Float32Array(new Uint8Array(readFileSync(join(folder, 'features.bin'))).buffer);
const count = reference.length / dimensions;

/** @param {Float32Array} all @param {number} i */
const row = (all, i) => all.subarray(i * dimensions, (i + 1) * dimensions);
/** @param {Float32Array} a @param {Float32Array} b */
function cosine(a, b) {
  let [dot, left, right] = [0, 0, 0];
  for (let i = 0; i < a.length; ++i) {
    dot += a[i] * b[i];
    left += a[i] * a[i];
    right += b[i] * b[i];
  }
  return dot / Math.sqrt(left * right);
}
/** The ten pictures that are most like one. @param {Float32Array} all @param {number} i */
const nearest = (all, i) =>
  Array.from({ length: count }, (_, j) => j)
    .filter((j) => j !== i)
    .map((j) => ({ j, likeness: cosine(row(all, i), row(all, j)) }))
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, 10)
    .map(({ j }) => j);

const wanted = Array.from({ length: count }, (_, i) => nearest(reference, i));
for (const file of models) {
  const session = await ort.InferenceSession.create(new Uint8Array(readFileSync(file)), { executionProviders: ['wasm'] });
  const found = new Float32Array(reference.length);
  for (let i = 0; i < count; ++i) {
    const picture = new ort.Tensor('uint8', pictures.slice(i * size * size * 3, (i + 1) * size * size * 3), [1, size, size, 3]);
    found.set((await session.run({ pictures: picture })).features.data, i * dimensions);
  }
  const cosines = wanted.map((_, i) => cosine(row(found, i), row(reference, i)));
  const agreed = wanted.map((near, i) => nearest(found, i).filter((j) => near.includes(j)).length / 10);
  const mean = (/** @type {number[]} */ all) => all.reduce((sum, one) => sum + one, 0) / all.length;
  console.log(`${file}: ${count} pictures, cosine ${mean(cosines).toFixed(5)} on average, ${Math.min(...cosines).toFixed(5)} at least; nearest ten ${mean(agreed).toFixed(3)}`);
}
