import { effect } from '../../command/index.js';
import type { Address } from '../../chat/index.js';
import { cardPressed, placeCard, touchCards } from '../../delivery/index.js';
import { audit, type Families, type NewDependant } from '../../people/index.js';
import type { Planner } from '../../schedule/index.js';
import type { Tx } from '../../storage/index.js';
import { changeStatus, writeSignUp } from './store.js';
import { participantKey } from './view.js';

/** The wording of the consent that is stored with each one given; raised when the text changes. */
export const consentVersion = '1';

/** One participant as the dialog names them: a grown-up, a child known before, or a child just told of. */
export type Participant = { readonly person: string } | { readonly dependant: string } | { readonly child: NewDependant };

/** When and where a session is, as it is stored. Instants in ms. */
export interface SessionFields {
  readonly startsWall: string;
  readonly endsWall: string | null;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly place: string;
}

/** What is to happen at a session's start and end. A moved session has another revision, so its old end is never taken for its new one. */
export const occurrencesOf = (parts: {
  communityId: string;
  eventId: string;
  sessionId: string;
  revision: number;
  session: SessionFields;
}) => {
  const { communityId, eventId, sessionId, revision, session } = parts;
  const of = (kind: 'session.start' | 'session.end', dueAt: number) => ({
    key: `${kind}:${sessionId}:${revision}`,
    communityId,
    kind,
    dueAt,
    payload: { eventId },
  });
  return [of('session.start', session.startsAt), of('session.end', session.endsAt)];
};

/** Everything that signing up and running events change, as effects. */
export function createEffects(parts: { families: Families; planner: Planner; newRef: () => string }) {
  const register = effect<
    Tx,
    {
      eventId: string;
      participants: readonly { who: Participant; status: 'confirmed' | 'waiting'; needsConsent: boolean }[];
      purpose: string;
    }
  >('signup.register', async (tx, { eventId, participants, purpose }, context) => {
    const { communityId, actorId, now, newId } = context;
    for (const { who, status, needsConsent } of participants) {
      const dependantId = await dependantOf(tx, who, actorId, newId);
      const participant = 'person' in who ? participantKey.person(who.person) : participantKey.dependant(dependantId ?? '');
      await writeSignUp(tx, { id: newId(), communityId, eventId, participant, dependantId, registrantId: actorId, status, now });
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

  const cancel = effect<Tx, { eventId: string; signUpId: string; promote: readonly string[] }>(
    'signup.cancel',
    async (tx, { eventId, signUpId, promote }, { now }) => {
      if (!(await changeStatus(tx, signUpId, ['held', 'offered', 'confirmed', 'waiting'], 'cancelled', now))) return;
      for (const next of promote) await changeStatus(tx, next, ['waiting'], 'confirmed', now);
      await touchCards(tx, eventId);
    },
  );

  const publish = effect<
    Tx,
    {
      title: string;
      bring: string | null;
      minAge: number | null;
      maxAge: number | null;
      capacity: number | null;
      timeZone: string;
      session: SessionFields;
      groups: readonly Address[];
    }
  >('event.publish', async (tx, { title, bring, minAge, maxAge, capacity, timeZone, session, groups }, context) => {
    const { communityId, actorId, now, newId } = context;
    const eventId = newId();
    const sessionId = newId();
    const about = {
      title,
      search: title.toLowerCase(),
      bring,
      minAge,
      maxAge,
      capacity,
      status: 'published',
      createdBy: actorId,
      publishedAt: new Date(now),
      createdAt: new Date(now),
    };
    await tx.event.create({ data: { id: eventId, communityId, ref: parts.newRef(), ...about } });
    await tx.session.create({ data: { id: sessionId, communityId, eventId, timeZone, ...stored(session) } });
    for (const address of groups) await placeCard(tx, { id: newId(), communityId, eventId, address }, now);
    await parts.planner.plan(tx, occurrencesOf({ communityId, eventId, sessionId, revision: 0, session }));
    await audit(tx, { id: newId(), communityId, actorId, action: 'event.publish', subject: eventId, now });
  });

  const move = effect<Tx, { eventId: string; sessionId: string; revision: number; session: SessionFields }>(
    'event.move',
    async (tx, { eventId, sessionId, revision, session }, { communityId, actorId, now, newId }) => {
      await tx.session.update({ where: { id: sessionId }, data: { ...stored(session), revision: revision + 1 } });
      const planned = (of: number) => occurrencesOf({ communityId, eventId, sessionId, revision: of, session });
      await parts.planner.cancelPlanned(tx, { keys: planned(revision).map(({ key }) => key) });
      await parts.planner.plan(tx, planned(revision + 1));
      await touchCards(tx, eventId);
      await audit(tx, { id: newId(), communityId, actorId, action: 'event.move', subject: eventId, now });
    },
  );

  const seen = effect<Tx, { eventId: string }>('roster.seen', async (tx, { eventId }, { communityId, actorId, now, newId }) => {
    await audit(tx, { id: newId(), communityId, actorId, action: 'roster.seen', subject: eventId, now });
  });

  const pressed = effect<Tx, { eventId: string; address: Address; messageId: string }>(
    'card.pressed',
    async (tx, { eventId, address, messageId }) => {
      await cardPressed(tx, address, eventId, messageId);
    },
  );

  return { register, cancel, publish, move, seen, pressed };
}

/** The effects by name. */
export type SignupEffects = ReturnType<typeof createEffects>;

const stored = ({ startsWall, endsWall, startsAt, endsAt, place }: SessionFields) => ({
  startsWall,
  endsWall,
  startsAt: new Date(startsAt),
  endsAt: new Date(endsAt),
  place,
});
