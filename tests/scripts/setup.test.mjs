// Setting up a machine: what is fetched is what was pinned, and what is missing is named.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
/** @type {string} */
let folder;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'media-hub-setup-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** @param {string} script @param {string[]} words @param {Record<string, string | undefined>} environment */
const run = (script, words, environment = {}) =>
  spawnSync('/bin/bash', [join(repository, script), ...words], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });

test('an archive that is not the pinned one is refused and not kept', () => {
  const archive = join(folder, 'media-hub', 'archives', 'xgboost-3.4.1.tar.gz');
  mkdirSync(dirname(archive), { recursive: true });
  writeFileSync(archive, 'something else');
  const { status, stderr, stdout } = run('scripts/setup/sources', ['xgboost'], { XDG_CACHE_HOME: folder });
  assert.notEqual(status, 0);
  assert.equal(stdout, '');
  assert.match(stderr, /is not the file that was pinned/);
  assert.ok(!existsSync(archive));
});

test('every source package is pinned by a SHA-256', () => {
  const lines = readFileSync(join(repository, 'scripts/setup/sources.txt'), 'utf8').split('\n').filter((line) => line && !line.startsWith('#'));
  assert.ok(lines.length > 0);
  for (const line of lines) assert.match(line, /^[a-z0-9-]+ [0-9.a-z]+ [A-Za-z0-9_.-]+ [0-9a-f]{64}$/);
});

test('a tool that is missing and cannot be installed is named', () => {
  // A machine with the basic commands and nothing else.
  for (const name of ['dirname', 'id', 'readlink', 'sort', 'head', 'tr', 'cat', 'mkdir', 'grep', 'bash', 'env']) {
    symlinkSync(execFileSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim(), join(folder, name));
  }
  const { status, stderr } = run('scripts/setup/machine', ['serve'], { PATH: folder });
  assert.notEqual(status, 0);
  for (const missing of ['cmake', 'ninja-build', 'nodejs', 'emscripten']) assert.match(stderr, new RegExp(`\\b${missing}\\b`));
});

test('a suite that does not exist is named, with those that do', () => {
  const { status, stderr } = run('scripts/test', ['nonsense']);
  assert.notEqual(status, 0);
  assert.match(stderr, /no suite called nonsense/);
  assert.match(stderr, /core .*lint .*browser/);
});

test('an option that is not known gets the usage, not a server', () => {
  const { status, stderr } = run('scripts/serve', ['--nonsense']);
  assert.equal(status, 2);
  assert.match(stderr, /--port N/);
});

// Where one does not apply XGBoost is built without it, and nobody would notice but by the benchmark.
test('each patch applies to the pinned XGBoost', () => {
  const { status, stdout } = run('scripts/setup/sources', ['xgboost']);
  assert.equal(status, 0);
  const patches = readdirSync(join(repository, 'scripts/setup/patches'));
  assert.ok(patches.length > 0);
  for (const name of patches) {
    const input = readFileSync(join(repository, 'scripts/setup/patches', name));
    const tried = spawnSync('patch', [`--directory=${stdout.trim()}/cpp_src`, '--strip=1', '--force', '--dry-run'], { input, encoding: 'utf8' });
    assert.equal(tried.status, 0, `${name}: ${tried.stdout}`);
  }
});

test('a benchmark that does not exist is named, with those that do', () => {
  const { status, stderr } = run('scripts/bench', ['nonsense']);
  assert.notEqual(status, 0);
  assert.match(stderr, /no benchmark called nonsense/);
  assert.match(stderr, /search.* wasm/);
});
