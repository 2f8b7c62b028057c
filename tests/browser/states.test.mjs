// What a person sees while something is away, on its way, or gone: the picture, the engine, the demo's titles, everything that was deleted.

import http from 'node:http';
import test, { after } from 'node:test';
import { gzipSync } from 'node:zlib';
import { createSite, listen } from '../../scripts/site/server.mjs';
import { assert, dist, fs, go, launch, openItem, openPage, path, present, rate, ready, servePage, waitForRating, waitForText } from './harness.mjs';

const { url } = await servePage();
const { context } = await launch();
test.afterEach(async () => {
  for (const page of context.pages().slice(1)) await page.close();
});

/** @typedef {import('./harness.mjs').Page} Page */

/** Takes the canvas's graphics away, as the system may. @param {Page} page */
const lose = (page) =>
  page.evaluate(() => {
    const canvas = /** @type {HTMLCanvasElement} */ (document.getElementById('surface'));
    const extension = canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context');
    Object.assign(globalThis, { giveBack: () => extension?.restoreContext() });
    extension?.loseContext();
  });
/** @param {Page} page */
const giveBack = (page) => page.evaluate(() => /** @type {any} */ (globalThis).giveBack());

test('while the picture is away the page says so and can be used, and it comes back as it should be', async () => {
  const page = await openPage(context, url);
  const notice = page.getByText('This device has taken the page’s picture away.', { exact: true });
  assert.equal(await notice.isVisible(), false);
  await lose(page);
  await notice.waitFor();
  await page.getByRole('link', { name: 'load the page again', exact: true }).waitFor();
  await waitForText(page.getByRole('status').filter({ has: notice }), /Your ratings are safe/);
  // By roles and names everything goes on.
  await openItem(page, 'Films', 'Metropolis');
  await rate(page, 4);
  await giveBack(page);
  await notice.waitFor({ state: 'hidden' });
  await waitForRating(page, /^4 /);
  await page.locator('#surface').waitFor();
  assert.deepEqual(page.problems, []);
});

/** The page from a server that gives the engine in pieces, packed, so that its length tells nothing. */
async function servedSlowly() {
  const site = createSite({ root: dist, base: '/owner/name/' });
  const packed = gzipSync(await fs.readFile(path.join(dist, 'engine.wasm')));
  /** @type {(() => void) | undefined} */
  let goOn;
  const rest = new Promise((resolve) => (goOn = () => resolve(undefined)));
  const server = http.createServer(async (request, response) => {
    if (!request.url?.endsWith('/engine.wasm')) {
      site.emit('request', request, response);
      return;
    }
    response.writeHead(200, { 'Content-Type': 'application/wasm', 'Content-Encoding': 'gzip' });
    const half = packed.length >> 1;
    for (let at = 0; at < half; at += 1 << 16) {
      response.write(packed.subarray(at, Math.min(at + (1 << 16), half)));
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    await rest;
    response.end(packed.subarray(half));
  });
  const port = await listen(server, 0);
  after(() => {
    server.closeAllConnections();
    server.close();
    site.close();
  });
  return { url: `http://127.0.0.1:${port}/owner/name/`, finish: () => goOn?.() };
}

test('an engine that takes its time says how much of it has come, of how much, and what is there already can be used', async () => {
  const whole = (await fs.stat(path.join(dist, 'engine.wasm'))).size;
  const slow = await servedSlowly();
  const page = await context.newPage();
  await page.goto(slow.url);
  const bar = page.getByRole('progressbar', { name: 'Loading what keeps your ratings' });
  await bar.waitFor();
  await page.waitForFunction(() => {
    const text = document.querySelector('[role=progressbar][aria-label="Loading what keeps your ratings"]')?.getAttribute('aria-valuetext') ?? '';
    return Number.parseFloat(text) >= 0.5;
  });
  const told = present(await bar.getAttribute('aria-valuetext'));
  assert.match(told, new RegExp(`^\\d\\.\\d of ${(whole / 1e6).toFixed(1)} MB$`));
  const share = Number(await bar.getAttribute('aria-valuenow'));
  assert.ok(share > 10 && share < 90, `${share} of a hundred`);
  await go(page, 'Data');
  slow.finish();
  await ready(page);
  await bar.waitFor({ state: 'detached' });
});

test('a demo from which everything was taken offers to begin it anew, or to leave it', async () => {
  const page = await openPage(context, url);
  await page.getByRole('button', { name: 'Open demo', exact: true }).click();
  await ready(page, /^Demo/);
  const empty = async () => {
    await go(page, 'Library');
    await page.getByRole('button', { name: 'Select titles', exact: true }).click();
    await page.keyboard.press('Control+a');
    await page.getByRole('button', { name: 'Remove the selected titles', exact: false }).or(page.getByRole('button', { name: /^Remove/ })).first().click();
    await page.getByRole('heading', { name: 'The demo is empty now', exact: true }).waitFor();
  };
  await empty();
  assert.equal(await page.getByRole('button', { name: 'Open demo', exact: true }).count(), 0);
  await page.getByRole('button', { name: 'Begin the demo anew', exact: true }).click();
  await page.getByRole('table', { name: 'Your library' }).waitFor();
  await empty();
  // Start says the same of it.
  await go(page, 'Start');
  await page.getByRole('button', { name: 'Begin the demo anew', exact: true }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Open demo', exact: true }).count(), 0);
  await go(page, 'Library');
  await page.getByRole('button', { name: 'Go to my own library', exact: true }).click();
  await ready(page);
  assert.deepEqual(page.problems, []);
});

/** @param {Page} page @param {boolean} [forGood] */
async function deleteEverything(page, forGood = false) {
  await go(page, 'Data');
  await page.getByRole('button', { name: 'Delete everything…', exact: true }).click();
  const question = page.getByRole('alertdialog', { name: 'Delete everything?' });
  await question.waitFor();
  if (forGood) {
    await question.getByRole('switch', { name: 'Delete for good, without Undo' }).click();
    await question.getByText(/nothing is held for Undo/).waitFor({ state: 'attached' });
  }
  await question.getByRole('button', { name: 'Delete everything', exact: true }).click();
  await question.waitFor({ state: 'detached' });
}

test('what was deleted comes back by Undo, from the message, from Data, and after it was done again; it is on disk then', async () => {
  const { context: own } = await launch();
  const page = await openPage(own, url);
  await openItem(page, 'Films', 'Metropolis');
  await rate(page, 4);
  await deleteEverything(page);
  await page.getByRole('region', { name: 'Message' }).getByRole('button', { name: 'Take back', exact: true }).click();
  await ready(page);
  await openItem(page, 'Films', 'Metropolis');
  await waitForRating(page, /^4 /);
  await go(page, 'Data');
  await page.getByRole('region', { name: 'History' }).getByRole('button', { name: 'Redo', exact: true }).click();
  await page.getByRole('region', { name: 'Delete' }).getByRole('button', { name: 'Bring everything back', exact: true }).click();
  await ready(page);
  await page.reload();
  await ready(page);
  await openItem(page, 'Films', 'Metropolis');
  await waitForRating(page, /^4 /);
  await own.close();
});

test('what was deleted is gone with the page, and at once where that is wanted', async () => {
  const { context: own } = await launch();
  const page = await openPage(own, url);
  const undo = page.getByRole('button', { name: 'Undo', exact: true });
  const rated = async () => {
    await openItem(page, 'Films', 'Metropolis');
    await rate(page, 4);
  };
  await rated();
  await deleteEverything(page);
  await page.getByRole('button', { name: 'Bring everything back', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Delete for good', exact: true }).click();
  await page.getByRole('button', { name: 'Bring everything back', exact: true }).waitFor({ state: 'detached' });
  await page.locator('button:disabled').filter({ hasText: 'Undo' }).waitFor();
  await ready(page);

  await rated();
  await deleteEverything(page, true);
  await page.locator('button:disabled').filter({ hasText: 'Undo' }).waitFor();
  await ready(page);

  await rated();
  await deleteEverything(page);
  await ready(page);
  await page.reload();
  await ready(page);
  assert.ok(await undo.isDisabled());
  await openItem(page, 'Films', 'Metropolis');
  await waitForRating(page, /^not rated/i);
  await own.close();
});

test('skipping a title is said, by its name, and taken back', async () => {
  const page = await openPage(context, url);
  await go(page, 'Start');
  const wall = page.getByRole('list', { name: 'Well-known titles' });
  const skip = wall.getByRole('button', { name: /^Skip / }).first();
  const name = present(await skip.textContent()).replace('Skip ', '');
  await skip.click();
  await wall.getByRole('link', { name, exact: true }).waitFor({ state: 'detached' });
  const message = page.getByRole('region', { name: 'Message' });
  await waitForText(page.locator('#polite'), /^Skipped /);
  assert.ok((await page.locator('#polite').textContent())?.startsWith(`Skipped ${name}`));
  await message.getByRole('button', { name: 'Take back', exact: true }).click();
  await wall.getByRole('link', { name, exact: true }).waitFor();
  // The message of one thing takes back nothing that was done since.
  await skip.click();
  await message.getByRole('button', { name: 'Take back', exact: true }).waitFor();
  await wall.getByRole('slider').nth(1).fill('3');
  await message.getByRole('button', { name: 'Take back', exact: true }).waitFor({ state: 'detached' });
  assert.deepEqual(page.problems, []);
});
