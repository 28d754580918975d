import type { Tx } from '../storage/index.js';
import type { OwnQuestion } from './questions.js';
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
  /** Other names it goes by. */
  readonly aliases: readonly string[];
  /** The primary sector, and any further ones. */
  readonly sector: string | null;
  readonly sectors: readonly string[];
  readonly serviceType: string | null;
  readonly teacher: string | null;
  /** The person behind the teacher's name, where staff said who it is. */
  readonly teacherId: string | null;
  readonly organisation: string | null;
  readonly companions: 'none' | 'allowed' | 'required';
  /** Companions take places too. */
  readonly companionsCount: boolean;
  readonly bring: string | null;
  readonly minAge: number | null;
  readonly maxAge: number | null;
  /** Of the whole event, or of each session where one signs up for single ones; null: no limit. */
  readonly capacity: number | null;
  readonly unit: EventView['unit'];
  readonly signUpFor: EventView['signUpFor'];
  readonly oneEach: boolean;
  /** What everybody is asked who signs up. */
  readonly questions: readonly OwnQuestion[];
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
  const { id, communityId, ref, search, createdBy, timeZone, sessions, now, ...fields } = event;
  await tx.event.create({
    data: {
      id,
      communityId,
      ref,
      search,
      createdBy,
      ...storedFields(fields),
      status: 'published',
      publishedAt: new Date(now),
      createdAt: new Date(now),
    },
  });
  for (const [at, { id: sessionId, ...meeting }] of sessions.entries()) {
    const own = { number: at + 1, capacity: sessionCapacity(fields) };
    await tx.session.create({ data: { id: sessionId, communityId, eventId: id, timeZone, ...own, ...stored(meeting) } });
  }
}

/** The columns of what is said of an event. */
export function storedFields({ capacity, deadline, aliases, sectors, questions, ...about }: EventFields) {
  return {
    ...about,
    aliases: aliases.join('\n'),
    sectors: sectors.join(' '),
    questions: JSON.stringify(questions),
    capacity: about.signUpFor === 'single' ? null : capacity,
    deadlineWall: deadline?.wall ?? null,
    deadlineAt: deadline && new Date(deadline.at),
  };
}

/** The places of each session, where one signs up for single ones. */
export const sessionCapacity = ({ signUpFor, capacity }: Pick<EventFields, 'signUpFor' | 'capacity'>): number | null =>
  signUpFor === 'single' ? capacity : null;

/** Writes another time or place of a session; `revision` is the one that was moved. What was postponed has its new date by it; other sessions of the event that were stay so. */
export async function moveSession(
  tx: Tx,
  { eventId, sessionId, revision, session }: { eventId: string; sessionId: string; revision: number; session: SessionFields },
): Promise<void> {
  await tx.session.update({ where: { id: sessionId }, data: { ...stored(session), status: 'planned', revision: revision + 1 } });
  await tx.event.updateMany({ where: { id: eventId, status: 'postponed' }, data: { status: 'published' } });
  await raiseRevision(tx, eventId);
}

/** Whoever has the event's form open is told that it is not what they see any more. */
export async function raiseRevision(tx: Tx, eventId: string): Promise<void> {
  await tx.event.updateMany({ where: { id: eventId }, data: { revision: { increment: 1 } } });
}

const stored = ({ startsWall, endsWall, startsAt, endsAt, place }: SessionFields) => ({
  startsWall,
  endsWall,
  startsAt: new Date(startsAt),
  endsAt: new Date(endsAt),
  place,
});
