// The library as a wall of covers: chosen, kept on the device, each cover a link to its title, and the same filters and orders as the list.

import test from 'node:test';
import { assert, go, launch, openPage, servePage, trained, waitForText } from './harness.mjs';

const { url } = await servePage();
const { context } = await launch();

/** @typedef {import('./harness.mjs').Page} Page */

const covers = (/** @type {Page} */ page) => page.getByRole('list', { name: 'Your library' }).getByRole('link');
const table = (/** @type {Page} */ page) => page.getByRole('table', { name: 'Your library' });

test('covers take the place of the table, say what they show, follow filter and order, and stay chosen', async () => {
  const page = await openPage(context, url);
  await page.getByRole('button', { name: 'Open demo', exact: true }).click();
  await trained(page);
  await go(page, 'Library');
  await table(page).waitFor();
  await page.getByRole('radio', { name: 'Covers', exact: true }).click();
  await covers(page).first().waitFor();
  assert.equal(await table(page).count(), 0);
  // What the person would rate comes after the covers: each part of the wall asks for it when it is shown.
  await page.getByRole('list', { name: 'Your library' }).getByRole('link', { name: /your rating .*for you \d\.\d\d/ }).first().waitFor();

  await page.getByRole('button', { name: /^Books \d+$/ }).click();
  await waitForText(page.getByRole('main'), /25 titles/);
  // By title, the first in the alphabet first.
  await page.getByRole('button', { name: /^Sorted by / }).click();
  await page.getByRole('dialog', { name: 'Sort by', exact: true }).getByRole('radio', { name: 'Title', exact: true }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Sorted by title/ }).waitFor();
  const names = async () => Promise.all((await covers(page).all()).slice(0, 6).map(async (one) => (await one.getAttribute('aria-label')) ?? (await one.textContent()) ?? ''));
  const plain = (/** @type {string} */ name) => name.toLowerCase().replace(/^(the|a|an) /, '');
  const shown = (await names()).map(plain);
  assert.deepEqual(shown, [...shown].sort());

  const first = (await names())[0] ?? '';
  await covers(page).first().click();
  await waitForText(page.getByRole('heading', { level: 1 }).first(), /^(?!Library$)./);
  assert.ok(first.startsWith((await page.getByRole('heading', { level: 1 }).first().textContent()) ?? '-'), first);

  await page.goBack();
  await covers(page).first().waitFor();
  await page.reload();
  await trained(page);
  await page.getByRole('button', { name: 'Open demo', exact: true }).first().click();
  await trained(page);
  await go(page, 'Library');
  await covers(page).first().waitFor();
  await page.getByRole('radio', { name: 'List', exact: true }).click();
  await table(page).waitFor();
  await page.close();
});
