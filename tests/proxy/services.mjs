// Services of the test's own making, which answer in the form that each one documents.

/** Keys as long as real ones, of letters that show it when they are escaped. */
export const secrets = {
  OMDB_KEY: 'a1b2c3d4',
  TMDB_KEY: '0123456789abcdef0123456789abcdef',
  RAWG_KEY: 'fedcba9876543210fedcba9876543210',
  SPOTIFY_CLIENT_ID: 'client+id/of=the.host',
  SPOTIFY_CLIENT_SECRET: 'c0ffee00c0ffee00c0ffee00c0ffee00',
  GOOGLE_BOOKS_KEY: 'AIza-made_up-for-the-tests-of-the-proxy',
};

/** What every token of Spotify begins with, so that it is found wherever it goes. */
export const tokenHead = 'BQ-token-of-the-test-';

/** @type {Record<string, object>} by host and path */
const answers = {
  'www.omdbapi.com/?s': {
    Search: [{ Title: 'Lantern Bay', Year: '2011', imdbID: 'tt9900001', Type: 'movie', Poster: 'N/A' }],
    totalResults: '1',
    Response: 'True',
  },
  'www.omdbapi.com/?i': { Title: 'Lantern Bay', Year: '2011', Runtime: '112 min', imdbID: 'tt9900001', Type: 'movie', Response: 'True' },
  'api.themoviedb.org/3/search/movie': { page: 1, results: [{ id: 990013, title: 'Lantern Bay', genre_ids: [18] }], total_results: 1 },
  'api.themoviedb.org/3/search/tv': { page: 1, results: [{ id: 990014, name: 'The Slow Signal' }], total_results: 1 },
  'api.themoviedb.org/3/movie/': {
    id: 990013,
    title: 'Lantern Bay',
    vote_average: 7.4,
    credits: { cast: [{ name: 'Ken Ono' }], crew: [] },
  },
  'api.themoviedb.org/3/tv/': { id: 990014, name: 'The Slow Signal', keywords: { results: [{ id: 3, name: 'radio' }] } },
  'api.themoviedb.org/3/find/': { movie_results: [{ id: 990013, title: 'Lantern Bay' }], tv_results: [] },
  'api.rawg.io/api/games': { count: 1, next: null, previous: null, results: [{ id: 990041, slug: 'mole-orchestra', name: 'もぐら楽団' }] },
  'api.rawg.io/api/games/': { id: 990041, slug: 'mole-orchestra', name: 'Mole Orchestra', rating: 4.1 },
  'api.spotify.com/v1/search': { albums: { items: [{ id: '9PaperWeather', name: 'Paper Weather', album_type: 'album' }], total: 1 } },
  'api.spotify.com/v1/albums/': { id: '9PaperWeather', name: 'Paper Weather', artists: [{ name: 'Tin Orchard' }] },
  'www.googleapis.com/books/v1/volumes': {
    kind: 'books#volumes',
    totalItems: 1,
    items: [{ id: 'saltLedger01', volumeInfo: { title: 'The Salt Ledger' } }],
  },
  'www.googleapis.com/books/v1/volumes/': { kind: 'books#volume', id: 'saltLedger01', volumeInfo: { title: 'The Salt Ledger' } },
};

/** The smallest beginning of each kind of picture. */
export const pictures = {
  'image/jpeg': Buffer.from('ffd8ffe000104a46494600010100', 'hex'),
  'image/png': Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
  'image/gif': Buffer.from('GIF89a\x01\x00\x01\x00', 'latin1'),
  'image/webp': Buffer.from('RIFF\x24\x00\x00\x00WEBPVP8 ', 'latin1'),
  'image/avif': Buffer.from('\x00\x00\x00\x1cftypavif\x00\x00', 'latin1'),
};

export const imageHosts = [
  'm.media-amazon.com',
  'images-na.ssl-images-amazon.com',
  'ia.media-imdb.com',
  'image.tmdb.org',
  'media.rawg.io',
  'i.scdn.co',
  'books.google.com',
];

let tokens = 0;

/** @param {import('./harness.mjs').Seen} request @returns {object | undefined} nothing where the key is not the right one */
function answerOf({ host, path, query, headers }) {
  /** @type {Record<string, [string, string]>} */
  const keys = {
    'www.omdbapi.com': ['apikey', secrets.OMDB_KEY],
    'api.themoviedb.org': ['api_key', secrets.TMDB_KEY],
    'api.rawg.io': ['key', secrets.RAWG_KEY],
    'www.googleapis.com': ['key', secrets.GOOGLE_BOOKS_KEY],
  };
  if (
    host === 'api.spotify.com' ? !headers.authorization?.startsWith(`Bearer ${tokenHead}`) : query.get(keys[host]?.[0]) !== keys[host]?.[1]
  )
    return undefined;
  const kind =
    host === 'www.omdbapi.com'
      ? `/?${[...query.keys()][0]}`
      : path.replace(/^(\/3\/(?:movie|tv|find)\/|\/api\/games\/|\/v1\/albums\/|\/books\/v1\/volumes\/).*$/, '$1');
  return answers[host + kind];
}

/**
 * All of them.
 * @param {import('./harness.mjs').Seen} request @param {import('node:http').ServerResponse} response
 */
export function wellBehaved(request, response) {
  /** @param {number} status @param {object} body */
  const json = (status, body) => {
    response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'public, max-age=600' });
    response.end(JSON.stringify(body));
  };
  if (imageHosts.includes(request.host)) {
    response.writeHead(200, { 'Content-Type': 'image/jpeg' });
    response.end(pictures['image/jpeg']);
    return;
  }
  if (request.host === 'accounts.spotify.com') {
    const basic = `Basic ${Buffer.from(`${secrets.SPOTIFY_CLIENT_ID}:${secrets.SPOTIFY_CLIENT_SECRET}`).toString('base64')}`;
    if (
      request.method !== 'POST' ||
      request.path !== '/api/token' ||
      request.headers.authorization !== basic ||
      request.body !== 'grant_type=client_credentials'
    )
      return json(400, { error: 'invalid_client', error_description: 'Invalid client' });
    return json(200, { access_token: `${tokenHead}${++tokens}`, token_type: 'Bearer', expires_in: 3600 });
  }
  const answer = answerOf(request);
  json(answer ? 200 : 401, answer ?? { error: 'the key is not right' });
}

/** One request of each kind that the page makes of a service, at the proxy. */
export const goodPaths = [
  '/omdb/?s=lantern%20bay&type=movie',
  '/omdb/?s=lantern%20bay&type=series',
  '/omdb/?i=tt9900001&plot=full',
  '/tmdb/3/search/movie?query=%E5%8D%83%E3%81%A8%E5%8D%83%E5%B0%8B&include_adult=false',
  '/tmdb/3/search/tv?query=slow&include_adult=false',
  '/tmdb/3/movie/990013?append_to_response=credits%2Ckeywords%2Cexternal_ids%2Cimages&include_image_language=en%2Cnull',
  '/tmdb/3/tv/990014?append_to_response=credits%2Ckeywords%2Cexternal_ids%2Cimages&include_image_language=en%2Cnull',
  '/tmdb/3/find/tt9900001?external_source=imdb_id',
  '/rawg/api/games?search=mole&page_size=15',
  '/rawg/api/games/mole-orchestra',
  '/spotify/v1/search?q=paper%20weather&type=album&limit=10',
  '/spotify/v1/albums/9PaperWeather',
  '/googlebooks/books/v1/volumes?q=salt%20%26%20ledger&printType=books&maxResults=15',
  '/googlebooks/books/v1/volumes/saltLedger01',
];

export const goodPictures = [
  '/images/m.media-amazon.com/images/M/MV5BMjA@._V1_SX300.jpg',
  '/images/images-na.ssl-images-amazon.com/images/M/MV5BMjA5._V1_UX182_CR0,0,182,268_AL_.jpg',
  '/images/ia.media-imdb.com/images/M/MV5BMjA5._V1_SX300.jpg',
  '/images/image.tmdb.org/t/p/w342/lantern.jpg',
  '/images/media.rawg.io/media/games/a1b/mole.jpg',
  '/images/media.rawg.io/media/screenshots/0c9/mole.jpg',
  '/images/i.scdn.co/image/ab67616d0000b273aaaa',
  '/images/books.google.com/books/content?id=saltLedger01&printsec=frontcover&img=1&zoom=1&edge=curl&source=gbs_api',
  '/images/books.google.com/books/content?id=saltLedger01&printsec=frontcover&img=1&zoom=5&imgtk=AFLRE7-x_y&source=gbs_api',
];
