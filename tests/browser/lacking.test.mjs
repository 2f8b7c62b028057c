// Browsers that lack something the page needs: a message that can be read, and nothing that runs on in the dark.

import test from 'node:test';
import { assert, launch, notIn, present, servePage } from './harness.mjs';

const { url } = await servePage();

/** The sentence shown; it must be in sight and say what to do. @param {import('./harness.mjs').Page} page */
async function message(page) {
  const problem = page.getByRole('alert').filter({ hasText: /./ });
  await problem.first().waitFor();
  const text = present(await problem.first().textContent());
  assert.match(text, /Chrome.*Firefox.*Safari/s, 'says what would work');
  assert.ok(await page.locator('#problem').isVisible());
  assert.equal(page.workers().length, 0, 'no engine is left running');
  return text;
}

for (const [what, pattern, lack] of /** @type {const} */ ([
  ['WebAssembly', /no WebAssembly/, () => Reflect.deleteProperty(globalThis, 'WebAssembly')],
  ['SIMD', /no SIMD/, () => {
    const { validate } = WebAssembly;
    WebAssembly.validate = (bytes) => !(bytes instanceof Uint8Array && bytes.includes(253)) && validate(bytes);
  }],
  ['exceptions', /no exception handling/, () => {
    const { validate } = WebAssembly;
    // 0x06 0x40: a try block of no value.
    WebAssembly.validate = (bytes) => !new TextDecoder('latin1').decode(bytes).includes('\u0006\u0040') && validate(bytes);
  }],
  ['WebGL 2', /no WebGL 2/, () => Reflect.deleteProperty(globalThis, 'WebGL2RenderingContext')],
])) {
  test(`a browser without ${what} is told so`, async () => {
    const { context } = await launch();
    const page = await context.newPage();
    await page.addInitScript(lack);
    await page.goto(url);
    assert.match(await message(page), pattern);
    await context.close();
  });
}

test('a browser whose graphics are switched off is told so', { skip: notIn({ webkit: 'nothing switches them off' }) }, async () => {
  const { context } = await launch(undefined, { args: ['--disable-3d-apis'], firefoxUserPrefs: { 'webgl.disabled': true } });
  const page = await context.newPage();
  await page.goto(url);
  assert.match(await message(page), /WebGL 2/);
  await context.close();
});

test('without JavaScript the page says that it needs it', { skip: notIn({ webkit: 'nothing switches it off' }) }, async () => {
  const { context } = await launch(undefined, { javaScriptEnabled: false, firefoxUserPrefs: { 'javascript.enabled': false } });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByText(/needs JavaScript/).waitFor();
  await context.close();
});
