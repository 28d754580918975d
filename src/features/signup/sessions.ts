import type { PlannedOccurrence } from '../../schedule/index.js';

/** When and where a session is, as it is stored. Instants in ms. */
export interface SessionFields {
  readonly startsWall: string;
  readonly endsWall: string | null;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly place: string;
}

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

/** A session as its row holds it. */
export const stored = ({ startsWall, endsWall, startsAt, endsAt, place }: SessionFields) => ({
  startsWall,
  endsWall,
  startsAt: new Date(startsAt),
  endsAt: new Date(endsAt),
  place,
});
