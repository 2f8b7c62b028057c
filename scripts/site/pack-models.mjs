// Packs the files of models for download: each compressed and cut into pieces that are checked and kept one by one, so that a download that broke off
// goes on where it was, on every host, and a wrong piece is noticed when it comes. Written anew only when the manifest, or this program, has changed.
// Only models that are shipped: the manifest also names others.
//   node pack-models.mjs --manifest FILE --packages DIR --out DIR [--made DIR] [--fetched DIR] [--source NAME=DIR...] [--python PROGRAM]
// A fetched file is looked for in a folder with the name of its revision, and brought into the form in which the page runs it by models/clip/page_form.py.

import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';

/**
 * @typedef {{source?: string, made?: string, fetch?: {from: string, revision: string}, path: string, bytes: number, sha256: string}} File  of models/manifest.json
 * @typedef {{url: string, bytes: number, sha256: string}} Piece  its address is relative to the page's
 * @typedef {{bytes: number, sha256: string, pieces: Piece[]}} Packed  of the whole file, and of its pieces, which together are its gzip
 */

/** Small enough that little is lost with one. */
const pieceBytes = 2 << 20;

/** @param {Buffer} content */
const hashOf = (content) => createHash('sha256').update(content).digest('hex');

/**
 * @param {string} folder  of its package @param {File} file @param {string} [model]  whose weights it is @param {(model: string, content: Buffer) => Buffer} [formOf]
 * @returns {Buffer} the file, which is the one of the manifest, in the form in which the page takes it
 */
function read(folder, file, model, formOf) {
  const content = readFileSync(join(folder, file.path));
  if (content.length !== file.bytes || hashOf(content) !== file.sha256)
    throw new Error(`${file.path} is not the file of models/manifest.json: it has ${content.length} bytes and the SHA-256 ${hashOf(content)}`);
  // A vocabulary that comes compressed: what is packed is compressed once.
  if (file.path.endsWith('.gz')) return gunzipSync(content);
  return file.fetch && formOf && model ? formOf(model, content) : content;
}

/** @param {string} python @param {string} model  its id @param {Buffer} content @returns {Buffer} the same model in the form in which the page runs it */
function inPageForm(python, model, content) {
  const folder = mkdtempSync(join(tmpdir(), 'media-hub-form-'));
  try {
    writeFileSync(join(folder, 'from.onnx'), content);
    const program = fileURLToPath(new URL('../../models/clip/page_form.py', import.meta.url));
    execFileSync(python, [program, model, join(folder, 'from.onnx'), join(folder, 'to.onnx')]);
    return readFileSync(join(folder, 'to.onnx'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * @param {string} name  of the files @param {Buffer} content @param {Map<string, Buffer>} files  gets the pieces
 * @returns {Packed}
 */
export function pack(name, content, files) {
  const sha256 = hashOf(content);
  const compressed = gzipSync(content, { level: 9 });
  /** @type {Piece[]} */
  const pieces = [];
  for (let at = 0; at < compressed.length; at += pieceBytes) {
    const piece = compressed.subarray(at, at + pieceBytes);
    const url = `models/${name}-${sha256.slice(0, 8)}-${String(pieces.length).padStart(2, '0')}.bin`;
    files.set(url, piece);
    pieces.push({ url, bytes: piece.length, sha256: hashOf(piece) });
  }
  return { bytes: content.length, sha256, pieces };
}

/**
 * @param {any} manifest  content of models/manifest.json
 * @param {(file: File) => string} folderOf  where a file is, whose path is inside of it
 * @param {(model: string, content: Buffer) => Buffer} [formOf]  what the page takes in place of weights that were fetched
 * @returns {Map<string, Buffer>} what is served, with models.json, which tells the page of the rest
 */
export function packAll(manifest, folderOf, formOf) {
  /** @type {Map<string, Buffer>} */
  const files = new Map();
  const { runtime } = manifest;
  // As it is: the browser loads it as a module, by this address.
  const script = read(folderOf(runtime.script), runtime.script);
  const url = `models/runtime-${hashOf(script).slice(0, 8)}.mjs`;
  files.set(url, script);
  const module = pack('runtime', read(folderOf(runtime.module), runtime.module), files);
  const shipped = manifest.models.filter((/** @type {any} */ model) => model.shipped);
  /** @param {any} model @param {string} name @param {'weights' | 'vocabulary'} which */
  const packed = (model, name, which) => pack(`${model.id}-${name}`, read(folderOf(model[which]), model[which], model.id, formOf), files);
  /** @param {any} model @param {Record<string, Packed>} own */
  const entryOf = (model, own) => {
    const all = { runtime: module, ...own };
    const pieces = Object.values(all).flatMap((file) => file.pieces);
    return {
      id: model.id,
      name: model.name,
      licence: model.licence,
      hash: model.weights.sha256,
      dimensions: model.dimensions,
      memory_bytes: model.memory_bytes,
      optimised: model.optimised ?? false,
      download_bytes: pieces.reduce((sum, piece) => sum + piece.bytes, script.length),
      script: { url, bytes: script.length, sha256: hashOf(script) },
      files: all,
    };
  };
  /** @type {{text?: object, pictures: object[]}} */
  const told = { pictures: [] };
  for (const model of shipped) {
    if (model.kind === 'stories')
      told.text = { ...entryOf(model, { weights: packed(model, 'weights', 'weights'), vocabulary: packed(model, 'vocabulary', 'vocabulary') }), most_pieces: model.most_pieces };
    if (model.kind !== 'pictures') continue;
    /** @type {Record<string, Packed>} */
    const own = { weights: packed(model, 'weights', 'weights') };
    // What reads descriptions into the same space comes with it.
    const reads = shipped.find((/** @type {any} */ other) => other.kind === 'descriptions' && other.space === model.space);
    if (reads) Object.assign(own, { texts: packed(reads, 'weights', 'weights'), vocabulary: packed(reads, 'vocabulary', 'vocabulary') });
    told.pictures.push({ ...entryOf(model, own), most_pieces: reads?.most_pieces, memory_bytes: (model.memory_bytes ?? 0) + (reads?.memory_bytes ?? 0) });
  }
  files.set('models.json', Buffer.from(JSON.stringify({ version: 1, ...told })));
  return files;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      manifest: { type: 'string' },
      packages: { type: 'string' },
      out: { type: 'string' },
      made: { type: 'string' },
      fetched: { type: 'string' },
      source: { type: 'string', multiple: true, default: [] },
      python: { type: 'string' },
    },
  });
  if (!values.manifest || !values.packages || !values.out)
    throw new Error('usage: node pack-models.mjs --manifest FILE --packages DIR --out DIR [--made DIR] [--fetched DIR] [--source NAME=DIR...]');
  const text = readFileSync(values.manifest, 'utf8');
  const key = createHash('sha256').update(text).update(readFileSync(fileURLToPath(import.meta.url))).digest('hex');
  const stamp = join(values.out, 'packed');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== key) {
    const manifest = JSON.parse(text);
    const sources = new Map(/** @type {string[]} */ (values.source).map((pair) => /** @type {[string, string]} */ (pair.split('='))));
    const packages = values.packages;
    const files = packAll(manifest, ({ source, made, fetch, path }) => {
      if (source !== undefined) {
        const folder = sources.get(source);
        if (folder === undefined) throw new Error(`the folder of ${source} was not given`);
        return folder;
      }
      if (made !== undefined) {
        if (!values.made) throw new Error(`${path} is made, but the folder of what is made was not given`);
        return values.made;
      }
      if (fetch === undefined) return join(packages, manifest.runtime.package);
      const folder = join(values.fetched || '.', fetch.revision);
      if (!values.fetched || !existsSync(join(folder, path)))
        throw new Error(`${path} of ${fetch.from} is to be fetched by whoever deploys the page, into ${values.fetched ? folder : `HUB_FETCHED/${fetch.revision}`}`);
      return folder;
    }, values.python ? (model, content) => inPageForm(/** @type {string} */ (values.python), model, content) : undefined);
    rmSync(values.out, { recursive: true, force: true });
    mkdirSync(join(values.out, 'models'), { recursive: true });
    for (const [name, content] of files) writeFileSync(join(values.out, name), content);
    writeFileSync(stamp, key);
  }
}
