// The server answers as GitHub Pages would.

import assert from 'node:assert/strict';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { chooseEncoding, normaliseBase, serve } from '../../scripts/site/server.mjs';

const folder = mkdtempSync(join(tmpdir(), 'media-hub-server-'));
const page = '<!doctype html><title>Page</title>'.padEnd(4000, ' ');
/** @type {Awaited<ReturnType<typeof serve>>} */
let site;

before(async () => {
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist', 'index.html'), page);
  writeFileSync(join(folder, 'dist', 'ui.wasm'), Buffer.from([0, 97, 115, 109, 1, 0, 0, 0]));
  writeFileSync(join(folder, 'dist', 'ui.js'), 'export {};');
  writeFileSync(join(folder, 'secret.txt'), 'not served');
  site = await serve({ root: join(folder, 'dist'), base: '/owner/name/' });
});

after(async () => {
  await site.close();
  rmSync(folder, { recursive: true });
});

/**
 * As it goes over the wire: nothing is decoded, no path is tidied up.
 * @param {string} path
 * @param {Record<string, string>} [headers]
 * @param {string} [method]
 * @returns {Promise<{status: number, headers: http.IncomingHttpHeaders, body: Buffer}>}
 */
function ask(path, headers = {}, method = 'GET') {
  return new Promise((done, failed) => {
    const { hostname, port } = new URL(site.url);
    const request = http.request({ hostname, port, path, headers, method }, (response) => {
      /** @type {Buffer[]} */
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }));
    });
    request.on('error', failed);
    request.end();
  });
}

test('the page lies at the base path, and the base path without its last slash leads there', async () => {
  assert.equal((await ask('/owner/name/')).body.toString(), page);
  const moved = await ask('/owner/name');
  assert.equal(moved.status, 301);
  assert.equal(moved.headers.location, '/owner/name/');
  assert.equal((await ask('/')).status, 404);
});

test('files have the types that browsers insist on', async () => {
  for (const [path, type] of [
    ['/owner/name/ui.wasm', 'application/wasm'],
    ['/owner/name/ui.js', 'application/javascript; charset=utf-8'],
    ['/owner/name/', 'text/html; charset=utf-8'],
  ]) {
    assert.equal((await ask(path)).headers['content-type'], type);
  }
});

test('answers are compressed as the browser asks for', async () => {
  const gzip = await ask('/owner/name/', { 'Accept-Encoding': 'gzip, deflate, br' });
  assert.equal(gzip.headers['content-encoding'], 'gzip');
  assert.equal(gunzipSync(gzip.body).toString(), page);
  const brotli = await ask('/owner/name/', { 'Accept-Encoding': 'br' });
  assert.equal(brotliDecompressSync(brotli.body).toString(), page);
  const plain = await ask('/owner/name/', { 'Accept-Encoding': 'gzip;q=0' });
  assert.equal(plain.headers['content-encoding'], undefined);
  assert.equal(Number(plain.headers['content-length']), page.length);
});

test('nothing isolates the page from other origins', async () => {
  const { headers } = await ask('/owner/name/');
  assert.equal(headers['cross-origin-opener-policy'], undefined);
  assert.equal(headers['cross-origin-embedder-policy'], undefined);
  assert.equal(headers['cache-control'], 'max-age=600');
});

test('what a browser has already is not sent again, until it changes', async () => {
  const first = await ask('/owner/name/ui.js');
  const tag = String(first.headers.etag);
  const again = await ask('/owner/name/ui.js', { 'If-None-Match': tag });
  assert.equal(again.status, 304);
  assert.equal(again.body.length, 0);
  writeFileSync(join(folder, 'dist', 'ui.js'), 'export const changed = true;');
  const changed = await ask('/owner/name/ui.js', { 'If-None-Match': tag });
  assert.equal(changed.status, 200);
  assert.equal(changed.body.toString(), 'export const changed = true;');
});

test('nothing outside of the folder is served', async () => {
  for (const path of ['/owner/name/../secret.txt', '/owner/name/..%2fsecret.txt', '/owner/name/%2e%2e/secret.txt', '/owner/name/%00', '/owner/name/%']) {
    assert.equal((await ask(path)).status, 404, path);
  }
});

test('only reading is answered', async () => {
  assert.equal((await ask('/owner/name/', {}, 'POST')).status, 405);
  const head = await ask('/owner/name/', {}, 'HEAD');
  assert.equal(head.status, 200);
  assert.equal(head.body.length, 0);
});

test('encodings and bases in every spelling', () => {
  assert.equal(chooseEncoding('br;q=1.0, gzip;q=0.5'), 'gzip');
  assert.equal(chooseEncoding('*'), 'gzip');
  assert.equal(chooseEncoding('identity'), undefined);
  assert.equal(chooseEncoding(''), undefined);
  for (const base of ['owner/name', '/owner/name', 'owner/name/', '//owner/name//']) assert.equal(normaliseBase(base), '/owner/name/');
  assert.equal(normaliseBase(''), '/');
});
