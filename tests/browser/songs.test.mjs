// Songs: brought by a file, each with the chance that the person likes it, liked and unliked by hand, kept, and taken back.

import fs from 'node:fs/promises';
import test from 'node:test';
import { assert, chooseFile, comesToRest, go, launch, openPage, ready, servePage, waitForText } from './harness.mjs';

const { url } = await servePage();
const { context } = await launch();
const axe = await fs.readFile(new URL('../../web/node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

test.afterEach(async () => {
  for (const page of context.pages().slice(1)) await page.close();
});

/** @typedef {import('./harness.mjs').Page} Page */

/** Songs that are liked where they are loud and fast; no two draws alike and always the same. */
function songTable(count = 60) {
  const lines = ['song_title,artist,energy,tempo,danceability,target'];
  for (let i = 0; i < count; i++) {
    const energy = ((i * 37) % 101) / 101;
    const tempo = 80 + ((i * 53) % 97);
    const liked = energy + (tempo - 80) / 97 > 1 !== (i % 17 === 0);
    lines.push(`Song ${i},Artist ${i % 6},${energy.toFixed(3)},${tempo},${(((i * 71) % 89) / 89).toFixed(3)},${liked ? 1 : 0}`);
  }
  return lines.join('\n') + '\n';
}

const importButton = (/** @type {Page} */ page) => page.getByRole('button', { name: 'Import', exact: true });

/** @param {Page} page @param {string} name @param {string} content */
async function bring(page, name, content) {
  await go(page, 'Data');
  await chooseFile(page, { name, mimeType: 'text/csv', buffer: Buffer.from(content) });
  await importButton(page).waitFor();
}

/** @param {Page} page */
async function openSongs(page) {
  await go(page, 'Library');
  await page.getByRole('button', { name: /^Songs \d/ }).click();
}

/** Waits until every song has its chance. @param {Page} page */
async function chancesKnown(page) {
  await waitForText(page.getByRole('status', { name: 'Songs', exact: true }), /^Each chance was worked out/, 60000);
}

const table = (/** @type {Page} */ page) => page.getByRole('table', { name: 'Your songs' });

/** Title and chance of the rows in sight, in order. @param {Page} page */
async function rows(page) {
  const texts = await table(page).getByRole('row').allTextContents();
  return texts.slice(1).map((text) => ({ title: /^Song \d+(?=Artist)/.exec(text)?.[0] ?? text, chance: Number(/Artist \d(\d+)\u00a0%/.exec(text)?.[1] ?? '-1') }));
}

/** @param {Page} page */
async function nothingWrong(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join('\n')}`), []);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth), false);
  await comesToRest(page);
}

test('songs are imported, get their chances, and are liked and unliked by hand; a reload keeps it, and undo takes it back', async () => {
  const page = await openPage(context, url);
  await page.goto(`${url}#/library/songs`);
  await waitForText(page.getByRole('main'), /No songs are here yet/);
  await page.getByRole('button', { name: 'Bring your songs', exact: true }).click();

  await bring(page, 'songs.csv', songTable());
  const preview = page.getByRole('region', { name: 'Import preview' });
  await waitForText(preview, /60 songs found.*Songs: \d+ liked · \d+ heard · with how they sound/s);
  await waitForText(preview, /Song 1 · Artist 1/);
  await importButton(page).click();
  await ready(page);

  await openSongs(page);
  await chancesKnown(page);
  const might = await rows(page);
  assert.ok(might.length > 4, `${might.length}`);
  assert.ok(might.every(({ chance }) => chance >= 0 && chance <= 100), JSON.stringify(might));
  assert.deepEqual(might.map(({ chance }) => chance), might.map(({ chance }) => chance).sort((a, b) => b - a));

  const counted = async (/** @type {RegExp} */ name) => Number(/(\d+)$/.exec((await page.getByRole('button', { name }).first().textContent()) ?? '')?.[1]);
  const likedBefore = await counted(/^Liked \d/);
  const first = might[0].title;
  await page.getByRole('button', { name: `Like ${first}`, exact: true }).click();
  await page.getByRole('button', { name: `Liked ${likedBefore + 1}`, exact: true }).waitFor();
  await waitForText(table(page), new RegExp(`^(?![\\s\\S]*${first}Artist)`));
  await ready(page);

  await page.reload();
  await ready(page);
  await page.getByRole('button', { name: `Liked ${likedBefore + 1}`, exact: true }).click();
  await waitForText(table(page), new RegExp(`${first}Artist`));
  // Pressed once more it is neither liked nor disliked.
  await page.getByRole('searchbox', { name: 'Search your library' }).fill(first);
  await page.getByRole('button', { name: `Like ${first}`, exact: true }).click();
  await page.getByRole('button', { name: `Liked ${likedBefore}`, exact: true }).waitFor();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await page.getByRole('button', { name: `Liked ${likedBefore + 1}`, exact: true }).waitFor();
  await page.getByRole('searchbox', { name: 'Search your library' }).fill('');
  await chancesKnown(page);

  // The same file again changes nothing, and undo takes the marks and then the whole import back.
  await bring(page, 'songs again.csv', songTable());
  await waitForText(preview, /all of it in your library already/);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await openSongs(page);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await page.getByRole('button', { name: `Liked ${likedBefore}`, exact: true }).waitFor();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await waitForText(page.getByRole('main'), /No songs are here yet/);
  assert.deepEqual(page.problems, []);
});

test('how well the liked songs are told stands under Accuracy, beside the share of likes and plain XGBoost', async () => {
  const page = await openPage(context, url);
  await bring(page, 'songs.csv', songTable(120));
  await importButton(page).click();
  await ready(page);
  await go(page, 'Accuracy');
  await page.getByRole('radio', { name: 'Music', exact: true }).click();
  const region = page.getByRole('region', { name: 'Which songs you like' });
  await waitForText(region, /the liked one got the higher chance in \d+ of 100 pairs/, 60000);
  const figures = region.getByRole('table', { name: 'How well each way tells the songs you like' });
  const lines = await figures.getByRole('row').allTextContents();
  assert.equal(lines.length, 6);
  assert.match(lines[1], /^These predictions(\d\d)0\.\d\d$/);
  assert.ok(Number(/(\d\d)0\./.exec(lines[1])?.[1]) > 75, lines[1]);
  assert.ok(lines.some((line) => line.startsWith('Your share of likes')));
  assert.ok(lines.some((line) => line.startsWith('Decision trees on the sound alone')));
  await waitForText(region, /On average the chances are off by \d+ points? of 100/);
  await region.getByRole('link', { name: 'Your songs', exact: true }).click();
  await waitForText(table(page), /Song \d+/);
  await nothingWrong(page);
  assert.deepEqual(page.problems, []);
});

test('songs on a phone, and on one scale with the albums that are rated', async () => {
  const page = await openPage(context, url, { viewport: { width: 390, height: 844 } });
  const albums = ['Title,Artist,Type,Rating', ...Array.from({ length: 24 }, (_, i) => `Album ${i},Artist ${i % 5},album,${(i % 10) + 1}`)].join('\n');
  for (const [name, content] of [['albums.csv', `${albums}\n`], ['songs.csv', songTable()]]) {
    await bring(page, name, content);
    await importButton(page).click();
    await ready(page);
  }
  await go(page, 'Predict');
  await page.getByRole('radio', { name: 'Music', exact: true }).click();
  await page.getByRole('link', { name: /^(Songs you might like|Bring songs)/ }).click();
  await chancesKnown(page);
  const list = page.getByRole('list', { name: 'Your songs' });
  await waitForText(list, /you would like it: \d+\u00a0%, \d\.\d\d \/ 5\.00/);
  await waitForText(page.getByRole('status', { name: 'Songs', exact: true }), /on the scale of your album ratings/);
  await nothingWrong(page);
  assert.deepEqual(page.problems, []);
});

test('songs of which all are liked say what is missing, and a song that is not for the person gives it', async () => {
  const { context: own } = await launch();
  const page = await openPage(own, url);
  const liked = Array.from({ length: 12 }, (_, i) => `Song ${i},Artist ${i % 3},0.${i + 10},${90 + i},0.5,1`);
  await bring(page, 'liked.csv', ['song_title,artist,energy,tempo,danceability,target', ...liked].join('\n') + '\n');
  await importButton(page).click();
  await ready(page);
  // There is no title, which is said where titles would stand.
  await go(page, 'Library');
  await waitForText(page.getByRole('main'), /No titles are in your library yet/);
  await page.getByRole('button', { name: 'Show your songs', exact: true }).click();
  const status = page.getByRole('status', { name: 'Songs', exact: true });
  await waitForText(status, /^You like all of these songs\. Bring others/);
  await page.getByRole('button', { name: 'Liked 12', exact: true }).click();
  for (const i of [3, 5]) await page.getByRole('button', { name: `Not for me: Song ${i}`, exact: true }).click();
  await page.getByRole('button', { name: 'Liked 10', exact: true }).waitFor();
  await chancesKnown(page);
  await page.getByRole('button', { name: 'Not for you 2', exact: true }).click();
  await waitForText(table(page), /Song 3.*Song 5|Song 5.*Song 3/s);
  assert.deepEqual(page.problems, []);
});
