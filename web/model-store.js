// The files of a model: downloaded piece by piece, each piece checked when it has come and kept across visits by the Cache API, so that a download
// that broke off goes on where it was. The journal and backups have nothing of them.

/**
 * @typedef {{url: string, bytes: number, sha256: string}} Piece
 * @typedef {{bytes: number, sha256: string, pieces: Piece[]}} PackedFile  the pieces together are its gzip
 * @typedef {{download_bytes: number, dimensions: number, script: Piece, files: {runtime: PackedFile, weights: PackedFile, texts?: PackedFile, vocabulary?: PackedFile}}} Model  of models.json
 */

/** Why a model cannot be had; the codes of ModelNews in core/engine/model_host.hpp. */
export class ModelError extends Error {
  /** @param {'network' | 'wrong_hash' | 'quota_exceeded' | 'blocked' | 'runtime'} code */
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/** web/sw.js has the same: it answers from there. */
const cacheName = `media-hub-models:${new URL('.', self.location.href).pathname}`;

/** @param {Piece} piece */
const addressOf = (piece) => new URL(piece.url, self.location.href).href;

/** @param {Uint8Array} bytes @param {{bytes: number, sha256: string}} expected */
async function isRight(bytes, expected) {
  if (bytes.length !== expected.bytes) return false;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', /** @type {BufferSource} */ (bytes)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') === expected.sha256;
}

/** @param {ReadableStream<Uint8Array>} stream @param {number} size  that is expected @param {(bytes: number) => void} [progress] */
async function readWhole(stream, size, progress) {
  const whole = new Uint8Array(size);
  let at = 0;
  const reader = stream.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (at + part.value.length > size) {
      reader.cancel().catch(() => {});
      throw new ModelError('wrong_hash');
    }
    whole.set(part.value, at);
    at += part.value.length;
    progress?.(part.value.length);
  }
  return whole.subarray(0, at);
}

/** All that is downloaded. @param {Model} model @returns {Piece[]} */
const piecesOf = (model) => [model.script, ...Object.values(model.files).flatMap((file) => file.pieces)];

/** @param {Model} model @param {Model[]} others @returns {Set<string>} addresses of what is this model's alone; the runtime is all models' */
function ownOf(model, others) {
  const shared = new Set(others.flatMap(piecesOf).map(addressOf));
  return new Set(piecesOf(model).map(addressOf).filter((address) => !shared.has(address)));
}

export class ModelStore {
  #model;
  #others;
  #pieces;
  #own;

  /** @param {Model} model @param {Model[]} [others]  that this page has too, and that are kept in the same place */
  constructor(model, others = []) {
    this.#model = model;
    this.#others = others;
    this.#pieces = piecesOf(model);
    this.#own = ownOf(model, others);
  }

  async #open() {
    try {
      return await caches.open(cacheName);
    } catch {
      throw new ModelError('blocked');
    }
  }

  /** What is kept of this model; pieces of none that this page has go. @returns {Promise<{bytes: number, own: number}>} in all, and of this model alone */
  async kept() {
    const cache = await this.#open();
    const pieces = new Map(this.#pieces.map((piece) => [addressOf(piece), piece.bytes]));
    const others = new Set(this.#others.flatMap(piecesOf).map(addressOf));
    let [bytes, own] = [0, 0];
    for (const { url } of await cache.keys()) {
      const size = pieces.get(url) ?? 0;
      if (size === 0 && !others.has(url)) await cache.delete(url);
      bytes += size;
      if (this.#own.has(url)) own += size;
    }
    return { bytes, own };
  }

  /**
   * Downloads what is missing.
   * @param {(bytes: number) => void} progress  all that is here by now @param {AbortSignal} signal
   */
  async get(progress, signal) {
    let got = (await this.kept()).bytes;
    progress(got);
    const cache = await this.#open();
    for (const piece of this.#pieces) {
      if (await cache.match(addressOf(piece))) continue;
      const bytes = await this.#fetch(piece, signal, (part) => progress((got += part)));
      if (!(await isRight(bytes, piece))) throw new ModelError('wrong_hash');
      const type = piece.url.endsWith('.mjs') ? 'text/javascript' : 'application/octet-stream';
      try {
        await cache.put(addressOf(piece), new Response(/** @type {BodyInit} */ (bytes), { headers: { 'Content-Type': type } }));
      } catch {
        throw new ModelError('quota_exceeded');
      }
      signal.throwIfAborted();
    }
  }

  /** @param {Piece} piece @param {AbortSignal} signal @param {(bytes: number) => void} progress */
  async #fetch(piece, signal, progress) {
    try {
      const response = await fetch(addressOf(piece), { signal, cache: 'no-store', credentials: 'same-origin' });
      if (!response.ok || !response.body) throw new ModelError('network');
      return await readWhole(response.body, piece.bytes, progress);
    } catch (error) {
      if (error instanceof ModelError || signal.aborted) throw error;
      throw new ModelError('network');
    }
  }

  /** Where the browser finds the runtime's script. */
  script() {
    return addressOf(this.#model.script);
  }

  /**
   * A file, put together and checked once more: what is kept may have been damaged since.
   * @param {'runtime' | 'weights' | 'texts' | 'vocabulary'} name @returns {Promise<Uint8Array>}
   */
  async open(name) {
    const file = this.#model.files[name];
    if (!file) throw new ModelError('wrong_hash');
    const cache = await this.#open();
    const pieces = await Promise.all(file.pieces.map(async (piece) => (await cache.match(addressOf(piece)))?.blob()));
    try {
      if (pieces.some((piece) => piece === undefined)) throw new ModelError('wrong_hash');
      const packed = new Blob(/** @type {Blob[]} */ (pieces)).stream();
      const bytes = await readWhole(packed.pipeThrough(new DecompressionStream('gzip')), file.bytes);
      if (await isRight(bytes, file)) return bytes;
    } catch {
      // No gzip, or another file: as a wrong one.
    }
    for (const piece of file.pieces) await cache.delete(addressOf(piece));
    throw new ModelError('wrong_hash');
  }

  /** What another model that is here, or on its way, needs as well stays. */
  async remove() {
    const cache = await this.#open();
    const kept = new Set((await cache.keys()).map((request) => request.url));
    const needed = new Set();
    this.#others.forEach((other, place) => {
      const rest = [this.#model, ...this.#others.filter((_, at) => at !== place)];
      if ([...ownOf(other, rest)].some((address) => kept.has(address))) for (const piece of piecesOf(other)) needed.add(addressOf(piece));
    });
    for (const piece of this.#pieces) if (!needed.has(addressOf(piece))) await cache.delete(addressOf(piece));
  }
}
