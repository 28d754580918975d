import { consentTo, takenOverIn, type GivenTo, type Notes } from '../people/index.js';
import type { Tx } from '../storage/index.js';
import { eventsByIds, stillCounting } from './events.js';
import type { SignUps } from './signUps.js';
import { participantKey, participantKind, type EventView, type SignUpView } from './view.js';

/** One sign-up with everything that staff see of it. */
export interface SignUpDetails {
  readonly signUp: SignUpView;
  readonly event: EventView;
  /** ms since the epoch */
  readonly since: number;
  /** The registrant did not sign up, and looks after it since a family member was deleted. */
  readonly takenOver: boolean;
  /** What staff wrote beside it. */
  readonly note: string | null;
  /** A guardian's consent in force; null where there is none. Asked of children only. */
  readonly consent: GivenTo | null;
  /** Rank on the waiting list, from 1; null for who does not wait. */
  readonly rank: number | null;
  /** Whom they bring along to the same thing. */
  readonly guests: readonly SignUpView[];
}

/** What staff see and write of the people of an event. */
export interface Rosters {
  /** One sign-up of this community, whatever its state; null when it is another's, or gone. */
  details(tx: Tx, communityId: string, signUpId: string): Promise<SignUpDetails | null>;
  /** The notes of an event, by sign-up. */
  notesOf(tx: Tx, eventId: string): Promise<Map<string, string>>;
  /** Writes the note beside a sign-up, or takes it away (null); the last one counts. False where the sign-up is over. */
  writeNote(tx: Tx, signUpId: string, note: string | null): Promise<boolean>;
}

/** Those whom somebody brings along, by who brings them: guests of the same registrant in the same scope. */
export const guestsOf = (everybody: readonly SignUpView[], { participant, registrantId, scope }: SignUpView): SignUpView[] =>
  participant !== participantKey.person(registrantId)
    ? []
    : everybody.filter((one) => one.registrantId === registrantId && one.scope === scope && participantKind(one.participant) === 'guest');

/** Builds the store. Notes are sealed, each to its sign-up. */
export function createRosters({ signUps, notes }: { signUps: SignUps; notes: Notes }): Rosters {
  return {
    details: async (tx, communityId, signUpId) => {
      const row = await tx.signUp.findFirst({
        where: { id: signUpId, communityId },
        select: { createdAt: true, note: true },
      });
      const signUp = row && (await signUps.byId(tx, signUpId));
      const event = signUp && (await eventsByIds(tx, communityId, [signUp.eventId])).get(signUp.eventId);
      if (!signUp || !event) return null;
      const { status, scope, dependantId } = signUp;
      const line = status === 'waiting' ? await signUps.waiting(tx, event.id, scope) : [];
      const at = line.findIndex(({ id }) => id === signUpId);
      return {
        signUp,
        event,
        since: row.createdAt.getTime(),
        takenOver: (await takenOverIn(tx, communityId, [event.id])).has(signUpId),
        note: row.note === null ? null : notes.open(signUpId, row.note),
        consent: dependantId === null ? null : await consentTo(tx, event.id, dependantId),
        rank: at < 0 ? null : at + 1,
        guests: guestsOf(await signUps.ofEvent(tx, event.id), signUp),
      };
    },
    notesOf: async (tx, eventId) => {
      const rows = await tx.signUp.findMany({ where: { eventId, note: { not: null } }, select: { id: true, note: true } });
      return new Map(rows.flatMap(({ id, note }) => (note === null ? [] : [[id, notes.open(id, note)] as const])));
    },
    writeNote: async (tx, signUpId, note) => {
      const { count } = await tx.signUp.updateMany({
        where: { id: signUpId, status: { in: [...stillCounting] } },
        data: { note: note === null ? null : notes.seal(signUpId, note) },
      });
      return count > 0;
    },
  };
}
