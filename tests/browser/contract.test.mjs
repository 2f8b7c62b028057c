// The page as somebody would drive it who knows only its roles and names, by each means that a browser offers: pointer, keyboard, filling, script.

import test from 'node:test';
import { assert, chooseFile, comesToRest, imdbExport, inChromium, launch, present, problemsOf, servePage, waitForText } from './harness.mjs';

const { url } = await servePage();

// Both browsers are there before the first test is: tests that are registered while others run would come after the cleaning up.
const layouts = [];
for (const [layout, options] of /** @type {const} */ ([
  ['desk', {}],
  ['phone', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 3 }],
])) {
  const { context } = await launch(undefined, options);
  layouts.push({ layout, context, page: await context.newPage() });
}

for (const { layout, context, page } of layouts) {
  const problems = problemsOf(page);
  const slider = page.getByRole('slider', { name: 'Your rating', exact: true });
  const storage = page.getByRole('status', { name: 'Storage' });
  const training = page.getByRole('status', { name: 'Training' });
  const searchbox = page.getByRole('searchbox', { name: 'Search' });
  const value = async (/** @type {number} */ wanted) => {
    for (let i = 0; i < 200; ++i) {
      if (Number(await slider.inputValue()) === wanted) return;
      await page.waitForTimeout(25);
    }
    assert.fail(`the slider is ${await slider.inputValue()}, not ${wanted}`);
  };
  const rated = async (/** @type {RegExp} */ pattern) => {
    for (let i = 0; i < 200; ++i) {
      if (pattern.test((await slider.getAttribute('aria-valuetext')) ?? '')) return;
      await page.waitForTimeout(25);
    }
    assert.fail(`the slider says ${await slider.getAttribute('aria-valuetext')}, not ${pattern}`);
  };

  test(`${layout}: links, statuses, and the three ways in`, async () => {
    await page.goto(url);
    await page.getByRole('link', { name: 'Start', exact: true }).waitFor();
    for (const name of ['Start', 'Predict', 'Library', 'Data']) assert.equal(await page.getByRole('link', { name, exact: true }).count(), 1);
    await waitForText(storage, /^Saved$/);
    await waitForText(training, /^Ready$/);
    for (const name of ['Open demo', 'Choose file']) assert.ok(await page.getByRole('button', { name }).isEnabled());
  });

  test(`${layout}: types as radio buttons, by click, check and arrows`, async () => {
    await page.getByRole('link', { name: 'Predict' }).click();
    const group = page.getByRole('radiogroup', { name: 'Type' });
    const radio = (/** @type {string} */ name) => group.getByRole('radio', { name });
    await radio('Books').waitFor();
    assert.deepEqual(await group.getByRole('radio').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? one.textContent)), ['Films', 'Shows', 'Games', 'Music', 'Books']);
    for (const name of ['Books', 'Games']) {
      await radio(name).click();
      await group.getByRole('radio', { name, checked: true }).waitFor();
    }
    await radio('Music').check();
    assert.ok(await radio('Music').isChecked());
    await radio('Music').press('ArrowRight');
    await group.getByRole('radio', { name: 'Books', checked: true }).waitFor();
    await radio('Films').click();
    await group.getByRole('radio', { name: 'Films', checked: true }).waitFor();
  });

  test(`${layout}: searching by filling and by typing, results as options`, async () => {
    await searchbox.fill('metropolis');
    await page.getByRole('option', { name: /^Metropolis/ }).first().waitFor();
    await searchbox.fill('');
    await searchbox.click();
    await searchbox.pressSequentially('trip to the moon');
    await page.getByRole('option', { name: /^A Trip to the Moon/ }).waitFor();
    assert.equal(await searchbox.inputValue(), 'trip to the moon');
    await searchbox.clear();
    await searchbox.fill('metropolis');
    await page.getByRole('option', { name: 'Metropolis' }).first().click();
    await page.getByRole('heading', { name: 'Metropolis' }).waitFor();
  });

  test(`${layout}: a prediction in words, and reasons`, async () => {
    await waitForText(page.getByRole('status', { name: 'Predicted rating' }), /\d\.\d\d \/ 5\.00/);
    assert.ok(await page.getByRole('status', { name: 'Predicted rating' }).isVisible());
    await page.getByRole('list', { name: 'Reasons' }).getByRole('listitem').first().waitFor();
  });

  test(`${layout}: rating by keys, by filling, by pointer; cleared by button; undone by button`, async () => {
    assert.equal(await slider.getAttribute('min'), '0.5');
    assert.equal(await slider.getAttribute('max'), '5');
    assert.equal(await slider.getAttribute('step'), '0.5');
    await rated(/^not rated/i);
    // The lower end, where the slider stands without a rating, is a rating as well.
    await slider.press('Home');
    await rated(/^0\.5/);
    await slider.press('End');
    await rated(/^5 /);
    await slider.press('ArrowLeft');
    await slider.press('ArrowLeft');
    await rated(/^4 /);
    await slider.press('ArrowRight');
    await rated(/^4\.5/);
    await slider.press('Home');
    await rated(/^0\.5/);
    // What a rating has moved is told above the button, and moves that too.
    await comesToRest(page);
    await page.getByRole('button', { name: 'Clear rating' }).click();
    await rated(/^not rated/i);
    await slider.fill('0.5');
    await rated(/^0\.5/);
    for (const stars of ['3.5', '5', '1']) {
      await slider.fill(stars);
      await value(Number(stars));
      await waitForText(storage, /^Saved$/);
    }
    const box = present(await slider.boundingBox());
    await slider.click({ position: { x: box.width * 0.75, y: box.height / 2 } });
    await rated(/^4 /);
    // No other makes a screen that is touched.
    if (layout === 'phone' && inChromium) {
      await slider.tap({ position: { x: box.width * 0.35, y: box.height / 2 } });
      await rated(/^2 /);
      await page.getByRole('button', { name: 'Undo', exact: true }).tap();
      await rated(/^4 /);
    }
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await rated(/^1 /);
    await waitForText(storage, /^Saved$/);
    await waitForText(training, /^Ready$/);
    await page.reload();
    await rated(/^1 /);
    await waitForText(storage, /^Saved$/);
  });

  test(`${layout}: a file by the picker, by the input itself and by dropping`, async () => {
    const file = { name: 'ratings.csv', mimeType: 'text/csv', buffer: Buffer.from(imdbExport(25)) };
    await page.getByRole('link', { name: 'Data' }).click();
    await chooseFile(page, file);
    await page.getByRole('button', { name: 'Import' }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();

    await page.getByRole('link', { name: 'Start' }).click();
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('button', { name: 'Import' }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();

    const transfer = await page.evaluateHandle((text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], 'ratings.csv', { type: 'text/csv' }));
      return data;
    }, imdbExport(25));
    await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
    await page.getByRole('button', { name: 'Import' }).click();
    await waitForText(storage, /^Saved$/);
    await page.getByRole('link', { name: 'Library' }).click();
    await waitForText(page.getByRole('main'), /Harbour, part/);
    await page.getByRole('button', { name: 'Undo' }).click();
    await waitForText(storage, /^Saved$/);
  });

  test(`${layout}: back up, restore, demo, and everything once more without a network`, async () => {
    await page.getByRole('link', { name: 'Data' }).click();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download backup' }).click();
    const backup = await (await downloading).path();
    await chooseFile(page, backup, 'Restore backup');
    await page.getByRole('button', { name: 'Add to what is here' }).click();
    await waitForText(storage, /^Saved$/);

    await page.getByRole('link', { name: 'Start' }).click();
    await page.getByRole('button', { name: 'Open demo' }).click();
    await waitForText(storage, /^Demo/);
    await waitForText(training, /^Ready$/);
    await page.getByRole('link', { name: 'Predict' }).click();
    await page.getByRole('radio', { name: 'Books' }).click();
    await page.getByRole('option').first().click();
    await waitForText(page.getByRole('status', { name: 'Predicted rating' }), /\d\.\d\d \/ 5\.00/);
    assert.ok((await page.getByRole('list', { name: 'Reasons' }).getByRole('listitem').count()) >= 3);
    await page.getByRole('button', { name: 'Leave demo' }).click();
    await waitForText(storage, /^Saved$/);

    await page.evaluate(() => navigator.serviceWorker.ready);
    await context.setOffline(true);
    await page.reload();
    await waitForText(storage, /^Saved$/);
    await page.getByRole('link', { name: 'Predict' }).click();
    await page.getByRole('radio', { name: 'Films' }).click();
    await searchbox.fill('metropolis');
    await page.getByRole('option', { name: /^Metropolis/ }).first().click();
    await rated(/^1 /);
    await slider.fill('4.5');
    await waitForText(storage, /^Saved$/);
    await page.reload();
    await rated(/^4\.5/);
    await context.setOffline(false);
    assert.deepEqual(problems, []);
    await context.close();
  });
}
