// Answers kept at the edge by its Cache API, for as long as their service allows. They are kept under the service's address, without the
// key, and without anything about who asked. Where there is no such cache (plain workerd without `cacheApiOutbound`), every request is
// forwarded.

/** @typedef {{bytes: Uint8Array, type: string, left: number}} Kept  left: seconds for which it may still be shown */

/** A cache may keep things longer than it was told to; this is what is gone by. Seconds since 1970. */
const untilHeader = 'Media-Hub-Until';

const open = () => caches.open('media-hub-proxy');

/** @param {string} address @returns {Promise<Kept | undefined>} */
export async function keptAnswer(address) {
  try {
    const found = await (await open()).match(address);
    if (!found) return undefined;
    const left = Number(found.headers.get(untilHeader)) - Date.now() / 1000;
    const bytes = new Uint8Array(await found.arrayBuffer());
    return left >= 1 ? { bytes, type: found.headers.get('Content-Type') ?? '', left: Math.floor(left) } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} address @param {Kept} answer  with `left` as its whole age
 * @returns {Promise<void>} when it is kept, or there is nowhere to keep it
 */
export async function keepAnswer(address, { bytes, type, left }) {
  if (left < 1) return;
  const headers = {
    'Content-Type': type,
    'Cache-Control': `public, max-age=${left}`,
    [untilHeader]: String(Math.floor(Date.now() / 1000) + left),
  };
  try {
    await (await open()).put(address, new Response(bytes, { headers }));
  } catch {
    // Asked again the next time.
  }
}

/**
 * @param {number} most  seconds
 * @param {boolean} bound  what the answer says of itself counts too (RFC 9111)
 * @param {string} said  its Cache-Control
 * @returns {number} seconds for which it may be kept
 */
export function ageOf(most, bound, said) {
  if (!bound) return most;
  const words = said
    .toLowerCase()
    .split(',')
    .map((word) => word.trim());
  if (words.some((word) => /^(no-store|no-cache|private)\b/.test(word))) return 0;
  /** @param {string} name */
  const seconds = (name) =>
    words.map((word) => new RegExp(`^${name}="?([0-9]{1,9})"?$`).exec(word)?.[1]).find((digits) => digits !== undefined);
  return Math.min(most, Number(seconds('s-maxage') ?? seconds('max-age') ?? 0));
}
