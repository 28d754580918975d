import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadState, type AnyDialog, type Loaded } from '../../../src/dialog/index.js';

/** Loads the fixture of every version that a dialog ever had; a version without one throws. `folder` holds `NAME.vN.json`. */
export function loadFixtures(
  dialog: AnyDialog,
  folder: URL,
): { readonly version: number; readonly saved: unknown; readonly loaded: Loaded }[] {
  return Array.from({ length: dialog.version }, (_, index) => {
    const version = index + 1;
    const path = fileURLToPath(new URL(`${dialog.name}.v${version}.json`, folder));
    if (!existsSync(path)) throw new Error(`There is no fixture of ${dialog.name}, version ${version}`);
    const saved: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return { version, saved, loaded: loadState(dialog, saved) };
  });
}
