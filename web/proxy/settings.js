// What the host has set: keys as secrets, everything else as plain variables. All of it is text.

/**
 * @typedef {object} Keys
 * @property {string} [OMDB_KEY]
 * @property {string} [TMDB_KEY]  the short one, for the query ("API Key", not "Read Access Token")
 * @property {string} [RAWG_KEY]
 * @property {string} [GOOGLE_BOOKS_KEY]
 * @property {string} [SPOTIFY_CLIENT_ID]
 * @property {string} [SPOTIFY_CLIENT_SECRET]
 *
 * @typedef {object} Settings
 * @property {Keys} keys
 * @property {Set<string>} origins  of the pages that may ask
 * @property {string} base  the path below which the proxy lies, "" or "/proxy"
 * @property {number} perMinute  requests for each client
 * @property {number} timeLimit  milliseconds for one answer
 * @property {string} [addressHeader]  which header names the client
 * @property {RateLimit} [limiter]  the platform's, where it has one
 */

/** @type {(keyof Keys)[]} */
const keyNames = ['OMDB_KEY', 'TMDB_KEY', 'RAWG_KEY', 'GOOGLE_BOOKS_KEY', 'SPOTIFY_CLIENT_ID', 'SPOTIFY_CLIENT_SECRET'];

/**
 * A key goes into addresses and headers, and is looked for in answers: what is shorter than any real one, or holds anything but visible
 * characters, is taken for none.
 */
const keyForm = /^[\x21-\x7e]{8,400}$/;

/** @param {Record<string, unknown>} env @returns {Settings} */
export function readSettings(env) {
  /** @param {string} name */
  const word = (name) => (typeof env[name] === 'string' ? String(env[name]).trim() : '');
  /** @param {string} name @param {number} least @param {number} most @param {number} otherwise */
  const count = (name, least, most, otherwise) =>
    /^[0-9]{1,9}$/.test(word(name)) ? Math.min(most, Math.max(least, Number(word(name)))) : otherwise;
  /** @type {Keys} */
  const keys = {};
  for (const name of keyNames) if (keyForm.test(word(name))) keys[name] = word(name);
  const limiter = /** @type {RateLimit | undefined} */ (env.RATE_LIMITER);
  return {
    keys,
    origins: new Set(
      word('ORIGINS')
        .split(/[\s,]+/)
        .filter((origin) => /^https?:\/\/[a-z0-9.-]+(:[0-9]+)?$/.test(origin)),
    ),
    base: word('BASE_PATH').replace(/\/+$/, ''),
    perMinute: count('REQUESTS_PER_MINUTE', 1, 100_000, 120),
    timeLimit: count('TIME_LIMIT_MS', 100, 25_000, 8_000),
    ...(/^[A-Za-z0-9-]+$/.test(word('CLIENT_ADDRESS_HEADER')) && { addressHeader: word('CLIENT_ADDRESS_HEADER') }),
    ...(typeof limiter?.limit === 'function' && { limiter }),
  };
}
