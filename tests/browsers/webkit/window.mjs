// One window of WebKit: what is asked of it by WebDriver, and what happens in it told as WebDriver BiDi’s events.

import { pause } from '../programs.mjs';
import { pressRight, settle } from './page.mjs';
import { elementKey, Refusal } from './webdriver.mjs';

/** The name in the page’s window under which the script of ours is. */
const place = '__webkitPage';

/** Milliseconds for a document to come. */
const patience = 60000;

let counted = 0;
const fresh = (/** @type {string} */ kind) => `${kind}-${++counted}`;

/** What the sandbox of a document is called. It is the document itself, as WebDriver has no other. @param {string} realm */
export const sandboxOf = (realm) => `${realm}-sandbox`;

/** A script of one expression without what ends it. @param {string} script */
const bare = (script) => script.replace(/[;\s]+$/, '');

/**
 * @typedef {object} Driver  the session that all windows share
 * @property {(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<any>} ask  a request to the session
 * @property {(method: string, params: object) => void} say  an event
 * @property {Window | undefined} current  the window that requests go to
 * @property {Promise<void>} turn  over when another window may be made that
 * @property {() => string} beginning  what each document begins with; by the time that it is known of it may have begun without
 */

export class Window {
  url = 'about:blank';
  #driver;
  #realm = '';
  #closed = false;
  #listening = false;
  /** @type {Promise<void> | undefined} */
  #renewing;
  /** What a document is on its way for. @type {{navigation: string, url: string} | undefined} */
  #expected;
  /** Handles that nobody has any more. @type {string[]} */
  #dropped = [];

  /** @param {Driver} driver @param {string} handle  WebDriver’s, which is BiDi’s name for it as well */
  constructor(driver, handle) {
    this.#driver = driver;
    this.handle = handle;
  }

  /**
   * A request to this window. Those to one window may be on their way side by side; before another gets one, they have arrived.
   * @param {'GET' | 'POST' | 'DELETE'} method @param {string} path @param {object} [body]
   */
  async ask(method, path, body) {
    const driver = this.#driver;
    let over = () => {};
    const before = driver.turn;
    driver.turn = new Promise((done) => (over = () => done(undefined)));
    await before;
    let answer;
    try {
      if (driver.current !== this) {
        if (driver.current) await pause(50);
        await driver.ask('POST', '/window', { handle: this.handle });
        driver.current = this;
        void this.#listen();
      }
      answer = driver.ask(method, path, body);
    } finally {
      over();
    }
    return answer;
  }

  /** Runs the body of a function, which has `done` to answer by. @param {string} body @returns {Promise<any>} */
  #script(body) {
    return this.ask('POST', '/execute/async', { script: `const done = arguments[arguments.length - 1];\n${body}`, args: [] });
  }

  /** The same with `here`, our script in the document as it is known; answers '' if the document is another by now. @param {string} body */
  #inside(body) {
    return this.#script(`const here = window[${JSON.stringify(place)}];\nif (!here || here.realm !== ${JSON.stringify(this.#realm)}) return void done('');\n${body}`);
  }

  /** Says that the window is there, with an empty document. */
  async open() {
    this.#driver.say('browsingContext.contextCreated', { context: this.handle, url: this.url, children: null, parent: null, originalOpener: null, userContext: 'default', clientWindow: this.handle });
    await this.#renew();
  }

  /** Until the document that there is now has our script in it, and it is told that there is a new one. */
  #renew() {
    this.#renewing ??= this.#settle().finally(() => (this.#renewing = undefined));
    return this.#renewing;
  }

  async #settle() {
    const realm = fresh('realm');
    const end = Date.now() + patience;
    for (;;) {
      const wanted = this.#expected?.url;
      const awaited = wanted && wanted !== 'about:blank' ? "location.href === 'about:blank'" : 'false';
      const answer = await Promise.race([
        this.#script(
          `const here = window[${JSON.stringify(place)}];\nif (here && here.realm === ${JSON.stringify(this.#realm)} || ${awaited}) return void done('');\n` +
            // Asked twice, as the first answer was late, it is done once.
            `if (here && here.realm === ${JSON.stringify(realm)}) return void done(JSON.stringify({ url: location.href, state: document.readyState }));\n` +
            `${this.#driver.beginning()}\n` +
            `done(JSON.stringify((${settle})(${JSON.stringify(place)}, ${JSON.stringify(realm)}, ${JSON.stringify(this.handle)})));`,
        ),
        pause(5000),
      ]).catch(() => undefined);
      if (this.#closed) return;
      if (answer) return this.#begin(realm, JSON.parse(answer));
      // What seemed to have been left is still there.
      if (answer === '' && !this.#expected) return;
      if (Date.now() > end) throw new Refusal('timeout', `no document came within ${patience} ms`);
      await pause(5);
    }
  }

  /** @param {string} realm @param {{url: string, state: DocumentReadyState}} document */
  #begin(realm, { url, state }) {
    const { say } = this.#driver;
    const context = this.handle;
    const first = this.#realm === '';
    const navigation = this.#expected?.navigation ?? fresh('navigation');
    if (!first) {
      if (!this.#expected) say('browsingContext.navigationStarted', { context, navigation, url, timestamp: Date.now() });
      for (const gone of [this.#realm, sandboxOf(this.#realm)]) say('script.realmDestroyed', { realm: gone });
      say('browsingContext.navigationCommitted', { context, navigation, url, timestamp: Date.now() });
    }
    this.#expected = undefined;
    this.#realm = realm;
    this.#dropped = [];
    this.url = url;
    say('script.realmCreated', { type: 'window', realm, context, origin: url });
    for (const reached of state === 'loading' ? [] : state === 'interactive' ? ['interactive'] : ['interactive', 'complete']) this.#hear({ state: reached });
    void this.#listen();
  }

  /** Hears what happens in the page, as long as it is the one in front. */
  async #listen() {
    if (this.#listening || this.#realm === '') return;
    this.#listening = true;
    while (!this.#closed && this.#driver.current === this) {
      const news = await this.#inside('here.next(done);').catch(() => '');
      if (this.#closed) break;
      if (news) JSON.parse(news).forEach((/** @type {any} */ one) => this.#hear(one));
      else await this.#renew().catch(() => {});
    }
    this.#listening = false;
  }

  /** @param {{state?: string, url?: string, entry?: object, picker?: string, multiple?: boolean}} news */
  #hear({ state, url, entry, picker, multiple }) {
    const { say } = this.#driver;
    const context = this.handle;
    const at = { context, navigation: null, url: this.url, timestamp: Date.now() };
    if (state) say(`browsingContext.${state === 'complete' ? 'load' : 'domContentLoaded'}`, at);
    if (url) {
      this.url = url;
      say('browsingContext.historyUpdated', { ...at, url });
    }
    if (entry) say('log.entryAdded', { ...entry, source: { realm: this.#realm, context } });
    if (picker) say('input.fileDialogOpened', { context, element: { sharedId: picker }, multiple });
  }

  /**
   * @param {string} work  the source of a function @param {object[]} args  as BiDi has them @param {{owned: boolean, depth: number, wait: boolean}} how
   * @param {boolean} [apart]  whether it is asked for in the sandbox @returns {Promise<object>} the answer of `script.evaluate`
   */
  async evaluate(work, args, how, apart) {
    await this.#renewing;
    const realm = apart ? sandboxOf(this.#realm) : this.#realm;
    const dropped = this.#dropped.splice(0);
    const run = `here.let(${JSON.stringify(dropped)});\nhere.run((${work}\n), ${JSON.stringify(args)}, ${JSON.stringify(how)}, done);`;
    try {
      let answer = await this.#inside(run);
      for (let told; answer && (told = JSON.parse(answer)); answer = await this.#inside(run)) {
        if (told.missing === undefined) return { ...told, realm };
        await this.#inside(`here.learn(${JSON.stringify(told.missing)}, () => (${bare(told.missing)}\n));\ndone();`);
      }
    } catch (error) {
      if (error instanceof Refusal && error.error === 'javascript error') return { type: 'exception', realm, exceptionDetails: { text: error.message } };
      if (this.#closed) throw new Refusal('no such frame', 'the page was closed');
    }
    await this.#renew();
    throw new Refusal('no such handle', 'the document is another by now');
  }

  /** @param {string} expression  a script of one expression @param {Parameters<Window['evaluate']>[2]} [how] @param {boolean} [apart] */
  expression(expression, how = { owned: false, depth: 100, wait: true }, apart) {
    return this.evaluate(`() => (${bare(expression)}\n)`, [], how, apart);
  }

  /** @param {string[]} handles */
  drop(handles) {
    this.#dropped.push(...handles);
  }

  /** @param {string} url @returns {Promise<{navigation: string, url: string}>} */
  async navigate(url) {
    const navigation = fresh('navigation');
    const wanted = new URL(url);
    const here = new URL(this.url);
    if (wanted.hash && wanted.href !== here.href && wanted.href.split('#')[0] === here.href.split('#')[0]) {
      await this.ask('POST', '/url', { url });
      await this.expression(`(async () => { while (location.href !== ${JSON.stringify(wanted.href)}) await new Promise((done) => setTimeout(done, 5)); })()`);
      this.url = wanted.href;
      this.#driver.say('browsingContext.fragmentNavigated', { context: this.handle, navigation, url: wanted.href, timestamp: Date.now() });
    } else await this.#leave(navigation, wanted.href, () => this.ask('POST', '/url', { url }));
    return { navigation, url: this.url };
  }

  /** @returns {Promise<{navigation: string, url: string}>} */
  async reload() {
    const navigation = fresh('navigation');
    await this.#leave(navigation, this.url, () => this.ask('POST', '/refresh', {}));
    return { navigation, url: this.url };
  }

  /** @param {string} navigation @param {string} url @param {() => Promise<unknown>} go */
  async #leave(navigation, url, go) {
    await this.#renewing;
    this.#driver.say('browsingContext.navigationStarted', { context: this.handle, navigation, url, timestamp: Date.now() });
    this.#expected = { navigation, url };
    await go();
    await this.#renew();
  }

  /** @param {{width: number, height: number}} viewport  in CSS pixels, without the window’s own bar */
  async resize({ width, height }) {
    let [wide, high] = [width, height];
    for (let tries = 0; tries < 10; ++tries) {
      await this.ask('POST', '/window/rect', { x: 0, y: 0, width: wide, height: high });
      const inner = await this.#script('requestAnimationFrame(() => requestAnimationFrame(() => done([innerWidth, innerHeight])));');
      if (inner[0] === width && inner[1] === height) return;
      wide += width - inner[0];
      high += height - inner[1];
    }
    throw new Refusal('unsupported operation', `the window does not get to ${width} by ${height}`);
  }

  /** In CSS pixels. @returns {Promise<number>} */
  width() {
    return this.#script('done(innerWidth);');
  }

  /** The right button. @param {{x: number, y: number}} at @param {boolean} down  pressed, or let go */
  async pressRight({ x, y }, down) {
    await this.#script(`(${pressRight})(${x}, ${y}, ${down});\ndone();`);
  }

  /** @param {string} handle  of a field for files @param {string[]} files */
  async giveFiles(handle, files) {
    const element = await this.#inside(`done(here.get(${JSON.stringify(handle)}));`);
    if (!element) throw new Refusal('no such node', 'the field is there no more');
    await this.ask('POST', `/element/${element[elementKey]}/value`, { text: files.join('\n') });
  }

  async close() {
    // What it had still to say is heard before it goes.
    await Promise.race([this.#inside('setTimeout(done, 0, "");').catch(() => {}), pause(1000)]);
    this.#closed = true;
    await this.ask('DELETE', '/window');
    this.#driver.current = undefined;
    this.#driver.say('browsingContext.contextDestroyed', { context: this.handle, url: this.url, children: null, parent: null, originalOpener: null, userContext: 'default', clientWindow: this.handle });
  }
}
