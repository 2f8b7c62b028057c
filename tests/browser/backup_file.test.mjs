// The backup file that is kept up to date, and the reminder where there is none. The picker is a window of the system that no test can press: it is answered
// here with a real file of the origin's own file system, and the person's permission is what the test says. All else is as in any visit.

import test from 'node:test';
import { assert, chooseFile, comesToRest, download, fs, go, imdbExport, inChromium, launch, openItem, openPage, path, rate, ready, servePage, waitForRating, waitForText } from './harness.mjs';

/** @typedef {import('./harness.mjs').Page} Page */
/** @typedef {import('playwright-core').BrowserContext} BrowserContext */

const { url } = await servePage();
const name = 'media-hub-backup.jsonl';
const options = { skip: !inChromium && 'no other browser lets a page write to a file that the person chose' };

/**
 * Answers for the person and for the drive; what they answer is in the page's localStorage, so that it outlasts a reload.
 * @param {BrowserContext} context
 */
const answered = (context) =>
  context.addInitScript(() => {
    const said = (/** @type {string} */ key) => localStorage.getItem(`test:${key}`);
    const inPress = () => {
      if (!navigator.userActivation.isActive) throw new DOMException('Must be handling a user gesture.', 'SecurityError');
    };
    const prototype = /** @type {any} */ (FileSystemFileHandle.prototype);
    prototype.queryPermission = async () => said('permission') ?? 'granted';
    prototype.requestPermission = async () => {
      inPress();
      const answer = said('answer') ?? 'granted';
      localStorage.setItem('test:permission', answer);
      return answer;
    };
    const open = prototype.createWritable;
    prototype.createWritable = async function () {
      const stream = await open.call(this);
      const failure = said('failure');
      if (failure) stream.write = async () => Promise.reject(new DOMException('', failure));
      return stream;
    };
    Object.assign(window, {
      showSaveFilePicker: async (/** @type {{suggestedName: string}} */ { suggestedName }) => {
        inPress();
        if (said('dismisses')) throw new DOMException('The user aborted a request.', 'AbortError');
        return (await navigator.storage.getDirectory()).getFileHandle(said('name') ?? suggestedName, { create: true });
      },
    });
  });

/** @param {Page} page @param {string} key @param {string} [value] */
const say = (page, key, value) =>
  page.evaluate(([what, to]) => (to === undefined ? localStorage.removeItem(`test:${what}`) : localStorage.setItem(`test:${what}`, to)), /** @type {[string, string?]} */ ([key, value]));

/** What is in the file; nothing where there is none. @param {Page} page @param {string} [file] */
const content = (page, file = name) =>
  page.evaluate(async (called) => {
    const folder = await navigator.storage.getDirectory();
    const handle = await folder.getFileHandle(called).catch(() => null);
    // While it is being replaced there is a moment without it.
    return handle ? handle.getFile().then((file) => file.text()).catch(() => '') : '';
  }, file);

/** Waits until the file holds something. @param {Page} page @param {RegExp} pattern @param {string} [file] */
async function fileHas(page, pattern, file = name) {
  const end = Date.now() + 30000;
  for (;;) {
    const text = await content(page, file);
    if (pattern.test(text)) return text;
    if (Date.now() > end) assert.fail(`waited for ${pattern} in the file, which has ${text.length} characters: ${text.slice(-300)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const standing = (/** @type {Page} */ page) => page.getByRole('status', { name: 'Backup file', exact: true });
/** The page is put away, or seen again, as by another tab in front of it. @param {Page} page @param {boolean} hidden */
const hide = (page, hidden) =>
  page.evaluate((is) => {
    Object.defineProperty(document, 'hidden', { get: () => is, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
const press = (/** @type {Page} */ page, /** @type {string} */ button) => page.getByRole('button', { name: button, exact: true }).click();

/** A page with a rating, whose backup file was chosen under Data and written. @param {BrowserContext} context */
async function withFile(context) {
  const page = await openPage(context, url);
  await openItem(page, 'Films', 'Metropolis');
  await rate(page, 4);
  await go(page, 'Data');
  await press(page, 'Choose a backup file');
  await waitForText(standing(page), /^Written today at \d\d:\d\d, with all that is here\.$/);
  return page;
}

/** @param {Page} page @param {string} words @param {string} expected */
async function command(page, words, expected) {
  await page.keyboard.press('Control+k');
  await page.getByRole('searchbox', { name: 'Find a command' }).waitFor();
  await page.keyboard.type(words);
  await page.getByRole('option', { name: expected, exact: true, selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'All commands' }).waitFor({ state: 'detached' });
}

test('the file that was chosen has each change some seconds later, and brings it to another browser', options, async () => {
  const { context, profile } = await launch();
  await answered(context);
  const page = await withFile(context);
  assert.match(await content(page), /^\{"created":\d+,"events":\d+,"media_hub_backup":\d+,"models":\[.*"type":"text"\},\{.*"type":"pictures"\}\]\}\n/);
  await openItem(page, 'Games', 'Portal 2');
  await rate(page, 3.5);
  const text = await fileHas(page, /Portal 2/);
  await go(page, 'Data');
  await waitForText(standing(page), /with all that is here/);
  assert.equal(await page.getByText(/^Downloaded/).count(), 0, 'nothing is downloaded');
  // A page that waits for nothing draws nothing.
  await comesToRest(page);
  assert.deepEqual(page.problems, []);
  await context.close();

  const file = path.join(profile, name);
  await fs.writeFile(file, text);
  const other = await launch();
  const fresh = await openPage(other.context, url);
  await go(fresh, 'Data');
  await chooseFile(fresh, file, 'Restore backup');
  await press(fresh, 'Add to what is here');
  await ready(fresh);
  await openItem(fresh, 'Games', 'Portal 2');
  await waitForRating(fresh, /^3\.5/);
  await openItem(fresh, 'Films', 'Metropolis');
  await waitForRating(fresh, /^4 /);
  await other.context.close();
});

test('the file is followed at the next visit; where the browser asks again, one press goes on', options, async () => {
  const { context } = await launch();
  await answered(context);
  const page = await withFile(context);
  await page.reload();
  await ready(page);
  await openItem(page, 'Games', 'Portal 2');
  await rate(page, 3.5);
  await fileHas(page, /Portal 2/);

  await say(page, 'permission', 'prompt');
  await page.reload();
  await ready(page);
  // Nothing is asked for while the file has all there is.
  const notices = page.getByRole('region', { name: 'Notices' });
  await go(page, 'Data');
  await page.getByText('The browser wants you to allow it again before this page writes to the file.').waitFor();
  await go(page, 'Start');
  assert.equal(await notices.getByText(/backup/).count(), 0);
  await openItem(page, 'Books', 'Dune');
  await rate(page, 2);
  await notices.getByText('Your last changes are not in your backup file yet', { exact: false }).waitFor();
  assert.doesNotMatch(await content(page), /Dune/);
  await notices.getByRole('button', { name: 'Go on', exact: true }).click();
  await fileHas(page, /Dune/);
  await notices.getByText('Your last changes are not in your backup file yet', { exact: false }).waitFor({ state: 'detached' });

  // Refused, it says so, and a press asks once more.
  await say(page, 'permission', 'prompt');
  await say(page, 'answer', 'denied');
  await page.reload();
  await ready(page);
  await go(page, 'Data');
  await press(page, 'Go on writing the backup file');
  await page.getByRole('main').getByRole('alert').getByText(/does not let this page write to the backup file.*Your ratings are safe/).waitFor();
  await say(page, 'answer', 'granted');
  await press(page, 'Try again to write the backup file');
  await waitForText(standing(page), /with all that is here/);
  assert.deepEqual(page.problems, []);
  await context.close();
});

test('a file that cannot be written is as it was and says why; the library is safe, and trying again works', options, async () => {
  const { context } = await launch();
  await answered(context);
  const page = await withFile(context);
  const before = await content(page);
  await say(page, 'failure', 'QuotaExceededError');
  await openItem(page, 'Games', 'Portal 2');
  await rate(page, 3.5);
  const notices = page.getByRole('region', { name: 'Notices' });
  await notices.getByRole('alert').getByText(/There is no room for the backup file on its drive\. Your ratings are safe/).waitFor();
  assert.equal(await content(page), before);
  await ready(page);
  await go(page, 'Data');
  const alert = page.getByRole('main').getByRole('alert', { name: 'The backup file was not written' });
  await alert.getByText(/There is no room/).waitFor();
  await say(page, 'failure');
  await press(page, 'Try again to write the backup file');
  await fileHas(page, /Portal 2/);
  await alert.waitFor({ state: 'detached' });

  // Gone from where it was, another file can be chosen in its place.
  await say(page, 'failure', 'NotFoundError');
  await openItem(page, 'Books', 'Dune');
  await rate(page, 2);
  await go(page, 'Data');
  await alert.getByText(/The backup file is not where it was/).waitFor();
  await say(page, 'failure');
  await say(page, 'name', 'elsewhere.jsonl');
  await press(page, 'Change the backup file');
  await fileHas(page, /Dune/, 'elsewhere.jsonl');
  await page.getByText('elsewhere.jsonl', { exact: true }).first().waitFor();
  await alert.waitFor({ state: 'detached' });
  assert.doesNotMatch(await content(page), /Dune/);
  await page.reload();
  await ready(page);
  await openItem(page, 'Books', 'Dune');
  await waitForRating(page, /^2 /);
  assert.deepEqual(page.problems, []);
  await context.close();
});

test('by commands: a file is chosen, written at once, and left alone from then on', options, async () => {
  const { context } = await launch();
  await answered(context);
  const page = await openPage(context, url);
  await openItem(page, 'Films', 'Metropolis');
  await rate(page, 4);
  await say(page, 'dismisses', 'yes');
  await command(page, 'keep a backup', 'Keep a backup file up to date…');
  await say(page, 'dismisses');
  await command(page, 'keep a backup', 'Keep a backup file up to date…');
  await fileHas(page, /Metropolis/);
  await page.getByText('Wrote the backup file', { exact: true }).first().waitFor();
  const created = /** @type {RegExpExecArray} */ (/"created":(\d+)/.exec(await content(page)))[1];
  await command(page, 'write backup', 'Write the backup file now');
  await fileHas(page, new RegExp(`"created":(?!${created})\\d+`));
  await command(page, 'stop backup', 'Stop writing the backup file');
  await page.getByText('The backup file is not written any more. What is in it stays.', { exact: true }).first().waitFor();
  await go(page, 'Data');
  await page.getByRole('button', { name: 'Choose a backup file', exact: true }).waitFor();
  await page.reload();
  await ready(page);
  await page.getByRole('button', { name: 'Choose a backup file', exact: true }).waitFor();
  assert.match(await content(page), /Metropolis/);
  assert.deepEqual(page.problems, []);
  await context.close();
});

test('less than the file holds does not take its place unless one says so', options, async () => {
  const { context, profile } = await launch();
  await answered(context);
  const page = await withFile(context);
  const before = await content(page);
  await press(page, 'Delete everything…');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete everything', exact: true }).click();
  await ready(page);
  const held = page.getByText(/There is less in your library now than in this file, so the file is left as it is\./);
  await held.waitFor();
  await page.reload();
  await ready(page);
  await held.waitFor();
  // What waited to be written would be written now, and before a backup that is asked for after it.
  await hide(page, true);
  await hide(page, false);
  await download(page, 'Download backup', path.join(profile, 'nothing.jsonl'));
  await waitForText(standing(page), /^Written/);
  await held.waitFor();
  assert.equal(await content(page), before);
  await press(page, 'Write now');
  await fileHas(page, /"events":0,/);
  await held.waitFor({ state: 'detached' });
  // From then on it is followed as any other.
  await openItem(page, 'Books', 'Dune');
  await rate(page, 2);
  await fileHas(page, /Dune/);
  // What leaves nothing on this device forgets the file too.
  await go(page, 'Data');
  await press(page, 'Delete everything…');
  await page.getByRole('switch', { name: 'Delete for good, without Undo' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete everything', exact: true }).click();
  await page.getByRole('button', { name: 'Choose a backup file', exact: true }).waitFor();
  assert.match(await content(page), /Dune/);
  const kept = await page.evaluate(async () => (await indexedDB.databases()).map((one) => one.name ?? ''));
  assert.deepEqual(kept.filter((database) => database.startsWith('media-hub-backup-file')), []);
  assert.deepEqual(page.problems, []);
  await context.close();
});

test('the tab that keeps the ratings writes the file, and the next one goes on with it', options, async () => {
  const { context } = await launch();
  await answered(context);
  const first = await withFile(context);
  const second = await context.newPage();
  await second.goto(url);
  await ready(second, /^Read only/);
  await go(second, 'Data');
  await second.getByText('Another tab of this page keeps your ratings, and the backup file with them.').waitFor();
  await first.close();
  await ready(second);
  await waitForText(standing(second), /with all that is here/);
  await openItem(second, 'Books', 'Dune');
  await rate(second, 2);
  await fileHas(second, /Dune/);
  await context.close();
});

test('a page that is put away writes at once what waited', options, async () => {
  const { context } = await launch();
  await answered(context);
  // Nothing waits long enough for a timer of seconds.
  await context.addInitScript(() => {
    const set = window.setTimeout.bind(window);
    Object.assign(window, { setTimeout: (/** @type {() => void} */ act, /** @type {number} */ after = 0) => (after > 3000 ? 0 : set(act, after)) });
  });
  const page = await withFile(context);
  await openItem(page, 'Books', 'Dune');
  await rate(page, 2);
  assert.doesNotMatch(await content(page), /Dune/);
  await hide(page, true);
  await fileHas(page, /Dune/);
  await context.close();
});

/** A page on which so many days have passed as the test says, in a browser that lets no page write to files. @param {BrowserContext} context */
const withoutPicker = (context) =>
  context.addInitScript(() => {
    delete (/** @type {any} */ (window).showSaveFilePicker);
    const now = Date.now.bind(Date);
    Date.now = () => now() + Number(localStorage.getItem('test:days') ?? 0) * 86400000;
  });

test('without such files a sentence says so, and after a month of changes in no backup a reminder can be put off or heeded', async () => {
  const { context, profile } = await launch();
  await withoutPicker(context);
  const page = await openPage(context, url);
  await go(page, 'Data');
  await page.getByText(/This browser lets no page write to a file on its own/).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Choose a backup file' }).count(), 0);
  await chooseFile(page, { name: 'ratings.csv', mimeType: 'text/csv', buffer: Buffer.from(imdbExport(40)) });
  await press(page, 'Import');
  await ready(page);
  const later = async (/** @type {number} */ days) => {
    await say(page, 'days', String(days));
    await page.reload();
    await ready(page);
    await go(page, 'Library');
    await page.getByRole('button', { name: 'All 40', exact: true }).waitFor();
  };
  const reminder = page.getByRole('region', { name: 'Notices' }).getByText(/There is no backup of your 40 ratings yet|last backup is more than a month old/);
  // What else there is to ask comes first, in a browser that can be asked for it.
  if (await page.evaluate(() => 'storage' in navigator)) {
    await page.getByRole('region', { name: 'Notices' }).getByText(/in this browser alone/).waitFor();
    await press(page, 'Dismiss');
  }
  await later(20);
  assert.equal(await reminder.count(), 0);
  await later(40);
  await reminder.waitFor();
  await press(page, 'Dismiss');
  await reminder.waitFor({ state: 'detached' });
  await later(60);
  assert.equal(await reminder.count(), 0, 'put off, it keeps still for a month');
  await later(80);
  await reminder.waitFor();
  const downloading = page.waitForEvent('download');
  await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Download backup', exact: true }).click();
  await (await downloading).saveAs(path.join(profile, 'backup.jsonl'));
  await reminder.waitFor({ state: 'detached' });
  await later(200);
  assert.equal(await reminder.count(), 0, 'nothing has changed since');
  await openItem(page, 'Books', 'Dune');
  await rate(page, 2);
  await waitForText(page.getByRole('region', { name: 'Notices' }), /Your last backup is more than a month old, and you have changed things since\./);
  assert.deepEqual(page.problems, []);
  await context.close();
});
