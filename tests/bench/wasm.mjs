// How many times longer the core's heavy work takes as WebAssembly than natively: the same program, built for both, is asked for one piece of
// work at a time, each side in turn. Both stay started, so that neither is timed while it starts or compiles.
//   node wasm.mjs NATIVE WASM [RUNS]

import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';

const [native, wasm, runs = '7'] = process.argv.slice(2);
if (native === undefined || wasm === undefined) {
  console.error('usage: node wasm.mjs NATIVE WASM [RUNS]');
  process.exit(2);
}

/** A started program that answers line by line. @param {string} command @param {string[]} words */
function start(command, words) {
  const child = spawn(command, words, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${command} ended`);
    return /** @type {string} */ (value);
  };
  return {
    /** @param {string} name @returns {Promise<number>} seconds */
    run: async (name) => {
      child.stdin.write(`${name}\n`);
      return Number(await line());
    },
    end: () => child.stdin.end(),
  };
}

/** @param {number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
/** @param {number} seconds */
const milliseconds = (seconds) => `${(seconds * 1000).toPrecision(3)} ms`;

const names = spawnSync(native, { input: 'names\n', encoding: 'utf8' }).stdout.trim().split('\n');
// Emscripten 3.1.6 mistakes Node's own fetch for a browser's; newer versions of Node know the switch no longer.
const withoutFetch = spawnSync(process.execPath, ['--no-experimental-fetch', '-e', '0']).status === 0 ? ['--no-experimental-fetch'] : [];
const sides = [start(native, []), start(process.execPath, [...withoutFetch, wasm])];

console.log(`WebAssembly / native, one thread, median (min - max) of ${runs} runs in turn`);
for (const name of names) {
  // Once uncounted: the engine compiles what is often called a second time, better, and caches fill.
  for (const side of sides) await side.run(name);
  /** @type {number[][]} */
  const seconds = [[], []];
  for (let run = 0; run < Number(runs); ++run) {
    for (const [i, side] of sides.entries()) seconds[i].push(await side.run(name));
  }
  const ratios = seconds[1].map((value, i) => value / seconds[0][i]);
  const [low, high] = [Math.min(...ratios), Math.max(...ratios)];
  console.log(
    `${name.padEnd(16)} ${median(ratios).toFixed(2)} (${low.toFixed(2)} - ${high.toFixed(2)})   ` +
      `native ${milliseconds(median(seconds[0]))}, WebAssembly ${milliseconds(median(seconds[1]))}`,
  );
}
for (const side of sides) side.end();
