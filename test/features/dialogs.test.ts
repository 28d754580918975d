import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { AnyDialog } from '../../src/dialog/index.js';
import { consentDialog } from '../../src/features/profile/consent.dialog.js';
import { createConsentEffects } from '../../src/features/profile/consent.js';
import { communityDialog } from '../../src/features/community/found.dialog.js';
import { childDialog } from '../../src/features/profile/family.js';
import { createHouseholdEffects, joinDialog, mergeDialog } from '../../src/features/profile/join.dialog.js';
import { createPaperEffects, paperDialog } from '../../src/features/profile/paper.dialog.js';
import { relativeDialog } from '../../src/features/profile/relative.dialog.js';
import { createEffects as profileEffects } from '../../src/features/profile/effects.js';
import { nameDialog } from '../../src/features/profile/index.js';
import { createEffects } from '../../src/features/signup/effects.js';
import { eventDialog } from '../../src/features/signup/event.dialog.js';
import { moveDialog } from '../../src/features/signup/move.dialog.js';
import { signupDialog } from '../../src/features/signup/signup.dialog.js';
import { createCodes, createFamilies, createGuests } from '../../src/people/index.js';
import { createPlanner } from '../../src/schedule/index.js';
import { createSealer } from '../../src/seal/index.js';
import { loadFixtures } from '../dialog/sample/fixtures.js';
import { profileParts } from '../support/profile.js';

const sealer = createSealer(new Uint8Array(32));
const families = createFamilies(sealer);
const people = { families, guests: createGuests(sealer), codes: createCodes({ sealer, make: () => 'CODE' }) };
const signup = createEffects({ ...people, planner: createPlanner({ sealer }), newRef: () => 'ref' });
const parts = profileParts(sealer);
const profile = profileEffects(families, parts.households, parts.invitations, parts.emit);
const joining = createHouseholdEffects(parts);
const dialogs: readonly AnyDialog[] = [
  signupDialog(signup),
  eventDialog(signup),
  moveDialog(signup),
  childDialog(profile),
  nameDialog(profile),
  relativeDialog(profile),
  joinDialog(joining, parts.texts),
  mergeDialog(joining, parts.texts),
  consentDialog(createConsentEffects(parts)),
  paperDialog(createPaperEffects(parts)),
  communityDialog(),
];
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
