import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Translate } from '../../../src/dialog/index.js';

type Tree = { readonly [key: string]: string | Tree };

const read = (path: string): Tree => JSON.parse(readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8')) as Tree;

/** The engine's real texts and those of the sample dialogs; a missing one throws. */
export function texts(locale: 'zh-CN' | 'en'): { readonly t: Translate; readonly keys: readonly string[] } {
  const tree: Tree = {
    dialog: read(`../../../locales/${locale}/dialog.json`),
    camp: read(`./locales/${locale}/camp.json`),
    newEvent: read(`./locales/${locale}/newEvent.json`),
  };
  const flat = new Map(leaves(tree));
  const t: Translate = (key, params = {}) => {
    const text = flat.get(key);
    if (text === undefined) throw new Error(`No text for the key ${key}`);
    return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
      if (!Object.hasOwn(params, name)) throw new Error(`No value for ${name} in ${key}`);
      return String(params[name]);
    });
  };
  return { t, keys: [...flat.keys()] };
}

function leaves(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[path + name, value]] : leaves(value, `${path}${name}.`),
  );
}
