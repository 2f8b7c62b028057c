// What the titles of an import lack, looked up in the background by services that the test makes up.

import test, { after, afterEach, beforeEach } from 'node:test';
import { assert, chooseFile, distWithServices, go, launch, openItem, openPage, ready, servePage, waitForText } from './harness.mjs';
import { Upstreams } from './upstreams.mjs';

const services = await new Upstreams().start();
after(() => services.stop());
const { url } = await servePage('/owner/name/', await distWithServices(services.hosts));
const { context } = await launch();

/** @typedef {import('./harness.mjs').WatchedPage} WatchedPage */

const diary = (/** @type {number} */ others) =>
  ['Date,Name,Year,Letterboxd URI,Rating', '2024-02-01,Lantern Bay,2011,https://boxd.it/aaaa,4.5']
    .concat(Array.from({ length: others }, (_, i) => `2023-0${1 + (i % 9)}-11,Quiet Field ${i + 1},${1990 + i},,3`))
    .join('\n');
const section = (/** @type {WatchedPage} */ page) => page.getByRole('region', { name: 'Missing facts', exact: true });
const status = (/** @type {WatchedPage} */ page) => page.getByRole('status', { name: 'Missing facts', exact: true });

async function bring(/** @type {WatchedPage} */ page, /** @type {number} */ others) {
  await go(page, 'Data');
  await chooseFile(page, { name: 'ratings.csv', mimeType: 'text/csv', buffer: Buffer.from(diary(others)) });
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await ready(page);
}

beforeEach(() => {
  services.asked = [];
  services.delay = {};
});

afterEach(async () => {
  for (const page of context.pages().slice(1)) {
    await go(/** @type {WatchedPage} */ (page), 'Data').catch(() => {});
    await page.close();
  }
});

test('nothing is asked before the person agrees; then a title gets its facts, which stay after a reload', async () => {
  const page = await openPage(context, url);
  await bring(page, 3);
  await section(page).getByText(/^4 of your titles lack genres, makers, cast or other facts/).waitFor();
  assert.equal(services.asked.length, 0, 'nothing went out with the import');

  await section(page).getByRole('button', { name: 'Look up 4 titles', exact: true }).click();
  await waitForText(status(page), /^Looked up 4 titles, and found more of 1\.$/, 60000);
  for (const asked of services.asked) {
    assert.ok(['wikidata', 'sparql'].includes(asked.service), `${asked.service} was asked for a film`);
    assert.doesNotMatch(asked.url.href, /4\.5|boxd/, 'nothing of the rating is sent');
  }
  await ready(page);
  // A search for it asks a service that films are not looked up at, too.
  const before = services.of('wikidata').length;
  await openItem(page, 'Films', 'Lantern Bay');
  await page.getByText('Ken Ono, Rie Sato').waitFor();
  await ready(page);
  // Where its facts show, it is said whose they are.
  for (const view of ['Start', 'Library', 'Accuracy']) {
    await go(page, view);
    await page.getByText('Facts from Wikidata, CC0', { exact: true }).first().waitFor();
    assert.equal(await page.getByRole('link', { name: 'Source', exact: true }).first().getAttribute('href'), 'https://www.wikidata.org/', view);
  }

  await page.reload();
  await ready(page);
  await go(page, 'Data');
  await waitForText(status(page), /^Looked up 4 titles|^No title lacks facts/);
  assert.equal(services.of('wikidata').length, before, 'what was looked up is not asked for again');
  await section(page).getByRole('button', { name: 'Stop looking up titles', exact: true }).click();
  await section(page).waitFor({ state: 'detached' });
  assert.deepEqual(page.problems, []);
});

test('looking up is paused and gone on with, from the palette too', async () => {
  services.delay = { wikidata: 400 };
  const page = await openPage(context, url);
  await bring(page, 30);
  await page.keyboard.press('Control+k');
  await page.getByRole('searchbox', { name: 'Find a command' }).fill('look up what');
  await page.getByRole('option', { name: /^Look up what titles lack/, selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await waitForText(status(page), /^Looked up [1-9]\d* of \d+/, 60000);
  const now = section(page).getByText(/^Now: /);
  await waitForText(now, /^Now: Quiet Field \d+$/);
  assert.doesNotMatch((await status(page).textContent()) ?? '', /Quiet Field/, 'what is read aloud does not change with each title');
  await section(page).getByRole('button', { name: 'Pause looking up titles', exact: true }).click();
  const paused = await waitForText(status(page), /^Paused after/);
  await now.waitFor({ state: 'detached' });
  const asked = services.asked.length;
  await new Promise((resolve) => setTimeout(resolve, 1500));
  assert.equal(services.asked.length, asked, 'nothing is asked while it rests');
  await section(page).getByRole('button', { name: 'Go on looking up titles', exact: true }).click();
  const count = Number(/after (\d+)/.exec(paused)?.[1]);
  for (;;) {
    const now = await waitForText(status(page), /^Looked up \d+/, 60000);
    if (Number(/up (\d+)/.exec(now)?.[1]) > count) break;
  }
  await section(page).getByRole('button', { name: 'Pause looking up titles', exact: true }).click();
  await waitForText(status(page), /^Paused after/);
  assert.deepEqual(page.problems, []);
});
