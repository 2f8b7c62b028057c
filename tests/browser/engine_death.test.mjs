// The worker that keeps the ratings dies: it is started again, the person is told, and nothing of what they entered is lost, saved or not.

import test from 'node:test';
import {
  assert, go, launch, noWorkers, notIn, openItem, predictedRating, rate, ready, servePage, trained, waitForRating, waitForText,
} from './harness.mjs';

const { url } = await servePage();

/** @typedef {import('./harness.mjs').Page} Page */

/** Waits until the person has been told. @param {Page} page @param {RegExp} words */
const told = (page, words) => page.getByRole('alert').filter({ hasText: words }).first().waitFor({ state: 'attached' });

/** Puts a script at the end of the worker's, of the first `workers` of the page. @param {Page} page @param {() => void} script @param {number} [workers] */
async function meddle(page, script, workers = 1) {
  await page.route('**/engine-worker.js', async (route) => {
    const response = await route.fetch();
    const more = workers-- > 0 ? `(${script})();` : '';
    await route.fulfill({ response, body: `${await response.text()}\n${more}` });
  });
}

/** Ends the worker, and waits for the next one. @param {Page} page */
async function kill(page) {
  const another = page.waitForEvent('worker');
  await page.workers()[0].evaluate(() => self.close()).catch(() => {});
  await another;
}

/** In the worker: there is no storage. */
const withoutStorage = () => {
  Object.defineProperty(self, 'indexedDB', { value: undefined });
};
/** In the worker: every write-back is aborted, as when the disk is full. */
const withoutWriting = () => {
  /** @type {Record<string, any>} */
  const store = IDBObjectStore.prototype;
  for (const change of ['put', 'delete']) {
    const make = store[change];
    store[change] = function (/** @type {unknown[]} */ ...what) {
      const request = make.apply(this, what);
      request.addEventListener('success', () => {
        try {
          this.transaction.abort();
        } catch {
          // It was, by the request before.
        }
      });
      return request;
    };
  }
};
/** In the worker: a rating of one and a half stars is its end, before it has looked at it. */
const diesOfRating = () => {
  const take = self.onmessage;
  self.onmessage = (event) => (event.data.json.includes('"stars":1.5') ? self.close() : take?.call(self, event));
};
/** In the worker: an undo is carried out and saved, and it ends before it says so. */
const diesAfterUndo = () => {
  const take = self.onmessage;
  self.onmessage = (event) => {
    take?.call(self, event);
    if (!event.data.json.includes('"kind":"undo"')) return;
    self.postMessage = () => {};
    setTimeout(() => self.close(), 1500);
  };
};

/** @param {() => void} [script] @param {number} [workers] @param {RegExp} [state]  of storage, once the page is open */
async function opened(script, workers, state = /^Saved$/) {
  const { context } = await launch(undefined, { serviceWorkers: 'block' });
  const page = await context.newPage();
  if (script) await meddle(page, script, workers);
  await page.goto(url);
  await ready(page, state);
  return { context, page };
}

/** @param {Page} page @param {number} stars */
const setRating = (page, stars) => page.getByRole('slider', { name: 'Your rating', exact: true }).fill(String(stars));

for (const [what, die] of [
  ['fails in its own code', () => setTimeout(() => { throw new Error('made to fail'); })],
  ['ends without a word', () => self.close()],
]) {
  test(`a worker that ${what} is started again from storage, and the person is told`, { skip: notIn(noWorkers) }, async () => {
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
    await told(page, /stopped and is being started again.*all of them had been saved/);
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

test('what was being done when it died can be done again: an import in preview, a search', { skip: notIn(noWorkers) }, async () => {
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

test('with blocked storage every rating outlives the worker, in the demo too, and can be undone', { skip: notIn(noWorkers) }, async () => {
  const notSaved = /^Not saved/;
  const { context, page } = await opened(withoutStorage, 9, notSaved);
  await openItem(page, 'Games', 'Portal 2');
  await setRating(page, 4.5);
  await openItem(page, 'Films', 'Metropolis');
  await setRating(page, 2);
  await trained(page);
  await kill(page);
  await told(page, /stopped and is being started again.*only in this tab/);
  await ready(page, notSaved);
  await waitForRating(page, /^2 /);
  await openItem(page, 'Games', 'Portal 2');
  await waitForRating(page, /^4\.5/);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await openItem(page, 'Films', 'Metropolis');
  await waitForRating(page, /^not rated/i);
  await setRating(page, 3);
  await trained(page);

  await go(page, 'Start');
  await page.getByRole('button', { name: 'Open demo', exact: true }).click();
  await ready(page, /^Demo/);
  await openItem(page, 'Games', 'Portal 2');
  await setRating(page, 1);
  await trained(page);
  await kill(page);
  await told(page, /The demo ends with it; your own library is as it was/);
  await ready(page, notSaved);
  await waitForRating(page, /^4\.5/);
  await openItem(page, 'Films', 'Metropolis');
  await waitForRating(page, /^3 /);
  await context.close();
});

test('what could not be written outlives the worker, and is saved when that works again', { skip: notIn(noWorkers) }, async () => {
  const { context, page } = await opened();
  await openItem(page, 'Games', 'Portal 2');
  await rate(page, 4.5);
  await trained(page);
  await page.workers()[0].evaluate(withoutWriting);
  await setRating(page, 2);
  await ready(page, /^Not saved/);
  await trained(page);
  await kill(page);
  await told(page, /What could not be saved is still here/);
  await ready(page);
  await waitForRating(page, /^2 /);
  await page.reload();
  await ready(page);
  await waitForRating(page, /^2 /);
  await context.close();
});

test('what was deleted does not come back with the next worker', { skip: notIn(noWorkers) }, async () => {
  const { context, page } = await opened();
  await openItem(page, 'Games', 'Portal 2');
  await rate(page, 4.5);
  await trained(page);
  await page.workers()[0].evaluate(withoutWriting);
  await go(page, 'Data');
  await page.getByRole('button', { name: /^Delete everything/ }).first().click();
  await page.getByRole('alertdialog').getByRole('button', { name: /^Delete/ }).click();
  await ready(page, /^Not saved/);
  await trained(page);
  await kill(page);
  await ready(page);
  await openItem(page, 'Games', 'Portal 2');
  await waitForRating(page, /^not rated/i);
  await page.reload();
  await ready(page);
  await waitForRating(page, /^not rated/i);
  await context.close();
});

test('another tab that takes over gets what the one before could not save', { skip: notIn(noWorkers) }, async () => {
  const { context, page: first } = await opened();
  const second = await context.newPage();
  await second.goto(url);
  await ready(second, /^Read only/);
  await openItem(first, 'Films', 'Metropolis');
  await rate(first, 4);
  await trained(first);
  await first.workers()[0].evaluate(withoutWriting);
  await setRating(first, 2.5);
  await ready(first, /^Not saved/);
  await kill(first);
  await told(first, /Another tab keeps your ratings now\. It was given what you changed last/);
  await openItem(second, 'Films', 'Metropolis');
  await waitForRating(second, /^2\.5/);
  await ready(second);
  await ready(first, /^Read only/);
  await waitForRating(first, /^2\.5/);
  await second.reload();
  await context.close();
});

test('a rating at the very moment of the worker’s death is shown, carried out by the next one, and saved', async () => {
  const { context, page } = await opened(diesOfRating);
  await openItem(page, 'Films', 'Metropolis');
  await rate(page, 4);
  await trained(page);
  await setRating(page, 1.5);
  await told(page, /your last changes are still here and are saved next/);
  await waitForRating(page, /^1\.5/);
  await ready(page);
  await page.reload();
  await ready(page);
  await waitForRating(page, /^1\.5/);
  await context.close();
});

test('a rating that no worker survives is told and not tried for ever', async () => {
  const { context, page } = await opened(diesOfRating, 9);
  await openItem(page, 'Films', 'Metropolis');
  await rate(page, 4);
  await trained(page);
  await setRating(page, 1.5);
  await told(page, /What you did last could not be done/);
  await ready(page);
  await waitForRating(page, /^4 /);
  await rate(page, 3);
  await context.close();
});

test('ratings entered while there is no worker are shown at once and saved by the next one', { skip: notIn(noWorkers) }, async () => {
  const { context, page } = await opened();
  await openItem(page, 'Films', 'Metropolis');
  await rate(page, 4);
  await trained(page);
  let letGo = () => {};
  const held = /** @type {Promise<void>} */ (new Promise((resolve) => (letGo = resolve)));
  await page.route('**/engine.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await kill(page);
  await waitForText(page.getByRole('status', { name: 'Storage' }), /^Opening/);
  await setRating(page, 5);
  await waitForRating(page, /^5 /);
  await setRating(page, 3.5);
  await waitForRating(page, /^3\.5/);
  letGo();
  await ready(page);
  await waitForRating(page, /^3\.5/);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await waitForRating(page, /^5 /);
  await ready(page);
  await page.reload();
  await ready(page);
  await waitForRating(page, /^5 /);
  await context.close();
});

test('an undo that was carried out before the worker died is not carried out twice', async () => {
  const { context, page } = await opened(diesAfterUndo);
  await openItem(page, 'Films', 'Metropolis');
  await rate(page, 4);
  await rate(page, 2);
  await trained(page);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await told(page, /not certain whether Undo or Redo was done/);
  await ready(page);
  await waitForRating(page, /^4 /);
  await context.close();
});

test('the browser asks before a page is left that alone holds ratings, and only then', { skip: notIn({ webkit: 'a page that its WebDriver leaves asks nothing' }) }, async () => {
  const { context, page } = await opened(withoutStorage, 9, /^Not saved/);
  let asked = 0;
  page.on('dialog', (dialog) => {
    asked += Number(dialog.type() === 'beforeunload');
    dialog.accept();
  });
  await page.getByRole('link', { name: 'Predict', exact: true }).click();
  await page.reload();
  assert.equal(asked, 0, 'nothing to lose yet');
  await ready(page, /^Not saved/);
  await openItem(page, 'Films', 'Metropolis');
  await setRating(page, 4);
  await trained(page);
  await page.reload();
  assert.equal(asked, 1);
  await ready(page, /^Not saved/);
  await context.close();
});
