// dist/ holds what the page needs, under names that work below any path, and its version changes when, and only when, a file does.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { allowServices, collect, mergeCatalogue, stampServiceWorker, write } from '../../scripts/site/assemble.mjs';
import { measure, readBudgets, weigh } from '../../scripts/site/sizes.mjs';

/** @type {string} */
let folder;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'media-hub-assemble-'));
  for (const name of ['modules', 'web', 'models/catalogue', 'models/demo']) mkdirSync(join(folder, name), { recursive: true });
  const contents = {
    'shell.html': '<!doctype html>',
    'modules/ui.js': 'ui',
    'modules/ui.wasm': 'ui module',
    'modules/engine.js': 'engine',
    'modules/engine.wasm': 'engine module',
    'web/main.js': 'boot',
    'web/embedding-worker.js': 'model',
    'web/package.json': '{}',
    'web/tsconfig.json': '{}',
    'web/sw.js': "const version = '__SHELL_VERSION__';\nconst files = '__SHELL_FILES__';\n",
    'models/catalogue/schema.json': '{}',
    'models/catalogue/films.json': '{"version": 1, "items": [{"id": "film/a"}]}',
    'models/catalogue/books.json': '{"version": 1, "items": [{"id": "book/b"}]}',
    'models/demo/profile.json': '{ "ratings": [] }',
  };
  for (const [name, content] of Object.entries(contents)) writeFileSync(join(folder, name), content);
});

afterEach(() => rmSync(folder, { recursive: true }));

const gather = () => collect(folder, join(folder, 'modules'));

test('the page is shipped, and nothing of the tools', () => {
  assert.deepEqual(
    [...gather().keys()].sort(),
    ['catalogue.json', 'demo.json', 'embedding-worker.js', 'engine.js', 'engine.wasm', 'index.html', 'main.js', 'sw.js', 'ui.js', 'ui.wasm'],
  );
});

test('the page may reach the services that services.json names, and no other host', () => {
  writeFileSync(join(folder, 'shell.html'), '<meta content="default-src \'none\'; connect-src \'self\'; img-src data:">');
  const services = { version: 1, hosts: { 'b.example': 'https://b.example', 'a.example': 'https://a.example/path', 'other.b.example': 'https://b.example' } };
  writeFileSync(join(folder, 'web/services.json'), JSON.stringify(services));
  const files = gather();
  assert.match(String(files.get('index.html')), /; connect-src 'self' https:\/\/a\.example https:\/\/b\.example; img-src data:/);
  assert.deepEqual(JSON.parse(String(files.get('services.json'))), services);
  // Set up otherwise, it names those alone.
  allowServices(files, '{"version": 1, "hosts": {"c.example": "http://127.0.0.1:4000/c"}}');
  assert.match(String(files.get('index.html')), /; connect-src 'self' http:\/\/127\.0\.0\.1:4000; img-src data:/);
  allowServices(files, JSON.stringify({ ...services, passed_on: ['https://*.pictures.example'] }));
  assert.match(String(files.get('index.html')), /connect-src [^;]* https:\/\/\*\.pictures\.example[ ;]/);
  for (const bad of ["https://a.example; script-src 'unsafe-inline'", 'https://*', 'http://a.example', '*'])
    assert.throws(() => allowServices(files, JSON.stringify({ ...services, passed_on: [bad] })), /is no origin/);
  assert.throws(() => allowServices(new Map([['index.html', Buffer.from('<!doctype html>')]]), JSON.stringify(services)), /connect-src/);
});

test('the catalogue is one file of all types', () => {
  assert.deepEqual(JSON.parse(mergeCatalogue(join(folder, 'models/catalogue')) ?? ''), {
    version: 1,
    items: [{ id: 'book/b' }, { id: 'film/a' }],
  });
  writeFileSync(join(folder, 'models/catalogue/shows.json'), '{"version": 1}');
  assert.throws(() => mergeCatalogue(join(folder, 'models/catalogue')), /shows\.json has no list of items/);
});

test('the service worker knows its version and every other file', () => {
  const files = gather();
  const version = stampServiceWorker(files);
  const lines = String(files.get('sw.js')).split('\n');
  assert.equal(lines[0], `const version = "${version}";`);
  const listed = JSON.parse(lines[1].slice('const files = '.length, -1));
  assert.deepEqual(
    listed.map((/** @type {{url: string}} */ file) => file.url),
    [...files.keys()].filter((name) => name !== 'sw.js').sort(),
  );
  for (const { url, hash } of listed) {
    assert.match(hash, /^[0-9a-f]{64}$/);
    assert.doesNotMatch(url, /^\//, 'an address from the root would not work below a path');
  }
});

test('files of models are shipped, and no part of the shell: they are fetched when somebody asks for them', () => {
  mkdirSync(join(folder, '.build/models/models'), { recursive: true });
  writeFileSync(join(folder, '.build/models/models.json'), '{"version": 1}');
  writeFileSync(join(folder, '.build/models/models/a-00.bin'), 'piece');
  const files = gather();
  assert.ok(files.has('models/a-00.bin'));
  stampServiceWorker(files);
  const worker = String(files.get('sw.js'));
  assert.match(worker, /"url":"models\.json"/);
  assert.doesNotMatch(worker, /a-00\.bin/);
});

test('the catalogue’s vectors are shipped under their hash, named beside the model that made them, and are there offline', () => {
  mkdirSync(join(folder, '.build/models'), { recursive: true });
  writeFileSync(join(folder, '.build/models/models.json'), JSON.stringify({ version: 1, text: { hash: 'a'.repeat(64) } }));
  const place = join(folder, '.build/models/catalogue-vectors.bin');
  assert.equal(JSON.parse(String(gather().get('models.json'))).text.catalogue, undefined);
  const named = (/** @type {string} */ content) => {
    writeFileSync(place, content);
    const files = gather();
    const name = JSON.parse(String(files.get('models.json'))).text.catalogue;
    assert.equal(String(files.get(name)), content);
    stampServiceWorker(files);
    assert.ok(String(files.get('sw.js')).includes(`"url":"${name}"`));
    return name;
  };
  const head = `{"model":"${'a'.repeat(64)}","dimensions":16}\n`;
  const first = named(`${head}one`);
  assert.equal(named(`${head}one`), first);
  assert.notEqual(named(`${head}two`), first);
  // What the page waits for before it can be used does not grow by them.
  const page = readBudgets().page;
  assert.equal(weigh([{ name: first, raw: 9, gzip: 9 }], { page })[0].gzip, 0);
  writeFileSync(place, `{"model":"${'b'.repeat(64)}","dimensions":16}\none`);
  assert.throws(gather, /is of another text model/);
});

test('the worker is told how large the module is, which no server says of a packed file', () => {
  writeFileSync(join(folder, 'web/engine-worker.js'), "const size = Number('__ENGINE_SIZE__') || 0;");
  assert.equal(String(gather().get('engine-worker.js')), `const size = Number('${'engine module'.length}') || 0;`);
});

test('the version changes with any file, the service worker included, and with nothing else', () => {
  const first = stampServiceWorker(gather());
  assert.equal(stampServiceWorker(gather()), first);
  for (const name of ['models/demo/profile.json', 'modules/ui.wasm', 'web/sw.js']) {
    const before = readFileSync(join(folder, name), 'utf8');
    writeFileSync(join(folder, name), before.replace(/\n?$/, name.endsWith('.json') ? ' ' : ' // changed'));
    if (name.endsWith('.json')) writeFileSync(join(folder, name), '{ "ratings": [1] }');
    assert.notEqual(stampServiceWorker(gather()), first, name);
    writeFileSync(join(folder, name), before);
  }
  assert.equal(stampServiceWorker(gather()), first);
});

test('a service worker without a place for its version is an error', () => {
  writeFileSync(join(folder, 'web/sw.js'), 'const version = 1;');
  assert.throws(() => stampServiceWorker(gather()), /must hold '__SHELL_VERSION__' exactly once/);
});

test('dist is left with these files alone, and what has not changed is not written again', () => {
  const out = join(folder, 'dist');
  write(out, gather());
  writeFileSync(join(out, 'left-over.js'), '');
  utimesSync(join(out, 'ui.js'), 1000, 1000);
  write(out, gather());
  assert.ok(!existsSync(join(out, 'left-over.js')));
  assert.equal(statSync(join(out, 'ui.js')).mtimeMs, 1000 * 1000);
});

test('a part over its budget is seen, and every shipped module belongs to a part', () => {
  const out = join(folder, 'dist');
  write(out, gather());
  writeFileSync(join(out, 'catalogue-vectors-0123abcd.bin'), 'vectors');
  mkdirSync(join(out, 'models'), { recursive: true });
  writeFileSync(join(out, 'models', 'image-weights-0123abcd-00.bin'), 'a piece');
  const sizes = measure(out);
  const whole = sizes.reduce((sum, { gzip }) => sum + gzip, 0);
  const engine = sizes.filter(({ name }) => name.startsWith('engine')).reduce((sum, { gzip }) => sum + gzip, 0);
  const [page] = weigh(sizes, { page: { title: 'Page', gzip_bytes: whole, files: ['*'], except: ['engine.*'] } });
  assert.equal(page.gzip, whole - engine);
  assert.ok(page.gzip <= page.limit);
  // Noise does not compress, so this file alone is more than all of the others may weigh.
  writeFileSync(join(out, 'ui.wasm'), randomBytes(2 * whole));
  const [over] = weigh(measure(out), { page: { title: 'Page', gzip_bytes: whole, files: ['*'], except: ['engine.*'] } });
  assert.ok(over.gzip > over.limit);
  for (const part of weigh(sizes, readBudgets())) assert.ok(part.files > 0, part.title);
});
