// Pictures of works: their bytes are kept across visits by the Cache API, as many as there is room for, and decoded here, off the thread that draws.
// The journal and backups have nothing of them.

/** All that is kept. */
const mostBytes = 32 << 20;

/** What came of it, as Pictured in core/engine/posters.hpp. */
export const Pictured = { notKept: 0, picture: 1, none: 2 };

/** @typedef {{what: number, width: number, height: number, rgba: Uint8Array}} Shown */

/** @param {number} what @returns {Shown} */
const without = (what) => ({ what, width: 0, height: 0, rgba: new Uint8Array() });

/**
 * @param {Uint8Array} bytes  of a file @param {number} width  pixels that it is made to fit @param {number} height
 * @returns {Promise<Shown>}
 */
async function decode(bytes, width, height) {
  try {
    const bitmap = await createImageBitmap(new Blob([/** @type {BlobPart} */ (bytes)]));
    const scale = Math.min(1, width / bitmap.width, height / bitmap.height);
    const [w, h] = [Math.max(1, Math.round(bitmap.width * scale)), Math.max(1, Math.round(bitmap.height * scale))];
    const context = new OffscreenCanvas(w, h).getContext('2d', { willReadFrequently: true });
    if (!context) return without(Pictured.none);
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, w, h);
    bitmap.close();
    return { what: Pictured.picture, width: w, height: h, rgba: new Uint8Array(context.getImageData(0, 0, w, h).data.buffer) };
  } catch {
    // No picture, a broken one, one too large for this device, or a browser that cannot: the drawn cover stays.
    return without(Pictured.none);
  }
}

/** Points of each side of what the picture model sees. */
const side = 224;
/** A picture of more points than that is none that a work has for its poster, and would take more memory than there may be. */
const mostPoints = 50e6;

/**
 * Whether a file has its end: some browsers take one that breaks off, and what is not there for black or white.
 * @param {Uint8Array} bytes
 */
function isWhole(bytes) {
  const has = (/** @type {string} */ mark, /** @type {number} */ at) => [...mark].every((letter, i) => bytes[at + i] === letter.charCodeAt(0));
  const ends = (/** @type {string} */ mark) => {
    let at = bytes.length;
    do at = bytes.lastIndexOf(mark.charCodeAt(0), at - 1);
    while (at > 0 && !has(mark, at));
    return at > 0;
  };
  // PNG, third edition, 5.6; GIF89a, 27; JPEG (ITU T.81), B.1.1.3; WebP (RFC 9649), 2.4.
  if (has('\x89PNG', 0)) return ends('IEND');
  if (has('GIF8', 0)) return ends(';');
  if (has('\xff\xd8', 0)) return ends('\xff\xd9');
  if (has('RIFF', 0) && bytes.length > 12) return new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true) + 8 <= bytes.length;
  return true;
}

/**
 * A picture as the picture model takes it: its middle, as large a square as there is, upright, in sRGB, on white where it is transparent, of a moving one
 * the first frame.
 * @param {Uint8Array} bytes  of a file @returns {Promise<ArrayBuffer | undefined>} red, green and blue of 224 x 224 points; nothing where it is no picture
 */
export async function squareOf(bytes) {
  if (!isWhole(bytes)) return undefined;
  try {
    const bitmap = await createImageBitmap(new Blob([/** @type {BlobPart} */ (bytes)]));
    const context = new OffscreenCanvas(side, side).getContext('2d', { willReadFrequently: true, alpha: false });
    if (!context || bitmap.width * bitmap.height > mostPoints) {
      bitmap.close();
      return undefined;
    }
    const shorter = Math.min(bitmap.width, bitmap.height);
    context.imageSmoothingQuality = 'high';
    context.fillStyle = 'white';
    context.fillRect(0, 0, side, side);
    context.drawImage(bitmap, (bitmap.width - shorter) / 2, (bitmap.height - shorter) / 2, shorter, shorter, 0, 0, side, side);
    bitmap.close();
    const rgba = context.getImageData(0, 0, side, side).data;
    const pixels = new Uint8Array(side * side * 3);
    for (let point = 0; point < side * side; ++point) for (let part = 0; part < 3; ++part) pixels[3 * point + part] = rgba[4 * point + part] ?? 0;
    return pixels.buffer;
  } catch {
    return undefined;
  }
}

export class PictureStore {
  #name;
  /** @type {Promise<Cache | null>} */
  #cache;
  /** What is kept, the least recently used first as far as this visit knows. @type {Map<string, {address: string, bytes: number, at: number}>} */
  #kept = new Map();
  #bytes = 0;

  /** @param {string} folder  tells one copy of the page from another */
  constructor(folder) {
    this.#name = `media-hub-pictures:${folder}`;
    this.#cache = this.#open();
  }

  /** Each is kept under an address of the page's own, which says what it is; nothing is ever fetched there. */
  async #open() {
    try {
      const cache = await caches.open(this.#name);
      for (const { url } of await cache.keys()) {
        const about = new URL(url).searchParams;
        const bytes = Number(about.get('bytes'));
        this.#kept.set(about.get('of') ?? '', { address: url, bytes, at: Number(about.get('at')) });
        this.#bytes += bytes;
      }
      return cache;
    } catch {
      return null; // blocked, or a browser without: nothing is kept
    }
  }

  /** @param {string} key @param {number} mostDays  how old it may be @returns {Promise<Uint8Array | undefined>} its bytes; none where it is no picture */
  async find(key, mostDays) {
    const cache = await this.#cache;
    const kept = this.#kept.get(key);
    if (!cache || !kept) return undefined;
    const response = Date.now() - kept.at < mostDays * 86_400_000 ? await cache.match(kept.address) : undefined;
    if (!response) {
      await this.#drop(cache, key);
      return undefined;
    }
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    return new Uint8Array(await response.arrayBuffer());
  }

  /** @param {Cache} cache @param {string} key */
  async #drop(cache, key) {
    const kept = this.#kept.get(key);
    if (!kept) return;
    this.#kept.delete(key);
    this.#bytes -= kept.bytes;
    await cache.delete(kept.address);
  }

  /** @param {string} key @param {Uint8Array} bytes */
  async #put(key, bytes) {
    const cache = await this.#cache;
    if (!cache) return;
    await this.#drop(cache, key);
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes + bytes.length <= mostBytes) break;
      await this.#drop(cache, oldest);
    }
    const about = new URLSearchParams({ of: key, bytes: String(bytes.length), at: String(Date.now()) });
    const address = new URL(`kept-picture?${about}`, self.location.href).href;
    this.#kept.set(key, { address, bytes: bytes.length, at: Date.now() });
    this.#bytes += bytes.length;
    await cache.put(address, new Response(/** @type {BodyInit} */ (bytes)));
  }

  /**
   * @param {string} key @param {number} width @param {number} height  pixels that it is made to fit
   * @param {number} mostDays  how old what is kept may be @param {Uint8Array} [bytes]  to be kept from now on; without, those that are kept
   * @returns {Promise<Shown>}
   */
  async show(key, width, height, mostDays, bytes) {
    // Where they cannot be kept, for lack of room, they can be shown all the same.
    if (bytes) await this.#put(key, bytes).catch(() => {});
    const found = bytes ?? (await this.find(key, mostDays).catch(() => undefined));
    if (!found) return without(Pictured.notKept);
    return found.length > 0 ? decode(found, width, height) : without(Pictured.none);
  }

  async forgetAll() {
    const cache = await this.#cache;
    this.#kept.clear();
    this.#bytes = 0;
    for (const request of (await cache?.keys()) ?? []) await cache?.delete(request);
  }
}
