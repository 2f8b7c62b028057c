// clang-tidy over the core, two files at a time. What was found clean is remembered by content, in the user's cache folder: the file, every
// header of ours it reads, its compile command, the configuration and clang-tidy itself. So only what has changed is looked at again.
//   node tidy.mjs COMPILE_COMMANDS SCRATCH CACHE   SCRATCH: a folder for its own shorter list of compile commands

import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const [commands, scratch, cache] = process.argv.slice(2);
const remembered = join(cache, 'tidy');

/** @param {string} file @param {Set<string>} seen  the headers of ours that it reads, through others too, are added */
function includes(file, seen) {
  for (const [, name] of readFileSync(file, 'utf8').matchAll(/^\s*#\s*include\s+"([^"]+)"/gm)) {
    const header = [join(repository, name), join(dirname(file), name)].find((place) => existsSync(place));
    if (header === undefined || seen.has(header)) continue;
    seen.add(header);
    includes(header, seen);
  }
}

/** @type {{file: string, command: string}[]} */
const all = JSON.parse(readFileSync(commands, 'utf8'));
/** @type {Map<string, {file: string, command: string}>} */
const entries = new Map();
for (const entry of all) {
  // hub_library_plain compiles the same files once more, and clang-tidy would look at both.
  if (relative(repository, entry.file).startsWith('core/') && existsSync(entry.file) && !entries.has(entry.file)) entries.set(entry.file, entry);
}
mkdirSync(scratch, { recursive: true });
writeFileSync(join(scratch, 'compile_commands.json'), JSON.stringify([...entries.values()]));
const settings = readFileSync(join(repository, '.clang-tidy'), 'utf8') + execFileSync('clang-tidy', ['--version'], { encoding: 'utf8' });

/** @type {{file: string, mark: string}[]} */
const waiting = [];
for (const { file, command } of entries.values()) {
  const headers = new Set([file]);
  includes(file, headers);
  const hash = createHash('sha256').update(settings).update(command.replaceAll(repository, ''));
  for (const name of [...headers].sort()) hash.update(relative(repository, name)).update(readFileSync(name));
  const mark = join(remembered, hash.digest('hex').slice(0, 32));
  if (!existsSync(mark)) waiting.push({ file, mark });
}
mkdirSync(remembered, { recursive: true });
console.error(`  clang-tidy: ${waiting.length} of ${entries.size} files changed since they were last found clean`);

let failures = 0;
async function work() {
  for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
    const { file, mark } = job;
    const output = await new Promise((/** @type {(text: string) => void} */ done) => {
      // The compile command is GCC's; clang does not know all of its warnings.
      const child = spawn('clang-tidy', ['--quiet', '-p', scratch, '--extra-arg=-Wno-unknown-warning-option', file], { stdio: ['ignore', 'pipe', 'pipe'] });
      let text = '';
      let errors = '';
      child.stdout.on('data', (part) => (text += part));
      child.stderr.on('data', (part) => (errors += part));
      child.on('close', (code) => done(code === 0 ? '' : text || errors));
    });
    if (output === '') {
      writeFileSync(mark, '');
    } else {
      ++failures;
      console.log(output.replaceAll(`${repository}/`, '').trim());
    }
  }
}
await Promise.all([work(), work()]);
process.exitCode = failures > 0 ? 1 : 0;
