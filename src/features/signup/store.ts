import type { Families } from '../../people/index.js';
import { sql, type Tx } from '../../storage/index.js';
import type { EventView, SessionView, SignUpView } from './view.js';

/** Where a place is taken. */
const taking = ['held', 'offered', 'confirmed'];
/** Where somebody still hopes or comes: those who hear of changes. */
const concerned = [...taking, 'waiting'];

/** Reads an event so that what is counted stays true until the transaction ends. */
export type ReadLocked = (tx: Tx, communityId: string, ref: string) => Promise<EventView | null>;

/** The guard against overselling: an update that changes nothing locks the rows on PostgreSQL before they are counted; SQLite has one writer anyway. */
export const readLocked: ReadLocked = async (tx, communityId, ref) => {
  await tx.$executeRaw(
    sql`UPDATE "Session" SET "revision" = "revision" WHERE "eventId" IN (SELECT "id" FROM "Event" WHERE "ref" = ${ref})`,
  );
  return eventByRef(tx, communityId, ref);
};

type EventWhere = NonNullable<NonNullable<Parameters<Tx['event']['findMany']>[0]>['where']>;
type SignUpWhere = NonNullable<NonNullable<Parameters<Tx['signUp']['findMany']>[0]>['where']>;

/** Events with their session and how full it is; the people in it are counted by the database, not read. */
async function findEvents(tx: Tx, where: EventWhere, take: number): Promise<EventView[]> {
  const rows = await tx.event.findMany({ where, take, orderBy: { createdAt: 'asc' }, include: { sessions: { take: 1 } } });
  const events = rows.map(({ id }) => id);
  const counts = await tx.signUp.groupBy({ by: ['eventId', 'status'], where: { eventId: { in: events } }, _count: { _all: true } });
  return rows.flatMap(({ sessions: [session], ...event }) => {
    if (!session) return [];
    const count = (states: readonly string[]) =>
      counts
        .filter(({ eventId, status }) => eventId === event.id && states.includes(status))
        .reduce((sum, { _count }) => sum + _count._all, 0);
    return [eventView(event, session, count(taking), count(['waiting']))];
  });
}

function eventView(event: EventRow, session: SessionRow, taken: number, waiting: number): EventView {
  const { id, ref, title, bring, minAge, maxAge, status, createdBy } = event;
  const { capacity } = event;
  const { startsWall, endsWall, timeZone, place, revision } = session;
  const startsAt = session.startsAt.getTime();
  const endsAt = session.endsAt.getTime();
  const view: SessionView = { id: session.id, startsWall, endsWall, timeZone, startsAt, endsAt, place, capacity, revision, taken, waiting };
  return { id, ref, title, bring, minAge, maxAge, status, createdBy, session: view };
}

type EventRow = Awaited<ReturnType<Tx['event']['findFirstOrThrow']>>;
type SessionRow = Awaited<ReturnType<Tx['session']['findFirstOrThrow']>>;

/** One event of a community; null when there is none, also when it is another community's. */
export async function eventByRef(tx: Tx, communityId: string, ref: string): Promise<EventView | null> {
  return (await findEvents(tx, { communityId, ref }, 1))[0] ?? null;
}

/** One event by its id. */
export async function eventById(tx: Tx, id: string): Promise<EventView | null> {
  return (await findEvents(tx, { id }, 1))[0] ?? null;
}

/** Published events that have not begun, soonest first. */
export async function openEvents(tx: Tx, communityId: string, now: number): Promise<EventView[]> {
  const where = { communityId, status: 'published', sessions: { some: { startsAt: { gt: new Date(now) } } } };
  return byStart(await findEvents(tx, where, 200));
}

/** What staff manage: everything that has not ended more than 30 days ago, soonest first. */
export async function managedEvents(tx: Tx, communityId: string, now: number): Promise<EventView[]> {
  const since = new Date(now - 30 * 24 * 60 * 60 * 1000);
  return byStart(await findEvents(tx, { communityId, sessions: { some: { endsAt: { gt: since } } } }, 200));
}

const byStart = (events: EventView[]) =>
  events.sort((one, other) => one.session.startsAt - other.session.startsAt || one.id.localeCompare(other.id));

/** The events whose cards stand in this chat: which message each is, whether it was posted since `since` and is open at `now` (ms). */
export async function cardsIn(
  tx: Tx,
  chat: { platform: string; account: string; chat: string },
  { since, now }: { since: number; now: number },
): Promise<{ ref: string; messageId: string | null; recent: boolean; open: boolean }[]> {
  const cards = await tx.card.findMany({
    where: chat,
    include: { event: { select: { ref: true, status: true, sessions: { take: 1, select: { startsAt: true } } } } },
  });
  return cards.map(({ event: { ref, status, sessions }, messageId, postedAt }) => ({
    ref,
    messageId,
    recent: postedAt.getTime() >= since,
    open: status === 'published' && sessions.some(({ startsAt }) => startsAt.getTime() > now),
  }));
}

/** Sign-ups with the people behind them made readable. */
export interface SignUps {
  /** Everybody in an event who still counts, in order of arrival. */
  ofEvent(tx: Tx, eventId: string): Promise<SignUpView[]>;
  /** The first of those who wait. */
  waiting(tx: Tx, eventId: string, limit: number): Promise<SignUpView[]>;
  /** What a person signed up, or a child of their household, that has not ended; soonest first. */
  ofPerson(tx: Tx, personId: string, now: number): Promise<{ signUp: SignUpView; event: EventView }[]>;
}

/** Builds the readers of sign-ups. */
export function createSignUps(families: Families): SignUps {
  const read = async (tx: Tx, where: SignUpWhere, take: number) => {
    const rows = await tx.signUp.findMany({ where, take, orderBy: [{ position: 'asc' }, { id: 'asc' }], include: { dependant: true } });
    const ids = [...new Set(rows.flatMap(({ registrantId, participant }) => [registrantId, participant.slice(2)]))];
    const people = new Map((await tx.person.findMany({ where: { id: { in: ids } } })).map((person) => [person.id, person]));
    return rows.map(({ id, eventId, participant, dependant, status, position, registrantId }) => {
      const child = dependant && families.read(dependant);
      const registrant = people.get(registrantId);
      const view: SignUpView = {
        id,
        participant,
        name: child?.name ?? people.get(participant.slice(2))?.name ?? '',
        birthDate: child?.birthDate ?? null,
        status,
        position,
        registrantId,
        registrantName: registrant?.name ?? '',
        registrantLocale: registrant?.locale ?? null,
      };
      return { eventId, view };
    });
  };

  return {
    ofEvent: async (tx, eventId) => (await read(tx, { eventId, status: { in: concerned } }, 10_000)).map(({ view }) => view),
    waiting: async (tx, eventId, limit) => (await read(tx, { eventId, status: 'waiting' }, limit)).map(({ view }) => view),
    ofPerson: async (tx, personId, now) => {
      const mine = { OR: [{ registrantId: personId }, { dependant: { household: { members: { some: { personId } } } } }] };
      const rows = await read(
        tx,
        { ...mine, status: { in: concerned }, event: { sessions: { some: { endsAt: { gt: new Date(now) } } } } },
        200,
      );
      const events = await findEvents(tx, { id: { in: rows.map(({ eventId }) => eventId) } }, 200);
      return byStart(events).flatMap((event) =>
        rows.filter(({ eventId }) => eventId === event.id).map(({ view }) => ({ signUp: view, event })),
      );
    },
  };
}

/** Writes a sign-up; one that was cancelled before comes back at the end of the queue. Positions count up within an event. */
export async function writeSignUp(
  tx: Tx,
  row: {
    id: string;
    communityId: string;
    eventId: string;
    participant: string;
    dependantId: string | null;
    registrantId: string;
    status: string;
    now: number;
  },
): Promise<void> {
  const at = new Date(row.now);
  await tx.$executeRaw(
    sql`INSERT INTO "SignUp" ("id", "communityId", "eventId", "scope", "participant", "party", "dependantId", "registrantId", "status", "position", "createdAt", "updatedAt")
        VALUES (${row.id}, ${row.communityId}, ${row.eventId}, 'all', ${row.participant}, ${row.participant}, ${row.dependantId}, ${row.registrantId}, ${row.status},
          (SELECT COALESCE(MAX("position"), 0) + 1 FROM "SignUp" WHERE "eventId" = ${row.eventId} AND "scope" = 'all'), ${at}, ${at})
        ON CONFLICT ("eventId", "scope", "participant") DO UPDATE
          SET "status" = excluded."status", "position" = excluded."position", "registrantId" = excluded."registrantId", "updatedAt" = excluded."updatedAt"
          WHERE "SignUp"."status" = 'cancelled'`,
  );
}

/** Changes the status of a sign-up if it is still what it was thought to be. */
export async function changeStatus(tx: Tx, signUpId: string, from: readonly string[], to: string, now: number): Promise<boolean> {
  const { count } = await tx.signUp.updateMany({
    where: { id: signUpId, status: { in: [...from] } },
    data: { status: to, updatedAt: new Date(now) },
  });
  return count === 1;
}

/** Group chats of a community, where its cards are posted. */
export async function groupsOf(
  tx: Tx,
  communityId: string,
): Promise<{ platform: string; account: string; chat: string; title: string | null }[]> {
  const chats = await tx.chat.findMany({ where: { communityId, kind: 'group' }, orderBy: { createdAt: 'asc' } });
  return chats.map(({ platform, account, externalId, title }) => ({ platform, account, chat: externalId, title }));
}
