// The command palette and the list of shortcuts: by keyboard, by finger, and by what they say to a screen reader.

import test from 'node:test';
import { assert, go, imdbExport, launch, noTouch, notIn, openItem, openPage, present, ready, servePage, waitForRating, waitForText } from './harness.mjs';

const { url } = await servePage();
const { context } = await launch();
test.afterEach(async () => {
  for (const page of context.pages().slice(1)) await page.close();
});

/** @typedef {import('./harness.mjs').Page} Page */

const paletteOf = (/** @type {Page} */ page) => page.getByRole('dialog', { name: 'All commands', exact: true });
const fieldOf = (/** @type {Page} */ page) => paletteOf(page).getByRole('searchbox', { name: 'Find a command' });

/** Opens the palette by its keys, types, and takes what is first. @param {Page} page @param {string} words @param {string} expected */
async function command(page, words, expected) {
  await page.keyboard.press('Control+k');
  await fieldOf(page).waitFor();
  await page.keyboard.type(words);
  await paletteOf(page).getByRole('option', { name: expected, exact: true, selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await paletteOf(page).waitFor({ state: 'detached' });
}

test('Ctrl K opens the palette with the focus in its field; arrows, Enter and Escape do what they do elsewhere, and the focus comes back', async () => {
  const page = await openPage(context, url);
  await go(page, 'Library');
  const link = page.getByRole('link', { name: 'Library', exact: true });
  await link.focus();
  await page.keyboard.press('Control+k');
  await fieldOf(page).waitFor();
  assert.ok(await fieldOf(page).evaluate((field) => field === document.activeElement), 'one can type at once');
  const options = paletteOf(page).getByRole('option');
  const selected = paletteOf(page).getByRole('option', { selected: true });
  const marked = (/** @type {number} */ position) => page.locator(`[role=dialog] [role=option][aria-selected=true][aria-posinset="${position}"]`);
  await marked(1).waitFor();
  const all = Number(await selected.getAttribute('aria-setsize'));
  await page.keyboard.press('ArrowDown');
  await marked(2).waitFor();
  const id = present(await marked(2).getAttribute('id'));
  await page.locator(`[role=dialog] input[aria-activedescendant="${id}"]`).waitFor();
  await page.keyboard.press('ArrowUp');
  await marked(1).waitFor();
  await page.keyboard.press('ArrowUp');
  await marked(all).waitFor();
  await page.keyboard.type('zzzz');
  await options.first().waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await paletteOf(page).waitFor({ state: 'detached' });
  assert.ok(await link.evaluate((node) => node === document.activeElement), 'the focus comes back');
  // Opened anew, it starts anew.
  await page.keyboard.press('Control+k');
  assert.equal(await fieldOf(page).inputValue(), '');
  await page.keyboard.press('Escape');
  assert.deepEqual(page.problems, []);
});

test('the main job by commands alone: search, rate, undo, redo, sort, colours, a backup, and a file', async () => {
  const page = await openPage(context, url);
  await command(page, 'search films', 'Search films');
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Search');
  await page.keyboard.type('metropolis');
  await page.getByRole('option', { name: /^Metropolis/ }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Metropolis', exact: true }).waitFor();
  await command(page, 'rate 4.5', 'Rate this title 4.5');
  await waitForRating(page, /^4\.5/);
  await ready(page);
  await command(page, 'undo', 'Undo the last change');
  await waitForRating(page, /^not rated/i);
  await command(page, 'redo', 'Redo what was undone');
  await waitForRating(page, /^4\.5/);
  await ready(page);
  await command(page, 'sort title', 'Sort my library by title');
  assert.equal(await page.getByRole('columnheader', { name: /^Title/ }).getAttribute('aria-sort'), 'ascending');
  await page.emulateMedia({ colorScheme: 'dark' });
  const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  await command(page, 'light', 'Light colours');
  await page.waitForFunction(() => getComputedStyle(document.documentElement).colorScheme === 'light');
  await command(page, 'as on', 'Colours as on this device');
  await page.waitForFunction(() => getComputedStyle(document.documentElement).colorScheme === 'dark');
  assert.equal(await scheme(), 'dark');
  const downloading = page.waitForEvent('download');
  await command(page, 'backup', 'Download a backup');
  assert.match((await downloading).suggestedFilename(), /media-hub/i);
  const choosing = page.waitForEvent('filechooser');
  await command(page, 'import', 'Import a file of ratings');
  await (await choosing).setFiles({ name: 'ratings.csv', mimeType: 'text/csv', buffer: Buffer.from(imdbExport(12)) });
  await page.getByRole('button', { name: 'Import', exact: true }).waitFor();
  await command(page, 'import what', 'Import what was found in the file');
  await ready(page);
  await command(page, 'delete every', 'Delete everything…');
  const question = page.getByRole('alertdialog', { name: 'Delete everything?' });
  await question.waitFor();
  await page.keyboard.press('Control+k');
  await page.waitForTimeout(200);
  assert.equal(await paletteOf(page).count(), 0, 'a question is answered first');
  await question.getByRole('button', { name: 'Delete everything', exact: true }).click();
  await ready(page);
  assert.deepEqual(page.problems, []);
});

test('what is on the screen is reached too: titles to skip, songs, the report of an import, what was deleted', async () => {
  const page = await openPage(context, url);
  await go(page, 'Start');
  const wall = page.getByRole('list', { name: 'Well-known titles' });
  const title = present(await wall.getByRole('link').first().textContent());
  await command(page, `skip ${title}`, `Skip ${title}`);
  await wall.getByRole('link', { name: title, exact: true }).waitFor({ state: 'detached' });
  await command(page, 'undo', 'Undo the last change');
  await wall.getByRole('link', { name: title, exact: true }).waitFor();

  const bring = async (/** @type {string} */ name, /** @type {string} */ content) => {
    const choosing = page.waitForEvent('filechooser');
    await command(page, 'import', 'Import a file of ratings');
    await (await choosing).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
    await page.getByRole('button', { name: 'Import', exact: true }).waitFor();
  };
  await bring('songs.csv', 'song_title,artist,energy,target\nFirst light,A,0.5,0\nSecond light,B,0.7,0\n');
  const downloading = page.waitForEvent('download');
  await command(page, 'import report', 'Save the import report');
  assert.match((await downloading).suggestedFilename(), /\.csv$/);
  await command(page, 'import what', 'Import what was found in the file');
  await ready(page);
  await command(page, 'songs', 'Show my songs, and which I might like');
  await page.getByRole('table', { name: 'Your songs' }).waitFor();
  await command(page, 'like second', 'Like Second light');
  await page.getByRole('button', { name: /^Liked 1$/ }).waitFor();
  await ready(page);

  await command(page, 'delete every', 'Delete everything…');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete everything', exact: true }).click();
  await page.getByRole('button', { name: 'Bring everything back', exact: true }).waitFor();
  await command(page, 'for good', 'Delete for good what was deleted');
  await page.getByRole('button', { name: 'Bring everything back', exact: true }).waitFor({ state: 'detached' });
  assert.deepEqual(page.problems, []);
});

test('what cannot be done now is not offered', async () => {
  const page = await openPage(context, url);
  const offered = async (/** @type {RegExp} */ count) => {
    await page.keyboard.press('Control+k');
    await fieldOf(page).fill('rate this');
    await waitForText(paletteOf(page).getByRole('status', { name: 'Commands found' }), count);
    await page.keyboard.press('Escape');
    await paletteOf(page).waitFor({ state: 'detached' });
  };
  await go(page, 'Start');
  await offered(/^No command$/);
  await openItem(page, 'Films', 'Metropolis');
  await offered(/^1[01] commands$/);
});

test('“?” lists every shortcut, each does what it says, and characters alone can be switched off', async () => {
  const page = await openPage(context, url);
  await go(page, 'Start');
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts', exact: true });
  await page.keyboard.press('Shift+?');
  await list.waitFor();
  const rows = await list.getByRole('listitem').allTextContents();
  // Each place has two letters; what is listed is pressed.
  for (const view of ['Start', 'Predict', 'Library', 'Accuracy', 'Data']) {
    const row = present(rows.find((words) => words.startsWith(`Go to ${view}: `)));
    const keys = row.slice(row.indexOf(':') + 2).split(' then ');
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'detached' });
    for (const key of keys) await page.keyboard.press(key.toLowerCase());
    await page.getByRole('link', { name: view, exact: true }).and(page.locator('[aria-current="page"]')).waitFor();
    await page.keyboard.press('Shift+?');
    await list.waitFor();
  }
  for (const beginning of ['Undo the last change: Ctrl \\+ Z', 'Redo what was undone: Ctrl \\+ Shift \\+ Z', 'All commands: Ctrl \\+ K', 'Search for a title: /', 'Five stars: 0', 'Close it']) {
    assert.ok(rows.some((words) => new RegExp(`^${beginning}`).test(words)), beginning);
  }
  await list.getByRole('switch', { name: 'Characters alone are shortcuts' }).click();
  await list.getByRole('button', { name: 'Close', exact: true }).click();
  await list.waitFor({ state: 'detached' });
  await go(page, 'Start');
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await page.keyboard.press('Shift+?');
  await page.waitForTimeout(300);
  assert.equal(await list.count(), 0);
  await page.getByRole('link', { name: 'Start', exact: true }).and(page.locator('[aria-current="page"]')).waitFor();
  // It is kept, and found again without those keys.
  await page.reload();
  await ready(page);
  await command(page, 'keyboard', 'Keyboard shortcuts');
  const turn = list.getByRole('switch', { name: 'Characters alone are shortcuts' });
  assert.equal(await turn.getAttribute('aria-checked'), 'false');
  await turn.click();
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'detached' });
  await page.keyboard.press('/');
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Search');
  // In a field a character is a character.
  await page.keyboard.type('g?');
  assert.equal(await page.getByRole('searchbox', { name: 'Search', exact: true }).inputValue(), 'g?');
  assert.deepEqual(page.problems, []);
});

test('on a phone a finger opens it, and it stays above the keyboard', { skip: notIn(noTouch) }, async () => {
  const { context: phone } = await launch(undefined, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const page = await openPage(phone, url);
  await page.getByRole('button', { name: 'All commands', exact: true }).tap();
  await fieldOf(page).waitFor();
  const field = present(await fieldOf(page).boundingBox());
  assert.ok(field.y < 200, 'the field is at the top');
  await fieldOf(page).fill('library');
  await paletteOf(page).getByRole('option', { name: 'Go to Library', exact: true }).tap();
  await page.getByRole('link', { name: 'Library', exact: true }).and(page.locator('[aria-current="page"]')).waitFor();
  assert.equal(await paletteOf(page).count(), 0);
  assert.deepEqual(page.problems, []);
  await phone.close();
});
