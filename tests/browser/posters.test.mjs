// What works look like: their pictures from made-up hosts, on the canvas where a cover is, kept, there without network, and never in the way.

import test, { after, afterEach, beforeEach } from 'node:test';
import {
  assert, chooseFile, comesToRest, distWithServices, go, launch, notIn, openPage, rate, ready, search, servePage, until, waitForText,
} from './harness.mjs';
import { coloured, problems, waitForPicture } from './pixels.mjs';
import { backup, works } from '../bench/browser/made_up.mjs';
import { Upstreams, bitmap, pictureColor } from './upstreams.mjs';

const services = await new Upstreams().start();
after(() => services.stop());
const { url } = await servePage('/owner/name/', await distWithServices(services.hosts));

/** @type {import('playwright-core').BrowserContext} */
let context;
beforeEach(async () => {
  services.asked = [];
  services.delay = {};
  services.picture = { status: 200, body: bitmap(210, 295, pictureColor), allowed: true };
  ({ context } = await launch());
});
afterEach(() => context.close());

/** @typedef {import('./harness.mjs').WatchedPage} WatchedPage */

const shows = /** @param {WatchedPage} page */ (page) => search(page, 'Shows', 'slow signal');
const signal = /** @param {WatchedPage} page */ (page) => page.getByRole('option', { name: /^The Slow Signal/ });

test('a work’s picture: in the results, large with its details, in the list of requests, and there at the next visit without network', async () => {
  const page = await openPage(context, url);
  await shows(page);
  // A row’s cover is 40 x 60.
  await waitForPicture(page, signal(page), 2000);
  assert.deepEqual(services.of('pictures').map((one) => one.url.pathname), ['/uploads/images/medium_portrait/9/9.jpg']);
  await signal(page).click();
  await page.getByRole('heading', { name: 'The Slow Signal', exact: true }).waitFor();
  const details = page.getByRole('region', { name: 'Details' });
  await waitForPicture(page, details, 168 * 252 * 0.9);
  await rate(page, 4);
  await comesToRest(page);
  await go(page, 'Data');
  await page.getByRole('list', { name: 'Requests' }).scrollIntoViewIfNeeded();
  await waitForText(page.getByRole('region', { name: 'Network' }), /Picture of “The Slow Signal”\s*static\.tvmaze\.com/);

  await page.evaluate(() => navigator.serviceWorker.ready);
  await context.setOffline(true);
  const before = services.asked.length;
  await page.reload();
  await ready(page);
  await go(page, 'Library');
  await waitForPicture(page, page.getByRole('main'), 28 * 40 * 0.8);
  assert.equal(services.asked.length, before);
  await comesToRest(page);
  assert.deepEqual(problems(page), []);
});

test('only what is on the screen is asked for; more as it is scrolled to', async () => {
  const page = await openPage(context, url);
  const options = await search(page, 'Music', 'slow tide');
  await options.and(page.getByRole('option', { name: /^Slow Tide 1,/ })).waitFor();
  await waitForPicture(page, page.getByRole('option', { name: /^Slow Tide 1,/ }), 1000);
  await comesToRest(page);
  const first = services.of('covers').length;
  assert.ok(first >= 3 && first < 15, `${first} of 15 pictures were asked for`);
  await page.getByRole('option', { name: /^Slow Tide 1,/ }).hover();
  await page.mouse.wheel(0, 4000);
  await waitForPicture(page, page.getByRole('option', { name: /^Slow Tide 15,/ }), 1000);
  const paths = services.of('covers').map((one) => one.url.pathname);
  assert.equal(new Set(paths).size, paths.length, 'a picture was asked for twice');
  assert.ok(paths.every((one) => /^\/release-group\/[0-9a-f-]+\/front-250$/.test(one)), paths.join(' '));
  assert.deepEqual(problems(page), []);
});

test('“Stay offline” holds pictures back too, and they come when it is switched off', async () => {
  const page = await openPage(context, url);
  // Longer than it takes to get there.
  services.delay = { pictures: 60000 };
  await shows(page);
  await signal(page).waitFor();
  await page.waitForTimeout(400);
  await go(page, 'Data');
  await page.getByRole('switch', { name: 'Stay offline' }).click();
  await waitForText(page.getByRole('region', { name: 'Network' }), /Stay offline/);
  services.delay = {};
  const asked = services.of('pictures').length;
  await go(page, 'Predict');
  await signal(page).waitFor();
  await comesToRest(page);
  assert.equal(await coloured(page, signal(page)), 0);
  assert.equal(services.of('pictures').length, asked);
  await go(page, 'Data');
  await page.getByRole('switch', { name: 'Stay offline' }).click();
  await go(page, 'Predict');
  await waitForPicture(page, signal(page), 2000);
  assert.deepEqual(problems(page), []);
});

for (const [what, picture] of /** @type {[string, Partial<Upstreams['picture']>][]} */ ([
  ['none there', { status: 404, body: Buffer.from('nothing') }],
  ['no picture at all', { body: Buffer.from('<!doctype html>') }],
  ['a broken one', { body: bitmap(210, 295, pictureColor).subarray(0, 40) }],
  ['one that is too large', { body: Buffer.concat([bitmap(210, 295, pictureColor), Buffer.alloc(1 << 20)]) }],
  ['a host that lets no page read it', { allowed: false }],
]))
  test(`the drawn cover stays where there is ${what}`, async () => {
    const page = await openPage(context, url);
    Object.assign(services.picture, picture);
    await shows(page);
    await signal(page).waitFor();
    for (let i = 0; i < 200 && services.of('pictures').length === 0; ++i) await page.waitForTimeout(50);
    await comesToRest(page);
    assert.equal(services.of('pictures').length, 1);
    assert.equal(await coloured(page, signal(page)), 0);
    await signal(page).click();
    await page.getByRole('heading', { name: 'The Slow Signal', exact: true }).waitFor();
    assert.deepEqual(problems(page), []);
  });

test('“Delete everything” removes kept pictures too', async () => {
  const page = await openPage(context, url);
  const kept = () =>
    page.evaluate(async () => {
      let count = 0;
      for (const name of await caches.keys()) if (name.startsWith('media-hub-pictures:')) count += (await (await caches.open(name)).keys()).length;
      return count;
    });
  await shows(page);
  await waitForPicture(page, signal(page), 2000);
  assert.equal(await kept(), 1);
  await go(page, 'Data');
  await page.getByRole('button', { name: /^Delete everything/ }).first().click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete everything', exact: true }).click();
  for (let i = 0; i < 100 && (await kept()) > 0; ++i) await page.waitForTimeout(50);
  assert.equal(await kept(), 0);
  assert.deepEqual(problems(page), []);
});

test('pictures survive graphics that are taken away and given back', async () => {
  const page = await openPage(context, url);
  await shows(page);
  await waitForPicture(page, signal(page), 2000);
  await comesToRest(page);
  await page.evaluate(async () => {
    const canvas = /** @type {HTMLCanvasElement} */ (document.getElementById('surface'));
    const lost = canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context');
    lost?.loseContext();
    await new Promise((resolve) => setTimeout(resolve, 300));
    lost?.restoreContext();
  });
  await waitForPicture(page, signal(page), 2000);
  assert.equal(services.of('pictures').length, 1);
  assert.deepEqual(problems(page), []);
});

/** Counts what the graphics hold, from the page's first script on. */
const countTextures = () => {
  const held = new Map();
  /** @type {WebGLTexture | null} */
  let bound = null;
  let most = 0;
  const { prototype } = WebGL2RenderingContext;
  const { bindTexture, texImage2D, deleteTexture } = prototype;
  prototype.bindTexture = function (target, texture) {
    bound = texture;
    return bindTexture.call(this, target, texture);
  };
  prototype.texImage2D = function (/** @type {any[]} */ ...args) {
    if (args.length > 6) held.set(bound, args[3] * args[4] * 4);
    most = Math.max(most, [...held.values()].reduce((sum, bytes) => sum + bytes, 0));
    return /** @type {any} */ (texImage2D).apply(this, args);
  };
  prototype.deleteTexture = function (texture) {
    held.delete(texture);
    return deleteTexture.call(this, texture);
  };
  Object.assign(window, { textures: () => ({ most, sizes: [...held.values()], bytes: [...held.values()].reduce((sum, bytes) => sum + bytes, 0) }) });
};
/** @param {WatchedPage} page @returns {Promise<{most: number, sizes: number[], bytes: number}>} */
const textures = (page) => page.evaluate(() => /** @type {any} */ (window).textures());

test('a wall of more pictures than memory may hold: those in sight are shown, and what was seen longest ago makes room and comes back unasked', { skip: notIn({ webkit: 'its WebDriver turns the wheel once, and not again' }) }, async () => {
  const { context: sharp } = await launch(undefined, { deviceScaleFactor: 2 });
  await sharp.addInitScript(countTextures);
  services.picture = { status: 200, body: bitmap(440, 660, pictureColor), allowed: true };
  const page = await openPage(sharp, url);
  await go(page, 'Data');
  const all = works(240, { only: 'show' }).map((work, i) => ({ ...work, poster: `https://static.tvmaze.com/uploads/images/medium_portrait/9/${i}.jpg` }));
  await chooseFile(page, { name: 'backup.jsonl', mimeType: 'application/json', buffer: backup(all, 240) }, 'Restore backup');
  await page.getByRole('button', { name: /^Add to what is here/ }).click();
  await ready(page);
  const begun = (await textures(page)).bytes;
  await go(page, 'Library');
  await page.getByRole('radio', { name: 'Covers', exact: true }).click();
  const wall = page.getByRole('list', { name: 'Your library' });
  const covers = wall.getByRole('listitem');
  await covers.first().waitFor();
  const name = await covers.first().textContent();
  await waitForPicture(page, covers.first(), 40000);
  // All that are in sight have come.
  await comesToRest(page);
  // Most of what there is are pictures on covers, all of one size.
  const sizes = (await textures(page)).sizes.sort((a, b) => a - b);
  const one = sizes[Math.floor(sizes.length / 2)];
  await covers.first().hover();
  // Row by row, as what is passed too fast is not asked for.
  await until(async () => {
    await page.mouse.wheel(0, 500);
    await page.waitForTimeout(100);
    return (await covers.last().getAttribute('aria-posinset')) === '240';
  }, 'the last of them comes into sight');
  await page.mouse.wheel(0, 100000);
  await until(async () => ((await covers.last().boundingBox())?.y ?? 800) < 600, 'the last of them is in sight');
  await waitForPicture(page, covers.last(), 20000);
  const { most, bytes } = await textures(page);
  const seen = services.of('pictures').length;
  assert.ok(seen * one > 2 * (32 << 20), `the ${seen} that were seen would take ${seen * one} bytes`);
  assert.ok(most - begun <= 40 << 20, `${most - begun} bytes were held at once`);
  assert.ok(bytes - begun >= 16 << 20, `${bytes - begun} bytes are held still`);
  await comesToRest(page);
  const asked = services.of('pictures').length;
  await page.mouse.wheel(0, -100000);
  await until(async () => (await covers.first().textContent()) === name, 'the first of them is in sight again');
  await waitForPicture(page, covers.first(), 40000);
  assert.deepEqual(services.of('pictures').slice(asked).map((each) => each.url.pathname), [], 'it was kept');
  assert.deepEqual(problems(page), []);
  await sharp.close();
});
