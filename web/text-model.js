// The text model as the engine's worker has it: its files, and the worker that runs it. Glue only: when it is downloaded, run and ended, the engine
// decides (core/engine/stories.hpp).

import { ModelError, ModelStore } from './model-store.js';

/** What is wished for, as wasm/engine/main.cpp says it. */
const Wish = { look: 0, get: 1, stop: 2, remove: 3, end: 4 };
/** ModelNews::Kind of core/engine/text_model.hpp. */
export const News = { absent: 0, coming: 1, here: 2, failed: 3 };

/** Milliseconds between two reports of progress. */
const between = 200;

/**
 * @typedef {(kind: number, gotBytes: number, code: string, vocabulary: Uint8Array) => void} Tell
 * @typedef {(id: number, states: Uint8Array, code: string) => void} Answer
 */

const nothing = new Uint8Array();

export class TextModel {
  #model;
  #store;
  #tell;
  #answer;
  /** @type {Worker | undefined} */
  #worker;
  #last = 0;
  /** @type {AbortController | undefined} The download under way. */
  #download;
  /** One thing after the other is done with the files. @type {Promise<unknown>} */
  #before = Promise.resolve();

  /** @param {import('./model-store.js').Model} model @param {Tell} tell @param {Answer} answer */
  constructor(model, tell, answer) {
    this.#model = model;
    this.#store = new ModelStore(model);
    this.#tell = tell;
    this.#answer = answer;
  }

  /** @param {number} what  Wish */
  wish(what) {
    if (what === Wish.end) {
      this.#worker?.terminate();
      this.#worker = undefined;
      return;
    }
    if (what === Wish.stop || what === Wish.remove) this.#download?.abort();
    if (what === Wish.stop) return;
    this.#before = this.#before.then(() => this.#do(what)).catch((error) => this.#failed(error));
  }

  /** @param {number} what */
  async #do(what) {
    if (what === Wish.remove) await this.#store.remove();
    if (what === Wish.get) await this.#get();
    const got = what === Wish.remove ? 0 : await this.#store.kept();
    if (got === this.#model.download_bytes) this.#tell(News.here, got, '', await this.#store.open('vocabulary'));
    else this.#tell(News.absent, got, '', nothing);
  }

  async #get() {
    const download = new AbortController();
    this.#download = download;
    let told = -Infinity;
    try {
      await this.#store.get((bytes) => {
        if (performance.now() - told < between) return;
        told = performance.now();
        this.#tell(News.coming, bytes, '', nothing);
      }, download.signal);
    } catch (error) {
      if (!download.signal.aborted) throw error;
    } finally {
      this.#download = undefined;
    }
  }

  /** @param {unknown} error */
  async #failed(error) {
    const got = await this.#store.kept().catch(() => 0);
    this.#tell(News.failed, got, error instanceof ModelError ? error.code : 'blocked', nothing);
  }

  /** @param {number} id @param {ArrayBuffer} pieces @param {ArrayBuffer} counts */
  embed(id, pieces, counts) {
    this.#last = id;
    try {
      this.#worker ??= this.#start();
      this.#worker.postMessage({ id, pieces, counts }, [pieces, counts]);
    } catch {
      this.#answer(id, nothing, 'runtime');
    }
  }

  #start() {
    const worker = new Worker(new URL('./embedding-worker.js', self.location.href), { type: 'module', name: 'embedding' });
    const failed = (/** @type {string} */ code) => {
      if (this.#worker !== worker) return;
      this.wish(Wish.end);
      this.#answer(this.#last, nothing, code);
    };
    worker.onmessage = ({ data }) => {
      if (this.#worker !== worker) return;
      if (data.failed !== undefined) failed(data.failed);
      else this.#answer(data.id, new Uint8Array(data.states), '');
    };
    worker.onerror = () => failed('runtime');
    worker.postMessage({ model: this.#model });
    return worker;
  }
}
