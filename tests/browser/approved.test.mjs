// Every view of the demo looks as it was approved: on a desk and on a phone, dark and light, with one device pixel a CSS pixel and with two.
// `scripts/screenshots --approve` approves anew.

import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { approvals, boxesOf, faded, greyOf, readGrey, strayed, writeGrey } from './comparing.mjs';
import { assert, dist, fs, launch, openPage, path, servePage } from './harness.mjs';
import { screens, tour } from './tour.mjs';

/** @typedef {import('./harness.mjs').Page} Page */
/** @typedef {import('./comparing.mjs').Box} Box */

const approving = process.env.HUB_APPROVE === '1';
const approved = approvals(fileURLToPath(new URL('approved', import.meta.url)));
/** Where pictures of what is not as approved are left. */
const found = path.join(dist, '..', 'looks');

/** How wide this machine's letters are. Where they are others, nothing stands where it was approved. @param {Page} page */
const letters = (page) =>
  page.evaluate(() => {
    const context = new OffscreenCanvas(1, 1).getContext('2d');
    if (!context) return 0;
    return ['400', '700'].reduce((sum, weight) => {
      context.font = `${weight} 100px ${getComputedStyle(document.body).fontFamily}`;
      return sum + Math.round(context.measureText('What would you rate it? 0123456789').width);
    }, 0);
  });

const before = approving ? { letters: 0, views: {} } : await approved.boxes();
/** @type {Record<string, Box[]>} */
const fresh = {};
let width = 0;

for (const screen of screens)
  for (const scale of approving ? [1] : [1, 2])
    test(`every view on a ${screen.name} at scale ${scale} looks as approved`, async (t) => {
      /** @type {string[]} */
      const differences = [];
      /** @type {Page | undefined} */
      let helper;
      const { problems, skipped } = await tour(screen, scale, async (view, scheme, page) => {
        if (helper === undefined) {
          width = await letters(page);
          // Elsewhere than where the pictures were taken, a person may have other fonts.
          if (!approving && width !== before.letters) return false;
          helper = await page.context().newPage();
          await page.bringToFront();
        }
        const name = `${view}-${screen.name}`;
        const boxes = await boxesOf(page);
        const size = page.viewportSize() ?? screen;
        const grey = await greyOf(helper, await page.screenshot({ scale: 'css' }), size.width);
        if (approving) {
          fresh[name] = boxes;
          await approved.keepPicture(`${name}-${scheme}`, await writeGrey(helper, grey));
          return true;
        }
        const known = before.views[name];
        const said = known
          ? [...strayed(known, boxes), ...faded(await readGrey(helper, await approved.picture(`${name}-${scheme}`)), grey, boxes)]
          : ['there is no approved picture of it'];
        if (said.length === 0) return true;
        const file = path.join(found, `${name}-${scheme}-${scale}.png`);
        await fs.mkdir(found, { recursive: true });
        await page.screenshot({ path: file });
        const more = said.length > 8 ? [`and ${said.length - 8} more`] : [];
        differences.push(`${view} on a ${screen.name}, ${scheme}, scale ${scale} (as it is now: ${file})\n  ${[...said.slice(0, 8), ...more].join('\n  ')}`);
        return true;
      });
      if (skipped) return t.skip(`letters are ${width} wide here, and ${before.letters} where the pictures were approved: other fonts`);
      assert.deepEqual(problems, []);
      const advice = 'If it is meant to look like this, look at the pictures and run scripts/screenshots --approve.';
      assert.ok(differences.length === 0, `${differences.length} views look different.\n${differences.join('\n')}\n${advice}`);
    });

if (approving) test('what was seen is kept', () => approved.keepBoxes(width, fresh));

test('a widget that moved by 4 pixels, a word that is clipped and one that has vanished are told; the smoothing of letters is not', async () => {
  const { context } = await launch(undefined, { reducedMotion: 'reduce' });
  const page = await openPage(context, (await servePage()).url);
  const button = page.getByRole('button', { name: 'Open demo', exact: true }).first();
  await button.waitFor();
  const helper = await context.newPage();
  await page.bringToFront();
  const boxes = await boxesOf(page);
  const at = boxes.findIndex(([role, name]) => role === 'button' && name === 'Open demo');
  const [, , x, y, wide, high] = boxes[at];
  const moved = boxes.map((box, i) => /** @type {Box} */ (i === at ? [...box.slice(0, 2), x + 4, ...box.slice(3)] : box));
  const without = boxes.filter((_, i) => i !== at);
  assert.match(strayed(boxes, moved).join(), /^button “Open demo” was at .* and is at/);
  assert.match(strayed(boxes, without).join(), /^button “Open demo” at .* is gone$/);
  assert.match(strayed(without, boxes).join(), /^button “Open demo” at .* is new$/);
  const nudged = boxes.map((box, i) => /** @type {Box} */ (i === at ? [...box.slice(0, 2), x + 1, ...box.slice(3)] : box));
  assert.deepEqual(strayed(boxes, nudged), []);

  const png = await page.screenshot({ scale: 'css' });
  const grey = await greyOf(helper, png, 1280);
  /** The picture with a part of it drawn elsewhere, or with a colour over it. @param {{from: number[], to?: number[], blur?: number}} change */
  const changed = async ({ from, to, blur = 0 }) => {
    const other = await helper.evaluate(
      async ({ picture, from, to, blur }) => {
        const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
        const context = canvas.getContext('2d');
        if (!context) throw new Error('no canvas');
        if (blur > 0) context.filter = `blur(${blur}px)`;
        context.drawImage(bitmap, 0, 0);
        const [x, y, width, height] = from;
        context.fillStyle = `rgb(${context.getImageData(x - 2, y, 1, 1).data.slice(0, 3).join(' ')})`;
        if (blur === 0) context.fillRect(x, y, width, height);
        if (to) context.drawImage(bitmap, x, y, width, height, to[0], to[1], width, height);
        const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
        return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
      },
      { picture: png.toString('base64'), from, to, blur },
    );
    return greyOf(helper, Buffer.from(other, 'base64'), 1280);
  };
  const [left, top] = [Math.round(x), Math.round(y)];
  const word = [left + 14, top + 10, Math.round(wide) - 28, Math.round(high) - 20];
  assert.match(faded(grey, await changed({ from: [left - 4, top, Math.round(wide) + 8, Math.round(high)], to: [left, top + 4] }), boxes).join(), /squares between/);
  assert.match(faded(grey, await changed({ from: [left + Math.round(wide / 2) + 30, word[1], 16, word[3]] }), boxes).join(), /squares between/);
  assert.match(faded(grey, await changed({ from: word }), boxes).join(), /squares between/);
  assert.deepEqual(faded(grey, await changed({ from: word, blur: 0.4 }), boxes), []);
  await context.close();
});
