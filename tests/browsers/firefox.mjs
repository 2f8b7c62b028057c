#!/usr/bin/env node
// Firefox as a program that Playwright can drive: the Firefox that systems ship, whose WebDriver BiDi (https://w3c.github.io/webdriver-bidi) is asked through
// here. What it does not know yet of that protocol, and no test rests on, is answered in its place; colours follow the preferences of the profile.

import { spawn } from 'node:child_process';
import { renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(fileURLToPath(new URL('../../web/package.json', import.meta.url)));
const { WebSocket, WebSocketServer } = /** @type {typeof import('ws')} */ (require('ws'));

/** Commands that are no error where the browser does not know them. */
const optional = /^emulation\.|^network\.setExtraHeaders$/;

const browser = spawn(process.env.FIREFOX || 'firefox-esr', process.argv.slice(2), { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, LIBGL_ALWAYS_SOFTWARE: '1' } });
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
    asking.on('message', (data) => {
      const text = String(data);
      const { id, method } = JSON.parse(text);
      if (optional.test(method)) asked.set(id, method);
      if (answering.readyState === WebSocket.OPEN) answering.send(text);
      else early.push(text);
    });
    answering.on('open', () => early.splice(0).forEach((text) => answering.send(text)));
    answering.on('message', (data) => {
      const text = String(data);
      const message = JSON.parse(text);
      const { id, type, error } = message;
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
