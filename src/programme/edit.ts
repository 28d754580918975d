import type { Tx } from '../storage/index.js';
import { concerned, eventByRef } from './events.js';
import { raiseRevision, sessionCapacity, storedFields, type EventFields } from './publish.js';
import type { EventView } from './view.js';

/** An event with everything that staff may correct. */
export interface EventDetails extends EventView, Omit<EventFields, 'capacity' | 'deadline' | keyof EventView> {
  /** Until when one may sign up, as on the wall of the community. */
  readonly deadlineWall: string | null;
  /** Somebody has a place or waits: how one signs up is fixed from then on. */
  readonly peopleIn: boolean;
}

/** One event of a community with all its fields; null when there is none. */
export async function eventDetails(tx: Tx, communityId: string, ref: string): Promise<EventDetails | null> {
  const view = await eventByRef(tx, communityId, ref);
  const row = view && (await tx.event.findUnique({ where: { id: view.id } }));
  if (!row) return null;
  const people = await tx.signUp.count({ where: { eventId: view.id, status: { in: [...concerned, 'leaving'] } } });
  const { sector, serviceType, teacher, teacherId, organisation, deadlineWall } = row;
  return {
    ...view,
    sector,
    serviceType,
    teacher,
    teacherId,
    organisation,
    deadlineWall,
    aliases: row.aliases.split('\n').filter((alias) => alias !== ''),
    sectors: row.sectors.split(' ').filter((one) => one !== ''),
    peopleIn: people > 0,
  };
}

/** The person who was said to be an event's teacher; null where nobody was. */
export async function teacherIdOf(tx: Tx, eventId: string): Promise<string | null> {
  return (await tx.event.findUnique({ where: { id: eventId }, select: { teacherId: true } }))?.teacherId ?? null;
}

/** Says who an event's teacher is, or that nobody known is. */
export async function nameTeacher(tx: Tx, eventId: string, teacherId: string | null): Promise<void> {
  await tx.event.updateMany({ where: { id: eventId }, data: { teacherId } });
  await raiseRevision(tx, eventId);
}

/** Gives one session another number of places, where one signs up for single ones; null: no limit. */
export async function resizeSession(tx: Tx, eventId: string, sessionId: string, capacity: number | null): Promise<void> {
  await tx.session.updateMany({ where: { id: sessionId, eventId }, data: { capacity } });
  await raiseRevision(tx, eventId);
}

/** What becomes of an event by an edit. */
export interface EventEdit {
  readonly eventId: string;
  /** The one that was edited; the next is written. */
  readonly revision: number;
  readonly fields: EventFields;
  readonly search: string;
  /** The number of places is another, or is counted otherwise; else each session keeps its own. */
  readonly recounted: boolean;
  /** Another place for these sessions. */
  readonly places: readonly { readonly sessionId: string; readonly place: string }[];
}

/** Writes what staff corrected. Those that take place have their places each, where one signs up for single ones. Sign-ups stay as they are. */
export async function editEvent(tx: Tx, { eventId, revision, fields, search, recounted, places }: EventEdit): Promise<void> {
  await tx.event.update({ where: { id: eventId }, data: { ...storedFields(fields), search, revision: revision + 1 } });
  if (recounted) await tx.session.updateMany({ where: { eventId }, data: { capacity: sessionCapacity(fields) } });
  for (const { sessionId, place } of places)
    await tx.session.updateMany({ where: { id: sessionId, eventId }, data: { place, revision: { increment: 1 } } });
}
