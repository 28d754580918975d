import { z } from 'zod';
import { dialogRoom } from '../../command/index.js';
import { consent, dialog, fact, people, several, yesNo, type Chosen, type Effect, type Say } from '../../dialog/index.js';
import { asLocale, list } from '../../i18n/index.js';
import {
  ageFits,
  ageOfOwnConsent,
  admit,
  isForChildren,
  isOpen,
  openScopes,
  type Admission,
  type EventView,
  type Scope,
} from '../../programme/index.js';
import { ageOn, parseBirthDate, readName } from '../../understand/index.js';
import { details, placesOf, schedule, when, type Reader } from './cards.js';
import { consentVersion, type Participant, type Place, type SignupEffects } from './effects.js';
import { loadSignup, type SignupFacts } from './signup.facts.js';
import { today } from './wall.js';

type Seed = { readonly ref: string };

/** Signs one or several people of a household up for an event, or for some of its sessions. Wording: locales, `signup.*`. */
export const signupDialog = (effects: SignupEffects) =>
  dialog<SignupFacts, Seed>('signup', {
    version: 1,
    readBack: 'simple',
    needs: ['event', 'household', 'responsible', 'sessions', 'mine', 'lines', 'party'],
    seed: z.strictObject({ ref: z.string() }),
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
    .ask(
      'who',
      people<SignupFacts>({
        from: 'household',
        mayAdd: ({ facts }) => facts.event !== null && isForChildren(facts.event),
        readName,
        readBirthDate: (text, { now, timeZone }) => parseBirthDate(text, { today: today(now, timeZone) }),
        showBirthDate: (date) => date,
        refuse: ({ name, birthDate }, { t, facts }) => {
          if (!facts.event) return null;
          const age = ageAt(birthDate, facts.event);
          const fit = ageFits(facts.event, age);
          return fit === 'fits' ? null : t(`signup.refused.${fit}`, { name, age });
        },
      }),
      { params: (_answers, { facts }) => ({ title: facts.event?.title ?? '' }) },
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
      ({ who, sessions }, { facts, now }) => who.length > 1 && someWait(placesFor({ who, sessions, facts, now })),
      (inner) =>
        inner.ask('together', yesNo(), {
          params: ({ who }, ctx) => ({
            names: list(
              who.map((chosen) => nameOf(chosen, ctx.facts)),
              asLocale(ctx.locale),
            ),
          }),
        }),
    )
    .when(
      ({ who }, ctx) => who.some((chosen) => isMinor(chosen, ctx)),
      (inner) =>
        inner.ask('consent', consent({ textVersion: consentVersion, refusing: 'ends' }), {
          dependsOn: ['about', 'who'],
          params: ({ who }, ctx) => {
            const { event } = ctx.facts;
            const reader: Reader = { t: ctx.t, now: ctx.now, locale: asLocale(ctx.locale) };
            return {
              names: list(
                who.filter((chosen) => isMinor(chosen, ctx)).map((chosen) => nameOf(chosen, ctx.facts)),
                reader.locale,
              ),
              title: event?.title ?? '',
              when: event ? schedule(event, reader) : '',
              place: event ? placesOf(event, ctx.t) : '',
              responsible: ctx.facts.responsible,
            };
          },
        }),
    )
    .complete(({ who, sessions, together, consent: agreed }, ctx): { say: Say[]; effects: Effect[] } => {
      const { facts, t, now } = ctx;
      const { event } = facts;
      if (!event || !isOpen(event, now)) return { say: [{ text: t('signup.result.closed') }], effects: [] };
      const reader: Reader = { t, now, locale: asLocale(ctx.locale) };
      const given = placesFor({ who, sessions, facts, now }).map((scope) => (together === true ? allOrNone(scope) : scope));
      const text = [
        t('signup.result.head', { title: event.title }),
        ...given.flatMap((places) => resultLines(places, event, who, facts, reader)),
        ...details(event, reader),
        t('signup.result.later'),
      ].join('\n');
      const participants = who.map((chosen, at) => ({
        who: participantOf(chosen),
        places: given.flatMap(({ scope, admissions }): Place[] => {
          const admission = admissions[at];
          return admission
            ? [{ scope: scope.key, status: admission.status, pair: together === true && admission.status === 'waiting' }]
            : [];
        }),
        needsConsent: agreed?.agreed === true && isMinor(chosen, ctx),
      }));
      const purpose = `signup:${event.ref}`;
      const register = effects.register.make({ eventId: event.id, byHousehold: event.unit === 'household', participants, purpose });
      return { say: [{ text }], effects: [register] };
    });

/** What each of those who were chosen gets in a scope; undefined for one who has a place or waits there already. */
interface Given {
  readonly scope: Scope;
  readonly admissions: readonly (Admission | undefined)[];
}

/** What would be given in each chosen scope, in the order in which people were named. */
function placesFor(parts: { who: readonly Chosen[]; sessions?: readonly string[] | undefined; facts: SignupFacts; now: number }): Given[] {
  const { who, sessions, facts, now } = parts;
  const { event } = facts;
  if (!event) return [];
  return openScopes(event, now)
    .filter(({ key }) => sessions === undefined || sessions.includes(key))
    .map((scope): Given => {
      const line = facts.lines[scope.key];
      const there = (chosen: Chosen) =>
        facts.mine.find((mine) => 'id' in chosen && mine.participant === chosen.id && mine.scope === scope.key);
      const fresh = who.filter((chosen) => !there(chosen));
      const admissions = admit(
        scope.places,
        fresh.map((chosen) => ({ party: event.unit === 'household' ? facts.party : keyOf(chosen), seats: 1 })),
        { seated: new Set(line?.seated), inLine: line?.inLine ?? false },
      );
      return {
        scope,
        admissions: who.map((chosen): Admission | undefined => {
          const before = there(chosen);
          if (!before) return admissions[fresh.indexOf(chosen)];
          // A place that was just given back is still kept for them.
          return before.status === 'leaving' ? { status: 'confirmed' } : undefined;
        }),
      };
    });
}

const someWait = (given: readonly Given[]): boolean => given.some(({ admissions }) => admissions.some((one) => one?.status === 'waiting'));

/** Both or neither: where one of them would have to wait, all of them do. */
function allOrNone({ scope, admissions }: Given): Given {
  if (!admissions.some((one) => one?.status === 'waiting')) return { scope, admissions };
  let rank = scope.places.waiting;
  return { scope, admissions: admissions.map((one) => one && { status: 'waiting', rank: (rank += 1) }) };
}

function resultLines({ scope, admissions }: Given, event: EventView, who: readonly Chosen[], facts: SignupFacts, reader: Reader): string[] {
  const { t, locale } = reader;
  const [session] = scope.sessions;
  const head = event.signUpFor === 'single' ? [t('signup.result.session', { number: session.number, when: when(session, reader) })] : [];
  const confirmed = who.filter((_, at) => admissions[at]?.status === 'confirmed').map((chosen) => nameOf(chosen, facts));
  const waiting = who.flatMap((chosen, at) => {
    const admission = admissions[at];
    return admission?.status === 'waiting' ? [t('signup.result.waiting', { name: nameOf(chosen, facts), rank: admission.rank })] : [];
  });
  return [...head, ...(confirmed.length > 0 ? [t('signup.result.confirmed', { names: list(confirmed, locale) })] : []), ...waiting];
}

const keyOf = (chosen: Chosen): string => ('new' in chosen ? `new:${chosen.new.name}:${chosen.new.birthDate}` : chosen.id);

const ageAt = (birthDate: string, { sessions }: EventView): number => ageOn(birthDate, sessions[0].startsWall.slice(0, 10));

const knownIn = (id: string, { household }: SignupFacts) => household.find((person) => person.id === id);

const nameOf = (chosen: Chosen, facts: SignupFacts): string =>
  'new' in chosen ? chosen.new.name : (knownIn(chosen.id, facts)?.name ?? '');

/** Whether a guardian has to consent for this one: whoever is too young to do so today, when their data is taken. A grown-up's age is not asked. */
function isMinor(chosen: Chosen, { facts, now, timeZone }: { facts: SignupFacts; now: number; timeZone: string }): boolean {
  const birthDate = 'new' in chosen ? chosen.new.birthDate : (knownIn(chosen.id, facts)?.birthDate ?? '');
  return birthDate !== '' && ageOn(birthDate, today(now, timeZone)) < ageOfOwnConsent;
}

function participantOf(chosen: Chosen): Participant {
  if ('new' in chosen) return { child: chosen.new };
  const id = chosen.id.slice(2);
  return chosen.id.startsWith('p:') ? { person: id } : { dependant: id };
}

/** The dialog with its facts. */
export const signupRoom = (parts: Parameters<typeof loadSignup>[0] & { effects: SignupEffects }) =>
  dialogRoom(signupDialog(parts.effects), loadSignup(parts));
