// Light, dark, as the device has it, and more contrast: chosen in the page, kept, and there from the first paint on.

import test from 'node:test';
import { assert, go, launch, notIn, openPage, ready, servePage } from './harness.mjs';

const { url } = await servePage();
const noNewColours = { webkit: 'its colours are those it began with' };

/** @typedef {import('./harness.mjs').Page} Page */

const choice = (/** @type {Page} */ page, /** @type {string} */ name) =>
  page.getByRole('radiogroup', { name: 'Colours', exact: true }).getByRole('radio', { name, exact: true });
/** Waits until the page's ground has a colour. @param {Page} page @param {string} color */
const ground = (page, color) => page.waitForFunction((wanted) => getComputedStyle(document.body).backgroundColor === wanted, color);
const dark = 'rgb(13, 16, 21)';
const light = 'rgb(246, 245, 242)';

test('colours are chosen, kept, and the system’s again; more contrast is a choice of its own', { skip: notIn(noNewColours) }, async () => {
  const { context } = await launch(undefined, { colorScheme: 'dark' });
  const page = await openPage(context, url);
  await go(page, 'Data');
  await choice(page, 'System').and(page.locator('[aria-checked="true"]')).waitFor();
  await ground(page, dark);
  await choice(page, 'Light').click();
  await ground(page, light);
  await page.getByRole('switch', { name: 'More contrast', exact: true }).click();
  await ground(page, 'rgb(255, 255, 255)');
  await page.reload();
  await ready(page);
  await choice(page, 'Light').and(page.locator('[aria-checked="true"]')).waitFor();
  await ground(page, 'rgb(255, 255, 255)');
  await page.getByRole('switch', { name: 'More contrast', exact: true, checked: true }).click();
  await ground(page, light);
  await choice(page, 'Dark').click();
  await page.emulateMedia({ colorScheme: 'light' });
  await ground(page, dark);
  await choice(page, 'System').click();
  await ground(page, light);
  assert.deepEqual(page.problems, []);
  await context.close();
});

test('what was chosen is there before anything is drawn: no flash of the other colours', async () => {
  // Without the service worker, which would give the second page the module from its cache.
  const { context } = await launch(undefined, { colorScheme: 'light', serviceWorkers: 'block' });
  const page = await openPage(context, url);
  await go(page, 'Data');
  await choice(page, 'Dark').click();
  await ground(page, dark);
  await ready(page);
  // The module never comes, so what is seen is the first paint and nothing after it.
  const again = await context.newPage();
  await again.route(/ui\.(js|wasm)$/, () => {});
  await again.goto(url, { waitUntil: 'commit' });
  await again.getByRole('heading', { name: 'Media Hub', exact: true }).waitFor();
  assert.equal(await again.evaluate(() => getComputedStyle(document.body).backgroundColor), dark);
  assert.equal(await again.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'dark');
  // The colours of the first paint are those that are drawn later.
  assert.equal(await again.evaluate(() => getComputedStyle(document.body).color), await page.evaluate(() => getComputedStyle(document.body).color));
  await context.close();
});
