import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadFixtures } from '../dialog/sample/fixtures.js';
import { dialogs } from '../support/dialogs.js';

const folder = new URL('./fixtures/', import.meta.url);

describe.each(dialogs.map((dialog) => ({ name: dialog.name, dialog })))('what was saved of the dialog $name', ({ dialog }) => {
  test('loads, of every version there ever was', () => {
    for (const { version, loaded } of loadFixtures(dialog, folder)) {
      expect({ version, ok: loaded.ok }).toEqual({ version, ok: true });
    }
  });
});

test('every fixture is of a dialog that is there', () => {
  const known = dialogs.flatMap(({ name, version }) => Array.from({ length: version }, (_, n) => `${name}.v${n + 1}.json`));
  expect(readdirSync(folder).sort()).toEqual(known.sort());
});
