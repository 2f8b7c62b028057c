// How fast the built page is in a real browser.
//   node tests/bench/page.mjs [--runs N] [--json] [start | rating | import | import_large | library | fill | fill_rated | fill_films]…
//
// fill has services fill in what 10,000 titles lack, of which 2,000 are rated (fill_rated: all of them; fill_films: the same, all films; both by name alone); it takes minutes, and runs once.
// import_large, 100,000 rows instead of 10,000, runs once and by name alone too.
//
// Each figure is the median of its runs; where it matters also the 95th percentile. Beside the milliseconds stands their ratio to a fixed piece of
// JavaScript that is timed in the same run, as machines, and what else they do, differ. CHROME and HUB_DIST as for the browser tests.

import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { reference, serve, visit } from './browser/browser.mjs';
import { measures } from './browser/measures.mjs';

const { values: options, positionals } = parseArgs({ options: { runs: { type: 'string', default: '5' }, json: { type: 'boolean', default: false } }, allowPositionals: true });
const chosen = positionals.length > 0 ? positionals : Object.keys(measures).filter((name) => !['fill_rated', 'fill_films', 'import_large'].includes(name));
const unknown = chosen.find((name) => !(name in measures));
if (unknown !== undefined) {
  process.stderr.write(`There is no measure called ${unknown}. There are: ${Object.keys(measures).join(', ')}\n`);
  process.exit(2);
}

/** The smallest value that so large a share of all do not exceed. @param {number[]} values @param {number} share */
function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

const blank = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>Empty</title>'));
await new Promise((listening) => blank.listen(0, '127.0.0.1', () => listening(undefined)));
const empty = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (blank.address()).port}/`;
const { url, close } = await serve();

const calm = await visit(empty);
const unit = await reference(calm.page);
await calm.close();
const all = [];
if (!options.json) process.stdout.write(`a fixed piece of JavaScript takes ${unit.toFixed(1)} ms here and now: 1 below\n`);
for (const name of chosen) {
  if (!options.json) process.stdout.write(`\n${name}\n`);
  for await (const figure of measures[name]({ url, empty, runs: Number(options.runs) })) {
    const median = quantile(figure.values, 0.5);
    const high = quantile(figure.values, 0.95);
    const ratio = figure.unit.startsWith('ms') ? median / unit : undefined;
    all.push({ measure: name, name: figure.name.trim(), unit: figure.unit, count: figure.values.length, median, p95: high, ratio, target: figure.target, target95: figure.high });
    if (options.json) continue;
    const digits = median < 100 ? 1 : 0;
    const wanted = figure.target === undefined ? '' : `wanted ${figure.target}${figure.high ? ` and ${figure.high}` : ''}`;
    const spread = figure.values.length > 1 ? `95 % within ${high.toFixed(digits)}` : '';
    process.stdout.write(
      `  ${figure.name.padEnd(58)} ${median.toFixed(digits).padStart(7)} ${figure.unit.padEnd(16)} ${(ratio?.toFixed(3) ?? '').padStart(8)}  ${spread.padEnd(20)} ${wanted}\n`,
    );
  }
}
if (options.json) process.stdout.write(`${JSON.stringify({ reference_ms: unit, figures: all }, null, 1)}\n`);
blank.close();
close();
