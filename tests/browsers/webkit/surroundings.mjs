// What WebKitGTK finds around it when it starts: settings, and folders of its own.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param {string} profile  a folder for all that it writes @param {{animations?: boolean, scale?: number}} [options]  device pixels to a CSS pixel, whole
 * @returns {Record<string, string>} its environment
 */
export function surroundings(profile, { animations = true, scale = 1 } = {}) {
  const settings = join(profile, 'settings');
  mkdirSync(join(settings, 'gtk-3.0'), { recursive: true });
  mkdirSync(downloadsOf(profile), { recursive: true });
  writeFileSync(join(settings, 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${downloadsOf(profile)}"\n`);
  writeFileSync(join(settings, 'gtk-3.0/settings.ini'), `[Settings]\ngtk-enable-animations=${animations ? 1 : 0}\n`);
  // The window’s own bar must not make it wider than a phone.
  writeFileSync(join(settings, 'gtk-3.0/gtk.css'), '* { min-width: 0; min-height: 0; margin: 0; padding: 0; border-width: 0; font-size: 1px; -gtk-icon-transform: scale(0.1); }\n');
  return {
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', LIBGL_ALWAYS_SOFTWARE: '1', GDK_SCALE: String(scale),
    XDG_CONFIG_HOME: settings, XDG_CACHE_HOME: join(profile, 'cache'), XDG_DATA_HOME: join(profile, 'data'),
  };
}

/** Where it puts what is downloaded. @param {string} profile */
export const downloadsOf = (profile) => join(profile, 'downloads');
