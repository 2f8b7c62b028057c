// Made-up works and what somebody rated of them, as the files that a person would bring: an IMDb export and a backup of the page.

const types = ['film', 'show', 'game', 'album', 'book'];
/** @type {Record<string, string>} */
const makerOf = { film: 'director', show: 'creator', game: 'developer', album: 'artist', book: 'author' };
const genres = ['Drama', 'Comedy', 'Action', 'Sci-Fi', 'Horror', 'Romance', 'Mystery', 'Family', 'Western', 'Music', 'War', 'Fantasy'];

/** @param {number} seed @returns {() => number} evenly spread over [0, 1): mulberry32 */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Words made of syllables, some used far more often than others, as in real titles. @param {() => number} random */
function wordsFrom(random) {
  const onsets = ['b', 'br', 'c', 'ch', 'd', 'dr', 'f', 'g', 'gr', 'h', 'j', 'k', 'l', 'm', 'n', 'p', 'r', 's', 'st', 't', 'v', 'w'];
  const rhymes = ['a', 'ack', 'ain', 'and', 'ar', 'e', 'ell', 'en', 'er', 'i', 'ight', 'in', 'o', 'on', 'or', 'ow', 'u', 'un', 'y'];
  const one = (/** @type {string[]} */ list) => list[Math.floor(random() * list.length)];
  const words = Array.from({ length: 8000 }, () => {
    let word = '';
    for (let syllables = 1 + Math.floor(random() * 3); syllables > 0; --syllables) word += one(onsets) + one(rhymes);
    return word[0].toUpperCase() + word.slice(1);
  });
  return () => words[Math.floor(random() ** 3 * words.length)];
}

/**
 * @param {number} count
 * @param {{only?: string, seed?: number}} [options]  `only` one type, or all five in turn
 * @returns works with the facts that the page's backups carry
 */
export function works(count, { only, seed = 1 } = {}) {
  const random = randomFrom(seed);
  const word = wordsFrom(random);
  return Array.from({ length: count }, (_, i) => {
    const type = only ?? types[i % types.length];
    let title = (random() < 0.3 ? 'The ' : '') + word();
    for (let more = Math.floor(random() * 3); more > 0; --more) title += (random() < 0.2 ? ' of the ' : ' ') + word();
    const imdb = `tt${90000000 + i}`;
    const known = type === 'film' || type === 'show';
    return {
      id: `${type}/${known ? imdb : `made-up-${i}`}`,
      type,
      title,
      year: 1950 + Math.floor(random() * 75),
      genres: Array.from(new Set([genres[Math.floor(random() * 12)], genres[Math.floor(random() ** 2 * 12)]])),
      creators: [{ role: makerOf[type], name: `${word()} ${word()}` }],
      length: 80 + Math.floor(random() * 80),
      ...(known ? { ids: { imdb } } : {}),
      community: [{ source: 'IMDb', rating: Math.round((3 + random() * 6.5) * 10) / 10, scale: 10, votes: Math.floor(10 ** (2 + random() * 4)) }],
      provenance: 'IMDb export',
    };
  });
}

/** What this person gives a work: the public's rating and a liking for some genres, 1 to 10. @param {ReturnType<typeof works>[number]} work @param {() => number} random */
function ratingOf(work, random) {
  const liking = work.genres.reduce((sum, genre) => sum + ((genre.length * 7) % 5) - 2, 0) / 2;
  return Math.max(1, Math.min(10, Math.round(work.community[0].rating + liking + random() * 2 - 1)));
}

/** CRC-32C (Castagnoli), as the foot of a backup holds it. @param {Uint8Array} bytes */
function crc32c(bytes) {
  const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let sum = byte;
    for (let bit = 0; bit < 8; ++bit) sum = sum & 1 ? (sum >>> 1) ^ 0x82f63b78 : sum >>> 1;
    return sum;
  });
  let sum = 0xffffffff;
  for (const byte of bytes) sum = table[(sum ^ byte) & 255] ^ (sum >>> 8);
  return (~sum >>> 0).toString(16).padStart(8, '0');
}

/**
 * A backup: the works as imports of 5,000, the first `rated` of them with ratings.
 * @param {ReturnType<typeof works>} all @param {number} rated
 * @param {(work: ReturnType<typeof works>[number]) => object} [told]  what the backup tells of a work; all of it unless said otherwise
 * @returns {Buffer}
 */
export function backup(all, rated, told = (work) => work) {
  const random = randomFrom(2);
  const events = [];
  const step = 5000;
  for (let from = 0; from < all.length; from += step) {
    const items = all.slice(from, from + step);
    const ratings = items.slice(0, Math.max(0, rated - from)).map((work) => ({
      item: work.id,
      rating: { value: ratingOf(work, random), scale: 'ten', source: 'IMDb', date: `20${10 + Math.floor(random() * 14)}-0${1 + Math.floor(random() * 9)}-1${Math.floor(random() * 10)}` },
    }));
    events.push({ id: ['be9c0000be9c0000', events.length + 1], t: 1700000000000 + events.length, k: 'imported', source: 'IMDb', file: 'ratings.csv', items: items.map(told), ratings });
  }
  const lines = [{ created: 1700000000000, events: events.length, media_hub_backup: 1 }, ...events].map((line) => JSON.stringify(line));
  const body = Buffer.from(`${lines.join('\n')}\n`);
  return Buffer.concat([body, Buffer.from(`{"crc32c":"${crc32c(body)}"}\n`)]);
}

/** @param {ReturnType<typeof works>} all  films and shows @returns {string} the works with a rating each, as IMDb exports them */
export function imdbExport(all) {
  const random = randomFrom(3);
  const lines = ['Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,Num Votes,Release Date,Directors'];
  for (const work of all) {
    const imdb = work.ids?.imdb;
    const [{ rating, votes }] = work.community;
    lines.push(
      `${imdb},${ratingOf(work, random)},2024-03-1${Math.floor(random() * 10)},"${work.title}","${work.title}",https://www.imdb.com/title/${imdb}/,` +
        `${work.type === 'show' ? 'TV Series' : 'Movie'},${rating},${work.length},${work.year},"${work.genres.join(', ')}",${votes},${work.year}-01-01,${work.creators[0].name}`,
    );
  }
  return `${lines.join('\n')}\n`;
}
