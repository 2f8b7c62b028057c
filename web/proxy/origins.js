// Which pages may ask (CORS, as in the Fetch standard).
//
// A browser that asks for another site's page says which (Origin), and that site must be one of ORIGINS. A browser that embeds an answer
// without CORS says no origin but that it does so (Sec-Fetch-Site): nobody's page may do that. What is no browser says neither and is let
// through: it could write into both what it likes, so that the allowlist and the rate limit are what holds it.

import { Problem } from './problem.js';

/**
 * @param {Request} request @param {Set<string>} origins
 * @returns {Record<string, string>} headers for the answer, whatever that is
 */
export function corsHeaders(request, origins) {
  const origin = request.headers.get('Origin');
  if (origin === null || !origins.has(origin)) return { Vary: 'Origin' };
  return { Vary: 'Origin', 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': 'Retry-After' };
}

/** @param {Request} request @param {Set<string>} origins */
export function refuseStrangers(request, origins) {
  const origin = request.headers.get('Origin');
  const embedded = origin === null && ['cross-site', 'same-site'].includes(request.headers.get('Sec-Fetch-Site') ?? '');
  if (embedded || (origin !== null && !origins.has(origin)))
    throw new Problem(403, 'other_origin', 'This proxy answers only the pages that its host has named in ORIGINS.');
}

/** What a browser is told that asks first. GET needs no header beyond those that are always allowed. */
export const preflightHeaders = { 'Access-Control-Allow-Methods': 'GET, HEAD', 'Access-Control-Max-Age': '86400' };
