import { z } from 'zod';
import { dialogRoom, type Request } from '../../../command/index.js';
import {
  choice,
  consent,
  dialog,
  fact,
  number,
  people,
  several,
  yesNo,
  type Chosen,
  type Effect,
  type Say,
  type Translate,
} from '../../../dialog/index.js';
import { asLocale, list, type Locale } from '../../../i18n/index.js';
import { asBond, consentWordings } from '../../../people/index.js';
import { ageFits, isOpen, type EventView } from '../../../programme/index.js';
import { parseBirthDate, parseNumber, readChildName, today } from '../../../understand/index.js';
import { bondField } from './bond.field.js';
import { comingTo, placesOf, schedule, type Reader } from '../words/cards.js';
import type { SignupEffects } from '../places/effects.js';
import { nameField } from '../form/fields.js';
import { cannotSay, closedSay, leaveFilling, tellFilled } from './filling.js';
import { ownAnswers } from '../residents/own.field.js';
import { proxyResult } from './proxy.js';
import { signUpPurpose, type Place } from '../places/register.js';
import { askedOf, namedOf, namesOf, participantOf } from './signup.comers.js';
import { isFilling, loadSignup, type SignupFacts, type SignupSeed } from './signup.facts.js';
import { resultOf } from './signup.result.js';
import {
  allOrNone,
  asksBondFirst,
  asksBondLater,
  bondMatters,
  cannotFill,
  comersOf,
  holdsOnly,
  isMinor,
  leftHeld,
  mayAdd,
  mayConsentFor,
  placesFor,
  someWait,
  type Comer,
  type Given,
  type Said,
} from './signup.rules.js';
import { ageAt } from '../words/wall.js';

/** So many places one can hold without naming anybody. */
export const mostHeld = 5;

type Answers = Said & {
  readonly who?: readonly Chosen[];
  readonly count?: number;
  readonly companions?: number;
  readonly sessions?: readonly string[];
};

function givenFor(answers: Answers, { facts, now, seed }: { facts: SignupFacts; now: number; seed: SignupSeed }): Given[] {
  const comers = comersOf(answers, facts);
  const given = placesFor({ comers, companions: answers.companions ?? 0, sessions: answers.sessions, facts, now });
  if (!isFilling(seed)) return given;
  // Where held places are filled in, nobody without a name takes one more.
  const taken = (got: Given['got'][number], at: number) => (comers[at]?.type === 'unnamed' && !got?.fills ? undefined : got);
  return given.map(({ scope, got }) => ({ scope, got: got.map(taken) }));
}

/** Signs one or several people of a household up for an event, or for some of its sessions. Wording: locales, `signup.*`. */
export const signupDialog = (effects: SignupEffects, calls?: (text: string) => boolean) =>
  dialog<SignupFacts, SignupSeed>('signup', {
    version: 1,
    readBack: 'simple',
    needs: ['event', 'proxied', 'household', 'guardianship', 'day', 'responsible', 'sessions', 'mine', 'held', 'lines', 'party'],
    seed: z.strictObject({
      ref: z.string(),
      fill: z.literal(true).exactOptional(),
      code: z.string().exactOptional(),
      person: z.string().exactOptional(),
      named: z.string().exactOptional(),
    }),
  })
    .ask(
      'about',
      fact({
        // Whoever is asked to confirm has seen this day and place.
        schema: z.array(z.string()),
        from: ({ facts }: { facts: SignupFacts }) =>
          facts.event?.sessions.map(({ id, startsWall, endsWall, place }) => [id, startsWall, endsWall ?? '', place].join(' ')) ?? [],
        show: (_answer, { facts: { event }, t, now, locale }) =>
          event
            ? t('signup.about.value', {
                title: event.title,
                when: schedule(event, { t, now, locale: asLocale(locale) }),
                place: placesOf(event, t),
              })
            : t('signup.gone'),
      }),
    )
    .when(
      (_answers, { facts }) => asksBondFirst(facts),
      (inner) => inner.ask('bond', bondField(), { params: (_answers, { facts }) => ({ title: facts.event?.title ?? '' }) }),
    )
    .when(
      (said, { facts }) => holdsOnly(said, facts),
      (inner) =>
        inner.ask('count', number({ min: 1, max: mostHeld, read: readCount }), {
          params: (_answers, { facts, t }) => ({
            title: facts.event?.title ?? '',
            // What is held already is filled up, not added to.
            before: facts.held.length > 0 ? t('signup.count.before', { count: heldInAll(facts) }) : '',
          }),
        }),
    )
    .when(
      (said, { facts }) => !holdsOnly(said, facts),
      (inner) =>
        inner.ask(
          'who',
          people<SignupFacts>({
            from: 'household',
            mayAdd: ({ facts, answers }) => mayAdd(answers, facts),
            // `signupDialog` has checked it with its own schema.
            named: ({ seed }) => (seed as SignupSeed).named ?? null,
            readName: (text) => readChildName(text, calls),
            readBirthDate: (text, { now, timeZone }) => parseBirthDate(text, { today: today(now, timeZone) }),
            showBirthDate: (date) => date,
            refuse: ({ name, birthDate }, { t, facts }) => {
              if (!facts.event) return null;
              const age = ageAt(birthDate, facts.event.sessions[0]);
              const fit = ageFits(facts.event, age);
              return fit === 'fits' ? null : t(`signup.refused.${fit}`, { name, age });
            },
          }),
          { params: (_answers, { facts }) => ({ title: facts.event?.title ?? '' }) },
        ),
    )
    .when(
      ({ who = [], bond }, ctx) => asksBondLater(who, { bond }, ctx),
      (inner) =>
        inner.ask('bondLater', bondField(), {
          dependsOn: ['who'],
          params: ({ who = [] }, ctx) => ({
            names: namesOf(
              who.filter((chosen) => bondMatters(chosen, ctx)),
              ctx,
            ),
          }),
        }),
    )
    .when(
      ({ who = [] }, ctx) => ctx.facts.proxied !== null && who.some((chosen) => isMinor(chosen, ctx)),
      (inner) =>
        inner
          .ask('paper', yesNo(), {
            dependsOn: ['who'],
            params: ({ who = [] }, ctx) => ({
              names: namesOf(
                who.filter((chosen) => isMinor(chosen, ctx)),
                ctx,
              ),
            }),
          })
          .when(
            ({ paper }) => paper,
            (signed) =>
              signed
                .ask('guardian', nameField())
                .ask('guardianBond', choice(['parent', 'guardian']), { params: ({ guardian }) => ({ name: guardian }) }),
          ),
    )
    .when(
      (_answers, { facts }) => facts.event?.companionsCount === true && facts.event.companions !== 'none',
      (inner) => inner.ask('companions', number({ min: 0, max: 5, read: readCount })),
    )
    .when(
      (_answers, { facts }) => facts.sessions.length > 1,
      (inner) =>
        inner.ask(
          'sessions',
          several('sessions', ({ facts }) => (facts.event?.oneEach ? 1 : Infinity)),
        ),
    )
    .when(
      (answers, ctx) => comersOf(answers, ctx.facts).length > 1 && someWait(givenFor(answers, ctx)),
      (inner) =>
        inner.ask('together', yesNo(), {
          params: (answers, ctx) => {
            const placed = givenFor(answers, ctx).some(({ got }) => got.some((one) => one?.status === 'confirmed'));
            const otherwise = ctx.t(placed ? 'signup.together.someNow' : 'signup.together.later');
            return { names: namesOf(answers.who ?? [], ctx), otherwise };
          },
        }),
    )
    .when(
      (answers, { facts }) => (facts.event?.questions.length ?? 0) > 0 && namedOf(answers, facts).length > 0,
      (inner) =>
        inner.ask(
          'own',
          ownAnswers<SignupFacts>({
            questions: ({ facts }) => facts.event?.questions ?? [],
            people: ({ facts, answers }) => namedOf(answers, facts).map((chosen) => askedOf(chosen, facts)),
          }),
          { dependsOn: ['who'] },
        ),
    )
    .when(
      ({ who = [], bond, bondLater }, ctx) =>
        ctx.facts.proxied === null && who.some((chosen) => isMinor(chosen, ctx) && mayConsentFor(chosen, { bond, bondLater }, ctx.facts)),
      (inner) =>
        inner.ask('consent', consent({ textVersion: consentWordings.signUp, refusing: 'ends' }), {
          dependsOn: ['about', 'who', 'sessions', 'own'],
          params: (answers, ctx) => {
            const { who = [], bond, bondLater } = answers;
            const scopes = givenFor(answers, ctx).map(({ scope }) => scope);
            const event = ctx.facts.event && comingTo(ctx.facts.event, scopes);
            const reader: Reader = { t: ctx.t, now: ctx.now, locale: asLocale(ctx.locale) };
            return {
              names: namesOf(
                who.filter((chosen) => isMinor(chosen, ctx) && mayConsentFor(chosen, { bond, bondLater }, ctx.facts)),
                ctx,
              ),
              also: alsoKept(event, ctx.t, asLocale(ctx.locale)),
              title: event?.title ?? '',
              when: event ? schedule(event, reader) : '',
              place: event ? placesOf(event, ctx.t) : '',
              responsible: ctx.facts.responsible,
            };
          },
        }),
    )
    .complete(
      (answers, ctx): { say: Say[]; effects: Effect[] } => {
        const { facts, t, now, seed } = ctx;
        const { event } = facts;
        if (!event || !(isOpen(event, now) || facts.held.length > 0)) return { say: [{ text: t('signup.result.closed') }], effects: [] };
        const { bond, bondLater, paper, guardian, guardianBond, together, consent: agreed } = answers;
        const said = { bond, bondLater, paper };
        const { proxied } = facts;
        const comers = comersOf(answers, facts);
        const given = givenFor(answers, ctx).map((scope) => (together === true ? allOrNone(scope) : scope));
        const missing = (comer: Comer): Place['heldFor'] => {
          if (comer.type === 'unnamed') return 'participant';
          return isMinor(comer.chosen, ctx) && !mayConsentFor(comer.chosen, said, facts) ? 'consent' : null;
        };
        const named = comers.filter(({ type }) => type === 'named');
        const participants = comers.map((comer, at) => ({
          who: participantOf(comer),
          places: given.flatMap(({ scope, got }): Place[] => {
            const mine = got[at];
            if (!mine) return [];
            const pair = together === true && mine.status === 'waiting';
            return [{ scope: scope.key, status: mine.status, pair, heldFor: missing(comer), fills: mine.fills?.signUp.id ?? null }];
          }),
          companions: at === 0 ? (answers.companions ?? 0) : 0,
          answers: answers.own?.[named.indexOf(comer)] ?? null,
          needsConsent:
            (agreed?.agreed === true || paper === true) && comer.type === 'named' && isMinor(comer.chosen, ctx) && missing(comer) === null,
        }));
        const register = effects.register.make({
          eventId: event.id,
          byHousehold: event.unit === 'household',
          participants,
          purpose: signUpPurpose(event.ref),
          bond: asBond(bond ?? bondLater ?? null),
          // As long as a place of the holder's is without a name, their code is good for it.
          code: leftHeld(facts, given) === 0 ? (seed.code ?? null) : null,
          proxy: proxied && {
            personId: proxied.personId,
            guardian: guardian === undefined ? null : { name: guardian, bond: guardianBond ?? 'guardian' },
          },
        });
        const reader: Reader = { t, now, locale: asLocale(ctx.locale) };
        const grandparent = [bond, bondLater].includes('grandparent');
        const result = { event, facts, comers, given, byCode: seed.code !== undefined, missing, grandparent };
        if (proxied === null) return { say: [resultOf(result, reader)], effects: [register, ...tellFilled(facts, given, now)] };
        return proxyResult({ result, person: proxied, register }, reader);
      },
      undefined,
      leaveFilling,
    );

/** What is kept of a child besides name and birth date. */
const alsoKept = (event: EventView | null, t: Translate, locale: Locale): string =>
  event === null || event.questions.length === 0
    ? ''
    : t('signup.consentAlso', {
        questions: list(
          event.questions.map(({ text }) => text),
          locale,
        ),
      });

/** How many places somebody holds; one for several sessions is one. */
const heldInAll = ({ held }: SignupFacts): number => new Set(held.map(({ signUp }) => signUp.participant)).size;

const readCount = (text: string): number | null => {
  const read = parseNumber(text.replace(/[个位名]$/u, ''), { min: -99, max: 9_999 });
  return read.ok ? read.value : null;
};

/** The dialog with its facts. */
export const signupRoom = (parts: Parameters<typeof loadSignup>[0] & { effects: SignupEffects; calls?: (text: string) => boolean }) =>
  dialogRoom(signupDialog(parts.effects, parts.calls), loadSignup(parts), 'everyone', (facts, request, seed) =>
    whyNot(facts, request, seed),
  );

/** Why the talk cannot go on; null where it can. */
function whyNot(facts: SignupFacts, { t, now, who }: Request, seed: SignupSeed): string | Say | null {
  const { event, closed, refused } = facts;
  if (refused) return t('turn.staffOnly');
  if (!event) return t('signup.gone');
  if (closed !== null) return closedSay(closed, t);
  return isFilling(seed) && cannotFill({}, seed, facts) ? cannotSay(facts, seed, { t, now, locale: asLocale(who.locale) }) : null;
}
