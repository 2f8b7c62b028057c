// The main job, by role and name, as a person with a screen reader or a keyboard would find it: the three ways in, predict, rate, and what must survive.

import test from 'node:test';
import { assert, comesToRest, fs, go, imdbExport, launch, openItem, openPage, path, predictedRating, present, rate, ready, search, servePage, storedRating, trained, waitForText } from './harness.mjs';

const { url, close } = await servePage();
const { context, profile } = await launch();

// A test that failed must not leave a tab behind that holds the writer's lock.
test.afterEach(async () => {
  await context.setOffline(false);
  for (const page of context.pages().slice(1)) await page.close();
});

test('the first view says what this is and offers three ways in', async () => {
  const page = await openPage(context, url);
  await page.getByRole('heading', { level: 1 }).waitFor();
  for (const name of ['Open demo', 'Choose file']) await page.getByRole('button', { name, exact: true }).waitFor();
  const sliders = page.getByRole('slider');
  await sliders.first().waitFor();
  assert.ok((await sliders.count()) >= 12, 'a dozen well-known titles can be rated at once');
  for (const name of ['Start', 'Predict', 'Library', 'Data']) await page.getByRole('link', { name, exact: true }).waitFor();
  assert.deepEqual(page.problems, []);
  await page.close();
});

test('a title of the first wall that nobody knows is skipped: another takes its place, the others stay, and undo brings it back', async () => {
  const page = await openPage(context, url);
  await go(page, 'Start');
  const sliders = page.getByRole('slider');
  const names = () => sliders.evaluateAll((all) => all.map((slider) => slider.getAttribute('aria-label')));
  /** @param {string} name @param {number} count */
  const waitFor = async (name, count) => {
    const slider = page.getByRole('slider', { name, exact: true });
    while ((await slider.count()) !== count) await page.waitForTimeout(40);
  };
  const skip = page.getByRole('button', { name: /^Skip / }).first();
  await skip.waitFor();
  const title = present(await skip.textContent()).trim().slice('Skip '.length);
  const before = await names();
  await skip.click();
  await waitFor(`Your rating of ${title}`, 0);
  await ready(page);
  const after = await names();
  assert.equal(after.length, before.length);
  assert.equal(after.filter((name, i) => name !== before[i]).length, 1);
  await page.getByRole('button', { name: /^Undo/ }).first().click();
  await waitFor(`Your rating of ${title}`, 1);
  assert.deepEqual(page.problems, []);
  await page.close();
});

test('rating a dozen well-known titles leads to predictions of one’s own', async () => {
  const page = await openPage(context, url);
  await go(page, 'Start');
  const sliders = page.getByRole('slider');
  await sliders.nth(11).waitFor();
  for (let i = 0; i < 12; ++i) await sliders.nth(i).fill(String(i % 2 ? 4.5 : 2));
  await ready(page);
  await go(page, 'Library');
  await page.getByRole('table').waitFor();
  const options = await search(page, 'Films', '');
  await options.first().click();
  assert.ok((await predictedRating(page)) > 0);
  assert.deepEqual(page.problems, []);
  await page.close();
});

test('search, pick, read, predict, rate; the other predictions move; undo takes it back', async () => {
  const page = await openPage(context, url);
  await search(page, 'Films', 'metroplis');
  await page.getByRole('option', { name: /^Metropolis/ }).waitFor();  // in spite of the slip
  await openItem(page, 'Films', 'Metropolis');
  assert.ok(page.url().endsWith('#/film/tt0017136'), page.url());
  const before = await predictedRating(page);
  assert.ok(before >= 0.5 && before <= 5);
  const reasons = page.getByRole('list', { name: 'Reasons' });
  await reasons.getByRole('listitem').first().waitFor();
  await rate(page, 0.5);
  assert.match(await storedRating(page), /0\.5/);

  await openItem(page, 'Films', 'A Trip to the Moon');
  const lower = await predictedRating(page);
  await page.getByRole('button', { name: /^Undo/ }).first().click();
  await ready(page);
  await openItem(page, 'Films', 'Metropolis');
  assert.match(await storedRating(page), /not rated/i);
  await openItem(page, 'Films', 'A Trip to the Moon');
  assert.ok((await predictedRating(page)) > lower, 'the rating of another film moved this prediction');
  assert.deepEqual(page.problems, []);
  await page.close();
});

test('a rating is cleared by its button', async () => {
  const page = await openPage(context, url);
  await openItem(page, 'Books', 'Dune');
  await rate(page, 4.5);
  await page.getByRole('button', { name: 'Clear rating', exact: true }).click();
  await ready(page);
  assert.match(await storedRating(page), /not rated/i);
  await page.close();
});

test('an IMDb export is previewed, imported, and importing again changes nothing', async () => {
  const page = await openPage(context, url);
  const file = { name: 'ratings.csv', mimeType: 'text/csv', buffer: Buffer.from(imdbExport(60)) };
  const choose = async () => {
    await go(page, 'Data');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose file', exact: true }).click();
    await (await chooser).setFiles(file);
    await page.getByRole('button', { name: 'Import', exact: true }).waitFor();
  };
  await choose();
  const main = page.getByRole('main');
  await waitForText(main, /60/);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await ready(page);
  await go(page, 'Library');
  await page.getByRole('searchbox', { name: 'Search your library' }).fill('harbour part 7');
  await page.getByRole('link', { name: /Harbour, part 7/ }).or(page.getByText('Harbour, part 7', { exact: true })).first().waitFor();

  await go(page, 'Data');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose file', exact: true }).click();
  await (await chooser).setFiles(file);
  await waitForText(main, /60.*(already|unchanged)|(already|unchanged).*60/i);
  await page.getByRole('button', { name: 'Cancel', exact: true }).first().click();

  // One undo for all of it.
  await page.getByRole('button', { name: /^Undo/ }).first().click();
  await ready(page);
  await go(page, 'Library');
  await page.getByRole('searchbox', { name: 'Search your library' }).fill('harbour');
  await waitForText(page.getByRole('main'), /^(?![\s\S]*Harbour, part 7)/);
  assert.deepEqual(page.problems, []);
  await page.close();
});

test('files can be dropped and text can be pasted', async () => {
  const page = await openPage(context, url);
  const text = imdbExport(3);
  await page.evaluate((content) => {
    const data = new DataTransfer();
    data.items.add(new File([content], 'ratings.csv', { type: 'text/csv' }));
    for (const kind of ['dragenter', 'dragover', 'drop'])
      document.elementFromPoint(400, 300)?.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true, clientX: 400, clientY: 300 }));
  }, text);
  await page.getByRole('button', { name: 'Import', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Cancel', exact: true }).first().click();
  await page.evaluate((content) => {
    const data = new DataTransfer();
    data.setData('text/plain', content);
    const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true });
    // Firefox gives what a script has made no text by itself.
    Object.defineProperty(event, 'clipboardData', { value: data });
    document.body.dispatchEvent(event);
  }, text);
  await page.getByRole('button', { name: 'Import', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Cancel', exact: true }).first().click();
  assert.deepEqual(page.problems, []);
  await page.close();
});

test('a file that is no export is refused with words, and nothing changes', async () => {
  const page = await openPage(context, url);
  await go(page, 'Data');
  for (const [name, content] of [['empty.csv', ''], ['photo.csv', '\u0000\u0001\u0002\u00ff'.repeat(400)], ['letter.txt', 'Dear all,\nno ratings here.\n']]) {
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose file', exact: true }).click();
    await (await chooser).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
    await page.getByRole('alert').first().waitFor();
    assert.equal(await page.getByRole('button', { name: 'Import', exact: true }).count(), 0);
  }
  await ready(page);
  await page.close();
});

test('everything is there after a reload, and offline', async () => {
  let page = await openPage(context, url);
  await openItem(page, 'Games', 'Portal 2');
  await rate(page, 5);
  await page.reload();
  await ready(page);
  assert.match(await storedRating(page), /^5\b/);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await page.reload();
  await ready(page);
  await context.setOffline(true);
  await page.reload();
  await ready(page);
  await openItem(page, 'Games', 'Portal 2');
  assert.match(await storedRating(page), /^5\b/);
  assert.ok((await predictedRating(page)) > 0);
  await context.setOffline(false);
  await page.close();
});

test('a second tab follows the first, may not write, and takes over when it goes', async () => {
  const first = await openPage(context, url);
  const second = await context.newPage();
  await second.goto(url);
  await ready(second, /^Read only/);
  await openItem(first, 'Music', 'Kind of Blue');
  await rate(first, 4);
  await openItem(second, 'Music', 'Kind of Blue');
  await waitForAttribute(second.getByRole('slider', { name: 'Your rating', exact: true }), 'aria-valuetext', /^4\b/);
  await first.close();
  await ready(second, /^Saved$/);
  await rate(second, 2.5);
  await second.reload();
  await ready(second);
  assert.match(await storedRating(second), /^2\.5/);
  await second.close();
});

test('the demo is opened and left with nothing of it kept', async () => {
  const page = await openPage(context, url);
  await go(page, 'Library');
  const before = await page.getByRole('main').textContent();
  await go(page, 'Start');
  await page.getByRole('button', { name: 'Open demo', exact: true }).click();
  await ready(page, /^Demo/);
  await trained(page);
  await openItem(page, 'Films', 'Metropolis');
  assert.ok((await predictedRating(page)) > 0);
  assert.ok((await page.getByRole('list', { name: 'Reasons' }).getByRole('listitem').count()) >= 3);
  await page.getByRole('slider', { name: 'Your rating', exact: true }).fill('1');
  await page.getByRole('button', { name: 'Leave demo' }).click();
  await ready(page);
  await trained(page);
  await go(page, 'Library');
  assert.equal(await page.getByRole('main').textContent(), before);
  await page.close();
});

test('a backup is downloaded, everything is deleted, and the backup brings it back', async () => {
  const page = await openPage(context, url);
  await openItem(page, 'Shows', 'The Wire');
  await rate(page, 4.5);
  await go(page, 'Data');
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download backup', exact: true }).click();
  const download = await downloading;
  const saved = path.join(profile, 'backup.jsonl');
  await download.saveAs(saved);
  assert.match(await fs.readFile(saved, 'utf8'), /"media_hub_backup":6/);

  await page.getByRole('button', { name: /^Delete everything/ }).first().click();
  await page.getByRole('dialog').or(page.getByRole('alertdialog')).getByRole('button', { name: /^Delete/ }).click();
  await ready(page);
  await page.reload();
  await openItem(page, 'Shows', 'The Wire');
  assert.match(await storedRating(page), /not rated/i);

  await go(page, 'Data');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Restore backup', exact: true }).click();
  await (await chooser).setFiles(saved);
  await page.getByRole('button', { name: /^Add to what is here/ }).click();
  await ready(page);
  await openItem(page, 'Shows', 'The Wire');
  assert.match(await storedRating(page), /^4\.5/);
  assert.deepEqual(page.problems, []);
  await page.close();
});

test('links, back and forward open the same place', async () => {
  const page = await openPage(context, `${url}#/game/portal-2`);
  await page.getByRole('heading', { name: 'Portal 2', exact: true }).waitFor();
  await go(page, 'Library');
  await go(page, 'Data');
  await page.goBack();
  await page.getByRole('link', { name: 'Library', exact: true }).and(page.locator('[aria-current="page"]')).waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: 'Portal 2', exact: true }).waitFor();
  await page.goForward();
  await page.getByRole('link', { name: 'Library', exact: true }).and(page.locator('[aria-current="page"]')).waitFor();
  await page.close();
});

test('on a phone the same road is walked, and nothing sticks out', async () => {
  const page = await openPage(context, url, { viewport: { width: 390, height: 844 } });
  await openItem(page, 'Films', 'Metropolis');
  assert.ok((await predictedRating(page)) > 0);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  assert.equal(sideways, false);
  for (const view of ['Start', 'Library', 'Data', 'Predict']) await go(page, view);
  assert.deepEqual(page.problems, []);
  await page.close();
});

test('an idle page draws nothing', async () => {
  const page = await openPage(context, url);
  await page.getByRole('slider').first().waitFor().catch(() => {});
  await trained(page);
  await comesToRest(page);
  const before = await page.evaluate(() => window.mediaHub.frames());
  await page.waitForTimeout(3000);
  assert.equal(await page.evaluate(() => window.mediaHub.frames()), before);
  await page.close();
});

test('Enter right after typing opens what was typed, also when its results are still to come', async () => {
  const page = await openPage(context, `${url}#/predict`);
  const field = page.getByRole('searchbox', { name: 'Search', exact: true });
  await field.focus();
  await page.keyboard.insertText('metropolis');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Metropolis', exact: true }).waitFor();
  await page.close();
});

test('the road is walked by keyboard alone', async () => {
  const page = await openPage(context, `${url}#/predict`);
  const tabTo = async (/** @type {import('./harness.mjs').Locator} */ locator) => {
    for (let i = 0; i < 60; ++i) {
      if (await locator.evaluate((node) => node === document.activeElement).catch(() => false)) return;
      await page.keyboard.press('Tab');
    }
    assert.fail('not reached by Tab');
  };
  await tabTo(page.getByRole('searchbox', { name: 'Search', exact: true }));
  await page.keyboard.type('metropolis');
  await waitForText(page.getByRole('status', { name: 'Found' }), /^1 found$/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Metropolis', exact: true }).waitFor();
  await tabTo(page.getByRole('slider', { name: 'Your rating', exact: true }));
  const slider = page.getByRole('slider', { name: 'Your rating', exact: true });
  await page.keyboard.press('8');
  await waitForAttribute(slider, 'aria-valuetext', /^4 /);
  await page.keyboard.press('ArrowRight');
  await waitForAttribute(slider, 'aria-valuetext', /^4\.5/);
  await ready(page);
  await page.keyboard.press('Control+z');
  await waitForAttribute(slider, 'aria-valuetext', /^4 /);
  await page.close();
});

test('the policy of the page forbids what it does not need, and nothing in it is broken by that', async () => {
  const page = await openPage(context, url);
  const policy = present(await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content'));
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /script-src 'self' 'wasm-unsafe-eval'/);
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'/);
  // Hosts are named; those of one named domain may be many.
  for (const source of policy.split(/[\s;]+/)) assert.doesNotMatch(source, /^\*|^https?:$|\*(?!\.[a-z0-9-]+\.[a-z]+$)/, source);
  assert.equal(await page.locator('script:not([src])').count(), 0);
  assert.deepEqual(page.problems, []);
  await page.close();
});

/** @param {import('./harness.mjs').Locator} locator @param {string} name @param {RegExp} pattern */
async function waitForAttribute(locator, name, pattern) {
  for (let i = 0; i < 250; ++i) {
    if (pattern.test((await locator.getAttribute(name)) ?? '')) return;
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  assert.fail(`waited for ${name} ${pattern}, last seen: ${await locator.getAttribute(name)}`);
}

test.after(close);

test('a rating says what it has moved, and the moved titles say the same', async () => {
  const page = await openPage(context, url);
  await page.getByRole('button', { name: 'Open demo' }).first().click();
  await trained(page);
  await openItem(page, 'Films', 'Metropolis');
  await page.getByRole('slider', { name: 'Your rating', exact: true }).fill('0.5');
  const moved = page.getByRole('status', { name: 'What moved', exact: true });
  await moved.waitFor();
  await trained(page);
  const first = await waitForText(moved, /^Your rating moved \d+ films?: .+ \d\.\d\d\s→\s\d\.\d\d/);
  // What it says is what the list says.
  const [, title, after] = /films?: (.+?) \d\.\d\d\s→\s(\d\.\d\d)/.exec(first) ?? [];
  await openItem(page, 'Films', title);
  assert.equal(await predictedRating(page), Number(after));
  await page.close();
});
