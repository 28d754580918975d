import type { SessionFields } from '../../../programme/index.js';
import type { PlannedOccurrence } from '../../../schedule/index.js';

/** From its deadline on nobody can sign up, and the card says so. `at` in ms. */
export const closingOf = (parts: { communityId: string; eventId: string; revision: number; at: number }): PlannedOccurrence => ({
  key: `event.closes:${parts.eventId}:${parts.revision}`,
  communityId: parts.communityId,
  kind: 'session.start',
  dueAt: parts.at,
  payload: { eventId: parts.eventId },
});

/** What is to happen at a session's start and end. A moved session has another revision, so its old end is never taken for its new one. */
export function occurrencesOf(parts: {
  communityId: string;
  eventId: string;
  sessionId: string;
  revision: number;
  session: Pick<SessionFields, 'startsAt' | 'endsAt'>;
}): PlannedOccurrence[] {
  const { communityId, eventId, sessionId, revision, session } = parts;
  const of = (kind: 'session.start' | 'session.end', dueAt: number) => ({
    key: `${kind}:${sessionId}:${revision}`,
    communityId,
    kind,
    dueAt,
    payload: { eventId },
  });
  return [of('session.start', session.startsAt), of('session.end', session.endsAt)];
}
