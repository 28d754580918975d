import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** The files of the page, read once. */
export interface Page {
  readonly html: string;
  /** Path under which a file is served → what it is. */
  readonly files: ReadonlyMap<string, { readonly type: string; readonly body: string }>;
}

const types: ReadonlyMap<string, string> = new Map([
  ['js', 'text/javascript; charset=utf-8'],
  ['css', 'text/css; charset=utf-8'],
]);

/** Reads the page from its folder and puts the few words that it shows before its script runs into it. Throws when a file is missing. */
export function readPage(folder: URL, locale: string, texts: Readonly<Record<string, string>>): Page {
  const files = new Map([['/web/preact.js', { type: types.get('js') ?? '', body: preact() }]]);
  for (const name of readdirSync(folder)) {
    const type = types.get(name.split('.').at(-1) ?? '');
    if (type !== undefined) files.set(`/web/${name}`, { type, body: readFileSync(new URL(name, folder), 'utf8') });
  }
  const html = readFileSync(new URL('index.html', folder), 'utf8').replace(/\{\{(\w+)\}\}/gu, (_, key: string) =>
    escaped(key === 'locale' ? locale : (texts[key] ?? key)),
  );
  return { html, files };
}

/** The one file with preact and htm. The package maps `require` to a file that it does not have, so it is found beside htm itself. */
function preact(): string {
  const htm = pathToFileURL(createRequire(import.meta.url).resolve('htm'));
  return readFileSync(new URL('../preact/standalone.module.js', htm), 'utf8');
}

const escaped = (text: string): string => text.replace(/[&<>"']/gu, (sign) => `&#${sign.charCodeAt(0)};`);
