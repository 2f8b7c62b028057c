// How much each client may ask. Kept in memory alone: for each address how many requests it has left, until it has all of them again,
// which takes a minute; it is swept out with the next request after that. Nothing of what was asked is kept.

import { Problem } from './problem.js';

const minute = 60_000;
const betweenSweeps = 10_000;
/** Above this the longest silent ones are forgotten, so that many addresses do not fill the memory. */
const mostClients = 20_000;

/** @type {Map<string, {left: number, at: number}>} */
const clients = new Map();
let swept = 0;

/**
 * Takes what a request costs from what its client has left.
 * @param {Request} request @param {import('./settings.js').Settings} settings @param {number} cost  1 for an ordinary request
 */
export async function keepPace(request, settings, cost) {
  const client = clientOf(request, settings);
  const now = Date.now();
  const each = minute / settings.perMinute;
  /** @param {{left: number, at: number}} one */
  const leftNow = (one) => Math.min(settings.perMinute, one.left + (now - one.at) / each);
  if (now - swept > betweenSweeps) {
    swept = now;
    for (const [name, one] of clients) if (leftNow(one) >= settings.perMinute) clients.delete(name);
  }
  const known = clients.get(client);
  const left = known ? leftNow(known) : settings.perMinute;
  const enough = left >= cost;
  clients.delete(client);
  clients.set(client, { left: enough ? left - cost : left, at: now });
  if (clients.size > mostClients) clients.delete(clients.keys().next().value ?? '');
  if (!enough) throw tooFast(Math.ceil(((cost - left) * each) / 1000));
  // What one machine's memory cannot know: what the client has asked of the others near by.
  if (settings.limiter && !(await settings.limiter.limit({ key: client })).success) throw tooFast(60);
}

/** @param {number} seconds */
function tooFast(seconds) {
  return new Problem(429, 'too_fast', 'This is more than one client may ask. It may ask again in a moment.', {
    retryAfter: Math.max(1, seconds),
  });
}

/**
 * @param {Request} request @param {import('./settings.js').Settings} settings
 * @returns {string} an address, of which a household shares one (IPv6: its first 64 bits)
 */
function clientOf(request, { addressHeader }) {
  // Only workerd itself says this; what stands before it has to be named, as anybody can write a header.
  const peer = /** @type {{clientIp?: string} | undefined} */ (request.cf)?.clientIp;
  const said = addressHeader
    ? request.headers.get(addressHeader)
    : (peer?.replace(/:[0-9]+$/, '') ?? request.headers.get('CF-Connecting-IP'));
  const address = (said ?? '')
    .trim()
    .replace(/^\[|\]$/g, '')
    .toLowerCase();
  if (!/^[0-9a-f:.]{2,45}$/.test(address)) return 'unknown';
  if (!address.includes(':') || address.includes('.')) return address;
  const [head, tail] = address.split('::').map((half) => half.split(':').filter((group) => group !== ''));
  const zeroes = tail === undefined ? 0 : Math.max(0, 8 - head.length - tail.length);
  return [...head, ...Array(zeroes).fill('0'), ...(tail ?? [])].slice(0, 4).join(':');
}
