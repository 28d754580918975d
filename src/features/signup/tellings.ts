import type { LoadFacts } from '../../command/index.js';
import type { Translate } from '../../dialog/index.js';
import { list } from '../../i18n/index.js';
import { reachableAmong } from '../../people/index.js';
import {
  eventByRef,
  participantKind,
  wholeEvent,
  type EventView,
  type ReadLocked,
  type SignUps,
  type SignUpView,
} from '../../programme/index.js';
import type { Tx } from '../../storage/index.js';
import type { Reader } from './cards.js';

/** What a change that people are told of is decided on. */
export interface ChangeFacts {
  /** Whoever fills the form in may have stopped being staff meanwhile. */
  readonly staff: boolean;
  readonly event: EventView | null;
  /** Everybody who holds a place or waits. */
  readonly signUps: readonly SignUpView[];
  /** Registrants to whom the bot cannot write: staff call them. */
  readonly unreachable: readonly string[];
  readonly texts: (locale: string | null) => Translate;
}

/** Loads an event with those concerned; at the end under its lock, so that nobody signs up between the telling and the change. */
export const loadChange =
  (parts: { signUps: SignUps; readLocked: ReadLocked }): LoadFacts<Tx, ChangeFacts, { readonly ref: string }> =>
  async (tx, { who, texts }, { ref }, deciding) => {
    const event = who.staff ? await (deciding ? parts.readLocked : eventByRef)(tx, who.communityId, ref) : null;
    const signUps = event ? await parts.signUps.ofEvent(tx, event.id) : [];
    const registrants = [...new Set(signUps.map(({ registrantId }) => registrantId))];
    const reached = await reachableAmong(tx, registrants);
    return { staff: who.staff, event, signUps, unreachable: registrants.filter((id) => !reached.has(id)), texts };
  };

/** Those whom a change concerns: everybody, or those of one session and of the whole event. */
export const concernedBy = (signUps: readonly SignUpView[], session: string | undefined): SignUpView[] =>
  signUps.filter(({ scope }) => session === undefined || scope === wholeEvent || scope === session);

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

/** What one sign-up is called: the participant, or a held place, or a guest without a name. */
export function nameOf({ name, participant }: Pick<SignUpView, 'name' | 'participant'>, t: Translate): string {
  if (name !== '') return name;
  return t(participantKind(participant) === 'held' ? 'signup.names.held' : 'signup.names.guest');
}

/** Everybody's name once; held places and guests without a name are counted. */
export function namesOf(signUps: readonly Pick<SignUpView, 'name' | 'participant'>[], { t, locale }: Pick<Reader, 't' | 'locale'>): string {
  const nameless = (kind: 'held' | 'guest') => {
    const keys = signUps.flatMap(({ name, participant }) => (name === '' && participantKind(participant) === kind ? [participant] : []));
    const count = new Set(keys).size;
    if (count === 0) return [];
    return [t(kind === 'held' ? 'signup.names.heldPlaces' : 'signup.names.guests', { count })];
  };
  const named = [...new Set(signUps.flatMap(({ name }) => (name === '' ? [] : [name])))];
  return list([...named, ...nameless('guest'), ...nameless('held')], locale);
}

/** How those who hear of a change stand: whose place is kept, and who still waits. Nobody who waits may think that they have a place. */
export function standingLines(theirs: readonly SignUpView[], { t, locale }: Pick<Reader, 't' | 'locale'>): string[] {
  const waiting = theirs.filter(({ status }) => status === 'waiting');
  const placed = theirs.filter(({ status }) => status !== 'waiting');
  const all = waiting.length === 0 || placed.length === 0;
  return [
    ...(placed.length > 0 ? [t(all ? 'move.keeps' : 'move.keepsFor', { names: namesOf(placed, { t, locale }) })] : []),
    ...(waiting.length > 0 ? [t(all ? 'move.stillWaits' : 'move.stillWaitsFor', { names: namesOf(waiting, { t, locale }) })] : []),
    t('move.ifNot'),
  ];
}

/** How many have a place and how many wait, in one line, for staff. */
export function peopleLine({ scopes }: EventView, t: Reader['t']): string {
  const taken = scopes.reduce((sum, { places }) => sum + places.taken, 0);
  const waiting = scopes.reduce((sum, { places }) => sum + places.waiting, 0);
  return t('callOff.people', { taken, waiting });
}
