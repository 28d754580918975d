import { z } from 'zod';
import type { Address } from '../../../chat/index.js';
import type { LoadFacts, Request } from '../../../command/index.js';
import { chatsWithCard } from '../../../delivery/index.js';
import type { KnownPerson, ListedOption, Translate } from '../../../dialog/index.js';
import { asLocale, type Locale } from '../../../i18n/index.js';
import { guardianshipOf, localeOf, personName, type Codes, type Families, type Guardianship } from '../../../people/index.js';
import {
  ageFits,
  endOfHold,
  eventByRef,
  isForAdults,
  isForChildren,
  isPutOff,
  openScopes,
  participantKey,
  seatedIn,
  type EventView,
  type ReadLocked,
  type Scope,
  type SignUps,
  type SignUpView,
} from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import { today } from '../../../understand/index.js';
import { fullness, when, type Reader } from '../words/cards.js';
import { nextFor } from '../places/line.js';
import { partyOf } from '../places/register.js';
import { ageAt } from '../words/wall.js';

/** A place that is held, or waits, for somebody to be named. */
export interface Held {
  readonly signUp: SignUpView;
  /** Rank on the waiting list; null where it is a place. */
  readonly rank: number | null;
}

/** Somebody else than whoever talks, and how they hear of it. */
export interface Proxied {
  readonly personId: string;
  readonly name: string;
  /** Their own texts. */
  readonly t: Translate;
  readonly locale: Locale;
  /** Where they are told in numbers who have no private chat. */
  readonly groups: readonly Address[];
}

/** Why held places can be filled in no more: what became of their code, or of them. */
export type Closed = 'filled' | 'again' | 'expired' | 'wrong' | 'released' | 'givenBack' | 'cancelled' | 'postponed';

/** What signing up is decided on. */
export interface SignupFacts {
  /** Whoever is staff no longer signs nobody up. */
  readonly refused: boolean;
  /** Null: taken down meanwhile. */
  readonly event: EventView | null;
  /** Why places that were held can be filled in no more; null where they can, or none are to be. */
  readonly closed: Closed | null;
  /** Whoever holds the places that are filled in by a code, to be told of it; null without one. */
  readonly holder: Proxied | null;
  /** Whom staff sign up; null where somebody signs up themselves. */
  readonly proxied: Proxied | null;
  readonly household: readonly KnownPerson[];
  readonly guardianship: Guardianship;
  /** Today, "YYYY-MM-DD": by it somebody is under age. */
  readonly day: string;
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

/**
 * What the dialog is opened with; `fill`: one's own held places are to be filled in, and no others are taken; `code`: those that somebody
 * else holds; `person`: staff sign them up; `named`: the new child whom they named when they asked.
 */
export type SignupSeed = {
  readonly ref: string;
  readonly fill?: true;
  readonly code?: string;
  readonly person?: string;
  readonly named?: string;
};

/** Whether the talk is about places that are held already. */
export const isFilling = ({ fill, code }: { readonly fill?: true | undefined; readonly code?: string | undefined }): boolean =>
  fill === true || code !== undefined;

const nothing: SignupFacts = {
  refused: false,
  event: null,
  closed: null,
  holder: null,
  proxied: null,
  household: [],
  guardianship: { said: false, atHome: false, homeUnsaid: true, of: [], unsaid: [] },
  day: '',
  responsible: '',
  sessions: [],
  mine: [],
  held: [],
  lines: {},
  party: '',
};

/** What a code of the kind `held` is good for: naming those for whom somebody holds places. */
export const heldCode = z.object({ ref: z.string() });

/** What loading the facts of a sign-up works with. */
export interface LoadParts {
  readonly families: Families;
  readonly signUps: SignUps;
  readonly codes: Codes;
  readonly readLocked: ReadLocked;
}

/** Loads what the dialog asks about; at its end under the event's lock, so that nobody is oversold whatever races. */
export const loadSignup =
  (parts: LoadParts): LoadFacts<Tx, SignupFacts, SignupSeed> =>
  async (tx, request, { ref, code, fill, person }, deciding) => {
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
    const typed =
      code === undefined ? null : await parts.codes.read(tx, { code, kinds: ['held'], personId: who.personId, now, lock: deciding });
    const holder = typed === null ? who.personId : typed.type === 'open' ? typed.createdBy : null;
    const held = holder === null ? [] : await heldPlaces(tx, parts.signUps, event, holder);
    const codeClosed = typed === null || typed.type === 'open' ? null : typed.type === 'taken' ? 'filled' : typed.type;
    const filling = isFilling({ fill, code });
    const putOff = ({ signUp }: Held) => event.scopes.some((scope) => scope.key === signUp.scope && isPutOff(event, scope));
    const undated = held.length > 0 && held.every(putOff) ? 'postponed' : null;
    const off = !filling ? null : event.status === 'cancelled' ? 'cancelled' : undated;
    const ended = filling && held.length === 0 && holder !== null;
    const open = openScopes(event, now);
    const standing = { event, open, mine, others: all.filter((one) => one.event.id !== event.id) };
    const known = (id: string, name: string, birthDate: string, label: string): KnownPerson => ({
      id,
      name,
      birthDate,
      ...fitting({ id, birthDate, label }, standing, reader),
    });
    // Places that are held where children may come were taken for children.
    const forChildren = isFilling({ fill, code }) && isForChildren(event);
    const self =
      isForAdults(event) && !forChildren
        ? [known(participantKey.person(who.personId), who.name, '', proxied ? who.name : t('signup.people.self'))]
        : [];
    const family = isForChildren(event) ? await parts.families.of(tx, who.personId) : [];
    const dependants = family.map(({ id, name, birthDate }) =>
      known(participantKey.dependant(id), name, birthDate, t('signup.people.age', { name, age: ageAt(birthDate, event.sessions[0]) })),
    );
    const old = isForAdults(event) && !forChildren ? await parts.families.elders(tx, who.personId) : [];
    const elders = old.map(({ id, name }) => known(participantKey.dependant(id), name, '', name));
    return {
      refused: false,
      event,
      closed: codeClosed ?? off ?? (ended ? ((await endOfHold(tx, event.id, holder)) ?? 'filled') : null),
      holder: await holderBeside(tx, request, event, { holder, personId: who.personId, held }),
      proxied,
      household: [...dependants, ...elders, ...self],
      guardianship: await guardianshipOf(tx, who.personId),
      day: today(now, who.timeZone),
      responsible: (await personName(tx, event.createdBy)) ?? who.communityName,
      sessions: open.map((scope) => sessionOption(scope, event, reader)),
      mine,
      held,
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

/** Whoever holds the places, where that is somebody else. */
async function holderBeside(
  tx: Tx,
  request: Request,
  event: EventView,
  { holder, personId, held }: { holder: string | null; personId: string; held: readonly Held[] },
): Promise<Proxied | null> {
  const [first] = held;
  if (holder === null || holder === personId || !first) return null;
  return proxiedBy(tx, request, { ...request.who, personId: holder, name: first.signUp.registrantName }, event);
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
  return theirs.some(
    (one) => !one.postponed && scope?.sessions.some((other) => one.startsAt < other.endsAt && other.startsAt < one.endsAt),
  );
}

/** A session as it is offered, with how full it is; chosen, it is one of a list. */
function sessionOption({ key: value, sessions: [session], places }: Scope, event: EventView, reader: Reader): ListedOption {
  if (event.signUpFor === 'all') return { value, label: event.title };
  const { number } = session;
  const about = { number, when: when(session, reader) };
  return {
    value,
    label: reader.t('signup.sessions.option', { ...about, fullness: fullness(places, event.unit, reader.t) }),
    chosen: reader.t('event.session', about),
  };
}

/** One after another: a transaction has one connection. */
async function linesOf(tx: Tx, signUps: SignUps, event: EventView, open: readonly Scope[]): Promise<SignupFacts['lines']> {
  const lines: Record<string, SignupFacts['lines'][string]> = {};
  for (const scope of open) {
    const inLine = (await nextFor(tx, signUps, event, scope)).length > 0;
    lines[scope.key] = { inLine, seated: [...(await seatedIn(tx, event, scope.key))] };
  }
  return lines;
}
