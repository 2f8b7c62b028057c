// Runs the proxy (web/proxy/) on this machine, in the workerd that npm has brought.

import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const load = createRequire(join(repository, 'web', 'package.json'));

/** Where the keys are looked for; git ignores it. */
export const keysFile = join(repository, 'web', 'proxy', '.dev.vars');

const mostMillisecondsToStart = 20_000;

/** The secrets that the proxy knows. */
export const keyNames = ['OMDB_KEY', 'TMDB_KEY', 'RAWG_KEY', 'SPOTIFY_CLIENT_ID', 'SPOTIFY_CLIENT_SECRET', 'GOOGLE_BOOKS_KEY'];

/**
 * @param {string} text  lines of NAME=value; "#" begins a comment line, and a value may stand in quotes
 * @returns {Record<string, string>} those of the known keys that have a value
 */
export function readKeys(text) {
  /** @type {Record<string, string>} */
  const keys = {};
  text.split(/\r?\n/).forEach((line, index) => {
    if (/^\s*(#|$)/.test(line)) return;
    const [, name, value] = /^\s*([A-Z_]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    // What stands in the line is not repeated: it may be a key.
    if (name === undefined || !keyNames.includes(name))
      throw new Error(`line ${index + 1} of the keys is not NAME=value with one of ${keyNames.join(', ')}`);
    const plain = value.replace(/^(["'])(.*)\1$/, '$2');
    if (plain !== '') keys[name] = plain;
  });
  return keys;
}

/**
 * @param {object} options
 * @param {string} [options.config]    workerd's configuration; without it web/proxy/workerd.capnp
 * @param {string} [options.constant]  which constant of it
 * @param {number} [options.port]      0, or none, for any
 * @param {Record<string, string>} options.settings   what the proxy reads from its environment, which is nothing else
 * @param {Record<string, string>} [options.externals]  addresses of the configuration's external services
 * @param {(said: string) => void} [options.heard]     gets what workerd writes
 * @returns {Promise<{url: string, port: number, ended: Promise<number | null>, stop: () => Promise<void>}>} when it listens
 */
export async function startProxy({
  config = join(repository, 'web/proxy/workerd.capnp'),
  constant = 'config',
  port = 0,
  settings,
  externals = {},
  heard,
}) {
  /** @type {{default: string}} */
  const { default: program } = load('workerd');
  const child = spawn(
    program,
    [
      'serve',
      config,
      constant,
      `--socket-addr=http=127.0.0.1:${port}`,
      '--control-fd=3',
      ...Object.entries(externals).map(([name, address]) => `--external-addr=${name}=${address}`),
    ],
    { env: settings, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] },
  );
  // It has no reason to outlive this program.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (part) => {
      said += part;
      heard?.(String(part));
    });
  }
  /** @type {Promise<number | null>} */
  const ended = new Promise((done) => {
    child.on('error', (error) => {
      said += error.message;
      done(null);
    });
    child.on('close', (code) => {
      process.off('exit', kill);
      done(code);
    });
  });
  const listening = new Promise((done) => {
    let control = '';
    child.stdio[3]?.on('data', (part) => {
      control += part;
      const event = control.split('\n').find((line) => line.includes('"listen"'));
      if (event) done(JSON.parse(event).port);
    });
  });
  /** @type {NodeJS.Timeout | undefined} */
  let patience;
  const tooLong = new Promise((done) => (patience = setTimeout(done, mostMillisecondsToStart)));
  const failed = Promise.race([ended, tooLong]).then(() => {
    kill();
    throw new Error(`the proxy's workerd did not start: ${said.trim() || 'it said nothing'}`);
  });
  const actual = await Promise.race([listening, failed]).finally(() => clearTimeout(patience));
  return {
    url: `http://127.0.0.1:${actual}`,
    port: actual,
    ended,
    stop: async () => {
      kill();
      await ended;
    },
  };
}

/** @returns {Promise<number>} 8787, or the next port that is free */
async function freePort() {
  for (let port = 8787; port < 8807; ++port) {
    const free = await new Promise((done) => {
      const probe = createServer();
      probe.once('error', () => done(false));
      probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)));
    });
    if (free) return port;
  }
  return 0;
}

/**
 * The proxy beside the page, for as long as this program runs.
 * @param {number} pagePort  of the page that may ask
 * @param {string} [file]    holds the keys
 * @returns {Promise<{url: string, words: string}>} its address, and what to say of it
 */
export async function serveProxy(pagePort, file = keysFile) {
  const keys = existsSync(file) ? readKeys(readFileSync(file, 'utf8')) : {};
  const settings = { ...keys, ORIGINS: `http://127.0.0.1:${pagePort} http://localhost:${pagePort}` };
  const proxy = await startProxy({ settings, port: await freePort(), heard: (said) => process.stderr.write(said) });
  let leaving = false;
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, async () => {
      leaving = true;
      await proxy.stop();
      process.exit();
    });
  }
  void proxy.ended.then((code) => {
    if (leaving) return;
    console.error(`error: the proxy has ended (${code ?? 'killed'})`);
    process.exit(1);
  });
  const missing = keyNames.filter((name) => !(name in keys));
  const without = missing.length > 0 ? `, without ${missing.join(', ')} (web/proxy/dev.vars.example says where they go)` : '';
  return { url: proxy.url, words: `${proxy.url} is the proxy${without}` };
}
