// Whether a picture is seen on the canvas, which no role or name tells: covers are decoration.

import { assert } from './harness.mjs';
import { pictureColor } from './upstreams.mjs';

/** @typedef {import('./harness.mjs').WatchedPage} WatchedPage */
/** @typedef {import('playwright-core').Locator} Locator */

/**
 * How many pixels of the page at an element's place have the pictures' colour.
 * @param {WatchedPage} page @param {Locator} element
 */
export async function coloured(page, element) {
  const box = await element.boundingBox();
  if (!box) return 0;
  const shot = (await page.screenshot({ clip: box })).toString('base64');
  return page.evaluate(
    async ([picture, color]) => {
      const bytes = Uint8Array.from(atob(/** @type {string} */ (picture)), (c) => c.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes]));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
      canvas?.drawImage(bitmap, 0, 0);
      const data = canvas?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? [];
      let count = 0;
      for (let i = 0; i < data.length; i += 4)
        if ([0, 1, 2].every((part) => Math.abs(data[i + part] - /** @type {readonly number[]} */ (color)[part]) <= 3)) ++count;
      return count;
    },
    /** @type {const} */ ([shot, pictureColor]),
  );
}

/** Waits until an element shows its picture. @param {WatchedPage} page @param {Locator} element @param {number} least  pixels */
export async function waitForPicture(page, element, least) {
  let seen = 0;
  for (const end = Date.now() + 15000; Date.now() < end; await page.waitForTimeout(60)) {
    seen = await coloured(page, element);
    if (seen >= least) return seen;
  }
  assert.fail(`${seen} pixels of the picture are seen, not ${least}`);
}

/** A failed request is the browser's to report, not the page's fault. @param {WatchedPage} page */
export const problems = (page) => page.problems.filter((one) => !/Failed to load resource|blocked by CORS|Cross-Origin Request Blocked/.test(one));
