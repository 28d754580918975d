import { z } from 'zod';
import type { Address } from '../../chat/index.js';
import type { LoadFacts, Request } from '../../command/index.js';
import { chatsWithCard } from '../../delivery/index.js';
import type { KnownPerson, ListedOption, Translate } from '../../dialog/index.js';
import { asLocale, type Locale } from '../../i18n/index.js';
import { guardianshipOf, localeOf, personName, type Codes, type Families, type Guardianship } from '../../people/index.js';
import {
  ageFits,
  eventByRef,
  isForAdults,
  isForChildren,
  openScopes,
  participantKey,
  seatedIn,
  type EventView,
  type ReadLocked,
  type Scope,
  type SignUps,
  type SignUpView,
} from '../../programme/index.js';
import type { Tx } from '../../storage/index.js';
import { fullness, when, type Reader } from './cards.js';
import { nextFor } from './line.js';
import { partyOf } from './register.js';
import { ageAt } from './wall.js';

/** A place that is held, or waits, for somebody to be named. */
export interface Held {
  readonly signUp: SignUpView;
  /** Rank on the waiting list; null where it is a place. */
  readonly rank: number | null;
}

/** Somebody whom staff sign up, and how they hear of it. */
export interface Proxied {
  readonly personId: string;
  readonly name: string;
  /** Their own texts. */
  readonly t: Translate;
  readonly locale: Locale;
  /** Where they are told in numbers who have no private chat. */
  readonly groups: readonly Address[];
}

/** What signing up is decided on. */
export interface SignupFacts {
  /** Whoever is staff no longer signs nobody up. */
  readonly refused: boolean;
  /** Null: taken down meanwhile. */
  readonly event: EventView | null;
  /** False: the code that it was opened by is used up. */
  readonly codeOpen: boolean;
  /** Whom staff sign up; null where somebody signs up themselves. */
  readonly proxied: Proxied | null;
  readonly household: readonly KnownPerson[];
  readonly guardianship: Guardianship;
  /** Who answers for the event, for the consent. */
  readonly responsible: string;
  /** What one can choose among; one entry where there is nothing to choose. */
  readonly sessions: readonly ListedOption[];
  /** This household's sign-ups for the event. */
  readonly mine: readonly SignUpView[];
  /** Places that were held before anybody was named, by this person or by whoever gave them the code. */
  readonly held: readonly Held[];
  /** By scope: whether somebody in line gets the free places, and the parties that have one. */
  readonly lines: Readonly<Record<string, { readonly inLine: boolean; readonly seated: readonly string[] }>>;
  /** The party as which this household shares a place. */
  readonly party: string;
}

/** What the dialog is opened with; `code`: places that somebody else holds are to be filled; `person`: staff sign them up. */
export type SignupSeed = { readonly ref: string; readonly code?: string; readonly person?: string };

const nothing: SignupFacts = {
  refused: false,
  event: null,
  codeOpen: true,
  proxied: null,
  household: [],
  guardianship: { said: false, atHome: false, homeUnsaid: true, of: [], unsaid: [] },
  responsible: '',
  sessions: [],
  mine: [],
  held: [],
  lines: {},
  party: '',
};

/** What a code of the kind `held` is good for: naming those for whom somebody holds places. */
export const heldCode = z.strictObject({ ref: z.string(), registrantId: z.string() });

/** Loads what the dialog asks about; at its end under the event's lock, so that nobody is oversold whatever races. */
export const loadSignup =
  (parts: { families: Families; signUps: SignUps; codes: Codes; readLocked: ReadLocked }): LoadFacts<Tx, SignupFacts, SignupSeed> =>
  async (tx, request, { ref, code, person }, deciding) => {
    const { t, now } = request;
    const name = person === undefined ? null : await personName(tx, person);
    if (person !== undefined && !request.who.staff) return { ...nothing, refused: true };
    if (person !== undefined && name === null) return nothing;
    const who = person === undefined || name === null ? request.who : { ...request.who, personId: person, name };
    const event = await (deciding ? parts.readLocked : eventByRef)(tx, who.communityId, ref);
    if (!event) return nothing;
    const proxied = person === undefined ? null : await proxiedBy(tx, request, who, event);
    const reader: Reader = { t, now, locale: asLocale(who.locale) };
    const all = await parts.signUps.ofPerson(tx, who.personId, now);
    const mine = all.filter((one) => one.event.id === event.id).map(({ signUp }) => signUp);
    const holder =
      code === undefined ? who.personId : await holderOf(tx, parts.codes, { code, personId: who.personId, now, lock: deciding });
    const open = openScopes(event, now);
    const standing = { event, open, mine, others: all.filter((one) => one.event.id !== event.id) };
    const known = (id: string, name: string, birthDate: string, label: string): KnownPerson => ({
      id,
      name,
      birthDate,
      ...fitting({ id, birthDate, label }, standing, reader),
    });
    const self = isForAdults(event)
      ? [known(participantKey.person(who.personId), who.name, '', proxied ? who.name : t('signup.people.self'))]
      : [];
    const family = isForChildren(event) ? await parts.families.of(tx, who.personId) : [];
    const dependants = family.map(({ id, name, birthDate }) =>
      known(participantKey.dependant(id), name, birthDate, t('signup.people.age', { name, age: ageAt(birthDate, event.sessions[0]) })),
    );
    const old = isForAdults(event) ? await parts.families.elders(tx, who.personId) : [];
    const elders = old.map(({ id, name }) => known(participantKey.dependant(id), name, '', name));
    return {
      refused: false,
      event,
      codeOpen: holder !== null,
      proxied,
      household: [...dependants, ...elders, ...self],
      guardianship: await guardianshipOf(tx, who.personId),
      responsible: (await personName(tx, event.createdBy)) ?? who.communityName,
      sessions: open.map((scope): ListedOption => ({ value: scope.key, label: sessionLabel(scope, event, reader) })),
      mine,
      held: holder === null ? [] : await heldPlaces(tx, parts.signUps, event, holder),
      lines: await linesOf(tx, parts.signUps, event, open),
      party: event.unit === 'household' ? await partyOf(tx, who.personId) : '',
    };
  };

async function proxiedBy(
  tx: Tx,
  { texts }: Request,
  { personId, name, communityLocale }: Request['who'],
  event: EventView,
): Promise<Proxied> {
  const locale = asLocale((await localeOf(tx, personId)) ?? communityLocale);
  return { personId, name, t: texts(locale), locale, groups: await chatsWithCard(tx, event.id) };
}

/** Whoever holds the places that a code is for; null where the code is over. */
async function holderOf(
  tx: Tx,
  codes: Codes,
  typed: { code: string; personId: string; now: number; lock: boolean },
): Promise<string | null> {
  const found = await codes.read(tx, { ...typed, kinds: ['held'] });
  return found.type === 'open' ? heldCode.parse(found.payload).registrantId : null;
}

/** What somebody holds without having said for whom; for those who wait, with their rank. */
async function heldPlaces(tx: Tx, signUps: SignUps, event: EventView, registrantId: string): Promise<Held[]> {
  const places = [];
  for (const signUp of await signUps.heldBy(tx, event.id, registrantId)) {
    const line = signUp.status === 'waiting' ? await signUps.waiting(tx, event.id, signUp.scope) : [];
    places.push({ signUp, rank: signUp.status === 'waiting' ? line.findIndex(({ id }) => id === signUp.id) + 1 : null });
  }
  return places;
}

interface Standing {
  readonly event: EventView;
  readonly open: readonly Scope[];
  readonly mine: readonly SignUpView[];
  readonly others: readonly { readonly signUp: SignUpView; readonly event: EventView }[];
}

/** Whether somebody can be chosen, and what stands beside the name: too young, there already, or busy elsewhere at that time. */
function fitting(
  one: { id: string; birthDate: string; label: string },
  { event, open, mine, others }: Standing,
  { t }: Reader,
): Pick<KnownPerson, 'label' | 'fits' | 'why'> {
  const { id, birthDate, label } = one;
  const age = birthDate === '' ? null : ageAt(birthDate, event.sessions[0]);
  const fit = age === null ? 'fits' : ageFits(event, age);
  if (age !== null && fit !== 'fits') return { label, fits: false, why: t(`signup.people.${fit}`, { age }) };
  const there = mine.filter(({ participant, status }) => participant === id && status !== 'leaving' && status !== 'cancelled');
  const everywhere = event.oneEach ? there.length > 0 : open.every(({ key }) => there.some(({ scope }) => scope === key));
  if (everywhere && there.length > 0) return { label, fits: false, why: t('signup.people.already') };
  const clash = open.length === 1 ? others.find((other) => other.signUp.participant === id && overlap(other, open[0])) : undefined;
  return { label: clash ? t('signup.people.clash', { label, title: clash.event.title }) : label, fits: true };
}

/** Whether a sign-up elsewhere is at the same time as one of these sessions. */
function overlap({ signUp, event }: { signUp: SignUpView; event: EventView }, scope: Scope | undefined): boolean {
  if (signUp.status === 'leaving' || signUp.status === 'cancelled' || event.status !== 'published') return false;
  const theirs = event.scopes.find(({ key }) => key === signUp.scope)?.sessions ?? [];
  return theirs.some((one) => scope?.sessions.some((other) => one.startsAt < other.endsAt && other.startsAt < one.endsAt));
}

const sessionLabel = ({ sessions: [session], places }: Scope, event: EventView, reader: Reader): string =>
  event.signUpFor === 'all'
    ? event.title
    : reader.t('signup.sessions.option', {
        number: session.number,
        when: when(session, reader),
        fullness: fullness(places, event.unit, reader.t),
      });

/** One after another: a transaction has one connection. */
async function linesOf(tx: Tx, signUps: SignUps, event: EventView, open: readonly Scope[]): Promise<SignupFacts['lines']> {
  const lines: Record<string, SignupFacts['lines'][string]> = {};
  for (const scope of open) {
    const inLine = (await nextFor(tx, signUps, event, scope)).length > 0;
    lines[scope.key] = { inLine, seated: [...(await seatedIn(tx, event, scope.key))] };
  }
  return lines;
}
