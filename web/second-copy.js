// A second copy of the journal, outside IndexedDB. A browser's database can be lost as a whole, and nobody is told: Chromium goes on writing behind
// a record of its log that was torn when it was killed, cannot read the log at the second start after that, and begins an empty database in place of
// the whole one. The copy is kept by the Cache API, which stores it elsewhere and as files of its own, and brought back when the database is empty.

/**
 * @typedef {object} Files  the part of Emscripten's file system that is needed
 * @property {(path: string) => string[]} readdir
 * @property {(path: string) => {mtime: Date}} stat
 * @property {(path: string) => Uint8Array} readFile
 * @property {(path: string, bytes: Uint8Array) => void} writeFile
 */

/** Milliseconds that a write-back waits for the copy. */
const patience = 3000;
/**
 * Kept models can be trained again, and answers of services asked for again; these may also not be kept for longer than their terms allow. Keys lie
 * in one place alone.
 */
const isCopied = (/** @type {string} */ name) => !/^(\.|model|answers-|own-keys)/.test(name);
const timeHeader = 'X-Modified';

export class SecondCopy {
  #files;
  #folder;
  #name;
  /** @type {Promise<Cache> | null} null where the browser has none, or it failed */
  #cache = null;
  /** What it holds: names with the time of their last change. @type {Map<string, string>} */
  #held = new Map();

  /** @param {Files} files @param {string} folder  where the journal lies; also tells one copy of the page from another */
  constructor(files, folder) {
    this.#files = files;
    this.#folder = folder;
    this.#name = `media-hub-copy:${folder}`;
  }

  /**
   * Looks at what there is of a copy and puts it into the folder if that has nothing. @returns {Promise<boolean>} whether it did
   */
  async open() {
    try {
      this.#cache = caches.open(this.#name);
      const cache = await this.#cache;
      const restored = this.#names().length === 0;
      for (const request of await cache.keys()) {
        const response = await cache.match(request);
        if (!response) continue;
        const name = decodeURIComponent(new URL(request.url).pathname.split('/').at(-1) ?? '');
        this.#held.set(name, response.headers.get(timeHeader) ?? '');
        if (restored) this.#files.writeFile(`${this.#folder}/${name}`, new Uint8Array(await response.arrayBuffer()));
      }
      return restored && this.#names().length > 0;
    } catch {
      this.#cache = null;
      return false;
    }
  }

  /** Makes the copy like the folder as it is at this moment. Never fails, nor takes long: without it the page is as safe as its database. */
  async update() {
    if (!this.#cache) return;
    const names = this.#names();
    const gone = [...this.#held.keys()].filter((name) => !names.includes(name));
    /** @type {{name: string, time: string, bytes: Uint8Array}[]} */
    const changed = [];
    for (const name of names) {
      const path = `${this.#folder}/${name}`;
      const time = String(this.#files.stat(path).mtime.getTime());
      if (this.#held.get(name) !== time) changed.push({ name, time, bytes: this.#files.readFile(path).slice() });
    }
    if (changed.length === 0 && gone.length === 0) return;
    const write = async (/** @type {Cache} */ cache) => {
      // First what is new, then away with the old: a copy that was interrupted has too much and never too little.
      for (const { name, time, bytes } of changed) {
        await cache.put(this.#address(name), new Response(/** @type {BodyInit} */ (/** @type {unknown} */ (bytes)), { headers: { [timeHeader]: time } }));
        this.#held.set(name, time);
      }
      for (const name of gone) {
        await cache.delete(this.#address(name));
        this.#held.delete(name);
      }
    };
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let limit;
    const late = new Promise((_, reject) => (limit = setTimeout(reject, patience)));
    try {
      await Promise.race([this.#cache.then(write), late]);
    } catch {
      await this.drop();
    } finally {
      clearTimeout(limit);
    }
  }

  /** Gives its room back, until the page is opened again. @returns {Promise<boolean>} whether there was any */
  async drop() {
    const held = this.#cache !== null && this.#held.size > 0;
    this.#cache = null;
    this.#held.clear();
    // A copy that does not follow any more must not be taken for one that does.
    await caches.delete(this.#name).catch(() => {});
    return held;
  }

  #names() {
    return this.#files.readdir(this.#folder).filter(isCopied);
  }

  /** @param {string} name */
  #address(name) {
    return new URL(`./second-copy/${encodeURIComponent(name)}`, self.location.href).href;
  }
}
