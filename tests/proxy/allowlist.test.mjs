// What the page asks for is passed on, and nothing else is, however it is spelt.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, beforeEach, test } from 'node:test';
import { start, startFor } from './harness.mjs';
import { goodPaths, secrets } from './services.mjs';

/** @type {import('./harness.mjs').Proxy} */
let proxy;
before(async () => {
  proxy = await start();
});
after(() => proxy.stop());
beforeEach(() => {
  proxy.seen.length = 0;
});

for (const path of goodPaths) {
  test(`passed on: ${path}`, async () => {
    const answer = await proxy.ask(path);
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8');
    assert.ok(Object.keys(answer.json).length > 0);
    const asked = proxy.seen.at(-1);
    assert.ok(asked);
    assert.ok(path.includes(asked.path), 'the path arrives as it is');
    const given = new URLSearchParams(path.split('?')[1]);
    for (const [name, value] of given) assert.equal(asked.query.get(name), value, 'and so does each parameter');
    const more = [...asked.query.keys()].filter((name) => !given.has(name));
    assert.deepEqual(
      more,
      { 'www.omdbapi.com': ['apikey'], 'api.themoviedb.org': ['api_key'], 'api.spotify.com': [] }[asked.host] ?? ['key'],
    );
  });
}

test('the answer is what the service said', async () => {
  const { json } = await proxy.ask('/rawg/api/games?search=mole&page_size=15');
  assert.deepEqual(json, { count: 1, next: null, previous: null, results: [{ id: 990041, slug: 'mole-orchestra', name: 'もぐら楽団' }] });
});

// The page's requests stand, whole, in the test of what it asks. A new one that is not allowed here would fail for everybody behind a
// proxy.
test('what the page asks of services with keys is allowed', async () => {
  const source = readFileSync(new URL('../core/metadata_request.tests.cpp', import.meta.url), 'utf8');
  /** @type {Record<string, string>} */
  const words = {
    'www.omdbapi.com': 'omdb',
    'api.themoviedb.org': 'tmdb',
    'api.rawg.io': 'rawg',
    'api.spotify.com': 'spotify',
    'www.googleapis.com': 'googlebooks',
  };
  const asked = [...source.matchAll(/"([a-z.]+)(\/[^"]*)"/g)].filter(([, host]) => host in words);
  assert.deepEqual([...new Set(asked.map(([, host]) => words[host]))].sort(), Object.values(words).sort());
  for (const [, host, path] of asked) {
    const answer = await proxy.ask(`/${words[host]}${path}`);
    assert.equal(answer.status, 200, `${host}${path}: ${answer.text}`);
  }
});

test('nothing of the client goes along', async () => {
  await proxy.ask('/omdb/?s=private&type=movie', {
    headers: {
      Cookie: 'a=b',
      Referer: `${'https://owner.example'}/secret`,
      'User-Agent': 'a browser',
      'X-Forwarded-For': '192.0.2.7',
      Authorization: 'Basic abc',
      'Accept-Language': 'nn',
    },
  });
  const { headers } = proxy.seen[0];
  assert.deepEqual(
    Object.keys(headers).sort(),
    ['accept', 'accept-encoding', 'cache-control', 'pragma', 'user-agent'].filter((name) => name in headers),
  );
  assert.equal(headers['user-agent'], 'media-hub-proxy');
});

const album = '/spotify/v1/albums/9PaperWeather';
const search = '/omdb/?s=a&type=movie';
const film = '/tmdb/3/movie/603?append_to_response=credits%2Ckeywords%2Cexternal_ids%2Cimages&include_image_language=en%2Cnull';
/** @type {Record<string, string[]>} */
const denied = {
  'services that are not there': [
    '/',
    '',
    '/omdb',
    '/OMDB/?s=a&type=movie',
    '/wikidata/w/api.php',
    '/igdb/v4/games',
    '/constructor/',
    '/__proto__/x',
    '/images',
    '/tmdb',
    '/favicon.ico',
    '*',
  ],
  'other paths of a service': [
    '/omdb/x?s=a&type=movie',
    '/omdb/?',
    '/omdb//?s=a&type=movie',
    '/tmdb/3/account',
    '/tmdb/3/movie/popular',
    '/tmdb/3/movie/0',
    '/tmdb/3/movie/603/reviews',
    '/tmdb/3/movie/603/',
    '/tmdb/4/list/1',
    '/tmdb/3/authentication/token/new',
    '/tmdb/3/find/nm0000001?external_source=imdb_id',
    '/tmdb/3/search/person?query=a&include_adult=false',
    '/rawg/api/games/',
    '/rawg/api/games/A-b',
    '/rawg/api/users/1',
    '/rawg/api/games/mole/suggested',
    '/spotify/v1/me',
    '/spotify/v1/artists/1',
    '/spotify/v1/albums/a/tracks',
    '/spotify/api/token',
    '/googlebooks/books/v1/mylibrary/bookshelves',
    '/googlebooks/youtube/v3/videos',
    '/googlebooks/books/v1/volumes/a.b',
  ],
  'other parameters': [
    '/omdb/?s=a',
    '/omdb/?s=a&type=game',
    '/omdb/?s=a&type=movie&page=2',
    '/omdb/?s=a&type=movie&apikey=mine',
    '/omdb/?s=a&type=movie&s=b',
    '/omdb/?i=tt1&plot=full',
    '/omdb/?i=tt9900001&plot=short',
    '/omdb/?t=a&type=movie',
    '/omdb/?s=&type=movie',
    '/omdb/?s=%20&type=movie',
    `/omdb/?s=${'a'.repeat(201)}&type=movie`,
    `/omdb/?s=${'%E6%BC%A2'.repeat(67)}&type=movie`,
    '/omdb/?S=a&type=movie',
    '/omdb/?s[]=a&type=movie',
    '/omdb/?s=a&type=movie&callback=x',
    '/omdb/?s=a&type=movie&__proto__=x',
    '/omdb/?s=a&type=movie&constructor=x',
    `${film}&api_key=mine`,
    film.replace('credits', 'account_states'),
    film.replace('%2Cnull', ''),
    '/tmdb/3/movie/603',
    '/tmdb/3/search/movie?query=a&include_adult=true',
    '/rawg/api/games?search=a&page_size=40',
    '/rawg/api/games/mole?key=mine',
    '/spotify/v1/search?q=a&type=track&limit=10',
    '/spotify/v1/search?q=a&type=album&limit=50',
    `${album}?market=NO`,
    '/googlebooks/books/v1/volumes?q=a&printType=all&maxResults=15',
    '/googlebooks/books/v1/volumes/a?projection=full',
  ],
  'paths with escapes, dots, backslashes and hosts': [
    '/spotify/v1/albums/%2e%2e/me',
    '/spotify/v1/albums/../me',
    '/spotify/v1/albums/..%2fme',
    '/spotify/v1/albums/..%5cme',
    '/spotify/v1/albums/..\\me',
    '/spotify/v1/albums/%252e%252e%252fme',
    '/spotify/v1/albums/%2525252e',
    '/spotify/./v1/albums/a',
    '/spotify/../spotify/v1/albums/a',
    '/%73potify/v1/albums/a',
    '/spotify%2fv1/albums/a',
    '/spotify/v1%2falbums/a',
    '/spotify\\v1\\albums\\a',
    '//spotify/v1/albums/a',
    '/spotify//v1/albums/a',
    '/spotify///evil.example/',
    '/spotify/@evil.example/',
    '/spotify@evil.example/v1/albums/a',
    '/spotify/v1/albums/a@evil.example',
    '/spotify:443/v1/albums/a',
    '/spotify/https://evil.example/',
    '//evil.example/spotify/v1/albums/a',
    '/spotify/v1/albums/a;x=1',
    '/spotify/v1/albums/a%00',
    '/spotify/v1/albums/a%0d%0aX:%20y',
    '/spotify/v1/albums/a%3Fmarket=NO',
    '/spotify/v1/albums/a%23',
    '/spotify/v1/albums/%EF%BC%8E%EF%BC%8E',
    '/spotify/v1/albums/a%20',
    '/spotify/v1/albums/.',
    '/spotify/v1/albums/..',
    '/omdb/%3Fs=a&type=movie',
    '/omdb/..;/?s=a&type=movie',
    '/omdb/%c0%ae%c0%ae/?s=a&type=movie',
    '/omdb/\\?s=a&type=movie',
    '/omdb/@evil.example/?s=a&type=movie',
    '/tmdb/3/movie/603%2f..%2fpopular',
    '/tmdb/3/movie/%36%30%33',
  ],
  'values with line ends and other control characters': [
    '/omdb/?s=a%0d%0aHost:%20evil.example&type=movie',
    '/omdb/?s=a%0aX-Key:%20b&type=movie',
    '/omdb/?s=a%00&type=movie',
    '/omdb/?s=a%7f&type=movie',
    '/omdb/?s=a%C2%85&type=movie',
    '/omdb/?s=a&type=movie%0d%0a',
    '/omdb/?i=tt9900001%0a&plot=full',
    '/tmdb/3/movie/603%0a',
  ],
};
for (const [kind, paths] of Object.entries(denied)) {
  test(`denied: ${kind}`, async () => {
    for (const path of paths) {
      const answer = await proxy.ask(path);
      assert.ok([400, 403, 404].includes(answer.status), `${path}: ${answer.status} ${answer.text}`);
      assert.equal(proxy.seen.length, 0, `${path} reached a service`);
    }
  });
}

test('a parameter that is spelt differently but says the same is the same request', async () => {
  const usual = await proxy.ask('/rawg/api/games?search=mole%20two&page_size=15');
  const other = await proxy.ask('/rawg/api/games?page_size=%31%35&search=%6Dole+two');
  assert.equal(usual.status, 200);
  assert.equal(other.text, usual.text);
  assert.equal(proxy.seen.length, 1);
});

test('a value that looks like a parameter stays a value', async () => {
  assert.equal((await proxy.ask('/omdb/?s=a%26apikey%3Dmine%23&type=movie')).status, 200);
  assert.deepEqual(
    [...proxy.seen[0].query],
    [
      ['s', 'a&apikey=mine#'],
      ['type', 'movie'],
      ['apikey', secrets.OMDB_KEY],
    ],
  );
});

test('an address too long for any request is refused', async () => {
  assert.equal((await proxy.ask(`/omdb/?s=${'a'.repeat(3000)}&type=movie`)).status, 414);
  assert.equal(proxy.seen.length, 0);
});

test('only reading is passed on', async () => {
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']) {
    const answer = await proxy.ask(search, { method, headers: { 'Content-Length': '0' } });
    assert.equal(answer.status, 405, method);
    assert.equal(answer.headers.allow, 'GET, HEAD, OPTIONS');
  }
  for (const method of ['TRACE', 'NONSENSE']) assert.ok((await proxy.ask(search, { method })).status >= 400, method);
  assert.equal(proxy.seen.length, 0);
});

test('it is no tunnel', async (t) => {
  // The runtime says of its own that there is no handler.
  const own = await startFor(t, {}, /connect/);
  assert.ok((await own.ask('api.rawg.io:443', { method: 'CONNECT' })).status >= 400);
  assert.equal(own.seen.length, 0);
});

test('HEAD gets what GET would, without the body', async () => {
  const answer = await proxy.ask('/rawg/api/games/mole-orchestra', { method: 'HEAD' });
  assert.equal(answer.status, 200);
  assert.equal(answer.body.length, 0);
  assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8');
  assert.equal((await proxy.ask('/rawg/nothing', { method: 'HEAD' })).body.length, 0);
});

test('header lines that the client adds change nothing', async () => {
  const answer = await proxy.ask('/rawg/api/games?search=lines&page_size=15', {
    lines: 'X-HTTP-Method-Override: DELETE\r\nX-Original-URL: /api/users\r\nX-Forwarded-Host: evil.example\r\n',
  });
  assert.equal(answer.status, 200);
  assert.deepEqual(
    proxy.seen.map(({ method, host, path }) => [method, host, path]),
    [['GET', 'api.rawg.io', '/api/games']],
  );
});
