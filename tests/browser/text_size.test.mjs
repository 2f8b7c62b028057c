// Text of twice the size on phones: everything that can be pressed has room for its words, and nothing leaves the page.

import test from 'node:test';
import { assert, enlargeText, go, launch, openPage, present, ready, servePage, trained } from './harness.mjs';

const { url } = await servePage();

/** @typedef {import('./harness.mjs').Page} Page */
/** @typedef {import('./harness.mjs').Locator} Locator */

/** @param {{width: number, height: number}} viewport */
async function enlarged(viewport) {
  const { context } = await launch(undefined, { viewport, hasTouch: true, isMobile: true, reducedMotion: 'reduce' });
  await enlargeText(context);
  return { context, page: await openPage(context, url) };
}

const boxOf = async (/** @type {Locator} */ one) => present(await one.boundingBox());

/** What reaches beyond the page's sides and is not pushed sideways by the finger. @param {Page} page */
const beyond = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('#mirror :is(button, a, input, h1, h2, h3, p, [role=listitem])')]
      .filter((node) => !node.closest('.sideways'))
      .filter((node) => {
        const box = node.getBoundingClientRect();
        return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1);
      })
      .map((node) => `${node.tagName} ${node.getAttribute('aria-label') ?? node.textContent}`),
  );

/** @param {{x: number, y: number, width: number, height: number}} a @param {{x: number, y: number, width: number, height: number}} b */
const apart = (a, b) => a.x >= b.x + b.width - 1 || b.x >= a.x + a.width - 1 || a.y >= b.y + b.height - 1 || b.y >= a.y + a.height - 1;

for (const viewport of [{ width: 390, height: 844 }, { width: 320, height: 568 }]) {
  test(`${viewport.width} × ${viewport.height}: buttons one below the other, types in rows, dialogs with their titles, nothing beyond the page`, async () => {
    const { context, page } = await enlarged(viewport);
    const wide = viewport.width - 40;
    for (const name of ['Choose file', 'Open demo']) assert.ok((await boxOf(page.getByRole('button', { name, exact: true }))).width >= wide - 1, name);
    assert.deepEqual(await beyond(page), []);
    await page.getByRole('button', { name: 'Open demo', exact: true }).tap();
    await ready(page, /^Demo/);
    await trained(page);
    assert.deepEqual(await beyond(page), [], 'start');

    await go(page, 'Predict');
    const types = await page.getByRole('radiogroup', { name: 'Type' }).getByRole('radio').all();
    assert.equal(types.length, 5);
    const boxes = await Promise.all(types.map(boxOf));
    // Twice the size of 12 px, and about half of that for a letter at least.
    const names = await Promise.all(types.map((one) => one.textContent()));
    boxes.forEach((box, i) => assert.ok(box.width >= present(names[i]).length * 12, `${names[i]} has ${box.width} px`));
    boxes.forEach((box, i) => boxes.slice(i + 1).forEach((other) => assert.ok(apart(box, other))));
    assert.deepEqual(await beyond(page), [], 'predict');
    await page.getByRole('option').first().waitFor();

    await page.getByRole('searchbox', { name: 'Search', exact: true }).fill('metropolis');
    await page.getByRole('option', { name: /^Metropolis/ }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Metropolis', exact: true }).waitFor();
    await trained(page);
    assert.deepEqual(await beyond(page), [], 'item');
    await page.getByRole('slider', { name: 'Your rating', exact: true }).fill('3');
    await page.getByRole('button', { name: 'Clear rating', exact: true }).waitFor();
    assert.deepEqual(await beyond(page), [], 'rated item');

    await go(page, 'Library');
    const into = page.getByRole('button', { name: 'Import', exact: true });
    await into.waitFor();
    assert.ok(apart(await boxOf(into), await boxOf(page.getByRole('heading', { name: 'Library', exact: true }))), 'Import stands beside the title');
    assert.deepEqual(await beyond(page), [], 'library');
    await go(page, 'Accuracy');
    await page.getByRole('region', { name: 'How far off the predictions are', exact: true }).waitFor();
    assert.deepEqual(await beyond(page), [], 'accuracy');

    await go(page, 'Data');
    const files = await page.getByRole('group', { name: 'Files for other services' }).getByRole('button').all();
    const ends = new Set();
    for (const file of files) {
      const box = await boxOf(file);
      ends.add(Math.round(box.x + box.width));
    }
    assert.equal(ends.size, 1, 'all end at one edge');
    assert.deepEqual(await beyond(page), [], 'data');

    await page.getByRole('button', { name: 'Leave demo', exact: true }).tap();
    await ready(page);
    await go(page, 'Data');
    await page.getByRole('button', { name: 'Delete everything…', exact: true }).tap();
    const dialog = page.getByRole('alertdialog', { name: 'Delete everything?' });
    await dialog.waitFor();
    await page.waitForFunction(() => document.activeElement?.closest('[role=alertdialog]') !== null);
    const title = await boxOf(dialog.getByRole('heading', { name: 'Delete everything?' }));
    assert.ok(title.y >= 0 && title.y + title.height <= viewport.height, `the title is in sight: ${title.y}`);
    const keep = dialog.getByRole('button', { name: 'Keep it', exact: true });
    await keep.scrollIntoViewIfNeeded();
    await keep.tap();
    await dialog.waitFor({ state: 'detached' });
    await context.close();
  });
}

test('320 × 200, as at a zoom of 400 %: the list of shortcuts keeps its title, and its end is reached', async () => {
  const { context } = await launch(undefined, { viewport: { width: 320, height: 200 } });
  const page = await openPage(context, url);
  await page.keyboard.press('Shift+?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts', exact: true });
  await dialog.waitFor();
  // It is measured in its first frame, and scrolls from the next on.
  await dialog.getByRole('group', { name: 'Keyboard shortcuts', exact: true }).waitFor();
  const title = await boxOf(dialog.getByRole('heading', { name: 'Keyboard shortcuts', exact: true }));
  assert.ok(title.y >= 0 && title.y + title.height <= 200, `the title is in sight: ${title.y}`);
  const close = dialog.getByRole('button', { name: 'Close', exact: true });
  await close.scrollIntoViewIfNeeded();
  await close.click();
  await dialog.waitFor({ state: 'detached' });
  await context.close();
});

test('a title is not broken within a word beside its cover, and Data takes two columns on a wide screen', async () => {
  const { context } = await launch(undefined, { viewport: { width: 1920, height: 1080 } });
  const page = await openPage(context, url);
  await go(page, 'Data');
  const [bring, storage] = await Promise.all(['Bring your ratings', 'Storage'].map((name) => boxOf(page.getByRole('region', { name, exact: true }))));
  assert.ok(storage.x >= bring.x + bring.width, 'beside each other');
  assert.equal(Math.round(storage.y), Math.round(bring.y));
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.waitForFunction((left) => {
    const region = document.querySelector('[role=region][aria-label="Storage"]');
    return region !== null && region.getBoundingClientRect().left < left;
  }, storage.x - 100);
  await context.close();
});
