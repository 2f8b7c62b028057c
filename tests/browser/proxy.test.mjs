// A page that is set up with a proxy: what wants a key is asked through it, and is missing without harm where that fails.

import test, { after, afterEach, beforeEach } from 'node:test';
import { assert, comesToRest, distWithServices, go, launch, openPage, predictedRating, search, servePage, waitForText } from './harness.mjs';
import { problems, waitForPicture } from './pixels.mjs';
import { Upstreams } from './upstreams.mjs';

const services = await new Upstreams().start();
after(() => services.stop());
const { url } = await servePage('/owner/name/', await distWithServices(services.hosts, { proxy: services.proxy }));

/** @type {import('playwright-core').BrowserContext} */
let context;
beforeEach(async () => {
  services.asked = [];
  // It has a key for OMDb alone.
  services.failing = Object.fromEntries(['tmdb', 'rawg', 'spotify', 'googlebooks'].map((word) => [word, { status: 404, error: 'no_key' }]));
  ({ context } = await launch());
});
afterEach(() => context.close());

const line = (/** @type {import('./harness.mjs').WatchedPage} */ page) => page.getByRole('status', { name: 'Services', exact: true });
const at = (/** @type {string} */ word) => services.of('proxy').filter((one) => one.url.pathname.startsWith(`/${word}/`));

test('a title that a service with a key knows: found through the proxy, with its picture, its details and a prediction', async () => {
  const page = await openPage(context, url);
  await search(page, 'Films', 'quiet meridian');
  const found = page.getByRole('option', { name: /^Quiet Meridian, 2016.*from OMDb/ });
  await found.waitFor();
  await page.getByText('Facts from OMDb, CC BY-NC 4.0').waitFor();
  await waitForPicture(page, found, 2000);
  assert.deepEqual(at('images').map((one) => one.url.pathname), ['/images/m.media-amazon.com/images/M/MV5Bquiet._V1_SX300.jpg']);
  await found.click();
  await page.getByRole('heading', { name: 'Quiet Meridian', exact: true }).waitFor();
  await page.getByText('Ines Calder').first().waitFor();
  assert.ok((await predictedRating(page)) > 0);
  await comesToRest(page);
  await go(page, 'Data');
  const network = page.getByRole('region', { name: 'Network' });
  await waitForText(network, /OMDb.* want a key and are asked through 127\.0\.0\.1:\d+/);
  await page.getByRole('list', { name: 'Requests' }).scrollIntoViewIfNeeded();
  await waitForText(network, /127\.0\.0\.1:\d+ for www\.omdbapi\.com|127\.0\.0\.1:\d+ for m\.media-amazon\.com/);
  for (const one of services.asked) assert.doesNotMatch(one.url.href, /key=/i);
  assert.deepEqual(problems(page), []);
});

test('a service that the proxy has no key for is asked once, and nobody is told of it', async () => {
  const page = await openPage(context, url);
  await search(page, 'Games', 'lantern keeper');
  for (let i = 0; i < 200 && at('rawg').length === 0; ++i) await page.waitForTimeout(50);
  await comesToRest(page);
  assert.equal(await waitForText(line(page), /^(?!Asking)/), '');
  await search(page, 'Games', 'lantern keeper two');
  await comesToRest(page);
  assert.equal(at('rawg').length, 1);
  assert.equal(await waitForText(line(page), /^(?!Asking)/), '');
  assert.deepEqual(problems(page), []);
});

for (const [what, failure] of /** @type {[string, {status: number, error: string, wait?: number}][]} */ ([
  ['whose requests are used up', { status: 429, error: 'used_up', wait: 3600 }],
  ['that is asked too fast', { status: 429, error: 'too_fast', wait: 60 }],
  ['whose key is refused', { status: 502, error: 'key_refused' }],
]))
  test(`a service ${what} did not answer, in one quiet line, and the others did`, async () => {
    const page = await openPage(context, url);
    services.failing.omdb = failure;
    await search(page, 'Films', 'lantern bay');
    await page.getByRole('option', { name: /^Lantern Bay/ }).waitFor();
    await waitForText(line(page), /^OMDb did not answer\.$/);
    assert.equal(await page.getByRole('alert').filter({ hasText: /\S/ }).count(), 0);
    assert.deepEqual(problems(page), []);
  });
