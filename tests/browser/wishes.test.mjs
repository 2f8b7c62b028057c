// What is on a wish list: brought by a file or marked here, the best for the person first, taken off or rated; and taken along to other services.

import { readFileSync } from 'node:fs';
import test from 'node:test';
import { assert, chooseFile, download, fs, go, imdbExport, launch, openItem, openPage, os, path, ready, servePage, trained, waitForText } from './harness.mjs';

const { url } = await servePage();
const { context } = await launch();

test.afterEach(async () => {
  for (const page of context.pages().slice(1)) await page.close();
});

/** @typedef {import('./harness.mjs').Page} Page */

const importButton = (/** @type {Page} */ page) => page.getByRole('button', { name: 'Import', exact: true });

/** @param {Page} page @param {string} name @param {string | Buffer} content */
async function bring(page, name, content) {
  await go(page, 'Data');
  await chooseFile(page, { name, mimeType: 'text/csv', buffer: Buffer.from(content) });
  await importButton(page).waitFor();
}

const watchlist = readFileSync(new URL('../core/data/imports/imdb-watchlist.csv', import.meta.url));
const table = (/** @type {Page} */ page) => page.getByRole('table', { name: 'Your library' });

test('a watchlist without a rating is imported, predicted and sorted, and each title can be taken off or rated', async () => {
  const page = await openPage(context, url);
  await bring(page, 'ratings.csv', imdbExport(40));
  await importButton(page).click();
  await ready(page);
  await bring(page, 'watchlist.csv', watchlist);
  const preview = page.getByRole('region', { name: 'Import preview' });
  await waitForText(preview, /2 titles found.*2 on your wish list/s);
  await waitForText(preview, /A Beautiful Mind.*on your wish list/s);
  await importButton(page).click();
  await trained(page);

  await go(page, 'Library');
  await page.getByRole('button', { name: 'Wish list 2', exact: true }).click();
  await waitForText(table(page), /A Beautiful Mind/);
  const figures = async () =>
    (await page.getByRole('row').allTextContents()).slice(1).map((text) => Number(/(\d\.\d\d)/.exec(text)?.[1] ?? '0'));
  const predicted = await figures();
  assert.equal(predicted.length, 2);
  assert.ok(predicted.every((stars) => stars > 0), `${predicted}`);
  assert.deepEqual(predicted, [...predicted].sort((a, b) => b - a));

  await page.getByRole('button', { name: 'Take Annie Hall off your wish list', exact: true }).click();
  await page.getByRole('button', { name: 'Wish list 1', exact: true }).waitFor();
  await waitForText(table(page), /^(?![\s\S]*Annie Hall)/);
  // What was watched and is rated is no wish any more.
  await page.getByRole('slider', { name: 'Your rating of A Beautiful Mind', exact: true }).fill('4');
  await ready(page);
  await waitForText(page.getByRole('main'), /Nothing is on your wish list/);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await page.getByRole('button', { name: 'Wish list 1', exact: true }).waitFor();

  // A second time there is nothing new, also after a reload.
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await page.getByRole('button', { name: 'Wish list 2', exact: true }).waitFor();
  await ready(page);
  await page.reload();
  await ready(page);
  await bring(page, 'watchlist again.csv', watchlist);
  await waitForText(preview, /all of it in your library already/);
  assert.deepEqual(page.problems, []);
});

test('a title is put on the wish list where it is looked at, and is in the files for other services', async () => {
  const page = await openPage(context, url);
  await openItem(page, 'Films', 'Metropolis');
  const marks = page.getByRole('group', { name: 'Your marks' });
  await marks.getByRole('button', { name: 'Wish list', exact: true }).click();
  await marks.locator('[aria-pressed="true"]', { hasText: '' }).and(marks.getByRole('button', { name: 'Wish list', exact: true })).waitFor();
  await ready(page);
  await go(page, 'Data');
  // The messages about what was downloaded stand at the bottom of the page; the buttons are above them then.
  await page.getByRole('button', { name: 'Delete everything…', exact: true }).scrollIntoViewIfNeeded();
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'along-'));
  const file = await download(page, 'Table (CSV)', path.join(folder, 'all.csv'));
  assert.match(await fs.readFile(file, 'utf8'), /Metropolis,.*1927,film,Fritz Lang,,.*wish list/);
  const json = JSON.parse(await fs.readFile(await download(page, 'JSON', path.join(folder, 'all.json')), 'utf8'));
  assert.equal(json.find((/** @type {{title: string}} */ one) => one.title === 'Metropolis').on_wish_list, true);
  // There is no manga in it, which is said.
  await page.getByRole('button', { name: 'MyAnimeList (manga)', exact: true }).click();
  await page.getByText(/No title of your library has a place/).first().waitFor();
  await fs.rm(folder, { recursive: true });
  assert.deepEqual(page.problems, []);
});
