// One request to one host: no redirect is followed, and both its time and its size are bounded.

import { Problem } from './problem.js';

/**
 * @param {string} name  of who is asked, for sentences
 * @param {string} address
 * @param {{accept: string, signal: AbortSignal, mostBytes: number, authorization?: string, form?: string}} how
 * @returns {Promise<{status: number, headers: Headers, bytes: Uint8Array}>} of any status but a redirect
 */
export async function forward(name, address, { accept, signal, mostBytes, authorization, form }) {
  try {
    const response = await fetch(address, {
      method: form === undefined ? 'GET' : 'POST',
      // Nothing of what the client sent goes along: neither its headers nor its address.
      headers: {
        Accept: accept,
        'Accept-Encoding': 'gzip',
        'User-Agent': 'media-hub-proxy',
        ...(authorization !== undefined && { Authorization: authorization }),
        ...(form !== undefined && { 'Content-Type': 'application/x-www-form-urlencoded' }),
      },
      ...(form !== undefined && { body: form }),
      redirect: 'manual',
      // The address holds the key, so that the platform must not keep the answer under it.
      cache: 'no-store',
      signal,
    });
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      throw new Problem(502, 'moved', `${name} sent the request elsewhere, and no redirect is followed.`);
    }
    return { status: response.status, headers: response.headers, bytes: await readBounded(response, mostBytes, name) };
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (signal.aborted) throw new Problem(504, 'too_slow', `${name} took too long to answer.`);
    throw new Problem(502, 'unreachable', `${name} could not be reached, or broke off.`);
  }
}

/** @param {Response} response @param {number} mostBytes @param {string} name @returns {Promise<Uint8Array>} */
async function readBounded(response, mostBytes, name) {
  /** @type {Uint8Array[]} */
  const parts = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.length;
    if (size > mostBytes) {
      await reader?.cancel();
      throw new Problem(502, 'too_large', `${name} answered with more than is passed on.`);
    }
    parts.push(part.value);
  }
  const whole = new Uint8Array(size);
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}
