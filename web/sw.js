// Offline shell. Keeps one whole version of the page's files; a newer version is fetched beside it and waits until the person says so, so that a page
// never mixes files of two versions. Caches of other pages on the same origin are left alone: all names here begin with this page's own path.

/// <reference lib="webworker" />

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

/** Filled in when dist/ is put together: a hash over all files, and their addresses relative to this one with the hash of each. */
const version = '__SHELL_VERSION__';
/** @type {{url: string, hash: string}[]} */
const files = /** @type {any} */ ('__SHELL_FILES__');

const prefix = `media-hub:${new URL('.', worker.location.href).pathname}:`;
const cacheName = prefix + version;
/** web/model-store.js has the same. */
const modelsName = `media-hub-models:${new URL('.', worker.location.href).pathname}`;
const addresses = new Set(files.map((file) => new URL(file.url, worker.location.href).href));

/** @param {ArrayBuffer} bytes */
async function hashOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function install() {
  const cache = await caches.open(cacheName);
  await Promise.all(
    files.map(async (file) => {
      // Past the browser's own cache, which may still hold the file of the version before.
      const response = await fetch(file.url, { cache: 'no-cache' });
      if (!response.ok) throw new Error(`${file.url}: ${response.status}`);
      // A server that is being updated hands out files of two versions; such a mixture is refused and tried again at the next visit.
      if ((await hashOf(await response.clone().arrayBuffer())) !== file.hash) throw new Error(`${file.url} is of another version`);
      await cache.put(new URL(file.url, worker.location.href), response);
    }),
  );
}

async function dropOldVersions() {
  for (const name of await caches.keys()) if (name.startsWith(prefix) && name !== cacheName) await caches.delete(name);
}

worker.addEventListener('install', (event) => event.waitUntil(install()));
worker.addEventListener('activate', (event) => event.waitUntil(dropOldVersions()));

// The page says this when the person chose to update; it loads itself anew when the new worker has taken over.
worker.addEventListener('message', (event) => {
  if (event.data === 'apply-update') worker.skipWaiting();
});

/**
 * A file that another app shares (the manifest's share_target) waits in a cache until the page, which is then opened, takes it (web/shared-file.js has the
 * same name and address). It goes nowhere else.
 * @param {Request} request @param {string} home
 */
async function takeShared(request, home) {
  const files = (await request.formData()).getAll('files');
  const cache = await caches.open(`media-hub-shared:${new URL(home).pathname}`);
  for (const waiting of await cache.keys()) await cache.delete(waiting);
  let place = 0;
  for (const file of files) {
    if (typeof file === 'string') continue;
    const headers = { 'X-Name': encodeURIComponent(file.name), 'Content-Type': file.type };
    await cache.put(`${home}shared/${place++}`, new Response(file, { headers }));
  }
  return Response.redirect(`${home}#/data`, 303);
}

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  url.hash = '';
  url.search = '';
  const home = new URL('.', worker.location.href).href;
  if (request.method === 'POST' && url.href === `${home}shared`) event.respondWith(takeShared(request, home));
  if (request.method !== 'GET') return;
  const wanted = url.href === home ? new URL('index.html', home).href : url.href;
  // Files of models are no part of the shell: they are kept when somebody has asked for them (web/model-store.js), and come from there.
  if (url.href.startsWith(`${home}models/`)) {
    event.respondWith(
      (async () => {
        const kept = await caches.open(modelsName).then((cache) => cache.match(url.href)).catch(() => undefined);
        return kept ?? fetch(request);
      })(),
    );
    return;
  }
  if (!addresses.has(wanted)) return;
  event.respondWith(
    (async () => {
      const cache = await caches.open(cacheName);
      return (await cache.match(wanted)) ?? fetch(request);
    })(),
  );
});
