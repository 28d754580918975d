import type { SessionFields } from '../../programme/index.js';
import type { PlannedOccurrence } from '../../schedule/index.js';

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
