// Accuracy: how right the predictions of each type are, by role and name, with the demo's ratings.

import test from 'node:test';
import { assert, chooseFile, comesToRest, fs, go, imdbExport, launch, openItem, openPage, predictedRating, present, rate, ready, servePage, trained, waitForText } from './harness.mjs';

const axe = await fs.readFile(new URL('../../web/node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const { url, close } = await servePage();
const { context } = await launch();
const { context: inLight } = await launch(undefined, { colorScheme: 'light' });

test.afterEach(async () => {
  for (const one of [context, inLight]) for (const page of one.pages().slice(1)) await page.close();
});

/**
 * The demo, with its predictions made.
 * @param {{viewport?: {width: number, height: number}, scheme?: 'dark' | 'light'}} [options]
 */
async function openDemo({ viewport, scheme = 'dark' } = {}) {
  const page = await openPage(scheme === 'light' ? inLight : context, url, { viewport });
  await page.getByRole('button', { name: 'Open demo', exact: true }).first().click();
  await ready(page, /^Demo/);
  await trained(page);
  return page;
}

/** @param {import('./harness.mjs').Page} page @param {string} type */
async function openAccuracy(page, type) {
  await go(page, 'Accuracy');
  await page.getByRole('radio', { name: type, exact: true }).click();
  await page.getByRole('radio', { name: type, exact: true, checked: true }).waitFor();
}

test('the view is reached by its link, names its type in the address, and is found again by it', async () => {
  const page = await openDemo();
  await go(page, 'Accuracy');
  await page.getByRole('heading', { level: 1, name: 'Accuracy', exact: true }).waitFor();
  await page.waitForURL(/#\/accuracy\/(film|show|game|album|book)$/);
  await openAccuracy(page, 'Books');
  await page.waitForURL(/#\/accuracy\/book$/);
  await page.goto(`${url}#/accuracy/game`);
  await page.getByRole('radio', { name: 'Games', exact: true, checked: true }).waitFor();
  assert.deepEqual(page.problems, []);
});

test('the headline says the error in words, and the table beside it the same figures', async () => {
  const page = await openDemo();
  await openAccuracy(page, 'Films');
  const part = page.getByRole('region', { name: 'How far off the predictions are' });
  const sentence = present(await part.getByText(/^Your film predictions are (typically )?off by/).textContent());
  const [, ours, ratings, mean, community] = present(
    /off by (\d\.\d\d) stars (?:on average )?over (\d+) ratings they had not seen; your own mean is off by (\d\.\d\d), the public’s rating by (\d\.\d\d)\./.exec(sentence),
  );
  assert.ok(Number(ratings) > 0);
  const table = part.getByRole('table', { name: 'How far off each way of predicting is' });
  const rowOf = (/** @type {string} */ name) => table.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) }).getByRole('cell').first();
  assert.equal(await rowOf('These predictions').textContent(), ours);
  assert.equal(await rowOf('Your own mean').textContent(), mean);
  assert.equal(await rowOf('The public’s rating').textContent(), community);
  assert.deepEqual(page.problems, []);
});

test('the largest misses are told from the largest down and lead to their titles', async () => {
  const page = await openDemo();
  await openAccuracy(page, 'Films');
  const list = page.getByRole('list', { name: 'Largest misses', exact: true });
  await list.getByRole('link').first().waitFor();
  await page.getByRole('button', { name: 'Show all misses', exact: true }).click();
  await page.getByRole('button', { name: 'Show fewer misses', exact: true }).waitFor();
  const names = await list.getByRole('link').allTextContents();
  const off = names.map((name) => {
    const [, rated, predicted] = present(/You gave (\d(?:\.\d)?), predicted (\d\.\d) \(/.exec(name));
    return Math.abs(Number(rated) - Number(predicted));
  });
  assert.ok(off.length > 5);
  // Predictions are told to a tenth.
  for (let i = 1; i < off.length; ++i) assert.ok(off[i] <= off[i - 1] + 0.11, `${names[i]} after ${names[i - 1]}`);
  await list.getByRole('link').first().click();
  await page.getByRole('link', { name: 'Predict', exact: true }).and(page.locator('[aria-current="page"]')).waitFor();
  assert.ok(names[0].startsWith(present(await page.getByRole('heading', { level: 1 }).textContent())));
  assert.deepEqual(page.problems, []);
});

test('a type without ratings says so and offers the ways to change that; a few ratings say how many are missing', async () => {
  const page = await openPage(context, `${url}#/accuracy/book`);
  await page.getByRole('heading', { name: 'No books are rated yet', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Bring your ratings', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Rate well-known titles', exact: true }).click();
  const sliders = page.getByRole('slider', { name: /^Your rating/ });
  await sliders.first().waitFor();
  await sliders.first().fill('4');
  await ready(page);
  await trained(page);
  // Rated titles of whatever type: in a page that has not shown another, the one that has a rating is shown by itself.
  await page.reload();
  await ready(page);
  await trained(page);
  await go(page, 'Accuracy');
  const told = await waitForText(page.getByRole('region', { name: 'How right the predictions are' }), /needs \d+ ratings? of \w+: \d+ more\./);
  const [, from, more] = present(/needs (\d+) ratings? of \w+: (\d+) more\./.exec(told));
  assert.equal(Number(from) - Number(more), 1);
  await page.getByRole('progressbar', { name: /ratings so far/ }).waitFor();
  assert.deepEqual(page.problems, []);
});

test('types are changed and parts unfolded by keyboard alone', async () => {
  const page = await openDemo();
  await openAccuracy(page, 'Films');
  await page.getByRole('radio', { name: 'Films', exact: true }).focus();
  await page.keyboard.press('ArrowRight');
  await page.waitForURL(/#\/accuracy\/show$/);
  await page.keyboard.press('ArrowLeft');
  await page.waitForURL(/#\/accuracy\/film$/);
  const more = page.getByRole('button', { name: 'Show all misses', exact: true });
  for (let i = 0; i < 40; ++i) {
    if (await more.evaluate((node) => node === document.activeElement).catch(() => false)) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Show fewer misses', exact: true }).waitFor();
  const budget = page.getByRole('radiogroup', { name: 'Time to spend' });
  await budget.getByRole('radio', { name: '1 min', exact: true, checked: true }).focus();
  await page.keyboard.press('ArrowRight');
  await budget.getByRole('radio', { name: '5 min', exact: true, checked: true }).waitFor();
  assert.deepEqual(page.problems, []);
});

test('a search for better settings shows how far it is, is nobody else’s business, and is stopped without a trace', async () => {
  const page = await openDemo();
  await openAccuracy(page, 'Films');
  const part = page.getByRole('region', { name: 'Look for better settings' });
  const accuracy = page.getByRole('region', { name: 'How far off the predictions are' });
  // What takes longest to be compared comes last.
  const before = await waitForText(accuracy, /Your most similar ratings.*Decision trees on everything/);
  await part.getByRole('button', { name: 'Look for better settings', exact: true }).click();
  const told = part.getByRole('status', { name: 'Search for better settings' });
  await waitForText(told, /^Looking for better settings$/);
  const bar = part.getByRole('progressbar');
  await bar.waitFor();
  await page.waitForFunction((element) => Number(element.getAttribute('aria-valuenow')) > 0, await bar.elementHandle());
  await go(page, 'Data');
  assert.equal(await page.getByRole('progressbar').count(), 0);
  await openAccuracy(page, 'Films');
  await part.getByRole('button', { name: 'Stop', exact: true }).click();
  await part.getByRole('button', { name: /^Look / }).waitFor();
  await trained(page);
  assert.equal(await waitForText(accuracy, /Your most similar ratings.*Decision trees on everything/), before);
  assert.deepEqual(page.problems, []);
});

test('a search that ends says whether other settings are better', async () => {
  const page = await openDemo();
  await openAccuracy(page, 'Films');
  const part = page.getByRole('region', { name: 'Look for better settings' });
  await part.getByRole('radio', { name: '30 s', exact: true }).click();
  await part.getByRole('button', { name: 'Look for better settings', exact: true }).click();
  const told = part.getByRole('status', { name: 'Search for better settings' });
  await waitForText(told, /^Looking for better settings$/);
  const words = await waitForText(told, /^(?!Looking)./, 90000);
  await part.getByText(words, { exact: true }).first().waitFor();
  await part.getByText(/combinations? tried; typical miss \d\.\d+ stars with the best, \d\.\d+ with the default/).waitFor();
  assert.deepEqual(page.problems, []);
});

test('an earlier model is put back', async () => {
  const page = await openPage(context, url);
  await go(page, 'Data');
  await chooseFile(page, { name: 'ratings.csv', mimeType: 'text/csv', buffer: Buffer.from(imdbExport(60)) });
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await ready(page);
  await trained(page);
  await openAccuracy(page, 'Films');
  const models = page.getByRole('list', { name: 'Models' });
  await models.getByRole('listitem').filter({ hasText: 'In use' }).waitFor();
  await openItem(page, 'Films', 'Metropolis');
  const before = await predictedRating(page);
  for (const title of ['Metropolis', 'The Matrix']) {
    await openItem(page, 'Films', title);
    await rate(page, 0.5);
  }
  await openItem(page, 'Films', 'A Trip to the Moon');
  await trained(page);
  await openAccuracy(page, 'Films');
  await models.getByRole('listitem').nth(1).waitFor();
  const oldest = models.getByRole('listitem').last();
  await oldest.getByRole('button', { name: /^Use the model of/ }).click();
  await oldest.filter({ hasText: 'In use' }).waitFor();
  await openItem(page, 'Films', 'Metropolis');
  assert.equal(await predictedRating(page), before);
  // The palette reaches the others, and no more of them than are there.
  await openAccuracy(page, 'Films');
  await models.getByRole('listitem').filter({ hasText: 'In use' }).waitFor();
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'All commands', exact: true });
  await palette.getByRole('searchbox', { name: 'Find a command' }).fill('put back');
  const offered = palette.getByRole('option', { name: /^Use the model of / });
  await offered.first().waitFor();
  assert.equal(await offered.count(), (await models.getByRole('listitem').count()) - 1);
  const name = await offered.first().textContent();
  await offered.first().click();
  await models.getByRole('listitem').filter({ hasText: `${name}`.replace('Use the model of ', '') }).filter({ hasText: 'In use' }).waitFor();
  assert.deepEqual(page.problems, []);
});

for (const scheme of /** @type {const} */ (['dark', 'light'])) {
  for (const [device, viewport] of /** @type {const} */ ([['a desk', { width: 1280, height: 800 }], ['a phone', { width: 390, height: 844 }]])) {
    test(`axe finds nothing wrong on ${device} in the ${scheme} theme, nothing sticks out, and the idle view draws nothing`, async () => {
      const page = await openDemo({ viewport, scheme });
      await openAccuracy(page, 'Films');
      await page.getByRole('region', { name: 'How this is measured' }).waitFor();
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
      assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join('\n')}`), []);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth), false);
      // Parts that take longer come in one after the other.
      await page.getByRole('progressbar', { name: 'Working out how right the predictions are' }).waitFor({ state: 'hidden', timeout: 60000 });
      await comesToRest(page);
      assert.deepEqual(page.problems, []);
    });
  }
}

test.after(close);
