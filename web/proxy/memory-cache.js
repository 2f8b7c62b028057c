// The Cache API's other side for a plain workerd, which has none of its own: what `cacheApiOutbound` leads to (workerd.capnp).
// Cloudflare's edge has its own cache, and this is not deployed there.
//
// The runtime asks with GET, and takes an answer with "CF-Cache-Status: HIT" for one that was kept; it keeps one by PUT, whose body is
// the whole HTTP response as text. Answers are held in memory and given out for as long as they say; the oldest make room for new ones.

const mostBytes = 64 << 20;
const notHere = { status: 504, headers: { 'CF-Cache-Status': 'MISS' } };

/** In the order in which they came. @type {Map<string, {headers: [string, string][], body: Uint8Array, until: number}>} */
const kept = new Map();
let size = 0;

export default {
  /** @param {Request} request */
  async fetch(request) {
    const name = `${request.headers.get('CF-Cache-Namespace') ?? ''} ${request.url}`;
    if (request.method === 'PUT') {
      keep(name, new Uint8Array(await request.arrayBuffer()));
      return new Response(null, { status: 204 });
    }
    const found = kept.get(name);
    if (request.method !== 'GET' || !found) return new Response(null, notHere);
    if (found.until <= Date.now()) {
      drop(name);
      return new Response(null, notHere);
    }
    return new Response(found.body, { headers: [...found.headers, ['CF-Cache-Status', 'HIT']] });
  },
};

/** @param {string} name @param {Uint8Array} response */
function keep(name, response) {
  const text = new TextDecoder('latin1').decode(response);
  const end = text.indexOf('\r\n\r\n');
  const [first, ...lines] = text.slice(0, end).split('\r\n');
  /** @type {[string, string][]} */
  const headers = lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]);
  const seconds = Number(
    /max-age=([0-9]+)/.exec(headers.find(([header]) => header.toLowerCase() === 'cache-control')?.[1] ?? '')?.[1] ?? 0,
  );
  const body = response.slice(end + 4);
  if (end < 0 || !/^HTTP\/1\.1 200\b/.test(first) || seconds === 0 || body.length > mostBytes) return;
  drop(name);
  kept.set(name, { headers, body, until: Date.now() + 1000 * seconds });
  size += body.length;
  for (const oldest of kept.keys()) {
    if (size <= mostBytes) break;
    drop(oldest);
  }
}

/** @param {string} name */
function drop(name) {
  size -= kept.get(name)?.body.length ?? 0;
  kept.delete(name);
}
