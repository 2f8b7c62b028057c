// The line of a browser to its servers: a proxy of HTTP, as WebKitGTK has no other way of being without a network, of asking before a request goes out, or
// of running a script before a page's own.

import { createServer, request } from 'node:http';

/**
 * @typedef {import('node:http').IncomingMessage} Asked
 * @typedef {import('node:http').ServerResponse} Answer
 * @typedef {{name: string, value: {value: string}}[]} Headers  as WebDriver BiDi has them
 * @typedef {{url?: string, method?: string, headers?: Headers, body?: Buffer}} Changes  what goes out otherwise than it came
 * @typedef {{status: number, headers: Headers, body: Buffer}} Made  an answer that no server gave
 */

/** @param {Headers} headers @returns {Record<string, string>} */
const plain = (headers) => Object.fromEntries(headers.map(({ name, value }) => [name.toLowerCase(), value.value]));

export class Line {
  /** Whether nothing gets through. */
  cut = false;

  /** Asked before a request goes out; `undefined` is that it fails. @type {((asked: Asked) => Promise<Changes | Made | undefined>) | undefined} */
  judge;

  /** Scripts that each document begins with, by their names. @type {Map<string, string>} */
  scripts = new Map();

  /** What runs all scripts, if they have not run yet: a service worker answers with a document that did not come by here. */
  beginning() {
    return this.scripts.size === 0 ? '' : `if (!window.__webkitBegun) {\n  window.__webkitBegun = true;\n${[...this.scripts.values()].map((script) => `  ${script};\n`).join('')}}`;
  }

  #server = createServer(async (asked, answer) => {
    const verdict = this.cut ? undefined : this.judge ? await this.judge(asked) : {};
    if (this.cut || !verdict) return void asked.socket.destroy();
    if ('status' in verdict) {
      answer.writeHead(verdict.status, { ...plain(verdict.headers), 'cache-control': 'no-store', 'content-length': verdict.body.length });
      return void answer.end(verdict.body);
    }
    const isDocument = this.scripts.size > 0 && asked.headers['sec-fetch-dest'] === 'document';
    const headers = verdict.headers ? plain(verdict.headers) : { ...asked.headers };
    if (isDocument) for (const name of ['accept-encoding', 'if-none-match', 'if-modified-since']) delete headers[name];
    const passed = request(verdict.url ?? asked.url ?? '', { method: verdict.method ?? asked.method, headers }, (response) => {
      response.on('error', () => asked.socket.destroy());
      if (isDocument && /^text\/html/.test(response.headers['content-type'] ?? '')) return void this.#begin(response, answer);
      // What is kept would not be asked for again.
      answer.writeHead(response.statusCode ?? 502, { ...response.headers, ...(this.judge && { 'cache-control': 'no-store' }) });
      response.pipe(answer);
    });
    // A server that is not there is what it would be without a proxy: nothing.
    passed.on('error', () => asked.socket.destroy());
    // What the browser does not wait for any more, nobody does.
    answer.on('close', () => void (answer.writableFinished || passed.destroy()));
    if (verdict.body) passed.end(verdict.body);
    else asked.pipe(passed);
  });

  /** A document with the scripts before everything of its own, also what it forbids. @param {Asked} response @param {Answer} answer */
  async #begin(response, answer) {
    let text = '';
    for await (const part of response.setEncoding('utf8')) text += part;
    const scripts = `<script>${this.beginning().replaceAll('</script', '<\\/script')}</script>`;
    const { 'content-length': _, etag, ...headers } = response.headers;
    answer.writeHead(response.statusCode ?? 200, { ...headers, 'cache-control': 'no-store' });
    answer.end(text.replace(/<head[^>]*>/i, (head) => head + scripts));
  }

  /** @returns {Promise<number>} the port */
  async listen() {
    await new Promise((listening) => this.#server.listen(0, '127.0.0.1', () => listening(undefined)));
    return /** @type {import('node:net').AddressInfo} */ (this.#server.address()).port;
  }
}
