// A part of a picture in PNG (https://www.w3.org/TR/png-3): WebDriver takes pictures of a whole window alone.

import { deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** @typedef {{x: number, y: number, width: number, height: number}} Box */

/** @param {Buffer} file */
function* chunksOf(file) {
  for (let at = signature.length; at + 8 <= file.length; ) {
    const size = file.readUInt32BE(at);
    yield { name: file.toString('latin1', at + 4, at + 8), data: file.subarray(at + 8, at + 8 + size) };
    at += size + 12;
  }
}

/** The check of a chunk (annex D). @param {Buffer} bytes */
function check(bytes) {
  let rest = ~0;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; ++bit) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  }
  return ~rest >>> 0;
}

/** @param {string} name @param {Buffer} data */
function chunk(name, data) {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(data.length);
  sum.writeUInt32BE(check(named));
  return Buffer.concat([size, named, sum]);
}

/** What comes nearest to left + above − corner. @param {number} left @param {number} above @param {number} corner */
function paeth(left, above, corner) {
  const [a, b, c] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

/** By the kind of a line, what its bytes are told in difference to. @type {((left: number, above: number, corner: number) => number)[]} */
const guesses = [() => 0, (left) => left, (_, above) => above, (left, above) => (left + above) >> 1, paeth];

/** Undoes the filters of lines, each of which has its kind in front. @param {Buffer} lines @param {number} length  of a line @param {number} step  bytes of a pixel */
function unfiltered(lines, length, step) {
  const rows = Math.floor(lines.length / (length + 1));
  const bytes = Buffer.alloc(rows * length);
  for (let row = 0; row < rows; ++row) {
    const guess = guesses[lines[row * (length + 1)]];
    for (let i = 0; i < length; ++i) {
      const at = row * length + i;
      const left = i >= step ? bytes[at - step] : 0;
      const above = row > 0 ? bytes[at - length] : 0;
      const corner = i >= step && row > 0 ? bytes[at - length - step] : 0;
      bytes[at] = lines[row * (length + 1) + 1 + i] + guess(left, above, corner);
    }
  }
  return bytes;
}

/** @param {string} base64  a picture with 8 bits a channel, not interlaced @param {(width: number) => Box} boxIn  a part, in its pixels, of one that is so wide */
export function cut(base64, boxIn) {
  const chunks = [...chunksOf(Buffer.from(base64, 'base64'))];
  const head = chunks.find(({ name }) => name === 'IHDR')?.data ?? Buffer.alloc(13);
  const [wide, high, depth, color, interlaced] = [head.readUInt32BE(0), head.readUInt32BE(4), head[8], head[9], head[12]];
  const step = { 0: 1, 2: 3, 4: 2, 6: 4 }[color];
  if (!step || depth !== 8 || interlaced) throw new Error('a picture of a kind that is not cut');
  const bytes = unfiltered(inflateSync(Buffer.concat(chunks.filter(({ name }) => name === 'IDAT').map(({ data }) => data))), wide * step, step);
  const box = boxIn(wide);
  const [left, top] = [Math.max(0, Math.round(box.x)), Math.max(0, Math.round(box.y))];
  const [right, bottom] = [Math.min(wide, Math.round(box.x + box.width)), Math.min(high, Math.round(box.y + box.height))];
  if (right <= left || bottom <= top) throw new Error('there is nothing of the picture in the part');
  const lines = Array.from({ length: bottom - top }, (_, i) => {
    const row = (top + i) * wide;
    return Buffer.concat([Buffer.alloc(1), bytes.subarray((row + left) * step, (row + right) * step)]);
  });
  const part = Buffer.from(head);
  part.writeUInt32BE(right - left, 0);
  part.writeUInt32BE(bottom - top, 4);
  return Buffer.concat([signature, chunk('IHDR', part), chunk('IDAT', deflateSync(Buffer.concat(lines))), chunk('IEND', Buffer.alloc(0))]).toString('base64');
}
