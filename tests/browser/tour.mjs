// The way through every view of the demo, for pictures of them: at rest, without a network, the same on each machine.

import { go, launch, openItem, openPage, search, servePage, trained, waitForText } from './harness.mjs';

/** @typedef {import('./harness.mjs').Page} Page */
/** @typedef {import('./harness.mjs').WatchedPage} WatchedPage */
/** @typedef {{name: string, width: number, height: number}} Screen */
/** @typedef {{name: string, show: (page: Page) => Promise<unknown>, tall?: number, leave?: (page: Page) => Promise<unknown>}} View */

/** @type {Screen[]} */
export const screens = [
  { name: 'desk', width: 1280, height: 800 },
  { name: 'phone', width: 390, height: 844 },
];

const radio = (/** @type {Page} */ page, /** @type {string} */ name) => page.getByRole('radio', { name, exact: true });
const button = (/** @type {Page} */ page, /** @type {string | RegExp} */ name) => page.getByRole('button', { name, exact: true });

/** @param {Page} page @param {string} covers  “List” or “Covers” */
async function library(page, covers) {
  await go(page, 'Library');
  await radio(page, covers).click();
  await page.getByRole(covers === 'List' ? /** @type {const} */ ('button') : /** @type {const} */ ('link'), { name: covers === 'List' ? /Select titles/ : /your rating/ }).first().waitFor();
}

/** Groups the library by what is called so, or by nothing. @param {Page} page @param {string} by */
async function group(page, by) {
  await button(page, /^(Group titles|Grouped by .*)$/).click();
  const dialog = page.getByRole('dialog', { name: 'Group by', exact: true });
  await dialog.getByRole('radio', { name: by, exact: true }).click();
  await dialog.getByRole('button', { name: 'Done', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** What is seen before anything was done here. @type {View} */
const firstVisit = { name: 'first-visit', show: (page) => page.getByRole('heading', { level: 1 }).first().waitFor() };

/** In this order: each is come to from the one before. `tall`: height of the page at which all of it is in sight. @type {View[]} */
const ofTheDemo = [
  { name: 'start', show: (page) => go(page, 'Start') },
  { name: 'predict-title', show: (page) => openItem(page, 'Films', 'Metropolis') },
  { name: 'predict-search', show: async (page) => (await search(page, 'Films', 'the')).first().waitFor() },
  {
    name: 'predict-best',
    show: async (page) => (await search(page, 'Games', '')).first().waitFor(),
  },
  { name: 'library', show: (page) => library(page, 'List') },
  {
    name: 'library-groups',
    show: async (page) => {
      await group(page, 'Decade');
      await button(page, 'Select titles').click();
      await page.getByRole('checkbox').nth(2).click();
    },
    leave: async (page) => {
      await button(page, 'Stop selecting').click();
      await group(page, 'Nothing');
    },
  },
  { name: 'covers', show: (page) => library(page, 'Covers'), leave: (page) => radio(page, 'List').click() },
  {
    name: 'accuracy',
    tall: 2400,
    show: async (page) => {
      await go(page, 'Accuracy');
      await page.getByRole('region', { name: 'How this is measured' }).waitFor({ timeout: 60000 });
    },
  },
  { name: 'data', tall: 2600, show: (page) => go(page, 'Data') },
  {
    name: 'palette',
    show: async (page) => {
      await go(page, 'Start');
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
    },
    leave: (page) => page.keyboard.press('Escape'),
  },
  {
    name: 'shortcuts',
    show: async (page) => {
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    },
    leave: (page) => page.keyboard.press('Escape'),
  },
];

/** Waits until nothing is drawn any more: motion is off, so a few frames end everything that a press began. @param {Page} page */
async function rests(page) {
  let before = -1;
  for (let still = 0; still < 3; ) {
    const frames = await page.evaluate(() => window.mediaHub.frames());
    still = frames === before ? still + 1 : 0;
    before = frames;
    await page.waitForTimeout(50);
  }
}

/**
 * Goes through all views on one screen.
 * @param {Screen} screen
 * @param {number} scale  device pixels of a CSS pixel
 * @param {(view: string, scheme: 'dark' | 'light', page: WatchedPage) => Promise<boolean>} look  called at each, in both themes; false ends it
 */
export async function tour(screen, scale, look) {
  const { url } = await servePage();
  const phone = screen.width < 720;
  const { context } = await launch(undefined, {
    viewport: { width: screen.width, height: screen.height },
    deviceScaleFactor: scale,
    reducedMotion: 'reduce',
    ...(phone ? { hasTouch: true, isMobile: true } : {}),
  });
  const page = await openPage(context, url);
  const see = async (/** @type {View} */ view) => {
    await view.show(page);
    if (view.tall) await page.setViewportSize({ width: screen.width, height: view.tall });
    // What the pointer happens to lie on would be drawn otherwise.
    await page.mouse.move(0, 0);
    for (const scheme of /** @type {const} */ (['dark', 'light'])) {
      await page.emulateMedia({ colorScheme: scheme });
      await rests(page);
      if (!(await look(view.name, scheme, page))) return false;
    }
    if (view.tall) await page.setViewportSize({ width: screen.width, height: screen.height });
    await view.leave?.(page);
    return true;
  };
  let goesOn = await see(firstVisit);
  if (goesOn) {
    // Nothing of what follows may hang on whether a service answers.
    await go(page, 'Data');
    await page.getByRole('switch', { name: 'Stay offline', exact: true }).click();
    await page.getByRole('switch', { name: 'Stay offline', exact: true, checked: true }).waitFor();
    await go(page, 'Start');
    await button(page, 'Open demo').first().click();
    await waitForText(page.getByRole('status', { name: 'Storage' }), /^Demo/);
    await trained(page);
  }
  for (const view of ofTheDemo) goesOn = goesOn && (await see(view));
  await context.close();
  return { problems: page.problems, skipped: !goesOn };
}
