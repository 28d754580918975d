import type { Sealer } from '../seal/index.js';
import type { Tx } from '../storage/index.js';

/** A child whom somebody looks after, readable. */
export interface Dependant {
  readonly id: string;
  readonly name: string;
  /** "YYYY-MM-DD"; empty for an elder, whose age is not asked. */
  readonly birthDate: string;
}

/** A child as a parent names it, before it is known. */
export type NewDependant = Omit<Dependant, 'id'>;

/** Households and the children in them. Names and birth dates of children are sealed, each to its own row. */
export interface Families {
  /** The children of everybody's household that this person belongs to, oldest entry first. */
  of(tx: Tx, personId: string): Promise<Dependant[]>;
  /** Adds children, making a household where there is none. A child with the same name and birth date is not added twice. Gives all asked for, in their order. */
  add(tx: Tx, personId: string, children: readonly NewDependant[], newId: () => string): Promise<Dependant[]>;
  /** Corrects a child; false when it is not one of this person's. */
  correct(tx: Tx, personId: string, child: Dependant): Promise<boolean>;
  /** Forgets a child with all that hangs on it; false when it is not one of this person's. */
  forget(tx: Tx, personId: string, dependantId: string): Promise<boolean>;
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
    birthDate: sealer.seal(birthDate, `dependant.birthDate:${id}`),
  });
  const mine = (personId: string) => ({ household: { members: { some: { personId } } } });

  const of: Families['of'] = async (tx, personId) => {
    const rows = await tx.dependant.findMany({ where: mine(personId), orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
    return rows.map(read);
  };

  return {
    of,
    read,
    add: async (tx, personId, children, newId) => {
      const known = await of(tx, personId);
      const householdId = await householdOf(tx, personId, newId);
      for (const child of children) {
        if (known.some((other) => isSameChild(other, child))) continue;
        const dependant = { id: newId(), ...child };
        await tx.dependant.create({ data: { id: dependant.id, householdId, ...write(dependant) } });
        known.push(dependant);
      }
      return children.map((child) => known.find((other) => isSameChild(other, child))).filter((child) => child !== undefined);
    },
    correct: async (tx, personId, child) => {
      const { count } = await tx.dependant.updateMany({ where: { id: child.id, ...mine(personId) }, data: write(child) });
      return count > 0;
    },
    forget: async (tx, personId, dependantId) => {
      const { count } = await tx.dependant.deleteMany({ where: { id: dependantId, ...mine(personId) } });
      return count > 0;
    },
  };
}

const isSameChild = (one: NewDependant, other: NewDependant) => one.name === other.name && one.birthDate === other.birthDate;

async function householdOf(tx: Tx, personId: string, newId: () => string): Promise<string> {
  const member = await tx.householdMember.findFirst({ where: { personId } });
  if (member) return member.householdId;
  const id = newId();
  await tx.household.create({ data: { id, members: { create: { personId } } } });
  return id;
}
