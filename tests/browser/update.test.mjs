// A newer version of the page: it is fetched beside the old one, waits until the person takes it, and no tab ever runs files of both.

import { createHash } from 'node:crypto';
import test from 'node:test';
import { assert, dist, fs, launch, openItem, openPage, os, path, present, rate, ready, servePage, waitForRating } from './harness.mjs';

/** The built page in a folder of its own, to be replaced by a newer version while it is served. */
async function deployment() {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'media-hub-dist-'));
  await fs.cp(dist, folder, { recursive: true });
  const sum = (/** @type {string | Buffer} */ content) => createHash('sha256').update(content).digest('hex');
  return {
    folder,
    /** Changes some files and stamps the service worker anew, as a build does. @param {Record<string, (text: string) => string>} changes */
    async publish(changes) {
      const place = path.join(folder, 'sw.js');
      let worker = await fs.readFile(place, 'utf8');
      for (const [name, change] of Object.entries(changes)) {
        const before = await fs.readFile(path.join(folder, name));
        const after = Buffer.from(change(before.toString('utf8')));
        assert.ok(worker.includes(sum(before)), `${name} is in the shell`);
        worker = worker.replace(sum(before), sum(after));
        await fs.writeFile(path.join(folder, name), after);
      }
      const version = present(/const version = "([0-9a-f]+)"/.exec(worker))[1];
      const next = sum(worker).slice(0, 16);
      await fs.writeFile(place, worker.replace(`"${version}"`, `"${next}"`));
      return next;
    },
    remove: () => fs.rm(folder, { recursive: true, force: true }),
  };
}

/** Marks each part with a version that it says once it is running. @param {string} version */
const mark = (version) => ({
  'main.js': (/** @type {string} */ text) => `globalThis.mainVersion = '${version}';\n${text}`,
  'engine-worker.js': (/** @type {string} */ text) => `self.engineVersion = '${version}';\n${text}`,
});
/** @param {import('./harness.mjs').Page} page */
const versions = async (page) => ({
  main: await page.evaluate(() => globalThis.mainVersion ?? 'first'),
  engine: await page.workers()[0].evaluate(() => globalThis.engineVersion ?? 'first'),
});
/** @param {import('./harness.mjs').Page} page */
const underControl = (page) => page.waitForFunction(async () => (await navigator.serviceWorker.ready) && navigator.serviceWorker.controller !== null);

test('a newer version waits for the person’s word, is then whole, and nothing else on the origin is touched', async () => {
  const site = await deployment();
  const { url } = await servePage('/owner/name/', site.folder);
  const { context } = await launch();
  const page = await openPage(context, url);
  await page.evaluate(async () => {
    await (await caches.open('another-page')).put('/another/', new Response('kept'));
    localStorage.setItem('another-page', 'kept');
    await navigator.serviceWorker.ready;
  });
  await page.reload();
  await ready(page);
  await underControl(page);
  await openItem(page, 'Films', 'Metropolis');
  await rate(page, 4);
  const update = page.getByRole('button', { name: 'Reload now', exact: true });
  assert.equal(await update.count(), 0, 'nothing is offered while there is nothing new');

  await site.publish(mark('second'));
  // A newer version is looked for when the page is loaded; that load is still of the old one, whole.
  await page.reload();
  await ready(page);
  await update.waitFor();
  assert.deepEqual(await versions(page), { main: 'first', engine: 'first' });
  // Loading it again does not slip the newer one in.
  await page.reload();
  await ready(page);
  await update.waitFor();
  assert.deepEqual(await versions(page), { main: 'first', engine: 'first' });

  await update.click();
  await page.waitForFunction(() => globalThis.mainVersion === 'second');
  await ready(page);
  assert.deepEqual(await versions(page), { main: 'second', engine: 'second' });
  assert.equal(await update.count(), 0);
  await openItem(page, 'Films', 'Metropolis');
  await waitForRating(page, /^4 /);

  await page.waitForFunction(async () => (await caches.keys()).filter((name) => !name.startsWith('media-hub-copy:')).length === 2);
  const kept = await page.evaluate(async () => ({
    cache: await (await (await caches.open('another-page')).match('/another/'))?.text(),
    setting: localStorage.getItem('another-page'),
  }));
  assert.deepEqual(kept, { cache: 'kept', setting: 'kept' });
  await context.setOffline(true);
  await page.reload();
  await ready(page);
  assert.deepEqual(await versions(page), { main: 'second', engine: 'second' });
  assert.deepEqual(page.problems, []);
  await context.close();
  await site.remove();
});

test('a tab beside the one that took the newer version is told, and never mixes both', async () => {
  const site = await deployment();
  const { url } = await servePage('/', site.folder);
  const { context } = await launch();
  const first = await openPage(context, url);
  await first.evaluate(() => navigator.serviceWorker.ready);
  await first.reload();
  await ready(first);
  await underControl(first);
  const second = await context.newPage();
  await second.goto(url);
  await ready(second, /^Read only/);
  await site.publish(mark('second'));
  await first.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  await second.getByRole('button', { name: 'Reload now', exact: true }).waitFor();
  await second.getByRole('button', { name: 'Reload now', exact: true }).click();
  await second.waitForFunction(() => globalThis.mainVersion === 'second');

  // The other one goes on with what it has, and loads anew instead of starting an engine of the other version.
  await first.getByRole('button', { name: 'Reload now', exact: true }).waitFor();
  assert.deepEqual(await versions(first), { main: 'first', engine: 'first' });
  await first.workers()[0].evaluate(() => self.close()).catch(() => {});
  await first.waitForFunction(() => globalThis.mainVersion === 'second');
  await first.getByRole('status', { name: 'Storage' }).waitFor();
  assert.deepEqual(await versions(first), { main: 'second', engine: 'second' });
  await context.close();
  await site.remove();
});

test('a server that is in the middle of an update does not get half of it installed', async () => {
  const site = await deployment();
  const { url } = await servePage('/', site.folder);
  const { context } = await launch();
  const page = await openPage(context, url);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await ready(page);
  await underControl(page);
  // The new worker is there, one of its files is still the old one.
  const before = await fs.readFile(path.join(site.folder, 'engine-worker.js'));
  await site.publish(mark('second'));
  await fs.writeFile(path.join(site.folder, 'engine-worker.js'), before);
  const failed = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    return new Promise((resolve) => {
      registration?.addEventListener('updatefound', () => {
        const { installing } = registration;
        installing?.addEventListener('statechange', () => resolve(installing.state));
      });
      registration?.update();
    });
  });
  assert.equal(failed, 'redundant');
  assert.equal(await page.getByRole('button', { name: 'Reload now', exact: true }).count(), 0);
  await page.reload();
  await ready(page);
  assert.deepEqual(await versions(page), { main: 'first', engine: 'first' });
  await context.close();
  await site.remove();
});
