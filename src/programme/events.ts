import { join, sql, type Tx } from '../storage/index.js';
import type { Places } from './places.js';
import { questionsOf } from './questions.js';
import { wholeEvent, type EventView, type Scope, type SessionView } from './view.js';

/** Where a place is taken. */
export const taking = ['held', 'offered', 'confirmed'] as const;
/** Where somebody still hopes or comes: those who hear of changes. */
export const concerned = [...taking, 'waiting'] as const;
/** What is not over for its participant: also what was given back and may still be taken back. */
export const stillCounting = [...concerned, 'leaving'] as const;

type EventWhere = NonNullable<NonNullable<Parameters<Tx['event']['findMany']>[0]>['where']>;
type EventRow = Awaited<ReturnType<Tx['event']['findFirstOrThrow']>>;
type SessionRow = Awaited<ReturnType<Tx['session']['findFirstOrThrow']>>;

/** Something of an event has no new date yet, whenever it would have been. */
export const undated: EventWhere = {
  status: { in: ['published', 'closed', 'postponed'] },
  OR: [{ status: 'postponed' }, { sessions: { some: { status: 'postponed' } } }],
};

/** Reads an event so that what is counted stays true until the transaction ends. */
export type ReadLocked = (tx: Tx, communityId: string, ref: string) => Promise<EventView | null>;

/** The guard against overselling: an update that changes nothing locks the event's row on PostgreSQL before its places are counted; SQLite has one writer anyway. */
export const readLocked: ReadLocked = async (tx, communityId, ref) => {
  await tx.$executeRaw(sql`UPDATE "Event" SET "revision" = "revision" WHERE "ref" = ${ref} AND "communityId" = ${communityId}`);
  return eventByRef(tx, communityId, ref);
};

/** One event of a community; null when there is none, also when it is another community's. */
export async function eventByRef(tx: Tx, communityId: string, ref: string): Promise<EventView | null> {
  return (await findEvents(tx, { communityId, ref }, 1))[0] ?? null;
}

/** One event by its id. */
export async function eventById(tx: Tx, id: string): Promise<EventView | null> {
  return (await findEvents(tx, { id }, 1))[0] ?? null;
}

/** These events of a community by their ids. */
export async function eventsByIds(tx: Tx, communityId: string, ids: readonly string[]): Promise<Map<string, EventView>> {
  const found = ids.length === 0 ? [] : await findEvents(tx, { communityId, id: { in: [...new Set(ids)] } }, ids.length);
  return new Map(found.map((event) => [event.id, event]));
}

/** The reference of an event of this community; null when it is another's. */
export async function eventRefOf(tx: Tx, communityId: string, id: string): Promise<string | null> {
  return (await tx.event.findFirst({ where: { id, communityId }, select: { ref: true } }))?.ref ?? null;
}

/** Published events of which something is still to come, soonest first. */
export async function openEvents(tx: Tx, communityId: string, now: number): Promise<EventView[]> {
  const ahead = { some: { status: 'planned', startsAt: { gt: new Date(now) } } };
  return byStart(await findEvents(tx, { communityId, status: 'published', sessions: ahead }, 200), now);
}

/** What a resident looks for among the open events; what is missing does not matter. */
export interface Looked {
  /** Of the event's zone, inclusive, ms: when one of its sessions begins. */
  readonly from?: number;
  readonly to?: number;
  readonly age?: number;
  readonly sector?: string;
  /** Folded: each of them stands in the title, the teacher, the organisation, or their pinyin. */
  readonly words: readonly string[];
}

/** Open events that are what somebody looks for, soonest first. The database does the looking. */
export async function searchEvents(tx: Tx, communityId: string, looked: Looked, now: number): Promise<EventView[]> {
  const { from = now, to, age, sector, words } = looked;
  // What LIKE reads as a sign for any letter is looked for by nobody.
  const plain = words.map((word) => word.replace(/[%_\\]/gu, ''));
  if (plain.includes('')) return [];
  const begins = { gt: new Date(Math.max(now, from - 1)), ...(to === undefined ? {} : { lte: new Date(to) }) };
  const where: EventWhere = {
    communityId,
    status: 'published',
    sessions: { some: { status: 'planned', startsAt: begins } },
    AND: [
      ...plain.map((word) => ({ search: { contains: word } })),
      ...(age === undefined
        ? []
        : [{ OR: [{ minAge: null }, { minAge: { lte: age } }] }, { OR: [{ maxAge: null }, { maxAge: { gte: age } }] }]),
      ...(sector === undefined ? [] : [{ OR: [{ sector }, { sectors: { contains: sector } }, ...alsoFor(sector)] }]),
    ],
  };
  return byStart(await findEvents(tx, where, 100), now);
}

/** Events of no sector are for children or for the elderly where their ages say nothing else. */
function alsoFor(sector: string): EventWhere[] {
  if (sector === 'youth') return [{ sector: null, OR: [{ minAge: null }, { minAge: { lt: 18 } }] }];
  return sector === 'elderly' ? [{ sector: null, OR: [{ maxAge: null }, { maxAge: { gte: 60 } }] }] : [];
}

/** What staff manage: everything that has not ended more than 30 days ago, and what has no new date yet, soonest first. */
export async function managedEvents(tx: Tx, communityId: string, now: number): Promise<EventView[]> {
  const since = new Date(now - 30 * 24 * 60 * 60 * 1000);
  const where: EventWhere = { communityId, OR: [{ sessions: { some: { endsAt: { gt: since } } } }, undated] };
  return byStart(await findEvents(tx, where, 200), now);
}

/** Events in the order of their next sessions. */
export function byStart(events: readonly EventView[], now: number): EventView[] {
  const next = ({ sessions }: EventView) => sessions.find(({ startsAt }) => startsAt > now) ?? sessions[0];
  return [...events].sort((one, other) => next(one).startsAt - next(other).startsAt || one.id.localeCompare(other.id));
}

/** Events with their sessions and how full they are; the people in them are counted by the database, not read. */
export async function findEvents(tx: Tx, where: EventWhere, take: number): Promise<EventView[]> {
  const rows = await tx.event.findMany({
    where,
    take,
    orderBy: { createdAt: 'asc' },
    include: { sessions: { where: { status: { in: ['planned', 'postponed'] } }, orderBy: [{ startsAt: 'asc' }, { number: 'asc' }] } },
  });
  const counts = await countPlaces(
    tx,
    rows.map(({ id }) => id),
  );
  return rows.flatMap(({ sessions, ...event }) => {
    const view = eventView(event, sessions, counts);
    return view ? [view] : [];
  });
}

interface Count {
  readonly eventId: string;
  readonly scope: string;
  readonly state: string;
  readonly people: number;
  readonly companions: number;
  readonly parties: number;
}

async function countPlaces(tx: Tx, events: readonly string[]): Promise<Count[]> {
  if (events.length === 0) return [];
  const rows = await tx.$queryRaw<{ [Key in keyof Count]: Count[Key] extends number ? number | bigint : string }[]>(
    sql`SELECT "eventId", "scope", CASE WHEN "status" IN (${join([...taking])}) THEN 'taken' ELSE "status" END AS "state",
          COUNT(*) AS "people", SUM("companions") AS "companions", COUNT(DISTINCT "party") AS "parties"
        FROM "SignUp" WHERE "eventId" IN (${join([...events])}) AND "status" IN (${join([...stillCounting])})
        GROUP BY 1, 2, 3`,
  );
  return rows.map(({ people, companions, parties, ...key }) => ({
    ...key,
    people: Number(people),
    companions: Number(companions),
    parties: Number(parties),
  }));
}

function eventView(event: EventRow, sessions: readonly SessionRow[], counts: readonly Count[]): EventView | undefined {
  // Of an event that was postponed before its sessions said so themselves, none has a date.
  const allPutOff = event.status === 'postponed' && sessions.every(({ status }) => status !== 'postponed');
  const [first, ...others] = sessions.map((session) => ({ ...sessionView(session), ...(allPutOff ? { postponed: true } : {}) }));
  // An event all of whose sessions were dropped is called off, and nobody looks at it.
  if (!first) return undefined;
  const { id, ref, title, bring, minAge, maxAge, status, revision, createdBy, oneEach, companionsCount } = event;
  const unit = event.unit === 'household' || event.unit === 'child' ? event.unit : 'person';
  const places = (key: string, capacity: number | null): Places => {
    const of = (state: string) => counts.find((count) => count.eventId === id && count.scope === key && count.state === state);
    const seats = (count: Count | undefined) =>
      !count ? 0 : unit === 'household' ? count.parties : count.people + (companionsCount ? count.companions : 0);
    return { capacity, taken: seats(of('taken')), leaving: seats(of('leaving')), waiting: of('waiting')?.people ?? 0 };
  };
  const all: [SessionView, ...SessionView[]] = [first, ...others];
  const capacities = new Map(sessions.map((session) => [session.id, session.capacity]));
  const single = (session: SessionView): Scope => ({
    key: session.id,
    sessions: [session],
    places: places(session.id, capacities.get(session.id) ?? null),
  });
  const signUpFor = event.signUpFor === 'single' ? 'single' : 'all';
  const scopes: [Scope, ...Scope[]] =
    signUpFor === 'single'
      ? [single(first), ...others.map(single)]
      : [{ key: wholeEvent, sessions: all, places: places(wholeEvent, event.capacity) }];
  const deadlineAt = event.deadlineAt?.getTime() ?? null;
  const companions: EventView['companions'] = event.companions === 'allowed' || event.companions === 'required' ? event.companions : 'none';
  const questions = questionsOf(event.questions);
  const about = { id, ref, title, bring, minAge, maxAge, status, revision, createdBy, oneEach, companions, companionsCount };
  return { ...about, questions, unit, signUpFor, deadlineAt, sessions: all, scopes };
}

/** The sessions of an event that were left out, in their order: a calendar that has them is to let them go. */
export async function droppedSessions(tx: Tx, eventId: string): Promise<SessionView[]> {
  return (await tx.session.findMany({ where: { eventId, status: 'dropped' }, orderBy: { number: 'asc' } })).map(sessionView);
}

function sessionView({ startsAt, endsAt, status, ...row }: SessionRow): SessionView {
  const { id, number, startsWall, endsWall, timeZone, place, revision } = row;
  const wall = { id, number, startsWall, endsWall, timeZone, place, revision };
  return { ...wall, startsAt: startsAt.getTime(), endsAt: endsAt.getTime(), postponed: status === 'postponed' };
}

/** The titles of events, by id. */
export async function eventTitles(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.event.findMany({ where: { id: { in: [...ids] } }, select: { id: true, title: true } });
  return new Map(rows.map(({ id, title }) => [id, title]));
}

/** The events of a name; where none is called so, those whose names hold it. */
export function eventsCalled(events: readonly EventView[], name: string): EventView[] {
  const fold = (text: string) =>
    text
      .normalize('NFKC')
      .replace(/[\s“”"《》]+/gu, '')
      .toLowerCase();
  const meant = fold(name);
  const exact = events.filter(({ title }) => fold(title) === meant);
  return exact.length > 0 ? exact : meant === '' ? [] : events.filter(({ title }) => fold(title).includes(meant));
}
