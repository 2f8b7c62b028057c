// The folder that WebKit puts what is downloaded into: WebDriver says nothing about downloads, so it is looked at.

import { existsSync, renameSync, statSync, watch } from 'node:fs';
import { join } from 'node:path';

/** Milliseconds after which a file that does not grow any more is all there. */
const quiet = 200;

/**
 * @param {string} folder @param {(name: string) => string} finished  given a file’s name when it is all there; says where it shall go
 */
export function watchDownloads(folder, finished) {
  /** @type {Map<string, {timer: NodeJS.Timeout, size: number}>} */
  const growing = new Map();
  const look = (/** @type {string} */ name) => {
    const path = join(folder, name);
    clearTimeout(growing.get(name)?.timer);
    if (!existsSync(path)) return void growing.delete(name);
    const { size } = statSync(path);
    const known = growing.get(name);
    if (known?.size !== size) return void growing.set(name, { size, timer: setTimeout(look, quiet, name) });
    growing.delete(name);
    renameSync(path, finished(name));
  };
  watch(folder, (_, name) => {
    if (!name) return;
    clearTimeout(growing.get(name)?.timer);
    growing.set(name, { size: -1, timer: setTimeout(look, 10, name) });
  });
}
