// Files of every kind, good and bad, by each of the three ways in.

import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { assert, chooseFile, download, go, imdbExport, inChromium, launch, notIn, openItem, openPage, present, ready, servePage, waitForRating, waitForText } from './harness.mjs';

const { url } = await servePage();
const { context } = await launch();

test.afterEach(async () => {
  for (const page of context.pages().slice(1)) await page.close();
});

/** @typedef {import('./harness.mjs').Page} Page */

const importButton = (/** @type {Page} */ page) => page.getByRole('button', { name: 'Import', exact: true });

/** @param {Page} page @param {string} name @param {string} content */
async function drop(page, name, content) {
  const transfer = await page.evaluateHandle(([fileName, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([text], fileName, { type: 'text/csv' }));
    return data;
  }, [name, content]);
  for (const kind of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent('body', kind, { dataTransfer: transfer });
}

/** As the person does it: the text is on the clipboard, and nothing that is typed into has the focus. @param {Page} page @param {string} content */
async function paste(page, content) {
  if (inChromium) await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(page.url()).origin });
  await page.evaluate((text) => navigator.clipboard.writeText(text), content);
  await page.keyboard.press('Control+V');
}

/** @type {Record<string, (page: Page, content: string) => Promise<void>>} */
const ways = {
  drop: (page, content) => drop(page, 'ratings.csv', content),
  picker: (page, content) => chooseFile(page, { name: 'ratings.csv', mimeType: 'text/csv', buffer: Buffer.from(content) }),
  paste: (page, content) => paste(page, content),
};

for (const [way, give] of Object.entries(ways)) {
  const skip = way === 'paste' && notIn({ webkit: 'it writes to the clipboard only while a person presses something' });
  test(`10,000 rows by ${way}: previewed, imported, undone as one`, { skip }, async () => {
    // By itself: what was undone stays in the history, which each visit reads.
    const { context: own } = await launch();
    const page = await openPage(own, url);
    const before = await page.evaluate(() => document.querySelector('[role=status][aria-label="Storage"]')?.textContent);
    assert.equal(before?.trim(), 'Saved');
    await give(page, imdbExport(10000));
    await importButton(page).waitFor();
    const preview = page.getByRole('region', { name: 'Import preview' });
    await waitForText(preview, /10,000 ratings found/);
    await waitForText(preview, /10,000 new · 0 changed · 0 already in your library · 0 lines skipped/);
    await importButton(page).click();
    await ready(page);
    await go(page, 'Library');
    await waitForText(page.getByRole('main'), /10,000/);
    await page.getByRole('searchbox', { name: 'Search your library' }).fill('harbour part 9999');
    await page.getByText('Harbour, part 9999', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await ready(page);
    await waitForText(page.getByRole('main'), /^(?![\s\S]*Harbour, part 9999)/);
    assert.deepEqual(page.problems, []);
    await own.close();
  });
}

test('every line that is not taken is told with its reason', async () => {
  const page = await openPage(context, url);
  const good = imdbExport(3);
  await ways.picker(page, `${good}tt12345678,99,2024-01-01,Too much,Too much,,Movie,7,90,2001,Drama,10,,\ntt12345679,5,2024-01-01,One evening,One evening,,TV Episode,7,90,2001,Drama,10,,\n`).catch(() => {});
  await importButton(page).waitFor();
  const skipped = page.getByRole('list', { name: 'Lines that are skipped' });
  await waitForText(skipped, /Line 5.*99.*Line 6.*episode/is);
  const report = readFileSync(await download(page, 'Save report', path.join(mkdtempSync(path.join(tmpdir(), 'media-hub-report-')), 'report.csv')), 'utf8').trim().split('\r\n');
  assert.equal(report.length, 6);
  assert.match(report[1] ?? '', /^,2,.*,Rating added,$/);
  assert.match(report[4] ?? '', /^,5,,,,,Skipped,.*99/);
  assert.match(report[5] ?? '', /^,6,,,,,Skipped,.*episode/i);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await go(page, 'Library');
  await waitForText(page.getByRole('main'), /^(?![\s\S]*Harbour)/);
});

const half = imdbExport(40);
const archive = readFileSync(new URL('../core/data/imports/archives/letterboxd.zip', import.meta.url));
for (const [what, name, content, seen, advice] of /** @type {const} */ ([
  ['an empty file', 'ratings.csv', '', /empty/, /export it once more/i],
  ['a picture', 'ratings.csv', Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(600, 7)]), /picture/, /On IMDb/],
  ['bytes without sense', 'ratings.csv', Buffer.alloc(5000, 1), /not hold text/, /On IMDb/],
  ['a PDF', 'ratings.pdf', '%PDF-1.7\n1 0 obj\n', /PDF/, /On IMDb/],
  ['a web page saved as CSV', 'ratings.csv', '<!DOCTYPE html><html><title>Sign in</title></html>', /web page.*signed out/s, /On IMDb/],
  ['a table of something else', 'budget.csv', 'Month,Rent,Food\n1,2,3\n4,5,6\n', /kind is not known.*Month/s, /On IMDb/],
  ['an archive that is cut off', 'export.zip', archive.subarray(0, 900), /zip archive is damaged or cut off/, /download it once more/],
  ['a half of a backup', 'backup.jsonl', '{"media_hub_backup":1,"made":1,"events":5}\n', /end of this backup is missing/, /once more/],
])) {
  test(`${what} is refused with what was wrong and what to do, and nothing changes`, async () => {
    const page = await openPage(context, url);
    await go(page, 'Data');
    await chooseFile(page, { name, mimeType: 'text/csv', buffer: Buffer.from(content) });
    const alert = page.getByRole('main').getByRole('alert');
    const words = await waitForText(alert, seen);
    assert.match(words, advice);
    assert.match(words, /Nothing was changed|Your library was not changed/);
    assert.equal(await importButton(page).count(), 0);
    await ready(page);
    assert.deepEqual(page.problems, []);
  });
}

test('half of an export is read as far as it goes, and what is missing is said', async () => {
  const page = await openPage(context, url);
  await go(page, 'Data');
  await chooseFile(page, { name: 'ratings.csv', mimeType: 'text/csv', buffer: Buffer.from(half.slice(0, half.length / 2)) });
  const preview = page.getByRole('region', { name: 'Import preview' });
  await waitForText(preview, /19 ratings found/);
  await waitForText(preview, /ends in the middle|cut off/i);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
});

test('exports of other services become ratings of the works that are known here', async () => {
  const page = await openPage(context, url);
  for (const [name, content, found] of /** @type {const} */ ([
    ['ratings.csv', 'Date,Name,Year,Letterboxd URI,Rating\n2024-01-05,Metropolis,1927,https://boxd.it/aaa1,4.5\n2024-01-06,Harbour Lights,2019,https://boxd.it/aaa2,2\n', /^Letterboxd.*2 ratings found/],
    ['library.csv', 'Book Id,Title,Author,My Rating,Average Rating,Original Publication Year,Date Read,Exclusive Shelf\n1,Dune,Frank Herbert,5,4.2,1965,2020/05/06,read\n2,The Tide Clock,Mara Venn,0,3.9,1998,,to-read\n', /^Goodreads.*1 rating found.*0 lines skipped.*1 on your wish list/],
  ])) {
    await go(page, 'Data');
    await chooseFile(page, { name, mimeType: 'text/csv', buffer: Buffer.from(content) });
    await importButton(page).waitFor();
    const told = present(await page.getByRole('region', { name: 'Bring your ratings' }).textContent());
    assert.match(told.replace('Bring your ratings', ''), found);
    await importButton(page).click();
    await ready(page);
  }
  await openItem(page, 'Films', 'Metropolis');
  await waitForRating(page, /^4\.5/);
  await openItem(page, 'Books', 'Dune');
  await waitForRating(page, /^5/);
  await go(page, 'Library');
  await waitForText(page.getByRole('main'), /Harbour Lights/);
  // What is only wished for is there too, and rated by nobody.
  await page.getByRole('button', { name: /^Wish list/ }).click();
  await waitForText(page.getByRole('table', { name: 'Your library' }), /The Tide Clock/);
  await page.getByRole('button', { name: /^Wish list/ }).click();
  assert.deepEqual(page.problems, []);
});

test('an archive is one import: each film once, each line told by its file', async () => {
  const page = await openPage(context, url);
  await go(page, 'Data');
  await chooseFile(page, { name: 'letterboxd-ada.zip', mimeType: 'application/zip', buffer: archive });
  const preview = page.getByRole('region', { name: 'Import preview' });
  await waitForText(preview, /Letterboxd · letterboxd-ada\.zip/);
  await waitForText(preview, /4 ratings found/);
  await waitForText(preview, /ratings\.csv, line 2.*Harbour Lights/s);
  await waitForText(preview, /watchlist\.csv, line 2.*on your wish list/s);
  await waitForText(preview, /deleted\/diary\.csv/);
  await importButton(page).click();
  await ready(page);
  await go(page, 'Library');
  await waitForText(page.getByRole('main'), /Low Tide/);
  assert.deepEqual(page.problems, []);
});

test('what was only seen is shown line by line, goes into the library, and becomes no rating', async () => {
  const page = await openPage(context, url);
  await go(page, 'Data');
  const history = 'Title,Date\n"Harbour: Season 1: Ebb","1/2/24"\n"Low Water","1/3/24"\n';
  await chooseFile(page, { name: 'NetflixViewingHistory.csv', mimeType: 'text/csv', buffer: Buffer.from(history) });
  const preview = page.getByRole('region', { name: 'Import preview' });
  await waitForText(preview, /Netflix.*2 titles found.*0 lines skipped.*1 seen, read or played · 1 begun/s);
  await waitForText(preview, /Line 2.*Harbour.*begun.*Line 3.*Low Water.*seen/s);
  await importButton(page).click();
  await ready(page);
  await go(page, 'Library');
  await page.getByRole('button', { name: /^Seen, not rated/ }).click();
  const table = page.getByRole('table', { name: 'Your library' });
  await waitForText(table, /Low Water/);
  await page.getByRole('button', { name: 'Forget that you saw Low Water', exact: true }).click();
  await waitForText(page.getByRole('main'), /^(?![\s\S]*Low Water)/);
  await page.getByRole('slider', { name: 'Your rating of Harbour', exact: true }).fill('4');
  await ready(page);
  await page.getByRole('slider', { name: 'Your rating of Harbour', exact: true }).waitFor({ state: 'detached' });
  assert.deepEqual(page.problems, []);
});

test('a file that another app shares with the installed page is looked at, once', async () => {
  const page = await openPage(context, url);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  await ready(page);
  const told = await page.evaluate(async (content) => {
    const form = new FormData();
    form.append('files', new File([content], 'my ratings, 2024.csv', { type: 'text/csv' }));
    const manifest = await (await fetch('./manifest.webmanifest')).json();
    const answer = await fetch(manifest.share_target.action, { method: manifest.share_target.method, body: form });
    return answer.ok;
  }, imdbExport(12));
  assert.ok(told);
  await page.goto('about:blank');
  await page.goto(`${url}#/data`);
  await importButton(page).waitFor();
  await page.getByText('my ratings, 2024.csv', { exact: false }).first().waitFor();
  await page.reload();
  await ready(page);
  assert.equal(await importButton(page).count(), 0);
  await page.close();
});

test('a file that is dropped into the demo leaves it, as it is for the person’s own library', async () => {
  const page = await openPage(context, url);
  await page.getByRole('button', { name: 'Open demo' }).first().click();
  await page.getByText('nothing of it is kept', { exact: false }).first().waitFor();
  await drop(page, 'ratings.csv', imdbExport(12));
  await importButton(page).waitFor();
  await importButton(page).click();
  await ready(page);
  await go(page, 'Library');
  await page.getByText('Harbour, part 7', { exact: true }).first().waitFor();
  // A title of the demo that no other test here rates.
  assert.equal(await page.getByText('Disco Elysium', { exact: true }).count(), 0);
  await page.close();
});
