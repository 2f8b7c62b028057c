// Requests that whoever drives the browser looks at before they go out, in the words of WebDriver BiDi’s network module
// (https://w3c.github.io/webdriver-bidi/#module-network).

/** @typedef {import('./line.mjs').Asked} Asked @typedef {import('./line.mjs').Changes} Changes @typedef {import('./line.mjs').Made} Made */

export class Requests {
  #line;
  #say;
  #front;
  #last = 0;
  /** Whose requests are looked at, by the intercept’s name: those of a window, or all. @type {Map<string, string | undefined>} */
  #intercepts = new Map();
  /** What waits for a word. @type {Map<string, (verdict: Changes | Made | undefined) => void>} */
  #waiting = new Map();

  /**
   * @param {import('./line.mjs').Line} line @param {(method: string, params: object) => void} say
   * @param {() => string | undefined} front  the window in front: nothing tells of which one a request is
   */
  constructor(line, say, front) {
    this.#line = line;
    this.#say = say;
    this.#front = front;
  }

  /** @param {{phases: string[], contexts?: string[]}} params */
  add({ phases, contexts }) {
    const intercept = `intercept-${++this.#last}`;
    if (phases.includes('beforeRequestSent')) {
      this.#intercepts.set(intercept, contexts?.[0]);
      this.#line.judge = (asked) => this.#ask(asked);
    }
    return { intercept };
  }

  /** @param {{intercept: string}} params */
  remove({ intercept }) {
    this.#intercepts.delete(intercept);
    if (this.#intercepts.size === 0) this.#line.judge = undefined;
  }

  /** @param {Asked} asked @returns {Promise<Changes | Made | undefined>} */
  #ask(asked) {
    const request = `request-${++this.#last}`;
    const [intercept, window] = [...this.#intercepts.entries()][0] ?? [];
    const destination = String(asked.headers['sec-fetch-dest'] ?? '');
    const headers = Object.entries(asked.headers).map(([name, value]) => ({ name, value: { type: 'string', value: String(value) } }));
    return new Promise((decided) => {
      this.#waiting.set(request, decided);
      this.#say('network.beforeRequestSent', {
        context: window ?? this.#front(), isBlocked: true, intercepts: [intercept], navigation: null, redirectCount: 0, timestamp: Date.now(),
        request: {
          request, url: asked.url, method: asked.method, headers, cookies: [], headersSize: 0, bodySize: null, destination: destination === 'empty' ? '' : destination,
          initiatorType: destination === 'empty' ? 'fetch' : null, timings: {},
        },
      });
    });
  }

  /** @param {string} request @param {Changes | Made | undefined} verdict */
  #decide(request, verdict) {
    this.#waiting.get(request)?.(verdict);
    this.#waiting.delete(request);
  }

  /** @param {{request: string, url?: string, method?: string, headers?: import('./line.mjs').Headers, body?: {value: string}}} params */
  pass({ request, url, method, headers, body }) {
    this.#decide(request, { url, method, headers, ...(body && { body: Buffer.from(body.value, 'base64') }) });
  }

  /** @param {{request: string, statusCode?: number, headers?: import('./line.mjs').Headers, body?: {value: string}}} params */
  answer({ request, statusCode = 200, headers = [], body }) {
    this.#decide(request, { status: statusCode, headers, body: Buffer.from(body?.value ?? '', 'base64') });
  }

  /** @param {{request: string}} params */
  fail({ request }) {
    this.#decide(request, undefined);
  }
}
