// Spotify's token (OAuth 2.0, client credentials, RFC 6749 section 4.4): fetched once, held in memory, used by all until it is old or
// refused.

import { forward } from './forward.js';
import { Problem } from './problem.js';

const address = 'https://accounts.spotify.com/api/token';
const mostBytes = 64 << 10;
/** Seconds before its end from which it is not used any more: it has to last until the service has read it. */
const margin = 60;

/** @type {{token: string, until: number} | undefined} */
let held;
/** Those who come while it is being fetched wait for the same. @type {{token: Promise<string>, until: number} | undefined} */
let coming;

/**
 * @param {import('./settings.js').Settings} settings @param {AbortSignal} signal @param {ExecutionContext} context
 * @returns {Promise<string>}
 */
export async function spotifyToken(settings, signal, context) {
  const now = Date.now();
  if (held && now < held.until) return held.token;
  if (!coming || now > coming.until) {
    const mine = { token: fetchToken(settings), until: now + settings.timeLimit };
    coming = mine;
    const done = () => {
      if (coming === mine) coming = undefined;
    };
    // It goes on when the one who asked for it has left.
    context.waitUntil(mine.token.then(done, done));
  }
  return Promise.race([coming.token, outOfTime(signal)]);
}

/** @param {string} token  which Spotify has refused; another that has come since stays */
export function dropToken(token) {
  if (held?.token === token) held = undefined;
}

/** @returns {string[]} what must not be passed on */
export function heldTokens() {
  return held ? [held.token] : [];
}

/** @param {import('./settings.js').Settings} settings @returns {Promise<string>} */
async function fetchToken({ keys, timeLimit }) {
  const { status, bytes } = await forward('Spotify', address, {
    accept: 'application/json',
    signal: AbortSignal.timeout(timeLimit),
    mostBytes,
    authorization: `Basic ${btoa(`${keys.SPOTIFY_CLIENT_ID}:${keys.SPOTIFY_CLIENT_SECRET}`)}`,
    form: 'grant_type=client_credentials',
  });
  const { access_token: token, expires_in: seconds } = parsed(bytes);
  if (status === 400 || status === 401)
    throw new Problem(502, 'key_refused', "Spotify refused the proxy's credentials. Its host can mend that.");
  if (status !== 200 || typeof token !== 'string' || !/^[\x21-\x7e]{8,2000}$/.test(token) || typeof seconds !== 'number')
    throw new Problem(502, 'bad_answer', 'Spotify gave no token.');
  const life = Math.min(3600, Math.max(0, seconds));
  held = { token, until: Date.now() + 1000 * (life - Math.min(margin, life / 10)) };
  return token;
}

/** @param {Uint8Array} bytes @returns {{access_token?: unknown, expires_in?: unknown}} */
function parsed(bytes) {
  try {
    return Object(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return {};
  }
}

/** @param {AbortSignal} signal @returns {Promise<never>} */
function outOfTime(signal) {
  return new Promise((_, failed) => {
    const fail = () => failed(new Problem(504, 'too_slow', 'Spotify took too long to give a token.'));
    if (signal.aborted) fail();
    signal.addEventListener('abort', fail);
  });
}
