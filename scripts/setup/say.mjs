// What the set-up tells the person who waits: Chinese and English on one line, as the language is not known yet.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

const languages = ['zh-CN', 'en'];

/** The texts behind a key of `locales/LOCALE/setup.json`, one per language. */
export function texts(key, params = {}) {
  return languages.map((language) => {
    const all = JSON.parse(readFileSync(join(root, 'locales', language, 'setup.json'), 'utf8'));
    return all[key].replace(/\{\{(\w+)\}\}/g, (_, name) => params[name]);
  });
}

/** Says one line on stderr: stdout belongs to what is being started. */
export function say(key, params) {
  process.stderr.write(`${texts(key, params).join(' · ')}\n`);
}
