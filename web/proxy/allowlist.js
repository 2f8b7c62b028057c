// From an address at the proxy to one at a service, or to a refusal.
//
// The path is never decoded, resolved or joined: as it stands it is one of those that a route names whole, or it is refused. So there is
// no way of writing it (%2e%2e, %2f, a backslash, a second slash, a host before an @) that could mean something else to the service. The
// query is read, each value held against its form, and written again.

import { hosts } from './images.js';
import { Problem } from './problem.js';
import { services } from './services.js';

/** Longer than any address that the page makes. */
const mostAddressCharacters = 2048;

/**
 * @typedef {object} Target
 * @property {string} address  at the service, without a key; the same for all ways of asking the same
 * @property {string} word  of the service, or "images"
 * @property {import('./services.js').Service} [service]  none for a picture
 * @property {number} age  seconds that the answer may be kept
 */

/**
 * @param {string} address  as it was asked, untouched
 * @param {string} base  the path below which the proxy lies, without a slash at the end
 * @returns {Target}
 */
export function targetOf(address, base) {
  if (address.length > mostAddressCharacters) throw new Problem(414, 'too_long', 'This address is longer than any that the page asks for.');
  const { word, path, query } = partsOf(address, base);
  if (word === 'images') return pictureTarget(path, query);
  const service = services.get(word);
  if (!service)
    throw new Problem(404, 'unknown_service', `The proxy knows ${[...services.keys()].join(', ')} and images, as /{service}/{path}.`);
  return { address: service.origin + allowed(service.routes, path, query, service.name), word, service, age: service.age };
}

/**
 * @param {string} address @param {string} base
 * @returns {boolean} whether a picture is asked for, allowed or not
 */
export function isForPicture(address, base) {
  return partsOf(address, base).word === 'images';
}

/** @param {string} address @param {string} base @returns {{word: string, path: string, query: string}} empty where it has another shape */
function partsOf(address, base) {
  const [, whole = '', query = ''] = /^[a-z]+:\/\/[^/?#\\]*([^?#]*)(?:\?([^#]*))?/i.exec(address) ?? [];
  const below = whole.startsWith(`${base}/`) ? whole.slice(base.length) : '';
  const [, word = '', path = ''] = /^\/([a-z]+)(\/.*)$/.exec(below) ?? [];
  return { word, path, query };
}

/** @param {string} path  "/{host}/{path}" @param {string} query @returns {Target} */
function pictureTarget(path, query) {
  const [, name = '', rest = ''] = /^\/([a-z0-9.-]+)(\/.*)$/.exec(path) ?? [];
  const host = hosts.get(name);
  if (!host) throw new Problem(403, 'not_allowed', 'Pictures are relayed from the hosts of the known services only.');
  return { address: `https://${name}${allowed(host.routes, rest, query, name)}`, word: 'images', age: host.age };
}

/**
 * @param {import('./services.js').Route[]} routes @param {string} path @param {string} query @param {string} name
 * @returns {string} the path with its query, parameters in the order of the table
 */
function allowed(routes, path, query, name) {
  const asked = [...new URLSearchParams(query)];
  for (const route of routes) {
    if (!route.path.test(path)) continue;
    const written = queryFor(route, asked);
    if (written !== undefined) return path + written;
  }
  throw new Problem(403, 'not_allowed', `Of ${name} only what the page asks for is passed on, and this is something else.`);
}

/**
 * @param {import('./services.js').Route} route @param {[string, string][]} asked
 * @returns {string | undefined} nothing where a parameter is missing, unknown, given twice or not of its form
 */
function queryFor(route, asked) {
  const names = asked.map(([name]) => name);
  if (new Set(names).size !== names.length || names.some((name) => !Object.hasOwn(route.query, name))) return undefined;
  const given = new Map(asked);
  const parts = [];
  for (const [name, form] of Object.entries(route.query)) {
    const value = given.get(name);
    if (value === undefined && form.optional) continue;
    if (value === undefined || !form.fits(value)) return undefined;
    parts.push(`${name}=${encodeURIComponent(value)}`);
  }
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}
