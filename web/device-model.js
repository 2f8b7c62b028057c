// A model as the engine's worker has it: its files, and the worker that runs it. Glue only: when it is downloaded, run and ended, the engine decides
// (core/engine/stories.hpp, core/engine/looks.hpp).

import { ModelError, ModelStore } from './model-store.js';

/** What is wished for, as wasm/engine/main.cpp says it. */
const Wish = { look: 0, get: 1, stop: 2, remove: 3, end: 4 };
/** ModelNews::Kind of core/engine/model_host.hpp. */
export const News = { absent: 0, coming: 1, here: 2, failed: 3 };

/** Milliseconds between two reports of progress. */
const between = 200;

/**
 * @typedef {import('./model-store.js').Model} Model
 * @typedef {(kind: number, gotBytes: number, begun: boolean, code: string, vocabulary: Uint8Array) => void} Tell
 * @typedef {'weights' | 'texts'} Tower  the file that is run
 * @typedef {(tower: Tower, id: number, numbers: Uint8Array, code: string) => void} Answer  float32, and empty with a code
 */

const nothing = new Uint8Array();

export class DeviceModel {
  #model;
  #store;
  #tell;
  #changed;
  #answer;
  /** By the file that each runs. @type {Map<Tower, {worker: Worker, last: number}>} */
  #running = new Map();
  /** @type {AbortController | undefined} The download under way. */
  #download;
  /** One thing after the other is done with the files. @type {Promise<unknown>} */
  #before = Promise.resolve();

  /**
   * @param {Model} model @param {Model[]} others  that this page has too @param {Tell} tell @param {Answer} answer
   * @param {() => void} changed  files that others may share have come or gone
   */
  constructor(model, others, tell, answer, changed) {
    this.#changed = changed;
    this.#model = model;
    this.#store = new ModelStore(model, others);
    this.#tell = tell;
    this.#answer = answer;
  }

  /** Tells anew which files are here. */
  look() {
    this.wish(Wish.look);
  }

  /** @param {number} what  Wish */
  wish(what) {
    if (what === Wish.end) {
      for (const { worker } of this.#running.values()) worker.terminate();
      this.#running.clear();
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
    if (what !== Wish.look) this.#changed();
    const { bytes, own } = await this.#store.kept();
    if (bytes < this.#model.download_bytes) this.#tell(News.absent, bytes, own > 0, '', nothing);
    else this.#tell(News.here, bytes, true, '', this.#model.files.vocabulary ? await this.#store.open('vocabulary') : nothing);
  }

  async #get() {
    const download = new AbortController();
    this.#download = download;
    let told = -Infinity;
    try {
      await this.#store.get((bytes) => {
        if (performance.now() - told < between) return;
        told = performance.now();
        this.#tell(News.coming, bytes, true, '', nothing);
      }, download.signal);
    } catch (error) {
      if (!download.signal.aborted) throw error;
    } finally {
      this.#download = undefined;
    }
  }

  /** @param {unknown} error */
  async #failed(error) {
    const { bytes, own } = await this.#store.kept().catch(() => ({ bytes: 0, own: 0 }));
    this.#tell(News.failed, bytes, own > 0, error instanceof ModelError ? error.code : 'blocked', nothing);
  }

  /** @param {Tower} tower @param {number} id @param {Record<string, ArrayBuffer>} input  as the worker takes it */
  run(tower, id, input) {
    try {
      const running = this.#running.get(tower) ?? this.#start(tower);
      running.last = id;
      running.worker.postMessage({ id, ...input }, Object.values(input));
    } catch {
      this.#answer(tower, id, nothing, 'runtime');
    }
  }

  /** @param {Tower} tower */
  #start(tower) {
    const worker = new Worker(new URL('./embedding-worker.js', self.location.href), { type: 'module', name: 'embedding' });
    const running = { worker, last: 0 };
    this.#running.set(tower, running);
    const failed = (/** @type {string} */ code) => {
      if (this.#running.get(tower) !== running) return;
      this.wish(Wish.end);
      this.#answer(tower, running.last, nothing, code);
    };
    worker.onmessage = ({ data }) => {
      if (this.#running.get(tower) !== running) return;
      if (data.failed !== undefined) failed(data.failed);
      else this.#answer(tower, data.id, new Uint8Array(data.numbers), '');
    };
    worker.onerror = () => failed('runtime');
    worker.postMessage({ model: this.#model, tower });
    return running;
  }
}
