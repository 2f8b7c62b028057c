// Files that another app has shared with the installed page: the service worker has put them into a cache (web/sw.js), from which they are taken once.

const home = new URL('.', location.href);

/** @returns {Promise<File[]>} */
export async function takeSharedFiles() {
  const name = `media-hub-shared:${home.pathname}`;
  // Without looking first, a cache would be made in every visit.
  if (!('caches' in globalThis) || !(await caches.has(name))) return [];
  const cache = await caches.open(name);
  const files = [];
  for (const request of await cache.keys()) {
    const response = await cache.match(request);
    if (!response) continue;
    const called = decodeURIComponent(response.headers.get('X-Name') ?? 'shared file');
    files.push(new File([await response.blob()], called, { type: response.headers.get('Content-Type') ?? '' }));
  }
  await caches.delete(name);
  return files;
}
