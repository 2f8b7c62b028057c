// Serves dist/ on this machine alone, in the way GitHub Pages does: gzip, ETag, ten minutes of caching, no isolation headers.
//   node server.mjs --root DIR [--port N] [--base /owner/name/] [--proxy] [--keys FILE]

import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** @type {Record<string, string>} */
const types = {
  '.bin': 'application/octet-stream',
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/vnd.microsoft.icon',
  '.jpg': 'image/jpeg',
  '.js': 'application/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'application/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.webp': 'image/webp',
};

/** Pages leaves these alone: they are compressed already. */
const compressed = new Set(['.bin', '.jpg', '.png', '.webp', '.ico', '.zip', '.gz', '.br']);

/** @typedef {{stamp: string, plain: Buffer, tag: string, gzip?: Buffer, br?: Buffer}} Kept */

/**
 * @param {string} accepted  an Accept-Encoding header
 * @returns {'gzip' | 'br' | undefined} gzip where it may be had, as Pages knows nothing else
 */
export function chooseEncoding(accepted) {
  const offered = new Map(
    accepted
      .toLowerCase()
      .split(',')
      .map((part) => {
        const [name, ...parameters] = part.split(';').map((piece) => piece.trim());
        const quality = parameters.find((parameter) => parameter.startsWith('q='));
        return [name, quality === undefined ? 1 : Number(quality.slice(2))];
      }),
  );
  for (const name of /** @type {const} */ (['gzip', 'br'])) {
    if ((offered.get(name) ?? offered.get('*') ?? 0) > 0) return name;
  }
  return undefined;
}

/**
 * @param {string} base  any way of writing a path
 * @returns {string} with one slash at each end
 */
export function normaliseBase(base) {
  const middle = base.replace(/^\/+|\/+$/g, '');
  return middle === '' ? '/' : `/${middle}/`;
}

/**
 * @param {{root: string, base?: string, instead?: Map<string, Buffer>}} options  the folder, and the path below which it is served; what is served in
 *   place of some of its files, by name
 * @returns {import('node:http').Server} not listening yet
 */
export function createSite({ root, base = '/', instead = new Map() }) {
  const folder = resolve(root);
  const prefix = normaliseBase(base);
  /** @type {Map<string, Kept>} */
  const kept = new Map();

  /** @param {string} file @returns {Promise<Kept | undefined>} */
  async function load(file) {
    const facts = await stat(file).catch(() => undefined);
    if (!facts?.isFile()) return undefined;
    const other = instead.get(relative(folder, file));
    const stamp = other ? 'other' : `${facts.mtimeMs} ${facts.size}`;
    const known = kept.get(file);
    if (known?.stamp === stamp) return known;
    const plain = other ?? (await readFile(file));
    const fresh = { stamp, plain, tag: createHash('sha256').update(plain).digest('hex').slice(0, 24) };
    kept.set(file, fresh);
    return fresh;
  }

  /**
   * @param {string} path  of the address, still with its escapes
   * @returns {string | undefined} the file's place on disk, never outside of the folder
   */
  function locate(path) {
    let name;
    try {
      name = decodeURIComponent(path.slice(prefix.length));
    } catch {
      return undefined;
    }
    if (name.includes('\0')) return undefined;
    const file = resolve(folder, name === '' || name.endsWith('/') ? join(name, 'index.html') : name);
    return file.startsWith(folder + sep) ? file : undefined;
  }

  return createServer(async (request, response) => {
    const path = (request.url ?? '/').split(/[?#]/)[0];
    /** @param {number} status @param {string} text @param {Record<string, string>} [headers] */
    const say = (status, text, headers = {}) => {
      response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', ...headers });
      response.end(request.method === 'HEAD' ? undefined : `${text}\n`);
    };
    try {
      if (request.method !== 'GET' && request.method !== 'HEAD') return say(405, 'Only GET and HEAD.', { Allow: 'GET, HEAD' });
      if (`${path}/` === prefix) return say(301, 'Moved', { Location: prefix });
      const file = path.startsWith(prefix) ? locate(path) : undefined;
      const found = file === undefined ? undefined : await load(file);
      if (file === undefined || found === undefined) return say(404, `There is no ${path} here.`);

      const extension = extname(file).toLowerCase();
      const encoding = compressed.has(extension) ? undefined : chooseEncoding(String(request.headers['accept-encoding'] ?? ''));
      // Weak, because the same tag stands for the file however it is encoded.
      const tag = `W/"${found.tag}"`;
      /** @type {Record<string, string>} */
      const headers = {
        'Cache-Control': 'max-age=600',
        ETag: tag,
        Vary: 'Accept-Encoding',
        'Access-Control-Allow-Origin': '*',
        'Content-Type': types[extension] ?? 'application/octet-stream',
      };
      const asked = String(request.headers['if-none-match'] ?? '');
      if (asked === '*' || asked.split(',').some((one) => one.trim().replace(/^W\//, '') === `"${found.tag}"`)) {
        response.writeHead(304, headers);
        response.end();
        return;
      }
      let body = found.plain;
      if (encoding === 'gzip') body = found.gzip ??= gzipSync(found.plain);
      if (encoding === 'br') {
        // Quality 11 takes seconds for a module; 5 is what is used on the fly.
        body = found.br ??= brotliCompressSync(found.plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
      }
      if (encoding !== undefined) headers['Content-Encoding'] = encoding;
      headers['Content-Length'] = String(body.length);
      response.writeHead(200, headers);
      response.end(request.method === 'HEAD' ? undefined : body);
    } catch (error) {
      if (!response.headersSent) say(500, `The server could not answer: ${error}`);
      else response.destroy();
    }
  });
}

/**
 * @param {import('node:http').Server} site
 * @param {number} port  0 for any
 * @returns {Promise<number>} the port it listens on
 */
export function listen(site, port) {
  return new Promise((done, failed) => {
    site.once('error', failed);
    site.listen(port, '127.0.0.1', () => {
      site.off('error', failed);
      const address = site.address();
      done(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/**
 * Serves until it is closed; for tests.
 * @param {{root: string, base?: string, port?: number}} options  port 0, or none, for any
 * @returns {Promise<{url: string, close: () => Promise<void>}>}
 */
export async function serve({ root, base = '/', port = 0 }) {
  const site = createSite({ root, base });
  const actual = await listen(site, port);
  return {
    url: `http://127.0.0.1:${actual}${normaliseBase(base)}`,
    close: () =>
      new Promise((done) => {
        site.close(() => done());
        site.closeAllConnections?.();
      }),
  };
}

/** @param {import('node:http').Server} site @param {string | undefined} wanted */
async function listenSomewhere(site, wanted) {
  if (wanted !== undefined) {
    const port = Number(wanted);
    if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`${wanted} is not a port; a port is a number from 1 to 65535`);
    return listen(site, port);
  }
  for (let port = 8080; port < 8100; ++port) {
    try {
      return await listen(site, port);
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EADDRINUSE') throw error;
    }
  }
  return listen(site, 0);
}

/**
 * The page's files that differ when it is to use a proxy.
 * @param {string} root  dist/ @param {string} proxy  its address
 * @returns {Promise<Map<string, Buffer>>} none for a page that asks no service
 */
async function usingProxy(root, proxy) {
  const { withServices } = await import('./assemble.mjs');
  const services = await readFile(join(root, 'services.json'), 'utf8').catch(() => undefined);
  const all = services ? withServices(root, JSON.stringify({ ...JSON.parse(services), proxy })) : new Map();
  return new Map([...all].filter(([name]) => ['index.html', 'services.json', 'sw.js'].includes(name)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      root: { type: 'string' },
      port: { type: 'string' },
      base: { type: 'string', default: '/' },
      proxy: { type: 'boolean', default: false },
      keys: { type: 'string' },
    },
  });
  try {
    const root = values.root ?? '';
    if (!(await stat(root).catch(() => undefined))?.isDirectory()) throw new Error(`${root || '(nothing)'} is not a folder that could be served`);
    /** @type {Map<string, Buffer>} */
    const instead = new Map();
    const port = await listenSomewhere(createSite({ root, base: values.base, instead }), values.port);
    // Its program is there only where npm has brought it.
    const proxy = values.proxy ? await (await import('./proxy.mjs')).serveProxy(port, values.keys) : undefined;
    if (proxy) for (const [name, content] of await usingProxy(root, proxy.url)) instead.set(name, content);
    console.log(`http://127.0.0.1:${port}${normaliseBase(values.base ?? '/')}`);
    if (proxy) console.log(proxy.words);
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    console.error(code === 'EADDRINUSE' ? `error: port ${values.port} is taken; choose another with --port N, or leave it out` : `error: ${message}`);
    process.exit(1);
  }
}
