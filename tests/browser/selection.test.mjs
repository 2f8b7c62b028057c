// Several titles of the library at once: selected by finger, mouse, keys and commands, in the list and on the wall of covers; each change is one step back.

import test from 'node:test';
import { assert, chooseFile, go, imdbExport, launch, notIn, noTouch, openPage, present, ready, servePage, waitForText } from './harness.mjs';

const { url } = await servePage();
const { context } = await launch();

test.afterEach(async () => {
  for (const page of context.pages().slice(1)) await page.close();
});

/** @typedef {import('./harness.mjs').Page} Page */

const selection = (/** @type {Page} */ page) => page.getByRole('status', { name: 'Selection', exact: true });
const message = (/** @type {Page} */ page) => page.getByRole('region', { name: 'Message' });
const button = (/** @type {Page} */ page, /** @type {string} */ name) => page.getByRole('button', { name, exact: true });
const box = (/** @type {Page} */ page, /** @type {number} */ part) => page.getByRole('checkbox', { name: `Harbour, part ${part}`, exact: true });
const stars = (/** @type {Page} */ page, /** @type {number} */ part) => page.getByRole('slider', { name: `Your rating of Harbour, part ${part}`, exact: true });

/** Waits for what a message says. @param {Page} page @param {RegExp} words */
const said = (page, words) => page.getByText(words).first().waitFor();

/** Waits until so many checkboxes in sight are marked. @param {Page} page @param {number} count */
async function marked(page, count) {
  await page.waitForFunction((wanted) => document.querySelectorAll('#mirror [role=checkbox][aria-checked=true]').length === wanted, count);
}

/** A library of 40 titles, by title. @param {import('playwright-core').BrowserContext} where @param {number} [count] */
async function withLibrary(where, count = 40) {
  const page = await openPage(where, url);
  await go(page, 'Data');
  await chooseFile(page, { name: 'ratings.csv', mimeType: 'text/csv', buffer: Buffer.from(imdbExport(count, { rating: () => 5 })) });
  await button(page, 'Import').click();
  await ready(page);
  await go(page, 'Library');
  await page.getByRole('button', { name: /^All \d+$/ }).waitFor();
  return page;
}

/** @param {Page} page @param {string} words @param {string} expected */
async function command(page, words, expected) {
  const palette = page.getByRole('dialog', { name: 'All commands', exact: true });
  await page.keyboard.press('Control+k');
  await palette.getByRole('searchbox', { name: 'Find a command' }).waitFor();
  await page.keyboard.type(words);
  await palette.getByRole('option', { name: expected, exact: true, selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await palette.waitFor({ state: 'detached' });
}

test('titles are ticked, rated as one, and that is one step back; what a filter hides stays selected and is told', async () => {
  const { context: own } = await launch();
  const page = await withLibrary(own);
  await page.getByRole('columnheader', { name: 'Title', exact: true }).getByRole('button').click();
  await button(page, 'Select titles').click();
  await waitForText(selection(page), /^0 selected$/);
  await page.getByRole('toolbar', { name: 'Selected titles' }).waitFor();
  assert.ok(await button(page, 'Rate the selected titles').isDisabled());
  await box(page, 0).click();
  await box(page, 1).click();
  await waitForText(selection(page), /^2 selected$/);
  await marked(page, 2);

  await button(page, 'Rate the selected titles').click();
  const dialog = page.getByRole('dialog', { name: 'Rate 2 titles', exact: true });
  await dialog.getByRole('slider', { name: 'Rating for all of them', exact: true }).fill('4');
  await dialog.getByRole('button', { name: 'Rate 2 titles 4.0', exact: true }).click();
  await said(page, /2 titles rated 4\.0/);
  for (const part of [0, 1]) await stars(page, part).and(page.locator('[aria-valuetext="4 out of 5"]')).waitFor();
  await message(page).getByRole('button', { name: 'Take back', exact: true }).click();
  for (const part of [0, 1]) await stars(page, part).and(page.locator('[aria-valuetext="2.5 out of 5"]')).waitFor();
  await waitForText(selection(page), /^2 selected$/);

  await page.getByRole('searchbox', { name: 'Search your library' }).fill('part 3');
  await waitForText(selection(page), /^2 selected, 2 not shown$/);
  await button(page, 'Select all 11 titles').click();
  await waitForText(selection(page), /^13 selected, 2 not shown$/);
  await button(page, 'Clear selection').click();
  await waitForText(selection(page), /^0 selected$/);
  await button(page, 'Select all 11 titles').click();
  await button(page, 'Remove the selected titles from your library').click();
  await said(page, /11 titles removed from your library/);
  await page.getByRole('button', { name: 'All 29', exact: true }).waitFor();
  await waitForText(selection(page), /^0 selected$/);
  await button(page, 'Undo').click();
  await page.getByRole('button', { name: 'All 40', exact: true }).waitFor();
  await button(page, 'Stop selecting').click();
  await page.getByRole('link', { name: 'Harbour, part 3', exact: true }).waitFor();
  // The focus goes where one goes on.
  await page.waitForFunction(() => document.activeElement?.textContent === 'Select titles');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Selected titles');
  await page.keyboard.press('Tab');
  await page.waitForFunction(() => document.activeElement?.textContent === 'Select all 11 titles');
  await page.keyboard.press('Escape');
  await button(page, 'Select titles').waitFor();

  // It is on disk, and one step back there too.
  await ready(page);
  await page.reload();
  await ready(page);
  await page.getByRole('button', { name: 'All 40', exact: true }).waitFor();
  assert.deepEqual(page.problems, []);
  await own.close();
});

test('wish list, seen, and no rating any more: each for all that are selected, by the bar and by commands', async () => {
  const { context: own } = await launch();
  const page = await withLibrary(own);
  await page.getByRole('button', { name: /^Shows \d+$/ }).click();
  await page.keyboard.press('Control+a');
  await waitForText(selection(page), /^8 selected$/);
  assert.ok(await button(page, 'Take the selected titles off your wish list').isDisabled());
  await button(page, 'Put the selected titles on your wish list').click();
  await said(page, /8 titles put on your wish list/);
  await button(page, 'Wish list 8').waitFor();
  await command(page, 'take selected off wish', 'Take the selected titles off my wish list');
  await button(page, 'Wish list 0').waitFor();
  await command(page, 'selected seen', 'Mark the selected titles as seen');
  await said(page, /8 titles marked as seen/);
  await button(page, 'Clear rating of the selected titles').click();
  await said(page, /8 titles have no rating any more/);
  await button(page, 'Seen, not rated 8').waitFor();
  for (let i = 0; i < 4; ++i) {
    await page.keyboard.press('Control+z');
    await page.waitForTimeout(50);
  }
  await button(page, 'Not rated 0').waitFor();
  await waitForText(selection(page), /^8 selected$/);
  await page.keyboard.press('Escape');
  await selection(page).waitFor({ state: 'detached' });
  await command(page, 'select titles', 'Select titles in my library');
  await waitForText(selection(page), /^0 selected$/);
  assert.deepEqual(page.problems, []);
  await own.close();
});

test('with a mouse: Ctrl selects one, Shift all between, a click on the ground of a row one more', async () => {
  const { context: own } = await launch();
  const page = await withLibrary(own);
  await page.getByRole('columnheader', { name: 'Title', exact: true }).getByRole('button').click();
  const link = (/** @type {string} */ title) => page.getByRole('link', { name: title, exact: true });
  await link('Harbour, part 1').waitFor();
  const titles = await page.getByRole('table', { name: 'Your library' }).getByRole('link').allTextContents();
  await link(present(titles[0])).click({ modifiers: ['Control'] });
  await waitForText(selection(page), /^1 selected$/);
  await page.getByRole('checkbox', { name: present(titles[4]), exact: true }).click({ modifiers: ['Shift'] });
  await waitForText(selection(page), /^5 selected$/);
  const place = present(await page.getByRole('row', { name: new RegExp(`^${titles[6]}`) }).getByRole('cell').nth(1).boundingBox());
  await page.mouse.click(place.x + 20, place.y + place.height / 2);
  await waitForText(selection(page), /^6 selected$/);
  assert.equal(own.pages().length, 2, 'no other tab was opened');
  // A press of the keyboard does the same, and the wall shows the same ones.
  await page.getByRole('checkbox', { name: present(titles[5]), exact: true }).focus();
  await page.keyboard.press('Space');
  await waitForText(selection(page), /^7 selected$/);
  await page.getByRole('radio', { name: 'Covers', exact: true }).click();
  await page.getByRole('list', { name: 'Your library' }).getByRole('checkbox', { name: new RegExp(`^${titles[0]},`), checked: true }).waitFor();
  await page.getByRole('list', { name: 'Your library' }).getByRole('checkbox', { name: new RegExp(`^${titles[0]},`) }).click();
  await waitForText(selection(page), /^6 selected$/);
  await page.keyboard.press('Escape');
  await page.getByRole('list', { name: 'Your library' }).getByRole('link').first().waitFor();
  assert.deepEqual(page.problems, []);
  await own.close();
});

test('on a phone, by touch: selected in the list, rated in a sheet', { skip: notIn(noTouch) }, async () => {
  const { context: own } = await launch(undefined, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const page = await withLibrary(own, 12);
  await button(page, 'Select titles').tap();
  const list = page.getByRole('list', { name: 'Your library' });
  await list.getByRole('checkbox').first().tap();
  await waitForText(selection(page), /^1 selected$/);
  await button(page, 'Select all 12 titles').tap();
  await waitForText(selection(page), /^12 selected$/);
  await button(page, 'Rate the selected titles').tap();
  const dialog = page.getByRole('dialog', { name: 'Rate 12 titles', exact: true });
  const slider = dialog.getByRole('slider', { name: 'Rating for all of them', exact: true });
  const place = present(await slider.boundingBox());
  await page.touchscreen.tap(place.x + place.width * 0.95, place.y + place.height / 2);
  await dialog.getByRole('button', { name: 'Rate 12 titles 5.0', exact: true }).tap();
  await said(page, /12 titles rated 5\.0/);
  await list.getByRole('checkbox', { name: /your rating 5\b/ }).first().waitFor();
  await button(page, 'Stop selecting').tap();
  await list.getByRole('link').first().waitFor();
  assert.deepEqual(page.problems, []);
  await own.close();
});
