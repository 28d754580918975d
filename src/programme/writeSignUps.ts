import { join, sql, type Tx } from '../storage/index.js';
import { concerned, stillCounting } from './events.js';
import { participantKey, wholeEvent, type HeldFor } from './view.js';

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
  /** What is still missing; the status is `held` then, or `waiting`. */
  readonly heldFor: HeldFor | null;
  /** How long it is held, ms; null for every other status. */
  readonly until: number | null;
  /** The staff member who wrote it down for somebody. */
  readonly recordedBy: string | null;
  /** Companions who come along. */
  readonly companions: number;
  /** Sealed. */
  readonly guestName: Uint8Array<ArrayBuffer> | null;
  /** ms since the epoch */
  readonly now: number;
}

/**
 * Writes a sign-up; one that was cancelled or released before comes back at the end of the queue. Positions count up within a scope.
 * Gives the row's id and revision; null where the participant is in the scope already.
 */
export async function writeSignUp(tx: Tx, row: NewSignUp): Promise<{ readonly id: string; readonly revision: number } | null> {
  const at = new Date(row.now);
  const sessionId = row.scope === wholeEvent ? null : row.scope;
  const [written] = await tx.$queryRaw<{ id: string; revision: number | bigint }[]>(
    sql`INSERT INTO "SignUp" ("id", "communityId", "eventId", "sessionId", "scope", "participant", "party", "dependantId", "registrantId", "recordedBy",
          "status", "pairKey", "priority", "heldFor", "until", "companions", "guestName", "position", "createdAt", "updatedAt")
        VALUES (${row.id}, ${row.communityId}, ${row.eventId}, ${sessionId}, ${row.scope}, ${row.participant}, ${row.party},
          ${row.dependantId}, ${row.registrantId}, ${row.recordedBy}, ${row.status}, ${row.pairKey}, ${row.priority}, ${row.heldFor},
          ${row.until === null ? null : new Date(row.until)}, ${row.companions}, ${row.guestName},
          (SELECT COALESCE(MAX("position"), 0) + 1 FROM "SignUp" WHERE "eventId" = ${row.eventId} AND "scope" = ${row.scope}), ${at}, ${at})
        ON CONFLICT ("eventId", "scope", "participant") DO UPDATE
          SET "status" = excluded."status", "position" = excluded."position", "registrantId" = excluded."registrantId",
            "recordedBy" = excluded."recordedBy",
            "party" = excluded."party", "pairKey" = excluded."pairKey", "priority" = excluded."priority", "heldFor" = excluded."heldFor",
            "until" = excluded."until", "companions" = excluded."companions", "guestName" = excluded."guestName", "lapses" = 0,
            "revision" = "SignUp"."revision" + 1, "updatedAt" = excluded."updatedAt"
          WHERE "SignUp"."status" IN ('cancelled', 'released') RETURNING "id", "revision"`,
  );
  return written ? { id: written.id, revision: Number(written.revision) } : null;
}

/** Who a held place is for, once somebody says so. */
export interface Filling {
  /** The sign-up that is held, or waits, for a participant. */
  readonly id: string;
  readonly participant: string;
  readonly party: string;
  readonly dependantId: string | null;
  readonly registrantId: string;
  readonly recordedBy: string | null;
  readonly heldFor: 'consent' | null;
  readonly companions: number;
  readonly now: number;
}

/**
 * Gives a held place its participant; it keeps its position, and its status too (`changeStatus` comes after). An earlier sign-up of
 * the participant that is over makes room. False when the place is not held any more.
 */
export async function fillHeld(tx: Tx, { id, now, ...fields }: Filling): Promise<boolean> {
  const held = await tx.signUp.findFirst({ where: { id, heldFor: 'participant', status: { in: [...concerned] } } });
  if (!held) return false;
  const { eventId, scope } = held;
  await tx.signUp.deleteMany({ where: { eventId, scope, participant: fields.participant, status: { in: ['cancelled', 'released'] } } });
  await tx.signUp.update({ where: { id }, data: { ...fields, updatedAt: new Date(now) } });
  return true;
}

/** The consent for a participant is there: nothing is missing any more. Gives the sign-ups that were held for it. */
export async function consentThere(tx: Tx, eventId: string, dependantId: string): Promise<string[]> {
  const where = { eventId, dependantId, heldFor: 'consent' };
  const rows = await tx.signUp.findMany({ where, select: { id: true, status: true }, orderBy: { position: 'asc' } });
  await tx.signUp.updateMany({ where, data: { heldFor: null } });
  return rows.flatMap(({ id, status }) => (status === 'held' ? [id] : []));
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

/** A scope in which places came free. */
export interface FreedScope {
  readonly communityId: string;
  readonly eventId: string;
  /** "all" or a session's id. */
  readonly scope: string;
}

/** Gives back everything that somebody and these dependants have in events that are not over, and everything they signed up for guests. Gives the scopes in which that was, in one order. `now` in ms. */
export async function giveBackAll(
  tx: Tx,
  { personId, dependants, now }: { personId: string; dependants: readonly string[]; now: number },
): Promise<FreedScope[]> {
  const open = {
    status: { in: [...stillCounting] },
    OR: [
      { participant: participantKey.person(personId) },
      { dependantId: { in: [...dependants] } },
      { registrantId: personId, dependantId: null },
    ],
    event: { status: { in: ['published', 'closed', 'postponed'] } },
  };
  const left = await tx.signUp.findMany({
    where: open,
    select: { communityId: true, eventId: true, scope: true },
    distinct: ['eventId', 'scope'],
    orderBy: [{ eventId: 'asc' }, { scope: 'asc' }],
  });
  await tx.signUp.updateMany({
    where: open,
    data: { status: 'cancelled', until: null, revision: { increment: 1 }, updatedAt: new Date(now) },
  });
  return left;
}

/** The sign-up of a participant in a scope, whatever its state; its id alone, null where there is none. */
export async function signUpIdOf(tx: Tx, eventId: string, scope: string, participant: string): Promise<string | null> {
  const row = await tx.signUp.findUnique({ where: { eventId_scope_participant: { eventId, scope, participant } }, select: { id: true } });
  return row?.id ?? null;
}
