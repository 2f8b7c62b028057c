// What posters look like: seen by the real model in the browser, and learnt from.

import test, { after } from 'node:test';
import { assert, chooseFile, comesToRest, dist, distWithServices, fs, go, launch, openPage, path, ready, search, servePage, trained, until, waitForText } from './harness.mjs';
import { problems } from './pixels.mjs';
import { backup, works } from '../bench/browser/made_up.mjs';
import { Upstreams, bitmap } from './upstreams.mjs';
import { withServices, write } from '../../scripts/site/assemble.mjs';
import { packAll } from '../../scripts/site/pack-models.mjs';

const services = await new Upstreams().start();
after(() => services.stop());
const { url } = await servePage('/owner/name/', await distWithServices(services.hosts));

/** @typedef {import('./harness.mjs').Page} Page */

const section = (/** @type {Page} */ page) => page.getByRole('region', { name: 'Posters, seen on this device' });
const status = (/** @type {Page} */ page) => page.getByRole('status', { name: 'Picture model' });

const rated = 44;
const all = 56;
const isRed = (/** @type {number} */ i) => i % 3 === 0;
/** Red posters are rated high and blue ones low, which nothing else tells: the page hears of no public rating and no genre. */
const shows = works(all, { only: 'show' }).map((work, i) => ({
  ...work,
  genres: [],
  community: [{ source: 'IMDb', rating: isRed(i) ? 9 : 3.5, scale: 10, votes: 1000 }],
  poster: `https://static.tvmaze.com/uploads/images/medium_portrait/${isRed(i) ? 'red' : 'blue'}/${i}.jpg`,
}));

services.picture = {
  status: 200,
  body: (/** @type {URL} */ asked) => {
    const { pathname } = asked;
    const shade = (Number(/(\d+)\.jpg/.exec(pathname)?.[1]) * 7) % 60;
    return bitmap(210, 295, pathname.includes('/red/') ? [190 + shade, 30 + shade, 20] : [10, 40 + shade, 180 + shade]);
  },
  allowed: true,
};

/** @param {Page} page @param {typeof shows} [those] */
async function bringShows(page, those = shows) {
  await go(page, 'Data');
  const untold = backup(those, rated, ({ community, ...work }) => work);
  await chooseFile(page, { name: 'backup.jsonl', mimeType: 'application/json', buffer: untold }, 'Restore backup');
  await page.getByRole('button', { name: /^Add to what is here/ }).click();
  await ready(page);
  await trained(page);
}

/** What is predicted of an unrated work whose poster has this colour. @param {Page} page @param {boolean} red */
async function predicted(page, red) {
  const place = shows.findIndex((_, i) => i >= rated && isRed(i) === red);
  return predictedOf(page, /** @type {{title: string}} */ (shows[place]).title);
}

/** @param {Page} page @param {string} title */
async function predictedOf(page, title) {
  await (await search(page, 'Shows', title)).and(page.getByRole('option', { name: title })).first().click();
  await page.getByRole('heading', { name: title, exact: true }).waitFor();
  await trained(page);
  const text = await waitForText(page.getByRole('status', { name: 'Predicted rating' }), /\d\.\d\d \/ 5\.00/);
  return Number(/(\d\.\d\d) \/ 5\.00/.exec(text)?.[1]);
}

test('posters are seen once somebody wants that, also at the next visit without network, and predictions follow what is liked', async () => {
  const { context } = await launch();
  const page = await openPage(context, url);
  await bringShows(page);
  assert.ok(Math.abs((await predicted(page, true)) - (await predicted(page, false))) < 0.6, 'nothing tells them apart yet');
  await go(page, 'Data');
  assert.match(await section(page).textContent() ?? '', /one download of \d+\.\d MB/);
  await section(page).getByRole('button', { name: /^Download, \d/ }).click();
  await waitForText(status(page), /^All 56 posters are seen\.$/, 120_000);
  await trained(page);
  const [red, blue] = [await predicted(page, true), await predicted(page, false)];
  assert.ok(red > blue + 0.8, `${red} of a red one, ${blue} of a blue one`);
  await waitForText(page.getByRole('list', { name: 'Reasons' }), /Its poster is like those of what you rate lower/);
  // What was asked for stands in the list of requests.
  await go(page, 'Data');
  await page.getByRole('list', { name: 'Requests' }).scrollIntoViewIfNeeded();
  await waitForText(page.getByRole('region', { name: 'Network' }), /Poster of “[^”]+”, for the picture model/);

  await until(async () => (await page.evaluate(async () => (await indexedDB.databases()).length)) > 0, 'something is kept');
  await comesToRest(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  const asked = services.asked.length;
  await context.setOffline(true);
  await page.reload();
  await ready(page);
  await trained(page);
  const again = await predicted(page, true);
  assert.ok(Math.abs(again - red) < 0.02, `${again} after a reload, ${red} before`);
  await go(page, 'Data');
  await waitForText(status(page), /^All 56 posters are seen\.$/);
  assert.equal(services.asked.length, asked);
  await context.setOffline(false);

  await section(page).getByRole('button', { name: 'Remove the picture model' }).click();
  await section(page).getByRole('button', { name: /^Download, \d/ }).waitFor();
  assert.deepEqual(problems(page), []);
  await context.close();
});

test('posters that no page may read, and files that are no pictures, are missing: nothing waits for them, and nothing is made up', async () => {
  const { context } = await launch();
  const before = services.picture;
  // Half of them are broken.
  services.picture = { ...before, body: (asked) => (/[02468]\.jpg$/.test(asked.pathname) ? Buffer.from('no picture at all') : /** @type {(url: URL) => Buffer} */ (before.body)(asked)) };
  const page = await openPage(context, url);
  await bringShows(page);
  await go(page, 'Data');
  await section(page).getByRole('button', { name: /^Download, \d/ }).click();
  await waitForText(status(page), /^All 28 posters are seen\.$/, 120_000);
  await comesToRest(page);
  services.picture = before;
  assert.deepEqual(problems(page), []);
  await context.close();
});

test('a picture is upright, in its middle, on white where it is transparent, and the first of a moving one; what is too large is none', async () => {
  const { context } = await launch();
  const page = await openPage(context, url);
  const seen = await page.evaluate(async () => {
    const { squareOf } = /** @type {{squareOf: (bytes: Uint8Array) => Promise<ArrayBuffer | undefined>}} */ (await import(new URL('./pictures.js', location.href).href));
    /** @param {number} width @param {number} height @param {(context: OffscreenCanvasRenderingContext2D) => void} draw @param {string} type */
    const file = async (width, height, draw, type) => {
      const canvas = new OffscreenCanvas(width, height);
      draw(/** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d')));
      return new Uint8Array(await (await canvas.convertToBlob({ type, quality: 1 })).arrayBuffer());
    };
    /** Red, green and blue at a place, as shares of the side. @param {Uint8Array} bytes @param {[number, number][]} places */
    const at = async (bytes, places) => {
      const pixels = await squareOf(bytes);
      return pixels && places.map(([x, y]) => Array.from(new Uint8Array(pixels).subarray(3 * (Math.floor(y * 224) * 224 + Math.floor(x * 224)), 3 * (Math.floor(y * 224) * 224 + Math.floor(x * 224)) + 3)));
    };
    const transparent = await file(300, 300, (draw) => { draw.fillStyle = 'rgb(0 0 255 / 50%)'; draw.fillRect(0, 0, 150, 300); }, 'image/png');
    // A poster whose ends are of other colours than its middle square.
    const tall = await file(200, 400, (draw) => { draw.fillStyle = 'red'; draw.fillRect(0, 0, 200, 400); draw.fillStyle = 'lime'; draw.fillRect(0, 100, 200, 200); }, 'image/png');
    // Upright its upper half is blue; it lies on its side in the file, and says so (Exif 2.3, orientation 6).
    const lying = await file(320, 320, (draw) => { draw.fillStyle = 'white'; draw.fillRect(0, 0, 320, 320); draw.fillStyle = 'blue'; draw.fillRect(0, 0, 160, 320); }, 'image/jpeg');
    const exif = [0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 18, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
    const turned = Uint8Array.from([...lying.subarray(0, 2), ...exif, ...lying.subarray(2)]);
    // Two frames of one point each: first black, then white (GIF89a).
    const frame = (/** @type {number} */ colour) => [0x21, 0xf9, 4, 0, 10, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, colour ? 0x4c : 0x44, 1, 0];
    const moving = Uint8Array.from([...new TextEncoder().encode('GIF89a'), 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, ...frame(0), ...frame(1), 0x3b]);
    return {
      transparent: await at(transparent, [[0.25, 0.5], [0.75, 0.5]]),
      tall: await at(tall, [[0.5, 0.05], [0.5, 0.95]]),
      turned: await at(turned, [[0.5, 0.2], [0.5, 0.8]]),
      moving: await at(moving, [[0.5, 0.5]]),
      broken: await Promise.all([transparent, lying, moving].map((whole) => at(whole.subarray(0, whole.length - 20), [[0.5, 0.5]]))),
      empty: await at(new Uint8Array(), [[0.5, 0.5]]),
    };
  });
  const near = (/** @type {number[] | undefined} */ found, /** @type {number[]} */ expected) =>
    assert.ok(found?.every((one, i) => Math.abs(one - (expected[i] ?? 0)) < 12), `${found} for ${expected}`);
  near(seen.transparent?.[0], [127, 127, 255]);
  near(seen.transparent?.[1], [255, 255, 255]);
  near(seen.tall?.[0], [0, 255, 0]);
  near(seen.tall?.[1], [0, 255, 0]);
  near(seen.turned?.[0], [0, 0, 255]);
  near(seen.turned?.[1], [255, 255, 255]);
  near(seen.moving?.[0], [0, 0, 0]);
  assert.deepEqual(seen.broken, [undefined, undefined, undefined]);
  assert.equal(seen.empty, undefined);
  // More points than any poster has, in a file of some megabytes.
  const huge = bitmap(12_000, 6_000, [1, 2, 3]).toString('base64');
  const none = await page.evaluate(async (encoded) => {
    const { squareOf } = /** @type {{squareOf: (bytes: Uint8Array) => Promise<ArrayBuffer | undefined>}} */ (await import(new URL('./pictures.js', location.href).href));
    return squareOf(Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0)));
  }, huge);
  assert.equal(none, undefined);
  await context.close();
});

/**
 * The page of somebody who ships a model of texts and pictures, too: the small one that a script makes.
 * @param {(folder: string) => Promise<void>} [change]  made to its files @returns {Promise<string>} a folder
 */
async function distWithDescriptions(change) {
  const folder = await distWithServices(services.hosts);
  const root = new URL('../../', import.meta.url).pathname;
  const made = path.join(root, '.build', 'model-files');
  const manifest = JSON.parse(await fs.readFile(path.join(root, 'models', 'manifest.json'), 'utf8'));
  for (const model of manifest.models) {
    model.shipped = model.id.startsWith('clip-small');
    if (model.vocabulary) Object.assign(model.vocabulary, { source: undefined, made: 'clip-small', path: 'clip-small/bpe_simple_vocab_16e6.txt.gz' });
  }
  const files = packAll(manifest, ({ made: stage }) => (stage ? made : path.join(root, '.build', 'npm', 'node_modules', manifest.runtime.package)));
  const both = JSON.parse(await fs.readFile(path.join(dist, 'models.json'), 'utf8'));
  both.pictures.push(...JSON.parse(String(files.get('models.json'))).pictures);
  for (const [name, content] of files) if (name !== 'models.json') await fs.writeFile(path.join(folder, name), content);
  await fs.writeFile(path.join(folder, 'models.json'), JSON.stringify(both));
  await change?.(folder);
  // The service worker takes the files that it was told of and no others.
  write(folder, withServices(folder, await fs.readFile(path.join(folder, 'services.json'), 'utf8')));
  return folder;
}

test('another model can be chosen: the one before is used until it has seen all, and one that reads finds posters by a description', async () => {
  const { url: address } = await servePage('/owner/name/', await distWithDescriptions());
  const { context } = await launch();
  const page = await openPage(context, address);
  await bringShows(page);
  await go(page, 'Data');
  const choice = section(page).getByRole('radiogroup', { name: 'Picture model to use' });
  await choice.getByRole('radio', { name: 'EfficientNet-Lite0' }).and(page.locator('[aria-checked="true"]')).waitFor();
  await section(page).getByRole('button', { name: /^Download, \d/ }).click();
  await waitForText(status(page), /^All 56 posters are seen\.$/, 120_000);
  await choice.getByRole('radio', { name: 'Colours, pictures' }).click();
  await waitForText(section(page), /Until it has seen all posters, your predictions use what EfficientNet-Lite0 has seen/);
  // The runtime is here already, so that little is left to download.
  await section(page).getByRole('button', { name: /^Download, (\d+ kB|1\.\d MB)/ }).click();
  await waitForText(status(page), /^All 56 posters are seen\.$/, 120_000);
  await until(async () => !/Until it has seen all posters/.test((await section(page).textContent()) ?? ''), 'the new one is used');
  await waitForText(section(page), /This one finds posters by a description/);
  await trained(page);
  const [red, blue] = [await predicted(page, true), await predicted(page, false)];
  assert.ok(red > blue + 0.8, `${red} of a red one, ${blue} of a blue one`);

  await search(page, 'Shows', 'a red poster');
  const found = page.getByRole('option', { name: /, by its poster/ });
  await found.first().waitFor();
  const titles = await found.evaluateAll((options) => options.map((one) => (one.getAttribute('aria-label') ?? one.textContent ?? '').split(',')[0]));
  const colourOf = new Map(shows.map((work, i) => [work.title, isRed(i)]));
  assert.ok(titles.length >= 3 && titles.every((title) => colourOf.get(title ?? '')), `found: ${titles.join('; ')}`);

  await page.reload();
  await ready(page);
  await go(page, 'Data');
  await choice.getByRole('radio', { name: 'Colours, pictures' }).and(page.locator('[aria-checked="true"]')).waitFor();
  await waitForText(status(page), /^All 56 posters are seen\.$/);
  assert.deepEqual(problems(page), []);
  await context.close();
});

test('a model that reads compares what is written about works with their posters, and predictions follow whether they fit', async () => {
  // A real model takes its time for a text; this one would be through before anybody sees it.
  const slowly = async (/** @type {string} */ folder) => {
    const script = path.join(folder, 'embedding-worker.js');
    const quick = await fs.readFile(script, 'utf8');
    const slow = quick.replace(/async function describe\(.*\{\n/, (line) => `${line}  await new Promise((done) => setTimeout(done, 100));\n`);
    assert.notEqual(slow, quick);
    await fs.writeFile(script, slow);
  };
  const { url: address } = await servePage('/owner/name/', await distWithDescriptions(slowly));
  const { context } = await launch();
  const page = await openPage(context, address);
  // Of red ones and blue ones each second names its poster's colour, the others that of the other posters: those that fit are rated high.
  const fits = (/** @type {number} */ i) => i % 2 === 0;
  const told = shows.map((work, i) => ({
    ...work,
    community: [{ source: 'IMDb', rating: fits(i) ? 9 : 3.5, scale: 10, votes: 1000 }],
    synopsis: `A ${isRed(i) === fits(i) ? 'red' : 'blue'} lantern is carried home.`,
  }));
  await bringShows(page, told);
  const places = [true, false].map((fit) => told.findIndex((_, i) => i >= rated && fits(i) === fit && isRed(i)));
  const [fitting, other] = /** @type {[string, string]} */ (places.map((place) => told[place]?.title));
  assert.ok(Math.abs((await predictedOf(page, fitting)) - (await predictedOf(page, other))) < 0.8, 'nothing tells them apart yet');

  await go(page, 'Data');
  await section(page).getByRole('radiogroup', { name: 'Picture model to use' }).getByRole('radio', { name: 'Colours, pictures' }).click();
  await section(page).getByRole('button', { name: /^Download, \d/ }).click();
  await waitForText(status(page), /^Comparing texts with posters \d+ of 56$/, 120_000);
  await section(page).getByRole('button', { name: 'Pause comparing texts with posters' }).click();
  await waitForText(status(page), /^Paused at \d+ of 56$/);
  await section(page).getByRole('button', { name: 'Go on comparing texts with posters' }).click();
  await waitForText(status(page), /^All 56 posters are seen, and 56 texts compared with them\.$/, 120_000);
  await trained(page);
  const well = await predictedOf(page, fitting);
  const reasons = page.getByRole('list', { name: 'Reasons' });
  await waitForText(reasons, /Its poster fits its story, as with what you rate higher/);
  const badly = await predictedOf(page, other);
  await waitForText(reasons, /Its poster does not fit its story, as with what you rate lower/);
  assert.ok(well > badly + 0.8, `${well} of one that fits, ${badly} of one that does not`);

  // Kept, with nothing to be done again.
  await comesToRest(page);
  await page.reload();
  await ready(page);
  await trained(page);
  const again = await predictedOf(page, fitting);
  assert.ok(Math.abs(again - well) < 0.02, `${again} after a reload, ${well} before`);
  await go(page, 'Data');
  await waitForText(status(page), /^All 56 posters are seen, and 56 texts compared with them\.$/);
  assert.deepEqual(problems(page), []);
  await context.close();
});
