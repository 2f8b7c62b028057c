// Puts dist/ together: the page, its JavaScript, both WebAssembly modules and the data, ready for any sub-path of any host.
//   node assemble.mjs --modules DIR --out DIR [--licence NAME=FILE...]

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { printSizes } from './sizes.mjs';

const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What the service worker is called; every other file is listed in it, but those that are fetched only when somebody asks for them. */
const serviceWorker = 'sw.js';
const onDemand = /^(models|screenshots)\//;

/**
 * @param {string} folder
 * @returns {string[]} every file below it, with forward slashes, in order
 */
export function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory() ? filesBelow(join(folder, entry.name)).map((file) => `${entry.name}/${file}`) : [entry.name],
    )
    .sort();
}

/**
 * The catalogue of all types in one file.
 * @param {string} folder  holds one file a type: {"version": 1, "items": […]}
 * @returns {string | undefined} nothing while there is no catalogue
 */
export function mergeCatalogue(folder) {
  const names = filesBelow(folder).filter((name) => name.endsWith('.json') && name !== 'schema.json');
  if (names.length === 0) return undefined;
  const items = names.flatMap((name) => {
    const content = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    const list = Array.isArray(content) ? content : content.items;
    if (!Array.isArray(list)) throw new Error(`models/catalogue/${name} has no list of items`);
    return list;
  });
  return JSON.stringify({ version: 1, items });
}

/**
 * The vectors of the catalogue's titles, under a name that has their hash; models.json says it, beside the model that made them.
 * @param {Map<string, Buffer>} files  with models.json, where there are models
 * @param {string} place
 * @returns {void}
 */
function addCatalogueVectors(files, place) {
  const told = files.get('models.json');
  if (!told || !existsSync(place)) return;
  const vectors = readFileSync(place);
  const models = JSON.parse(told.toString('utf8'));
  if (!vectors.subarray(0, 100).includes(models.text.hash)) throw new Error(`${place} is of another text model than models.json`);
  models.text.catalogue = `catalogue-vectors-${createHash('sha256').update(vectors).digest('hex').slice(0, 8)}.bin`;
  files.set(models.text.catalogue, vectors);
  files.set('models.json', Buffer.from(JSON.stringify(models)));
}

/**
 * Says in the page's Content-Security-Policy that it may reach these services, and whom they pass pictures on to, and no other host.
 * @param {Map<string, Buffer>} files     with index.html
 * @param {string} services               content of services.json
 * @returns {void}
 */
export function allowServices(files, services) {
  const { hosts, proxy, passed_on: passedOn = [] } = JSON.parse(services);
  const origins = [...Object.values(hosts), ...(proxy ? [proxy] : [])].map((address) => new URL(/** @type {string} */ (address)).origin);
  for (const origin of passedOn)
    if (!/^https:\/\/(\*\.)?[a-z0-9.-]+$/.test(origin)) throw new Error(`services.json: “${origin}” is no origin that pictures are passed on to`);
  const all = [...new Set([...origins, ...passedOn])].sort();
  files.set('services.json', Buffer.from(JSON.stringify(JSON.parse(services))));
  const page = files.get('index.html')?.toString('utf8');
  if (page === undefined) return;
  if (!/connect-src [^;]*;/.test(page)) throw new Error('the page’s Content-Security-Policy has no connect-src');
  files.set('index.html', Buffer.from(page.replace(/connect-src [^;]*;/, `connect-src ${["'self'", ...all].join(' ')};`)));
}

/**
 * Collects what is shipped.
 * @param {string} root     the repository
 * @param {string} modules  where the build left ui.* and engine.*
 * @returns {Map<string, Buffer>} by the name under which it is served
 */
export function collect(root, modules) {
  /** @type {Map<string, Buffer>} */
  const files = new Map();
  /** @param {string} name @param {string} from */
  const copy = (name, from) => {
    if (existsSync(from)) files.set(name, readFileSync(from));
  };
  copy('index.html', join(root, 'shell.html'));
  for (const name of ['ui.js', 'ui.wasm', 'engine.js', 'engine.wasm']) copy(name, join(modules, name));
  // The page shows how much of the module has come; what the server says of its length is that of the compressed file.
  const page = files.get('index.html');
  const module = files.get('ui.wasm');
  if (page && module) files.set('index.html', Buffer.from(page.toString('utf8').replace('data-size=""', `data-size="${module.length}"`)));
  const services = join(root, 'web', 'services.json');
  if (existsSync(services)) allowServices(files, readFileSync(services, 'utf8'));
  const web = join(root, 'web');
  for (const name of filesBelow(join(root, 'web')).filter((file) => !file.includes('/'))) {
    if (/\.(js|css|svg|png|ico|webmanifest)$/.test(name)) copy(name, join(web, name));
  }
  const worker = files.get('engine-worker.js');
  const engine = files.get('engine.wasm');
  if (worker && engine) files.set('engine-worker.js', Buffer.from(worker.toString('utf8').replace('__ENGINE_SIZE__', String(engine.length))));
  for (const name of filesBelow(join(root, 'models', 'icons'))) {
    if (/\.(svg|png)$/.test(name)) copy(`icons/${name}`, join(root, 'models', 'icons', name));
  }
  // What a browser shows of the page before it installs it. The README shows the same.
  for (const { src } of JSON.parse(files.get('manifest.webmanifest')?.toString('utf8') ?? '{}').screenshots ?? [])
    copy(src, join(root, '.github', src));
  const packed = join(root, '.build', 'models');
  copy('models.json', join(packed, 'models.json'));
  for (const name of filesBelow(join(packed, 'models'))) copy(`models/${name}`, join(packed, 'models', name));
  addCatalogueVectors(files, join(packed, 'catalogue-vectors.bin'));
  const catalogue = mergeCatalogue(join(root, 'models', 'catalogue'));
  if (catalogue !== undefined) files.set('catalogue.json', Buffer.from(catalogue));
  const demo = join(root, 'models', 'demo', 'profile.json');
  if (existsSync(demo)) files.set('demo.json', Buffer.from(JSON.stringify(JSON.parse(readFileSync(demo, 'utf8')))));
  return files;
}

/**
 * Writes the version and the list of files into the service worker: it holds "__SHELL_VERSION__" and "__SHELL_FILES__", quotes
 * included, once each. The version is a hash over every shipped file, so it changes when, and only when, one of them does; those of models are named
 * with their hashes in models.json.
 * @param {Map<string, Buffer>} files
 * @returns {string} the version
 */
export function stampServiceWorker(files) {
  const list = [...files]
    .filter(([name]) => name !== serviceWorker && !onDemand.test(name))
    .map(([name, content]) => ({ url: name, hash: createHash('sha256').update(content).digest('hex') }))
    .sort((a, b) => (a.url < b.url ? -1 : 1));
  const source = files.get(serviceWorker)?.toString('utf8');
  const version = createHash('sha256')
    .update(JSON.stringify(list))
    .update(source ?? '')
    .digest('hex')
    .slice(0, 16);
  if (source !== undefined) {
    let stamped = source;
    for (const [token, value] of /** @type {[string, unknown][]} */ ([
      ['__SHELL_VERSION__', version],
      ['__SHELL_FILES__', list],
    ])) {
      const places = stamped.split(new RegExp(`"${token}"|'${token}'`));
      if (places.length !== 2) throw new Error(`web/${serviceWorker} must hold '${token}' exactly once, not ${places.length - 1} times`);
      stamped = places.join(JSON.stringify(value));
    }
    files.set(serviceWorker, Buffer.from(stamped));
  }
  return version;
}

/**
 * What is in dist/, set up to reach services elsewhere.
 * @param {string} folder    dist/
 * @param {string} services  content of another services.json
 * @returns {Map<string, Buffer>}
 */
export function withServices(folder, services) {
  const files = new Map(filesBelow(folder).map((name) => [name, readFileSync(join(folder, name))]));
  allowServices(files, services);
  files.set(serviceWorker, readFileSync(join(repository, 'web', serviceWorker)));
  stampServiceWorker(files);
  return files;
}

/**
 * Makes a folder hold these files and no others. What has not changed is left alone.
 * @param {string} out
 * @param {Map<string, Buffer>} files
 */
export function write(out, files) {
  mkdirSync(out, { recursive: true });
  for (const name of filesBelow(out)) {
    if (!files.has(name)) rmSync(join(out, name));
  }
  for (const [name, content] of files) {
    const place = join(out, ...name.split('/'));
    if (existsSync(place) && statSync(place).size === content.length && readFileSync(place).equals(content)) continue;
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, content);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      modules: { type: 'string' },
      out: { type: 'string' },
      licence: { type: 'string', multiple: true, default: [] },
    },
  });
  if (!values.modules || !values.out) throw new Error('usage: node assemble.mjs --modules DIR --out DIR [--licence "NAME=FILE"...]');
  const files = collect(repository, values.modules);
  const licences = /** @type {string[]} */ (values.licence).map((pair) => {
    const [name, file] = pair.split('=');
    return `${name}\n${'='.repeat(name.length)}\n\n${readFileSync(file, 'utf8').trim()}\n`;
  });
  if (licences.length > 0) files.set('licences.txt', Buffer.from(licences.join('\n\n')));
  const version = stampServiceWorker(files);
  write(values.out, files);
  console.log(`${relative(repository, values.out).split(sep).join('/')}: version ${version}`);
  printSizes(values.out);
}
