import { sql, type Tx } from '../storage/index.js';
import { audit, bondSubject, type Doing } from './audit.js';
import {
  asBond,
  canBeConfirmed,
  givesRights,
  isGuardianOf,
  needsStaff,
  samePairs,
  type Bond,
  type Bound,
  type Pair,
  type Tie,
} from './bonds.js';
import { guardedIn, withTies, writeTies } from './childBonds.js';
import type { Families } from './family.js';
import { forgetDependants } from './forget.js';
import { endMembership, heirOf, leavingMark, staffDecide, takeOut, unfitToKeep, type StaffSays } from './householdLeave.js';
import { mergeHouseholds } from './householdMerge.js';
import { memberOf, type HouseholdView, type Member } from './householdView.js';
import type { Freed } from './merge.js';
import { householdOf } from './ownHousehold.js';

/** Households with their members and dependants. */
export interface Households {
  /** The households that somebody belongs to, the oldest first. */
  of(tx: Tx, personId: string): Promise<HouseholdView[]>;
  /** One household; null when it is no more. */
  get(tx: Tx, householdId: string): Promise<HouseholdView | null>;
  /** The household that somebody's codes and children belong to; made where there is none. */
  ensure(tx: Tx, personId: string, newId: () => string): Promise<string>;
  /**
   * Takes somebody in; whoever is in already only says what they are to the children. False when the household is no more. Of children who
   * have a guardian they become guardian only where one of these asked them in (`vouchedBy`, or staff by a paper).
   */
  join(
    tx: Tx,
    parts: { householdId: string; personId: string; bond: Bond; vouchedBy?: { readonly personId: string } | 'staff' },
    doing: Doing,
  ): Promise<boolean>;
  /** What somebody is to the children. Another bond is not the one that staff confirmed. False where only staff can write it down. */
  setBond(tx: Tx, parts: { householdId: string; personId: string; bond: Bond }, doing: Doing): Promise<boolean>;
  /**
   * Staff have seen what somebody is to the children who are there now; without `bond`, that a grandparent is guardian. False when they
   * have said something else meanwhile, there is no child, or somebody would confirm themselves.
   */
  confirmGuardian(tx: Tx, parts: { householdId: string; personId: string; bond?: Bond }, doing: Doing): Promise<boolean>;
  /**
   * Leaves; the dependants and what was signed up for them stay with those who remain. The last one takes them along, and cannot go
   * while a sign-up is open; the last guardian does not leave children to others (`unfit`). `seen` is the digest of what they were
   * told before: where another is true by now, nothing happens (`changed`).
   */
  leave(
    tx: Tx,
    parts: { householdId: string; personId: string; seen?: string },
    doing: Doing,
  ): Promise<'left' | 'busy' | 'gone' | 'unfit' | 'changed'>;
  /** A guardian takes somebody out who is none; see `takeOut`. */
  takeOut(tx: Tx, parts: { householdId: string; personId: string }, doing: Doing): Promise<'out' | 'guardian' | 'gone'>;
  /** Staff take a right or a membership back; see `staffDecide`. */
  decide(
    tx: Tx,
    parts: { householdId: string; personId: string; says: StaffSays },
    doing: Doing,
  ): Promise<'done' | 'last' | 'own' | 'gone'>;
  /** Who of two households may be the same. */
  pairs(tx: Tx, from: string, into: string): Promise<Pair[]>;
  /** Makes one household of two that somebody belongs to. Members and dependants go over; the pairs that people said are the same become one. */
  merge(tx: Tx, parts: { from: string; into: string; personId: string; same: readonly Pair[] }, doing: Doing): Promise<Freed[] | null>;
}

const stillOpen = { in: ['held', 'offered', 'confirmed', 'waiting', 'leaving'] };
const running = { in: ['published', 'closed', 'postponed'] };

/** Whether a dependant is signed up, or waits, for something that has not ended; what was just given back does not count. */
export const isSignedUp = async (tx: Tx, dependantId: string): Promise<boolean> =>
  (await tx.signUp.count({
    where: { dependantId, status: { in: ['held', 'offered', 'confirmed', 'waiting'] }, event: { status: running } },
  })) > 0;

/** Those of some dependants on whom open sign-ups hang: their entries cannot be deleted yet. */
export async function signedUpAmong(tx: Tx, dependantIds: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const id of dependantIds) if (await isSignedUp(tx, id)) found.push(id);
  return found;
}

/** Whether a sign-up that has not ended, or may still be undone, hangs on a dependant of this household. */
export async function isBusy(tx: Tx, householdId: string): Promise<boolean> {
  const open = { dependant: { householdId }, status: stillOpen, event: { status: running } };
  return (await tx.signUp.count({ where: open })) > 0;
}

/** Holds households until the transaction ends, in one order: who leaves and who joins at the same time are counted one after the other. */
async function lock(tx: Tx, ids: readonly string[]): Promise<void> {
  for (const id of [...ids].sort()) await tx.$executeRaw(sql`UPDATE "Household" SET "id" = "id" WHERE "id" = ${id}`);
}

/** The members of a dependant's household who may consent for it. */
export async function guardiansOf(tx: Tx, dependantId: string): Promise<Member[]> {
  const child = await tx.dependant.findUnique({ where: { id: dependantId }, select: { id: true, createdAt: true } });
  const rows = await tx.householdMember.findMany({
    where: { household: { dependants: { some: { id: dependantId } } } },
    include: { person: { select: { name: true } }, ...withTies },
    orderBy: { personId: 'asc' },
  });
  return child ? rows.map(asMember).filter((member) => isGuardianOf(member, child)) : [];
}

const asMember = (row: Bound & { personId: string; person: { name: string } }): Member => ({
  personId: row.personId,
  name: row.person.name,
  bond: asBond(row.bond),
  confirmedBy: row.confirmedBy,
  confirmedAt: row.confirmedAt,
  apart: row.apart,
});

/** Builds the store of households. `locked` is there so that a test can take the lock away and see the harm. */
export function createHouseholds(families: Families, { locked = lock }: { locked?: typeof lock } = {}): Households {
  const get: Households['get'] = async (tx, householdId) => {
    const row = await tx.household.findUnique({
      where: { id: householdId },
      include: {
        members: { include: { person: { select: { name: true } }, ...withTies }, orderBy: { personId: 'asc' } },
        dependants: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
      },
    });
    if (!row) return null;
    const kept = (kind: string) =>
      row.dependants.filter((one) => one.kind === kind).map((one) => ({ ...families.read(one), createdAt: one.createdAt }));
    return { id: row.id, members: row.members.map(asMember), children: kept('child'), elders: kept('elder') };
  };
  const isMember = async (tx: Tx, householdId: string, personId: string) =>
    (await tx.householdMember.count({ where: { householdId, personId } })) > 0;

  const setBond: Households['setBond'] = async (tx, { householdId, personId, bond }, doing) => {
    const member = await membershipOf(tx, householdId, personId);
    if (!member || needsStaff(member, bond)) return false;
    if (member.bond === bond) return true;
    if (member.bond === null && givesRights(bond) && (await guardedIn(tx, householdId, personId)).size > 0) return false;
    const where = { householdId_personId: { householdId, personId } };
    await tx.householdMember.update({ where, data: { bond, confirmedBy: null, confirmedAt: null } });
    // Whoever says to be no guardian is none of any child; a right to some children goes to no others by its other name.
    if (!givesRights(bond)) await tx.childBond.deleteMany({ where: { householdId, personId } });
    await audit(tx, doing, 'household.bond', bondSubject(personId, bond));
    return true;
  };

  return {
    get,
    setBond,
    of: async (tx, personId) => {
      const rows = await tx.householdMember.findMany({
        where: { personId },
        select: { householdId: true },
        orderBy: [{ household: { createdAt: 'asc' } }, { householdId: 'asc' }],
      });
      const views = [];
      for (const { householdId } of rows) views.push(await get(tx, householdId));
      return views.filter((view) => view !== null);
    },
    ensure: (tx, personId, newId) => householdOf(tx, personId, newId),
    join: async (tx, { householdId, personId, bond, vouchedBy }, doing) => {
      await locked(tx, [householdId]);
      const view = await get(tx, householdId);
      if (!view) return false;
      if (memberOf(view, personId)) return setBond(tx, { householdId, personId, bond }, doing);
      await comeIn(tx, view, { personId, bond, vouchedBy });
      await audit(tx, doing, 'household.join', householdId);
      return true;
    },
    confirmGuardian: async (tx, { householdId, personId, bond = 'grandparent' }, doing) => {
      if (personId === doing.actorId) return false;
      await locked(tx, [householdId]);
      const view = await get(tx, householdId);
      const member = view && memberOf(view, personId);
      if (!view || !member || !canBeConfirmed(member, bond, view.children)) return false;
      const home = { bond, confirmedBy: doing.actorId, confirmedAt: new Date(doing.now) };
      // Staff have seen the papers of those who are there now.
      await writeTies(tx, { householdId, personId }, home, []);
      if (bond !== member.bond) await audit(tx, doing, 'household.bond', bondSubject(personId, bond));
      await audit(tx, doing, 'guardian.confirm', personId);
      return true;
    },
    leave: async (tx, { householdId, personId, seen }, doing) => {
      await locked(tx, [householdId]);
      const view = await get(tx, householdId);
      if (!view || !(await isMember(tx, householdId, personId))) return 'gone';
      if (seen !== undefined && seen !== leavingMark(view, personId)) return 'changed';
      const heir = heirOf(view, personId);
      if (heir && unfitToKeep(view, personId).length > 0) return 'unfit';
      if (!heir && (await isBusy(tx, householdId))) return 'busy';
      if (heir) await endMembership(tx, view, { personId, to: heir.personId }, doing);
      else {
        const dependants = [...view.children, ...view.elders].map(({ id }) => id);
        await forgetDependants(tx, dependants, doing);
        await tx.household.delete({ where: { id: householdId } });
      }
      await audit(tx, doing, 'household.leave', householdId);
      return 'left';
    },
    takeOut: async (tx, { householdId, personId }, doing) => {
      await locked(tx, [householdId]);
      return takeOut(tx, await get(tx, householdId), personId, doing);
    },
    decide: async (tx, { householdId, personId, says }, doing) => {
      await locked(tx, [householdId]);
      return staffDecide(tx, await get(tx, householdId), { personId, says }, doing);
    },
    pairs: async (tx, from, into) => {
      const [one, other] = [await get(tx, from), await get(tx, into)];
      if (!one || !other) return [];
      return [...samePairs(one.children, other.children), ...samePairs(one.elders, other.elders)];
    },
    merge: async (tx, { from, into, personId, same }, doing) => {
      await locked(tx, [from, into]);
      const both = (await isMember(tx, from, personId)) && (await isMember(tx, into, personId));
      if (from === into || !both) return null;
      return mergeHouseholds(tx, { from, into, same }, doing);
    },
  };
}

/** Somebody new in a household: guardian of the children who have none yet, and of those whose guardian asked them in. */
async function comeIn(
  tx: Tx,
  { id: householdId, members, children }: HouseholdView,
  { personId, bond, vouchedBy }: { personId: string; bond: Bond; vouchedBy: { readonly personId: string } | 'staff' | undefined },
): Promise<void> {
  const none: Tie = { bond: 'other', confirmedBy: null };
  const said: Tie = { bond, confirmedBy: null };
  const guarded = givesRights(bond) ? await guardedIn(tx, householdId, personId) : new Set<string>();
  const by = members.find((member) => vouchedBy !== 'staff' && member.personId === vouchedBy?.personId);
  const theirs = (child: (typeof children)[number]) =>
    vouchedBy === 'staff' || !guarded.has(child.id) || (by !== undefined && isGuardianOf(by, child));
  const home = children.length === 0 || children.some(theirs) ? said : none;
  const ties = children.map((child) => ({ child, tie: theirs(child) ? said : none }));
  await writeTies(tx, { householdId, personId }, { ...home, confirmedAt: null }, ties);
}

/** What somebody is in one household; null where they do not belong to it. */
export const membershipOf = (tx: Tx, householdId: string, personId: string): Promise<Bound | null> =>
  tx.householdMember.findUnique({
    where: { householdId_personId: { householdId, personId } },
    select: { bond: true, confirmedBy: true, confirmedAt: true, ...withTies },
  });
