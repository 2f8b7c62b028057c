// The file that a person chose for their backup, where the browser lets a page write to one (File System Access): asked for once, remembered, and written
// again and again. What decides when is in wasm/ui/backup_file.cpp.

import { BackupNews } from './host-boundary.js';

/** @typedef {{handle: FileSystemFileHandle, written: number, mark: string}} Kept  `mark` tells which library the file holds; empty before the first time */

/** A database of its own, so that the journal's is as it was; of two copies of the page under one host, each has its own. */
const databaseName = `media-hub-backup-file:${new URL('.', location.href).pathname}`;
const storeName = 'file';
const keyName = 'kept';

/**
 * One step in the database, which is closed again: nothing that another tab does with it has to wait.
 * @template T
 * @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest<T>} step @returns {Promise<T>}
 */
async function inDatabase(mode, step) {
  /** @type {IDBDatabase} */
  const database = await new Promise((resolve, reject) => {
    const request = indexedDB.open(databaseName, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(storeName);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(storeName, mode);
      const request = step(transaction.objectStore(storeName));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

export class BackupFile {
  #tell;
  /** @type {Kept | null} */
  #kept = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {(news: number, text: string) => void} tell */
  constructor(tell) {
    this.#tell = tell;
  }

  get possible() {
    return 'showSaveFilePicker' in window;
  }

  /** Looks for a file that was chosen in an earlier visit. */
  async look() {
    try {
      // Asking for the list makes no database where there is none.
      const known = this.possible && (await indexedDB.databases()).some(({ name }) => name === databaseName);
      this.#kept = known ? ((await inDatabase('readonly', (store) => store.get(keyName))) ?? null) : null;
    } catch {
      // A browser that keeps nothing has kept no file either; one that was chosen in this visit is still there.
    }
    await this.#tellStanding();
  }

  /** Only in answer to a press or a key. @param {string} suggested  the file's name */
  async choose(suggested) {
    let handle;
    try {
      handle = await window.showSaveFilePicker?.({
        id: 'media-hub-backup',
        suggestedName: suggested,
        types: [{ description: 'Backup of Media Hub', accept: { 'application/x-ndjson': ['.jsonl'] } }],
      });
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'AbortError')) this.#fail(error);
    }
    if (!handle) {
      this.#tell(BackupNews.dismissed, '');
      return;
    }
    this.#kept = { handle, written: 0, mark: '' };
    await this.#remember();
    await this.#tellStanding();
  }

  /** Asks the person whether the file may be written; only in answer to a press or a key. */
  async allow() {
    try {
      const answer = await this.#kept?.handle.requestPermission({ mode: 'readwrite' });
      if (answer === 'denied') {
        this.#fail(new DOMException('', 'NotAllowedError'));
        return;
      }
    } catch (error) {
      this.#fail(error);
      return;
    }
    await this.#tellStanding();
  }

  /**
   * Makes this the file's content. The browser writes it beside the file, which is replaced when all of it is there: until then, and whatever happens,
   * the file is as it was.
   * @param {BufferSource | Blob} content @param {string} mark
   */
  async write(content, mark) {
    const kept = this.#kept;
    if (!kept) return;
    /** @type {FileSystemWritableFileStream | undefined} */
    let stream;
    try {
      if ((await kept.handle.queryPermission({ mode: 'readwrite' })) === 'prompt') {
        this.#tell(BackupNews.waits, this.#standing());
        return;
      }
      stream = await kept.handle.createWritable();
      await stream.write(content);
      await stream.close();
    } catch (error) {
      await stream?.abort().catch(() => {});
      if (this.#kept === kept) this.#fail(error);
      return;
    }
    kept.written = Date.now();
    kept.mark = mark;
    // Another was chosen meanwhile, or none is kept any more.
    if (this.#kept !== kept) return;
    await this.#remember();
    this.#tell(BackupNews.written, this.#standing());
  }

  /** Forgets the file; what is in it stays. */
  async forget() {
    this.#kept = null;
    this.wake(-1);
    await new Promise((done) => {
      const request = indexedDB.deleteDatabase(databaseName);
      request.onsuccess = request.onerror = request.onblocked = done;
    }).catch(() => {});
    await this.#tellStanding();
  }

  /** Tells once, after so many milliseconds; negative: not at all. Frames would not do, as a hidden page has none. @param {number} milliseconds */
  wake(milliseconds) {
    clearTimeout(this.#timer);
    if (milliseconds >= 0) this.#timer = setTimeout(() => this.#tell(BackupNews.due, ''), milliseconds);
  }

  async #remember() {
    const kept = this.#kept;
    // Where the browser keeps nothing, the file is followed as long as the page is open.
    await inDatabase('readwrite', (store) => store.put(kept, keyName)).catch(() => {});
  }

  /** When it was written, what it holds, its name. */
  #standing() {
    return this.#kept ? `${this.#kept.written} ${this.#kept.mark || '-'} ${this.#kept.handle.name}` : '';
  }

  async #tellStanding() {
    const kept = this.#kept;
    if (!kept) {
      this.#tell(BackupNews.none, '');
      return;
    }
    const permission = await kept.handle.queryPermission({ mode: 'readwrite' }).catch(() => 'prompt');
    if (this.#kept !== kept) return;
    this.#tell(permission === 'granted' ? BackupNews.kept : BackupNews.waits, this.#standing());
  }

  /** @param {unknown} error */
  #fail(error) {
    this.#tell(BackupNews.failed, error instanceof DOMException ? error.name : String(error));
  }
}
