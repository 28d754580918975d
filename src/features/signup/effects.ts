import type { Address } from '../../chat/index.js';
import { effect } from '../../command/index.js';
import { cardPressed, placeCard, touchCards } from '../../delivery/index.js';
import { audit } from '../../people/index.js';
import { createEvent, discard, keptByRef, moveSession, type EventFields, type SessionFields } from '../../programme/index.js';
import type { Tx } from '../../storage/index.js';
import { createRegister, type RegisterParts } from './register.js';
import { searchOf } from './search.js';
import { closingOf, occurrencesOf } from './sessions.js';

/** A new event as the form decides it. */
export interface NewEvent extends EventFields {
  readonly timeZone: string;
  readonly sessions: readonly SessionFields[];
  readonly groups: readonly Address[];
  /** The reference of the draft that becomes it; it keeps id and reference. */
  readonly draft: string | null;
}

/** Everything that signing up and running events change, as effects. */
export function createEffects(parts: RegisterParts & { newRef: () => string }) {
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

  return { register: createRegister(parts), publish, move, seen, pressed };
}

/** The effects by name. */
export type SignupEffects = ReturnType<typeof createEffects>;
