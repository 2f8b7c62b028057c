// Takes the pictures of the built page that README.md shows: the demo, on a desk and on a phone, dark and light.
//   node screenshots.mjs DIST FOLDER

import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createSite, listen } from './server.mjs';

const [dist, folder] = process.argv.slice(2);
if (dist === undefined || folder === undefined) {
  console.error('usage: node screenshots.mjs DIST FOLDER');
  process.exit(2);
}

const { chromium } = createRequire(new URL('../../web/package.json', import.meta.url))('playwright-core');
const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** @type {{name: string, view: string, scheme: 'dark' | 'light', phone: boolean}[]} */
const pictures = [
  { name: 'predict', view: '#/film/tt0017136', scheme: 'dark', phone: false },
  { name: 'covers', view: '#/library', scheme: 'dark', phone: false },
  { name: 'library', view: '#/library', scheme: 'light', phone: false },
  { name: 'accuracy', view: '#/accuracy/film', scheme: 'dark', phone: false },
  { name: 'phone', view: '#/film/tt0017136', scheme: 'light', phone: true },
];

const site = createSite({ root: dist, base: '/' });
const port = await listen(site, 0);
const browser = await chromium.launch({ executablePath: process.env.CHROME, args: ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', ...root] });
await mkdir(folder, { recursive: true });
for (const { name, view, scheme, phone } of pictures) {
  const page = await browser.newPage({
    viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: 800 },
    // Beside others in a table it is shown at half its size anyway.
    deviceScaleFactor: phone || name === 'predict' ? 2 : 1,
    colorScheme: scheme,
    reducedMotion: 'reduce',
  });
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.getByRole('button', { name: 'Open demo', exact: true }).first().click();
  await page.getByRole('status', { name: 'Storage' }).filter({ hasText: /^Demo/ }).waitFor({ timeout: 60000 });
  await page.goto(`http://127.0.0.1:${port}/${view}`);
  await page.getByRole('status', { name: 'Training' }).filter({ hasText: /^Ready$/ }).waitFor({ timeout: 60000 });
  if (name === 'covers') await page.getByRole('radio', { name: 'Covers', exact: true }).click();
  if (name === 'accuracy') await page.getByRole('region', { name: 'How this is measured' }).waitFor({ timeout: 60000 });
  await page.waitForTimeout(1500);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  console.log(`  ${name}.png`);
  await page.close();
}
await browser.close();
site.close();
site.closeAllConnections();
