// What the page asks of each service that wants a key (core/metadata), and nothing else. The words are those of ServiceInfo::word, so
// that an address at the proxy is /{word} and the path at the service.

import { imdb, oneOf, text } from './forms.js';

/**
 * @typedef {{path: RegExp, query: Record<string, import('./forms.js').Form>}} Route
 *   one kind of request: the whole path, and every parameter it has
 * @typedef {object} Service
 * @property {string} name  as people know it
 * @property {string} origin
 * @property {(keyof import('./settings.js').Keys)[]} needs  the settings without which it cannot be asked
 * @property {string} [keyParameter]  of the query, which carries the key; without one it is asked with a token
 * @property {number} age  seconds that an answer may be kept: never more than ServiceInfo::cache_days
 * @property {boolean} bound  its terms allow no copy beyond what the answer's own Cache-Control says
 * @property {Route[]} routes
 */

const hour = 3600;
const day = 24 * hour;

/** @type {Record<string, Service>} */
const table = {
  omdb: {
    name: 'OMDb',
    origin: 'https://www.omdbapi.com',
    needs: ['OMDB_KEY'],
    keyParameter: 'apikey',
    // It answers 1,000 requests a day.
    age: 7 * day,
    bound: false,
    routes: [
      { path: /^\/$/, query: { s: text, type: oneOf('movie', 'series') } },
      { path: /^\/$/, query: { i: imdb, plot: oneOf('full') } },
    ],
  },
  tmdb: {
    name: 'TMDB',
    origin: 'https://api.themoviedb.org',
    needs: ['TMDB_KEY'],
    keyParameter: 'api_key',
    age: day,
    bound: false,
    routes: [
      { path: /^\/3\/search\/(movie|tv)$/, query: { query: text, include_adult: oneOf('false') } },
      {
        path: /^\/3\/(movie|tv)\/[1-9][0-9]{0,14}$/,
        query: { append_to_response: oneOf('credits,keywords,external_ids,images'), include_image_language: oneOf('en,null') },
      },
      { path: /^\/3\/find\/tt[0-9]{7,10}$/, query: { external_source: oneOf('imdb_id') } },
    ],
  },
  rawg: {
    name: 'RAWG',
    origin: 'https://api.rawg.io',
    needs: ['RAWG_KEY'],
    keyParameter: 'key',
    age: 7 * day,
    bound: false,
    routes: [
      { path: /^\/api\/games$/, query: { search: text, page_size: oneOf('15') } },
      { path: /^\/api\/games\/[0-9a-z_-]{1,120}$/, query: {} },
    ],
  },
  spotify: {
    name: 'Spotify',
    origin: 'https://api.spotify.com',
    needs: ['SPOTIFY_CLIENT_ID', 'SPOTIFY_CLIENT_SECRET'],
    age: hour,
    bound: true,
    routes: [
      { path: /^\/v1\/search$/, query: { q: text, type: oneOf('album'), limit: oneOf('10') } },
      { path: /^\/v1\/albums\/[0-9A-Za-z_-]{1,40}$/, query: {} },
    ],
  },
  googlebooks: {
    name: 'Google Books',
    origin: 'https://www.googleapis.com',
    needs: ['GOOGLE_BOOKS_KEY'],
    keyParameter: 'key',
    age: day,
    bound: true,
    routes: [
      { path: /^\/books\/v1\/volumes$/, query: { q: text, printType: oneOf('books'), maxResults: oneOf('15') } },
      { path: /^\/books\/v1\/volumes\/[0-9A-Za-z_-]{1,40}$/, query: {} },
    ],
  },
};

/** By word. A map, in which nothing is found but what was put there. */
export const services = new Map(Object.entries(table));
