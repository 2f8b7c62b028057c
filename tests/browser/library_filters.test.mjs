// What Library shows: filters, words that are looked for, orders; all of it in the address, and found again by Back, Forward and a link.

import test from 'node:test';
import { assert, go, notIn, noTouch, present, ready, servePage, waitForText, withLibrary } from './harness.mjs';

const { url } = await servePage();

/** @typedef {import('./harness.mjs').Page} Page */

const button = (/** @type {Page} */ page, /** @type {string | RegExp} */ name) => page.getByRole('button', { name, exact: true });
const table = (/** @type {Page} */ page) => page.getByRole('table', { name: 'Your library' });
const sheet = (/** @type {Page} */ page) => page.getByRole('dialog', { name: 'Filters', exact: true });
const chips = (/** @type {Page} */ page) => page.getByRole('group', { name: 'Chosen filters', exact: true });
const words = (/** @type {Page} */ page) => page.getByRole('searchbox', { name: 'Search your library', exact: true });

/** Waits for what the address says behind “#/library”, decoded. @param {Page} page @param {string} expected */
async function address(page, expected) {
  const said = () => decodeURIComponent(new URL(page.url()).hash);
  const end = Date.now() + 20000;
  while (said() !== `#/library${expected}`) {
    if (Date.now() > end) assert.equal(said(), `#/library${expected}`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

/** Waits for so many titles. @param {Page} page @param {number} count */
const titles = (page, count) => page.getByRole('main').getByText(count === 1 ? '1 title' : `${count} titles`, { exact: true }).waitFor();

test('what is shown is in the address; Back, Forward, a new load and a link bring it back', async () => {
  const { context, page } = await withLibrary(url);
  await address(page, '');
  await button(page, /^Films \d+$/).click();
  await address(page, '?type=film');
  await titles(page, 48);
  await table(page).getByRole('columnheader', { name: 'Title', exact: true }).getByRole('button').click();
  await address(page, '?type=film&sort=title');
  await table(page).getByRole('columnheader', { name: 'Title', exact: true }).getByRole('button').click();
  await address(page, '?type=film&sort=title&order=falling');
  await page.getByRole('radio', { name: 'Covers', exact: true }).click();
  await address(page, '?type=film&sort=title&order=falling&look=covers');
  await page.goBack();
  await address(page, '?type=film&sort=title&order=falling');
  await table(page).getByRole('columnheader', { name: 'Title', exact: true }).and(page.locator('[aria-sort="descending"]')).waitFor();
  await page.goBack();
  await table(page).getByRole('columnheader', { name: 'Title', exact: true }).and(page.locator('[aria-sort="ascending"]')).waitFor();
  await page.goBack();
  await address(page, '?type=film');
  await table(page).getByRole('columnheader', { name: 'Rated on', exact: true }).and(page.locator('[aria-sort="descending"]')).waitFor();
  await page.goBack();
  await titles(page, 60);
  await page.goForward();
  await titles(page, 48);

  // Another view, and back by its link: Library is as it was left.
  await go(page, 'Data');
  await go(page, 'Library');
  await address(page, '?type=film');
  await titles(page, 48);
  await page.reload();
  await ready(page);
  await titles(page, 48);

  await page.goto(`${url}#/library?q=harbour&type=film&genre=Horror&year=1960..1979&rating=2..&sort=year&order=rising&group=decade`);
  await page.getByRole('heading', { level: 2, name: /^1970s · / }).waitFor();
  await chips(page).getByRole('button', { name: 'Remove the filter Horror', exact: true }).waitFor();
  assert.equal(await words(page).inputValue(), 'harbour');
  const shown = await table(page).getByRole('row').evaluateAll((rows) => rows.map((row) => row.querySelectorAll('[role=cell]')[1]?.textContent ?? '').filter(Boolean).map(Number));
  assert.ok(shown.length > 0 && shown.every((year) => year < 1980), `${shown}`);
  assert.deepEqual(page.problems, []);
  await context.close();
});

test('what makes no sense in an address is passed over', async () => {
  const { context, page } = await withLibrary(url);
  await page.goto(`${url}#/library?type=opera,book&year=1999..1990&rating=9&sort=taste&%&=&look=window&genre=Horror`);
  await titles(page, 0);  // no books
  await page.goto(`${url}#/library?type=opera&year=1999..1990&rating=9&sort=taste&%&=&look=window&genre=Horror`);
  await titles(page, 15);
  assert.deepEqual(page.problems, []);
  await context.close();
});

test('titles are filtered by several things at once, in a sheet with numbers; chips tell and take away', async () => {
  const { context, page } = await withLibrary(url);
  const before = await page.evaluate(() => history.length);
  await button(page, 'Filters').click();
  await sheet(page).getByRole('group', { name: 'Genres', exact: true }).getByRole('button', { name: 'Horror 15', exact: true }).click();
  await sheet(page).getByRole('button', { name: 'Show 15 titles', exact: true }).waitFor();
  await address(page, '?genre=Horror');
  // No horror is a comedy: that is no choice any more. What is left of the decades stands beside them.
  await sheet(page).getByRole('button', { name: /^Comedy/ }).waitFor({ state: 'detached' });
  const years = sheet(page).getByRole('group', { name: 'Years', exact: true });
  await years.getByRole('button', { name: /^1990s \d$/ }).click();
  await years.getByRole('button', { name: /^1980s \d$/ }).click();
  await address(page, '?genre=Horror&year=1980..1999');
  const from = years.getByRole('textbox', { name: 'From year', exact: true });
  assert.equal(await from.inputValue(), '1980');
  await from.fill('1985');
  await address(page, '?genre=Horror&year=1985..1999');
  await from.fill('2010');
  await from.and(page.locator('[aria-invalid="true"]')).waitFor();
  await address(page, '?genre=Horror&year=1985..1999');
  await from.fill('');
  await address(page, '?genre=Horror&year=..1999');
  // The sheet is one step, whatever is chosen in it.
  assert.equal(await page.evaluate(() => history.length), before + 1);

  const least = sheet(page).getByRole('slider', { name: 'Your rating, at least', exact: true });
  await least.focus();
  for (let i = 0; i < 3; ++i) await page.keyboard.press('ArrowRight');
  await least.and(page.locator('[aria-valuetext="2 stars"]')).waitFor();
  const most = sheet(page).getByRole('slider', { name: 'Your rating, at most', exact: true });
  await most.focus();
  await page.keyboard.press('ArrowLeft');
  await address(page, '?genre=Horror&year=..1999&rating=2..4.5');
  await page.keyboard.press('Escape');
  await sheet(page).waitFor({ state: 'detached' });

  assert.deepEqual(await chips(page).getByRole('button').allTextContents(), ['Remove the filter Horror', 'Remove the filter up to 1999', 'Remove the filter Rated 2 to 4.5', 'Clear all filters']);
  await button(page, 'Filters, 3 chosen').waitFor();
  await button(page, 'Remove the filter Rated 2 to 4.5').click();
  await address(page, '?genre=Horror&year=..1999');
  await button(page, 'Clear all filters').click();
  await titles(page, 60);
  await chips(page).waitFor({ state: 'detached' });
  await page.goBack();
  await address(page, '?genre=Horror&year=..1999');
  await chips(page).waitFor();

  // By command, too.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('clear filters');
  await page.getByRole('option', { name: 'Clear the filters of my library', exact: true, selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await titles(page, 60);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('filter my library');
  await page.getByRole('option', { name: 'Filter my library', exact: true, selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await sheet(page).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('sort public');
  await page.getByRole('option', { name: 'Sort my library by public rating', exact: true, selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await address(page, '?sort=public');
  assert.deepEqual(page.problems, []);
  await context.close();
});

test('a rating’s limits are dragged with a mouse', async () => {
  const { context, page } = await withLibrary(url);
  await button(page, 'Filters').click();
  const least = sheet(page).getByRole('slider', { name: 'Your rating, at least', exact: true });
  await least.scrollIntoViewIfNeeded();
  const from = await least.boundingBox();
  const most = await sheet(page).getByRole('slider', { name: 'Your rating, at most', exact: true }).boundingBox();
  assert.ok(from && most);
  const y = from.y + from.height / 2;
  await page.mouse.move(from.x + from.width / 2, y);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2 + (most.x - from.x) * 0.61, y, { steps: 5 });
  await page.mouse.up();
  await least.and(page.locator('[aria-valuetext="3.5 stars"]')).waitFor();
  await address(page, '?rating=3.5..');
  await sheet(page).getByRole('button', { name: 'Show 24 titles', exact: true }).click();
  await sheet(page).waitFor({ state: 'detached' });
  await context.close();
});

test('where filters hide everything the page says which, and without which there would be something', async () => {
  const { context, page } = await withLibrary(url);
  await page.goto(`${url}#/library?genre=Horror&year=1960..1962&language=xx`);
  await page.getByRole('heading', { name: 'Nothing matches', exact: true }).waitFor();
  await waitForText(page.getByRole('main'), /No title in your library fits all of these: Horror, 1960 to 1962 and xx\./);
  await page.goto(`${url}#/library?genre=Horror&year=1960..1962`);
  await waitForText(page.getByRole('main'), /Without 1960 to 1962 there are 15 titles\./);
  await button(page, 'Leave out 1960 to 1962').click();
  await titles(page, 15);
  await page.goBack();
  await button(page, 'Show everything').click();
  await titles(page, 60);
  await address(page, '');
  await context.close();
});

test('words are found in titles, makers and genres, with a letter forgiven where nothing else is found; typing is no step of its own', async () => {
  const { context, page } = await withLibrary(url);
  const before = await page.evaluate(() => history.length);
  await words(page).fill('director 7 horror');
  await titles(page, 1);
  await address(page, '?q=director 7 horror');
  await words(page).fill('comedy');
  await titles(page, 15);
  await words(page).fill('harbuor 59');
  await waitForText(page.getByRole('status', { name: 'What was looked for', exact: true }), /^Nothing for “harbuor 59”; showing “harbour 59”\.$/);
  await titles(page, 1);
  await words(page).fill('zeppelin');
  await page.getByRole('heading', { name: 'Nothing matches', exact: true }).waitFor();
  await waitForText(page.getByRole('status', { name: 'What was looked for', exact: true }), /^$/);
  assert.equal(await page.evaluate(() => history.length), before);
  // The best come first, until the words are gone.
  await words(page).fill('harbour part 5');
  await button(page, /^Sorted by best match/).waitFor();
  const first = table(page).getByRole('row').nth(1).getByRole('link');
  await waitForText(first, /^Harbour, part 5$/);
  await words(page).fill('');
  await titles(page, 60);
  await address(page, '');
  assert.deepEqual(page.problems, []);
  await context.close();
});

test('titles come back into sight with Back, and are where they were once the demo is left', async () => {
  const { context, page } = await withLibrary(url);
  await titles(page, 60);
  const area = page.getByRole('table', { name: 'Your library' }).getByRole('rowgroup').last();
  const top = () => area.evaluate((element) => element.scrollTop);
  const waitForTop = async (/** @type {number} */ expected) => {
    const end = Date.now() + 20000;
    while (Math.abs((await top()) - expected) > 2) {
      if (Date.now() > end) assert.equal(await top(), expected);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  };
  // The page hears of it with the next frame that the browser draws.
  const scrollTo = async (/** @type {number} */ to) => {
    await area.evaluate((element, y) => element.scrollTo(0, y), to);
    await waitForTop(to);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(resolve)))));
  };
  await scrollTo(1200);
  // By the pointer alone: to click an element some browsers bring it to the middle first.
  const { x, y } = present(await table(page).getByRole('link').filter({ visible: true }).nth(8).boundingBox());
  await page.mouse.click(x + 2, y + 2);
  await page.getByRole('heading', { level: 1, name: /^Harbour/ }).waitFor();
  await page.goBack();
  await titles(page, 60);
  await waitForTop(1200);
  // A filter begins at the top; Back is where one was.
  await button(page, /^Films \d+$/).click();
  await titles(page, 48);
  await waitForTop(0);
  await scrollTo(500);
  await page.goBack();
  await titles(page, 60);
  await waitForTop(1200);
  await page.goForward();
  await titles(page, 48);
  await waitForTop(500);
  await page.goBack();
  await waitForTop(1200);

  await page.keyboard.press('Control+k');
  await page.keyboard.type('open the demo');
  await page.getByRole('option', { name: 'Open the demo', exact: true, selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await button(page, 'Leave demo').first().waitFor();
  await go(page, 'Library');
  await button(page, /^All \d{3}$/).waitFor();
  await waitForTop(0);
  await scrollTo(300);
  await button(page, 'Leave demo').first().click();
  await go(page, 'Library');
  await button(page, 'All 60').waitFor();
  await waitForTop(1200);
  assert.deepEqual(page.problems, []);
  await context.close();
});

test('on a phone the same sheet rises, the order is chosen from a list, and chips are pushed sideways', { skip: notIn(noTouch) }, async () => {
  const { context, page } = await withLibrary(url, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await button(page, 'Filters').tap();
  await sheet(page).getByRole('button', { name: 'Horror 15', exact: true }).tap();
  const show = sheet(page).getByRole('button', { name: 'Show 15 titles', exact: true });
  await show.waitFor();
  const box = await sheet(page).boundingBox();
  assert.ok(box && box.y > 0 && box.y + box.height <= 845, JSON.stringify(box));
  await show.tap();
  await sheet(page).waitFor({ state: 'detached' });
  await button(page, 'Remove the filter Horror').waitFor();
  await button(page, /^Sorted by rated on/).tap();
  const orders = page.getByRole('dialog', { name: 'Sort by', exact: true });
  await orders.getByRole('radio', { name: 'Title', exact: true }).tap();
  await orders.getByRole('button', { name: 'Done', exact: true }).tap();
  await button(page, /^Sorted by title/).waitFor();
  await address(page, '?genre=Horror&sort=title');
  await page.goBack();
  await button(page, /^Sorted by rated on/).waitFor();
  assert.deepEqual(page.problems, []);
  await context.close();
});
