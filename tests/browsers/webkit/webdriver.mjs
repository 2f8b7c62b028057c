// A session of WebDriver (https://www.w3.org/TR/webdriver2) with WebKitGTK: requests that may be on their way side by side.

import { request, Agent } from 'node:http';

/** What WebDriver answered instead. */
export class Refusal extends Error {
  /** @param {string} error  its name in the standard @param {string} message */
  constructor(error, message) {
    super(`${error}: ${message}`);
    this.error = error;
  }
}

/** The name under which the standard hands an element over. */
export const elementKey = 'element-6066-11e4-a52e-4f735466cecf';

/**
 * @param {number} port
 * @returns {(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<any>} what asks; it waits as long as the answer takes
 */
export function client(port) {
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  return (method, path, body) =>
    new Promise((resolve, reject) => {
      const text = body && JSON.stringify(body);
      const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text ?? '') };
      const asked = request({ host: '127.0.0.1', port, path, method, agent, headers }, (response) => {
        let answer = '';
        response.setEncoding('utf8').on('data', (part) => (answer += part));
        response.on('error', reject);
        response.on('end', () => {
          try {
            const { value } = JSON.parse(answer);
            if (response.statusCode === 200) resolve(value);
            else reject(new Refusal(value.error, value.message));
          } catch (error) {
            reject(error);
          }
        });
      });
      asked.on('error', reject);
      asked.end(text);
    });
}
