import { effect } from '../../../command/index.js';
import { touchCards } from '../../../delivery/index.js';
import { audit } from '../../../people/index.js';
import { callOffEvent, closeEvent, dropSession, eventById, reopenEvent, sessionRevisions } from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import { serveLine, type LineParts } from './line.js';
import { occurrencesOf } from './sessions.js';

/** Closing, reopening, calling off an event, and leaving out one of its sessions, as effects. Who is told stands beside them, where it was decided. */
export function createStatusEffects(parts: LineParts) {
  const { planner } = parts;

  /** What was planned for sessions that will not be. */
  const forgetSessions = async (tx: Tx, communityId: string, eventId: string, sessionId?: string): Promise<void> => {
    const keys = (await sessionRevisions(tx, eventId, sessionId)).flatMap(({ id, revision }) =>
      occurrencesOf({ communityId, eventId, sessionId: id, revision, session: { startsAt: 0, endsAt: 0 } }).map(({ key }) => key),
    );
    await planner.cancelPlanned(tx, { keys });
  };

  const close = effect<Tx, { eventId: string }>('event.close', async (tx, { eventId }, context) => {
    await closeEvent(tx, eventId);
    await touchCards(tx, eventId);
    await audit(tx, context, 'event.close', eventId);
  });

  const reopen = effect<Tx, { eventId: string }>('event.reopen', async (tx, { eventId }, context) => {
    const { communityId, now } = context;
    await reopenEvent(tx, eventId, now);
    const event = await eventById(tx, eventId);
    for (const scope of event?.scopes ?? []) await serveLine(tx, parts, { communityId, eventId, scope: scope.key, now, anew: false });
    await touchCards(tx, eventId);
    await audit(tx, context, 'event.reopen', eventId);
  });

  /** Calls an event off for good, or until a new date is found: sign-ups stay as they are, offers are taken back, and nothing more becomes due. */
  const callOff = effect<Tx, { eventId: string; status: 'cancelled' | 'postponed' }>(
    'event.callOff',
    async (tx, { eventId, status }, context) => {
      const { communityId, now } = context;
      await callOffEvent(tx, eventId, status, now);
      await forgetSessions(tx, communityId, eventId);
      await touchCards(tx, eventId);
      await audit(tx, context, status === 'cancelled' ? 'event.cancel' : 'event.postpone', eventId);
    },
  );

  /** Leaves one session out; who signed up for it alone is not signed up any more. */
  const drop = effect<Tx, { eventId: string; sessionId: string }>('session.drop', async (tx, { eventId, sessionId }, context) => {
    const { communityId, now } = context;
    await forgetSessions(tx, communityId, eventId, sessionId);
    await dropSession(tx, eventId, sessionId, now);
    await touchCards(tx, eventId);
    await audit(tx, context, 'session.drop', eventId);
  });

  return { close, reopen, callOff, drop };
}

/** The effects of an event's status by name. */
export type StatusEffects = ReturnType<typeof createStatusEffects>;
