// Takes the pictures of the built page that README.md and the app's manifest show: the demo, on a desk and on a phone, dark and light; and a moving one of a title that is
// searched, predicted and rated.
//   node screenshots.mjs DIST FOLDER

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withServices, write } from './assemble.mjs';
import { createSite, listen } from './server.mjs';

const [dist, folder] = process.argv.slice(2);
if (dist === undefined || folder === undefined) {
  console.error('usage: node screenshots.mjs DIST FOLDER');
  process.exit(2);
}

const require = createRequire(new URL('../../web/package.json', import.meta.url));
/** @type {typeof import('playwright-core')} */
const { chromium } = require('playwright-core');
/** @type {typeof import('gifenc')} */
const { GIFEncoder, applyPalette, quantize } = require('gifenc');
const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** @typedef {import('playwright-core').Page} Page */

const film = '#/film/tt0017136';
/** Those that begin with desk or phone are the manifest's too. @type {{name: string, view: string, scheme: 'dark' | 'light', phone?: boolean}[]} */
const pictures = [
  { name: 'desk-dark', view: film, scheme: 'dark' },
  { name: 'desk-light', view: film, scheme: 'light' },
  { name: 'covers', view: '#/library', scheme: 'dark' },
  { name: 'library', view: '#/library', scheme: 'light' },
  { name: 'accuracy', view: '#/accuracy/film', scheme: 'dark' },
  { name: 'phone-dark', view: film, scheme: 'dark', phone: true },
  { name: 'phone-light', view: film, scheme: 'light', phone: true },
];

// Of what is shown nothing hangs on whether a service answers.
const alone = await mkdtemp(join(tmpdir(), 'media-hub-pictures-'));
write(alone, withServices(dist, JSON.stringify({ version: 1, hosts: {} })));
const site = createSite({ root: alone, base: '/' });
const port = await listen(site, 0);
const browser = await chromium.launch({ executablePath: process.env.CHROME, args: ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', ...root] });
await mkdir(folder, { recursive: true });

const ready = (/** @type {Page} */ page) => page.getByRole('status', { name: 'Training' }).filter({ hasText: /^Ready$/ }).waitFor({ timeout: 60000 });

/** The page with the demo in it. @param {Parameters<typeof browser.newPage>[0]} options @param {string} view */
async function open(options, view) {
  const page = await browser.newPage({ reducedMotion: 'reduce', ...options });
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.getByRole('button', { name: 'Open demo', exact: true }).first().click();
  await page.getByRole('status', { name: 'Storage' }).filter({ hasText: /^Demo/ }).waitFor({ timeout: 60000 });
  await page.goto(`http://127.0.0.1:${port}/${view}`);
  await ready(page);
  return page;
}

for (const { name, view, scheme, phone } of pictures) {
  const page = await open({ viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: 800 }, deviceScaleFactor: phone ? 2 : 1, colorScheme: scheme }, view);
  if (name === 'covers') await page.getByRole('radio', { name: 'Covers', exact: true }).click();
  if (name === 'accuracy') await page.getByRole('region', { name: 'How this is measured' }).waitFor({ timeout: 60000 });
  await page.waitForTimeout(1500);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  console.log(`  ${name}.png`);
  await page.close();
}

/** Colours of the moving picture; one more stands for “as before”. */
const colours = 255;
const size = { width: 1280, height: 800 };

/** The pixels of a picture, four bytes each. @param {Page} helper @param {Buffer} png @returns {Promise<Uint8Array>} */
async function pixels(helper, png) {
  const text = await helper.evaluate(async (picture) => {
    const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    if (!canvas) throw new Error('no canvas to read the picture in');
    canvas.drawImage(bitmap, 0, 0);
    const { data } = canvas.getImageData(0, 0, bitmap.width, bitmap.height);
    let bytes = '';
    for (let from = 0; from < data.length; from += 8192) bytes += String.fromCharCode(...data.subarray(from, from + 8192));
    return btoa(bytes);
  }, png.toString('base64'));
  return new Uint8Array(Buffer.from(text, 'base64'));
}

const page = await open({ viewport: size, colorScheme: 'dark' }, '#/predict');
const helper = await browser.newPage();
/** @type {{pixels: Uint8Array, milliseconds: number}[]} */
const frames = [];
const see = async (/** @type {number} */ milliseconds) => {
  await page.waitForTimeout(600);
  frames.push({ pixels: await pixels(helper, await page.screenshot()), milliseconds });
};
const field = page.getByRole('searchbox', { name: 'Search', exact: true });
await page.getByRole('radio', { name: 'Films', exact: true }).click();
await field.click();
await see(1200);
for (const letters of ['m', 'met', 'metropolis']) {
  await field.fill(letters);
  await page.getByRole('option', { name: /^M/ }).first().waitFor();
  await see(letters.length > 3 ? 900 : 450);
}
await page.getByRole('option', { name: /^Metropolis/ }).first().click();
await page.getByRole('status', { name: 'Predicted rating' }).filter({ hasText: /\d\.\d\d/ }).waitFor();
await see(2800);
const stars = page.getByRole('slider', { name: 'Your rating', exact: true });
const box = await stars.boundingBox();
if (!box) throw new Error('the stars are not in sight');
for (const part of [0.3, 0.6, 0.85]) {
  await page.mouse.move(box.x + box.width * part, box.y + box.height / 2);
  await see(part > 0.8 ? 700 : 350);
}
await page.mouse.down();
await page.mouse.up();
await page.mouse.move(0, 0);
await see(1500);
await ready(page);
await see(3000);
// And what it did to the others.
await field.fill('');
await page.getByRole('option').nth(3).waitFor();
await see(2500);
await browser.close();
site.close();
site.closeAllConnections();
await rm(alone, { recursive: true });

const all = new Uint8Array(frames.reduce((sum, frame) => sum + frame.pixels.length, 0));
frames.reduce((at, frame) => (all.set(frame.pixels, at), at + frame.pixels.length), 0);
const palette = quantize(all, colours);
const same = palette.length;
const gif = GIFEncoder();
/** @type {Uint8Array | undefined} */
let before;
for (const frame of frames) {
  const indices = applyPalette(frame.pixels, palette);
  // Only what has changed is written.
  const written = before ? indices.map((index, i) => (before && before[i] === index ? same : index)) : indices;
  gif.writeFrame(written, size.width, size.height, {
    palette: before ? undefined : [...palette, [0, 0, 0]],
    delay: frame.milliseconds,
    transparent: before !== undefined,
    transparentIndex: same,
    dispose: 1,
  });
  before = indices;
}
gif.finish();
await writeFile(join(folder, 'predict.gif'), gif.bytes());
console.log(`  predict.gif, ${Math.round(gif.bytes().length / 1000)} kB`);
