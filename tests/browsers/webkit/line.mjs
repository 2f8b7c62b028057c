// The line of a browser to its servers, which can be cut: a proxy of HTTP, as WebKitGTK has no other way of being without a network.

import { createServer, request } from 'node:http';

export class Line {
  /** Whether nothing gets through. */
  cut = false;

  #server = createServer((asked, answer) => {
    if (this.cut) return void asked.socket.destroy();
    const passed = request(asked.url ?? '', { method: asked.method, headers: asked.headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.on('error', () => asked.socket.destroy()).pipe(answer);
    });
    // A server that is not there is what it would be without a proxy: nothing.
    passed.on('error', () => asked.socket.destroy());
    asked.pipe(passed);
  });

  /** @returns {Promise<number>} the port */
  async listen() {
    await new Promise((listening) => this.#server.listen(0, '127.0.0.1', () => listening(undefined)));
    return /** @type {import('node:net').AddressInfo} */ (this.#server.address()).port;
  }
}
