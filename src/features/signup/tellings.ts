import { list, type Locale } from '../../i18n/index.js';
import type { EventView, SignUpView } from '../../programme/index.js';
import type { Reader } from './cards.js';

/** The sign-ups of each registrant, who gets one message for all of them. */
export type Households = readonly (readonly [SignUpView, ...SignUpView[]])[];

/** Puts together what one person signed up. */
export function byRegistrant(signUps: readonly SignUpView[]): Households {
  const groups = new Map<string, [SignUpView, ...SignUpView[]]>();
  for (const signUp of signUps) {
    const group = groups.get(signUp.registrantId);
    if (group) group.push(signUp);
    else groups.set(signUp.registrantId, [signUp]);
  }
  return [...groups.values()];
}

/** Everybody's name once. */
export const namesOf = (signUps: readonly SignUpView[], locale: Locale): string =>
  list([...new Set(signUps.map(({ name }) => name))], locale);

/** How those who hear of a change stand: whose place is kept, and who still waits. Nobody who waits may think that they have a place. */
export function standingLines(theirs: readonly SignUpView[], { t, locale }: Pick<Reader, 't' | 'locale'>): string[] {
  const waiting = theirs.filter(({ status }) => status === 'waiting');
  const placed = theirs.filter(({ status }) => status !== 'waiting');
  const all = waiting.length === 0 || placed.length === 0;
  return [
    ...(placed.length > 0 ? [t(all ? 'move.keeps' : 'move.keepsFor', { names: namesOf(placed, locale) })] : []),
    ...(waiting.length > 0 ? [t(all ? 'move.stillWaits' : 'move.stillWaitsFor', { names: namesOf(waiting, locale) })] : []),
    t('move.ifNot'),
  ];
}

/** How many have a place and how many wait, in one line, for staff. */
export function peopleLine({ scopes }: EventView, t: Reader['t']): string {
  const taken = scopes.reduce((sum, { places }) => sum + places.taken, 0);
  const waiting = scopes.reduce((sum, { places }) => sum + places.waiting, 0);
  return t('callOff.people', { taken, waiting });
}
