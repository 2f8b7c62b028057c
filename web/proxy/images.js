// The hosts that hold the pictures of the services' works, for those that a browser may not read there. None of them wants a key, and
// none is sent one.

import { matching, oneOf, optional } from './forms.js';

/**
 * @typedef {{age: number, routes: import('./services.js').Route[]}} Host
 *   age: seconds that a picture may be kept
 */

const day = 24 * 3600;

/** Where OMDb's posters are: "/images/M/MV5B….jpg", with its size and crop in the name. @type {Host} */
const poster = { age: 7 * day, routes: [{ path: /^\/images\/M\/[0-9A-Za-z][0-9A-Za-z@._,-]{0,200}\.(jpg|png)$/, query: {} }] };

/** By host. @type {Map<string, Host>} */
export const hosts = new Map([
  ['m.media-amazon.com', poster],
  ['images-na.ssl-images-amazon.com', poster],
  ['ia.media-imdb.com', poster],
  ['image.tmdb.org', { age: 7 * day, routes: [{ path: /^\/t\/p\/w342\/[0-9A-Za-z_-]{1,60}\.(jpg|png)$/, query: {} }] }],
  [
    'media.rawg.io',
    { age: 7 * day, routes: [{ path: /^\/media\/(games|screenshots)\/[0-9a-z]{1,8}\/[0-9A-Za-z_-]{1,80}\.(jpg|jpeg|png)$/, query: {} }] },
  ],
  ['i.scdn.co', { age: day, routes: [{ path: /^\/image\/[0-9a-z]{1,64}$/, query: {} }] }],
  [
    'books.google.com',
    {
      age: day,
      routes: [
        {
          path: /^\/books\/content$/,
          query: {
            id: matching(/^[0-9A-Za-z_-]{1,40}$/),
            printsec: oneOf('frontcover'),
            img: oneOf('1'),
            zoom: oneOf('1', '5'),
            edge: optional(oneOf('curl')),
            imgtk: optional(matching(/^[0-9A-Za-z_-]{1,300}$/)),
            source: optional(oneOf('gbs_api')),
          },
        },
      ],
    },
  ],
]);

/**
 * What a picture is, by its first bytes and not by what its host says: a page or a script that calls itself a picture is none.
 * @param {Uint8Array} bytes
 * @returns {string | undefined} its type
 */
export function pictureType(bytes) {
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'image/gif';
  if (head.startsWith('RIFF') && head.endsWith('WEBP')) return 'image/webp';
  if (head.slice(4) === 'ftypavif') return 'image/avif';
  return undefined;
}
