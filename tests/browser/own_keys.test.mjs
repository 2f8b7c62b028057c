// Keys of the person's own: entered under Data, checked, used for searches, removed; on the device and nowhere else.

import test, { after, afterEach, beforeEach } from 'node:test';
import {
  assert, comesToRest, distWithServices, download, fs, go, launch, openPage, os, path, predictedRating, ready, search, servePage, waitForText,
} from './harness.mjs';
import { problems } from './pixels.mjs';
import { Upstreams, ownKey } from './upstreams.mjs';

const services = await new Upstreams().start();
after(() => services.stop());
const { url } = await servePage('/owner/name/', await distWithServices(services.hosts));

/** @type {import('playwright-core').BrowserContext} */
let context;
beforeEach(async () => {
  services.asked = [];
  ({ context } = await launch());
});
afterEach(() => context.close());

/** @typedef {import('./harness.mjs').WatchedPage} WatchedPage */
const status = (/** @type {WatchedPage} */ page) => page.getByRole('status', { name: 'OMDb key', exact: true });

/** @param {WatchedPage} page @param {string} key */
async function enter(page, key) {
  await go(page, 'Data');
  const field = page.getByRole('textbox', { name: 'Key for OMDb', exact: true });
  await field.scrollIntoViewIfNeeded();
  await field.fill(key);
  await page.getByRole('button', { name: 'Keep the key for OMDb', exact: true }).click();
}

test('by commands alone: a key is entered, and removed', async () => {
  const page = await openPage(context, url);
  const palette = page.getByRole('dialog', { name: 'All commands', exact: true });
  const command = async (/** @type {string} */ words, /** @type {string} */ name) => {
    await page.keyboard.press('Control+k');
    await palette.getByRole('searchbox', { name: 'Find a command' }).waitFor();
    await page.keyboard.type(words);
    await palette.getByRole('option', { name, exact: true, selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await palette.waitFor({ state: 'detached' });
  };
  await command('key omdb', 'Enter a key of my own for OMDb');
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Key for OMDb');
  await page.keyboard.type(ownKey);
  await page.keyboard.press('Enter');
  await waitForText(status(page), /^OMDb takes this key\.$/);
  await command('remove omdb', 'Remove my key for OMDb');
  await page.getByRole('textbox', { name: 'Key for OMDb', exact: true }).waitFor();
});

test('a key of one’s own: entered, taken, used for a search and its details, there at the next visit, in no backup, removed', async () => {
  const page = await openPage(context, url);
  await enter(page, ownKey);
  await waitForText(status(page), /^OMDb takes this key\.$/);
  assert.equal(await page.getByRole('textbox', { name: 'Key for OMDb', exact: true }).count(), 0);
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'media-hub-keys-'));
  const backup = await fs.readFile(await download(page, 'Download backup', path.join(folder, 'backup')), 'utf8');
  await fs.rm(folder, { recursive: true });
  assert.ok(!backup.includes(ownKey));
  await ready(page);
  await comesToRest(page);

  await page.reload();
  await ready(page);
  await search(page, 'Films', 'quiet meridian');
  await page.getByRole('option', { name: /^Quiet Meridian, 2016.*from OMDb/ }).click();
  await page.getByRole('heading', { name: 'Quiet Meridian', exact: true }).waitFor();
  await page.getByText('Ines Calder').first().waitFor();
  await page.getByText('3 awards won, 5 nominations (OMDb)', { exact: true }).waitFor();
  assert.ok((await predictedRating(page)) > 0);
  for (const one of services.asked) assert.equal(one.url.href.includes(ownKey), one.service === 'omdb', one.url.href);

  await go(page, 'Data');
  const remove = page.getByRole('button', { name: 'Remove the key for OMDb', exact: true });
  await remove.scrollIntoViewIfNeeded();
  await remove.click();
  await page.getByRole('textbox', { name: 'Key for OMDb', exact: true }).waitFor();
  const asked = services.of('omdb').length;
  await search(page, 'Films', 'meridian by night');
  await comesToRest(page);
  assert.equal(services.of('omdb').length, asked);
  assert.deepEqual(problems(page), []);
});

test('a key that the service refuses is told plainly and not kept; one that is none is not even sent', async () => {
  const page = await openPage(context, url);
  await enter(page, 'not it');
  await waitForText(status(page), /^This is no key of OMDb/);
  assert.equal(services.of('omdb').length, 0);
  await enter(page, 'wrong-key-1');
  await waitForText(status(page), /^OMDb refused this key, and it was not kept\./);
  await page.getByRole('textbox', { name: 'Key for OMDb', exact: true }).waitFor();
  const sent = services.of('omdb').length;
  await search(page, 'Films', 'quiet meridian');
  await comesToRest(page);
  assert.equal(services.of('omdb').length, sent);
  assert.deepEqual(problems(page), []);
});
