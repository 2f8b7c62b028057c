// What somebody might type who does not remember a title, and what of the catalogue they mean. All that is known of them is in the catalogue's own facts.

import fs from 'node:fs';

/** @type {[type: string, words: string, title: string][]} */
export const descriptions = JSON.parse(fs.readFileSync(new URL('../core/data/descriptions.json', import.meta.url), 'utf8'));
