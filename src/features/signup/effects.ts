import type { Address } from '../../chat/index.js';
import { effect } from '../../command/index.js';
import { cardPressed, placeCard, touchCards } from '../../delivery/index.js';
import { audit, communityById, giveConsent, householdIdOf, type Families, type NewDependant } from '../../people/index.js';
import {
  changeStatus,
  createEvent,
  discard,
  keptByRef,
  moveSession,
  participantKey,
  signUpIdOf,
  waitedInVain,
  writeSignUp,
  type EventFields,
  type SessionFields,
} from '../../programme/index.js';
import type { Planner } from '../../schedule/index.js';
import type { Tx } from '../../storage/index.js';
import { searchOf } from './search.js';
import { closingOf, occurrencesOf } from './sessions.js';

/** The wording of the consent that is stored with each one given; raised when the text changes. */
export const consentVersion = '1';

/** One participant as the dialog names them: a grown-up, a child known before, or a child just told of. */
export type Participant = { readonly person: string } | { readonly dependant: string } | { readonly child: NewDependant };

/** What one participant gets in one scope. */
export interface Place {
  /** "all" or a session's id. */
  readonly scope: string;
  readonly status: 'confirmed' | 'waiting';
  /** Waits together with the others who are registered with it: both or neither. */
  readonly pair: boolean;
}

/** A new event as the form decides it. */
export interface NewEvent extends EventFields {
  readonly timeZone: string;
  readonly sessions: readonly SessionFields[];
  readonly groups: readonly Address[];
  /** The reference of the draft that becomes it; it keeps id and reference. */
  readonly draft: string | null;
}

/** Everything that signing up and running events change, as effects. */
export function createEffects(parts: { families: Families; planner: Planner; newRef: () => string }) {
  const register = effect<
    Tx,
    {
      eventId: string;
      /** Households share a place. */
      byHousehold: boolean;
      participants: readonly { who: Participant; places: readonly Place[]; needsConsent: boolean }[];
      purpose: string;
    }
  >('signup.register', async (tx, { eventId, byHousehold, participants, purpose }, context) => {
    const { communityId, actorId, now, newId } = context;
    const together = newId();
    const { fairness } = await communityById(tx, communityId);
    for (const { who, places, needsConsent } of participants) {
      const dependantId = await dependantOf(tx, who, actorId, newId);
      const participant = 'person' in who ? participantKey.person(who.person) : participantKey.dependant(dependantId ?? '');
      const party = byHousehold ? await partyOf(tx, actorId) : participant;
      for (const { scope, status, pair } of places) {
        // Whoever comes back within the time to undo has the place still.
        const there = await signUpIdOf(tx, eventId, scope, participant);
        if (there !== null && (await changeStatus(tx, { id: there, from: ['leaving'], to: 'confirmed', until: null, now })) !== null)
          continue;
        const pairKey = pair ? together : null;
        const first = fairness && status === 'waiting' && (await waitedInVain(tx, communityId, participant));
        const row = {
          communityId,
          eventId,
          scope,
          participant,
          party,
          dependantId,
          registrantId: actorId,
          status,
          pairKey,
          priority: first ? 1 : 0,
        };
        await writeSignUp(tx, { id: newId(), ...row, now });
      }
      if (needsConsent && dependantId !== null) {
        const consent = { dependantId, eventId, guardianId: actorId, purpose, textVersion: consentVersion };
        await giveConsent(tx, { ...consent, method: 'chat', recordedBy: null }, context);
      }
    }
    await touchCards(tx, eventId);
  });

  const dependantOf = async (tx: Tx, who: Participant, guardian: string, newId: () => string): Promise<string | null> => {
    if ('person' in who) return null;
    if ('dependant' in who) return who.dependant;
    const [child] = await parts.families.add(tx, guardian, [who.child], newId);
    return child?.id ?? null;
  };

  const publish = effect<Tx, NewEvent>('event.publish', async (tx, event, context) => {
    const { communityId, actorId, now, newId } = context;
    const { groups, draft, ...fields } = event;
    const kept = draft === null ? null : await keptByRef(tx, communityId, draft);
    if (kept) await discard(tx, communityId, kept.id);
    const eventId = kept?.id ?? newId();
    const sessions = event.sessions.map((session) => ({ ...session, id: newId() }));
    const ids = { id: eventId, communityId, ref: kept?.ref ?? parts.newRef(), search: searchOf(event), createdBy: actorId, now };
    await createEvent(tx, { ...fields, ...ids, sessions });
    for (const { id: sessionId, ...session } of sessions)
      await parts.planner.plan(tx, occurrencesOf({ communityId, eventId, sessionId, revision: 0, session }));
    const { deadline } = event;
    if (deadline) await parts.planner.plan(tx, [closingOf({ communityId, eventId, revision: 0, at: deadline.at })]);
    for (const address of groups) await placeCard(tx, { id: newId(), communityId, eventId, address }, now);
    await audit(tx, context, 'event.publish', eventId);
  });

  const move = effect<Tx, { eventId: string; sessionId: string; revision: number; session: SessionFields }>(
    'event.move',
    async (tx, { eventId, sessionId, revision, session }, context) => {
      const { communityId } = context;
      await moveSession(tx, { eventId, sessionId, revision, session });
      const planned = (of: number) => occurrencesOf({ communityId, eventId, sessionId, revision: of, session });
      await parts.planner.cancelPlanned(tx, { keys: planned(revision).map(({ key }) => key) });
      await parts.planner.plan(tx, planned(revision + 1));
      await touchCards(tx, eventId);
      await audit(tx, context, 'event.move', eventId);
    },
  );

  const seen = effect<Tx, { eventId: string }>('roster.seen', (tx, { eventId }, context) => audit(tx, context, 'roster.seen', eventId));

  const pressed = effect<Tx, { eventId: string; address: Address; messageId: string }>(
    'card.pressed',
    async (tx, { eventId, address, messageId }) => {
      await cardPressed(tx, address, eventId, messageId);
    },
  );

  return { register, publish, move, seen, pressed };
}

/** The effects by name. */
export type SignupEffects = ReturnType<typeof createEffects>;

/** The household that shares a place, or the person alone where there is none. */
export async function partyOf(tx: Tx, personId: string): Promise<string> {
  const household = await householdIdOf(tx, personId);
  return household === null ? participantKey.person(personId) : `f:${household}`;
}
