/** What a member of a household is to its children. */
export const bonds = ['parent', 'guardian', 'grandparent', 'other'] as const;

/** What a member of a household is to its children. */
export type Bond = (typeof bonds)[number];

/** A stored bond; null where none was said yet, or where the row holds something that this program does not know. */
export const asBond = (stored: string | null): Bond | null => bonds.find((bond) => bond === stored) ?? null;

/**
 * Whether a member may consent for the children: parents and other guardians, a grandparent only once staff have confirmed it,
 * nobody else.
 */
export function mayConsent({ bond, confirmedBy }: { readonly bond: string | null; readonly confirmedBy: string | null }): boolean {
  if (bond === 'parent' || bond === 'guardian') return true;
  return bond === 'grandparent' && confirmedBy !== null;
}

/** What somebody is to a child: what they said, and who of the staff confirmed it. */
export interface Tie {
  readonly bond: string | null;
  readonly confirmedBy: string | null;
}

/** A member of a household, as far as it says who may consent. */
export interface Bound extends Tie {
  readonly confirmedAt: Date | null;
  /** To which children they are something else than to the household's children in general. */
  readonly apart: readonly (Tie & { readonly dependantId: string })[];
}

/** A child, as far as it says who may consent for it. */
export interface Ward {
  readonly id: string;
  readonly createdAt: Date;
}

/** A member of whom nothing is said yet. */
export const unbound: Bound = { bond: null, confirmedBy: null, confirmedAt: null, apart: [] };

/**
 * Whether a member may consent for this very child. What is said about the child itself goes first. Else a parent is one of every child of
 * the household; what staff confirmed otherwise counts for the children who were there by then, since it was their papers that staff saw.
 */
export function isGuardianOf(member: Bound, child: Ward): boolean {
  const own = member.apart.find(({ dependantId }) => dependantId === child.id);
  if (own) return mayConsent(own);
  if (!mayConsent(member)) return false;
  if (member.bond === 'parent') return true;
  if (member.confirmedAt === null) return member.bond === 'guardian';
  return child.createdAt <= member.confirmedAt;
}

/** Whether a member is guardian of one of these children at least; where there is none, whether they would be. */
export const isGuardianAmong = (member: Bound, children: readonly Ward[]): boolean =>
  children.length === 0 ? mayConsent(member) : children.some((child) => isGuardianOf(member, child));

/** What a member is to one child, the right as it counts for it. */
export function tieTo(member: Bound, child: Ward): Tie {
  const own = member.apart.find(({ dependantId }) => dependantId === child.id);
  if (own) return { bond: own.bond, confirmedBy: own.confirmedBy };
  if (mayConsent(member) && !isGuardianOf(member, child))
    return { bond: member.bond === 'grandparent' ? 'grandparent' : 'other', confirmedBy: null };
  return { bond: member.bond, confirmedBy: member.confirmedBy };
}

/** How much a tie weighs: a right before none, a parent before others, what staff confirmed before what was only said. */
function weight({ bond, confirmedBy }: Tie): number {
  const known = asBond(bond);
  if (known === null) return 0;
  const right = mayConsent({ bond, confirmedBy }) ? 10 : 0;
  return right + { parent: 6, guardian: 4, grandparent: 2, other: 1 }[known] + (confirmedBy === null ? 0 : 1);
}

/** Of two ties of one person to one child the one that stays: a right that somebody has is not lost because less was said elsewhere. */
export const stronger = <One extends Tie>(one: One, other: One): One => (weight(other) > weight(one) ? other : one);

/** Whether it is a bond that is a right by itself. */
export const givesRights = (bond: Bond): boolean => bond === 'parent' || bond === 'guardian';

/** Whether a member may consent for a child whom they write down now. */
export const mayName = (member: Bound): boolean => mayConsent(member) && (member.bond === 'parent' || member.confirmedBy === null);

/**
 * Whoever has said that they are no parent or guardian does not become one by saying otherwise: staff confirm it. The same for what
 * staff have confirmed once.
 */
export const needsStaff = ({ bond, confirmedBy }: Pick<Bound, 'bond' | 'confirmedBy'>, next: Bond): boolean =>
  givesRights(next) && next !== bond && (bond === 'grandparent' || bond === 'other' || confirmedBy !== null);

/** Whether staff can confirm that a member is this to the children: they become it, or were confirmed before some child was there. */
export const canBeConfirmed = (member: Bound, as: Bond, children: readonly Ward[]): boolean =>
  children.length > 0 &&
  (needsStaff(member, as) ||
    (member.bond === null && givesRights(as)) ||
    (as === member.bond && as !== 'other' && children.some((child) => !isGuardianOf(member, child))));

/** Who of a household may correct or delete the entry of a child: its guardians, or everybody where it has none. */
export function keepersOf<One extends Bound>(members: readonly One[], child: Ward): readonly One[] {
  const guardians = members.filter((member) => isGuardianOf(member, child));
  return guardians.length > 0 ? guardians : members;
}

/** A child or an older person as two households may both have written them down. */
interface Named {
  readonly id: string;
  readonly name: string;
  /** "YYYY-MM-DD"; empty for an elder. */
  readonly birthDate: string;
}

/** Somebody of one household who looks the same as somebody of another. */
export interface Pair {
  readonly from: string;
  readonly into: string;
}

/** A name as it is compared with another. */
export const plainName = (name: string): string => name.normalize('NFKC').replace(/\s+/gu, '').toLowerCase();

/** The same for two who look the same: name and birth date. */
const sameKey = ({ name, birthDate }: Omit<Named, 'id'>): string => `${birthDate} ${plainName(name)}`;

/**
 * Who of one household may be who of another: same name and birth date. One to one, so that twins with one name stay two: two of
 * them here and one there make one pair. Whether they are the same, only people can say.
 */
export function samePairs(from: readonly Named[], into: readonly Named[]): Pair[] {
  const left = [...into];
  return from.flatMap((one) => {
    const at = left.findIndex((other) => sameKey(other) === sameKey(one));
    if (at < 0) return [];
    const [other] = left.splice(at, 1);
    return other ? [{ from: one.id, into: other.id }] : [];
  });
}

/** A sign-up as it is weighed against another of the same participant. */
interface Weighed {
  readonly status: string;
  readonly position: number;
}

// The better place first. What is over weighs nothing.
const order = ['confirmed', 'offered', 'held', 'waiting', 'leaving'];
const rank = ({ status }: Weighed): number => (order.includes(status) ? order.indexOf(status) : order.length);

/** Of two sign-ups of one participant in one thing the one that stays: the better place, and of two alike the one that came earlier. The same whichever is named first. */
export function better<One extends Weighed>(one: One, other: One): One {
  if (rank(one) !== rank(other)) return rank(one) < rank(other) ? one : other;
  if (one.position !== other.position) return one.position < other.position ? one : other;
  // Two that are over may differ in how; the answer must not hang on which is named first.
  return one.status <= other.status ? one : other;
}

/** The position that stays: nobody goes back in the queue because two sign-ups became one. */
export function earlierPosition(stays: Weighed, goes: Weighed): number {
  return rank(stays) < order.length && rank(goes) < order.length ? Math.min(stays.position, goes.position) : stays.position;
}

/** Whether a sign-up takes a place. */
export const takesPlace = ({ status }: Pick<Weighed, 'status'>): boolean => ['confirmed', 'offered', 'held', 'leaving'].includes(status);
