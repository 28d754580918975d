import { raw, sql, type Tx } from '../storage/index.js';
import { audit, linkSubject, type Doing } from './audit.js';
import { mayConsent, tieTo, type Bound, type Tie } from './bonds.js';
import { withTies, writeBoth } from './childBonds.js';
import { markOf } from './mark.js';
import { moveSignUps, type Freed } from './merge.js';
import { asRole, type Role } from './roles.js';
import { renamedOn } from './shownNames.js';
import { forgetConversations } from './traces.js';

/** A role that more accounts have from now on, because two persons became one. */
export interface Travelled {
  readonly communityId: string;
  readonly role: Role;
}

/** What came of linking: `self` when both are one person already, `gone` when one of them is no more, or no longer as it was shown. */
export type Linked =
  | {
      readonly type: 'linked';
      readonly freed: readonly Freed[];
      /** Titles of events for which both had signed up: of two sign-ups one is left. */
      readonly doubled: readonly string[];
      readonly travelled: readonly Travelled[];
      /** Households in which one of the two was guardian and the other had said to be none: staff look at it. */
      readonly unlike: readonly string[];
    }
  | { readonly type: 'self' | 'gone' };

/** Holds persons until the transaction ends, in one order, so that two who link to each other at once wait instead of blocking each other. */
async function hold(tx: Tx, ids: readonly string[]): Promise<void> {
  for (const id of [...ids].sort()) await tx.$executeRaw(sql`UPDATE "Person" SET "id" = "id" WHERE "id" = ${id}`);
}

/** What somebody brings along when two persons become one. */
export interface Belongings {
  readonly identities: readonly { readonly id: string; readonly platform: string; readonly name: string }[];
  readonly signUps: number;
  readonly children: number;
  readonly staff: boolean;
}

const live = { in: ['held', 'offered', 'confirmed', 'waiting'] };

/** What hangs on a person: said before it moves. */
export async function belongingsOf(tx: Tx, personId: string): Promise<Belongings> {
  return {
    identities: await tx.identity.findMany({
      where: { personId },
      select: { id: true, platform: true, name: true },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    }),
    signUps: await tx.signUp.count({ where: { registrantId: personId, status: live } }),
    children: await tx.dependant.count({ where: { household: { members: { some: { personId } } } } }),
    staff: (await tx.role.count({ where: { personId } })) > 0,
  };
}

/** The accounts and roles of two persons as a mark: another mark, and they are not any more what was asked about. */
export async function personsMark(tx: Tx, personIds: readonly [string, string]): Promise<string> {
  const parts = [];
  for (const personId of personIds) {
    const identities = await tx.identity.findMany({ where: { personId }, select: { id: true }, orderBy: { id: 'asc' } });
    const roles = await tx.role.findMany({ where: { personId }, select: { id: true }, orderBy: { id: 'asc' } });
    parts.push([personId, identities.map(({ id }) => id), roles.map(({ id }) => id)]);
  }
  return markOf(parts);
}

/**
 * Makes one person of two: `from` goes into `into` with identities, roles, households, sign-ups, consents and all that names it.
 * The person known longer gives name and language. Audit rows keep the id that is no more, and which roles came to more accounts: one
 * here, and one in each community whose roles they are. With a `mark` both must still be as they were then. `held` is there for a test's control.
 */
export async function linkPersons(
  tx: Tx,
  { from, into, mark }: { from: string; into: string; mark?: string },
  doing: Doing,
  { held = hold }: { held?: typeof hold } = {},
): Promise<Linked> {
  if (from === into) return { type: 'self' };
  await held(tx, [from, into]);
  const [goes, stays] = [await tx.person.findUnique({ where: { id: from } }), await tx.person.findUnique({ where: { id: into } })];
  if (!goes || !stays) return { type: 'gone' };
  if (mark !== undefined && mark !== (await personsMark(tx, [from, into]))) return { type: 'gone' };
  const travelled = await travelling(tx, from, into);
  const doubled = await doubledFor(tx, `p:${from}`, `p:${into}`);
  const older = goes.createdAt <= stays.createdAt ? goes : stays;
  const newer = older === goes ? stays : goes;
  const usedId = await usedAfter(tx, goes, stays);
  await tx.identity.updateMany({ where: { personId: from }, data: { personId: into } });
  await moveRoles(tx, from, into);
  const unlike = await moveMemberships(tx, from, into);
  const freed = await moveSignUps(tx, `p:${from}`, `p:${into}`);
  await moveNames(tx, from, into);
  await tx.person.update({
    where: { id: into },
    data: { name: older.name, locale: older.locale ?? newer.locale, elder: goes.elder || stays.elder, usedId },
  });
  await renamedOn(tx, { person: into }, doing.now);
  await tx.person.delete({ where: { id: from } });
  for (const communityId of new Set([doing.communityId, ...travelled.map((one) => one.communityId)])) {
    const there = travelled.filter((one) => one.communityId === communityId).map(({ role }) => role);
    await audit(tx, { ...doing, communityId }, 'person.link', linkSubject(from, there));
  }
  return { type: 'linked', freed, doubled, travelled, unlike };
}

/** The account that messages go to: whoever said yes last did so on theirs. */
async function usedAfter(tx: Tx, goes: { id: string; usedId: string | null }, stays: { id: string; usedId: string | null }) {
  const newest = async (personId: string) =>
    (await tx.identity.findFirst({ where: { personId }, orderBy: { createdAt: 'desc' }, select: { id: true } }))?.id ?? null;
  return goes.usedId ?? (await newest(goes.id)) ?? stays.usedId;
}

/** The roles that only one of two has, where the other has an account that will have them too. */
async function travelling(tx: Tx, from: string, into: string): Promise<Travelled[]> {
  const rolesOf = async (personId: string) =>
    (await tx.role.findMany({ where: { personId }, orderBy: [{ communityId: 'asc' }, { role: 'asc' }] })).flatMap(
      ({ communityId, role }) => {
        const known = asRole(role);
        return known === null ? [] : [{ communityId, role: known }];
      },
    );
  const [theirs, mine] = [await rolesOf(from), await rolesOf(into)];
  const newTo = async (personId: string, roles: readonly Travelled[], held: readonly Travelled[]) =>
    (await tx.identity.count({ where: { personId } })) === 0
      ? []
      : roles.filter((one) => !held.some(({ communityId, role }) => communityId === one.communityId && role === one.role));
  return [...(await newTo(into, theirs, mine)), ...(await newTo(from, mine, theirs))];
}

/** The titles of events in which both participants have a sign-up that counts, for the same thing. */
async function doubledFor(tx: Tx, one: string, other: string): Promise<string[]> {
  const rows = await tx.signUp.findMany({
    where: { participant: { in: [one, other] }, status: live },
    select: { eventId: true, scope: true, event: { select: { title: true } } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  const twice = rows.filter((row, at) => rows.findIndex(({ eventId, scope }) => eventId === row.eventId && scope === row.scope) < at);
  return [...new Set(twice.map(({ event }) => event.title))];
}

async function moveRoles(tx: Tx, from: string, into: string): Promise<void> {
  for (const { id, communityId, role } of await tx.role.findMany({ where: { personId: from } })) {
    const there = await tx.role.count({ where: { personId: into, communityId, role } });
    if (there > 0) await tx.role.delete({ where: { id } });
    else await tx.role.update({ where: { id }, data: { personId: into } });
  }
}

/**
 * Where both belong to one household, the right that one of them has stays, about every child: a guardian who says 都不是 by a second
 * account is one still. Gives the households in which the two contradict each other.
 */
async function moveMemberships(tx: Tx, from: string, into: string): Promise<string[]> {
  const unlike: string[] = [];
  for (const goes of await tx.householdMember.findMany({ where: { personId: from }, include: withTies })) {
    const { householdId } = goes;
    const seat = { householdId, personId: into };
    const stays = await tx.householdMember.findUnique({ where: { householdId_personId: seat }, include: withTies });
    const both: readonly Bound[] = stays ? [goes, stays] : [goes];
    const children = await tx.dependant.findMany({ where: { householdId, kind: 'child' }, select: { id: true, createdAt: true } });
    const ties = children.map((child) => ({ child, ties: both.map((one) => tieTo(one, child)) }));
    await writeBoth(tx, seat, [goes, stays ?? goes], ties);
    if (ties.some((one) => contradict(one.ties))) unlike.push(householdId);
    await tx.householdMember.delete({ where: { householdId_personId: { householdId, personId: from } } });
  }
  return unlike;
}

/** One is guardian, and the other has said to be none. */
const contradict = (ties: readonly Tie[]): boolean => ties.some(mayConsent) && ties.some((one) => one.bond !== null && !mayConsent(one));

/** Every other place where a person's id stands. `AuditEntry.subject` keeps the old id: it says what happened to whom at the time. */
const named = [
  ['SignUp', 'registrantId'],
  ['SignUp', 'recordedBy'],
  ['Consent', 'guardianId'],
  ['Consent', 'recordedBy'],
  ['Attendance', 'by'],
  ['Event', 'createdBy'],
  ['Event', 'teacherId'],
  ['Role', 'grantedBy'],
  ['HouseholdMember', 'confirmedBy'],
  ['ChildBond', 'confirmedBy'],
  ['ClaimCode', 'usedBy'],
  ['Code', 'createdBy'],
  ['Code', 'usedBy'],
  ['Task', 'personId'],
  ['Task', 'doneBy'],
  ['AuditEntry', 'actorId'],
] as const;

async function moveNames(tx: Tx, from: string, into: string): Promise<void> {
  for (const [table, column] of named)
    await tx.$executeRaw(sql`UPDATE ${raw(`"${table}"`)} SET ${raw(`"${column}"`)} = ${into} WHERE ${raw(`"${column}"`)} = ${from}`);
}

/**
 * Makes an identity a person of its own again: it begins afresh, and everything stays with the person it leaves. Null when it is not
 * one of theirs any more, or their last: somebody must be left who can reach what was kept.
 */
export async function unlinkIdentity(
  tx: Tx,
  { identityId, personId }: { identityId: string; personId: string },
  doing: Doing,
  { held = hold }: { held?: typeof hold } = {},
): Promise<string | null> {
  await held(tx, [personId]);
  const identities = await tx.identity.findMany({ where: { personId } });
  const identity = identities.find(({ id }) => id === identityId);
  if (!identity || identities.length < 2) return null;
  const id = doing.newId();
  await tx.person.create({ data: { id, name: identity.name, createdAt: new Date(doing.now) } });
  await tx.identity.update({ where: { id: identityId }, data: { personId: id } });
  const [left, another] = identities.filter((one) => one !== identity);
  // Which one is used is known as long as there are several.
  await tx.person.update({ where: { id: personId }, data: { usedId: another ? (left?.id ?? null) : null } });
  // What was open there names the family that it leaves.
  await forgetConversations(tx, identity);
  await audit(tx, doing, 'person.unlink', id);
  return id;
}
