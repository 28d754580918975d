import { dialogRoom, type LoadFacts } from '../../command/index.js';
import { consent, dialog, people, type Chosen, type Effect, type KnownPerson, type Say } from '../../dialog/index.js';
import { asLocale, list } from '../../i18n/index.js';
import type { Families } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import { ageOn, parseBirthDate, readName } from '../../understand/index.js';
import { z } from 'zod';
import { details, when } from './cards.js';
import { consentVersion, type Participant, type SignupEffects } from './effects.js';
import { today } from './fields.js';
import { admit, ageFits, ageOfOwnConsent, isForAdults, isForChildren } from './rules.js';
import { eventByRef, type ReadLocked, type SignUps } from './store.js';
import { isOpen, participantKey, type EventView } from './view.js';

/** What signing up is decided on. */
interface Facts {
  /** Null: taken down meanwhile. */
  readonly event: EventView | null;
  readonly household: readonly KnownPerson[];
  /** Who answers for the event, for the consent. */
  readonly responsible: string;
}

type Seed = { readonly ref: string };

/** Signs one or several people of a household up for an event. Wording: locales, `signup.*`. */
export const signupDialog = (effects: SignupEffects) =>
  dialog<Facts, Seed>('signup', {
    version: 1,
    readBack: 'simple',
    needs: ['event', 'household', 'responsible'],
    seed: z.strictObject({ ref: z.string() }),
  })
    .ask(
      'who',
      people<Facts>({
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
      ({ who }, { facts }) => who.some((chosen) => isMinor(chosen, facts)),
      (inner) =>
        inner.ask('consent', consent({ textVersion: consentVersion, refusing: 'ends' }), {
          dependsOn: ['who'],
          params: ({ who }, ctx) => ({
            names: list(
              who.filter((chosen) => isMinor(chosen, ctx.facts)).map((chosen) => nameOf(chosen, ctx.facts)),
              asLocale(ctx.locale, 'zh-CN'),
            ),
            title: ctx.facts.event?.title ?? '',
            when: ctx.facts.event ? when(ctx.facts.event, { t: ctx.t, now: ctx.now, locale: asLocale(ctx.locale, 'zh-CN') }) : '',
            place: ctx.facts.event?.session.place ?? '',
            responsible: ctx.facts.responsible,
          }),
        }),
    )
    .complete(({ who, consent: agreed }, ctx): { say: Say[]; effects: Effect[] } => {
      const { facts, t, now } = ctx;
      const { event } = facts;
      if (!event || !isOpen(event, now)) return { say: [{ text: t('signup.result.closed') }], effects: [] };
      const locale = asLocale(ctx.locale, 'zh-CN');
      const admissions = admit(event.session, who.length);
      const places = who.map((chosen, at) => ({
        chosen,
        name: nameOf(chosen, facts),
        admission: admissions[at] ?? { status: 'waiting' as const, rank: 0 },
      }));
      const confirmed = places.filter(({ admission }) => admission.status === 'confirmed').map(({ name }) => name);
      const text = [
        t('signup.result.head', { title: event.title }),
        ...(confirmed.length > 0 ? [t('signup.result.confirmed', { names: list(confirmed, locale) })] : []),
        ...places.flatMap(({ name, admission }) =>
          admission.status === 'waiting' ? [t('signup.result.waiting', { name, rank: admission.rank })] : [],
        ),
        ...details(event, { t, now, locale }),
        t('signup.result.later'),
      ].join('\n');
      const participants = places.map(({ chosen, admission }) => ({
        who: participantOf(chosen),
        status: admission.status,
        needsConsent: agreed?.agreed === true && isMinor(chosen, facts),
      }));
      const register = effects.register.make({
        eventId: event.id,
        participants,
        purpose: `signup:${event.ref}`,
      });
      return { say: [{ text }], effects: [register] };
    });

const ageAt = (birthDate: string, { session }: EventView): number => ageOn(birthDate, session.startsWall.slice(0, 10));

const knownIn = (id: string, { household }: Facts) => household.find((person) => person.id === id);

const nameOf = (chosen: Chosen, facts: Facts): string => ('new' in chosen ? chosen.new.name : (knownIn(chosen.id, facts)?.name ?? ''));

/** The age of a chosen child on the day of the event; null for a grown-up, who is not asked. */
function ageOf(chosen: Chosen, facts: Facts): number | null {
  const child = 'new' in chosen ? chosen.new : knownIn(chosen.id, facts);
  return facts.event && child && child.birthDate !== '' ? ageAt(child.birthDate, facts.event) : null;
}

/** Whether a guardian has to consent for this one. */
function isMinor(chosen: Chosen, facts: Facts): boolean {
  const age = ageOf(chosen, facts);
  return age !== null && age < ageOfOwnConsent;
}

function participantOf(chosen: Chosen): Participant {
  if ('new' in chosen) return { child: chosen.new };
  const id = chosen.id.slice(2);
  return chosen.id.startsWith('p:') ? { person: id } : { dependant: id };
}

/** Loads what the dialog asks about; at its end under the session's lock, so that nobody is oversold whatever races. */
export const loadSignup =
  (parts: { families: Families; signUps: SignUps; readLocked: ReadLocked }): LoadFacts<Tx, Facts, Seed> =>
  async (tx, request, { ref }, deciding) => {
    const { who, t } = request;
    const event = await (deciding ? parts.readLocked : eventByRef)(tx, who.communityId, ref);
    if (!event) return { event: null, household: [], responsible: '' };
    const there = new Set(
      (await parts.signUps.ofPerson(tx, who.personId, request.now))
        .filter((mine) => mine.event.id === event.id)
        .map(({ signUp }) => signUp.participant),
    );
    const creator = await tx.person.findUnique({ where: { id: event.createdBy } });
    const already = (participant: string) => (there.has(participant) ? { fits: false, why: t('signup.people.already') } : { fits: true });
    const self: KnownPerson[] = isForAdults(event)
      ? [
          {
            id: participantKey.person(who.personId),
            name: who.name,
            label: t('signup.people.self'),
            birthDate: '',
            ...already(participantKey.person(who.personId)),
          },
        ]
      : [];
    const family = isForChildren(event) ? await parts.families.of(tx, who.personId) : [];
    const dependants = family.map(({ id, name, birthDate }): KnownPerson => {
      const age = ageAt(birthDate, event);
      const fit = ageFits(event, age);
      const fits = fit === 'fits' ? already(participantKey.dependant(id)) : { fits: false, why: t(`signup.people.${fit}`, { age }) };
      return { id: participantKey.dependant(id), name, birthDate, label: t('signup.people.age', { name, age }), ...fits };
    });
    return { event, household: [...dependants, ...self], responsible: creator?.name ?? who.communityName };
  };

/** The dialog with its facts. */
export const signupRoom = (parts: { families: Families; signUps: SignUps; readLocked: ReadLocked; effects: SignupEffects }) =>
  dialogRoom(signupDialog(parts.effects), loadSignup(parts));
