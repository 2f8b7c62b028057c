// A stand-in for the platform's rate limit, which lets each client through three times. It runs in workerd.

import { WorkerEntrypoint } from 'cloudflare:workers';

const asked = new Map();

export default class extends WorkerEntrypoint {
  limit({ key }) {
    asked.set(key, (asked.get(key) ?? 0) + 1);
    return { success: asked.get(key) <= 3 };
  }
}
