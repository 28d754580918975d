import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

const bench = fileURLToPath(new URL('../bench', import.meta.url));

/** The rows that `npm run bench` measures; nothing of what they measure is loaded. */
async function listed(): Promise<readonly string[]> {
  const list = (await import(pathToFileURL(join(bench, 'rows.mjs')).href)) as { rows: readonly string[] }; // a path is no name of a module to TypeScript
  return list.rows;
}

test('every file of bench/rows is in the list, and nothing else', async () => {
  const files = readdirSync(join(bench, 'rows')).map((file) => file.replace('.mjs', ''));
  expect([...(await listed())].sort()).toEqual(files.sort());
});

test('the results on record are those of the whole list', async () => {
  const results = readFileSync(join(bench, 'RESULTS.md'), 'utf8');
  expect([...results.matchAll(/^## (\w+)$/gmu)].map(([, name]) => name)).toEqual(await listed());
});
