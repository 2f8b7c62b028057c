// What a screen reader, a keyboard and a strict policy find: each view in both themes.

import { createRequire } from 'node:module';
import test from 'node:test';
import { assert, chooseFile, fs, go, imdbExport, launch, openItem, ready, returnToPage, servePage, trained } from './harness.mjs';

const axe = await fs.readFile(createRequire(import.meta.url).resolve('../../web/node_modules/axe-core/axe.min.js'), 'utf8');
const { url } = await servePage();

/** What axe-core finds; contrast is drawn on the canvas and tested on the colours themselves. @param {import('./harness.mjs').Page} page */
async function violations(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations: found } = await globalThis.axe.run(document, { rules: { 'color-contrast': { enabled: false } } });
    return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).slice(0, 3).join(' | ')}`);
  });
}

/**
 * What is wrong with the headings and tables as a whole, which axe-core does not ask of a part of a page: the first heading is of level 1 and the only one,
 * none leaves out a level, and each row of a table is named by one of its cells.
 * @param {import('./harness.mjs').Page} page
 */
async function outline(page) {
  return page.evaluate(() => {
    const wrong = [];
    const inDialog = (/** @type {Element} */ node) => node.closest('[role=dialog], [role=alertdialog]') !== null;
    const headings = [...document.querySelectorAll('#mirror :is(h1, h2, h3, h4, h5, h6)')].filter((node) => !inDialog(node));
    const levels = headings.map((node) => Number(node.tagName[1]));
    if (levels[0] !== 1) wrong.push(`the first heading is “${headings[0]?.textContent}”, of level ${levels[0]}`);
    if (levels.filter((level) => level === 1).length > 1) wrong.push('there is more than one heading of level 1');
    for (let i = 1; i < levels.length; ++i) if (levels[i] > levels[i - 1] + 1) wrong.push(`“${headings[i].textContent}” leaves out a level`);
    for (const row of document.querySelectorAll('#mirror [role=row]')) {
      const cells = row.querySelectorAll('[role=cell]').length;
      if (cells > 1 && row.querySelectorAll('[role=rowheader]').length !== 1) wrong.push(`a row without its header: ${row.textContent?.slice(0, 60)}`);
    }
    return wrong;
  });
}

for (const colorScheme of /** @type {const} */ (['dark', 'light'])) {
  for (const [layout, options] of /** @type {const} */ ([['desk', {}], ['phone', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }]])) {
    test(`${layout}, ${colorScheme}: nothing that axe-core objects to in any view, and nothing that breaks the policy`, async () => {
      const { context } = await launch(undefined, { colorScheme, ...options });
      const page = await context.newPage();
      await page.addInitScript(() => {
        globalThis.brokenPolicies = [];
        document.addEventListener('securitypolicyviolation', (event) => globalThis.brokenPolicies.push(`${event.violatedDirective} ${event.blockedURI}`));
      });
      await page.goto(url);
      await ready(page);
      /** @type {Record<string, string[]>} */
      const found = {};
      const look = async (/** @type {string} */ where) => {
        await page.waitForTimeout(150);
        const list = [...(await violations(page)), ...(await outline(page))];
        if (list.length > 0) found[where] = list;
      };
      await look('start');
      await go(page, 'Predict');
      await look('predict');
      await page.getByRole('searchbox', { name: 'Search', exact: true }).fill('qqqqz');
      await look('nothing found');
      await openItem(page, 'Films', 'Metropolis');
      await trained(page);
      await look('item');
      await go(page, 'Library');
      await look('empty library');
      await go(page, 'Data');
      await look('data');
      await chooseFile(page, { name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1,2\n') });
      await page.getByRole('main').getByRole('alert').waitFor();
      await look('bad file');
      await chooseFile(page, { name: 'ratings.csv', mimeType: 'text/csv', buffer: Buffer.from(imdbExport(40)) });
      await page.getByRole('button', { name: 'Import', exact: true }).waitFor();
      await look('preview');
      await page.getByRole('button', { name: 'Import', exact: true }).click();
      // Until the press has been taken in, it is still said that all is saved.
      await page.getByRole('button', { name: 'Import', exact: true }).waitFor({ state: 'detached' });
      await ready(page);
      await look('message');
      await page.getByRole('button', { name: /^Delete everything/ }).first().click();
      await page.getByRole('alertdialog').waitFor();
      await look('dialog');
      await page.keyboard.press('Escape');
      await go(page, 'Library');
      await look('library');
      if (layout === 'desk') {
        await page.getByRole('button', { name: 'Columns', exact: true }).click();
        await page.getByRole('dialog').waitFor();
        await look('columns');
        await page.keyboard.press('Escape');
      }
      await page.getByRole('button', { name: 'Group titles', exact: true }).click();
      await page.getByRole('radio', { name: 'Decade', exact: true }).click();
      await look('groups to choose');
      await page.keyboard.press('Escape');
      await page.getByRole('heading', { level: 2, name: /^1990s · / }).waitFor();
      await look('groups');
      await page.getByRole('button', { name: 'Select titles', exact: true }).click();
      await page.getByRole('checkbox').first().click();
      await look('selecting');
      await page.getByRole('button', { name: 'Rate the selected titles', exact: true }).click();
      await page.getByRole('dialog').waitFor();
      await look('rating several');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Stop selecting', exact: true }).click();
      await page.getByRole('radio', { name: 'Covers', exact: true }).click();
      await page.getByRole('list', { name: 'Your library' }).waitFor();
      await look('covers');
      // A title that could be either of two works, and one that is asked about.
      await go(page, 'Data');
      const table = Buffer.from('Title,Type,Rating\nThe Office,show,4\nSonic the Hedgehog,game,2');
      await chooseFile(page, { name: 'titles.csv', mimeType: 'text/csv', buffer: table });
      await page.getByRole('button', { name: 'Import', exact: true }).click();
      await page.getByRole('button', { name: 'Look at 2 titles', exact: true }).click();
      await page.getByRole('list', { name: 'Works it could be' }).waitFor();
      await look('titles to look at');
      await page.goto(`${url}#/match/show/the-office--`);
      await page.getByRole('heading', { name: 'Which work is it?', exact: true, level: 1 }).waitFor();
      await page.getByRole('list', { name: 'Works it could be' }).waitFor();
      await look('which work is it');
      await go(page, 'Library');

      await page.getByRole('button', { name: 'All commands', exact: true }).click();
      await page.getByRole('dialog').waitFor();
      await look('commands');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.keyboard.press('Shift+?');
      await page.getByRole('dialog').waitFor();
      await look('shortcuts');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await go(page, 'Start');
      await look('start with a library');
      await page.getByRole('button', { name: 'Open demo', exact: true }).click();
      await ready(page, /^Demo/);
      await look('demo');
      await trained(page);
      await go(page, 'Accuracy');
      await page.getByRole('region', { name: 'How this is measured' }).waitFor({ timeout: 60000 });
      await look('accuracy');
      await openItem(page, 'Films', 'Metropolis');
      await trained(page);
      await look('item in the demo');
      assert.deepEqual(found, {});
      assert.deepEqual(await page.evaluate(() => globalThis.brokenPolicies), []);
      await context.close();
    });
  }
}

test('every control of every view is reached by Tab, in reading order, and Escape and Enter work in dialogs', async () => {
  const { context } = await launch();
  const page = await context.newPage();
  await page.goto(url);
  await ready(page);
  for (const view of ['Start', 'Predict', 'Library', 'Data']) {
    await go(page, view);
    await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
    const reachable = await page.evaluate(() =>
      [...document.querySelectorAll('#mirror button, #mirror a, #mirror input')]
        .filter((one) => one instanceof HTMLElement)
        .filter((one) => !one.matches(':disabled') && one.tabIndex >= 0 && one.getAttribute('role') !== 'radio')
        .map((one) => one.id),
    );
    /** @type {string[]} */
    const seen = [];
    for (let i = 0; i < reachable.length + 60; ++i) {
      await page.keyboard.press('Tab');
      seen.push(await page.evaluate(() => document.activeElement?.id ?? ''));
      if (reachable.every((id) => seen.includes(id))) break;
    }
    assert.deepEqual(reachable.filter((id) => !seen.includes(id)), [], view);
    // It goes round, from wherever the focus was.
    const order = [...new Set(seen.filter((id) => reachable.includes(id)))];
    const first = reachable.indexOf(order[0]);
    assert.deepEqual(order, [...reachable.slice(first), ...reachable.slice(0, first)], `${view} in order`);
  }
  const opener = page.getByRole('button', { name: /^Delete everything/ });
  await returnToPage(page);
  await opener.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('alertdialog', { name: 'Delete everything?' });
  await dialog.waitFor();
  for (let i = 0; i < 8; ++i) {
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest('[role=alertdialog]') !== null), 'the focus stays inside');
  }
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.ok(await opener.evaluate((node) => node === document.activeElement), 'and comes back');
  await context.close();
});
