// Pictures are relayed from the services' hosts, and only pictures are.

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { start, startFor } from './harness.mjs';
import { goodPictures, pictures, wellBehaved } from './services.mjs';

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

for (const path of goodPictures) {
  test(`relayed: ${path}`, async () => {
    const answer = await proxy.ask(path);
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.headers['content-type'], 'image/jpeg');
    assert.ok(answer.body.equals(pictures['image/jpeg']));
    const [{ host, path: asked, query, headers }] = proxy.seen;
    assert.equal(`/images/${host}${asked}`, path.split('?')[0]);
    assert.deepEqual([...query].sort(), [...new URLSearchParams(path.split('?')[1])].sort());
    assert.equal(headers.authorization, undefined);
  });
}

test('other hosts and other paths are not', async () => {
  const name = 'i.scdn.co/image/a1';
  const paths = [
    '/images/',
    '/images/evil.example/a.jpg',
    '/images/image.tmdb.org',
    '/images/image.tmdb.org/',
    '/images/image.tmdb.org.evil.example/t/p/w342/a.jpg',
    '/images/IMAGE.TMDB.ORG/t/p/w342/a.jpg',
    '/images/image.tmdb.org:443/t/p/w342/a.jpg',
    '/images/image.tmdb.org@evil.example/t/p/w342/a.jpg',
    '/images/evil.example@image.tmdb.org/t/p/w342/a.jpg',
    '/images/image.tmdb.org./t/p/w342/a.jpg',
    '/images/https://image.tmdb.org/t/p/w342/a.jpg',
    '/images//image.tmdb.org/t/p/w342/a.jpg',
    '/images/image.tmdb.org//t/p/w342/a.jpg',
    '/images/image.tmdb.org/t/p/original/a.jpg',
    '/images/image.tmdb.org/t/p/w342/a.svg',
    '/images/image.tmdb.org/t/p/w342/../original/a.jpg',
    '/images/image.tmdb.org/t/p/w342/%2e%2e/a.jpg',
    '/images/image.tmdb.org/t/p/w342/a%2f..%2fb.jpg',
    '/images/image.tmdb.org/t/p/w342/a.jpg?x=1',
    '/images/image.tmdb.org\\t\\p\\w342\\a.jpg',
    '/images/image%2etmdb.org/t/p/w342/a.jpg',
    '/images/127.0.0.1/a.jpg',
    '/images/[::1]/a.jpg',
    '/images/localhost/a.jpg',
    '/images/169.254.169.254/latest/meta-data/',
    '/images/api.themoviedb.org/3/movie/603',
    '/images/img.omdbapi.com/?i=tt0133093',
    '/images/m.media-amazon.com/images/G/01/x.jpg',
    '/images/m.media-amazon.com/images/M/../G/x.jpg',
    '/images/m.media-amazon.com/images/M/a/b.jpg',
    '/images/media.rawg.io/media/avatars/a1b/x.jpg',
    '/images/media.rawg.io/media/games/a1b/x.jpg/y.jpg',
    `/images/${name}/..`,
    `/images/${name}%00`,
    `/images/${name}?x`,
    '/images/i.scdn.co/image/A-B',
    '/images/books.google.com/books/content?id=a',
    '/images/books.google.com/books/content?id=a&printsec=frontcover&img=1&zoom=0',
    '/images/books.google.com/books/content?id=a&printsec=frontcover&img=1&zoom=1&output=text',
    '/images/books.google.com/books?id=a',
    '/images/books.google.com/books/content?id=a&id=b&printsec=frontcover&img=1&zoom=1',
    '/images/__proto__/a.jpg',
    '/images/constructor/a.jpg',
  ];
  for (const path of paths) {
    const { status, text } = await proxy.ask(path);
    assert.ok([403, 404].includes(status), `${path}: ${status} ${text}`);
    assert.equal(proxy.seen.length, 0, path);
  }
});

test('a picture’s type is that of its bytes', async () => {
  for (const [type, bytes] of Object.entries(pictures)) {
    proxy.answerWith((_, response) => response.writeHead(200, { 'Content-Type': 'text/html', 'X-Other': 'x' }).end(bytes));
    const answer = await proxy.ask(`/images/i.scdn.co/image/${type.slice(6)}`);
    assert.equal(answer.headers['content-type'], type);
    assert.equal(answer.headers['x-content-type-options'], 'nosniff');
    assert.equal(answer.headers['x-other'], undefined);
    assert.ok(answer.body.equals(bytes));
  }
});

test('what is no picture is not relayed, whatever it calls itself', async () => {
  for (const body of [
    '<html><script>alert(1)</script>',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '',
    'GIF',
    '{"a":1}',
    'RIFF0000WAVEfmt ',
    '\0\0\0\x1cftypmp42',
  ]) {
    proxy.answerWith((_, response) => response.writeHead(200, { 'Content-Type': 'image/png' }).end(body));
    const { status, json } = await proxy.ask('/images/i.scdn.co/image/none');
    assert.deepEqual([status, json.error], [502, 'bad_answer'], body);
  }
});

test('a picture that is not there, or elsewhere', async () => {
  /** @type {[number, number, string][]} */
  const cases = [
    [404, 404, 'not_found'],
    [410, 404, 'not_found'],
    [403, 502, 'bad_answer'],
    [500, 502, 'bad_answer'],
    [301, 502, 'moved'],
    [302, 502, 'moved'],
    [206, 502, 'bad_answer'],
  ];
  for (const [theirs, ours, code] of cases) {
    proxy.answerWith((_, response) => response.writeHead(theirs, { Location: 'https://evil.example/a.jpg' }).end(pictures['image/png']));
    const { status, json } = await proxy.ask('/images/i.scdn.co/image/gone');
    assert.deepEqual([status, json.error], [ours, code], String(theirs));
  }
  assert.equal(proxy.seen.length, cases.length);
});

test('pictures need no key', async (t) => {
  const keyless = await startFor(t, {
    settings: Object.fromEntries(
      ['OMDB_KEY', 'TMDB_KEY', 'RAWG_KEY', 'GOOGLE_BOOKS_KEY', 'SPOTIFY_CLIENT_ID', 'SPOTIFY_CLIENT_SECRET'].map((name) => [name, '']),
    ),
  });
  for (const path of goodPictures) assert.equal((await keyless.ask(path)).status, 200);
});
