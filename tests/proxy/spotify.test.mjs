// Spotify is asked with a token: fetched once, used by all, and renewed when it is old or refused.

import assert from 'node:assert/strict';
import net from 'node:net';
import { test } from 'node:test';
import { startFor } from './harness.mjs';
import { secrets, tokenHead } from './services.mjs';

/**
 * @param {import('node:test').TestContext} t
 * @param {object} how
 * @param {number} [how.life]  seconds of a token
 * @param {(token: string) => boolean} [how.accepts]  which ones are good
 * @param {(number: number, response: import('node:http').ServerResponse) => boolean} [how.give]  answers in place of the service of tokens,
 *   where it says that it has
 * @param {Record<string, string>} [how.settings]
 */
async function spotify(t, { life = 3600, accepts = () => true, give = () => false, settings = {} }) {
  let number = 0;
  const started = await startFor(t, {
    settings,
    upstream: ({ host, headers }, response) => {
      /** @param {number} status @param {object} body */
      const json = (status, body) => response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
      if (host === 'accounts.spotify.com') {
        ++number;
        if (!give(number, response)) json(200, { access_token: `${tokenHead}${number}`, token_type: 'Bearer', expires_in: life });
        return;
      }
      const token = (headers.authorization ?? '').replace('Bearer ', '');
      if (accepts(token)) json(200, { id: 'x', number: Number(token.slice(tokenHead.length)) });
      else json(401, { error: { status: 401, message: `The access token ${token} expired` } });
    },
  });
  return { ask: started.ask, url: started.url, tokens: () => number, searches: () => started.seen.length - number };
}

const path = '/spotify/v1/albums/x';

test('one token for many requests', async (t) => {
  const { ask, tokens } = await spotify(t, {});
  for (let i = 0; i < 5; ++i) assert.equal((await ask(`/spotify/v1/search?q=${i}&type=album&limit=10`)).json.number, 1);
  assert.equal(tokens(), 1);
});

test('one token for many requests at once', async (t) => {
  const { ask, tokens } = await spotify(t, {
    give: (number, response) => {
      setTimeout(() => response.end(JSON.stringify({ access_token: `${tokenHead}${number}`, expires_in: 3600 })), 200);
      return true;
    },
  });
  const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => ask(`${path}${i}`)));
  for (const { status, text } of answers) assert.equal(status, 200, text);
  assert.equal(tokens(), 1);
});

test('the one who asked for it leaves, the others get it all the same', async (t) => {
  const { ask, url, tokens } = await spotify(t, {
    give: (number, response) => {
      setTimeout(() => response.end(JSON.stringify({ access_token: `${tokenHead}${number}`, expires_in: 3600 })), 400);
      return true;
    },
  });
  const { port } = new URL(url);
  await new Promise((done) => {
    const socket = net.connect(Number(port), '127.0.0.1', () => {
      socket.write(`GET ${path} HTTP/1.1\r\nHost: proxy.example\r\n\r\n`);
      setTimeout(() => {
        socket.destroy();
        done(undefined);
      }, 100);
    });
  });
  assert.equal((await ask(`${path}1`)).status, 200);
  assert.equal((await ask(`${path}2`)).status, 200);
  assert.equal(tokens(), 1);
});

test('an old token is renewed before it ends', async (t) => {
  const { ask, tokens } = await spotify(t, { life: 2 });
  assert.equal((await ask(`${path}1`)).json.number, 1);
  assert.equal((await ask(`${path}2`)).json.number, 1);
  await new Promise((done) => setTimeout(done, 1_900));
  assert.equal((await ask(`${path}3`)).json.number, 2);
  assert.equal(tokens(), 2);
});

test('a refused token is renewed once, and the request made again', async (t) => {
  const { ask, tokens, searches } = await spotify(t, { accepts: (token) => !token.endsWith('-1') });
  assert.equal((await ask(path)).json.number, 2);
  assert.deepEqual([tokens(), searches()], [2, 2]);
});

test('where the new one is refused too it is said', async (t) => {
  const { ask, tokens, searches } = await spotify(t, { accepts: () => false });
  const { status, json } = await ask(path);
  assert.deepEqual([status, json.error, json.service], [502, 'key_refused', 'spotify']);
  assert.deepEqual([tokens(), searches()], [2, 2]);
});

test('credentials that are refused', async (t) => {
  const { ask, searches } = await spotify(t, {
    give: (_, response) => {
      response.writeHead(400, { 'X-Sent': Buffer.from(secrets.SPOTIFY_CLIENT_SECRET).toString('base64') });
      response.end(
        JSON.stringify({ error: 'invalid_client', error_description: `Invalid client secret ${secrets.SPOTIFY_CLIENT_SECRET}` }),
      );
      return true;
    },
  });
  const { status, json } = await ask(path);
  assert.deepEqual([status, json.error], [502, 'key_refused']);
  assert.equal(searches(), 0);
});

test('a service of tokens that is broken, slow or moved, and then is not', async (t) => {
  /** @type {[(response: import('node:http').ServerResponse) => void, number, string][]} */
  const cases = [
    [(response) => response.destroy(), 502, 'unreachable'],
    [(response) => response.end('<html>'), 502, 'bad_answer'],
    [(response) => response.end('null'), 502, 'bad_answer'],
    [(response) => response.end('{"access_token":"a\\r\\nX: y-longer","expires_in":3600}'), 502, 'bad_answer'],
    [(response) => response.end(`{"access_token":"${tokenHead}","expires_in":"soon"}`), 502, 'bad_answer'],
    [(response) => response.end(Buffer.alloc(1 << 20, ' ')), 502, 'too_large'],
    [(response) => response.writeHead(302, { Location: 'https://evil.example/' }).end(), 502, 'moved'],
    [(response) => response.writeHead(500).end('{}'), 502, 'bad_answer'],
    [() => {}, 504, 'too_slow'],
  ];
  const { ask, searches } = await spotify(t, {
    settings: { TIME_LIMIT_MS: '1000' },
    give: (number, response) => {
      cases[number - 1]?.[0](response);
      return number <= cases.length;
    },
  });
  for (const [, status, code] of cases) {
    const answer = await ask(path);
    assert.deepEqual([answer.status, answer.json.error], [status, code]);
    assert.equal(searches(), 0);
  }
  assert.equal((await ask(path)).status, 200);
});
