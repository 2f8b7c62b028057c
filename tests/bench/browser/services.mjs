// Services of the world that know every one of some made-up works, and answer at once. Each speaks the form that its documentation gives. They run in a process
// of their own, so that what they take is no time of whoever measures.

import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { bitmap, pictureColor } from '../../browser/upstreams.mjs';

/** @typedef {ReturnType<typeof import('./made_up.mjs').works>[number]} Work */

/** Which host of the page's services.json each stands for. */
const hosts = {
  'www.wikidata.org': 'wikidata', 'query.wikidata.org': 'sparql', 'api.tvmaze.com': 'tvmaze', 'musicbrainz.org': 'musicbrainz', 'openlibrary.org': 'openlibrary',
  'coverartarchive.org': 'covers', 'static.tvmaze.com': 'pictures', 'covers.openlibrary.org': 'pictures',
};

/** The numbers of Wikidata's items: works from here on, and what these point to. */
const base = { work: 1_000_000, person: 20_000_000, genre: 30_000_000, company: 40_000_000, theme: 50_000_000, award: 60_000_000 };
/** How many there are of each. */
const many = { person: 4000, genre: 24, company: 600, theme: 1500, award: 80 };
/** @typedef {keyof typeof many} Kind */

/** The same number for the same work and purpose, spread over [0, below). @param {number} at @param {number} purpose @param {number} below */
const spread = (at, purpose, below) => ((Math.imul(at + 1, 0x9e3779b1) ^ Math.imul(purpose + 1, 0x85ebca6b)) >>> 0) % below;

const syllables = ['ba', 'ce', 'di', 'fo', 'gu', 'ha', 'je', 'ki', 'lo', 'mu', 'na', 'pe', 'ri', 'so', 'tu', 'va'];
/** A word that no other number has. @param {number} number */
export const wordOf = (number) => [12, 8, 4, 0].map((shift) => syllables[(number >> shift) & 15]).join('');

/** @param {Kind} kind @param {number} number */
const named = (kind, number) => {
  const word = wordOf(number % 65536);
  const name = word[0].toUpperCase() + word.slice(1);
  return { person: `${name} ${name.slice(0, 4)}ovic`, genre: `${word} film`, company: `${name} Pictures`, theme: `${word} and after`, award: `${name} Award` }[kind];
};

/** @param {number} at @param {Kind} kind @param {number} count @returns {number[]} which of them a work has */
const some = (at, kind, count) => Array.from(new Set(Array.from({ length: count }, (_, i) => spread(at, i + kind.length * 100, many[kind]))));
/** @param {number} at @param {Kind} kind @param {number} count */
const names = (at, kind, count) => some(at, kind, count).map((number) => named(kind, number));

/** @param {string} id */
const entity = (id) => ({ mainsnak: { snaktype: 'value', datavalue: { value: { id } } }, rank: 'normal' });
/** @param {string} value */
const text = (value) => ({ mainsnak: { snaktype: 'value', datavalue: { value } }, rank: 'normal' });
/** @param {string} value */
const english = (value) => ({ en: { language: 'en', value } });
/** @param {Work} work @param {number} at */
const synopsis = (work, at) => `${work.title} is about ${names(at, 'theme', 12).join(', ')}, and what ${named('person', spread(at, 7, many.person))} makes of it.`;

/** What a work says at Wikidata. @param {Work} work @param {number} at */
function claims(work, at) {
  const items = (/** @type {Kind} */ kind, /** @type {number} */ count) => some(at, kind, count).map((number) => entity(`Q${base[kind] + number}`));
  const time = { mainsnak: { datavalue: { value: { time: `+${work.year}-05-01T00:00:00Z`, precision: 11 } } }, rank: 'normal' };
  const maker = { film: 'P57', show: 'P170', game: 'P178' }[work.type] ?? 'P50';
  return {
    P31: [entity({ film: 'Q11424', show: 'Q5398426', game: 'Q7889' }[work.type] ?? 'Q1')], [maker]: items('person', 1), P161: work.type === 'game' ? [] : items('person', 15),
    P58: items('person', 2), P136: items('genre', 3), P272: items('company', 2), P123: items('company', 1), P921: items('theme', 8), P166: items('award', 2),
    P495: [entity('Q30')], P364: [entity('Q1860')], P577: [time], ...(work.ids?.imdb && { P345: [text(work.ids.imdb)] }),
    ...(work.type === 'show' && { P8600: [text(String(at + 1))] }),
  };
}

/** @param {Work} work @param {number} at */
const album = (work, at) => ({
  id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`, title: work.title, 'primary-type': 'Album', 'first-release-date': `${work.year}-01-01`,
  'artist-credit': [{ name: work.creators[0].name, artist: { name: work.creators[0].name, country: 'US' } }],
});
/** @param {Work} work @param {number} at */
const bookOf = (work, at) => ({
  key: `/works/OL${at + 1}W`, title: work.title, author_name: [work.creators[0].name], first_publish_year: work.year, number_of_pages_median: 180 + (at % 400), cover_i: at + 1,
  ratings_average: 3 + spread(at, 1, 200) / 100, ratings_count: 10 + spread(at, 2, 9000), isbn: [],
});

/** @param {Work[]} works @returns {Record<string, (url: URL) => unknown>} what each service answers */
function answersOf(works) {
  /** @type {Map<string, number>} */
  const known = new Map();
  works.forEach((work, at) => {
    known.set(wordOf(at), at);
    if (work.ids?.imdb) known.set(work.ids.imdb, at);
  });
  /** The work that a search is about: each has a word of its own in its title. @param {string | null} query */
  const meant = (query) => {
    for (const word of (query ?? '').split(/[^\p{L}\d]+/u)) {
      const at = known.get(word.toLowerCase());
      if (at !== undefined) return at;
    }
    return undefined;
  };
  const found = (/** @type {string | null} */ query) => {
    const at = meant(query);
    return at === undefined ? [] : [at];
  };
  const numberIn = (/** @type {string} */ path) => Number(/(\d+)\D*$/.exec(path)?.[1] ?? 0);
  return {
    wikidata: ({ searchParams: asked }) => {
      if (asked.get('action') === 'query') return { query: { search: found(asked.get('srsearch')).map((at) => ({ title: `Q${base.work + at}` })) } };
      const ids = (asked.get('ids') ?? '').split('|');
      if (asked.get('props') === 'labels') {
        const label = (/** @type {string} */ id) => {
          const number = Number(id.slice(1));
          const kind = /** @type {Kind} */ (Object.entries(base).filter(([, from]) => from <= number).at(-1)?.[0] ?? 'person');
          return named(kind, number - base[kind]);
        };
        return { entities: Object.fromEntries(ids.map((id) => [id, { id, labels: english(label(id)) }])) };
      }
      const at = Number(ids[0].slice(1)) - base.work;
      return { entities: { [ids[0]]: { type: 'item', id: ids[0], labels: english(works[at].title), descriptions: english(synopsis(works[at], at)), claims: claims(works[at], at) } } };
    },
    sparql: ({ searchParams: asked }) => {
      const at = Number(/wd:Q(\d+)/.exec(asked.get('query') ?? '')?.[1] ?? base.work) - base.work;
      const work = works[at];
      const row = (/** @type {string} */ p, /** @type {string} */ v, /** @type {string} */ label = '') => ({
        w: { value: `http://www.wikidata.org/entity/Q${base.work + at}` }, wLabel: { value: work.title }, p: { value: `http://www.wikidata.org/prop/direct/${p}` },
        v: { value: v }, vLabel: { value: label },
      });
      return { results: { bindings: [row('P577', `${work.year}-05-01T00:00:00Z`), ...(work.ids?.imdb ? [row('P345', work.ids.imdb)] : [])] } };
    },
    tvmaze: ({ pathname }) => {
      const at = numberIn(pathname) - 1;
      const person = (/** @type {string} */ name) => ({ person: { name } });
      return {
        id: at + 1, name: works[at].title, language: 'English', genres: works[at].genres, premiered: `${works[at].year}-05-01`, averageRuntime: 40 + (at % 30),
        rating: { average: 4 + spread(at, 3, 50) / 10 }, network: { name: named('company', spread(at, 4, 60)), country: { code: 'US' } }, externals: { imdb: works[at].ids?.imdb },
        image: { medium: `https://static.tvmaze.com/uploads/images/medium_portrait/${at}/9.jpg` }, summary: `<p>${synopsis(works[at], at)}</p>`,
        _embedded: { cast: names(at, 'person', 12).map(person), crew: names(at, 'person', 3).map((name) => ({ type: 'Creator', person: { name } })) },
      };
    },
    musicbrainz: ({ pathname, searchParams: asked }) => {
      if (asked.has('query')) return { 'release-groups': found(asked.get('query')).map((at) => album(works[at], at)) };
      const at = numberIn(pathname);
      if (pathname.includes('/release/'))
        return { media: [{ tracks: Array.from({ length: 11 }, (_, i) => ({ length: 200_000 + i * 1000 })) }], 'label-info': names(at, 'company', 1).map((name) => ({ label: { name } })) };
      const counted = (/** @type {string[]} */ list) => list.map((name) => ({ name, count: 3 }));
      return {
        ...album(works[at], at), genres: counted(names(at, 'genre', 3)), tags: counted(names(at, 'theme', 8)), rating: { value: 3 + spread(at, 5, 20) / 10, 'votes-count': 12 },
        releases: [{ id: `00000000-0000-4000-9000-${String(at).padStart(12, '0')}`, date: `${works[at].year}-01-01`, status: 'Official' }],
      };
    },
    covers: ({ pathname }) => ({ images: [{ front: true, thumbnails: { 500: `https://coverartarchive.org/release/${pathname.split('/').at(-1)}/1-500.jpg` } }] }),
    openlibrary: ({ pathname, searchParams: asked }) => {
      if (pathname === '/search.json') {
        const key = /^key:\/works\/OL(\d+)W$/.exec(asked.get('q') ?? '');
        return { docs: (key ? [Number(key[1]) - 1] : found(asked.get('q'))).map((at) => bookOf(works[at], at)) };
      }
      const at = Number(/OL(\d+)W/.exec(pathname)?.[1] ?? 1) - 1;
      if (pathname.endsWith('/editions.json'))
        return { entries: [{ publishers: names(at, 'company', 1), publish_date: String(works[at].year), number_of_pages: 180 + (at % 400) }] };
      return { key: `/works/OL${at + 1}W`, title: works[at].title, subjects: ['Fiction', 'Mystery', ...names(at, 'theme', 14)], description: synopsis(works[at], at), covers: [at + 1] };
    },
  };
}

/** @param {Work[]} works @returns {Promise<number>} the port of all of them */
async function answer(works) {
  const answers = answersOf(works);
  const picture = bitmap(210, 295, pictureColor);
  const server = createServer((request, response) => {
    const [, service, rest] = /^\/([a-z]+)(.*)$/.exec(request.url ?? '') ?? ['', '', ''];
    const url = new URL(rest || '/', 'http://service');
    if (service === 'pictures' || (service === 'covers' && !url.pathname.startsWith('/release-group/'))) {
      response.writeHead(200, { 'Content-Type': 'image/bmp', 'Content-Length': picture.length, 'Access-Control-Allow-Origin': '*' });
      response.end(picture);
      return;
    }
    const body = JSON.stringify(answers[service](url));
    response.writeHead(200, { 'Content-Type': 'application/json', 'Access-Control-Allow-Origin': '*', 'Content-Length': Buffer.byteLength(body) });
    response.end(body);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(undefined)));
  return /** @type {import('node:net').AddressInfo} */ (server.address()).port;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.once('message', async (works) => process.send?.(await answer(/** @type {Work[]} */ (works))));

/** @param {Work[]} works @returns {Promise<{hosts: Record<string, string>, stop: () => void}>} `hosts` for the page's services.json */
export async function servicesThatKnow(works) {
  const child = fork(fileURLToPath(import.meta.url));
  child.send(works);
  const port = await new Promise((told) => child.once('message', told));
  return { hosts: Object.fromEntries(Object.entries(hosts).map(([host, service]) => [host, `http://127.0.0.1:${port}/${service}`])), stop: () => child.kill() };
}
