// What stands in each page of WebKit for the half of WebDriver BiDi (https://w3c.github.io/webdriver-bidi) that has to be there: values that are told and
// values that are held, what the console was told, errors, a new address, a picker for files that opens.

/**
 * Runs in the page, by itself: nothing outside of it is at hand.
 * @param {string} place  the name in the window under which all this is kept @param {string} realm  what the document is called from now on
 * @param {string} context  what its window is called
 * @returns {{url: string, state: DocumentReadyState}}
 */
export function settle(place, realm, context) {
  const page = /** @type {any} */ (globalThis);
  /** @type {Map<string, any>} */
  const held = new Map();
  let last = 0;
  /** @type {object[]} */
  const news = [];
  /** @type {((news: string) => void) | undefined} */
  let listening;
  /** Scripts that were brought as functions, by their text. @type {Map<string, () => unknown>} */
  const scripts = new Map();
  /** The text of one that was not. @type {string | undefined} */
  let missing;
  const lacking = new Error('a script is not here yet');

  /** @param {object} event */
  const tell = (event) => {
    news.push(event);
    listening?.(JSON.stringify(news.splice(0)));
    listening = undefined;
  };

  /** @param {any} value @returns {string} */
  const hold = (value) => {
    const handle = `${realm}.${++last}`;
    held.set(handle, value);
    return handle;
  };

  /** @param {object} value @returns {string} */
  const kindOf = (value) => {
    if (typeof value === 'function') return 'function';
    if (value === page) return 'window';
    if (value instanceof Node) return 'node';
    if (value instanceof Error) return 'error';
    if (Array.isArray(value)) return 'array';
    if (value instanceof Promise) return 'promise';
    if (value instanceof Date) return 'date';
    if (value instanceof RegExp) return 'regexp';
    if (value instanceof Map) return 'map';
    if (value instanceof Set) return 'set';
    if (value instanceof ArrayBuffer) return 'arraybuffer';
    return ArrayBuffer.isView(value) ? 'typedarray' : 'object';
  };

  /**
   * A value as BiDi tells it.
   * @param {any} value @param {boolean} owned  whether it is held for whoever asked @param {number} depth  how much of what is in it is told @returns {object}
   */
  const told = (value, owned, depth) => {
    if (value === null) return { type: 'null' };
    switch (typeof value) {
      case 'undefined':
        return { type: 'undefined' };
      case 'number':
        return { type: 'number', value: Object.is(value, -0) ? '-0' : Number.isFinite(value) ? value : String(value) };
      case 'bigint':
        return { type: 'bigint', value: String(value) };
      case 'string':
      case 'boolean':
        return { type: typeof value, value };
      case 'symbol':
        return { type: 'symbol', ...(owned && { handle: hold(value) }) };
    }
    const type = kindOf(value);
    /** @type {Record<string, any>} */
    const answer = { type };
    if (owned) answer.handle = hold(value);
    if (type === 'node') {
      answer.sharedId = answer.handle ?? hold(value);
      answer.value = { nodeType: value.nodeType, localName: value.localName };
    } else if (type === 'window') answer.value = { context };
    else if (type === 'date') answer.value = value.toISOString();
    else if (type === 'regexp') answer.value = { pattern: value.source, flags: value.flags };
    else if (depth > 0 && type === 'array') answer.value = Array.from(value, (one) => told(one, false, depth - 1));
    else if (depth > 0 && type === 'object') answer.value = Object.entries(value).map(([key, one]) => [key, told(one, false, depth - 1)]);
    return answer;
  };

  /** What was told, as a value again. @param {any} value @returns {any} */
  const made = (value) => {
    const handle = value.handle ?? value.sharedId;
    if (handle !== undefined) {
      if (!held.has(handle)) throw new Error(`no such handle: ${handle}`);
      return held.get(handle);
    }
    switch (value.type) {
      case 'undefined':
        return undefined;
      case 'null':
        return null;
      case 'number':
        return Number(value.value);
      case 'bigint':
        return BigInt(value.value);
      case 'array':
        return value.value.map(made);
      case 'object':
        return Object.fromEntries(value.value.map((/** @type {[any, any]} */ [key, one]) => [typeof key === 'string' ? key : made(key), made(one)]));
      case 'date':
        return new Date(value.value);
      case 'regexp':
        return new RegExp(value.value.pattern, value.value.flags);
      default:
        return value.value;
    }
  };

  /** @param {unknown} error */
  const words = (error) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));

  // A page may forbid that text becomes a script; what Playwright evaluates comes by WebDriver instead, which brings it as a script.
  page.eval = (/** @type {string} */ text) => {
    const script = scripts.get(text);
    if (script) return script();
    missing = text;
    throw lacking;
  };

  const known = page[place];
  page[place] = {
    realm, tell, hold, told, words, lacking,
    /** @param {string} handle */
    get: (handle) => held.get(handle),
    /** @param {string[]} handles */
    let: (handles) => void handles.forEach((handle) => held.delete(handle)),
    /** @param {string} text @param {() => unknown} script */
    learn: (text, script) => void scripts.set(text, script),
    /** Answers that nothing has happened. */
    rest() {
      listening?.('[]');
      listening = undefined;
    },
    /** Gives what happened, as soon as there is something. @param {(news: string) => void} done */
    next(done) {
      this.rest();
      if (news.length > 0) done(JSON.stringify(news.splice(0)));
      else listening = done;
    },
    /**
     * Runs something, waits for what it promises, and says what came of it, or which script it lacks: it is then run anew.
     * @param {(...args: any[]) => any} work @param {object[]} args @param {{owned: boolean, depth: number, wait: boolean}} how @param {(answer: string) => void} done
     */
    async run(work, args, { owned, depth, wait }, done) {
      missing = undefined;
      try {
        const value = work(...args.map(made));
        if (missing !== undefined) return void done(JSON.stringify({ missing }));
        done(JSON.stringify({ type: 'success', result: told(wait ? await value : value, owned, depth) }));
      } catch (error) {
        if (missing !== undefined) return void done(JSON.stringify({ missing }));
        done(JSON.stringify({ type: 'exception', exceptionDetails: { text: words(error) } }));
      }
    },
  };

  // A document that was left and is come back to has what follows already.
  if (!known) {
    const now = () => page[place];
    for (const method of /** @type {const} */ (['debug', 'log', 'info', 'warn', 'error'])) {
      const write = console[method];
      console[method] = (...args) => {
        write.apply(console, args);
        const level = method === 'log' ? 'info' : method;
        const text = args.map((arg) => (typeof arg === 'object' && arg !== null ? now().words(arg) : String(arg))).join(' ');
        now().tell({ entry: { type: 'console', level, method, text, args: [{ type: 'string', value: text }], timestamp: Date.now() } });
      };
    }
    const failed = (/** @type {unknown} */ error) => now().tell({ entry: { type: 'javascript', level: 'error', text: now().words(error), timestamp: Date.now() } });
    addEventListener('error', (event) => event instanceof ErrorEvent && failed(event.error ?? event.message));
    addEventListener('unhandledrejection', (event) => {
      // What was begun without its script is begun anew, and nobody waits for the first.
      if (event.reason === now().lacking) event.stopImmediatePropagation();
      else failed(event.reason);
    });
    const moved = () => now().tell({ url: location.href });
    for (const method of /** @type {const} */ (['pushState', 'replaceState'])) {
      const change = history[method];
      history[method] = (...args) => {
        change.apply(history, args);
        moved();
      };
    }
    addEventListener('popstate', moved);
    addEventListener('hashchange', moved);
    addEventListener('DOMContentLoaded', () => now().tell({ state: 'interactive' }));
    addEventListener('load', () => now().tell({ state: 'complete' }));
    // A document that is left may be kept, standing still, and would not answer any more.
    addEventListener('pagehide', () => now().rest());
    // Nobody could do anything with the window that would open; who waits for it gives the file to the field.
    addEventListener('click', (event) => {
      const field = event.composedPath()[0];
      if (!(field instanceof HTMLInputElement) || field.type !== 'file' || field.disabled) return;
      event.preventDefault();
      now().tell({ picker: now().hold(field), multiple: field.multiple });
    }, true);
  }
  return { url: location.href, state: document.readyState };
}

/**
 * Runs in the page: what comes of the right button at a place. WebKit’s WebDriver presses it, and lets go of the left one in its stead.
 * @param {number} x @param {number} y @param {boolean} down  pressed, or let go
 */
export function pressRight(x, y, down) {
  const target = document.elementFromPoint(x, y) ?? document.documentElement;
  const at = { bubbles: true, cancelable: true, composed: true, view: window, clientX: x, clientY: y, button: 2, buttons: down ? 2 : 0, detail: 1 };
  const pointer = { ...at, pointerId: 1, pointerType: 'mouse', isPrimary: true };
  target.dispatchEvent(new PointerEvent(down ? 'pointerdown' : 'pointerup', pointer));
  const goesOn = target.dispatchEvent(new MouseEvent(down ? 'mousedown' : 'mouseup', at));
  const focused = target.closest('a[href], button, input, [tabindex]');
  if (down && goesOn && focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  target.dispatchEvent(new PointerEvent(down ? 'contextmenu' : 'auxclick', pointer));
}
