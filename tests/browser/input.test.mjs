// Fingers, mouse, keys and input methods where they meet: what is scrolled and what is rated, what a long press offers, where the focus goes, and that
// everything stays within reach in low windows and with large text.

import test from 'node:test';
import {
  askForMenu, assert, chooseFile, comesToRest, compose, enlargeText, go, imdbExport, launch, noInputMethod, noTouch, notIn, openPage, present, ready, servePage, settle, swipe, trained, until, waitForRating, waitForText,
} from './harness.mjs';

const { url } = await servePage();
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 1 };

/** @typedef {import('./harness.mjs').Page} Page @typedef {import('./harness.mjs').Locator} Locator */

/** @param {Locator} locator */
async function middle(locator) {
  const box = present(await locator.boundingBox());
  return /** @type {[number, number]} */ ([box.x + box.width / 2, box.y + box.height / 2]);
}

/** @param {Page} page */
const scrolled = (page) => page.evaluate(() => Math.max(...[...document.querySelectorAll('#mirror .scroll')].map((one) => one.scrollTop)));

/** The name of what has the focus. @param {Page} page */
const focusedName = (page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');

test('a finger that begins on stars scrolls up and down, and rates sideways', { skip: notIn(noTouch) }, async () => {
  const { context } = await launch(undefined, phone);
  const page = await openPage(context, url, { viewport: phone.viewport });
  const stars = page.getByRole('slider', { name: /^Your rating of/ }).first();
  await stars.waitFor();
  const box = present(await stars.boundingBox());
  const y = box.y + box.height / 2;
  await swipe(page, [box.x + box.width * 0.3, y], [0, -200]);
  await until(async () => (await scrolled(page)) > 100, 'the page was not scrolled');
  assert.match(present(await stars.getAttribute('aria-valuetext')), /not rated/);
  // Anew: the page may still be gliding, and some browsers load it as far down as it was.
  await page.goto('about:blank');
  await page.goto(url);
  await ready(page);
  await stars.waitFor();
  await until(async () => Math.abs(present(await stars.boundingBox()).y - box.y) < 1, 'as it was at first');
  await swipe(page, [box.x + box.width * 0.1, y], [box.width * 0.65, 0]);
  await waitForRating(page, /^4 /, present(await stars.getAttribute('aria-label')));
  assert.deepEqual(page.problems, []);
  await context.close();
});

test('while stars are dragged the value in words follows, and is what it was where nothing was meant', async () => {
  const { context } = await launch();
  const page = await openPage(context, url);
  const stars = page.getByRole('slider', { name: /^Your rating of/ }).first();
  await stars.waitFor();
  const name = present(await stars.getAttribute('aria-label'));
  const box = present(await stars.boundingBox());
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.28, y);
  await page.mouse.down();
  await waitForRating(page, /^1.5 /, name);
  await page.mouse.move(box.x + box.width * 0.78, y, { steps: 3 });
  await waitForRating(page, /^4 /, name);
  assert.equal(await stars.inputValue(), '4');
  // Let go far from them, it was not meant.
  await page.mouse.move(box.x + box.width * 0.78, y + 140, { steps: 3 });
  await page.mouse.up();
  await waitForRating(page, /^not rated/i, name);
  await context.close();
});

test('a title on Start opens by its cover, and offers what can be done with it: by the right button and the keyboard', async () => {
  const { context } = await launch();
  const page = await openPage(context, url);
  const wall = page.getByRole('list', { name: 'Well-known titles' });
  const title = wall.getByRole('link').nth(2);
  const name = present(await title.textContent());
  const menu = page.getByRole('menu', { name: `What to do with ${name}`, exact: true });
  await title.focus();
  await askForMenu(page);
  await menu.getByRole('menuitem', { name: 'Put on your wish list', exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'detached' });
  await title.click({ button: 'right' });
  await menu.getByRole('menuitem', { name: 'Rate…', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: `Rate ${name}`, exact: true });
  await dialog.getByRole('slider').fill('4');
  await dialog.waitFor({ state: 'detached' });
  await waitForRating(page, /^4 /, `Your rating of ${name}`);
  // The button in the cover's corner is pressed by itself.
  const other = wall.getByRole('link').nth(0);
  const skipped = present(await other.textContent());
  await wall.getByRole('button', { name: `Skip ${skipped}`, exact: true }).click();
  await wall.getByRole('link', { name: skipped, exact: true }).waitFor({ state: 'detached' });
  assert.doesNotMatch(page.url(), /#\/(film|show|game|album|book)/);
  await wall.getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { name, exact: true, level: 1 }).waitFor();
  assert.deepEqual(page.problems, []);
  await context.close();
});

test('a long press on a title on Start offers what can be done with it, and does not open it', { skip: notIn(noTouch) }, async () => {
  const { context: hand } = await launch(undefined, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const phone = await openPage(hand, url);
  const covers = phone.getByRole('list', { name: 'Well-known titles' });
  const first = covers.getByRole('link').first();
  const asked = present(await first.textContent());
  await swipe(phone, await middle(first), [0, 0], 700);
  await phone.getByRole('menu', { name: `What to do with ${asked}`, exact: true }).getByRole('menuitem', { name: 'Not interested', exact: true }).tap();
  await covers.getByRole('link', { name: asked, exact: true }).waitFor({ state: 'detached' });
  const next = present(await covers.getByRole('link').first().textContent());
  await covers.getByRole('button', { name: `Skip ${next}`, exact: true }).tap();
  await covers.getByRole('link', { name: next, exact: true }).waitFor({ state: 'detached' });
  assert.doesNotMatch(phone.url(), /#\/(film|show|game|album|book)/);
  await hand.close();
});

test('a click that comes late from a finger does not open what lay below the menu that it closed', { skip: notIn(noTouch) }, async () => {
  const { context } = await launch(undefined, phone);
  const page = await openPage(context, url);
  const covers = page.getByRole('list', { name: 'Well-known titles' });
  const first = covers.getByRole('link').first();
  const name = present(await first.textContent());
  await swipe(page, await middle(first), [0, 0], 700);
  const wish = page.getByRole('menuitem', { name: 'Put on your wish list', exact: true });
  await wish.waitFor();
  // A busy device draws a frame, without the menu, between the finger's lifting and the click that the browser makes of it.
  const touch = { pointerType: 'touch', isPrimary: true, bubbles: true, button: 0 };
  await wish.evaluate((element, init) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const at = { ...init, clientX: x + width / 2, clientY: y + height / 2 };
    element.dispatchEvent(new PointerEvent('pointerdown', at));
    element.dispatchEvent(new PointerEvent('pointerup', at));
  }, touch);
  await wish.waitFor({ state: 'detached' });
  const followed = await first.evaluate((link) => link.dispatchEvent(new MouseEvent('click', { detail: 1, bubbles: true, cancelable: true })));
  assert.equal(followed, false, 'the title below is opened');
  // The next one is meant, once the list has taken in what was wished for.
  await comesToRest(page);
  const second = present(await first.textContent());
  await first.tap();
  await page.getByRole('heading', { name: second, exact: true, level: 1 }).waitFor();
  await context.close();
});

test('a button of the mouse that was let go outside of all pages does not swallow the next press', async () => {
  const { context } = await launch();
  const page = await openPage(context, url);
  const wall = page.getByRole('list', { name: 'Well-known titles' });
  await wall.getByRole('link').first().waitFor();
  // What a page is told where a window of the system comes while the button is down: that it was pressed, and no more.
  await page.locator('#mirror').evaluate((mirror) => {
    mirror.dispatchEvent(new PointerEvent('pointerdown', { pointerType: 'mouse', isPrimary: true, bubbles: true, button: 0, buttons: 1, clientX: 620, clientY: 320 }));
  });
  await page.getByRole('button', { name: 'Open demo', exact: true }).click();
  await ready(page, /^Demo/);
  assert.deepEqual(page.problems, []);
  await context.close();
});

test('Escape ends a drag of the stars without rating', async () => {
  const { context } = await launch();
  const page = await openPage(context, url);
  const stars = page.getByRole('slider', { name: /^Your rating of/ }).first();
  await stars.waitFor();
  const box = present(await stars.boundingBox());
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.3, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, y, { steps: 3 });
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await page.waitForTimeout(300);
  assert.match(present(await stars.getAttribute('aria-valuetext')), /not rated/);
  await page.mouse.click(box.x + box.width * 0.5, y);
  await waitForRating(page, /^2.5 /, present(await stars.getAttribute('aria-label')));
  await context.close();
});

test('the control shows what a key rated although the mouse rests on it', async () => {
  const { context } = await launch();
  const page = await openPage(context, url);
  const stars = page.getByRole('slider', { name: /^Your rating of/ }).first();
  await stars.waitFor();
  const name = present(await stars.getAttribute('aria-label'));
  const box = present(await stars.boundingBox());
  const clip = { x: box.x, y: box.y, width: box.width, height: box.height };
  await stars.focus();
  await page.mouse.move(box.x + box.width * 0.9, box.y + box.height / 2);
  await page.keyboard.press('2');
  await waitForRating(page, /^1 /, name);
  await ready(page);
  const resting = await page.screenshot({ clip });
  await page.keyboard.press('9');
  await waitForRating(page, /^4.5 /, name);
  await ready(page);
  const other = await page.screenshot({ clip });
  assert.notDeepEqual(resting, other, 'one star looks like four and a half');
  await context.close();
});

for (const [what, width, height] of /** @type {[string, number, number][]} */ ([
  ['a phone on its side', 844, 390], ['a low window', 1280, 420], ['a lower one', 1000, 300], ['zoom of 400 %', 320, 200],
])) {
  test(`${what}: every link of the navigation is pressed where it is drawn, and views stay clear of it`, async () => {
    const { context } = await launch();
    const page = await openPage(context, url, { viewport: { width, height } });
    await page.getByRole('button', { name: 'Open demo', exact: true }).click();
    await waitForText(page.getByRole('status', { name: 'Storage' }), /^Demo/);
    for (const view of ['Predict', 'Library', 'Accuracy', 'Data', 'Start']) {
      const [x, y] = await middle(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: view, exact: true }));
      await page.mouse.click(x, y);
      await page.getByRole('link', { name: view, exact: true }).and(page.locator('[aria-current="page"]')).waitFor();
      const main = present(await page.getByRole('main').boundingBox());
      assert.ok(main.height >= 120, `${view} has ${main.height} px`);
      assert.ok(main.x >= 0 && main.x + main.width <= width + 0.5 && main.y + main.height <= height + 0.5, `${view} lies in the window`);
      const sticking = await page.evaluate((bottom) => [...document.querySelectorAll('#mirror [role=main] > .scroll')]
        .filter((one) => one.getBoundingClientRect().bottom > bottom + 1).map((one) => one.getAttribute('aria-label')), main.y + main.height);
      assert.deepEqual(sticking, [], view);
    }
    for (const name of ['All commands', 'Undo']) {
      const box = present(await page.getByRole('button', { name, exact: true }).boundingBox());
      for (const link of await page.getByRole('navigation', { name: 'Main' }).getByRole('link').all()) {
        const other = present(await link.boundingBox());
        const apart = box.x >= other.x + other.width || other.x >= box.x + box.width || box.y >= other.y + other.height || other.y >= box.y + box.height;
        assert.ok(apart, `${name} lies on a link`);
      }
    }
    await context.close();
  });
}

test('with text of twice the size, the window takes the phone’s form and its links have room', async () => {
  const { context } = await launch();
  await enlargeText(context);
  const page = await openPage(context, url);
  const [first, second] = await page.getByRole('navigation', { name: 'Main' }).getByRole('link').all();
  assert.equal(present(await present(first).boundingBox()).y, present(await present(second).boundingBox()).y, 'links stand beside each other');
  await context.close();
});

test('what an input method composes is asked for when it is settled', { skip: notIn(noInputMethod) }, async () => {
  const { context } = await launch();
  const page = await openPage(context, url);
  await go(page, 'Predict');
  const field = page.getByRole('searchbox', { name: 'Search', exact: true });
  await field.click();
  await field.fill('zzqq');
  await waitForText(page.getByRole('status', { name: 'Found' }), /none found/);
  await field.fill('');
  await waitForText(page.getByRole('status', { name: 'Found' }), /^$/);
  await compose(page, 'metr');
  await page.waitForTimeout(1200);
  assert.equal(await field.inputValue(), 'metr');
  assert.equal(await page.getByRole('status', { name: 'Found' }).textContent(), '');
  await settle(page, 'metropolis');
  await page.getByRole('option', { name: /^Metropolis/ }).first().waitFor();
  assert.equal(await field.inputValue(), 'metropolis');
  await context.close();
});

/**
 * A page with 60 titles in its library, which it shows. It has been opened anew: what is said after an import would lie above the last rows.
 * @param {import('playwright-core').BrowserContext} context
 * @param {{ viewport?: { width: number, height: number } }} [as]
 */
async function withLibrary(context, as) {
  const page = await openPage(context, url, as);
  await chooseFile(page, { name: 'ratings.csv', mimeType: 'text/csv', buffer: Buffer.from(imdbExport(60)) });
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await ready(page);
  await page.close();
  const later = await openPage(context, url, as);
  await go(later, 'Library');
  return later;
}

test('a long press offers what can be done with a title of the library', { skip: notIn(noTouch) }, async () => {
  const { context } = await launch(undefined, phone);
  const page = await withLibrary(context, { viewport: phone.viewport });
  const title = page.getByRole('link', { name: /^Harbour, part 59,/ });
  await title.waitFor();
  await swipe(page, await middle(title), [0, 0], 700);
  const menu = page.getByRole('menu', { name: 'What to do with Harbour, part 59', exact: true });
  await menu.waitFor();
  assert.match(page.url(), /#\/library$/, 'the title was not opened too');
  await menu.getByRole('menuitem', { name: 'Put on your wish list', exact: true }).tap();
  await menu.waitFor({ state: 'detached' });
  await ready(page);
  await swipe(page, await middle(title), [0, 0], 700);
  await menu.getByRole('menuitem', { name: 'Take off your wish list', exact: true }).waitFor();
  await page.touchscreen.tap(380, 20);
  await menu.waitFor({ state: 'detached' });
  await title.tap();
  await page.getByRole('heading', { name: 'Harbour, part 59', exact: true }).waitFor();
  assert.deepEqual(page.problems, []);
  await context.close();
});

test('the right button offers what can be done with a title of the library, and so does the keyboard', async () => {
  const { context } = await launch();
  const desk = await withLibrary(context);
  const row = desk.getByRole('link', { name: 'Harbour, part 58', exact: true });
  await row.click({ button: 'right' });
  const offered = desk.getByRole('menu', { name: 'What to do with Harbour, part 58', exact: true });
  await offered.getByRole('menuitem', { name: 'Select', exact: true }).waitFor();
  await desk.keyboard.press('Escape');
  await offered.waitFor({ state: 'detached' });
  // Anywhere in the row.
  const beside = await row.boundingBox();
  assert.ok(beside);
  await desk.mouse.click(beside.x + 440, beside.y + beside.height / 2, { button: 'right' });
  await offered.waitFor();
  await desk.keyboard.press('Escape');
  await offered.waitFor({ state: 'detached' });
  await row.focus();
  await askForMenu(desk);
  await offered.waitFor();
  await until(async () => (await focusedName(desk)) === 'Open', 'the focus is in the menu');
  await desk.keyboard.press('ArrowDown');
  await until(async () => (await focusedName(desk)) === 'Change your rating…', 'arrows go through the menu');
  await desk.keyboard.press('Enter');
  const stars = desk.getByRole('dialog', { name: 'Rate Harbour, part 58', exact: true }).getByRole('slider');
  await stars.waitFor();
  await until(() => stars.evaluate((one) => one === document.activeElement), 'the focus is on the stars');
  await desk.keyboard.press('7');
  await stars.waitFor({ state: 'detached' });
  await waitForRating(desk, /^3.5 /, 'Your rating of Harbour, part 58');
  await until(async () => (await focusedName(desk)) === 'Harbour, part 58', 'the focus is on the row again');
  assert.deepEqual(desk.problems, []);
  await context.close();
});

test('keys go from title to title in the library, whatever is in sight, and Back leads to where one was', async () => {
  const { context } = await launch();
  const page = await openPage(context, url);
  await chooseFile(page, { name: 'ratings.csv', mimeType: 'text/csv', buffer: Buffer.from(imdbExport(200)) });
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await trained(page);
  await go(page, 'Library');
  const titles = page.getByRole('table', { name: 'Your library' }).getByRole('link');
  await titles.first().waitFor();
  await titles.first().focus();
  const first = await focusedName(page);
  const place = () => page.evaluate(() => Number(document.activeElement?.closest('[role=row]')?.getAttribute('aria-rowindex') ?? 0));
  await page.keyboard.press('ArrowDown');
  await until(async () => (await place()) === 3, 'one down');
  await page.keyboard.press('PageDown');
  await until(async () => (await place()) > 8, 'a page down');
  await page.keyboard.press('End');
  await until(async () => (await place()) === 201, 'the last');
  await page.keyboard.press('PageUp');
  await until(async () => (await place()) > 150 && (await place()) < 200, 'a page up');
  await page.keyboard.press('Home');
  await until(async () => (await place()) === 2 && (await focusedName(page)) === first, 'the first');
  await page.keyboard.press('End');
  await until(async () => (await place()) === 201, 'the last again');
  const last = await focusedName(page);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: last, exact: true }).waitFor();
  await until(async () => (await focusedName(page)) === last, 'the focus is on the heading');
  await page.goBack();
  await page.getByRole('table', { name: 'Your library' }).waitFor();
  await until(async () => (await place()) === 201 && (await focusedName(page)) === last, 'the focus is on the row again');
  assert.deepEqual(page.problems, []);
  await context.close();
});

test('while a field is typed into, a page that becomes lower hides the navigation and keeps the field in sight', async () => {
  const { context } = await launch(undefined, phone);
  const page = await openPage(context, url, { viewport: phone.viewport });
  await go(page, 'Predict');
  const field = page.getByRole('searchbox', { name: 'Search', exact: true });
  await field.tap();
  await page.setViewportSize({ width: 390, height: 480 });
  const navigation = page.getByRole('navigation', { name: 'Main' });
  await navigation.waitFor({ state: 'detached' });
  const box = present(await field.boundingBox());
  assert.ok(box.y >= 0 && box.y + box.height <= 480, 'the field is in sight');
  assert.ok(await field.evaluate((one) => one === document.activeElement), 'the field keeps the focus');
  await page.setViewportSize(phone.viewport);
  await navigation.waitFor();
  await context.close();
});
