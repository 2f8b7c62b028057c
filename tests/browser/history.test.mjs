// Undo, redo, backup, restore, delete.

import test from 'node:test';
import { assert, chooseFile, download, fs, go, imdbExport, launch, openItem, openPage, path, rate, ready, servePage, waitForRating, waitForText } from './harness.mjs';

const { url } = await servePage();
const { context, profile } = await launch();
test.afterEach(async () => {
  for (const page of context.pages().slice(1)) await page.close();
});

/** @typedef {import('./harness.mjs').Page} Page */

const undo = async (/** @type {Page} */ page) => {
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await ready(page);
};
const redo = async (/** @type {Page} */ page) => {
  await page.keyboard.press('Control+Shift+Z');
  await ready(page);
};

/** @param {Page} page */
async function deleteEverything(page) {
  await go(page, 'Data');
  await page.getByRole('button', { name: /^Delete everything/ }).first().click();
  await page.getByRole('alertdialog').getByRole('button', { name: /^Delete/ }).click();
  await ready(page);
}

test('every kind of change is undone and done again: rated, changed, cleared, not interested', async () => {
  const page = await openPage(context, url);
  await openItem(page, 'Films', 'Metropolis');
  await rate(page, 4);
  await rate(page, 2.5);
  await page.getByRole('button', { name: 'Clear rating', exact: true }).click();
  await waitForRating(page, /^not rated/i);
  await ready(page);
  const refuse = page.getByRole('button', { name: 'Not interested', exact: true });
  await refuse.click();
  await refuse.waitFor({ state: 'detached' });
  await ready(page);

  await undo(page);
  await refuse.waitFor();
  await undo(page);
  await waitForRating(page, /^2\.5/);
  await undo(page);
  await waitForRating(page, /^4 /);
  await undo(page);
  await waitForRating(page, /^not rated/i);

  await redo(page);
  await waitForRating(page, /^4 /);
  await redo(page);
  await waitForRating(page, /^2\.5/);
  await redo(page);
  await waitForRating(page, /^not rated/i);
  await redo(page);
  await refuse.waitFor({ state: 'detached' });
  assert.deepEqual(page.problems, []);
});

test('what was undone stays so after a reload, and can still be done again; the page of data does the same by buttons', async () => {
  const page = await openPage(context, url);
  await openItem(page, 'Books', 'Dune');
  await rate(page, 3);
  await undo(page);
  await page.reload();
  await ready(page);
  await waitForRating(page, /^not rated/i);
  await go(page, 'Data');
  await page.getByRole('button', { name: 'Redo', exact: true }).click();
  await ready(page);
  await openItem(page, 'Books', 'Dune');
  await waitForRating(page, /^3 /);
  await go(page, 'Data');
  await page.getByRole('button', { name: 'Take back', exact: true }).first().click();
  await ready(page);
  await openItem(page, 'Books', 'Dune');
  await waitForRating(page, /^not rated/i);
});

test('an import is undone and done again as one', async () => {
  const page = await openPage(context, url);
  await go(page, 'Data');
  await chooseFile(page, { name: 'ratings.csv', mimeType: 'text/csv', buffer: Buffer.from(imdbExport(40)) });
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await ready(page);
  await undo(page);
  await go(page, 'Library');
  await waitForText(page.getByRole('main'), /^(?![\s\S]*Harbour)/);
  // The button can be pressed once what was undone is known to be; a key before that would do nothing.
  await go(page, 'Data');
  await page.getByRole('button', { name: 'Redo', exact: true }).click();
  await ready(page);
  await go(page, 'Library');
  await page.getByRole('searchbox', { name: 'Search your library' }).fill('harbour part 39');
  await page.getByText('Harbour, part 39', { exact: true }).first().waitFor();
  await undo(page);
});

test('a backup, everything deleted, and the backup back: added to what is there, and in place of it', async () => {
  const page = await openPage(context, url);
  await deleteEverything(page);
  await openItem(page, 'Shows', 'The Wire');
  await rate(page, 4.5);
  await openItem(page, 'Films', 'Metropolis');
  await rate(page, 2);
  await go(page, 'Data');
  const file = await download(page, 'Download backup', path.join(profile, 'backup.jsonl'));
  const lines = (await fs.readFile(file, 'utf8')).trim().split('\n');
  for (const line of lines) JSON.parse(line);

  await deleteEverything(page);
  await page.reload();
  await ready(page);
  await openItem(page, 'Shows', 'The Wire');
  await waitForRating(page, /^not rated/i);
  // Something newer of one title, and something of another that the backup knows nothing of.
  await openItem(page, 'Films', 'Metropolis');
  await rate(page, 5);
  await openItem(page, 'Games', 'Portal 2');
  await rate(page, 3.5);

  await go(page, 'Data');
  await chooseFile(page, file, 'Restore backup');
  await page.getByRole('button', { name: 'Add to what is here', exact: true }).click();
  await ready(page);
  await openItem(page, 'Shows', 'The Wire');
  await waitForRating(page, /^4\.5/);
  await openItem(page, 'Games', 'Portal 2');
  await waitForRating(page, /^3\.5/);
  await openItem(page, 'Films', 'Metropolis');
  await waitForRating(page, /^5 /);

  await go(page, 'Data');
  await chooseFile(page, file, 'Restore backup');
  await page.getByRole('button', { name: 'Replace everything', exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Replace everything', exact: true }).click();
  await ready(page);
  await openItem(page, 'Games', 'Portal 2');
  await waitForRating(page, /^not rated/i);
  // As every change it can be undone, and done again.
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await waitForRating(page, /^3\.5/);
  await ready(page);
  await go(page, 'Data');
  await page.getByRole('button', { name: 'Redo', exact: true }).click();
  await ready(page);
  await openItem(page, 'Games', 'Portal 2');
  await waitForRating(page, /^not rated/i);
  await page.reload();
  await ready(page);
  await openItem(page, 'Games', 'Portal 2');
  await waitForRating(page, /^not rated/i);
  await openItem(page, 'Films', 'Metropolis');
  await waitForRating(page, /^2 /);
  assert.deepEqual(page.problems, []);
});

test('a backup that was changed or cut is refused, and nothing is lost by it', async () => {
  const page = await openPage(context, url);
  await openItem(page, 'Music', 'Kind of Blue');
  await rate(page, 4);
  await go(page, 'Data');
  const text = await fs.readFile(await download(page, 'Download backup', path.join(profile, 'whole.jsonl')), 'utf8');
  for (const [name, content] of [['cut.jsonl', text.slice(0, text.length - 40)], ['changed.jsonl', text.replace('kind-of-blue', 'kind-of-glue')]]) {
    assert.notEqual(content, text);
    await chooseFile(page, { name, mimeType: 'application/x-ndjson', buffer: Buffer.from(content) }, 'Restore backup');
    await page.getByRole('main').getByRole('alert').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Add to what is here' }).count(), 0);
    await page.getByRole('main').getByRole('button', { name: 'Dismiss' }).click();
  }
  await openItem(page, 'Music', 'Kind of Blue');
  await waitForRating(page, /^4 /);
});
