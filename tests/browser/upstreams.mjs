// Services of the world as the tests make them up: each speaks the form that its documentation gives, about works that there are none of.

import { createServer } from 'node:http';

/** @typedef {{service: string, url: URL, at: number, ended: number, response: import('node:http').ServerResponse, search: boolean}} Asked */

/** Which host of the page's services.json each stands for. */
const hosts = {
  'www.wikidata.org': 'wikidata',
  'query.wikidata.org': 'sparql',
  'itunes.apple.com': 'itunes',
  'api.tvmaze.com': 'tvmaze',
  'musicbrainz.org': 'musicbrainz',
  'openlibrary.org': 'openlibrary',
  'static.tvmaze.com': 'pictures',
  'coverartarchive.org': 'covers',
  'www.omdbapi.com': 'omdb',
};

/** @param {string} id */
const entity = (id) => ({ mainsnak: { snaktype: 'value', datavalue: { value: { id } } }, rank: 'normal' });
/** @param {string} value */
const text = (value) => ({ mainsnak: { snaktype: 'value', datavalue: { value } }, rank: 'normal' });
/** @param {string} value */
const english = (value) => ({ en: { language: 'en', value } });

/** @type {Record<string, string>} */
const names = { Q9001: 'Mika Arai', Q9002: 'Ken Ono', Q9003: 'Rie Sato', Q9004: 'drama film', Q9005: 'Harbour Light', Q9006: 'Lantern Saga', Q9007: 'Golden Gull' };

const film = {
  type: 'item', id: 'Q9000', labels: english('Lantern Bay'), descriptions: english('2011 film by Mika Arai'),
  claims: {
    P31: [entity('Q11424')], P57: [entity('Q9001')], P161: [entity('Q9002'), entity('Q9003')], P136: [entity('Q9004')], P272: [entity('Q9005')],
    P577: [{ mainsnak: { datavalue: { value: { time: '+2011-09-03T00:00:00Z', precision: 11 } } }, rank: 'normal' }], P345: [text('tt9900001')],
    P179: [{ ...entity('Q9006'), qualifiers: { P1545: [{ datavalue: { value: '2' } }] } }], P166: [entity('Q9007')],
  },
};

/** @param {string} p @param {string} value @param {string} [label] */
const row = (p, value, label) => ({
  w: { value: 'http://www.wikidata.org/entity/Q9000' }, wLabel: { value: 'Lantern Bay' }, p: { value: `http://www.wikidata.org/prop/direct/${p}` },
  v: { value }, ...(label ? { vLabel: { value: label } } : {}),
});

const show = {
  id: 990011, name: 'The Slow Signal', language: 'Norwegian', genres: ['Drama', 'Mystery'], premiered: '2013-09-08', averageRuntime: 50,
  rating: { average: 8.1 }, network: { name: 'Fjordstream', country: { code: 'NO' } }, externals: { imdb: 'tt9900011' },
  image: {
    medium: 'https://static.tvmaze.com/uploads/images/medium_portrait/9/9.jpg',
    original: 'https://static.tvmaze.com/uploads/images/original_untouched/9/9.jpg',
  },
  summary: '<p>A signal is late.</p>',
};

/** Enough albums for a list that is longer than the screen. */
const albums = Array.from({ length: 15 }, (_, i) => ({
  id: `00000000-0000-4000-8000-0000000000${10 + i}`, title: `Slow Tide ${i + 1}`, 'primary-type': 'Album', 'first-release-date': `20${10 + i}-01-01`,
  'artist-credit': [{ name: 'Reed Ferry', artist: { name: 'Reed Ferry' } }],
}));

const keyed = {
  imdbID: 'tt9900021', Title: 'Quiet Meridian', Year: '2016', Type: 'movie', Poster: 'https://m.media-amazon.com/images/M/MV5Bquiet._V1_SX300.jpg',
};

/** What a service answers. @type {Record<string, (url: URL) => unknown>} */
const answers = {
  wikidata: ({ searchParams: asked }) => {
    if (asked.get('action') === 'query') {
      const found = /lantern|P345=tt9900001/i.test(asked.get('srsearch') ?? '') ? [{ title: 'Q9000' }] : [];
      return { query: { search: found } };
    }
    if (asked.get('props') === 'labels') {
      const ids = (asked.get('ids') ?? '').split('|');
      return { entities: Object.fromEntries(ids.map((id) => [id, { id, labels: names[id] ? english(names[id]) : {} }])) };
    }
    return { entities: { Q9000: film } };
  },
  sparql: () => ({
    results: { bindings: [row('P577', '2011-09-03T00:00:00Z'), row('P57', 'http://www.wikidata.org/entity/Q9001', 'Mika Arai'), row('P345', 'tt9900001', 'tt9900001')] },
  }),
  itunes: ({ searchParams: asked }) => {
    const wanted = /lantern/i.test(asked.get('term') ?? '') || asked.get('id') === '990077';
    const results = wanted
      ? [{ wrapperType: 'track', kind: 'feature-movie', trackId: 990077, artistName: 'Mika Arai', trackName: 'Lantern Bay', releaseDate: '2011-09-03T07:00:00Z', primaryGenreName: 'Drama', trackTimeMillis: 6060000 }]
      : [];
    return { resultCount: results.length, results };
  },
  tvmaze: ({ pathname, searchParams: asked }) =>
    pathname.startsWith('/search') ? (/signal/i.test(asked.get('q') ?? '') ? [{ score: 0.9, show }] : []) : show,
  musicbrainz: ({ pathname, searchParams: asked }) => {
    if (/tide/i.test(asked.get('query') ?? '')) return { 'release-groups': albums };
    return albums.find((one) => pathname.endsWith(one.id)) ?? { 'release-groups': [] };
  },
  openlibrary: () => ({ docs: [] }),
  proxy: (url) => (url.pathname === '/omdb/' ? answers.omdb(url) : {}),
  omdb: ({ searchParams: asked }) => {
    if (asked.get('i')) return { ...keyed, Genre: 'Drama', Director: 'Ines Calder', Actors: 'Pia Lund', Runtime: '97 min', imdbRating: '7.2', imdbVotes: '1,204', Awards: '3 wins & 5 nominations total', Response: 'True' };
    return /meridian/i.test(asked.get('s') ?? '') ? { Search: [keyed], totalResults: '1', Response: 'True' } : { Response: 'False', Error: 'Movie not found!' };
  },
};

/**
 * A picture of one colour, as a BMP with a palette of one bit: many of them take little room where they are kept.
 * @param {number} width @param {number} height @param {readonly number[]} color  red, green, blue
 */
export function bitmap(width, height, color) {
  const line = Math.ceil(width / 32) * 4;
  const palette = Buffer.from([...color].reverse().concat(0));
  const before = 54 + 2 * palette.length;
  const file = Buffer.alloc(before + line * height);
  file.write('BM', 0, 'latin1');
  for (const [at, value] of [[2, file.length], [10, before], [14, 40], [18, width], [22, height], [34, line * height], [46, 2]]) file.writeUInt32LE(value, at);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(1, 28);
  palette.copy(file, 54);
  palette.copy(file, 58);
  return file;
}

/** Of all pictures. */
export const pictureColor = /** @type {const} */ ([224, 16, 128]);

/** Milliseconds in which it is heard of on another line that the browser does not wait for an answer any more. */
const heard = 300;

/** The one key that OMDb takes. */
export const ownKey = 'a1b2c3d4e5';

export class Upstreams {
  /** @type {Asked[]} All requests there were, in their order. */
  asked = [];
  /** How many searches were under way with one service at once, at the most. @type {Record<string, number>} */
  most = {};
  /** Milliseconds before a service answers. @type {Record<string, number>} */
  delay = {};
  /** What the hosts of pictures answer. @type {{status: number, body: Buffer | ((url: URL) => Buffer), allowed: boolean}} */
  picture = { status: 200, body: bitmap(210, 295, pictureColor), allowed: true };
  /** How the proxy fails for a service of its, by word. @type {Record<string, {status: number, error: string, wait?: number}>} */
  failing = {};
  /** The proxy's address, for the page's services.json. */
  proxy = '';
  /** Services that begin an answer and break off. */
  broken = new Set();
  /** The hosts for the page's services.json. @type {Record<string, string>} */
  hosts = {};

  #server = createServer((request, response) => this.#answer(request, response));

  async start() {
    await new Promise((done) => this.#server.listen(0, '127.0.0.1', () => done(undefined)));
    const address = /** @type {import('node:net').AddressInfo} */ (this.#server.address());
    for (const [host, service] of Object.entries(hosts)) this.hosts[host] = `http://127.0.0.1:${address.port}/${service}`;
    this.proxy = `http://127.0.0.1:${address.port}/proxy`;
    return this;
  }

  async stop() {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  /** @param {string} service */
  of(service) {
    return this.asked.filter((one) => one.service === service);
  }

  /** How many searches were under way with its service when this one came. @param {Asked} asked */
  #count({ service, at }) {
    const underWay = this.of(service).filter((one) => one.search && one.at <= at && (one.ended === 0 || one.ended > at + heard));
    this.most[service] = Math.max(this.most[service] ?? 0, underWay.length);
  }

  /** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
  #answer(request, response) {
    const [, service, rest] = /^\/([a-z]+)(.*)$/.exec(request.url ?? '') ?? ['', '', ''];
    const url = new URL(rest || '/', 'http://upstream');
    const search = /srsearch=|term=|\/search|query=/.test(rest);
    /** @type {Asked} */
    const asked = { service, url, at: Date.now(), ended: 0, response, search };
    this.asked.push(asked);
    if (search) setTimeout(() => this.#count(asked), heard);
    response.on('close', () => (asked.ended = Date.now()));
    setTimeout(() => {
      if (response.destroyed) return;
      const failure = service === 'proxy' ? this.failing[url.pathname.split('/')[1]] : undefined;
      if (failure) {
        this.#fail(response, failure);
        return;
      }
      if (service === 'omdb' && url.searchParams.get('apikey') !== ownKey) {
        this.#fail(response, { status: 401, error: 'Invalid API key!' });
        return;
      }
      if (service === 'pictures' || service === 'covers' || url.pathname.startsWith('/images/')) {
        this.#show(response, url);
        return;
      }
      const body = JSON.stringify(answers[service]?.(url) ?? {});
      response.writeHead(200, { 'Content-Type': 'application/json', 'Access-Control-Allow-Origin': '*', 'Content-Length': Buffer.byteLength(body) });
      if (this.broken.has(service)) {
        response.write(body.slice(0, Math.ceil(body.length / 2)));
        setTimeout(() => response.destroy(), 50);
      } else {
        response.end(body);
      }
    }, this.delay[service] ?? 0);
  }

  /** As web/proxy/README.md has it. @param {import('node:http').ServerResponse} response @param {{status: number, error: string, wait?: number}} failure */
  #fail(response, { status, error, wait }) {
    response.writeHead(status, {
      'Content-Type': 'application/json', 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': 'Retry-After',
      ...(wait && { 'Retry-After': String(wait) }),
    });
    response.end(JSON.stringify({ error, message: 'It failed.' }));
  }

  /** @param {import('node:http').ServerResponse} response @param {URL} url */
  #show(response, url) {
    const { status, body: told, allowed } = this.picture;
    const body = typeof told === 'function' ? told(url) : told;
    response.writeHead(status, { 'Content-Type': 'image/bmp', 'Content-Length': body.length, ...(allowed && { 'Access-Control-Allow-Origin': '*' }) });
    response.end(body);
  }
}
