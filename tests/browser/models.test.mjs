// What works are about: known of the catalogue from the start, and read by the text model as a person has it: offered with its size, downloaded, “More like
// this” and search by description, there without network, removed; and what happens when one of that goes wrong. The model and its runtime are the real ones.

import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { assert, dist, fs, go, launch, notIn, openItem, openPage, os, path, ready, roomAsItIs, search, servePage, until, waitForText, withLibrary } from './harness.mjs';
import { openStories } from '../../scripts/site/catalogue-vectors.mjs';
import { descriptions } from './descriptions.mjs';

const told = JSON.parse(await fs.readFile(path.join(dist, 'models.json'), 'utf8')).text;
const root = fileURLToPath(new URL('../..', import.meta.url));
const golden = JSON.parse(await fs.readFile(new URL('./data/vectors.json', import.meta.url), 'utf8'));
/** @typedef {import('./harness.mjs').Page} Page */

const section = (/** @type {Page} */ page) => page.getByRole('region', { name: 'Models on this device' });
const model = (/** @type {Page} */ page) => page.getByRole('status', { name: 'Text model' });
const similar = (/** @type {Page} */ page) => page.getByRole('list', { name: 'More like this' });

/** How many files of the model are kept. @param {Page} page */
const kept = (page) =>
  page.evaluate(async () => {
    let count = 0;
    for (const name of await caches.keys()) if (name.startsWith('media-hub-models:')) count += (await (await caches.open(name)).keys()).length;
    return count;
  });

/** @param {Page} page */
async function downloadModel(page) {
  await go(page, 'Data');
  await section(page).getByRole('button', { name: /^(Download|Go on), \d/ }).click();
}

/**
 * What the model says in the browser, of one batch of texts after the other.
 * @param {Page} page @param {number[][][]} batches  pieces of each text @returns {Promise<number[][]>} the vectors of all texts, of length 1
 */
const vectorsOf = (page, batches) =>
  page.evaluate(
    async ({ told, batches }) => {
      const worker = new Worker('./embedding-worker.js', { type: 'module' });
      worker.postMessage({ model: told });
      const vectors = [];
      for (const texts of batches) {
        const length = Math.max(...texts.map((text) => text.length));
        const pieces = new Int32Array(texts.length * length);
        texts.forEach((text, row) => pieces.set(text, row * length));
        const counts = Uint32Array.from(texts, (text) => text.length);
        const answer = new Promise((resolve, reject) => {
          worker.onmessage = ({ data }) => (data.failed ? reject(new Error(data.failed)) : resolve(new Float32Array(data.numbers)));
          worker.onerror = (event) => reject(new Error(event.message));
        });
        worker.postMessage({ id: 1, pieces: pieces.buffer, counts: counts.buffer });
        const states = await answer;
        for (const [row, text] of texts.entries()) {
          const vector = new Float64Array(told.dimensions);
          for (let piece = 0; piece < text.length; ++piece)
            for (let d = 0; d < told.dimensions; ++d) vector[d] += states[(row * length + piece) * told.dimensions + d];
          const norm = Math.hypot(...vector);
          vectors.push(Array.from(vector, (one) => one / norm));
        }
      }
      worker.terminate();
      return vectors;
    },
    { told, batches },
  );

/** @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
function cosine(a, b) {
  const dot = (/** @type {ArrayLike<number>} */ c, /** @type {ArrayLike<number>} */ d) => Array.from(c).reduce((sum, one, i) => sum + one * d[i], 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

/** The model in the browser says what it says natively, and the same of a text by itself as beside others, longer and shorter ones. @param {Page} page */
async function saysTheSame(page) {
  assert.equal(golden.model, told.hash);
  /** @type {{text: string, pieces: number[], vector: number[]}[]} */
  const texts = golden.texts;
  const pieces = texts.map((text) => text.pieces);
  const vectors = await vectorsOf(page, [pieces, ...pieces.map((text) => [text])]);
  texts.forEach(({ text, vector }, i) => {
    const [together, alone] = [vectors[i], vectors[texts.length + i]];
    assert.ok(cosine(vector, together) > 0.9999, `${text.slice(0, 40)}: ${cosine(vector, together)}`);
    const apart = Math.max(...together.map((one, d) => Math.abs(one - alone[d])));
    assert.ok(apart < 1e-5, `${text.slice(0, 40)}, alone and in a batch: ${apart}`);
  });
}

/** What comes with the page is what the model says here of the same titles. @param {Page} page */
async function catalogueIsTheSame(page) {
  const catalogue = await fs.readFile(path.join(dist, 'catalogue.json'), 'utf8');
  const { texts } = await openStories({ tool: path.join(root, '.build/wasm/tools/stories.js'), models: dist, catalogue });
  const file = await fs.readFile(path.join(dist, told.catalogue));
  const head = file.indexOf('\n') + 1;
  const record = told.dimensions + 16;
  assert.deepEqual(JSON.parse(file.toString('utf8', 0, head)), { model: told.hash, dimensions: told.dimensions });
  assert.equal(file.length, head + texts.length * record);
  const some = Array.from({ length: 12 }, (_, i) => Math.floor((i * texts.length) / 12));
  const vectors = await vectorsOf(page, [some.map((place) => Array.from(texts[place]))]);
  some.forEach((place, i) => {
    const at = head + place * record + 12;
    const kept = new Int8Array(file.subarray(at, at + told.dimensions));
    assert.ok(cosine(kept, vectors[i]) > 0.9999, `text ${place}: ${cosine(kept, vectors[i])}`);
  });
}

test('titles of the catalogue show what is like them before anything is downloaded, also without network', { timeout: 120000 }, async () => {
  const { url, asked } = await servePage();
  const { context } = await launch();
  const page = await openPage(context, url);
  await page.evaluate(() => navigator.serviceWorker.ready);
  const shown = async () => {
    await openItem(page, 'Films', 'The Godfather');
    await similar(page).getByRole('link', { name: /^Goodfellas/ }).click();
    await page.getByRole('heading', { name: 'Goodfellas', exact: true }).waitFor();
    await similar(page).getByRole('link', { name: /^The Godfather/ }).waitFor();
  };
  await shown();
  // The text model is offered beside it, for the titles that are not in it, and can be refused.
  const details = page.getByRole('region', { name: 'Details' });
  await details.getByRole('button', { name: /^Download, \d/ }).waitFor();
  await details.getByRole('button', { name: 'No, thanks' }).click();
  await details.getByRole('button', { name: /^Download, \d/ }).waitFor({ state: 'detached' });
  await similar(page).getByRole('link', { name: /^The Godfather/ }).waitFor();
  // A description finds by its words.
  const found = await search(page, 'Films', 'a heist in dreams');
  await found.and(page.getByRole('option', { name: /^Inception.*by what it is about$/ })).waitFor();
  assert.equal(asked.filter((one) => one.includes('/models/')).length, 0);
  assert.ok(asked.some((one) => one.endsWith(`/${told.catalogue}`)));

  await context.setOffline(true);
  await page.reload();
  await ready(page);
  await shown();
  assert.deepEqual(page.problems.filter((one) => !/Failed to load resource/.test(one)), []);
});

test('a device that says that it has little memory is offered the model in Data alone, with a word on that', async () => {
  const { url } = await servePage();
  for (const memory of [2, 8]) {
    const { context } = await launch();
    await context.addInitScript((gigabytes) => Object.defineProperty(Navigator.prototype, 'deviceMemory', { value: gigabytes, configurable: true }), memory);
    const page = await openPage(context, url);
    await openItem(page, 'Films', 'The Godfather');
    await similar(page).getByRole('link').first().waitFor();
    const offers = page.getByRole('region', { name: 'Details' }).getByRole('button', { name: /^Download, \d/ });
    assert.equal(await offers.count(), memory === 2 ? 0 : 1);
    await go(page, 'Data');
    await section(page).getByRole('button', { name: /^Download, \d/ }).waitFor();
    assert.equal(/says that it has little memory/.test((await section(page).textContent()) ?? ''), memory === 2);
    await context.close();
  }
});

test('downloaded, the model shows what is alike and finds by description, also without network; removed, it is gone', { timeout: 300000 }, async () => {
  const { url, asked } = await servePage();
  const { context, page } = await withLibrary(url, undefined, 300);
  await page.evaluate(() => navigator.serviceWorker.ready);
  const pieces = () => asked.filter((one) => one.includes('/models/'));

  // It is offered where it would be of use, and nothing of it is fetched before somebody wants it.
  await openItem(page, 'Films', 'Harbour, part 7');
  const details = page.getByRole('region', { name: 'Details' });
  await details.getByRole('heading', { name: 'More like this' }).waitFor();
  const size = (told.download_bytes / 1e6).toFixed(1).replace('.', '\\.');
  await details.getByRole('button', { name: new RegExp(`^Download, ${size} MB$`) }).waitFor();
  assert.equal(await similar(page).count(), 0);
  assert.deepEqual(pieces(), []);

  await downloadModel(page);
  await waitForText(model(page), /^Downloading |^Starting |^Reading stories /);
  await waitForText(model(page), /^Reading stories \d+ of \d+$/, 60000);
  await section(page).getByRole('button', { name: 'Pause reading stories' }).click();
  await waitForText(model(page), /^Paused at \d+ of \d+$/);
  await saysTheSame(page);
  await catalogueIsTheSame(page);
  await section(page).getByRole('button', { name: 'Go on reading stories' }).click();
  const all = Number(/(\d+)/.exec(await waitForText(model(page), /^All \d+ stories are read\.$/, 200000))?.[1]);
  assert.ok(all > 400, `${all} stories`);

  // The person's own titles have it now, and stand beside those of the catalogue.
  await openItem(page, 'Films', 'Harbour, part 7');
  await similar(page).getByRole('link', { name: /^Harbour, part / }).first().waitFor();

  /** @type {string[]} */
  const missed = [];
  for (const [type, words, title] of descriptions) {
    const first = (await search(page, type, words)).nth(0);
    const meant = page.getByRole('option', { name: new RegExp(`^${title}.*by what it is about$`) });
    await first.and(meant).waitFor({ timeout: 5000 }).catch(async () => missed.push(`${words}: ${await first.textContent({ timeout: 1000 }).catch(() => 'nothing')}`));
  }
  assert.ok(missed.length <= 3, `${missed.length} of ${descriptions.length} descriptions bring another title first: ${missed.join('; ')}`);

  // Every piece came, the files are kept whole in their place, and are there when the network is not.
  assert.equal(new Set(pieces()).size, 1 + Object.values(told.files).flatMap((file) => /** @type {any} */ (file).pieces).length);
  assert.equal(await kept(page), 1 + Object.keys(told.files).length);
  await page.waitForTimeout(6000); // the last vectors are written some seconds after they were made
  await ready(page);
  await context.setOffline(true);
  await page.reload();
  await ready(page);
  await openItem(page, 'Books', 'Dune');
  await similar(page).getByRole('link').first().waitFor();
  const found = await search(page, 'Films', 'a heist in dreams');
  await found.and(page.getByRole('option', { name: /^Inception.*by what it is about$/ })).waitFor({ timeout: 30000 });
  await go(page, 'Data');
  assert.match(await waitForText(model(page), /read\.$/), new RegExp(`^All ${all} `));
  await context.setOffline(false);

  await section(page).getByRole('button', { name: 'Remove the text model' }).click();
  await section(page).getByRole('button', { name: /^Download, \d/ }).waitFor();
  assert.equal(await kept(page), 0);
  // What it has read stays known; only nothing is read any more.
  await openItem(page, 'Books', 'Dune');
  await similar(page).getByRole('link').first().waitFor();
  assert.deepEqual(page.problems.filter((one) => !/Failed to load resource/.test(one)), []);
  await context.close();
});

test('a kept file that was damaged since is noticed and downloaded again, and what a closed page left of its pieces goes', { timeout: 120000 }, async () => {
  const { url } = await servePage();
  const { context } = await launch();
  const page = await openPage(context, url);
  await downloadModel(page);
  await waitForText(model(page), /^All \d+ stories are read\.$/, 60000);
  const whole = await kept(page);
  const [piece] = told.files.runtime.pieces;
  await page.evaluate(
    async ([sha256, address]) => {
      const name = (await caches.keys()).find((one) => one.startsWith('media-hub-models:')) ?? '';
      const cache = await caches.open(name);
      const kept = (await cache.keys()).find(({ url }) => url.endsWith(sha256));
      if (!kept) throw new Error('it is not kept');
      const bytes = new Uint8Array(await (await cache.match(kept))?.arrayBuffer() ?? new ArrayBuffer(0));
      bytes[bytes.length >> 1] ^= 1;
      await cache.put(kept, new Response(bytes));
      await cache.put(new URL(address, location.href).href, new Response('left over'));
    },
    [told.files.weights.sha256, piece.url],
  );
  assert.equal(await kept(page), whole + 1);
  await page.reload();
  await ready(page);
  await go(page, 'Data');
  await waitForText(model(page), /^All \d+ stories are read\.$/);
  assert.equal(await kept(page), whole);
  await search(page, 'Films', 'a heist in dreams');
  await go(page, 'Data');
  await waitForText(page.getByRole('alert', { name: 'The text model cannot be used' }), /is not the one that this page expects/, 30000);
  await downloadModel(page);
  await waitForText(model(page), /^All \d+ stories are read\.$/, 60000);
  const found = await search(page, 'Films', 'a heist in dreams');
  await found.and(page.getByRole('option', { name: /^Inception.*by what it is about$/ })).waitFor({ timeout: 30000 });
  assert.deepEqual(page.problems, []);
});

test('with room for the download and no more, the model works from its pieces', { timeout: 120000, skip: notIn(roomAsItIs) }, async () => {
  const { url } = await servePage();
  // Without the shell's copy of the page, so that all the room is for the model.
  const { context } = await launch(undefined, { serviceWorkers: 'block' });
  const page = await context.newPage();
  const client = await context.newCDPSession(page);
  await client.send('Storage.overrideQuotaForOrigin', { origin: new URL(url).origin, quotaSize: told.download_bytes + 8e6 });
  await page.goto(url);
  await ready(page);
  await downloadModel(page);
  await waitForText(model(page), /^All \d+ stories are read\.$/, 60000);
  // The vocabulary is small enough to be kept whole.
  const { runtime, weights } = told.files;
  assert.equal(await kept(page), 1 + runtime.pieces.length + weights.pieces.length + 1);
  const found = await search(page, 'Films', 'a heist in dreams');
  await found.and(page.getByRole('option', { name: /^Inception.*by what it is about$/ })).waitFor({ timeout: 30000 });
  await context.close();
});

test('a file that is not the right one is refused, a download that breaks off goes on later, and the page works all the while', { timeout: 120000 }, async () => {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'media-hub-dist-'));
  try {
    await fs.cp(dist, folder, { recursive: true });
    const bad = path.join(folder, told.files.weights.pieces[1].url);
    const right = await fs.readFile(bad);
    await fs.writeFile(bad, Buffer.concat([right.subarray(0, -1), Buffer.from([right[right.length - 1] ^ 1])]));
    const { url } = await servePage('/owner/name/', folder);
    const { context } = await launch();
    const page = await openPage(context, url);
    await downloadModel(page);
    const alert = page.getByRole('alert', { name: 'The text model cannot be used' });
    await waitForText(alert, /is not the one that this page expects/, 30000);
    const some = await kept(page);
    assert.ok(some > 0 && some < Object.values(told.files).flatMap((file) => /** @type {any} */ (file).pieces).length + 1, `${some} pieces`);

    // The right file is there again, but the connection is not.
    await fs.writeFile(bad, right);
    await context.route('**/models/**', (route) => route.abort());
    await section(page).getByRole('button', { name: /^Go on, \d/ }).click();
    await waitForText(alert, /broke off/, 30000);
    await openItem(page, 'Films', 'Jaws');
    await context.unroute('**/models/**');
    await downloadModel(page);
    await waitForText(model(page), /^All \d+ stories are read\.$/, 60000);
    assert.deepEqual(page.problems.filter((one) => !/Failed to load resource|ERR_FAILED/.test(one)), []);
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
});

/** Files of vectors as they are durable: how many are of each model, by its hash. @param {Page} page @returns {Promise<Record<string, number>>} */
const vectorsKept = (page) =>
  page.evaluate(async () => {
    /** @type {(request: IDBRequest) => Promise<any>} */
    const answer = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const opened = await answer(indexedDB.open(`/media-hub${location.pathname.replace(/[^A-Za-z0-9]+/g, '-').replace(/-$/, '')}`));
    const files = opened.transaction('FILE_DATA').objectStore('FILE_DATA');
    /** @type {Record<string, number>} */
    const kept = {};
    const [names, all] = await Promise.all([answer(files.getAllKeys()), answer(files.getAll())]);
    opened.close();
    for (const [i, { contents }] of all.entries()) {
      if (!names[i].includes('/stories-')) continue;
      const head = contents.indexOf(10) + 1;
      const { model, dimensions } = JSON.parse(new TextDecoder().decode(contents.subarray(0, head)));
      kept[model] = (kept[model] ?? 0) + (contents.length - head) / (dimensions + 16);
    }
    return kept;
  });

test('when a newer page brings another model, what the one before has read is used until the new one has read it', { timeout: 200000 }, async () => {
  // The older page: the same weights, called by another hash.
  const older = '0'.repeat(64);
  const { url } = await servePage();
  const { context, page } = await withLibrary(url, { serviceWorkers: 'block' });
  for (const name of ['models.json', told.catalogue]) {
    const text = await fs.readFile(path.join(dist, name), 'latin1');
    const asOlder = text.replace(new RegExp(`("hash"|"model"):"${told.hash}"`), `$1:"${older}"`);
    assert.notEqual(asOlder, text);
    await context.route(`**/${name}`, (route) => route.fulfill({ body: Buffer.from(asOlder, 'latin1') }));
  }
  await page.reload();
  await ready(page);
  await downloadModel(page);
  const all = Number(/(\d+)/.exec(await waitForText(model(page), /^All \d+ stories are read\.$/, 100000))?.[1]);
  // Those of the catalogue are kept beside the person's own.
  await until(async () => (await vectorsKept(page))[older] === all, 'all are kept');
  const own = similar(page).getByRole('link', { name: /^Harbour, part / }).first();
  const shown = async () => {
    await openItem(page, 'Films', 'Harbour, part 7');
    await own.waitFor();
    return similar(page).getByRole('link').allTextContents();
  };
  const before = await shown();

  for (const name of ['models.json', told.catalogue]) await context.unroute(`**/${name}`);
  // As a page does whose model is made of other files.
  await page.evaluate(async () => {
    for (const name of await caches.keys()) if (name.startsWith('media-hub-models:')) await caches.delete(name);
  });
  await page.reload();
  await ready(page);
  assert.deepEqual(await shown(), before);
  await openItem(page, 'Films', 'The Godfather');
  await similar(page).getByRole('link', { name: /^Goodfellas/ }).waitFor();
  const words = /Until it has read all stories, your predictions and “More like this” use what the previous text model read\./;
  await go(page, 'Data');
  await waitForText(section(page), words);
  assert.deepEqual(await vectorsKept(page), { [older]: all });

  await downloadModel(page);
  await waitForText(model(page), new RegExp(`^All ${all} stories are read\\.$`), 100000);
  assert.doesNotMatch((await section(page).textContent()) ?? '', words);
  // The same weights say the same.
  assert.deepEqual(await shown(), before);
  await until(async () => JSON.stringify(await vectorsKept(page)) === JSON.stringify({ [told.hash]: all }), 'those of the newer one alone are kept');
  await page.reload();
  await ready(page);
  assert.deepEqual(await shown(), before);
  // Where service workers are blocked, what registers one is told of none.
  assert.deepEqual(page.problems.filter((one) => !/Failed to load resource|reading 'installing'|registration\.installing/.test(one)), []);
});
