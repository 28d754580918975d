import type { Tx } from '../storage/index.js';
import type { EventView } from './view.js';

/** When and where a session is, as it is stored. Wall times "YYYY-MM-DDTHH:MM", instants in ms. */
export interface SessionFields {
  readonly startsWall: string;
  readonly endsWall: string | null;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly place: string;
}

/** What is said of an event besides its sessions. */
export interface EventFields {
  readonly title: string;
  readonly sector: string | null;
  readonly teacher: string | null;
  readonly organisation: string | null;
  readonly companions: 'none' | 'allowed' | 'required';
  readonly bring: string | null;
  readonly minAge: number | null;
  readonly maxAge: number | null;
  /** Of the whole event, or of each session where one signs up for single ones; null: no limit. */
  readonly capacity: number | null;
  readonly unit: EventView['unit'];
  readonly signUpFor: EventView['signUpFor'];
  readonly oneEach: boolean;
  /** Until when one may sign up; null: until it begins. */
  readonly deadline: { readonly wall: string; readonly at: number } | null;
}

/** An event that is published, with its ids. `search` is what a search looks in; `now` in ms. */
export interface PublishedEvent extends EventFields {
  readonly id: string;
  readonly communityId: string;
  readonly ref: string;
  readonly search: string;
  readonly timeZone: string;
  readonly createdBy: string;
  readonly now: number;
  readonly sessions: readonly (SessionFields & { readonly id: string })[];
}

/** Writes a published event with its sessions, numbered in their order. */
export async function createEvent(tx: Tx, event: PublishedEvent): Promise<void> {
  const { id, communityId, capacity, deadline, timeZone, sessions, now, ...about } = event;
  const single = about.signUpFor === 'single';
  await tx.event.create({
    data: {
      id,
      communityId,
      ...about,
      capacity: single ? null : capacity,
      deadlineWall: deadline?.wall ?? null,
      deadlineAt: deadline && new Date(deadline.at),
      status: 'published',
      publishedAt: new Date(now),
      createdAt: new Date(now),
    },
  });
  for (const [at, { id: sessionId, ...fields }] of sessions.entries()) {
    const own = { number: at + 1, capacity: single ? capacity : null };
    await tx.session.create({ data: { id: sessionId, communityId, eventId: id, timeZone, ...own, ...stored(fields) } });
  }
}

/** Writes another time or place of a session; `revision` is the one that was moved. What was postponed has its new date by it. */
export async function moveSession(
  tx: Tx,
  { eventId, sessionId, revision, session }: { eventId: string; sessionId: string; revision: number; session: SessionFields },
): Promise<void> {
  await tx.session.update({ where: { id: sessionId }, data: { ...stored(session), revision: revision + 1 } });
  await tx.event.updateMany({ where: { id: eventId, status: 'postponed' }, data: { status: 'published' } });
}

const stored = ({ startsWall, endsWall, startsAt, endsAt, place }: SessionFields) => ({
  startsWall,
  endsWall,
  startsAt: new Date(startsAt),
  endsAt: new Date(endsAt),
  place,
});
