// A view as it is, against the approved one: where each widget stands, and how light each part of the picture is.
//
// Pixels are not compared one by one. Another version of the browser sets the edge of a letter a shade lighter, and a figure that is learnt may differ in its last digit; neither
// is anybody's mistake. What is compared instead:
//   places    the box of every element of the mirror, by role and name, to a pixel and a half. Something moved by 4 pixels, gone or new is told by its name.
//   lightness of squares of 8 CSS pixels, each the mean of all its pixels. A letter fills a quarter of its square: one that is clipped, hidden or drawn over changes it by 30 of
//             255 and more, the smoothing of edges by less than 8. Where figures with decimals stand, the mean over the whole of their box is compared, as another digit
//             changes single squares of it.
// Both hold at every scale: there is one approved picture for a screen in a theme, whatever its device pixels.

import { fs, path } from './harness.mjs';

/** @typedef {import('./harness.mjs').Page} Page */
/** @typedef {[role: string, name: string, x: number, y: number, width: number, height: number]} Box */
/** @typedef {{width: number, height: number, values: Uint8Array}} Grey  `values` row by row, 0 … 255 */

/** CSS pixels of a pixel of an approved picture: it can still be looked at. */
const kept = 4;
/** Pixels of approved pictures that are compared together, in both directions. */
const together = 2;
/** How far a widget may be from its place, in CSS pixels. */
const stray = 1.5;
/** How much a square may be lighter or darker, of 255. */
const lighter = 20;
/** And how much the mean of a box with a figure in it. */
const lighterFigure = 12;

/** Everything of the mirror that is in sight. Figures are written as #, as they are learnt. @param {Page} page @returns {Promise<Box[]>} */
export async function boxesOf(page) {
  const found = await page.evaluate(() =>
    [...document.querySelectorAll('#mirror *')].flatMap((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      if (width < 1 || height < 1 || x >= innerWidth || y >= innerHeight || x + width <= 0 || y + height <= 0) return [];
      if (element.matches('.spacer')) return [];
      const words = element.getAttribute('aria-label') ?? (element.childElementCount > 0 ? '' : (element.textContent ?? ''));
      const role = element.getAttribute('role') ?? element.localName;
      return [/** @type {const} */ ([role, words, x, y, width, height])];
    }),
  );
  return found.map(([role, name, ...places]) => {
    const [x, y, width, height] = places.map((place) => Math.round(place * 4) / 4);
    return [role, name.replace(/\d+/g, '#').slice(0, 60), x, y, width, height];
  });
}

/**
 * What is not where it was.
 * @param {Box[]} approved @param {Box[]} actual
 * @returns {string[]} sentences
 */
export function strayed(approved, actual) {
  /** By role and name, in reading order. @param {Box[]} boxes */
  const byName = (boxes) => {
    /** @type {Map<string, Box[]>} */
    const map = new Map();
    for (const box of boxes) {
      const name = `${box[0]} “${box[1]}”`;
      map.set(name, [...(map.get(name) ?? []), box]);
    }
    return map;
  };
  const before = byName(approved);
  const now = byName(actual);
  const said = [];
  const place = (/** @type {Box} */ [, , x, y, width, height]) => `${x}, ${y} (${width} × ${height})`;
  for (const [name, boxes] of before) {
    const there = now.get(name) ?? [];
    if (there.length < boxes.length) said.push(`${name} at ${place(boxes[there.length])} is gone`);
    boxes.forEach((box, i) => {
      const other = there[i];
      if (other && [2, 3, 4, 5].some((side) => Math.abs(Number(box[side]) - Number(other[side])) > stray)) said.push(`${name} was at ${place(box)} and is at ${place(other)}`);
    });
  }
  for (const [name, boxes] of now) {
    const known = before.get(name)?.length ?? 0;
    if (boxes.length > known) said.push(`${name} at ${place(boxes[known])} is new`);
  }
  return said;
}

/**
 * A picture of the page, made as coarse as the approved ones.
 * @param {Page} helper  an empty page, to read the picture in @param {Buffer} png
 * @param {number} across  CSS pixels of its width
 * @returns {Promise<Grey>}
 */
export async function greyOf(helper, png, across) {
  const { width, height, values } = await helper.evaluate(
    async ({ picture, across, side }) => {
      const bytes = Uint8Array.from(atob(picture), (c) => c.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes]));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d', { willReadFrequently: true });
      if (!canvas) throw new Error('no canvas to read the picture in');
      canvas.drawImage(bitmap, 0, 0);
      const { data } = canvas.getImageData(0, 0, bitmap.width, bitmap.height);
      const square = (side * bitmap.width) / across;
      const width = Math.ceil(bitmap.width / square);
      const height = Math.ceil(bitmap.height / square);
      const sums = new Float64Array(width * height);
      const counts = new Uint32Array(width * height);
      for (let y = 0, at = 0; y < bitmap.height; ++y) {
        const row = Math.floor(y / square) * width;
        for (let x = 0; x < bitmap.width; ++x, at += 4) {
          const place = row + Math.floor(x / square);
          sums[place] += 0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2];
          ++counts[place];
        }
      }
      return { width, height, values: btoa(Array.from(sums, (sum, i) => String.fromCharCode(Math.round(sum / counts[i]))).join('')) };
    },
    { picture: png.toString('base64'), across, side: kept },
  );
  return { width, height, values: Buffer.from(values, 'base64') };
}

/** Reads an approved picture. @param {Page} helper @param {Buffer} png @returns {Promise<Grey>} */
export async function readGrey(helper, png) {
  const { width, height, values } = await helper.evaluate(async (picture) => {
    const bytes = Uint8Array.from(atob(picture), (c) => c.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    if (!canvas) throw new Error('no canvas to read the picture in');
    canvas.drawImage(bitmap, 0, 0);
    const { data } = canvas.getImageData(0, 0, bitmap.width, bitmap.height);
    const values = Array.from({ length: data.length / 4 }, (_, i) => String.fromCharCode(data[4 * i]));
    return { width: bitmap.width, height: bitmap.height, values: btoa(values.join('')) };
  }, png.toString('base64'));
  return { width, height, values: Buffer.from(values, 'base64') };
}

/** Writes one. In steps of 4, which nobody sees and which makes it small. @param {Page} helper @param {Grey} grey @returns {Promise<Buffer>} */
export async function writeGrey(helper, grey) {
  const png = await helper.evaluate(
    async ({ width, height, values }) => {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d', { alpha: false });
      if (!context) throw new Error('no canvas to write the picture with');
      const picture = context.createImageData(width, height);
      values.forEach((value, i) => picture.data.set([value, value, value, 255], 4 * i));
      context.putImageData(picture, 0, 0);
      const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    },
    { width: grey.width, height: grey.height, values: Array.from(grey.values, (value) => Math.min(Math.round(value / 4) * 4, 255)) },
  );
  return Buffer.from(png, 'base64');
}

/**
 * Where a picture is lighter or darker than the approved one.
 * @param {Grey} approved @param {Grey} actual
 * @param {Box[]} boxes  of the page as it is
 * @returns {string[]} sentences
 */
export function faded(approved, actual, boxes) {
  if (approved.width !== actual.width || approved.height !== actual.height)
    return [`the picture has ${actual.width * kept} × ${actual.height * kept} pixels, not ${approved.width * kept} × ${approved.height * kept}`];
  /** Mean of a part, in pixels of the picture. @param {Grey} grey @param {number} left @param {number} top @param {number} right @param {number} bottom */
  const mean = ({ width, height, values }, left, top, right, bottom) => {
    let sum = 0;
    let count = 0;
    for (let y = Math.max(top, 0); y < Math.min(bottom, height); ++y)
      for (let x = Math.max(left, 0); x < Math.min(right, width); ++x, ++count) sum += values[y * width + x];
    return count > 0 ? sum / count : 0;
  };
  const side = kept * together;
  const across = Math.ceil(approved.width / together);
  const down = Math.ceil(approved.height / together);
  const said = [];
  /** Squares that are told of together with a figure. */
  const figures = new Set();
  for (const [role, name, x, y, width, height] of boxes) {
    // A whole row or table has figures in it too, and much besides.
    if (!/#\.#/.test(name) || width > 320 || height > 90) continue;
    const [left, top, right, bottom] = [x, y, x + width, y + height].map((place) => Math.round(place / kept));
    const difference = mean(actual, left, top, right, bottom) - mean(approved, left, top, right, bottom);
    if (Math.abs(difference) > lighterFigure) said.push(`${role} “${name}” at ${x}, ${y} is ${Math.abs(Math.round(difference))} ${difference > 0 ? 'lighter' : 'darker'}`);
    for (let row = Math.floor(y / side); row <= (y + height) / side; ++row)
      for (let column = Math.floor(x / side); column <= (x + width) / side; ++column) figures.add(row * across + column);
  }
  let most = { difference: 0, x: 0, y: 0 };
  let count = 0;
  let [left, top, right, bottom] = [Infinity, Infinity, 0, 0];
  for (let row = 0; row < down; ++row)
    for (let column = 0; column < across; ++column) {
      if (figures.has(row * across + column)) continue;
      const [x, y] = [column * together, row * together];
      const difference = mean(actual, x, y, x + together, y + together) - mean(approved, x, y, x + together, y + together);
      if (Math.abs(difference) <= lighter) continue;
      ++count;
      if (Math.abs(difference) > Math.abs(most.difference)) most = { difference, x: column * side, y: row * side };
      [left, top, right, bottom] = [Math.min(left, column * side), Math.min(top, row * side), Math.max(right, (column + 1) * side), Math.max(bottom, (row + 1) * side)];
    }
  if (count > 0)
    said.push(
      `${count} squares between ${left}, ${top} and ${right}, ${bottom} differ, most at ${most.x}, ${most.y}, which is ${Math.abs(Math.round(most.difference))} of 255 ` +
        `${most.difference > 0 ? 'lighter' : 'darker'}`,
    );
  return said;
}

/** What is approved. @param {string} folder */
export function approvals(folder) {
  const boxesFile = path.join(folder, 'boxes.json');
  const pictureFile = (/** @type {string} */ name) => path.join(folder, `${name}.png`);
  return {
    /** @returns {Promise<{letters: number, views: Record<string, Box[]>}>} */
    boxes: async () => JSON.parse(await fs.readFile(boxesFile, 'utf8')),
    /** @param {string} name */
    picture: (name) => fs.readFile(pictureFile(name)),
    /** @param {string} name @param {Buffer} png */
    keepPicture: (name, png) => fs.writeFile(pictureFile(name), png),
    /** One line for each box, so that a change of one is a change of one line. @param {number} letters @param {Record<string, Box[]>} views */
    keepBoxes: (letters, views) =>
      fs.writeFile(
        boxesFile,
        `{"letters": ${letters}, "views": {\n${Object.entries(views)
          .map(([view, boxes]) => `${JSON.stringify(view)}: [\n${boxes.map((box) => `  ${JSON.stringify(box)}`).join(',\n')}\n]`)
          .join(',\n')}\n}}\n`,
      ),
  };
}
