// The size of every shipped file, and whether the parts of the page keep within scripts/budget.json.
//   node sizes.mjs DIR [--check]   --check: end with an error where a part is over its budget or has no files

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { filesBelow } from './assemble.mjs';

/** @typedef {{title: string, gzip_bytes: number, files: string[], except: string[]}} Budget */
/** @typedef {{name: string, raw: number, gzip: number}} Size */

/** @param {string} name @param {string[]} patterns  with * for any run of characters */
const matches = (name, patterns) =>
  patterns.some((pattern) =>
    new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*')}$`).test(name),
  );

/** @param {string} folder @returns {Size[]} */
export function measure(folder) {
  return filesBelow(folder).map((name) => {
    const content = readFileSync(join(folder, name));
    // Pieces of models are compressed already.
    const gzip = name.endsWith('.bin') ? content.length : gzipSync(content, { level: 9 }).length;
    return { name, raw: content.length, gzip };
  });
}

/**
 * @param {Size[]} sizes
 * @param {Record<string, Budget>} budgets
 * @returns {{title: string, gzip: number, limit: number, files: number}[]}
 */
export function weigh(sizes, budgets) {
  return Object.values(budgets).map((budget) => {
    const part = sizes.filter(({ name }) => matches(name, budget.files) && !matches(name, budget.except));
    return {
      title: budget.title,
      gzip: part.reduce((sum, { gzip }) => sum + gzip, 0),
      limit: budget.gzip_bytes,
      files: part.length,
    };
  });
}

/** @returns {Record<string, Budget>} */
export function readBudgets() {
  return JSON.parse(readFileSync(join(dirname(fileURLToPath(import.meta.url)), '..', 'budget.json'), 'utf8'));
}

/** @param {string} folder @returns {ReturnType<typeof weigh>} */
export function printSizes(folder) {
  /** @param {number} bytes */
  const kilobytes = (bytes) => (bytes / 1000).toFixed(1).padStart(9);
  const sizes = measure(folder);
  console.log(`  ${'file'.padEnd(28)}${'raw kB'.padStart(9)} ${'gzip kB'.padStart(9)}`);
  for (const { name, raw, gzip } of sizes) console.log(`  ${name.padEnd(28)}${kilobytes(raw)} ${kilobytes(gzip)}`);
  const parts = weigh(sizes, readBudgets());
  for (const { title, gzip, limit } of parts) {
    const verdict = gzip <= limit ? '' : '  OVER BUDGET';
    console.log(`  ${title}: ${kilobytes(gzip).trim()} kB gzip of ${kilobytes(limit).trim()} (${Math.round((100 * gzip) / limit)} %)${verdict}`);
  }
  return parts;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const parts = printSizes(process.argv[2]);
  if (process.argv.includes('--check')) {
    const bad = parts.filter(({ gzip, limit, files }) => gzip > limit || files === 0);
    for (const { title, files } of bad) console.log(files === 0 ? `failed: ${title} has no files` : `failed: ${title} is over its budget`);
    console.log(`${parts.length - bad.length} passed, ${bad.length} failed`);
    process.exitCode = bad.length > 0 ? 1 : 0;
  }
}
