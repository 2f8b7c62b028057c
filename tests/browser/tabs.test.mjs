// Two tabs: one writes, the other follows live and takes over when the first goes, however it goes.

import test from 'node:test';
import { assert, go, imdbExport, chooseFile, launch, notIn, openItem, rate, ready, servePage, waitForRating, waitForText } from './harness.mjs';

const { url } = await servePage();

async function twoTabs() {
  const { context } = await launch();
  const first = await context.newPage();
  await first.goto(url);
  await ready(first);
  const second = await context.newPage();
  await second.goto(url);
  await ready(second, /^Read only/);
  return { context, first, second };
}

test('the second tab follows an import, an undo and a deletion live, and may change nothing', async () => {
  const { context, first, second } = await twoTabs();
  await go(second, 'Library');
  await go(first, 'Data');
  await chooseFile(first, { name: 'ratings.csv', mimeType: 'text/csv', buffer: Buffer.from(imdbExport(30)) });
  await first.getByRole('button', { name: 'Import', exact: true }).click();
  await ready(first);
  await second.getByText('Harbour, part 7', { exact: true }).first().waitFor();
  await first.getByRole('button', { name: 'Undo', exact: true }).click();
  await ready(first);
  await waitForText(second.getByRole('main'), /^(?![\s\S]*Harbour, part 7)/);

  await openItem(first, 'Films', 'Metropolis');
  await rate(first, 4);
  await openItem(second, 'Films', 'Metropolis');
  await waitForRating(second, /^4 /);
  const slider = second.getByRole('slider', { name: 'Your rating', exact: true });
  assert.ok(await slider.isDisabled());
  assert.ok(await second.getByRole('button', { name: 'Undo', exact: true }).isDisabled());
  await context.close();
});

/** @type {[string, (page: import('./harness.mjs').Page) => Promise<unknown>][]} */
const ends = [
  ['is closed', (page) => page.close()],
  ['goes to another page', (page) => page.goto('about:blank')],
  ['crashes', async (page) => {
    const client = await page.context().newCDPSession(page);
    await Promise.race([client.send('Page.crash').catch(() => {}), new Promise((resolve) => page.once('crash', resolve))]);
  }],
];
const noCrash = { firefox: 'its tabs of one page share a process, and end together', webkit: 'nothing that drives it can end the process of a page' };
for (const [how, end] of ends) {
  test(`the second tab takes over when the first ${how}`, { skip: how === 'crashes' && notIn(noCrash) }, async () => {
    const { context, first, second } = await twoTabs();
    await openItem(first, 'Films', 'Metropolis');
    await rate(first, 4);
    await end(first);
    await ready(second);
    await openItem(second, 'Films', 'Metropolis');
    await waitForRating(second, /^4 /);
    await rate(second, 1.5);
    await second.reload();
    await ready(second);
    await waitForRating(second, /^1\.5/);
    await context.close();
  });
}

test('a page that was left and is come back to follows the tab that took over, and takes its turn again', async () => {
  const { context, first, second } = await twoTabs();
  await openItem(first, 'Films', 'Metropolis');
  await rate(first, 4);
  // Some browsers keep what is left as it stands, and show that.
  await first.goto('about:blank');
  await ready(second);
  await openItem(second, 'Films', 'Metropolis');
  await rate(second, 1.5);
  await first.goBack();
  await ready(first, /^Read only/);
  await waitForRating(first, /^1\.5/);
  await rate(second, 3);
  await waitForRating(first, /^3 /);
  await first.getByRole('button', { name: 'Go on here', exact: true }).click();
  await ready(first);
  await rate(first, 5);
  await waitForRating(second, /^5/);
  await context.close();
});

test('a tab that follows takes its turn when it is asked to, and the one that wrote follows it', async () => {
  const { context, first, second } = await twoTabs();
  const third = await context.newPage();
  await third.goto(url);
  await ready(third, /^Read only/);
  await openItem(first, 'Films', 'Metropolis');
  await rate(first, 4);
  // The last that came, while another waits as well.
  await third.getByRole('button', { name: 'Go on here', exact: true }).click();
  await ready(third);
  await first.getByText('Another tab keeps your ratings now', { exact: false }).first().waitFor();
  await ready(first, /^Read only/);
  await ready(second, /^Read only/);
  await openItem(third, 'Films', 'Metropolis');
  await waitForRating(third, /^4 /);
  await rate(third, 1.5);
  await waitForRating(first, /^1\.5/);
  // And back.
  await first.getByRole('button', { name: 'Go on here', exact: true }).click();
  await ready(first);
  await ready(third, /^Read only/);
  await rate(first, 5);
  await waitForRating(third, /^5/);
  await context.close();
});
