#!/usr/bin/env node
// Firefox as a program that Playwright can drive: the Firefox that systems ship, whose WebDriver BiDi (https://w3c.github.io/webdriver-bidi) is asked through
// here. What it does not know yet of that protocol is done in its window (firefox/window.mjs) or, where no test rests on it, answered in its place.

import { spawn } from 'node:child_process';
import { renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { instead } from './firefox/window.mjs';

const require = createRequire(fileURLToPath(new URL('../../web/package.json', import.meta.url)));
const { WebSocket, WebSocketServer } = /** @type {typeof import('ws')} */ (require('ws'));

/** Commands that are no error where the browser does not know them. */
const optional = /^emulation\.|^network\.setExtraHeaders$/;

const browser = spawn(process.env.FIREFOX || 'firefox-esr', ['--remote-allow-system-access', ...process.argv.slice(2)], {
  stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, LIBGL_ALWAYS_SOFTWARE: '1' },
});
browser.on('exit', (code) => process.exit(code ?? 1));
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP'])) process.on(signal, () => browser.kill(signal));

/** Names of the files that are on their way, by address. @type {Map<string, string>} */
const names = new Map();

/**
 * A download that no navigation has begun (a link with the file in it) has nothing yet by which it is known: here it gets its address. A second file of a
 * name takes the place of the first, which was fetched by then.
 * @param {{method: string, params: {url: string, download?: string, suggestedFilename: string, filepath?: string}}} event
 */
function nameDownload(event) {
  const { params } = event;
  params.download ??= params.url;
  if (event.method === 'browsingContext.downloadWillBegin') names.set(params.url, params.suggestedFilename);
  const name = names.get(params.url);
  if (event.method === 'browsingContext.downloadEnd' && params.filepath && name) renameSync(params.filepath, join(dirname(params.filepath), name));
}

/** @param {string} address */
function serve(address) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (asking) => {
    const answering = new WebSocket(`${address}/session`, { perMessageDeflate: false, maxPayload: 0 });
    /** @type {Map<number, string>} */
    const asked = new Map();
    /** @type {string[]} */
    const early = [];
    /** What was asked from here, from the end of the numbers. @type {Map<number, {resolve: (result: any) => void, reject: (error: Error) => void}>} */
    const own = new Map();
    let last = Number.MAX_SAFE_INTEGER;
    /** @param {string} method @param {object} params @returns {Promise<any>} */
    const ask = (method, params) =>
      new Promise((resolve, reject) => {
        own.set(--last, { resolve, reject });
        answering.send(JSON.stringify({ id: last, method, params }));
      });
    asking.on('message', (data) => {
      const text = String(data);
      const { id, method, params } = JSON.parse(text);
      const done = instead[method]?.(params, ask);
      if (done) {
        done.then(
          (result) => asking.send(JSON.stringify({ type: 'success', id, result })),
          ({ message }) => asking.send(JSON.stringify({ type: 'error', id, error: 'unknown error', message })),
        );
        return;
      }
      if (optional.test(method)) asked.set(id, method);
      if (answering.readyState === WebSocket.OPEN) answering.send(text);
      else early.push(text);
    });
    answering.on('open', () => early.splice(0).forEach((text) => answering.send(text)));
    answering.on('message', (data) => {
      const text = String(data);
      const message = JSON.parse(text);
      const { id, type, error } = message;
      const mine = own.get(id);
      if (mine) {
        own.delete(id);
        if (type === 'error') mine.reject(new Error(`${error}: ${message.message}`));
        else mine.resolve(message.result);
        return;
      }
      if (message.method?.startsWith('browsingContext.download')) {
        nameDownload(message);
        asking.send(JSON.stringify(message));
        return;
      }
      const unknown = type === 'error' && asked.has(id) && /unknown command|unsupported operation/.test(error);
      asked.delete(id);
      asking.send(unknown ? JSON.stringify({ type: 'success', id, result: {} }) : text);
    });
    asking.on('close', () => answering.close());
    answering.on('close', () => asking.close());
    answering.on('error', () => asking.close());
  });
  server.on('listening', () => {
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    process.stderr.write(`WebDriver BiDi listening on ws://127.0.0.1:${port}\n`);
  });
}

let said = '';
browser.stderr.setEncoding('utf8').on('data', (text) => {
  said = (said + text).slice(-4000);
  const found = /WebDriver BiDi listening on (ws:\/\/[^\s]+)/.exec(said);
  if (!found) return;
  said = '';
  serve(found[1]);
});
