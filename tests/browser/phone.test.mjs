// The whole road on a phone, by touch alone.

import test from 'node:test';
import { assert, go, launch, present, problemsOf, ready, servePage, trained, waitForRating, waitForText } from './harness.mjs';

const { url } = await servePage();
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 3 };

test('from the address to a first prediction of one’s own, by touch: rate ten, search, pick, read, rate, back', async () => {
  const { context } = await launch(undefined, phone);
  const page = await context.newPage();
  const problems = problemsOf(page);
  await page.goto(url);
  await ready(page);
  const stars = page.getByRole('slider', { name: /^Your rating of/ });
  await stars.first().waitFor();
  const places = () =>
    stars.evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().top + (one.closest('.scroll')?.scrollTop ?? 0))).slice(0, 10));
  const before = await places();
  for (let i = 0; i < 10; ++i) {
    const one = stars.nth(i);
    await one.scrollIntoViewIfNeeded();
    const box = present(await one.boundingBox());
    await page.touchscreen.tap(box.x + box.width * (i % 2 ? 0.95 : 0.35), box.y + box.height / 2);
    await page.waitForFunction((node) => !/not rated/i.test(node.getAttribute('aria-valuetext') ?? ''), present(await one.elementHandle()));
    await trained(page);
    await ready(page);
    assert.deepEqual(await places(), before, `nothing moved away under the hand after ${i + 1} ratings`);
  }
  await page.getByRole('button', { name: 'See predictions', exact: true }).tap();
  await page.getByRole('radio', { name: 'Films', exact: true }).tap();
  await page.getByRole('searchbox', { name: 'Search', exact: true }).tap();
  await page.keyboard.type('metropolis');
  await page.getByRole('option', { name: /^Metropolis/ }).first().tap();
  await trained(page);
  await waitForText(page.getByRole('status', { name: 'Predicted rating' }), /\d\.\d\d \/ 5\.00/);
  await page.getByRole('list', { name: 'Reasons' }).getByRole('listitem').first().waitFor();
  const slider = page.getByRole('slider', { name: 'Your rating', exact: true });
  await slider.scrollIntoViewIfNeeded();
  const box = present(await slider.boundingBox());
  await page.touchscreen.tap(box.x + box.width * 0.75, box.y + box.height / 2);
  await waitForRating(page, /^4 /);
  await ready(page);
  await page.getByRole('link', { name: /^Results for/ }).tap();
  await page.getByRole('option', { name: /^Metropolis.*your rating 4/ }).first().waitFor();
  assert.deepEqual(problems, []);
  await context.close();
});

test('nothing sticks out sideways, every target is large enough for a finger, and the last thing of each view can be scrolled into sight', async () => {
  const { context } = await launch(undefined, phone);
  const page = await context.newPage();
  await page.goto(url);
  await ready(page);
  for (const view of ['Start', 'Predict', 'Library', 'Data']) {
    await go(page, view);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), view);
    const targets = await page.evaluate(() =>
      [...document.querySelectorAll('#mirror button, #mirror a, #mirror input, #mirror [role=option]')]
        .map((one) => ({ name: one.getAttribute('aria-label') ?? one.textContent, box: one.getBoundingClientRect() }))
        .filter(({ box }) => box.bottom > 0 && box.top < innerHeight),
    );
    for (const { name, box } of targets) {
      assert.ok(box.left >= -0.5 && box.right <= 390.5, `${view}: “${name}” lies between ${box.left} and ${box.right}`);
      // WCAG 2.2, 2.5.8
      assert.ok(box.width >= 24 && box.height >= 24, `${view}: “${name}” is ${box.width} by ${box.height}`);
    }
    const last = await page.evaluate(() => {
      const area = [...document.querySelectorAll('#mirror .scroll')].at(-1);
      if (!area) return null;  // all of it is in sight
      area.scrollTo(0, 1e6);
      const spacer = area.querySelector('.spacer');
      return { bottom: area.getBoundingClientRect().bottom, end: spacer?.getBoundingClientRect().bottom ?? Number.NaN };
    });
    assert.ok(last === null || last.end <= last.bottom + 1, `${view} ends in sight`);
  }
  await context.close();
});
