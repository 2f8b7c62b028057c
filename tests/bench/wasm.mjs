// How many times longer the core's heavy work takes as WebAssembly than natively: the same program, built for both, is asked for one piece of
// work at a time, each side in turn. Both stay started, so that neither is timed while it starts or compiles, and are started anew for each
// piece, so that the memory beside it is its own.
//   node wasm.mjs NATIVE WASM [RUNS]

import { spawn, spawnSync } from 'node:child_process';
import { loadavg } from 'node:os';
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
    /** @param {string} name @returns {Promise<{seconds: number, megabytes: number}>} megabytes: the most so far */
    run: async (name) => {
      child.stdin.write(`${name}\n`);
      const [seconds, megabytes] = (await line()).split(' ').map(Number);
      return { seconds, megabytes };
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

console.log(`WebAssembly / native, one thread, median (min - max) of up to ${runs} runs in turn; seconds of the processor`);
for (const name of names) {
  const sides = [start(native, []), start(process.execPath, [...withoutFetch, wasm])];
  // Once uncounted: the engine compiles what is often called a second time, better, and caches fill.
  let longest = 0;
  for (const side of sides) longest = Math.max(longest, (await side.run(name)).seconds);
  // What takes long needs fewer runs to tell, and nobody waits for seven.
  const count = Math.min(Number(runs), Math.max(3, Math.ceil(15 / longest)));
  /** @type {number[][]} */
  const seconds = [[], []];
  const megabytes = [0, 0];
  for (let run = 0; run < count; ++run) {
    for (const [i, side] of sides.entries()) {
      const measured = await side.run(name);
      seconds[i].push(measured.seconds);
      megabytes[i] = measured.megabytes;
    }
  }
  for (const side of sides) side.end();
  const ratios = seconds[1].map((value, i) => value / seconds[0][i]);
  const [low, high] = [Math.min(...ratios), Math.max(...ratios)];
  console.log(
    `${name.padEnd(17)} ${median(ratios).toFixed(2)} (${low.toFixed(2)} - ${high.toFixed(2)})   ` +
      `native ${milliseconds(median(seconds[0]))}, WebAssembly ${milliseconds(median(seconds[1]))} ` +
      `in ${megabytes[1].toFixed(0)} MB   load ${loadavg()[0].toFixed(1)}`,
  );
}
