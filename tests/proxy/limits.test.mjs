// Time, size and pace are bounded, whatever a service or a client does.

import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, beforeEach, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { start, startFor } from './harness.mjs';
import { pictures, wellBehaved } from './services.mjs';

/** @type {import('./harness.mjs').Proxy} */
let proxy;
before(async () => {
  proxy = await start({ settings: { TIME_LIMIT_MS: '1000' } });
});
after(() => proxy.stop());
beforeEach(() => {
  proxy.answerWith(wellBehaved);
});

let counter = 0;
/** A request that nobody has made before. */
const fresh = () => `/rawg/api/games/game-${++counter}`;
const picture = () => `/images/i.scdn.co/image/${++counter}`;

/** @param {string} path @returns {Promise<[number, string]>} */
async function failure(path) {
  const { status, json } = await proxy.ask(path);
  return [status, json?.error];
}

test('a service that does not answer, or only begins to, is given up', async () => {
  /** @type {import('./harness.mjs').Upstream[]} */
  const slow = [
    () => {},
    (_, response) => void response.writeHead(200, { 'Content-Type': 'application/json' }).write('{"a":'),
    (_, response) => {
      const dripping = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(dripping));
    },
  ];
  for (const upstream of slow) {
    proxy.answerWith(upstream);
    for (const path of [fresh(), picture()]) {
      const begun = Date.now();
      assert.deepEqual(await failure(path), [504, 'too_slow']);
      assert.ok(Date.now() - begun < 5_000, 'soon after the time limit, which is 1 s here');
    }
  }
});

test('a service that breaks off', async () => {
  /** @type {import('./harness.mjs').Upstream[]} */
  const broken = [
    (_, response) => response.destroy(),
    (_, response) => void response.writeHead(200, { 'Content-Length': '100' }).write('{"a"', () => response.destroy()),
    (_, response) => void response.write('{"a"', () => response.destroy()),
    (_, response) => void response.socket?.end('this is not HTTP\r\n\r\n'),
    (_, response) => void response.socket?.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nBroken Header\r\n\r\n{}'),
  ];
  for (const upstream of broken) {
    proxy.answerWith(upstream);
    assert.deepEqual(await failure(fresh()), [502, 'unreachable']);
    assert.deepEqual(await failure(picture()), [502, 'unreachable']);
  }
});

test('an answer larger than any real one is not passed on, whether it says so or not', async () => {
  const large = Buffer.alloc((2 << 20) + 1, ' ');
  large.write('{"a":1}');
  proxy.answerWith((_, response) => response.writeHead(200, { 'Content-Length': String(large.length) }).end(large));
  assert.deepEqual(await failure(fresh()), [502, 'too_large']);
  proxy.answerWith((_, response) => {
    response.write(large);
    response.end();
  });
  assert.deepEqual(await failure(fresh()), [502, 'too_large']);
  proxy.answerWith((_, response) => response.end(large.subarray(0, large.length - 1)));
  assert.equal((await proxy.ask(fresh())).status, 200, 'one byte less is');
});

test('what is small on the way and large unpacked is not passed on either', async () => {
  const packed = gzipSync(Buffer.alloc(64 << 20, ' '));
  assert.ok(packed.length < 1 << 20);
  proxy.answerWith((_, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(packed));
  assert.deepEqual(await failure(fresh()), [502, 'too_large']);
  proxy.answerWith((_, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('{"name":"もぐら"}')));
  assert.deepEqual((await proxy.ask(fresh())).json, { name: 'もぐら' });
});

test('an endless answer is cut off, and the service notices', async () => {
  /** @type {Promise<void>} */
  const closed = new Promise((done) => {
    proxy.answerWith((_, response) => {
      const more = () => {
        if (!response.destroyed) response.write(Buffer.alloc(64 << 10, ' '), () => setImmediate(more));
      };
      response.on('close', () => done());
      more();
    });
  });
  assert.deepEqual(await failure(fresh()), [502, 'too_large']);
  await closed;
});

test('a picture may be larger than an answer, and is bounded too', async () => {
  const large = Buffer.alloc(5 << 20);
  pictures['image/png'].copy(large);
  proxy.answerWith((_, response) => response.end(large));
  const answer = await proxy.ask(picture());
  assert.equal(answer.status, 200);
  assert.ok(answer.body.equals(large));
  proxy.answerWith((_, response) => response.end(Buffer.concat([large, Buffer.alloc(1)])));
  assert.deepEqual(await failure(picture()), [502, 'too_large']);
});

test('slow ones do not keep others waiting', async () => {
  proxy.answerWith((request, response) => {
    if (!request.path.startsWith('/api/games/slow')) wellBehaved(request, response);
  });
  const slow = Promise.all(Array.from({ length: 20 }, (_, i) => failure(`/rawg/api/games/slow-${i}`)));
  assert.equal((await proxy.ask(fresh())).status, 200);
  for (const one of await slow) assert.deepEqual(one, [504, 'too_slow']);
});

test('each client has a pace of its own', async (t) => {
  const paced = await startFor(t, { settings: { REQUESTS_PER_MINUTE: '12', CLIENT_ADDRESS_HEADER: 'X-Client' } });
  /** @param {string} client @param {string} [path] */
  const from = (client, path = '/rawg/api/games/mole') => paced.ask(path, { headers: { 'X-Client': client } });
  for (let i = 0; i < 12; ++i) assert.equal((await from('192.0.2.1')).status, 200, `request ${i + 1}`);
  const refused = await from('192.0.2.1');
  assert.deepEqual([refused.status, refused.json.error], [429, 'too_fast']);
  const seconds = Number(refused.headers['retry-after']);
  assert.ok(seconds >= 1 && seconds <= 5, 'one request in 5 s is its pace');
  assert.equal(refused.headers['access-control-expose-headers'], 'Retry-After', 'which a page may read');
  assert.equal((await from('192.0.2.1', '/omdb/evil')).status, 429, 'what would be denied counts too');
  assert.equal((await from('192.0.2.2')).status, 200, 'another client is not concerned');
  await new Promise((done) => setTimeout(done, 1000 * seconds + 200));
  assert.equal((await from('192.0.2.1')).status, 200, 'and after the time that was said it goes on');
  assert.equal((await from('192.0.2.1')).status, 429);

  // A picture is a quarter of a request.
  const wall = await Promise.all(Array.from({ length: 96 }, (_, i) => from('192.0.2.3', `/images/i.scdn.co/image/${i}`)));
  const shown = wall.filter(({ status }) => status === 200).length;
  assert.ok(shown >= 48 && shown < 72, `${shown} pictures instead of 12 requests, and what became free meanwhile`);
  // What only looks like one is a whole one.
  for (let i = 0; i < 12; ++i) assert.equal((await from('192.0.2.4', '/omdb/?s=/images/i.scdn.co/image/a&type=movie')).status, 200);
  assert.equal((await from('192.0.2.4', '/omdb/?s=/images/&type=movie')).status, 429);

  // A household has 2^64 addresses of IPv6.
  for (let i = 0; i < 12; ++i) assert.equal((await from(i % 2 ? `2001:DB8:0:7::${i}` : `2001:db8:0:7:a:b:c:${i}`)).status, 200);
  assert.equal((await from('2001:db8:0:7:ffff::1')).status, 429);
  assert.equal((await from('2001:db8:0:8::1')).status, 200);
  assert.equal((await from('2001:db8::1')).status, 200);
  // Those that cannot be told apart share one.
  for (let i = 0; i < 12; ++i) assert.equal((await from(`nobody ${i}`)).status, 200);
  assert.equal((await from('')).status, 429);
});

test('without a header that was named, the connection says who asks, and no header can', async (t) => {
  const paced = await startFor(t, { settings: { REQUESTS_PER_MINUTE: '5' } });
  /** @param {number} i */
  const headers = (i) => ({
    'CF-Connecting-IP': `192.0.2.${i}`,
    'X-Forwarded-For': `192.0.2.${i}`,
    'X-Real-IP': `192.0.2.${i}`,
    'X-Client': `192.0.2.${i}`,
  });
  for (let i = 0; i < 5; ++i) assert.equal((await paced.ask('/rawg/api/games/mole', { headers: headers(i) })).status, 200);
  assert.equal((await paced.ask('/rawg/api/games/mole', { headers: headers(9) })).status, 429);
  // Another address of the same machine is another client.
  /** @type {number | undefined} */
  const status = await new Promise((done) => {
    http.get(`${paced.url}/rawg/api/games/mole`, { localAddress: '127.0.0.2' }, (response) => done(response.resume().statusCode));
  });
  assert.equal(status, 200);
});

test('where the platform counts too, its word is final', async (t) => {
  const limited = await startFor(t, { world: 'limitedByPlatform', settings: { CLIENT_ADDRESS_HEADER: 'X-Client' } });
  /** @param {string} client */
  const from = (client) => limited.ask('/rawg/api/games/mole', { headers: { 'X-Client': client } });
  for (let i = 0; i < 3; ++i) assert.equal((await from('192.0.2.1')).status, 200);
  const refused = await from('192.0.2.1');
  assert.deepEqual([refused.status, refused.json.error, refused.headers['retry-after']], [429, 'too_fast', '60']);
  assert.equal((await from('192.0.2.2')).status, 200);
  assert.equal(limited.seen.length, 4);
});
