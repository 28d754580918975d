import type { Chosen } from '../../../dialog/index.js';
import {
  admit,
  ageOfOwnConsent,
  isAhead,
  isForAdults,
  isForChildren,
  openScopes,
  seatsFor,
  type Admission,
  type Scope,
} from '../../../programme/index.js';
import { ageOn, today } from '../../../understand/index.js';
import type { Held, SignupFacts, SignupSeed } from './signup.facts.js';

/** What somebody is to the children, as they just said; absent where they were not asked. */
export interface Said {
  readonly bond?: string | undefined;
  readonly bondLater?: string | undefined;
  /** Staff have seen a guardian's consent on paper. */
  readonly paper?: boolean | undefined;
}

const guardian = ({ bond, bondLater }: Said): boolean => [bond, bondLater].some((said) => said === 'parent' || said === 'guardian');

/** Somebody who is to take part: a grown-up, a child, or a child of whom nobody has said yet who it is. */
export type Comer = { readonly type: 'named'; readonly chosen: Chosen } | { readonly type: 'unnamed' };

/** Whether it is asked first what somebody is to the children: where only children come, before anything about them is written. */
export const asksBondFirst = ({ event, guardianship, proxied }: SignupFacts): boolean =>
  event !== null && proxied === null && isForChildren(event) && !isForAdults(event) && !guardianship.said;

/** Whether children may be added: by whoever may consent for them, or has not said yet. */
export function mayAdd(said: Said, { event, guardianship, proxied }: SignupFacts): boolean {
  if (event === null || !isForChildren(event)) return false;
  // Staff write down what a guardian tells them.
  if (proxied !== null) return true;
  if (guardianship.atHome || (guardian(said) && guardianship.homeUnsaid)) return true;
  return guardianship.homeUnsaid && said.bond === undefined;
}

/** Whether there is nobody whom they could name, so that places alone are held: a neighbour, or a grandparent whom staff have not confirmed. */
export const holdsOnly = (said: Said, facts: SignupFacts): boolean =>
  facts.event !== null && !mayAdd(said, facts) && facts.household.length === 0;

/**
 * Whether somebody may not fill in held places: by a code guardians alone, whoever else's family they know; one's own where there is
 * nobody to be named.
 */
export function cannotFill(said: Said, { code }: Pick<SignupSeed, 'code'>, facts: SignupFacts): boolean {
  if (code === undefined) return holdsOnly(said, facts);
  const { guardianship, event } = facts;
  const counts = guardianship.homeUnsaid || guardianship.unsaid.length > 0;
  if (event === null || (guardian(said) && counts) || guardianship.atHome || guardianship.of.length > 0) return false;
  return guardianship.said || said.bond !== undefined || said.bondLater !== undefined;
}

/** Whether a guardian has to consent for this one: whoever is too young to do so today, when their data is taken. A grown-up's age is not asked. */
export function isMinor(chosen: Chosen, { facts, now, timeZone }: { facts: SignupFacts; now: number; timeZone: string }): boolean {
  const birthDate = 'new' in chosen ? chosen.new.birthDate : (facts.household.find(({ id }) => id === chosen.id)?.birthDate ?? '');
  return birthDate !== '' && ageOn(birthDate, today(now, timeZone)) < ageOfOwnConsent;
}

/** Whether they may consent for this child themselves. */
export function mayConsentFor(chosen: Chosen, said: Said, { guardianship, proxied }: SignupFacts): boolean {
  if (proxied !== null) return said.paper === true;
  // Whoever has said at home that they are no guardian does not become one by what they say of another family.
  if ('new' in chosen) return guardianship.atHome || (guardian(said) && guardianship.homeUnsaid);
  const dependant = chosen.id.slice(2);
  return guardianship.of.includes(dependant) || (guardian(said) && guardianship.unsaid.includes(dependant));
}

/** From this age on nobody speaks for somebody, so whoever names a grown-up son or daughter need be nothing to them. */
const grownUp = 18;

/** Whether somebody who is named for the first time is under age. */
const isNewAndYoung = (chosen: Chosen, { day }: SignupFacts): boolean => 'new' in chosen && ageOn(chosen.new.birthDate, day) < grownUp;

/** Whether it matters what they are to this one: a guardian has to consent, or an entry of a young person is to be made. */
export const bondMatters = (chosen: Chosen, ctx: { facts: SignupFacts; now: number; timeZone: string }): boolean =>
  isMinor(chosen, ctx) || isNewAndYoung(chosen, ctx.facts);

/** Whether it has to be asked still what they are to a child that they chose. */
export const asksBondLater = (who: readonly Chosen[], said: Said, ctx: { facts: SignupFacts; now: number; timeZone: string }): boolean =>
  ctx.facts.proxied === null &&
  said.bond === undefined &&
  !ctx.facts.guardianship.said &&
  who.some((chosen) => bondMatters(chosen, ctx) && !mayConsentFor(chosen, said, ctx.facts));

/** Those who are to take part. Of a new child for whom they may not consent nothing is kept: a place is held for it. */
export function comersOf(
  { who, count, ...said }: Said & { readonly who?: readonly Chosen[] | undefined; readonly count?: number | undefined },
  facts: SignupFacts,
): Comer[] {
  if (who === undefined) return Array.from({ length: count ?? 0 }, () => ({ type: 'unnamed' }));
  // What staff write down is kept: the paper is on its way.
  const keeps = (chosen: Chosen) => facts.proxied !== null || !isNewAndYoung(chosen, facts) || mayConsentFor(chosen, said, facts);
  return who.map((chosen) => (keeps(chosen) ? { type: 'named', chosen } : { type: 'unnamed' }));
}

/** What one gets in a scope: a place, a rank on the list, or (`fills`) a place that was held for them before. */
export type Got = Admission & { readonly fills?: Held };

/** What each of those who come gets in a scope; undefined for one who has a place or waits there already. */
export interface Given {
  readonly scope: Scope;
  readonly got: readonly (Got | undefined)[];
}

/** What would be given in each chosen scope, in the order in which people were named. Places that were held before come first. */
export function placesFor(parts: {
  comers: readonly Comer[];
  /** Who come along with the first of them. */
  companions: number;
  sessions?: readonly string[] | undefined;
  facts: SignupFacts;
  now: number;
}): Given[] {
  const { comers, companions, sessions, facts, now } = parts;
  const { event } = facts;
  if (!event) return [];
  const open = openScopes(event, now);
  const holds = ({ key }: Scope) => facts.held.some(({ signUp }) => signUp.scope === key);
  // What is held can be filled in also when nobody new may sign up any more.
  return event.scopes
    .filter((scope) => open.includes(scope) || (isAhead(event, scope, now) && holds(scope)))
    .filter(({ key }) => sessions === undefined || sessions.includes(key))
    .map((scope): Given => {
      const line = facts.lines[scope.key];
      const there = (comer: Comer) => {
        if (comer.type === 'unnamed' || 'new' in comer.chosen) return undefined;
        const { id } = comer.chosen;
        // What was declined or given up is over, though it may still be taken back.
        return facts.mine.find((mine) => mine.participant === id && mine.scope === scope.key && mine.status !== 'cancelled');
      };
      const fresh = comers.filter((comer) => !there(comer));
      const held = facts.held.filter(({ signUp }) => signUp.scope === scope.key);
      const admissions = admit(
        scope.places,
        fresh.slice(held.length).map((comer) => ({
          party: event.unit === 'household' ? facts.party : keyOf(comer, comers),
          seats: seatsFor(event, comer === comers[0] ? companions : 0),
        })),
        { seated: new Set(line?.seated), inLine: line?.inLine ?? false },
      );
      const got = (comer: Comer): Got | undefined => {
        const before = there(comer);
        // A place that was just given back is still kept for them.
        if (before) return before.status === 'leaving' ? { status: 'confirmed' } : undefined;
        const at = fresh.indexOf(comer);
        const fills = held[at];
        if (!fills) return open.includes(scope) ? admissions[at - held.length] : undefined;
        return fills.rank === null ? { status: 'confirmed', fills } : { status: 'waiting', rank: fills.rank, fills };
      };
      return { scope, got: comers.map(got) };
    });
}

/** How many of the places that were held before are still nobody's. */
export const leftHeld = ({ held }: SignupFacts, given: readonly Given[]): number =>
  held.length - given.reduce((sum, { got }) => sum + got.filter((one) => one?.fills).length, 0);

const keyOf = (comer: Comer, comers: readonly Comer[]): string => {
  if (comer.type === 'unnamed') return `unnamed:${comers.indexOf(comer)}`;
  const { chosen } = comer;
  return 'new' in chosen ? `new:${chosen.new.name}:${chosen.new.birthDate}` : chosen.id;
};

/** Whether somebody would have to wait. */
export const someWait = (given: readonly Given[]): boolean => given.some(({ got }) => got.some((one) => one?.status === 'waiting'));

/** Both or neither: where one of them would have to wait, all of them do. */
export function allOrNone({ scope, got }: Given): Given {
  if (!got.some((one) => one?.status === 'waiting')) return { scope, got };
  let rank = scope.places.waiting;
  return { scope, got: got.map((one) => one && { status: 'waiting', rank: (rank += 1) }) };
}
