// The text model in the built page, in Chromium: how fast it reads, how soon it does, and what memory the page holds with it.
//   node tests/bench/embedding.mjs [--runs N] [--texts N] [--works N] [speed | start | memory]…
//
// speed and start stand beside @huggingface/transformers, which runs the same file by the runtime that it brings along: workers of both get the same pieces in
// the same batches, on one thread each, in turn. A figure is the median of the ratios of pairs, with its 95 % interval by their order: what slows both of a pair down
// does not move it. CHROME and HUB_DIST as for the browser tests; HUB_PEER: the node_modules of that library.

import { parseArgs } from 'node:util';
import { go, restore, settled, until, visit } from './browser/browser.mjs';
import { backup, works } from './browser/made_up.mjs';
import { memoryOf } from './browser/memory.mjs';
import { batchesOf, keepModel, read, serveBoth, storiesOf } from './browser/reading.mjs';

/** @typedef {keyof typeof import('./browser/reading.mjs').sides} Side */
/** @typedef {Awaited<ReturnType<typeof serveBoth>>} Site */

const { values: options, positionals } = parseArgs({
  options: { runs: { type: 'string', default: '20' }, texts: { type: 'string', default: '64' }, works: { type: 'string', default: '10000' } }, allowPositionals: true,
});
const runs = Number(options.runs);

/** @param {number[]} values */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

/**
 * The interval of a median that rests on the order of the values alone: as narrow as it can be and hold it in 95 of 100 cases. Fewer than six values have none.
 * @param {number[]} values @returns {[number, number]}
 */
function intervalOf(values) {
  const sorted = [...values].sort((a, b) => a - b);
  // How likely it is that so few of the values lie below the median: a coin's throws.
  let outside = 0;
  let likely = 0.5 ** sorted.length;
  let cut = 0;
  while (outside + likely <= 0.025) {
    outside += likely;
    likely *= (sorted.length - cut) / (cut + 1);
    ++cut;
  }
  return cut === 0 ? [Number.NaN, Number.NaN] : [sorted[cut - 1], sorted[sorted.length - cut]];
}

/** @param {string} name @param {number[]} ratios @param {string} wanted */
function tell(name, ratios, wanted) {
  const [low, high] = intervalOf(ratios);
  console.log(`  ${name.padEnd(58)} ${median(ratios).toFixed(3)}  (95 % interval ${low.toFixed(3)} - ${high.toFixed(3)}, ${ratios.length} pairs)  wanted ${wanted}`);
}

/** One after the other, and who is first takes turns. @param {number} run @param {(side: Side) => Promise<unknown>} measure */
async function inTurn(run, measure) {
  /** @type {Side[]} */
  const order = run % 2 === 0 ? ['ours', 'theirs'] : ['theirs', 'ours'];
  for (const side of order) await measure(side);
}

/** The smallest cosine between texts of both. @param {number[][]} ours @param {number[][]} theirs */
function leastCosine(ours, theirs) {
  const dot = (/** @type {number[]} */ a, /** @type {number[]} */ b) => a.reduce((sum, one, i) => sum + one * b[i], 0);
  return Math.min(...ours.map((vector, i) => dot(vector, theirs[i]) / Math.sqrt(dot(vector, vector) * dot(theirs[i], theirs[i]))));
}

/** Tokens a second, both started. @param {Site} site */
async function speed(site) {
  const texts = await storiesOf(Number(options.texts));
  const batches = batchesOf(texts);
  const singly = texts.map((text) => [text]);
  const tokens = texts.reduce((sum, text) => sum + text.length, 0);
  const { page, close } = await visit(site.empty);
  await keepModel(page, site.model);
  // Once uncounted: both compile what is often called a second time, better, and take the memory that they need.
  const said = { ours: await read(page, 'ours', batches, site.model), theirs: await read(page, 'theirs', batches, site.model) };
  const lengths = texts.map((text) => text.length);
  console.log(`  ${texts.length} stories of ${Math.min(...lengths)} to ${Math.max(...lengths)} tokens in ${batches.length} batches; smallest cosine of both libraries’ vectors ${leastCosine(said.ours.vectors, said.theirs.vectors).toFixed(7)}`);
  /** @type {Record<Side, number[]>} */
  const together = { ours: [], theirs: [] };
  /** @type {Record<Side, number[]>} */
  const alone = { ours: [], theirs: [] };
  for (let run = 0; run < runs; ++run) {
    await inTurn(run, async (side) => together[side].push((await read(page, side, batches)).milliseconds));
    await inTurn(run, async (side) => alone[side].push((await read(page, side, singly)).milliseconds));
  }
  await close();
  const rate = (/** @type {number[]} */ times) => `${((tokens / median(times)) * 1000).toFixed(0)} a second`;
  console.log(`  tokens, the page’s worker: ${rate(together.ours)}, a text at a time ${rate(alone.ours)}; the other library: ${rate(together.theirs)}, ${rate(alone.theirs)}`);
  tell('tokens a second, the page’s / the other’s, same batches', together.theirs.map((time, i) => time / together.ours[i]), 'at least 1');
  tell('the same where both read a text at a time', alone.theirs.map((time, i) => time / alone.ours[i]), 'at least 1');
}

/** From nothing but the files, which are kept by both, to the first vector: each time in a tab of its own. @param {Site} site */
async function start(site) {
  const [text] = await storiesOf(2);
  const { page, close } = await visit(site.empty);
  const context = page.context();
  await keepModel(page, site.model);
  const once = async (/** @type {Side} */ side) => {
    const tab = await context.newPage();
    await tab.goto(site.empty);
    const { milliseconds } = await read(tab, side, [[text]], site.model);
    await tab.close();
    return milliseconds;
  };
  // Once uncounted: the other library keeps its files.
  await inTurn(0, once);
  const before = site.asked.length;
  /** @type {Record<Side, number[]>} */
  const times = { ours: [], theirs: [] };
  for (let run = 0; run < runs; ++run) await inTurn(run, async (side) => times[side].push(await once(side)));
  await close();
  const fetched = site.asked.slice(before).filter((name) => /\.(onnx|wasm|bin)$/.test(name));
  if (fetched.length > 0) throw new Error(`these files were not kept: ${fetched.join(', ')}`);
  console.log(`  the page’s worker: ${median(times.ours).toFixed(0)} ms, the other library: ${median(times.theirs).toFixed(0)} ms; every file was kept`);
  tell('start to the first vector, the page’s / the other’s', times.ours.map((time, i) => time / times.theirs[i]), 'at most 0.5');
}

/** What the tab holds without the text model, and while that reads. @param {Site} site */
async function memory(site) {
  const { page, session, close } = await visit(site.url);
  // Stories of all lengths, up to more than the model reads of one.
  const all = works(Number(options.works)).map((work, i) => ({ ...work, synopsis: Array.from({ length: 4 + (i % 80) }, () => 'story').join(' ') }));
  await restore(page, backup(all, all.length / 10));
  /** @param {Awaited<ReturnType<typeof memoryOf>>} held */
  const told = (held) => {
    const megabytes = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(0);
    const parts = Object.entries(held).map(([whose, { heap, buffers, wasm }]) => `${whose} ${megabytes(heap)} + ${megabytes(buffers)} + ${megabytes(wasm)}`);
    return `${megabytes(sum(held)).padStart(4)} MB  (${parts.join(', ')})`;
  };
  /** @param {Awaited<ReturnType<typeof memoryOf>>} held */
  const sum = (held) => Object.values(held).reduce((bytes, { heap, buffers, wasm }) => bytes + heap + buffers + wasm, 0);
  console.log(`  a library of ${all.length} titles; of each thread: JavaScript heap + array buffers beside it + memory of its WebAssembly module.`);
  console.log('  Not counted: compiled code, pictures and canvas, and what Chromium itself takes for a tab.');
  console.log(`  without the text model                      ${told(await memoryOf(session))}  wanted at most 150`);
  await go(page, 'Data');
  await page.getByRole('region', { name: 'Models on this device' }).getByRole('button', { name: /^(Download|Go on), \d/ }).click();
  const reading = () => /^Reading stories \d/.test(globalThis.statusOf('Text model') ?? '');
  await until(page, reading);
  let most = await memoryOf(session, false, true);
  for (let look = 0; look < runs; ++look) {
    await page.waitForTimeout(500);
    const now = await memoryOf(session, false, true);
    if (sum(now) > sum(most)) most = now;
  }
  console.log(`  while it reads, the most seen, with garbage ${told(most)}  wanted at most 400`);
  console.log(`  while it reads, without garbage             ${told(await memoryOf(session, true, true))}`);
  if (!(await page.evaluate(reading))) throw new Error('there was nothing more to read before all was measured: --works takes more');
  await close();
}

/** @type {Record<string, (site: Site) => Promise<void>>} */
const measures = { speed, start, memory };
const chosen = positionals.length > 0 ? positionals : Object.keys(measures);
const unknown = chosen.find((name) => !(name in measures));
const packages = process.env.HUB_PEER;
if (unknown !== undefined || !packages) {
  process.stderr.write(unknown === undefined ? 'HUB_PEER is not set\n' : `There is no measure called ${unknown}. There are: ${Object.keys(measures).join(', ')}\n`);
  process.exit(2);
}
const site = await serveBoth(packages);
try {
  for (const name of chosen) {
    console.log(name);
    await measures[name](site);
  }
} finally {
  await site.close();
}
