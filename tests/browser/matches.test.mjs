// Which work a title is: a wrong match that is corrected on the title's own page, and the titles that wait for it after an import, by keys
// alone and by press.

import test, { after, afterEach, beforeEach } from 'node:test';
import { assert, chooseFile, distWithServices, go, launch, openItem, openPage, ready, servePage, waitForText } from './harness.mjs';
import { Upstreams } from './upstreams.mjs';

const services = await new Upstreams().start();
after(() => services.stop());
const { url } = await servePage('/owner/name/', await distWithServices(services.hosts));

/** @typedef {import('./harness.mjs').WatchedPage} WatchedPage */

/** @type {import('playwright-core').BrowserContext} */
let context;
// Each test has a library of its own.
beforeEach(async () => {
  ({ context } = await launch());
});
afterEach(() => context.close());

/** @param {WatchedPage} page @param {string[]} lines of a table of titles */
async function bring(page, lines) {
  await go(page, 'Data');
  const buffer = Buffer.from(['Title,Year,Type,Rating', ...lines].join('\n'));
  await chooseFile(page, { name: 'titles.csv', mimeType: 'text/csv', buffer });
  const preview = page.getByRole('region', { name: 'Import preview' });
  await preview.waitFor();
  const words = (await preview.textContent()) ?? '';
  await preview.getByRole('button', { name: 'Import', exact: true }).click();
  await preview.waitFor({ state: 'detached' });
  await ready(page);
  return words;
}

const remakes = ['The Office,,show,4.5', 'Sonic the Hedgehog,,game,2', 'Unheard Of,2001,film,3'];
const candidates = (/** @type {WatchedPage} */ page) => page.getByRole('list', { name: 'Works it could be' }).getByRole('button');
const waiting = (/** @type {WatchedPage} */ page) => page.getByRole('status', { name: 'Waiting', exact: true });

test('a title that got the wrong work is corrected from its own page, stays so at the next import, and is undone as one', async () => {
  const page = await openPage(context, url);
  await bring(page, ['The Office,2005,show,4.5']);
  await openItem(page, 'Shows', 'The Office');
  await page.getByText(/^2005/).first().waitFor();
  await page.getByRole('link', { name: 'Wrong work?', exact: true }).click();
  await page.getByRole('heading', { name: 'Which work is it?', exact: true, level: 1 }).waitFor();
  await candidates(page).filter({ hasText: '' }).and(page.getByRole('button', { name: /^The Office, 2001/ })).click();

  // Its page is that of the right work now, and the rating is there.
  await page.waitForFunction(() => location.hash === '#/show/tt0290978');
  await page.getByRole('heading', { name: 'The Office', exact: true, level: 1 }).waitFor();
  await page.getByRole('slider', { name: 'Your rating', exact: true }).and(page.locator('[aria-valuetext^="4.5"]')).waitFor();
  await ready(page);
  assert.match(await bring(page, ['The Office,2005,show,4.5']), /1 already in your library/);

  await page.goto(`${url}#/show/tt0386676`);
  await page.getByRole('heading', { name: 'The Office', exact: true, level: 1 }).waitFor();
  await page.getByRole('slider', { name: 'Your rating', exact: true }).and(page.locator('[aria-valuetext="Not rated"], [aria-valuetext^="not" i]')).waitFor();
  await page.keyboard.press('Control+z');
  await page.getByRole('slider', { name: 'Your rating', exact: true }).and(page.locator('[aria-valuetext^="4.5"]')).waitFor();
  assert.deepEqual(page.problems, []);
});

test('none of the known works: the title keeps what its line says, by one key', async () => {
  const page = await openPage(context, url);
  await bring(page, ['The Office,2005,show,4.5']);
  await openItem(page, 'Shows', 'The Office');
  await page.getByRole('link', { name: 'Wrong work?', exact: true }).click();
  await candidates(page).first().waitFor();
  await page.keyboard.press('0');
  await page.waitForFunction(() => location.hash === '#/show/the-office--2005');
  await page.getByRole('slider', { name: 'Your rating', exact: true }).and(page.locator('[aria-valuetext^="4.5"]')).waitFor();
  await ready(page);
  assert.match(await bring(page, ['The Office,2005,show,4.5']), /1 already in your library/);
  assert.deepEqual(page.problems, []);
});

test('titles that could be two works wait after an import, and are decided with keys alone', async () => {
  const page = await openPage(context, url);
  assert.match(await bring(page, remakes), /2 titles to look at/);
  await page.getByRole('region', { name: 'Titles to look at' }).getByRole('button', { name: 'Look at 2 titles', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Titles to look at', exact: true, level: 1 }).waitFor();
  await waitForText(waiting(page), /^2 titles wait$/);
  const mine = page.getByRole('group', { name: 'Your title', exact: true });
  await candidates(page).nth(1).waitFor();
  const first = /Office/.test((await mine.textContent()) ?? '') ? 'The Office' : 'Sonic the Hedgehog';
  const second = first === 'The Office' ? 'Sonic the Hedgehog' : 'The Office';

  // Later: the other one comes, and this one after it.
  await page.keyboard.press('s');
  await mine.getByText(second, { exact: true }).waitFor();
  await page.keyboard.press('Backspace');
  await mine.getByText(first, { exact: true }).waitFor();
  await candidates(page).and(page.getByRole('button', { name: new RegExp(`^${first}`) })).first().waitFor();
  await page.keyboard.press('1');
  await mine.getByText(second, { exact: true }).waitFor();
  await waitForText(waiting(page), /^1 title waits$/);
  // Back takes the answer back.
  await page.keyboard.press('Backspace');
  await mine.getByText(first, { exact: true }).waitFor();
  await waitForText(waiting(page), /^2 titles wait$/);
  await candidates(page).and(page.getByRole('button', { name: new RegExp(`^${first}`) })).first().waitFor();
  await page.keyboard.press('2');
  await mine.getByText(second, { exact: true }).waitFor();
  await candidates(page).and(page.getByRole('button', { name: new RegExp(`^${second}`) })).first().waitFor();
  await page.keyboard.press('n');
  await page.getByText('Nothing to look at', { exact: true }).waitFor();
  await ready(page);

  // It is remembered, also after a reload.
  await page.reload();
  await ready(page);
  const again = await bring(page, remakes);
  assert.doesNotMatch(again, /to look at/);
  assert.match(again, /3 already in your library/);
  assert.deepEqual(page.problems, []);
});

test('the queue goes by press too, from Library, and what waits is in the library meanwhile', async () => {
  const page = await openPage(context, url, { viewport: { width: 390, height: 844 } });
  await bring(page, remakes);
  await go(page, 'Library');
  // GTK’s scrollbar, where nobody sees it, is what a browser says is at the lower half of such a row; the canvas is pressed there all the same.
  await page.getByRole('button', { name: 'To look at 2', exact: true }).click({ position: { x: 8, y: 8 } });
  await candidates(page).first().waitFor();
  await page.getByRole('button', { name: 'Later', exact: true }).click();
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await candidates(page).first().click();
  await waitForText(waiting(page), /^1 title waits$/);
  await candidates(page).first().waitFor();
  await page.getByRole('button', { name: 'None of these', exact: true }).click();
  await page.getByText('Nothing to look at', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Go to Library', exact: true }).click();
  await page.getByRole('button', { name: 'All 3', exact: true }).waitFor();
  await page.getByRole('button', { name: /^To look at/ }).waitFor({ state: 'detached' });
  assert.deepEqual(page.problems, []);
});

test('services are asked for other works of the name, and one of theirs can be it', async () => {
  const page = await openPage(context, url);
  await bring(page, ['Lantern Bay,2003,film,4']);
  await openItem(page, 'Films', 'Lantern Bay');
  services.asked = [];
  await page.getByRole('link', { name: 'Wrong work?', exact: true }).click();
  for (const words of ['Facts from Wikidata, CC0', 'Facts from the iTunes Store']) await page.getByText(words, { exact: true }).first().waitFor();
  // Both services have told of it: what only one knows comes with that one.
  await candidates(page).and(page.getByRole('button', { name: /^Lantern Bay, 2011.*(iTunes · Wikidata|Wikidata · iTunes)/ })).click();
  await page.waitForFunction(() => /^#\/film\/(?!lantern)/.test(location.hash));
  await page.getByText('Ken Ono, Rie Sato').waitFor();
  await page.getByRole('slider', { name: 'Your rating', exact: true }).and(page.locator('[aria-valuetext^="4"]')).waitFor();
  for (const asked of services.asked) assert.doesNotMatch(asked.url.href, /2003|rating/i, 'only the title is sent');
  assert.deepEqual(page.problems, []);
});
