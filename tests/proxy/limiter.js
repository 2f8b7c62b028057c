// A stand-in for the platform's rate limit, which lets each client through three times. It runs in workerd.

import { WorkerEntrypoint } from 'cloudflare:workers';

/** @type {Map<string, number>} */
const asked = new Map();

export default class extends WorkerEntrypoint {
  /** @param {{key: string}} of */
  limit({ key }) {
    const times = (asked.get(key) ?? 0) + 1;
    asked.set(key, times);
    return { success: times <= 3 };
  }
}
