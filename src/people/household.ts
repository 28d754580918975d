import { sql, type Tx } from '../storage/index.js';
import { audit, type Doing } from './audit.js';
import { asBond, mayConsent, samePairs, type Bond, type Pair } from './bonds.js';
import type { Dependant, Families } from './family.js';
import { forgetDependants } from './forget.js';
import { mergeDependants, type Freed } from './merge.js';
import { householdOf } from './ownHousehold.js';

/** A grown-up of a household. */
export interface Member {
  readonly personId: string;
  readonly name: string;
  /** What they are to the children; null until they said so. */
  readonly bond: Bond | null;
  /** The staff member who confirmed that a grandparent is guardian. */
  readonly confirmedBy: string | null;
}

/** A household as its members may see it. */
export interface HouseholdView {
  readonly id: string;
  readonly members: readonly Member[];
  readonly children: readonly Dependant[];
  readonly elders: readonly Dependant[];
}

/** Households with their members and dependants. */
export interface Households {
  /** The households that somebody belongs to, the oldest first. */
  of(tx: Tx, personId: string): Promise<HouseholdView[]>;
  /** One household; null when it is no more. */
  get(tx: Tx, householdId: string): Promise<HouseholdView | null>;
  /** The household that somebody's codes and children belong to; made where there is none. */
  ensure(tx: Tx, personId: string, newId: () => string): Promise<string>;
  /** Takes somebody in; whoever is in already only says what they are to the children. False when the household is no more. */
  join(tx: Tx, parts: { householdId: string; personId: string; bond: Bond }, doing: Doing): Promise<boolean>;
  /** What somebody is to the children. Another bond is not the one that staff confirmed. */
  setBond(tx: Tx, parts: { householdId: string; personId: string; bond: Bond }): Promise<void>;
  /** Staff have seen that a grandparent is guardian. False when they are none, or nobody may confirm themselves. */
  confirmGuardian(tx: Tx, parts: { householdId: string; personId: string }, doing: Doing): Promise<boolean>;
  /** Leaves; the dependants stay with those who remain. The last one takes them along, and cannot go while a sign-up is open. */
  leave(tx: Tx, parts: { householdId: string; personId: string }, doing: Doing): Promise<'left' | 'busy' | 'gone'>;
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

/** Whether a sign-up that has not ended hangs on one of these dependants. */
async function isBusy(tx: Tx, householdId: string): Promise<boolean> {
  const open = { dependant: { householdId }, status: stillOpen, event: { status: running } };
  return (await tx.signUp.count({ where: open })) > 0;
}

/** Holds households until the transaction ends, in one order: who leaves and who joins at the same time are counted one after the other. */
async function lock(tx: Tx, ids: readonly string[]): Promise<void> {
  for (const id of [...ids].sort()) await tx.$executeRaw(sql`UPDATE "Household" SET "id" = "id" WHERE "id" = ${id}`);
}

/** The members of a dependant's household who may consent for it. */
export async function guardiansOf(tx: Tx, dependantId: string): Promise<Member[]> {
  const rows = await tx.householdMember.findMany({
    where: { household: { dependants: { some: { id: dependantId } } } },
    include: { person: { select: { name: true } } },
    orderBy: { personId: 'asc' },
  });
  return rows.map(memberOf).filter(mayConsent);
}

const memberOf = (row: { personId: string; bond: string | null; confirmedBy: string | null; person: { name: string } }): Member => ({
  personId: row.personId,
  name: row.person.name,
  bond: asBond(row.bond),
  confirmedBy: row.confirmedBy,
});

/** Builds the store of households. `locked` is there so that a test can take the lock away and see the harm. */
export function createHouseholds(families: Families, { locked = lock }: { locked?: typeof lock } = {}): Households {
  const get: Households['get'] = async (tx, householdId) => {
    const row = await tx.household.findUnique({
      where: { id: householdId },
      include: {
        members: { include: { person: { select: { name: true } } }, orderBy: { personId: 'asc' } },
        dependants: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
      },
    });
    if (!row) return null;
    const kept = (kind: string) => row.dependants.filter((one) => one.kind === kind).map(families.read);
    return { id: row.id, members: row.members.map(memberOf), children: kept('child'), elders: kept('elder') };
  };
  const isMember = async (tx: Tx, householdId: string, personId: string) =>
    (await tx.householdMember.count({ where: { householdId, personId } })) > 0;

  const setBond: Households['setBond'] = async (tx, { householdId, personId, bond }) => {
    await tx.householdMember.updateMany({
      where: { householdId, personId, OR: [{ bond: null }, { bond: { not: bond } }] },
      data: { bond, confirmedBy: null, confirmedAt: null },
    });
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
    join: async (tx, { householdId, personId, bond }, doing) => {
      await locked(tx, [householdId]);
      if ((await tx.household.count({ where: { id: householdId } })) === 0) return false;
      if (await isMember(tx, householdId, personId)) {
        await setBond(tx, { householdId, personId, bond });
        return true;
      }
      await tx.householdMember.create({ data: { householdId, personId, bond } });
      await audit(tx, doing, 'household.join', householdId);
      return true;
    },
    confirmGuardian: async (tx, { householdId, personId }, doing) => {
      if (personId === doing.actorId) return false;
      const { count } = await tx.householdMember.updateMany({
        where: { householdId, personId, bond: 'grandparent', confirmedBy: null },
        data: { confirmedBy: doing.actorId, confirmedAt: new Date(doing.now) },
      });
      if (count > 0) await audit(tx, doing, 'guardian.confirm', personId);
      return count > 0;
    },
    leave: async (tx, { householdId, personId }, doing) => {
      await locked(tx, [householdId]);
      if (!(await isMember(tx, householdId, personId))) return 'gone';
      const last = (await tx.householdMember.count({ where: { householdId } })) === 1;
      if (last && (await isBusy(tx, householdId))) return 'busy';
      if (last) {
        const dependants = await tx.dependant.findMany({ where: { householdId }, select: { id: true } });
        await forgetDependants(
          tx,
          dependants.map(({ id }) => id),
          doing,
        );
        await tx.household.delete({ where: { id: householdId } });
      } else await tx.householdMember.delete({ where: { householdId_personId: { householdId, personId } } });
      await audit(tx, doing, 'household.leave', householdId);
      return 'left';
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
      const freed: Freed[] = [];
      for (const pair of same) freed.push(...(await mergePair(tx, pair, { from, into })));
      await tx.dependant.updateMany({ where: { householdId: from }, data: { householdId: into } });
      for (const { personId: member, bond, confirmedBy, confirmedAt } of await tx.householdMember.findMany({
        where: { householdId: from },
      })) {
        if (await isMember(tx, into, member)) continue;
        await tx.householdMember.create({ data: { householdId: into, personId: member, bond, confirmedBy, confirmedAt } });
      }
      await tx.household.delete({ where: { id: from } });
      await audit(tx, doing, 'household.merge', into);
      return freed;
    },
  };
}

/** Only where both still stand where they stood when people were asked. */
async function mergePair(tx: Tx, pair: Pair, { from, into }: { from: string; into: string }): Promise<Freed[]> {
  const there = await tx.dependant.count({
    where: {
      OR: [
        { id: pair.from, householdId: from },
        { id: pair.into, householdId: into },
      ],
    },
  });
  return there === 2 ? mergeDependants(tx, pair.from, pair.into) : [];
}

/** What somebody is in one household; null where they do not belong to it. */
export const membershipOf = (
  tx: Tx,
  householdId: string,
  personId: string,
): Promise<{ readonly bond: string | null; readonly confirmedBy: string | null } | null> =>
  tx.householdMember.findUnique({
    where: { householdId_personId: { householdId, personId } },
    select: { bond: true, confirmedBy: true },
  });
