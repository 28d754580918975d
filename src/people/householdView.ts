import type { Bond, Bound, Ward } from './bonds.js';
import type { Dependant } from './family.js';

/** A grown-up of a household. */
export interface Member extends Bound {
  readonly personId: string;
  readonly name: string;
  /** What they are to the children; null until they said so. */
  readonly bond: Bond | null;
}

/** A child of a household, with when it was written down. */
export interface HouseholdChild extends Dependant, Ward {}

/** A household as its members may see it. */
export interface HouseholdView {
  readonly id: string;
  readonly members: readonly Member[];
  readonly children: readonly HouseholdChild[];
  readonly elders: readonly Dependant[];
}

/** Somebody as a member of a household; undefined where they do not belong to it. */
export const memberOf = ({ members }: Pick<HouseholdView, 'members'>, personId: string): Member | undefined =>
  members.find((member) => member.personId === personId);
