import type { LoadFacts } from '../../command/index.js';
import type { KnownPerson, ListedOption } from '../../dialog/index.js';
import { asLocale } from '../../i18n/index.js';
import { personName, type Families } from '../../people/index.js';
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
import { ageOn } from '../../understand/index.js';
import { fullness, when, type Reader } from './cards.js';
import { partyOf } from './effects.js';
import { nextFor } from './line.js';

/** What signing up is decided on. */
export interface SignupFacts {
  /** Null: taken down meanwhile. */
  readonly event: EventView | null;
  readonly household: readonly KnownPerson[];
  /** Who answers for the event, for the consent. */
  readonly responsible: string;
  /** What one can choose among; one entry where there is nothing to choose. */
  readonly sessions: readonly ListedOption[];
  /** This household's sign-ups for the event. */
  readonly mine: readonly SignUpView[];
  /** By scope: whether somebody in line gets the free places, and the parties that have one. */
  readonly lines: Readonly<Record<string, { readonly inLine: boolean; readonly seated: readonly string[] }>>;
  /** The party as which this household shares a place. */
  readonly party: string;
}

const nothing: SignupFacts = { event: null, household: [], responsible: '', sessions: [], mine: [], lines: {}, party: '' };

/** Loads what the dialog asks about; at its end under the event's lock, so that nobody is oversold whatever races. */
export const loadSignup =
  (parts: { families: Families; signUps: SignUps; readLocked: ReadLocked }): LoadFacts<Tx, SignupFacts, { readonly ref: string }> =>
  async (tx, request, { ref }, deciding) => {
    const { who, t, now } = request;
    const event = await (deciding ? parts.readLocked : eventByRef)(tx, who.communityId, ref);
    if (!event) return nothing;
    const reader: Reader = { t, now, locale: asLocale(who.locale) };
    const all = await parts.signUps.ofPerson(tx, who.personId, now);
    const mine = all.filter((one) => one.event.id === event.id).map(({ signUp }) => signUp);
    const open = openScopes(event, now);
    const standing = { event, open, mine, others: all.filter((one) => one.event.id !== event.id) };
    const known = (id: string, name: string, birthDate: string, label: string): KnownPerson => ({
      id,
      name,
      birthDate,
      ...fitting({ id, birthDate, label }, standing, reader),
    });
    const self = isForAdults(event) ? [known(participantKey.person(who.personId), who.name, '', t('signup.people.self'))] : [];
    const family = isForChildren(event) ? await parts.families.of(tx, who.personId) : [];
    const dependants = family.map(({ id, name, birthDate }) =>
      known(participantKey.dependant(id), name, birthDate, t('signup.people.age', { name, age: ageAt(birthDate, event) })),
    );
    return {
      event,
      household: [...dependants, ...self],
      responsible: (await personName(tx, event.createdBy)) ?? who.communityName,
      sessions: open.map((scope): ListedOption => ({ value: scope.key, label: sessionLabel(scope, event, reader) })),
      mine,
      lines: await linesOf(tx, parts.signUps, event, open),
      party: event.unit === 'household' ? await partyOf(tx, who.personId) : '',
    };
  };

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
  const age = birthDate === '' ? null : ageAt(birthDate, event);
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

const ageAt = (birthDate: string, { sessions }: EventView): number => ageOn(birthDate, sessions[0].startsWall.slice(0, 10));
