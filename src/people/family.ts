import type { Sealer } from '../seal/index.js';
import type { Tx } from '../storage/index.js';
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

/** Households and the dependants in them. Names and birth dates are sealed, each to its own row. */
export interface Families {
  /** The children of every household that this person belongs to, oldest entry first. */
  of(tx: Tx, personId: string): Promise<Dependant[]>;
  /** The older people of these households; their birth date is empty. */
  elders(tx: Tx, personId: string): Promise<Dependant[]>;
  /** Adds children, making a household where there is none. A child with the same name and birth date is not added twice. Gives all asked for, in their order. */
  add(tx: Tx, personId: string, children: readonly NewDependant[], newId: () => string): Promise<Dependant[]>;
  /** Adds a child of whom there is one with the same name and birth date: twins with one name are two. */
  addTwin(tx: Tx, personId: string, child: NewDependant, newId: () => string): Promise<Dependant>;
  /** Adds an older person by name alone, unless one of this name is there. */
  addElder(tx: Tx, personId: string, name: string, newId: () => string): Promise<Dependant>;
  /** Corrects a child or an older person; false when it is not one of this person's. `now` in ms. */
  correct(tx: Tx, personId: string, child: Dependant, now: number): Promise<boolean>;
  /** Forgets a child, and gives the scopes in which its places come free; null when it is not one of this person's. Proofs of consent stay by id. */
  forget(
    tx: Tx,
    personId: string,
    dependantId: string,
    at: { readonly now: number; readonly newId: () => string },
  ): Promise<Freed[] | null>;
  /** These dependants with the household of each, oldest entry first; who is gone is left out. */
  byIds(tx: Tx, ids: readonly string[]): Promise<(Dependant & { readonly householdId: string })[]>;
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
  const create = async (tx: Tx, householdId: string, kind: Kind, dependant: Dependant) => {
    await tx.dependant.create({ data: { id: dependant.id, householdId, kind, ...write(dependant) } });
    return dependant;
  };

  return {
    of,
    read,
    byIds: async (tx, ids) => {
      const rows = await tx.dependant.findMany({ where: { id: { in: [...ids] } }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
      return rows.map((row) => ({ ...read(row), householdId: row.householdId }));
    },
    elders: (tx, personId) => find(tx, personId, 'elder'),
    addTwin: async (tx, personId, child, newId) => create(tx, await householdOf(tx, personId, newId), 'child', { id: newId(), ...child }),
    addElder: async (tx, personId, name, newId) => {
      const known = (await find(tx, personId, 'elder')).find((elder) => elder.name === name);
      return known ?? create(tx, await householdOf(tx, personId, newId), 'elder', { id: newId(), name, birthDate: '' });
    },
    add: async (tx, personId, children, newId) => {
      const known = await of(tx, personId);
      const householdId = await householdOf(tx, personId, newId);
      for (const child of children) {
        if (known.some((other) => isSameChild(other, child))) continue;
        known.push(await create(tx, householdId, 'child', { id: newId(), ...child }));
      }
      return children.map((child) => known.find((other) => isSameChild(other, child))).filter((child) => child !== undefined);
    },
    correct: async (tx, personId, child, now) => {
      const { count } = await tx.dependant.updateMany({ where: { id: child.id, ...mine(personId) }, data: write(child) });
      if (count > 0) await renamedOn(tx, { dependant: child.id }, now);
      return count > 0;
    },
    forget: async (tx, personId, dependantId, at) => {
      if ((await tx.dependant.count({ where: { id: dependantId, ...mine(personId) } })) === 0) return null;
      const freed = await endSignUps(tx, dependantId, at.now);
      await forgetDependants(tx, [dependantId], at);
      return freed;
    },
  };
}

type Kind = 'child' | 'elder';

const isSameChild = (one: NewDependant, other: NewDependant) => one.name === other.name && one.birthDate === other.birthDate;
