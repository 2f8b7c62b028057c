// Titles beyond the catalogue: typed, found by services that the test makes up, picked, rated, and found again without network.

import test, { after, afterEach, beforeEach } from 'node:test';
import {
  assert, comesToRest, distWithServices, go, inChromium, launch, openPage, predictedRating, rate, ready, search, servePage, storedRating, until, waitForText,
} from './harness.mjs';
import { Upstreams } from './upstreams.mjs';

const services = await new Upstreams().start();
after(() => services.stop());
const { url } = await servePage('/owner/name/', await distWithServices(services.hosts));
const { context } = await launch();

beforeEach(() => {
  services.asked = [];
  services.most = {};
  services.delay = {};
  services.broken.clear();
});

// A test that failed leaves nothing to the next: one tab alone keeps the ratings.
afterEach(async () => {
  await context.setOffline(false);
  for (const page of context.pages().slice(1)) await page.close();
});

/** @typedef {import('./harness.mjs').WatchedPage} WatchedPage */
const line = (/** @type {WatchedPage} */ page) => page.getByRole('status', { name: 'Services', exact: true });
const settled = (/** @type {WatchedPage} */ page) => waitForText(line(page), /^(?!Asking)/);

test('a title that is not in the catalogue: found by two services as one work, picked, predicted, rated, there offline', async () => {
  const page = await openPage(context, url);
  // Long enough for a slow browser to be seen waiting.
  services.delay = { sparql: inChromium ? 700 : 5000 };
  const options = await search(page, 'Films', 'lantern bay');
  const found = options.and(page.getByRole('option', { name: /^Lantern Bay/ }));
  // The first to answer is shown while the other is still being waited for.
  await found.filter({ hasText: '' }).first().waitFor();
  assert.match(await waitForText(line(page), /Asking/), /^Asking Wikidata…$/);
  await waitForText(line(page), /^$/);
  await page.getByRole('option', { name: /^Lantern Bay, 2011 · Mika Arai.*from .*Wikidata.*iTunes|^Lantern Bay, 2011 · Mika Arai.*from .*iTunes.*Wikidata/ }).waitFor();
  assert.equal(await found.count(), 1);
  for (const words of ['Facts from Wikidata, CC0', 'Facts from the iTunes Store']) assert.equal(await page.getByText(words).count(), 1);
  // The page's own links are found by their names all the same.
  for (const name of ['Start', 'Predict', 'Library', 'Data']) assert.equal(await page.getByRole('link', { name }).count(), 1);

  await found.click();
  await page.getByRole('heading', { name: 'Lantern Bay', exact: true }).waitFor();
  assert.ok((await predictedRating(page)) > 0);
  await page.getByText('Ken Ono, Rie Sato').waitFor();
  await page.getByText('Harbour Light').waitFor();
  for (const words of ['Series', 'Lantern Saga, 2 (Wikidata)', 'Awards', 'Golden Gull (Wikidata)']) await page.getByText(words, { exact: true }).waitFor();
  const sources = page.getByRole('region', { name: 'Details' }).getByRole('link', { name: 'Source' });
  assert.equal(await sources.first().getAttribute('href'), 'https://www.wikidata.org/wiki/Q9000');
  await rate(page, 4.5);
  for (const asked of services.asked) assert.doesNotMatch(asked.url.href, /4\.5/, 'nothing of the rating is sent');

  await page.evaluate(() => navigator.serviceWorker.ready);
  await context.setOffline(true);
  const before = services.asked.length;
  await page.reload();
  await ready(page);
  const again = await search(page, 'Films', 'lantern');
  await again.and(page.getByRole('option', { name: /^Lantern Bay.*your rating 4\.5/ })).click();
  await page.getByRole('heading', { name: 'Lantern Bay', exact: true }).waitFor();
  assert.match(await storedRating(page), /4\.5/);
  await page.getByText('Ken Ono, Rie Sato').waitFor();
  // A network that is cut from outside is no news to the workers of the other browsers.
  await waitForText(line(page), inChromium ? /offline/i : /offline|did not answer/i);
  assert.equal(services.asked.length, before);
  await context.setOffline(false);
  assert.deepEqual(page.problems, []);
  await page.close();
});

test('a link to a title that is unknown here: the services are asked for it by its id, and it is predicted and rated', async () => {
  const page = await openPage(context, url);
  for (const [address, title] of /** @type {const} */ ([['#/film/tt9900001', 'Lantern Bay'], ['#/show/tvmaze:990011', 'The Slow Signal']])) {
    await page.goto(url + address);
    await page.reload();
    await ready(page);
    await page.getByRole('heading', { name: title, exact: true }).waitFor();
    assert.ok((await predictedRating(page)) > 0);
  }
  await rate(page, 3.5);
  await go(page, 'Library');
  await page.getByRole('link', { name: /^The Slow Signal/ }).first().waitFor();

  const about = (/** @type {string} */ words) => services.asked.filter((one) => one.url.href.includes(words)).map((one) => one.service);
  await page.goto(url + '#/film/tt9900077');
  await page.getByRole('heading', { name: 'This title is not known here' }).waitFor();
  assert.deepEqual(about('tt9900077'), ['wikidata']);
  await page.goto(url + '#/film/nobody-knows-this');
  await page.getByRole('heading', { name: 'This title is not known here' }).waitFor();
  assert.deepEqual(about('nobody-knows-this'), []);
  assert.deepEqual(page.problems, []);
  await page.close();
});

test('fast typing leaves at most one search under way with each service', async () => {
  const page = await openPage(context, url);
  services.delay = { wikidata: 600, itunes: 600, sparql: 600 };
  await search(page, 'Films', '');
  const field = page.getByRole('searchbox', { name: 'Search', exact: true });
  await field.pressSequentially('the quiet harbour at night', { delay: 30 });
  await page.waitForTimeout(350);
  await field.pressSequentially(' and by day', { delay: 130 });
  await settled(page);
  assert.ok(Object.keys(services.most).length >= 2);
  for (const [service, most] of Object.entries(services.most)) assert.ok(most <= 1, `${service} had ${most} searches under way at once`);
  const words = services.of('itunes').map((one) => one.url.searchParams.get('term'));
  assert.equal(words.at(-1), 'the quiet harbour at night and by day');
  assert.ok(words.length <= 6, `every key pressed was sent: ${words}`);
  assert.deepEqual(page.problems, []);
  await page.close();
});

test('a service that breaks off in the middle of its answer leaves a usable page and one quiet line', async () => {
  const page = await openPage(context, url);
  services.broken.add('wikidata');
  const options = await search(page, 'Films', 'lantern coast');
  await options.and(page.getByRole('option', { name: /^Lantern Bay/ })).waitFor();
  await waitForText(line(page), /^Wikidata did not answer\.$/);
  assert.equal(await page.getByRole('alert').filter({ hasText: /\S/ }).count(), 0);
  const known = await search(page, 'Films', 'metropolis');
  await known.and(page.getByRole('option', { name: /^Metropolis/ })).first().click();
  await page.getByRole('heading', { name: 'Metropolis', exact: true }).waitFor();
  assert.ok((await predictedRating(page)) > 0);
  assert.deepEqual(page.problems, []);
  await page.close();
});

test('results are on the screen soon after the slowest service has answered', async (t) => {
  const page = await openPage(context, url);
  // Of works that nobody has looked for yet: what is known here is shown before anybody answers.
  await search(page, 'Music', '');
  services.delay = { musicbrainz: 400, itunes: 200 };
  await page.getByRole('searchbox', { name: 'Search', exact: true }).fill('slow tide');
  const seen = await page.evaluate(async () => {
    for (let i = 0; i < 2000; ++i) {
      for (const option of document.querySelectorAll('[role=option]'))
        if ((option.getAttribute('aria-label') ?? option.textContent ?? '').startsWith('Slow Tide')) return Date.now();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return 0;
  });
  await settled(page);
  const answered = Math.min(...services.of('musicbrainz').map((one) => one.ended));
  t.diagnostic(`${seen - answered} ms after the slowest service had answered`);
  // The figure is told; what is asserted leaves room for a machine that is busy with other things.
  assert.ok(seen > answered && seen - answered < 2000);
  assert.deepEqual(page.problems, []);
  await page.close();
});

test('“Stay offline” stops all, and every request is in the ledger', async () => {
  const page = await openPage(context, url);
  services.delay = { wikidata: 5000 };
  await search(page, 'Films', 'lantern light');
  await page.getByRole('option', { name: /^Lantern Bay/ }).waitFor();
  await go(page, 'Data');
  const network = page.getByRole('region', { name: 'Network' });
  const requests = network.getByRole('listitem');
  await network.getByRole('list', { name: 'Requests' }).scrollIntoViewIfNeeded();
  await waitForText(network, /Search for “lantern light”/);
  const told = await requests.allTextContents();
  assert.ok(told.some((one) => /itunes\.apple\.com/.test(one) && /\d (B|bytes|KB)/.test(one)), told.join(' | '));
  assert.ok(told.some((one) => /www\.wikidata\.org.*under way/.test(one)), told.join(' | '));
  const toggle = page.getByRole('switch', { name: 'Stay offline' });
  assert.equal(await toggle.getAttribute('aria-checked'), 'false');
  await toggle.click();
  await waitForText(network, /www\.wikidata\.org\s*stopped/);
  const sent = services.asked.length;
  await search(page, 'Films', 'something else entirely');
  await waitForText(line(page), /Stay offline/);
  assert.equal(services.asked.length, sent);
  // It lasts.
  await page.reload();
  await ready(page);
  await go(page, 'Data');
  assert.equal(await toggle.getAttribute('aria-checked'), 'true');
  await toggle.click();
  await search(page, 'Films', 'lantern and more');
  await page.getByRole('option', { name: /^Lantern Bay/ }).waitFor();
  assert.ok(services.asked.length > sent);
  assert.deepEqual(page.problems, []);
  await page.close();
});

test('nothing is asked before somebody types, and the service worker keeps out of it', async () => {
  const page = await openPage(context, url);
  await go(page, 'Predict');
  await page.getByRole('option').first().waitFor();
  await page.getByRole('option').first().click();
  await comesToRest(page);
  assert.equal(services.asked.length, 0);
  await search(page, 'Shows', 'slow signal once more');
  await page.getByRole('option', { name: /^The Slow Signal/ }).waitFor();
  await until(() => services.asked.length > 0, 'services are asked');
  const kept = await page.evaluate(async () => {
    const urls = [];
    for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) urls.push(request.url);
    return urls;
  });
  assert.ok(kept.length > 0 && kept.every((one) => one.startsWith(new URL(url).origin)), kept.join(' '));
  assert.deepEqual(page.problems, []);
  await page.close();
});

test('with no service to be reached the page is as it was, without an error', async () => {
  const nowhere = Object.fromEntries(Object.keys(services.hosts).map((host) => [host, 'http://127.0.0.1:9']));
  const site = await servePage('/nowhere/', await distWithServices(nowhere));
  const page = await openPage(context, site.url);
  /** @type {string[]} */
  const said = [];
  page.on('console', (message) => said.push(message.text()));
  const options = await search(page, 'Films', 'metropolis');
  await options.and(page.getByRole('option', { name: /^Metropolis/ })).first().waitFor();
  await waitForText(line(page), /^Wikidata and iTunes did not answer\.$/);
  assert.deepEqual(said, []);
  assert.deepEqual(page.problems, []);
  await page.close();
});
