import type { LoadFacts } from '../../../command/index.js';
import type { Translate } from '../../../dialog/index.js';
import { list } from '../../../i18n/index.js';
import { guardiansConcerned, peopleHere, reachableAmong, type EventGuardian, type Reachable } from '../../../people/index.js';
import {
  eventByRef,
  nextSending,
  participantKey,
  participantKind,
  teacherIdOf,
  wholeEvent,
  type EventView,
  type ReadLocked,
  type SignUps,
  type SignUpView,
} from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import type { Reader } from './cards.js';

/** What a change that people are told of is decided on. */
export interface ChangeFacts {
  /** Whoever fills the form in may have stopped being staff meanwhile. */
  readonly staff: boolean;
  readonly event: EventView | null;
  /** Everybody who holds a place or waits. */
  readonly signUps: readonly SignUpView[];
  /** Who consented for which child, or is its guardian. */
  readonly guardians: readonly EventGuardian[];
  /** The person behind the teacher's name; null where that is whoever makes the change. */
  readonly teacher: Reachable | null;
  /** People among them to whom the bot cannot write: staff call them. */
  readonly unreachable: readonly string[];
  readonly texts: (locale: string | null) => Translate;
  /** For what staff do later, whoever of them it is. */
  readonly communityTexts: Translate;
}

/** Loads an event with those concerned; at the end under its lock, so that nobody signs up between the telling and the change. */
export const loadChange =
  (parts: { signUps: SignUps; readLocked: ReadLocked }): LoadFacts<Tx, ChangeFacts, { readonly ref: string }> =>
  async (tx, { who, texts }, { ref }, deciding) => {
    const communityTexts = texts(who.communityLocale);
    const event = who.staff ? await (deciding ? parts.readLocked : eventByRef)(tx, who.communityId, ref) : null;
    const signUps = event ? await parts.signUps.ofEvent(tx, event.id) : [];
    const dependantIds = signUps.flatMap(({ dependantId }) => dependantId ?? []);
    const guardians = event ? await guardiansConcerned(tx, { communityId: who.communityId, eventId: event.id, dependantIds }) : [];
    const teacher = event ? await teacherOf(tx, who, event.id) : null;
    const told = [
      ...new Set([
        ...signUps.map(({ registrantId }) => registrantId),
        ...guardians.map(({ personId }) => personId),
        ...(teacher ? [teacher.personId] : []),
      ]),
    ];
    const reached = await reachableAmong(tx, told);
    return {
      staff: who.staff,
      event,
      signUps,
      guardians,
      teacher,
      unreachable: told.filter((id) => !reached.has(id)),
      texts,
      communityTexts,
    };
  };

/** The teacher as somebody to be told something; whoever makes the change knows of it. */
async function teacherOf(tx: Tx, who: { personId: string; communityId: string }, eventId: string): Promise<Reachable | null> {
  const id = await teacherIdOf(tx, eventId);
  if (id === null || id === who.personId) return null;
  return (await peopleHere(tx, who.communityId, [id])).get(id) ?? null;
}

/** Those whom a change concerns: everybody, or those of one session and of the whole event. */
export const concernedBy = (signUps: readonly SignUpView[], session: string | undefined): SignUpView[] =>
  signUps.filter(({ scope }) => session === undefined || scope === wholeEvent || scope === session);

/** Somebody who hears of a change, in one message for all that concerns them. */
export interface Recipient extends Reachable {
  /** What they signed up, or their children are in. */
  readonly theirs: readonly [SignUpView, ...SignUpView[]];
  /** They signed somebody up themselves: a household is counted by them. */
  readonly registrant: boolean;
}

/** Who hears of a change to these sign-ups, each once: whoever signed up, and the guardians, where that is somebody else. */
export function recipientsOf(signUps: readonly SignUpView[], guardians: readonly EventGuardian[]): Recipient[] {
  const found = new Map<string, { about: Reachable; theirs: [SignUpView, ...SignUpView[]]; registrant: boolean }>();
  const add = (about: Reachable, signUp: SignUpView, registrant: boolean) => {
    const known = found.get(about.personId);
    if (!known) found.set(about.personId, { about, theirs: [signUp], registrant });
    else if (!known.theirs.includes(signUp)) known.theirs.push(signUp);
  };
  for (const signUp of signUps)
    add({ personId: signUp.registrantId, name: signUp.registrantName, locale: signUp.registrantLocale }, signUp, true);
  for (const { dependantId, ...person } of guardians) {
    for (const signUp of signUps) if (signUp.participant === participantKey.dependant(dependantId)) add(person, signUp, false);
  }
  return [...found.values()].map(({ about, theirs, registrant }) => ({ ...about, theirs, registrant }));
}

/** So little time before the start nobody waits for the morning to hear of a change (ms). */
const urgentMs = 18 * 60 * 60 * 1000;

/** When people are told of a change to something that begins at `startsAt` (ms): at once, but not at night unless it is near. */
export const whenToTell = (startsAt: number, now: number, timeZone: string): { readonly notBefore?: number } =>
  startsAt - now < urgentMs ? {} : { notBefore: nextSending(now, timeZone) };

/** How many households hear of it, and who of them has to be called. */
export function countTold(recipients: readonly Recipient[], unreachable: readonly string[]): { households: number; toCall: Recipient[] } {
  const toCall = recipients.filter(({ personId, registrant }) => registrant && unreachable.includes(personId));
  return { households: recipients.filter(({ registrant }) => registrant).length, toCall };
}

/** Whether a place is nobody's yet: so many are counted, and nobody comes or stays away. */
export const isUnnamed = ({ name, participant }: Pick<SignUpView, 'name' | 'participant'>): boolean =>
  name === '' && participantKind(participant) === 'held';

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

/** What somebody holds: places of which nobody has said yet for whom they are, and those of children for whom a guardian has to consent. */
export function heldOf(
  signUps: readonly Pick<SignUpView, 'name' | 'participant' | 'heldFor'>[],
  { t, locale }: Pick<Reader, 't' | 'locale'>,
): string {
  const named = signUps.filter(({ heldFor }) => heldFor === 'consent');
  const others = signUps.filter(({ heldFor }) => heldFor !== 'consent');
  return list(
    [
      ...(named.length > 0 ? [t('signup.names.placeFor', { names: namesOf(named, { t, locale }) })] : []),
      ...(others.length > 0 ? [namesOf(others, { t, locale })] : []),
    ],
    locale,
  );
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

/** Whom staff have to call, by name; nothing where everybody can be written to. */
export function callLines(toCall: readonly Recipient[], { t, locale }: Pick<Reader, 't' | 'locale'>): string[] {
  if (toCall.length === 0) return [];
  const names = toCall.map(({ name }) => name);
  return [t('callOff.toCall', { count: names.length, names: list(names, locale) })];
}

/** The teacher, where they do not hear of it anyway because they signed up too. */
export const teacherApart = ({ teacher }: Pick<ChangeFacts, 'teacher'>, recipients: readonly Recipient[]): Reachable | null =>
  teacher && recipients.every(({ personId }) => personId !== teacher.personId) ? teacher : null;

/** How many have a place, hold one and wait, in one line, for staff. Whoever was offered a place still waits for it. */
export function peopleLine(signUps: readonly SignUpView[], t: Reader['t']): string {
  const count = (...states: string[]) => signUps.filter(({ status }) => states.includes(status)).length;
  const numbers = { taken: count('confirmed'), held: count('held'), waiting: count('waiting', 'offered') };
  return t(numbers.held > 0 ? 'callOff.peopleHeld' : 'callOff.people', numbers);
}
