// No key leaves the proxy but to its service: not when a service repeats it, in whatever spelling, and not when something fails.

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { start, startFor } from './harness.mjs';
import { goodPaths, secrets, tokenHead, wellBehaved } from './services.mjs';

/** @type {import('./harness.mjs').Proxy} */
let proxy;
before(async () => {
  proxy = await start();
});
after(() => proxy.stop());
beforeEach(() => {
  proxy.kept.clear();
});

const all = Object.values(secrets);
/** @param {string} text */
const percent = (text) => [...text].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join('');
/** @param {string} text */
const unicode = (text) => [...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
/** @param {string} text */
const base64 = (text) => Buffer.from(text).toString('base64');

/** Each way in which a service could repeat a key within JSON. @type {Record<string, (key: string) => string>} */
const echoes = {
  'as a text': (key) => JSON.stringify({ Title: 'x', echo: key }),
  'within an address': (key) => JSON.stringify({ next: `https://api.rawg.io/api/games?key=${encodeURIComponent(key)}&page=2` }),
  'as a name': (key) => JSON.stringify({ deep: [{ [`x-${key}`]: 1 }] }),
  'deep down': (key) => JSON.stringify({ a: [[{ b: { c: [key] } }]] }),
  'in capitals': (key) => JSON.stringify({ echo: key.toUpperCase() }),
  'with JSON’s escapes': (key) => `{"echo": "${unicode(key)}"}`,
  'with escapes of a text in a text': (key) => JSON.stringify({ echo: `{"key": "${unicode(key)}"}` }),
  'percent-encoded': (key) => JSON.stringify({ echo: percent(key) }),
  'percent-encoded twice': (key) => JSON.stringify({ echo: percent(key).replace(/%/g, '%25') }),
  'with HTML’s entities': (key) => JSON.stringify({ echo: [...key].map((letter) => `&#x${letter.charCodeAt(0).toString(16)};`).join('') }),
  'in Base64': (key) => JSON.stringify({ echo: `Basic ${base64(key)}` }),
  'in Base64, after another byte': (key) => JSON.stringify({ echo: base64(`u${key}`).slice(2) }),
  'in Base64, after a user': (key) => JSON.stringify({ echo: base64(`user:${key}`) }),
  'twice under one name': (key) => `{"echo": ${JSON.stringify(key)}, "echo": "x"}`,
  'as __proto__': (key) => `{"__proto__": {"echo": ${JSON.stringify(key)}}}`,
};
for (const [kind, echo] of Object.entries(echoes)) {
  test(`a service that repeats a key ${kind}`, async () => {
    for (const key of all) {
      proxy.answerWith((_, response) => {
        response.writeHead(200, {
          'Content-Type': 'application/json',
          'X-Echo': encodeURIComponent(key),
          'Set-Cookie': `key=${encodeURIComponent(key)}`,
          Link: `<https://x?key=${encodeURIComponent(key)}>`,
        });
        response.end(echo(key));
      });
      proxy.kept.clear();
      // The harness searches the answer; here it is made sure that there is one.
      const answer = await proxy.ask('/rawg/api/games/mole-orchestra');
      assert.equal(answer.status, 200);
      assert.equal(typeof answer.json, 'object');
    }
  });
}

test('the rest of an answer that repeats the key is left as it was', async () => {
  proxy.answerWith((_, response) => {
    response.end(
      JSON.stringify({
        count: 2,
        next: `https://api.rawg.io/api/games?key=${secrets.RAWG_KEY}&page=2`,
        results: [{ name: '100 % “fun” & <b>', n: 4.25, none: null, yes: true }],
      }),
    );
  });
  const { json } = await proxy.ask('/rawg/api/games?search=mole&page_size=15');
  assert.deepEqual(json, { count: 2, next: '', results: [{ name: '100 % “fun” & <b>', n: 4.25, none: null, yes: true }] });
});

test('headers of a service stay with the proxy', async () => {
  proxy.answerWith((_, response) => {
    response.writeHead(200, {
      Server: 'secret-server',
      'Set-Cookie': 'a=b',
      'X-Api-Key': 'x',
      'Access-Control-Allow-Origin': '*',
      'Content-Type': 'text/html',
      ETag: '"x"',
      'Content-Security-Policy': 'x',
      'Alt-Svc': 'x',
    });
    response.end('{"a":1}');
  });
  const { headers } = await proxy.ask('/rawg/api/games/mole-orchestra');
  assert.deepEqual(Object.keys(headers).sort(), [
    'access-control-allow-origin',
    'access-control-expose-headers',
    'cache-control',
    'connection',
    'content-length',
    'content-security-policy',
    'content-type',
    'cross-origin-resource-policy',
    'referrer-policy',
    'vary',
    'x-content-type-options',
  ]);
  assert.equal(headers['content-type'], 'application/json; charset=utf-8');
  assert.equal(headers['access-control-allow-origin'], 'https://owner.example');
});

/** @type {[number, string, number, string][]} status of the service, its body, status of the proxy, its code */
const failures = [
  [400, '{}', 502, 'unavailable'],
  [401, '{"error": "no"}', 502, 'key_refused'],
  [401, '{"Response": "False", "Error": "Request limit reached!"}', 429, 'used_up'],
  [403, '{"error": {"errors": [{"reason": "quotaExceeded"}]}}', 429, 'used_up'],
  [403, 'KEY', 502, 'key_refused'],
  [404, '<html>KEY</html>', 404, 'not_found'],
  [418, 'KEY', 502, 'unavailable'],
  [429, 'KEY', 429, 'busy'],
  [500, '<pre>Error at /?apikey=KEY</pre>', 502, 'unavailable'],
  [503, 'KEY', 503, 'busy'],
  [200, '<html>KEY</html>', 502, 'bad_answer'],
  [200, '{"a": "KEY"', 502, 'bad_answer'],
  [200, '', 502, 'bad_answer'],
  [200, '"KEY"', 502, 'bad_answer'],
  [200, '["KEY"]', 502, 'bad_answer'],
  [200, 'null', 502, 'bad_answer'],
  [206, '{"a": "KEY"}', 502, 'unavailable'],
];
test('what a service says of a failure is told in the proxy’s words', async () => {
  for (const path of [
    '/omdb/?s=a&type=movie',
    '/tmdb/3/find/tt9900001?external_source=imdb_id',
    '/rawg/api/games/a',
    '/googlebooks/books/v1/volumes/a',
  ])
    for (const [theirs, body, ours, code] of failures) {
      proxy.answerWith((_, response) =>
        response.writeHead(theirs, { 'X-Key': all.map(percent).join(' ') }).end(body.replace('KEY', all.join(' '))),
      );
      const answer = await proxy.ask(path);
      assert.deepEqual([answer.status, answer.json?.error], [ours, code], `${theirs} ${body}`);
      assert.match(answer.json.message, /^[A-Z].*\.$/);
      assert.equal(answer.headers['cache-control'], 'no-store');
      assert.ok(![...proxy.kept.keys()].some((address) => address.endsWith(path.slice(path.indexOf('/', 1)))), 'a failure is not kept');
    }
});

test('JSON nested deeper than any honest answer', async () => {
  proxy.answerWith((_, response) => response.end(`{"a":${'['.repeat(200_000)}"${secrets.RAWG_KEY}"${']'.repeat(200_000)}}`));
  const answer = await proxy.ask('/rawg/api/games/mole-orchestra');
  assert.deepEqual([answer.status, answer.json.error], [502, 'bad_answer']);
});

test('how long to wait is passed on as a number of seconds and nothing else', async () => {
  /** @type {[string, RegExp][]} */
  const cases = [
    ['7', /^7$/],
    ['0', /^1$/],
    [new Date(Date.now() + 90_000).toUTCString(), /^(8[0-9]|9[01])$/],
    [secrets.OMDB_KEY, /^60$/],
    ['999999', /^86400$/],
    ['1e3', /^60$/],
  ];
  for (const [said, expected] of cases) {
    proxy.answerWith((_, response) => response.writeHead(429, { 'Retry-After': said }).end());
    assert.match((await proxy.ask('/omdb/?s=a&type=movie')).headers['retry-after'], expected, said);
  }
});

test('a redirect is not followed, and its address, which holds the key, is not told', async () => {
  for (const place of [
    'https://evil.example/?k=',
    'https://api.rawg.io/api/games/other?key=',
    '/api/games/other?key=',
    '//evil.example/',
    'http://api.rawg.io/',
    'file:///etc/passwd?',
  ])
    for (const status of [300, 301, 302, 303, 304, 307, 308]) {
      proxy.seen.length = 0;
      proxy.answerWith((_, response) => response.writeHead(status, { Location: place + secrets.RAWG_KEY }).end(secrets.RAWG_KEY));
      const answer = await proxy.ask('/rawg/api/games/mole-orchestra');
      assert.deepEqual([answer.status, answer.json.error], [502, 'moved'], `${status} ${place}`);
      assert.equal(answer.headers.location, undefined);
      assert.equal(proxy.seen.length, 1);
    }
});

test('Spotify’s token is no more told than a key', async () => {
  proxy.answerWith((request, response) => {
    if (request.host === 'accounts.spotify.com') return wellBehaved(request, response);
    const sent = request.headers.authorization ?? '';
    assert.ok(sent.startsWith(`Bearer ${tokenHead}`));
    response.writeHead(200, { 'X-Sent': sent }).end(JSON.stringify({ sent, again: percent(sent), basic: base64(sent) }));
  });
  assert.deepEqual((await proxy.ask('/spotify/v1/albums/echo')).json, { sent: '', again: '', basic: '' });
});

/** @type {[string, string, string][]} service, setting, its value: what can be no key counts as none */
const keyless = [
  ['omdb', 'OMDB_KEY', ''],
  ['tmdb', 'TMDB_KEY', ''],
  ['rawg', 'RAWG_KEY', ''],
  ['googlebooks', 'GOOGLE_BOOKS_KEY', ''],
  ['spotify', 'SPOTIFY_CLIENT_ID', ''],
  ['spotify', 'SPOTIFY_CLIENT_SECRET', ''],
  ['omdb', 'OMDB_KEY', 'short'],
  ['omdb', 'OMDB_KEY', 'with a space in it'],
  ['omdb', 'OMDB_KEY', 'line\r\nend-of-a-key'],
  ['omdb', 'OMDB_KEY', 'schlüssel-der-keiner-ist'],
];
for (const [word, name, value] of keyless) {
  test(`where ${name} is ${JSON.stringify(value)}, ${word} is said to have no key here, and is not asked`, async (t) => {
    const own = await startFor(t, { settings: { [name]: value } });
    for (const path of goodPaths.filter((one) => one.startsWith(`/${word}/`))) {
      const answer = await own.ask(path);
      assert.equal(answer.status, 404);
      assert.deepEqual([answer.json.error, answer.json.service], ['no_key', word]);
      assert.match(answer.json.message, /^This proxy has no key for /);
    }
    assert.equal(own.seen.length, 0);
    assert.equal((await own.ask(goodPaths.find((one) => !one.startsWith(`/${word}/`)) ?? '')).status, 200, 'the others are asked');
  });
}
