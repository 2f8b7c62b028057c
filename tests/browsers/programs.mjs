// What starting a browser from a test needs.

import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

/** @param {number} milliseconds */
export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** @returns {Promise<number>} */
export async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  await new Promise((closed) => server.close(closed));
  return port;
}

/**
 * A program that runs until it is stopped, with all that it started.
 * @param {string} program @param {string[]} args @param {Record<string, string>} env
 */
export function start(program, args, env) {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  let said = '';
  child.stderr.on('data', (part) => (said = (said + part).slice(-4000)));
  let over = false;
  child.on('exit', () => (over = true));
  child.on('error', (error) => {
    said += String(error);
    over = true;
  });
  return {
    said: () => said,
    over: () => over,
    async stop() {
      const end = (/** @type {NodeJS.Signals} */ signal) => {
        try {
          if (child.pid) process.kill(-child.pid, signal);
        } catch {
          // It has ended by itself.
        }
      };
      end('SIGTERM');
      for (let i = 0; i < 40 && !over; ++i) await pause(50);
      end('SIGKILL');
    },
  };
}

/**
 * Tries until it succeeds: a browser takes a while to listen.
 * @template T
 * @param {() => Promise<T>} attempt @param {{over: () => boolean, said: () => string}} program @returns {Promise<T>}
 */
export async function patiently(attempt, program) {
  for (let tries = 0; ; ++tries) {
    try {
      return await attempt();
    } catch (error) {
      if (program.over() || tries > 300) throw new Error(`the browser did not start: ${error}\n${program.said()}`);
      await pause(100);
    }
  }
}
