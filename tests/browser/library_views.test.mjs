// How the library is shown: the columns that are chosen and kept, their orders, and titles in groups that open and close.

import test from 'node:test';
import { assert, go, notIn, noTouch, present, ready, servePage, waitForText, withLibrary } from './harness.mjs';

const { url } = await servePage();

/** @typedef {import('./harness.mjs').Page} Page */

const button = (/** @type {Page} */ page, /** @type {string | RegExp} */ name) => page.getByRole('button', { name, exact: true });
const table = (/** @type {Page} */ page) => page.getByRole('table', { name: 'Your library' });
const headers = (/** @type {Page} */ page) => table(page).getByRole('columnheader').allTextContents();

/** Waits until the table has, or has not, a column. @param {Page} page @param {string} name @param {'attached' | 'detached'} [state] */
async function column(page, name, state = 'attached') {
  await table(page).getByRole('columnheader', { name, exact: true }).waitFor({ state });
}

test('columns are chosen by name, sorted by their headers, kept, and put back as they were', async () => {
  const { context, page } = await withLibrary(url, { viewport: { width: 1600, height: 800 } });
  await column(page, 'Rated on');
  const usual = await headers(page);
  assert.ok(!usual.includes('Genres') && !usual.includes('Public rating'), `${usual}`);
  await button(page, 'Columns').click();
  const dialog = page.getByRole('dialog', { name: 'Columns', exact: true });
  const choice = (/** @type {string} */ name) => dialog.getByRole('checkbox', { name, exact: true });
  assert.equal(await choice('Year').isChecked(), true);
  for (const name of ['Genres', 'Public rating', 'Length', 'Language']) await choice(name).click();
  for (const name of ['By', 'Gap']) await choice(name).click();
  await dialog.getByRole('button', { name: 'Done', exact: true }).click();
  for (const name of ['Genres', 'Public rating', 'Length', 'Language']) await column(page, name);
  for (const name of ['By', 'Gap']) await column(page, name, 'detached');
  assert.equal(await table(page).getAttribute('aria-colcount'), String((await headers(page)).length));

  const first = (/** @type {number} */ cell) => table(page).getByRole('row').nth(1).locator('[role=rowheader], [role=cell]').nth(cell);
  const sortBy = async (/** @type {string} */ name) => {
    await table(page).getByRole('columnheader', { name, exact: true }).getByRole('button').click();
    await table(page).getByRole('columnheader', { name, exact: true }).and(page.locator('[aria-sort]')).waitFor();
    return (await headers(page)).indexOf(name);
  };
  await waitForText(first(await sortBy('Length')), /^2 h 19 min$/);
  await waitForText(first(await sortBy('Genres')), /^Action, Science fiction$/);
  await waitForText(first(await sortBy('Public rating')), /^4\.45$/);

  await ready(page);
  await page.reload();
  await ready(page);
  await column(page, 'Genres');
  await column(page, 'Gap', 'detached');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('columns');
  await page.getByRole('option', { name: 'Choose the columns of my library', exact: true, selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'As usual', exact: true }).click();
  await page.keyboard.press('Escape');
  await column(page, 'Gap');
  assert.deepEqual(await headers(page), usual);
  assert.deepEqual(page.problems, []);
  await context.close();
});

test('where there is no room for all columns, the least important give way, and the title stays readable', async () => {
  const { context, page } = await withLibrary(url, { viewport: { width: 1000, height: 800 } });
  await button(page, 'Columns').click();
  const dialog = page.getByRole('dialog', { name: 'Columns', exact: true });
  for (const name of ['Genres', 'Public rating', 'Length', 'Language']) await dialog.getByRole('checkbox', { name, exact: true }).click();
  await dialog.getByRole('checkbox', { name: 'Language', exact: true }).and(page.locator('[aria-description="no room for it now"]')).waitFor();
  await page.keyboard.press('Escape');
  await column(page, 'Language', 'detached');
  await column(page, 'Your rating');
  const title = present(await table(page).getByRole('columnheader', { name: 'Title', exact: true }).boundingBox());
  assert.ok(title.width >= 120, `${title.width}`);
  await context.close();
});

test('titles stand in groups with their number and mean, which close and open, in the list and on the wall', async () => {
  const { context, page } = await withLibrary(url);
  await button(page, 'Group titles').click();
  const dialog = page.getByRole('dialog', { name: 'Group by', exact: true });
  await dialog.getByRole('radio', { name: 'Decade', exact: true }).click();
  await dialog.getByRole('button', { name: 'Done', exact: true }).click();
  await button(page, 'Grouped by decade').waitFor();
  const heading = (/** @type {RegExp} */ name) => page.getByRole('heading', { level: 2, name });
  // 60 titles of six decades, ten each; the ratings of ten titles in turn are all from half a star to five.
  await heading(/^2010s · 10 titles · you 2\.75$/).waitFor();
  assert.equal(await table(page).getAttribute('aria-rowcount'), '67');
  const years = () =>
    table(page).getByRole('row').evaluateAll((rows) => rows.map((row) => row.querySelectorAll('[role=rowheader], [role=cell]')[2]?.textContent ?? '').filter((text) => text !== ''));
  assert.ok((await years()).slice(0, 10).every((year) => Number(year) >= 2010), `${await years()}`);

  const first = page.getByRole('button', { name: /^2010s · / });
  assert.equal(await first.getAttribute('aria-expanded'), 'true');
  await first.click();
  await first.and(page.locator('[aria-expanded="false"]')).waitFor();
  await page.waitForFunction(() => document.querySelector('[role=table][aria-rowcount="57"]') !== null);
  assert.ok((await years()).every((year) => Number(year) < 2010), `${await years()}`);

  await page.getByRole('radio', { name: 'Covers', exact: true }).click();
  const wall = page.getByRole('list', { name: 'Your library' });
  await wall.getByRole('button', { name: /^2010s · / }).and(page.locator('[aria-expanded="false"]')).waitFor();
  await wall.getByRole('heading', { level: 2, name: /^2000s · 10 titles/ }).waitFor();
  await wall.getByRole('button', { name: /^2010s · / }).click();
  await wall.getByRole('link', { name: /, 2015 ·/ }).waitFor();

  // What is selected does not mind whether its group is open.
  await button(page, 'Group titles').or(button(page, 'Grouped by decade')).click();
  await dialog.getByRole('button', { name: 'Close all groups', exact: true }).click();
  await page.keyboard.press('Escape');
  await wall.getByRole('link').first().waitFor({ state: 'detached' });
  await page.keyboard.press('Control+a');
  await waitForText(page.getByRole('status', { name: 'Selection', exact: true }), /^60 selected$/);
  await page.keyboard.press('Escape');

  // Kept on the device; a filter and a search go through the groups; and by command to another.
  await page.getByRole('radio', { name: 'List', exact: true }).click();
  await ready(page);
  await page.reload();
  await ready(page);
  await heading(/^2010s · 10 titles/).waitFor();
  await page.getByRole('searchbox', { name: 'Search your library' }).fill('part 55');
  await heading(/^2010s · 1 title · you/).waitFor();
  await page.getByRole('searchbox', { name: 'Search your library' }).fill('');
  for (const [words, action, expected] of /** @type {const} */ ([
    ['group type', 'Group my library by type', /^Films · 48 titles/],
    ['group genre', 'Group my library by first genre', /^Action · 15 titles/],
    ['group creator', 'Group my library by creator', /^Director 0 · 3 titles/],
    ['group my rating', 'Group my library by my rating', /^5\.0 stars · 6 titles · you 5\.00$/],
    ['group year rated', 'Group my library by year rated', /^Rated in 2024 · 60 titles/],
  ])) {
    await page.keyboard.press('Control+k');
    await page.keyboard.type(words);
    await page.getByRole('option', { name: action, exact: true, selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await heading(expected).waitFor();
  }
  // A rating moves its title into another group, where groups are by rating.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('group my rating');
  await page.getByRole('option', { name: 'Group my library by my rating', exact: true, selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await heading(/^5\.0 stars · 6 titles/).waitFor();
  await page.getByRole('slider', { name: /^Your rating of/ }).first().fill('1');
  await heading(/^5\.0 stars · 5 titles/).waitFor();
  assert.deepEqual(page.problems, []);
  await context.close();
});

test('on a phone the list has groups too, and no columns to choose', { skip: notIn(noTouch) }, async () => {
  const { context, page } = await withLibrary(url, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  assert.equal(await button(page, 'Columns').count(), 0);
  await button(page, 'Group titles').tap();
  await page.getByRole('dialog', { name: 'Group by', exact: true }).getByRole('radio', { name: 'Type', exact: true }).tap();
  await page.getByRole('dialog', { name: 'Group by', exact: true }).getByRole('button', { name: 'Done', exact: true }).tap();
  const list = page.getByRole('list', { name: 'Your library' });
  await list.getByRole('heading', { level: 2, name: /^Films · 48 titles/ }).waitFor();
  await list.getByRole('button', { name: /^Films · / }).tap();
  await list.getByRole('heading', { level: 2, name: /^Shows · 12 titles/ }).waitFor();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  assert.deepEqual(page.problems, []);
  await context.close();
});

for (const [device, options] of /** @type {const} */ ([
  ['a desk', {}],
  ['a phone', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
]))
  test(`on ${device} the heading of a group stays while its titles pass below it, can be pressed there, and ticks all of them`, async () => {
    const { context, page } = await withLibrary(url, options);
    await button(page, 'Group titles').click();
    const dialog = page.getByRole('dialog', { name: 'Group by', exact: true });
    await dialog.getByRole('radio', { name: 'Decade', exact: true }).click();
    await dialog.getByRole('button', { name: 'Done', exact: true }).click();
    const area = page.locator('#mirror .scroll').filter({ has: page.getByRole('heading', { level: 2, name: /^2010s/ }) });
    const top = async (/** @type {RegExp} */ name) => {
      const heading = present(await page.getByRole('heading', { level: 2, name }).boundingBox());
      return heading.y - present(await area.boundingBox()).y;
    };
    /** Scrolls and waits until a heading stands there. @param {number} to @param {RegExp} name @param {(top: number) => boolean} where */
    const scrolled = async (to, name, where) => {
      await area.evaluate((element, y) => element.scrollTo(0, y), to);
      let at = NaN;
      for (const end = Date.now() + 10000; Date.now() < end; await page.waitForTimeout(50)) {
        at = await top(name);
        if (where(at)) return;
      }
      assert.fail(`${name} stands at ${at}`);
    };
    const passed = present(await page.getByRole('button', { name: /^2010s · / }).boundingBox());
    await scrolled(200, /^2010s/, (at) => Math.abs(at) < 1);
    // The next heading pushes it away, and then takes its place.
    const rows = device === 'a desk' ? 52 : 84;
    await scrolled(48 + 10 * rows - 28, /^2010s/, (at) => Math.abs(at + 20) < 1.5);
    await scrolled(48 + 10 * rows + 60, /^2000s/, (at) => Math.abs(at) < 1);

    // A title lies below it; what is pressed is the heading.
    const address = page.url();
    await page.mouse.click(passed.x + 150, present(await area.boundingBox()).y + 24);
    await page.getByRole('button', { name: /^2000s · / }).and(page.locator('[aria-expanded="false"]')).waitFor();
    assert.equal(page.url(), address);
    await page.getByRole('button', { name: /^2000s · / }).click();

    await scrolled(100, /^2010s/, (at) => Math.abs(at) < 1);
    await button(page, 'Select titles').click();
    const all = page.getByRole('checkbox', { name: 'All of 2010s, 10 titles', exact: true });
    const selection = page.getByRole('status', { name: 'Selection', exact: true });
    await all.click();
    await waitForText(selection, /^10 selected$/);
    await all.and(page.locator('[aria-checked="true"]')).waitFor();
    await scrolled(0, /^2010s/, (at) => Math.abs(at) < 1);
    await page.getByRole('checkbox', { name: /^Harbour, part/ }).first().click();
    await waitForText(selection, /^9 selected$/);
    await all.and(page.locator('[aria-checked="mixed"]')).waitFor();
    await all.click();
    await waitForText(selection, /^10 selected$/);
    await all.click();
    await waitForText(selection, /^0 selected$/);
    assert.deepEqual(page.problems, []);
    await context.close();
  });

test('on a phone the filter that an address asks for is in sight, and so is all that can be done with selected titles', { skip: notIn(noTouch) }, async () => {
  const { context, page } = await withLibrary(url, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  /** Waits until a button lies within the page's width. @param {import('./harness.mjs').Locator} one */
  const inSight = async (one) => {
    for (const end = Date.now() + 10000; Date.now() < end; await page.waitForTimeout(50)) {
      const box = present(await one.boundingBox());
      if (box.x >= 0 && box.x + box.width <= 390) return;
    }
    assert.fail(`it lies at ${JSON.stringify(await one.boundingBox())}`);
  };
  const chip = (/** @type {RegExp} */ name) => page.getByRole('group', { name: 'Types', exact: true }).getByRole('button', { name });
  await inSight(chip(/^All 60/));
  await page.goto(`${url}#/library/songs`);
  await inSight(chip(/^Songs 0/));
  await page.goto(`${url}#/library`);
  await inSight(chip(/^All 60/));
  await page.goto(`${url}#/data`);
  await page.getByRole('heading', { level: 1, name: 'Data', exact: true }).waitFor();
  await page.goto(`${url}#/library/songs`);
  await inSight(chip(/^Songs 0/));
  await page.goto(`${url}#/library`);
  await button(page, 'Select titles').tap();
  await page.getByRole('checkbox', { name: /^Harbour/ }).first().tap();
  const acts = page.getByRole('group', { name: 'With the selected titles', exact: true }).getByRole('button');
  await acts.first().waitFor();
  assert.equal(await acts.count(), 5);
  for (let i = 0; i < 5; ++i) await inSight(acts.nth(i));
  await button(page, 'Remove the selected titles from your library').tap();
  await button(page, 'All 59').or(chip(/^All 59/)).first().waitFor();
  assert.deepEqual(page.problems, []);
  await context.close();
});
