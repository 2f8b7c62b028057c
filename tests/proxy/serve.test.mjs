// `scripts/serve --proxy`: the proxy as it is configured for a workerd of one's own, beside the page, with keys from a file that git
// ignores.

import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { keyNames, keysFile, readKeys } from '../../scripts/site/proxy.mjs';

const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'media-hub-proxy-'));
writeFileSync(join(folder, 'index.html'), `<!doctype html><meta content="connect-src 'self'; img-src data:">`);
writeFileSync(join(folder, 'services.json'), '{"version":1,"hosts":{"a.example":"https://a.example"}}');
after(() => rmSync(folder, { recursive: true }));

/** @param {string} keys  what the file of keys holds */
const commandFor = (keys) => {
  writeFileSync(join(folder, 'keys'), keys);
  return [join(repository, 'scripts/site/server.mjs'), '--root', folder, '--port', '0', '--proxy', '--keys', join(folder, 'keys')];
};

test('keys are read from lines of names and values', () => {
  assert.deepEqual(
    readKeys('# mine\n\nOMDB_KEY=abc=d#e\r\n  TMDB_KEY = "in quotes" \nRAWG_KEY=\'x\'\nGOOGLE_BOOKS_KEY=\nSPOTIFY_CLIENT_ID=""'),
    {
      OMDB_KEY: 'abc=d#e',
      TMDB_KEY: 'in quotes',
      RAWG_KEY: 'x',
    },
  );
});

test('a line that is none is named by its number, and is not repeated', () => {
  for (const line of ['a-key-without-a-name', 'OTHER_KEY=a-key-of-another', 'export OMDB_KEY=a-key']) {
    const { status, stdout, stderr } = spawnSync(process.execPath, commandFor(`# mine\n${line}\n`), { encoding: 'utf8', timeout: 20_000 });
    assert.equal(status, 1);
    assert.match(stderr, /^error: line 2 of the keys is not NAME=value with one of OMDB_KEY, /);
    assert.doesNotMatch(stdout + stderr, /a-key/);
  }
});

test('the example names every key and holds none, and the file itself is ignored', () => {
  const example = readFileSync(join(repository, 'web/proxy/dev.vars.example'), 'utf8');
  assert.deepEqual(readKeys(example), {});
  assert.deepEqual([...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name).sort(), [...keyNames].sort());
  assert.equal(execFileSync('git', ['check-ignore', '--no-index', keysFile], { cwd: repository, encoding: 'utf8' }).trim(), keysFile);
});

test('every setting is read in workerd too', () => {
  const settings = readFileSync(join(repository, 'web/proxy/settings.js'), 'utf8');
  const config = readFileSync(join(repository, 'web/proxy/workerd.capnp'), 'utf8');
  const names = new Set([...settings.matchAll(/'([A-Z]+(?:_[A-Z]+)*)'/g)].map(([, name]) => name));
  for (const name of keyNames) assert.ok(names.has(name), name);
  assert.deepEqual([...config.matchAll(/fromEnvironment = "([A-Z_]+)"/g)].map(([, name]) => name).sort(), [...names].sort());
});

test('it runs beside the page, answers that page, and ends with it', async () => {
  const child = spawn(process.execPath, commandFor('OMDB_KEY=an-omdb-key-of-the-test\n'), { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += part));
  const ended = new Promise((done) => child.on('close', done));
  try {
    for (const end = Date.now() + 20_000; !/is the proxy.*\n/.test(said) && Date.now() < end;)
      await new Promise((done) => setTimeout(done, 20));
    const [page, proxy] = [...said.matchAll(/http:\/\/127\.0\.0\.1:[0-9]+/g)].map(([address]) => address);
    assert.match(said, /is the proxy, without TMDB_KEY, RAWG_KEY, SPOTIFY_CLIENT_ID, SPOTIFY_CLIENT_SECRET, GOOGLE_BOOKS_KEY /);
    assert.match(await (await fetch(page)).text(), new RegExp(`connect-src 'self' ${proxy} https://a\\.example;`), 'the page may ask it');
    assert.equal(/** @type {any} */ (await (await fetch(`${page}/services.json`)).json()).proxy, proxy, 'the page is told of it');

    /** @param {string} path @param {string} origin */
    const ask = (path, origin) => fetch(proxy + path, { headers: { Origin: origin } });
    for (const origin of [page, page.replace('127.0.0.1', 'localhost')]) {
      // No service is reached: this one has no key here, and the other path is not allowed.
      const keyless = await ask('/rawg/api/games/mole', origin);
      assert.equal(keyless.status, 404);
      assert.equal(/** @type {any} */ (await keyless.json()).error, 'no_key');
      assert.equal(keyless.headers.get('Access-Control-Allow-Origin'), origin);
      assert.equal(/** @type {any} */ (await (await ask('/omdb/other', origin)).json()).error, 'not_allowed');
    }
    assert.equal((await ask('/rawg/api/games/mole', 'https://evil.example')).status, 403);

    child.kill('SIGTERM');
    await ended;
    await assert.rejects(fetch(proxy), 'it has ended with the page');
    assert.doesNotMatch(said, /of-the-test/);
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
});
