// The catalogue, the demo profile and the manifest of models against their JSON schemas, and what a schema cannot say: ids are unique over all files,
// the demo names titles that exist, check digits of ISBNs are right, models come from packages that are pinned.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const models = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'models');
const require = createRequire(join(models, '..', 'web', 'package.json'));
const Ajv = require('ajv/dist/2020').default;

/** @type {string[]} */
const problems = [];
/** @param {string} file @returns {any} */
const read = (file) => JSON.parse(readFileSync(join(models, file), 'utf8'));

/** @param {string} schema @param {string[]} files */
function validate(schema, files) {
  const check = new Ajv({ allErrors: true }).compile(read(schema));
  for (const file of files) {
    if (check(read(file))) continue;
    for (const error of (check.errors ?? []).slice(0, 20)) problems.push(`${file}${error.instancePath}: ${error.message}`);
  }
}

const files = readdirSync(join(models, 'catalogue')).filter((name) => name.endsWith('.json') && name !== 'schema.json');
validate('catalogue/schema.json', files.map((name) => `catalogue/${name}`));
const seen = new Map();
for (const name of files) {
  for (const item of read(`catalogue/${name}`).items) {
    if (seen.has(item.id)) problems.push(`${name}: ${item.id} is in ${seen.get(item.id)} already`);
    seen.set(item.id, name);
    const isbn = item.ids.isbn;
    if (isbn && [...isbn].reduce((sum, digit, i) => sum + Number(digit) * (i % 2 ? 3 : 1), 0) % 10 !== 0) problems.push(`${item.id}: wrong check digit of ${isbn}`);
  }
}
if (existsSync(join(models, 'demo', 'profile.json'))) {
  if (existsSync(join(models, 'demo', 'schema.json'))) validate('demo/schema.json', ['demo/profile.json']);
  for (const { item } of read('demo/profile.json').ratings) if (!seen.has(item)) problems.push(`demo: there is no ${item} in the catalogue`);
}
validate('manifest.schema.json', ['manifest.json']);
const manifest = read('manifest.json');
const sources = new Set(readFileSync(join(models, '..', 'scripts', 'setup', 'sources.txt'), 'utf8').split('\n').map((line) => line.split(' ')[0]));
const stages = readFileSync(join(models, 'dvc.yaml'), 'utf8');
for (const { id, weights, vocabulary } of manifest.models) {
  for (const file of [weights, vocabulary]) {
    if (!file) continue;
    const { source, made, fetch } = file;
    if ([source, made, fetch].filter(Boolean).length !== 1) problems.push(`manifest.json: ${id}: ${file.path} comes from no one place`);
    if (source && !sources.has(source)) problems.push(`manifest.json: ${id}: sources.txt has no ${source}`);
    if (made && !stages.includes(`\n  ${made}:\n`)) problems.push(`manifest.json: ${id}: dvc.yaml has no stage ${made}`);
  }
}
if (new Set(manifest.models.map((/** @type {{id: string}} */ { id }) => id)).size !== manifest.models.length) problems.push('manifest.json: two models have one id');
const locked = JSON.parse(readFileSync(join(models, '..', 'web', 'package-lock.json'), 'utf8')).packages[`node_modules/${manifest.runtime.package}`]?.version;
if (locked !== manifest.runtime.version) problems.push(`manifest.json: the runtime is ${manifest.runtime.version}, but the lock file has ${locked}`);
for (const problem of problems) console.log(problem);
if (problems.length > 0) process.exit(1);
