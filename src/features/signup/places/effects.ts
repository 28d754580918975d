import type { Address } from '../../../chat/index.js';
import { effect } from '../../../command/index.js';
import { cardPressed, placeCard, touchCards } from '../../../delivery/index.js';
import { audit } from '../../../people/index.js';
import {
  createEvent,
  discard,
  eventById,
  isPutOff,
  keptByRef,
  moveSession,
  type EventFields,
  type EventView,
  type Scope,
  type SessionFields,
} from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import { holdAnew } from './holds.js';
import { serveLine, type LineParts } from './line.js';
import { pairAsked } from './pairs.js';
import { createRegister, type RegisterParts } from './register.js';
import { searchOf } from '../words/search.js';
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
export function createEffects(parts: RegisterParts & LineParts & { newRef: () => string }) {
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
      const { communityId, now } = context;
      const before = await eventById(tx, eventId);
      await moveSession(tx, { eventId, sessionId, revision, session });
      const planned = (of: number) => occurrencesOf({ communityId, eventId, sessionId, revision: of, session });
      await parts.planner.cancelPlanned(tx, { keys: planned(revision).map(({ key }) => key) });
      await parts.planner.plan(tx, planned(revision + 1));
      const after = await eventById(tx, eventId);
      for (const scope of after?.scopes ?? []) {
        const was = before?.scopes.find(({ key }) => key === scope.key);
        if (before && after && was && isPutOff(before, was) && !isPutOff(after, scope))
          await goOn(tx, { event: after, scope }, { communityId, now });
      }
      await touchCards(tx, eventId);
      await audit(tx, context, 'event.move', eventId);
    },
  );

  /** What was postponed has a date again: places are held for a new time, and whoever waits is asked about free ones. */
  async function goOn(
    tx: Tx,
    { event, scope }: { event: EventView; scope: Scope },
    { communityId, now }: { communityId: string; now: number },
  ) {
    const here = (await parts.signUps.ofEvent(tx, event.id)).filter((one) => one.scope === scope.key);
    const ids = here.flatMap(({ id, status }) => (status === 'held' ? [id] : []));
    await holdAnew(tx, parts.planner, { event, scope, ids }, { communityId, now });
    const pairs = new Set(here.flatMap(({ pairKey, status }) => (status === 'waiting' ? (pairKey ?? []) : [])));
    const asked = [...pairs].flatMap((pairKey) => pairAsked(event, communityId, pairKey, now) ?? []);
    if (asked.length > 0) await parts.planner.plan(tx, asked);
    await serveLine(tx, parts, { communityId, eventId: event.id, scope: scope.key, now, anew: true });
  }

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
