// The proxy in workerd, with one server of the test's as the whole internet and another as the edge's cache.
//
// Whatever a test asks, each answer is searched for the keys byte for byte, and so is, at the end, all that was kept and all that workerd
// wrote; and every host that was reached is held against those that may be.

import assert from 'node:assert/strict';
import http from 'node:http';
import net from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProxy } from '../../scripts/site/proxy.mjs';
import { imageHosts, secrets, tokenHead, wellBehaved } from './services.mjs';

/**
 * @typedef {{method: string, host: string, path: string, query: URLSearchParams, headers: http.IncomingHttpHeaders, body: string}} Seen
 * @typedef {(request: Seen, response: http.ServerResponse) => void} Upstream
 * @typedef {{status: number, headers: Record<string, string>, body: Buffer, text: string, json: any, raw: Buffer}} Answer
 */

export const page = 'https://owner.example';

const mostMillisecondsSilent = 20_000;

/** All that the proxy may reach. */
const hosts = new Set([
  'www.omdbapi.com',
  'api.themoviedb.org',
  'api.rawg.io',
  'api.spotify.com',
  'accounts.spotify.com',
  'www.googleapis.com',
  ...imageHosts,
]);

/** What workerd hands on has a whole address, as requests to an HTTP proxy have, and no Host. */
const serverOptions = { requireHostHeader: false, keepAliveTimeout: 5_000 };

/** @param {Buffer | string} bytes @returns {string | undefined} the name of a secret that they hold, in whatever spelling */
export function secretIn(bytes) {
  const plain = Buffer.from(bytes).toString('latin1');
  const decoded = plain.replace(/%25/g, '%').replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  const unescaped = decoded.replace(/\\+u([0-9a-f]{4})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  const entities = unescaped.replace(/&#x([0-9a-f]+);/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  const spellings = [plain, decoded, unescaped, entities].map((text) => text.toLowerCase());
  const wanted = Object.entries({ ...secrets, token: tokenHead });
  wanted.push(['client and secret', `${secrets.SPOTIFY_CLIENT_ID}:${secrets.SPOTIFY_CLIENT_SECRET}`]);
  for (const [name, secret] of wanted) {
    const forms = [secret, Buffer.from(secret).toString('base64').replace(/=*$/, '').slice(0, -1), Buffer.from(secret).toString('hex')];
    if (forms.some((form) => spellings.some((text) => text.includes(form.toLowerCase())))) return name;
  }
  return undefined;
}

/** @param {http.Server} server @returns {Promise<string>} */
function addressOf(server) {
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => done(`127.0.0.1:${/** @type {net.AddressInfo} */ (server.address()).port}`));
  });
}

/** @param {http.IncomingMessage} request @returns {Promise<Buffer | undefined>} nothing where workerd was ended in the middle of it */
async function bodyOf(request) {
  try {
    const parts = [];
    for await (const part of request) parts.push(part);
    return Buffer.concat(parts);
  } catch {
    return undefined;
  }
}

/** @param {Buffer} raw @returns {Answer} */
function parse(raw) {
  const end = raw.indexOf('\r\n\r\n');
  const [first, ...lines] = raw.subarray(0, end).toString('latin1').split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const body = raw.subarray(end + 4);
  assert.ok(!('transfer-encoding' in headers), 'every answer says how long it is');
  const text = body.toString('utf8');
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: Number(first.split(' ')[1]), headers, body, text, json, raw };
}

/**
 * @param {object} [options]
 * @param {Record<string, string>} [options.settings]  beside those of every test
 * @param {Upstream} [options.upstream]    answers in place of the services
 * @param {'watchedCache' | 'memoryCache' | 'limitedByPlatform'} [options.world]  of workerd.capnp: with a cache that the test sees into,
 *   with the one that comes with the proxy, or without one and with a rate limit of the platform
 */
export async function start({ settings = {}, upstream = wellBehaved, world = 'watchedCache' } = {}) {
  /** @type {Seen[]} */
  const seen = [];
  /** By address: the response as it was put. @type {Map<string, Buffer>} */
  const kept = new Map();
  /** @type {Upstream} */
  let answering = upstream;
  let logs = '';

  const internet = http.createServer(serverOptions, async (request, response) => {
    const { host, pathname, searchParams } = new URL(request.url ?? '');
    const one = {
      method: request.method ?? '',
      host,
      path: pathname,
      query: searchParams,
      headers: request.headers,
      body: String((await bodyOf(request)) ?? ''),
    };
    assert.ok(request.url?.startsWith('https://'), 'nothing is asked without encryption');
    seen.push(one);
    answering(one, response);
  });
  const cache = http.createServer(serverOptions, async (request, response) => {
    const address = request.url ?? '';
    if (request.method === 'PUT') {
      const body = await bodyOf(request);
      if (body) kept.set(address, body);
      response.writeHead(204).end();
      return;
    }
    const found = kept.get(address);
    if (!found) return response.writeHead(504, { 'CF-Cache-Status': 'MISS' }).end();
    const { headers, body } = parse(found);
    response.writeHead(200, { ...headers, 'CF-Cache-Status': 'HIT' }).end(body);
  });

  const closeServers = () => {
    for (const server of [internet, cache]) {
      server.closeAllConnections?.();
      server.close();
    }
  };
  const proxy = await startProxy({
    config: join(dirname(fileURLToPath(import.meta.url)), 'workerd.capnp'),
    constant: world,
    settings: { ORIGINS: `${page}, http://127.0.0.1:8080`, REQUESTS_PER_MINUTE: '100000', ...secrets, ...settings },
    externals: { internet: await addressOf(internet), ...(world === 'watchedCache' && { cache: await addressOf(cache) }) },
    heard: (said) => (logs += said),
  }).catch((error) => {
    closeServers();
    throw error;
  });

  /**
   * Asks in exactly these words.
   * @param {string} path @param {{method?: string, headers?: Record<string, string>, lines?: string}} [how]
   *   lines: further ones, as they are
   * @returns {Promise<Answer>}
   */
  async function ask(path, { method = 'GET', headers = {}, lines = '' } = {}) {
    const fields = Object.entries({ Host: 'proxy.example', Connection: 'close', Origin: page, ...headers }).filter(
      ([, value]) => value !== '',
    );
    /** @type {Buffer} */
    const raw = await new Promise((done, failed) => {
      /** @type {Buffer[]} */
      const parts = [];
      const socket = net.connect(proxy.port, '127.0.0.1', () => {
        socket.write(
          `${method} ${path} HTTP/1.1\r\n${fields.map(([name, value]) => `${name}: ${value}\r\n`).join('')}${lines}\r\n`,
          'latin1',
        );
      });
      socket.on('data', (part) => parts.push(part));
      socket.setTimeout(mostMillisecondsSilent, () => socket.destroy(new Error(`no answer to ${path}`)));
      socket.on('error', failed);
      socket.on('close', () => done(Buffer.concat(parts)));
    });
    assert.equal(secretIn(raw), undefined, `the answer to ${path} holds a secret`);
    return parse(raw);
  }

  return {
    ask,
    seen,
    kept,
    url: proxy.url,
    logs: () => logs,
    /** @param {Upstream} next */
    answerWith: (next) => (answering = next),
    /** @param {RegExp} [expected]  of what workerd has written */
    stop: async (expected = /^$/) => {
      await proxy.stop();
      closeServers();
      for (const { host } of seen) assert.ok(hosts.has(host), `${host} was reached`);
      for (const [address, response] of kept) assert.equal(secretIn(address + response), undefined, 'a secret was kept in the cache');
      assert.match(logs, expected, 'the proxy writes nothing');
      assert.equal(secretIn(logs), undefined, 'a secret was written');
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof start>>} Proxy */

/**
 * One for a single test, which ends with it however that ends.
 * @param {import('node:test').TestContext} t @param {Parameters<typeof start>[0]} [options] @param {RegExp} [expected]  as for stop
 * @returns {Promise<Proxy>}
 */
export async function startFor(t, options, expected) {
  const proxy = await start(options);
  t.after(() => proxy.stop(expected));
  return proxy;
}
