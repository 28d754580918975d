import type { Address } from '../../chat/index.js';
import { effect } from '../../command/index.js';
import { cardPressed, placeCard, touchCards } from '../../delivery/index.js';
import { audit, type Families, type NewDependant } from '../../people/index.js';
import { changeStatus, participantKey, waitedInVain, writeSignUp } from '../../programme/index.js';
import type { Planner } from '../../schedule/index.js';
import type { Tx } from '../../storage/index.js';
import { searchOf } from './search.js';
import { occurrencesOf, stored, type SessionFields } from './sessions.js';

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

/** A new event as it is stored. */
export interface NewEvent {
  readonly title: string;
  readonly sector: string | null;
  readonly teacher: string | null;
  readonly organisation: string | null;
  readonly companions: 'none' | 'allowed' | 'required';
  readonly bring: string | null;
  readonly minAge: number | null;
  readonly maxAge: number | null;
  readonly capacity: number | null;
  readonly unit: 'person' | 'child' | 'household';
  readonly signUpFor: 'all' | 'single';
  readonly oneEach: boolean;
  /** Until when one may sign up; null: until it begins. */
  readonly deadline: { readonly wall: string; readonly at: number } | null;
  readonly timeZone: string;
  readonly sessions: readonly SessionFields[];
  readonly groups: readonly Address[];
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
    const { fairness } = await tx.community.findUniqueOrThrow({ where: { id: communityId }, select: { fairness: true } });
    for (const { who, places, needsConsent } of participants) {
      const dependantId = await dependantOf(tx, who, actorId, newId);
      const participant = 'person' in who ? participantKey.person(who.person) : participantKey.dependant(dependantId ?? '');
      const party = byHousehold ? await partyOf(tx, actorId) : participant;
      for (const { scope, status, pair } of places) {
        // Whoever comes back within the time to undo has the place still.
        const there = await tx.signUp.findUnique({ where: { eventId_scope_participant: { eventId, scope, participant } } });
        if (there && (await changeStatus(tx, { id: there.id, from: ['leaving'], to: 'confirmed', until: null, now })) !== null) continue;
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
        const given = { guardianId: actorId, purpose, givenAt: new Date(now), withdrawnAt: null };
        const key = { dependantId, eventId, textVersion: consentVersion };
        await tx.consent.upsert({
          where: { dependantId_eventId_textVersion: key },
          create: { id: newId(), communityId, ...key, ...given },
          update: given,
        });
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
    const { title, bring, minAge, maxAge, capacity, unit, signUpFor, oneEach, deadline, timeZone, sessions, groups } = event;
    const eventId = newId();
    const { sector, teacher, organisation, companions } = event;
    const about = {
      title,
      search: searchOf(event),
      sector,
      teacher,
      organisation,
      companions,
      bring,
      minAge,
      maxAge,
      unit,
      signUpFor,
      oneEach,
    };
    const closing = { deadlineWall: deadline?.wall ?? null, deadlineAt: deadline && new Date(deadline.at) };
    const made = { status: 'published', createdBy: actorId, publishedAt: new Date(now), createdAt: new Date(now) };
    const whole = { capacity: signUpFor === 'all' ? capacity : null };
    await tx.event.create({ data: { id: eventId, communityId, ref: parts.newRef(), ...about, ...closing, ...whole, ...made } });
    for (const [at, session] of sessions.entries()) {
      const sessionId = newId();
      const own = { number: at + 1, capacity: signUpFor === 'single' ? capacity : null };
      await tx.session.create({ data: { id: sessionId, communityId, eventId, timeZone, ...own, ...stored(session) } });
      await parts.planner.plan(tx, occurrencesOf({ communityId, eventId, sessionId, revision: 0, session }));
    }
    if (deadline) {
      const closes = { key: `event.closes:${eventId}:0`, communityId, kind: 'session.start', dueAt: deadline.at, payload: { eventId } };
      await parts.planner.plan(tx, [closes]);
    }
    for (const address of groups) await placeCard(tx, { id: newId(), communityId, eventId, address }, now);
    await audit(tx, context, 'event.publish', eventId);
  });

  const move = effect<Tx, { eventId: string; sessionId: string; revision: number; session: SessionFields }>(
    'event.move',
    async (tx, { eventId, sessionId, revision, session }, context) => {
      const { communityId } = context;
      await tx.session.update({ where: { id: sessionId }, data: { ...stored(session), revision: revision + 1 } });
      // What was postponed has its new date.
      await tx.event.updateMany({ where: { id: eventId, status: 'postponed' }, data: { status: 'published' } });
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
  const member = await tx.householdMember.findFirst({ where: { personId }, select: { householdId: true } });
  return member ? `f:${member.householdId}` : participantKey.person(personId);
}
