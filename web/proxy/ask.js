// Asks a service with its key, and makes of what it says something that may be passed on.

import { ageOf, keepAnswer, keptAnswer } from './cache.js';
import { forward } from './forward.js';
import { pictureType } from './images.js';
import { Problem } from './problem.js';
import { withoutSecrets } from './secrets.js';
import { dropToken, heldTokens, spotifyToken } from './token.js';

/** The longest answers of these services, a show's of many seasons with its pictures, are below 1 MB. */
const mostBytes = 2 << 20;
const mostPictureBytes = 5 << 20;
const json = 'application/json; charset=utf-8';

/**
 * @param {import('./allowlist.js').Target} target @param {import('./settings.js').Settings} settings @param {ExecutionContext} context
 * @returns {Promise<import('./cache.js').Kept>}
 */
export async function ask(target, settings, context) {
  const { service, word } = target;
  if (service?.needs.some((name) => settings.keys[name] === undefined))
    throw new Problem(404, 'no_key', `This proxy has no key for ${service.name}.`, { service: word });
  const kept = await keptAnswer(target.address);
  if (kept) return kept;
  const signal = AbortSignal.timeout(settings.timeLimit);
  const answer = service ? await askService(target, service, settings, signal, context) : await askForPicture(target, signal);
  context.waitUntil(keepAnswer(target.address, answer));
  return answer;
}

/**
 * @param {import('./allowlist.js').Target} target @param {import('./services.js').Service} service
 * @param {import('./settings.js').Settings} settings @param {AbortSignal} signal @param {ExecutionContext} context
 * @returns {Promise<import('./cache.js').Kept>}
 */
async function askService({ address, word, age }, service, settings, signal, context) {
  const how = { accept: 'application/json', signal, mostBytes };
  /** @type {Awaited<ReturnType<typeof forward>>} */
  let answer;
  if (service.keyParameter !== undefined) {
    const key = encodeURIComponent(settings.keys[service.needs[0]] ?? '');
    answer = await forward(service.name, `${address}${address.includes('?') ? '&' : '?'}${service.keyParameter}=${key}`, how);
  } else {
    const token = await spotifyToken(settings, signal, context);
    answer = await forward(service.name, address, { ...how, authorization: `Bearer ${token}` });
    if (answer.status === 401) {
      dropToken(token);
      const another = await spotifyToken(settings, signal, context);
      answer = await forward(service.name, address, { ...how, authorization: `Bearer ${another}` });
      if (answer.status === 401) dropToken(another);
    }
  }
  refuseFailures(answer, word, service.name);
  const { body, failed } = passedOn(answer.bytes, service.name, [...Object.values(settings.keys), ...heldTokens()]);
  return { bytes: body, type: json, left: failed ? 0 : ageOf(age, service.bound, answer.headers.get('Cache-Control') ?? '') };
}

/**
 * @param {Uint8Array} bytes @param {string} name @param {string[]} secrets
 * @returns {{body: Uint8Array, failed: boolean}} failed: the answer says that it is none, as OMDb does with status 200
 */
function passedOn(bytes, name, secrets) {
  try {
    const value = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { body: new TextEncoder().encode(withoutSecrets(value, secrets)), failed: value.Response === 'False' };
  } catch {
    // It is no JSON, or nested so deep that no honest answer is.
  }
  throw new Problem(502, 'bad_answer', `${name} answered with something that is not its JSON.`);
}

/**
 * Nothing of an answer that is not 200 is passed on but what it means.
 * @param {Awaited<ReturnType<typeof forward>>} answer @param {string} word @param {string} name
 */
function refuseFailures({ status, headers, bytes }, word, name) {
  if (status === 200) return;
  if (status === 404) throw new Problem(404, 'not_found', `${name} does not know this.`, { service: word });
  if (status === 429 || status === 503)
    throw new Problem(status, 'busy', `${name} is asked too much just now.`, {
      service: word,
      retryAfter: secondsIn(headers.get('Retry-After')),
    });
  if (status === 401 || status === 403) {
    // OMDb, RAWG and Google say it like this when the requests of the day or month are used up.
    if (/limit|quota/i.test(new TextDecoder().decode(bytes.subarray(0, 4096))))
      throw new Problem(429, 'used_up', `The proxy's requests to ${name} are used up for now.`, { service: word, retryAfter: 3600 });
    throw new Problem(502, 'key_refused', `${name} refused the proxy's key. Its host can mend that.`, { service: word });
  }
  throw new Problem(502, 'unavailable', `${name} could not answer.`, { service: word });
}

/** @param {string | null} said  Retry-After, in seconds or as a date @returns {number} */
function secondsIn(said) {
  const seconds = /^[0-9]{1,6}$/.test(said ?? '') ? Number(said) : (Date.parse(said ?? '') - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.min(86_400, Math.max(1, Math.ceil(seconds))) : 60;
}

/** @param {import('./allowlist.js').Target} target @param {AbortSignal} signal @returns {Promise<import('./cache.js').Kept>} */
async function askForPicture({ address, age }, signal) {
  const { host } = new URL(address);
  const { status, bytes } = await forward(host, address, { accept: 'image/*', signal, mostBytes: mostPictureBytes });
  if (status === 404 || status === 410) throw new Problem(404, 'not_found', `${host} has no such picture.`);
  const type = status === 200 ? pictureType(bytes) : undefined;
  if (type === undefined) throw new Problem(502, 'bad_answer', `${host} answered with something that is no picture.`);
  return { bytes, type, left: age };
}
