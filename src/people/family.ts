import type { Sealer } from '../seal/index.js';
import { sql, type Tx } from '../storage/index.js';
import { keepersOf } from './bonds.js';
import { keepApart, withTies } from './childBonds.js';
import { endSignUps, forgetDependants } from './forget.js';
import type { Freed } from './merge.js';
import { householdOf } from './ownHousehold.js';
import { renamedOn } from './shownNames.js';

/** A child or an older person whom somebody looks after, readable. */
export interface Dependant {
  readonly id: string;
  readonly name: string;
  /** "YYYY-MM-DD"; empty for an elder, whose age is not asked. */
  readonly birthDate: string;
}

/** A child as a parent names it, before it is known. */
export type NewDependant = Omit<Dependant, 'id'>;

/** Where somebody is written down, and when (ms). Without a household it is the first one of whoever adds them. */
export interface Entry {
  readonly householdId?: string;
  readonly now?: number;
}

/** Households and the dependants in them. Names and birth dates are sealed, each to its own row. */
export interface Families {
  /** The children of every household that this person belongs to, oldest entry first. */
  of(tx: Tx, personId: string): Promise<Dependant[]>;
  /** The older people of these households; their birth date is empty. */
  elders(tx: Tx, personId: string): Promise<Dependant[]>;
  /** Adds children, making a household where there is none. A child with the same name and birth date is not added twice. Gives all asked for, in their order. */
  add(tx: Tx, personId: string, children: readonly NewDependant[], newId: () => string, entry?: Entry): Promise<Dependant[]>;
  /** Adds a child of whom there is one with the same name and birth date: twins with one name are two. */
  addTwin(tx: Tx, personId: string, child: NewDependant, newId: () => string, entry?: Entry): Promise<Dependant>;
  /** Adds an older person by name alone, unless one of this name is there. */
  addElder(tx: Tx, personId: string, name: string, newId: () => string, entry?: Entry): Promise<Dependant>;
  /** Corrects a child or an older person; false when it is not this person's to correct. `now` in ms. */
  correct(tx: Tx, personId: string, child: Dependant, now: number): Promise<boolean>;
  /** Forgets a child, and gives the scopes in which its places come free; null when it is not this person's to delete. Proofs of consent stay by id. */
  forget(
    tx: Tx,
    personId: string,
    dependantId: string,
    at: { readonly now: number; readonly newId: () => string },
  ): Promise<Freed[] | null>;
  /** These dependants with the household of each, oldest entry first; who is gone is left out. */
  byIds(tx: Tx, ids: readonly string[]): Promise<(Dependant & { readonly householdId: string; readonly createdAt: Date })[]>;
  /** Makes a stored row readable. */
  read(row: { id: string; name: Uint8Array; birthDate: Uint8Array | null }): Dependant;
}

/** Builds the store of families around a sealer. */
export function createFamilies(sealer: Sealer): Families {
  const read: Families['read'] = ({ id, name, birthDate }) => ({
    id,
    // Of somebody deleted only the id is left.
    name: name.length === 0 ? '' : sealer.open(name, `dependant.name:${id}`),
    birthDate: birthDate === null ? '' : sealer.open(birthDate, `dependant.birthDate:${id}`),
  });
  const write = ({ id, name, birthDate }: Dependant) => ({
    name: sealer.seal(name, `dependant.name:${id}`),
    birthDate: birthDate === '' ? null : sealer.seal(birthDate, `dependant.birthDate:${id}`),
  });
  const mine = (personId: string) => ({ household: { members: { some: { personId } } } });

  const find = async (tx: Tx, personId: string, kind: Kind) => {
    const rows = await tx.dependant.findMany({ where: { ...mine(personId), kind }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
    return rows.map(read);
  };
  const of: Families['of'] = (tx, personId) => find(tx, personId, 'child');
  const create = async (tx: Tx, { householdId, personId, kind, now }: Where, dependant: Dependant) => {
    const { id } = dependant;
    const at = now === undefined ? {} : { createdAt: new Date(now) };
    await tx.dependant.create({ data: { id, householdId, kind, ...write(dependant), ...at } });
    if (kind === 'child') await keepApart(tx, { householdId, personId, dependantId: id });
    return dependant;
  };
  /** Whether an entry is this person's to change: any member changes an older person's, the keepers a child's. Held, so that nobody comes in meanwhile. */
  const keeps = async (tx: Tx, personId: string, id: string) => {
    const row = await tx.dependant.findUnique({ where: { id }, select: { id: true, householdId: true, kind: true, createdAt: true } });
    if (!row) return false;
    await tx.$executeRaw(sql`UPDATE "Household" SET "id" = "id" WHERE "id" = ${row.householdId}`);
    const members = await tx.householdMember.findMany({ where: { householdId: row.householdId }, include: withTies });
    return (row.kind === 'child' ? keepersOf(members, row) : members).some((member) => member.personId === personId);
  };

  return {
    of,
    read,
    byIds: async (tx, ids) => {
      const rows = await tx.dependant.findMany({ where: { id: { in: [...ids] } }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
      return rows.map((row) => ({ ...read(row), householdId: row.householdId, createdAt: row.createdAt }));
    },
    elders: (tx, personId) => find(tx, personId, 'elder'),
    addTwin: async (tx, personId, child, newId, entry = {}) =>
      create(tx, { ...(await where(tx, personId, newId, entry)), kind: 'child' }, { id: newId(), ...child }),
    addElder: async (tx, personId, name, newId, entry = {}) => {
      const known = (await find(tx, personId, 'elder')).find((elder) => elder.name === name);
      return known ?? create(tx, { ...(await where(tx, personId, newId, entry)), kind: 'elder' }, { id: newId(), name, birthDate: '' });
    },
    add: async (tx, personId, children, newId, entry = {}) => {
      const known = await of(tx, personId);
      const there = await where(tx, personId, newId, entry);
      for (const child of children) {
        if (known.some((other) => isSameChild(other, child))) continue;
        known.push(await create(tx, { ...there, kind: 'child' }, { id: newId(), ...child }));
      }
      return children.map((child) => known.find((other) => isSameChild(other, child))).filter((child) => child !== undefined);
    },
    correct: async (tx, personId, child, now) => {
      if (!(await keeps(tx, personId, child.id))) return false;
      const { count } = await tx.dependant.updateMany({ where: { id: child.id, ...mine(personId) }, data: write(child) });
      if (count > 0) await renamedOn(tx, { dependant: child.id }, now);
      return count > 0;
    },
    forget: async (tx, personId, dependantId, at) => {
      if (!(await keeps(tx, personId, dependantId))) return null;
      const freed = await endSignUps(tx, dependantId, at.now);
      await forgetDependants(tx, [dependantId], at);
      return freed;
    },
  };
}

type Kind = 'child' | 'elder';

/** Where somebody is written down, by whom and when (ms). */
interface Where {
  readonly householdId: string;
  readonly personId: string;
  readonly kind: Kind;
  readonly now: number | undefined;
}

/** In their own household, where no other is named. */
const where = async (tx: Tx, personId: string, newId: () => string, { householdId, now }: Entry) => ({
  householdId: householdId ?? (await householdOf(tx, personId, newId)),
  personId,
  now,
});

const isSameChild = (one: NewDependant, other: NewDependant) => one.name === other.name && one.birthDate === other.birthDate;
