import type { AnyDialog } from '../../src/dialog/index.js';
import { communityDialog } from '../../src/features/community/found.dialog.js';
import { consentDialog } from '../../src/features/profile/consent.dialog.js';
import { createConsentEffects } from '../../src/features/profile/consent.js';
import { createEffects as createProfileEffects } from '../../src/features/profile/effects.js';
import { childDialog } from '../../src/features/profile/child.dialog.js';
import { nameDialog } from '../../src/features/profile/index.js';
import { createHouseholdEffects, joinDialog, mergeDialog } from '../../src/features/profile/join.dialog.js';
import { createPaperEffects, paperDialog } from '../../src/features/profile/paper.dialog.js';
import { relativeDialog } from '../../src/features/profile/relative.dialog.js';
import { callOffDialog } from '../../src/features/signup/form/callOff.dialog.js';
import { renameDialog } from '../../src/features/signup/form/drafts.js';
import { editDialog } from '../../src/features/signup/form/edit.dialog.js';
import { answerEffect, answersDialog } from '../../src/features/signup/residents/answers.js';
import { createEditEffects } from '../../src/features/signup/form/edit.effects.js';
import { createEffects } from '../../src/features/signup/places/effects.js';
import { eventDialog, eventFormVersion } from '../../src/features/signup/form/event.dialog.js';
import { noteDialog } from '../../src/features/signup/staff/note.dialog.js';
import { createPlaces } from '../../src/features/signup/places/places.js';
import { createStaffSignUpEffects } from '../../src/features/signup/staff/signUp.effects.js';
import { moveDialog } from '../../src/features/signup/form/move.dialog.js';
import { signupDialog } from '../../src/features/signup/talk/signup.dialog.js';
import { createStatusEffects } from '../../src/features/signup/places/status.js';
import {
  createCodes,
  createFamilies,
  createGuests,
  createNotes,
  createTasks,
  createUnreached,
  createOwnAnswers,
} from '../../src/people/index.js';
import { proxyDialog, unreachedEffect } from '../../src/features/signup/talk/proxy.js';
import { createRosters, createSignUps } from '../../src/programme/index.js';
import { createPlanner } from '../../src/schedule/index.js';
import { createSealer } from '../../src/seal/index.js';
import { texts } from './house.js';
import { profileParts } from './profile.js';

const sealer = createSealer(new Uint8Array(32));
const families = createFamilies(sealer);
const inEnglish = () => texts.in('en');
const people = {
  families,
  guests: createGuests(sealer),
  ownAnswers: createOwnAnswers(sealer),
  codes: createCodes({ sealer, make: () => 'CODE' }),
  emit: () => Promise.resolve(),
};
const parts = { ...people, planner: createPlanner({ sealer }), newRef: () => 'ref', tell: () => Promise.resolve(), texts: inEnglish };
const line = { ...parts, signUps: createSignUps(people), staffOf: () => Promise.resolve([]) };
const signup = createEffects(line);
const edits = createEditEffects({ ...line, formVersion: eventFormVersion, tasks: createTasks(sealer) });
const rosters = createRosters({ signUps: line.signUps, notes: createNotes(sealer) });
const ofStaff = createStaffSignUpEffects({ ...line, rosters, places: createPlaces(line).effects });
const profile = { ...profileParts(sealer), texts: inEnglish };
const profileEffects = createProfileEffects(families, profile.households, profile.invitations, profile.emit);
const joining = createHouseholdEffects(profile);

/** Every dialog there is; `test/i18n/texts.test.ts` tells when one is missing. */
export const dialogs: readonly AnyDialog[] = [
  signupDialog(signup),
  eventDialog({ publish: signup.publish, keepDraft: edits.keepDraft }),
  editDialog(edits),
  renameDialog(edits),
  noteDialog(ofStaff),
  answersDialog(answerEffect(people.ownAnswers)),
  proxyDialog(unreachedEffect(createUnreached(sealer))),
  moveDialog({ move: signup.move, resize: edits.resize, callList: edits.callList }),
  callOffDialog({ ...createStatusEffects(line), callList: edits.callList }),
  childDialog(profileEffects, profile.texts),
  nameDialog(profileEffects),
  relativeDialog(profileEffects),
  joinDialog(joining, profile.texts),
  mergeDialog(joining),
  consentDialog(createConsentEffects(profile)),
  paperDialog(createPaperEffects(profile)),
  communityDialog(),
];
