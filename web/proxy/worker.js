// The proxy: /{service}/{path}?… to the service, with the host's key. A Workers module; README.md says how to run it.
//
// It writes no log, and an answer is made up of nothing but what is built here: the status, the headers and the sentences are the proxy's
// own, and of a service's answer only its data, parsed and cleaned, or a picture's bytes.

import { isForPicture, targetOf } from './allowlist.js';
import { ask } from './ask.js';
import { corsHeaders, preflightHeaders, refuseStrangers } from './origins.js';
import { keepPace } from './pace.js';
import { Problem } from './problem.js';
import { readSettings } from './settings.js';

/** Should an answer be opened as a page, it can do nothing; and no other page can embed it. */
const plainHeaders = {
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** Of a request: a wall of posters is dozens of pictures at once, and they use up nobody's key. */
const costOfPicture = 0.25;

const methods = 'GET, HEAD, OPTIONS';

export default {
  /** @param {Request} request @param {Record<string, unknown>} env @param {ExecutionContext} context */
  async fetch(request, env, context) {
    const settings = readSettings(env);
    const headers = new Headers({ ...plainHeaders, ...corsHeaders(request, settings.origins) });
    try {
      if (!methods.split(', ').includes(request.method))
        throw new Problem(405, 'method', 'Only GET and HEAD are passed on.', { allow: methods });
      refuseStrangers(request, settings.origins);
      if (request.method === 'OPTIONS') {
        for (const [name, value] of Object.entries(preflightHeaders)) headers.set(name, value);
        return new Response(null, { status: 204, headers });
      }
      await keepPace(request, settings, isForPicture(request.url, settings.base) ? costOfPicture : 1);
      const { bytes, type, left } = await ask(targetOf(request.url, settings.base), settings, context);
      headers.set('Content-Type', type);
      // For the one browser: what lies between it and the proxy has no use for it.
      headers.set('Cache-Control', left > 0 ? `private, max-age=${left}` : 'no-store');
      return new Response(request.method === 'HEAD' ? null : bytes, { headers });
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem(500, 'broken', 'The proxy could not answer.');
      const { service, retryAfter, allow } = problem.more;
      headers.set('Content-Type', 'application/json; charset=utf-8');
      headers.set('Cache-Control', 'no-store');
      if (retryAfter !== undefined) headers.set('Retry-After', String(retryAfter));
      if (allow !== undefined) headers.set('Allow', allow);
      const body = `${JSON.stringify({ error: problem.code, message: problem.message, ...(service !== undefined && { service }) })}\n`;
      return new Response(request.method === 'HEAD' ? null : body, { status: problem.status, headers });
    }
  },
};
