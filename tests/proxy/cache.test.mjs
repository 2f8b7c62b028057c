// Answers are kept at the edge for as long as their service allows. workerd has the Cache API but no cache: what it would ask of one goes
// to a server of the test, or to the small one that comes with the proxy.

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { start, startFor } from './harness.mjs';
import { goodPaths, goodPictures, pictures, wellBehaved } from './services.mjs';

/** @type {import('./harness.mjs').Proxy} */
let proxy;
before(async () => {
  proxy = await start();
});
after(() => proxy.stop());
beforeEach(() => {
  proxy.answerWith(wellBehaved);
  proxy.seen.length = 0;
});

/**
 * It is kept after the answer has gone out.
 * @param {string} part  of its address
 * @param {Buffer} [before]  what was kept until now
 * @returns {Promise<[string, string]>} address, response
 */
async function keptOf(part, before) {
  for (const end = Date.now() + 10_000; Date.now() < end; await new Promise((done) => setTimeout(done, 10)))
    for (const [address, response] of proxy.kept) if (address.includes(part) && response !== before) return [address, response.toString('utf8')];
  return assert.fail(`${part} was not kept`);
}

/** @param {string} response */
const age = (response) => Number(/^cache-control: public, max-age=([0-9]+)\r$/im.exec(response)?.[1]);

const day = 86_400;
/** @type {[string, string, number][]} path, where it is kept, seconds */
const ages = [
  ['/omdb/?s=age&type=movie', 'https://www.omdbapi.com/?s=age&type=movie', 7 * day],
  ['/tmdb/3/search/movie?query=age&include_adult=false', 'https://api.themoviedb.org/3/search/movie?query=age&include_adult=false', day],
  ['/rawg/api/games/age', 'https://api.rawg.io/api/games/age', 7 * day],
  // These two say 10 minutes themselves, and their terms bind a copy to that.
  ['/spotify/v1/albums/age', 'https://api.spotify.com/v1/albums/age', 600],
  ['/googlebooks/books/v1/volumes/age', 'https://www.googleapis.com/books/v1/volumes/age', 600],
  ['/images/image.tmdb.org/t/p/w342/age.jpg', 'https://image.tmdb.org/t/p/w342/age.jpg', 7 * day],
  ['/images/i.scdn.co/image/a9e', 'https://i.scdn.co/image/a9e', day],
];
for (const [path, address, seconds] of ages) {
  test(`kept for ${seconds} s, without the key: ${path}`, async () => {
    const first = await proxy.ask(path);
    assert.equal(first.status, 200);
    const [kept, response] = await keptOf(address);
    assert.equal(kept, address);
    assert.equal(age(response), seconds);
    assert.equal(first.headers['cache-control'], `private, max-age=${seconds}`);
    const asked = proxy.seen.length;
    const second = await proxy.ask(path);
    assert.ok(second.body.equals(first.body));
    assert.equal(second.headers['content-type'], first.headers['content-type']);
    assert.equal(proxy.seen.length, asked, 'the second time nobody is asked');
    const left = Number(/^private, max-age=([0-9]+)$/.exec(second.headers['cache-control'])?.[1]);
    assert.ok(left <= seconds && left > seconds - 60, 'for what is left of its age');
  });
}

test('nothing is kept beyond what a bound service says', async () => {
  /** @type {[string, number][]} */
  const cases = [
    ['private, max-age=600', 0],
    ['no-store', 0],
    ['public, no-cache, max-age=600', 0],
    ['max-age=0', 0],
    ['', 0],
    ['Public, Max-Age=30', 30],
    ['public, max-age=600, s-maxage=40', 40],
    ['s-maxage="50"', 50],
    ['public, max-age=99999999', 3600],
    ['public, max-age=abc', 0],
    ['max-age=-5', 0],
  ];
  for (const [i, [said, seconds]] of cases.entries()) {
    proxy.answerWith((request, response) => {
      if (request.host === 'accounts.spotify.com') return wellBehaved(request, response);
      response.writeHead(200, { 'Cache-Control': said }).end('{"id":"x"}');
    });
    const { headers } = await proxy.ask(`/spotify/v1/albums/bound${i}x`);
    assert.equal(headers['cache-control'], seconds > 0 ? `private, max-age=${seconds}` : 'no-store', said);
    if (seconds > 0) assert.equal(age((await keptOf(`/bound${i}x`))[1]), seconds);
  }
  const addresses = [...proxy.kept.keys()].filter((address) => address.includes('/bound'));
  assert.equal(addresses.length, cases.filter(([, seconds]) => seconds > 0).length);
});

test('what OMDb does not know is asked again', async () => {
  proxy.answerWith((_, response) => response.end('{"Response":"False","Error":"Movie not found!"}'));
  const path = '/omdb/?s=unknown&type=movie';
  const answer = await proxy.ask(path);
  assert.deepEqual([answer.status, answer.headers['cache-control']], [200, 'no-store']);
  await proxy.ask(path);
  assert.equal(proxy.seen.length, 2);
});

test('a cache that keeps too long, or gives out something broken, is not believed', async () => {
  await proxy.ask('/rawg/api/games/stale');
  const [address, response] = await keptOf('/stale');
  const past = Math.floor(Date.now() / 1000) - 1;
  const stale = Buffer.from(response.replace(/(media-hub-until: )[0-9]+/i, (_, name) => `${name}${past}`));
  proxy.kept.set(address, stale);
  await proxy.ask('/rawg/api/games/stale');
  assert.equal(proxy.seen.length, 2);
  await keptOf('/stale', stale);
  proxy.kept.set(address, Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>'));
  assert.equal((await proxy.ask('/rawg/api/games/stale')).json.name, 'Mole Orchestra');
  assert.equal(proxy.seen.length, 3);
});

test('what is kept says nothing of who asked', async () => {
  await proxy.ask('/rawg/api/games/whose', { headers: { Cookie: 'who=me', 'User-Agent': 'mine', Referer: 'https://owner.example/list' } });
  const [, response] = await keptOf('/whose');
  assert.deepEqual(
    response
      .slice(0, response.indexOf('\r\n\r\n'))
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(':')[0].toLowerCase())
      .sort(),
    ['cache-control', 'content-length', 'content-type', 'media-hub-until'],
  );
});

test('the cache that comes with the proxy', async (t) => {
  const own = await startFor(t, { world: 'memoryCache' });
  for (const path of [...goodPaths, ...goodPictures]) {
    const first = await own.ask(path);
    assert.equal(first.status, 200, path);
    const asked = own.seen.length;
    let second = await own.ask(path);
    // It is kept after the first answer has gone out.
    for (let i = 0; i < 20 && own.seen.length > asked; ++i) second = await own.ask(path);
    const settled = own.seen.length;
    second = await own.ask(path);
    assert.equal(own.seen.length, settled, path);
    assert.ok(second.body.equals(first.body), path);
    assert.equal(second.headers['content-type'], first.headers['content-type']);
  }
  // For as long as it says: two seconds here.
  own.answerWith((request, response) => {
    if (request.host === 'accounts.spotify.com') return wellBehaved(request, response);
    response.writeHead(200, { 'Cache-Control': 'public, max-age=2' }).end(`{"n":${own.seen.length}}`);
  });
  const { json } = await own.ask('/spotify/v1/albums/brief');
  await new Promise((done) => setTimeout(done, 2_500));
  assert.notDeepEqual((await own.ask('/spotify/v1/albums/brief')).json, json);
});

test('without any cache each request is passed on', async (t) => {
  const own = await startFor(t, { world: 'limitedByPlatform' });
  for (let i = 0; i < 2; ++i) assert.equal((await own.ask('/rawg/api/games/mole')).status, 200);
  assert.equal(own.seen.length, 2);
});

test('in the cache that comes with the proxy the oldest make room', async (t) => {
  const own = await startFor(t, { world: 'memoryCache', settings: { TIME_LIMIT_MS: '10000' } });
  const large = Buffer.concat([pictures['image/png'], Buffer.alloc(4 << 20)]);
  own.answerWith((_, response) => response.end(large));
  /** @param {number} i */
  const picture = async (i) => assert.equal((await own.ask(`/images/i.scdn.co/image/${i}`)).status, 200);
  for (let i = 0; i < 18; ++i) await picture(i);
  assert.equal(own.seen.length, 18);
  // It is kept after the answer has gone out, and of 64 MB the last fifteen take 60.
  for (let i = 4; i < 18; ++i) await picture(i);
  assert.equal(own.seen.length, 18);
  await picture(0);
  assert.equal(own.seen.length, 19);
});
