import { menuChoices } from '../../../command/index.js';
import type { Chosen, Say } from '../../../dialog/index.js';
import { list } from '../../../i18n/index.js';
import { freePlaces, type EventView } from '../../../programme/index.js';
import { comingTo, details, when, type Reader } from '../words/cards.js';
import { holdOf, untilWords } from '../places/holds.js';
import type { Place } from '../places/register.js';
import type { SignupFacts } from './signup.facts.js';
import { leftHeld, type Comer, type Given } from './signup.rules.js';

/** What came of signing up. */
export interface Result {
  readonly event: EventView;
  readonly facts: SignupFacts;
  readonly comers: readonly Comer[];
  readonly given: readonly Given[];
  /** They fill in places that somebody else holds. */
  readonly byCode: boolean;
  /** What is still missing for somebody. */
  readonly missing: (comer: Comer) => Place['heldFor'];
  /** They said that they are a grandparent, who may be confirmed as guardian. */
  readonly grandparent: boolean;
}

/** Says who has a place, whose is held and until when, and who waits; for what is held, how it is completed. */
export function resultOf(result: Result, reader: Reader): Say {
  const { event, facts, comers, given, byCode, missing, grandparent } = result;
  const { t } = reader;
  const lines = linesOfResult(result, reader);
  const left = leftHeld(facts, given);
  const text = [
    t('signup.result.head', { title: event.title }),
    ...lines,
    ...(left > 0 ? [t(byCode ? 'signup.result.leftByCode' : 'signup.result.left', { count: left })] : []),
    ...details(
      comingTo(
        event,
        given.map(({ scope }) => scope),
      ),
      reader,
    ),
    t('signup.result.later'),
  ].join('\n');
  const anyHeld = comers.some((comer, at) => missing(comer) !== null && given.some(({ got }) => got[at]));
  if (!anyHeld) return { text };
  // Staff look at papers about a child: without one written down there is nothing to confirm.
  const known = facts.household.some(({ birthDate }) => birthDate !== '');
  const guardian = grandparent && known ? [{ label: t('signup.handOn.guardian'), line: '/guardian-ask' }] : [];
  return { text, choices: menuChoices(t, [...handOnItems(event.ref, t), ...guardian]) };
}

/** Who has a place, whose is held and until when, and who waits, line by line. */
export const linesOfResult = (result: Result, reader: Reader): string[] =>
  result.given.flatMap((places) => linesOf(places, result, reader));

/** How places that are held are completed by those who may. */
export const handOnItems = (ref: string, t: Reader['t']) => [
  { label: t('signup.handOn.code'), line: `/hand-on ${ref}` },
  { label: t('signup.handOn.paper'), line: `/on-paper ${ref}` },
];

function linesOf({ scope, got }: Given, { event, facts, comers, missing }: Result, reader: Reader): string[] {
  const { t, locale, now } = reader;
  const [session] = scope.sessions;
  const until = untilWords(holdOf(event, scope, now).until, event, reader);
  const head = event.signUpFor === 'single' ? [t('signup.result.session', { number: session.number, when: when(session, reader) })] : [];
  const nameOf = (comer: Comer) => (comer.type === 'named' ? nameChosen(comer.chosen, facts) : t('signup.names.held'));
  const placed = comers.filter((_, at) => got[at]?.status === 'confirmed');
  const of = (what: Place['heldFor']) => placed.filter((comer) => missing(comer) === what);
  const [confirmed, forConsent, unnamed] = [of(null), of('consent'), of('participant')];
  const names = (some: readonly Comer[]) => list(some.map(nameOf), locale);
  // Full is what it is once those who fit have their places.
  const free = freePlaces(scope.places);
  const taken = got.filter((one) => one?.status === 'confirmed' && !one.fills).length;
  const full = free !== null && free <= taken;
  const waiting = comers.flatMap((comer, at) => {
    const mine = got[at];
    return mine?.status === 'waiting'
      ? [
          t(full ? 'signup.result.waiting' : 'signup.result.waitingStill', {
            name: nameOf(comer),
            rank: mine.rank,
          }),
        ]
      : [];
  });
  return [
    ...head,
    ...(confirmed.length > 0 ? [t('signup.result.confirmed', { names: names(confirmed) })] : []),
    ...(forConsent.length > 0 ? [t('signup.result.heldForConsent', { names: names(forConsent), until })] : []),
    ...(unnamed.length > 0 ? [t('signup.result.held', { count: unnamed.length, until })] : []),
    ...waiting,
  ];
}

/** What somebody who was chosen is called. */
export const nameChosen = (chosen: Chosen, { household }: SignupFacts): string =>
  'new' in chosen ? chosen.new.name : (household.find(({ id }) => id === chosen.id)?.name ?? '');
