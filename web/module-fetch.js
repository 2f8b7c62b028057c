// Fetches a WebAssembly module, compiles it while it comes, and tells how much of it has come. For the page and for the engine's worker.

/**
 * Fetches a module and compiles it while it comes. The browser reads the answer by itself, past this thread.
 * @param {string} url
 * @returns {Promise<{progress: Response, module: Promise<WebAssembly.Module>}>}  `progress`: the same bytes, to be counted
 */
export async function fetchModule(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  const progress = response.clone();
  // A server that does not know the type would keep it from being compiled.
  const typed = response.headers.get('Content-Type')?.startsWith('application/wasm');
  const answer = typed ? response : new Response(response.body, { headers: { 'Content-Type': 'application/wasm' } });
  const module = WebAssembly.compileStreaming(answer);
  const forget = () => {
    if (!progress.body?.locked) progress.body?.cancel().catch(() => {});
  };
  module.then(forget, forget);
  return { progress, module };
}

/**
 * Counts what has come of a file.
 * @param {Response} response
 * @param {number} size  of the whole in bytes, 0 if unknown: what a server says is that of the packed file
 * @param {(came: number, all: number) => void} tell  bytes; `all` is 0 where it is not known
 */
export async function count(response, size, tell) {
  const all = size || (response.headers.has('Content-Encoding') ? 0 : Number(response.headers.get('Content-Length')));
  let came = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const part = await reader?.read();
    if (!part || part.done) return;
    came += part.value.byteLength;
    tell(came, all);
  }
}
