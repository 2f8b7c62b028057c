// Only the pages that the host has named may read the proxy's answers.

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { page, start, startFor } from './harness.mjs';

/** @type {import('./harness.mjs').Proxy} */
let proxy;
before(async () => {
  proxy = await start();
});
after(() => proxy.stop());
beforeEach(() => {
  proxy.seen.length = 0;
});

const path = '/rawg/api/games/mole';
const strangers = [
  'https://evil.example',
  'https://owner.example.evil.example',
  'https://owner.example:444',
  'http://owner.example',
  'https://OWNER.example',
  'https://owner.example/',
  'https://sub.owner.example',
  'null',
  '*',
  `${page}, https://evil.example`,
  `${page} https://evil.example`,
  'http://127.0.0.1:8081',
  'file://',
  'https://owner.example\tx',
];

test('a named page may', async () => {
  for (const origin of [page, 'http://127.0.0.1:8080']) {
    const { status, headers } = await proxy.ask(path, { headers: { Origin: origin } });
    assert.equal(status, 200);
    assert.equal(headers['access-control-allow-origin'], origin);
    assert.equal(headers.vary, 'Origin');
    assert.equal(headers['access-control-allow-credentials'], undefined);
  }
});

test('another may not, and nothing is asked for it', async () => {
  for (const origin of strangers) {
    const { status, headers, json } = await proxy.ask('/rawg/api/games/other', { headers: { Origin: origin } });
    assert.deepEqual([status, json.error], [403, 'other_origin'], origin);
    assert.equal(headers['access-control-allow-origin'], undefined);
    assert.equal(headers.vary, 'Origin');
  }
  assert.equal(proxy.seen.length, 0);
});

test('a failure can be read by the page, too', async () => {
  const { status, headers } = await proxy.ask('/rawg/nothing');
  assert.equal(status, 403);
  assert.equal(headers['access-control-allow-origin'], page);
});

test('a browser that asks first is told the same', async () => {
  const asking = { 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'x-anything' };
  const { status, headers, body } = await proxy.ask(path, { method: 'OPTIONS', headers: asking });
  assert.equal(status, 204);
  assert.equal(body.length, 0);
  assert.equal(headers['access-control-allow-origin'], page);
  assert.equal(headers['access-control-allow-methods'], 'GET, HEAD');
  assert.equal(headers['access-control-allow-headers'], undefined, 'no header of its own is needed');
  assert.equal(headers['access-control-max-age'], '86400');
  for (const origin of strangers) {
    const answer = await proxy.ask(path, { method: 'OPTIONS', headers: { ...asking, Origin: origin } });
    assert.equal(answer.status, 403, origin);
    for (const name of Object.keys(answer.headers)) assert.ok(!name.startsWith('access-control'), name);
  }
  assert.equal(proxy.seen.length, 0);
});

test('a page that embeds an answer without asking may not', async () => {
  for (const site of ['cross-site', 'same-site'])
    assert.equal((await proxy.ask('/images/i.scdn.co/image/a', { headers: { Origin: '', 'Sec-Fetch-Site': site } })).status, 403, site);
  assert.equal(proxy.seen.length, 0);
  for (const site of ['same-origin', 'none', '']) {
    const { status, headers } = await proxy.ask('/images/i.scdn.co/image/a', { headers: { Origin: '', 'Sec-Fetch-Site': site } });
    assert.equal(status, 200, site);
    assert.equal(headers['access-control-allow-origin'], undefined);
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
  }
});

test('an answer that was kept is given to each page with its own header', async () => {
  for (const origin of [page, 'http://127.0.0.1:8080', page])
    assert.equal(
      (await proxy.ask('/rawg/api/games/shared', { headers: { Origin: origin } })).headers['access-control-allow-origin'],
      origin,
    );
  for (const response of proxy.kept.values()) assert.doesNotMatch(response.toString('latin1'), /access-control|origin/i);
});

for (const ORIGINS of ['', '*', 'https://*', 'owner.example', 'https://owner.example/media', 'null']) {
  test(`no page may where the host has named "${ORIGINS}", which is none`, async (t) => {
    const closed = await startFor(t, { settings: { ORIGINS } });
    for (const origin of [page, 'https://evil.example', 'null', '*'])
      assert.equal((await closed.ask(path, { headers: { Origin: origin } })).status, 403);
  });
}

test('below a path of a larger site', async (t) => {
  const below = await startFor(t, { settings: { BASE_PATH: '/media/proxy/' } });
  assert.equal((await below.ask(`/media/proxy${path}`)).status, 200);
  for (const other of [
    path,
    `/media/proxy/..${path}`,
    `/media/proxyrawg/api/games/mole`,
    `/media${path}`,
    `/media/proxy/media/proxy${path}`,
  ])
    assert.equal((await below.ask(other)).status, 404, other);
});
