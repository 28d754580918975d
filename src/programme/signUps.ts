import type { Families } from '../people/index.js';
import { join, sql, type Tx } from '../storage/index.js';
import { byStart, concerned, findEvents } from './events.js';
import type { EventView, SignUpView } from './view.js';

type SignUpWhere = NonNullable<NonNullable<Parameters<Tx['signUp']['findMany']>[0]>['where']>;

/** One of a person's sign-ups, with its event. */
export interface PersonsSignUp {
  readonly signUp: SignUpView;
  readonly event: EventView;
}

/** Sign-ups with the people behind them made readable. */
export interface SignUps {
  /** Everybody in an event who still counts, in order of arrival. */
  ofEvent(tx: Tx, eventId: string): Promise<SignUpView[]>;
  /** The waiting list of a scope: by priority, then by arrival. */
  waiting(tx: Tx, eventId: string, scope: string): Promise<SignUpView[]>;
  /** Of this person, or of a child of their household, in events that have not ended; soonest first. Also what may still be undone. */
  ofPerson(tx: Tx, personId: string, now: number): Promise<PersonsSignUp[]>;
  /** One by its id, whoever's it is. */
  byId(tx: Tx, id: string): Promise<SignUpView | null>;
}

/** Builds the readers of sign-ups. */
export function createSignUps(families: Families): SignUps {
  const read = async (tx: Tx, where: SignUpWhere, take: number): Promise<SignUpView[]> => {
    const rows = await tx.signUp.findMany({ where, take, orderBy: [{ position: 'asc' }, { id: 'asc' }], include: { dependant: true } });
    if (rows.length === 0) return [];
    const ids = [...new Set(rows.flatMap(({ registrantId, participant }) => [registrantId, participant.slice(2)]))];
    const people = new Map((await tx.person.findMany({ where: { id: { in: ids } } })).map((person) => [person.id, person]));
    return rows.map((row): SignUpView => {
      const { id, eventId, scope, participant, dependant, status, position, party, companions, pairKey, lapses, revision, registrantId } =
        row;
      const child = dependant && families.read(dependant);
      const registrant = people.get(registrantId);
      return {
        id,
        eventId,
        scope,
        participant,
        name: child?.name ?? people.get(participant.slice(2))?.name ?? '',
        birthDate: child?.birthDate ?? null,
        status,
        position,
        party,
        companions,
        pairKey,
        lapses,
        until: row.until?.getTime() ?? null,
        revision,
        registrantId,
        registrantName: registrant?.name ?? '',
        registrantLocale: registrant?.locale ?? null,
      };
    });
  };

  return {
    ofEvent: (tx, eventId) => read(tx, { eventId, status: { in: [...concerned] } }, 10_000),
    waiting: async (tx, eventId, scope) => {
      const list = await read(tx, { eventId, scope, status: 'waiting' }, 10_000);
      const first = await tx.signUp.findMany({ where: { eventId, scope, status: 'waiting', priority: { gt: 0 } }, select: { id: true } });
      const ahead = new Set(first.map(({ id }) => id));
      return [...list.filter(({ id }) => ahead.has(id)), ...list.filter(({ id }) => !ahead.has(id))];
    },
    ofPerson: async (tx, personId, now) => {
      const mine = { OR: [{ registrantId: personId }, { dependant: { household: { members: { some: { personId } } } } }] };
      const still = { OR: [{ status: { in: [...concerned, 'leaving'] } }, { status: 'cancelled', until: { gt: new Date(now) } }] };
      const ahead = { event: { sessions: { some: { status: 'planned', endsAt: { gt: new Date(now) } } } } };
      const rows = await read(tx, { AND: [mine, still, ahead] }, 200);
      if (rows.length === 0) return [];
      const events = await findEvents(tx, { id: { in: rows.map(({ eventId }) => eventId) } }, 200);
      return byStart(events, now).flatMap((event) =>
        rows.filter(({ eventId }) => eventId === event.id).map((signUp) => ({ signUp, event })),
      );
    },
    byId: async (tx, id) => (await read(tx, { id }, 1))[0] ?? null,
  };
}

/** A sign-up as it is written. */
export interface NewSignUp {
  readonly id: string;
  readonly communityId: string;
  readonly eventId: string;
  /** "all" or a session's id. */
  readonly scope: string;
  readonly participant: string;
  readonly party: string;
  readonly dependantId: string | null;
  readonly registrantId: string;
  readonly status: string;
  /** Together or not at all with the others of this key. */
  readonly pairKey: string | null;
  /** Higher goes first on the waiting list. */
  readonly priority: number;
  /** ms since the epoch */
  readonly now: number;
}

/** Writes a sign-up; one that was cancelled or released before comes back at the end of the queue. Positions count up within a scope. */
export async function writeSignUp(tx: Tx, row: NewSignUp): Promise<void> {
  const at = new Date(row.now);
  const sessionId = row.scope === 'all' ? null : row.scope;
  await tx.$executeRaw(
    sql`INSERT INTO "SignUp" ("id", "communityId", "eventId", "sessionId", "scope", "participant", "party", "dependantId", "registrantId",
          "status", "pairKey", "priority", "position", "createdAt", "updatedAt")
        VALUES (${row.id}, ${row.communityId}, ${row.eventId}, ${sessionId}, ${row.scope}, ${row.participant}, ${row.party},
          ${row.dependantId}, ${row.registrantId}, ${row.status}, ${row.pairKey}, ${row.priority},
          (SELECT COALESCE(MAX("position"), 0) + 1 FROM "SignUp" WHERE "eventId" = ${row.eventId} AND "scope" = ${row.scope}), ${at}, ${at})
        ON CONFLICT ("eventId", "scope", "participant") DO UPDATE
          SET "status" = excluded."status", "position" = excluded."position", "registrantId" = excluded."registrantId",
            "party" = excluded."party", "pairKey" = excluded."pairKey", "priority" = excluded."priority", "until" = NULL, "lapses" = 0,
            "revision" = "SignUp"."revision" + 1, "updatedAt" = excluded."updatedAt"
          WHERE "SignUp"."status" IN ('cancelled', 'released')`,
  );
}

/** A change of status. `until` in ms, null where nothing is waited for. */
export interface StatusChange {
  readonly id: string;
  readonly from: readonly string[];
  readonly to: string;
  readonly until: number | null;
  readonly now: number;
  /** Goes to the end of the list. */
  readonly last?: boolean;
  /** An offer was left unanswered. */
  readonly lapsed?: boolean;
}

/** Changes the status of a sign-up if it is still what it was thought to be. Gives the new revision, which names what is planned for it; null when it was not. */
export async function changeStatus(tx: Tx, { id, from, to, until, now, last, lapsed }: StatusChange): Promise<number | null> {
  const end = sql`(SELECT MAX(o."position") + 1 FROM "SignUp" o WHERE o."eventId" = "SignUp"."eventId" AND o."scope" = "SignUp"."scope")`;
  const rows = await tx.$queryRaw<{ revision: number | bigint }[]>(
    sql`UPDATE "SignUp" SET "status" = ${to}, "until" = ${until === null ? null : new Date(until)}, "updatedAt" = ${new Date(now)},
          "revision" = "revision" + 1, "lapses" = "lapses" + ${lapsed === true ? 1 : 0},
          "position" = ${last === true ? end : sql`"position"`}, "priority" = ${last === true ? sql`0` : sql`"priority"`}
        WHERE "id" = ${id} AND "status" IN (${join([...from])}) RETURNING "revision"`,
  );
  return rows[0] === undefined ? null : Number(rows[0].revision);
}

/** Whether somebody waited in vain the last time, in an event of this community that is over: who lets such people go first asks this. */
export async function waitedInVain(tx: Tx, communityId: string, participant: string): Promise<boolean> {
  const last = await tx.signUp.findFirst({
    where: { communityId, participant, event: { status: 'ended' }, status: { in: ['waiting', 'confirmed'] } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: { status: true },
  });
  return last?.status === 'waiting';
}
