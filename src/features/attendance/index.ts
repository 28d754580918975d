import type { Feature } from '../../command/index.js';
import type { Families, Guests, OwnAnswers, PlaceCodes } from '../../people/index.js';
import { createSignUps, readLocked, type ReadLocked } from '../../programme/index.js';
import type { Tx } from '../../storage/index.js';
import { codeText } from './atThePlace.js';
import { answerCommand, callCommand } from './call.js';
import { codeCommand, codePoster } from './code.js';
import { createEffects } from './effects.js';
import { checkInCommand, eventCommand, eventsCommand } from './entry.js';
import { absenceCommand, absenceSetCommand, absenceText } from './leave.js';
import { listCommand } from './list.js';
import { markCommand, restCommand, undoCommand } from './mark.js';

/** Who came: checked in by staff and their helpers from the list, by residents with the code at the place; and who has asked for leave. `readLocked` is there so that a test can take the guard away. */
export function createAttendance(given: {
  families: Families;
  guests: Guests;
  ownAnswers: OwnAnswers;
  codes: PlaceCodes;
  readLocked?: ReadLocked;
}): Feature<Tx> {
  const effects = createEffects();
  const parts = { signUps: createSignUps(given), readLocked: given.readLocked ?? readLocked, codes: given.codes, effects };
  return {
    name: 'attendance',
    commands: [
      checkInCommand(parts),
      absenceCommand(parts),
      absenceSetCommand(parts, effects),
      eventsCommand(),
      eventCommand(),
      listCommand(parts, effects),
      markCommand(parts, effects),
      restCommand(parts, effects),
      undoCommand(parts, effects),
      callCommand(parts, effects),
      answerCommand(parts, effects),
      codeCommand(parts),
    ],
    dialogs: [],
    effects: Object.values(effects).map(({ runner }) => runner),
    freeText: [codeText, absenceText],
    papers: { 'attendance.poster': codePoster(parts) },
  };
}
