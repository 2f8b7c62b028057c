// The Cache API's other side for a plain workerd, which has none of its own: what `cacheApiOutbound` leads to (workerd.capnp).
// Cloudflare's edge has its own cache, and this is not deployed there.
//
// The runtime asks with GET, and takes an answer with "CF-Cache-Status: HIT" for one that was kept; it keeps one by PUT, whose body is the
// whole HTTP response as text. Answers are held in memory, and the oldest make room for new ones. How long each may be shown stands in it,
// and the proxy sees to that (cache.js).

const mostBytes = 64 << 20;

/** In the order in which they came. @type {Map<string, {headers: [string, string][], body: Uint8Array}>} */
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
    const found = request.method === 'GET' ? kept.get(name) : undefined;
    if (!found) return new Response(null, { status: 504, headers: { 'CF-Cache-Status': 'MISS' } });
    return new Response(found.body, { headers: [...found.headers, ['CF-Cache-Status', 'HIT']] });
  },
};

/** @param {string} name @param {Uint8Array} response */
function keep(name, response) {
  const text = new TextDecoder('latin1').decode(response);
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return;
  const lines = text.slice(0, end).split('\r\n').slice(1);
  /** @type {[string, string][]} */
  const headers = lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]);
  const body = response.slice(end + 4);
  drop(name);
  kept.set(name, { headers, body });
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
