// The files of a model: downloaded piece by piece, each piece checked when it has come and kept across visits by the Cache API, so that a download
// that broke off goes on where it was. When all pieces of a file are here, it is kept whole in their place: to unpack it each time would be a third of
// a model's start. The journal and backups have nothing of them.

/**
 * @typedef {{url: string, bytes: number, sha256: string}} Piece
 * @typedef {{bytes: number, sha256: string, pieces: Piece[]}} PackedFile  the pieces together are its gzip
 * @typedef {{download_bytes: number, dimensions: number, optimised: boolean, script: Piece, files: {runtime: PackedFile, weights: PackedFile, texts?: PackedFile, vocabulary?: PackedFile}}} Model  of models.json
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

/** Where a file is kept whole; nothing is ever asked for there. @param {PackedFile} file */
const wholeOf = (file) => new URL(`models/whole-${file.sha256}`, self.location.href).href;

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

/** All that is ever kept of a model. @param {Model} model @returns {Map<string, number>} by address, how much of the download it stands for */
function partsOf(model) {
  const parts = new Map([[addressOf(model.script), model.script.bytes]]);
  for (const file of Object.values(model.files)) {
    for (const piece of file.pieces) parts.set(addressOf(piece), piece.bytes);
    parts.set(wholeOf(file), file.pieces.reduce((sum, piece) => sum + piece.bytes, 0));
  }
  return parts;
}

/** @param {Model} model @param {Model[]} others @returns {Set<string>} addresses of what is this model's alone; the runtime is all models' */
function ownOf(model, others) {
  const shared = new Set(others.flatMap((other) => [...partsOf(other).keys()]));
  return new Set([...partsOf(model).keys()].filter((address) => !shared.has(address)));
}

export class ModelStore {
  #model;
  #others;
  #parts;
  #own;

  /** @param {Model} model @param {Model[]} [others]  that this page has too, and that are kept in the same place */
  constructor(model, others = []) {
    this.#model = model;
    this.#others = others;
    this.#parts = partsOf(model);
    this.#own = ownOf(model, others);
  }

  async #open() {
    try {
      return await caches.open(cacheName);
    } catch {
      throw new ModelError('blocked');
    }
  }

  /** What is kept of this model; parts of none that this page has go. @returns {Promise<{bytes: number, own: number}>} of the download, in all and of this model alone */
  async kept() {
    const cache = await this.#open();
    const models = [this.#model, ...this.#others];
    const known = new Set(models.flatMap((model) => [...partsOf(model).keys()]));
    const kept = new Set((await cache.keys()).map(({ url }) => url));
    // Where the page was closed while a whole file took the place of its pieces.
    for (const file of models.flatMap(({ files }) => Object.values(files))) if (kept.has(wholeOf(file))) for (const piece of file.pieces) known.delete(addressOf(piece));
    let [bytes, own] = [0, 0];
    for (const address of kept) {
      if (!known.has(address)) {
        await cache.delete(address);
        continue;
      }
      const size = this.#parts.get(address) ?? 0;
      bytes += size;
      if (this.#own.has(address)) own += size;
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
    const download = async (/** @type {Piece} */ piece) => {
      if (await cache.match(addressOf(piece))) return;
      const bytes = await this.#fetch(piece, signal, (part) => progress((got += part)));
      if (!(await isRight(bytes, piece))) throw new ModelError('wrong_hash');
      const type = piece.url.endsWith('.mjs') ? 'text/javascript' : 'application/octet-stream';
      try {
        await cache.put(addressOf(piece), new Response(/** @type {BodyInit} */ (bytes), { headers: { 'Content-Type': type } }));
      } catch {
        throw new ModelError('quota_exceeded');
      }
      signal.throwIfAborted();
    };
    await download(this.#model.script);
    for (const file of Object.values(this.#model.files)) {
      if (await cache.match(wholeOf(file))) continue;
      for (const piece of file.pieces) await download(piece);
    }
    // Not before: a whole file must not take the room that a piece needs.
    for (const file of Object.values(this.#model.files)) await this.#join(cache, file);
  }

  /** @param {Cache} cache @param {PackedFile} file @returns {Promise<ReadableStream<Uint8Array> | undefined>} its content, while all of its pieces are kept */
  async #unpacked(cache, file) {
    const pieces = await Promise.all(file.pieces.map(async (piece) => (await cache.match(addressOf(piece)))?.blob()));
    if (pieces.some((piece) => piece === undefined)) return undefined;
    return new Blob(/** @type {Blob[]} */ (pieces)).stream().pipeThrough(new DecompressionStream('gzip'));
  }

  /** Keeps a file whole. Where there is no room for that beside its pieces, they stay. @param {Cache} cache @param {PackedFile} file */
  async #join(cache, file) {
    const content = await this.#unpacked(cache, file);
    if (!content) return;
    try {
      await cache.put(wholeOf(file), new Response(/** @type {BodyInit} */ (content)));
    } catch {
      return;
    }
    for (const piece of file.pieces) await cache.delete(addressOf(piece));
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
   * A file, checked once more: what is kept may have been damaged since.
   * @param {'runtime' | 'weights' | 'texts' | 'vocabulary'} name @returns {Promise<Uint8Array>}
   */
  async open(name) {
    const file = this.#model.files[name];
    if (!file) throw new ModelError('wrong_hash');
    const cache = await this.#open();
    try {
      const bytes = await this.#read(cache, file);
      if (bytes && (await isRight(bytes, file))) return bytes;
    } catch {
      // No gzip, or another file: as a wrong one.
    }
    for (const address of [wholeOf(file), ...file.pieces.map(addressOf)]) await cache.delete(address);
    throw new ModelError('wrong_hash');
  }

  /** @param {Cache} cache @param {PackedFile} file @returns {Promise<Uint8Array | undefined>} */
  async #read(cache, file) {
    const whole = async () => (await cache.match(wholeOf(file)))?.arrayBuffer();
    const bytes = await whole();
    if (bytes) return new Uint8Array(bytes);
    const content = await this.#unpacked(cache, file);
    if (content) return readWhole(content, file.bytes);
    // Another model's download may have put the whole file in the place of its pieces just now.
    const late = await whole();
    return late && new Uint8Array(late);
  }

  /** What another model that is here, or on its way, needs as well stays. */
  async remove() {
    const cache = await this.#open();
    const kept = new Set((await cache.keys()).map((request) => request.url));
    const needed = new Set();
    this.#others.forEach((other, place) => {
      const rest = [this.#model, ...this.#others.filter((_, at) => at !== place)];
      if ([...ownOf(other, rest)].some((address) => kept.has(address))) for (const address of partsOf(other).keys()) needed.add(address);
    });
    for (const address of this.#parts.keys()) if (!needed.has(address)) await cache.delete(address);
  }
}
