// The worker that keeps the ratings dies: it is started again from storage, the person is told, and nothing that was saved is lost.

import test from 'node:test';
import { assert, go, launch, openItem, openPage, predictedRating, rate, ready, servePage, trained, waitForRating } from './harness.mjs';

const { url } = await servePage();

for (const [what, die] of [
  ['fails in its own code', () => setTimeout(() => { throw new Error('made to fail'); })],
  ['ends without a word', () => self.close()],
]) {
  test(`a worker that ${what} is started again from storage, and the person is told`, async () => {
    const { context } = await launch();
    const page = await context.newPage();
    await page.goto(url);
    await ready(page);
    await openItem(page, 'Games', 'Portal 2');
    await rate(page, 4.5);
    await openItem(page, 'Films', 'Metropolis');
    await rate(page, 2);
    await trained(page);
    const [worker] = page.workers();
    const another = page.waitForEvent('worker');
    await worker.evaluate(die).catch(() => {});
    await another;
    await page.getByRole('alert').filter({ hasText: /stopped and is being started again.*What was saved is safe/ }).first().waitFor({ state: 'attached' });
    await ready(page);
    await waitForRating(page, /^2 /);
    assert.ok((await predictedRating(page)) > 0);
    // It keeps and predicts as before.
    await rate(page, 3.5);
    await openItem(page, 'Games', 'Portal 2');
    await waitForRating(page, /^4\.5/);
    await page.reload();
    await ready(page);
    await waitForRating(page, /^4\.5/);
    await openItem(page, 'Films', 'Metropolis');
    await waitForRating(page, /^3\.5/);
    await context.close();
  });
}

test('what was being done when it died can be done again: an import in preview, a search', async () => {
  const { context } = await launch();
  const page = await context.newPage();
  await page.goto(url);
  await ready(page);
  await go(page, 'Predict');
  await page.getByRole('searchbox', { name: 'Search', exact: true }).fill('metropolis');
  await page.getByRole('option', { name: /^Metropolis/ }).waitFor();
  const another = page.waitForEvent('worker');
  await page.workers()[0].evaluate(() => self.close()).catch(() => {});
  await another;
  await ready(page);
  await page.getByRole('option', { name: /^Metropolis/ }).first().waitFor();
  await page.getByRole('searchbox', { name: 'Search', exact: true }).fill('trip to the moon');
  await page.getByRole('option', { name: /^A Trip to the Moon/ }).waitFor();
  await context.close();
});

test('an engine that cannot be loaded at all is told, and not started again for ever', async () => {
  const { context } = await launch();
  const page = await context.newPage();
  let asked = 0;
  await page.route('**/engine.wasm', (route) => {
    asked += 1;
    return route.abort();
  });
  await page.goto(url);
  await page.getByRole('alert').filter({ hasText: /could not be started/ }).first().waitFor({ state: 'attached' });
  const before = asked;
  await page.waitForTimeout(3000);
  assert.equal(asked, before, 'no attempt without the person’s word');
  await page.unroute('**/engine.wasm');
  await page.getByRole('button', { name: 'Try again', exact: true }).click();
  await ready(page);
  await context.close();
});
