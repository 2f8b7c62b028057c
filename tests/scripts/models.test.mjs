// What is packed for download is what the manifest names, whole, and in pieces that can be checked one by one.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { packAll } from '../../scripts/site/pack-models.mjs';

/** @type {string} */
let folder;
/** Noise does not compress, so that it takes several pieces. */
const weights = randomBytes(5_000_000);
const script = Buffer.from('export default 1;');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'media-hub-models-'));
  writeFileSync(join(folder, 'weights'), weights);
  writeFileSync(join(folder, 'script'), script);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** @param {Buffer} content */
const hashOf = (content) => createHash('sha256').update(content).digest('hex');
/** @param {string} path @param {Buffer} content */
const file = (path, content) => ({ path, bytes: content.length, sha256: hashOf(content) });
const manifest = () => ({
  models: [{ id: 'text', kind: 'stories', shipped: true, name: 'A', licence: 'MIT', dimensions: 16, most_pieces: 8, memory_bytes: 1, weights: { source: 'a', ...file('weights', weights) }, vocabulary: { source: 'a', ...file('script', script) } }],
  runtime: { script: file('script', script), module: file('script', script) },
});

test('the pieces of a file, put together, are the file; each has its size and hash told, and so has all that is downloaded', () => {
  const files = packAll(manifest(), () => folder);
  const told = JSON.parse(String(files.get('models.json'))).text;
  const pieces = told.files.weights.pieces;
  assert.ok(pieces.length >= 3);
  for (const piece of [...pieces, told.script]) {
    const content = files.get(piece.url);
    assert.ok(content, piece.url);
    assert.equal(content.length, piece.bytes);
    assert.equal(hashOf(content), piece.sha256);
  }
  const whole = gunzipSync(Buffer.concat(pieces.map((/** @type {{url: string}} */ piece) => files.get(piece.url))));
  assert.ok(whole.equals(weights));
  assert.equal(told.hash, hashOf(weights));
  const shipped = [...files].filter(([name]) => name !== 'models.json').reduce((sum, [, content]) => sum + content.length, 0);
  assert.equal(told.download_bytes, shipped);
});

test('a file that is not the one of the manifest is an error', () => {
  const other = manifest();
  other.models[0].weights.sha256 = hashOf(script);
  assert.throws(() => packAll(other, () => folder), /weights is not the file of models\/manifest\.json/);
});

test('a model that is not shipped is not packed, and the page is not told of it', () => {
  const alone = packAll(manifest(), () => folder);
  const more = manifest();
  more.models.push({ ...more.models[0], id: 'image', shipped: false, weights: { source: 'elsewhere', ...file('not there', script) } });
  const files = packAll(more, ({ source }) => (source === 'elsewhere' ? '/nowhere' : folder));
  assert.deepEqual([...files.keys()], [...alone.keys()]);
  assert.deepEqual(Object.keys(JSON.parse(String(files.get('models.json')))), ['version', 'pictures', 'text']);
});

test('models of pictures are told in a list; what reads descriptions into the same space comes with the one that sees', () => {
  const more = manifest();
  const source = { source: 'a', ...file('weights', weights) };
  /** @param {string} id @param {string} kind @param {string} [space] */
  const model = (id, kind, space) => ({ ...more.models[0], id, kind, space, weights: source, vocabulary: { source: 'a', ...file('script', script) } });
  more.models.push(model('image', 'pictures'), model('clip-pictures', 'pictures', 'clip'), model('clip-texts', 'descriptions', 'clip'));
  const { pictures } = JSON.parse(String(packAll(more, () => folder).get('models.json')));
  assert.deepEqual(pictures.map((/** @type {{id: string}} */ { id }) => id), ['image', 'clip-pictures']);
  assert.deepEqual(pictures.map((/** @type {{files: object}} */ { files }) => Object.keys(files)), [['runtime', 'weights'], ['runtime', 'weights', 'texts', 'vocabulary']]);
  assert.deepEqual(pictures.map((/** @type {{most_pieces?: number}} */ one) => one.most_pieces), [undefined, 8]);
  assert.deepEqual(pictures.map((/** @type {{memory_bytes: number}} */ one) => one.memory_bytes), [1, 2]);
});

test('a file that is fetched at deployment is taken from the folder of its revision, if it is that file, and named if it is missing', () => {
  const revision = '0123456789abcdef0123456789abcdef01234567';
  const { models, runtime } = manifest();
  const fetched = { ...models[0], vocabulary: file('script', script), weights: { fetch: { from: 'a publisher', revision }, ...file('onnx/model', weights) } };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ models: [fetched], runtime: { package: 'runtime', ...runtime } }));
  mkdirSync(join(folder, 'packages', 'runtime'), { recursive: true });
  writeFileSync(join(folder, 'packages', 'runtime', 'script'), script);
  const program = fileURLToPath(new URL('../../scripts/site/pack-models.mjs', import.meta.url));
  const places = ['--manifest', join(folder, 'manifest.json'), '--packages', join(folder, 'packages'), '--out', join(folder, 'out')];
  const run = (/** @type {string} */ from) => spawnSync(process.execPath, [program, ...places, '--fetched', from], { encoding: 'utf8' });
  const told = () => JSON.parse(readFileSync(join(folder, 'out', 'models.json'), 'utf8')).text.hash;

  assert.match(run('').stderr, new RegExp(`onnx/model of a publisher is to be fetched .*${revision}`));
  const place = join(folder, 'fetched', revision, 'onnx', 'model');
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, script);
  assert.match(run(join(folder, 'fetched')).stderr, /onnx\/model is not the file of/);
  assert.ok(!existsSync(join(folder, 'out')));
  writeFileSync(place, weights);
  assert.equal(run(join(folder, 'fetched')).status, 0);
  assert.equal(told(), hashOf(weights));
});
