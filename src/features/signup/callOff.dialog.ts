import { z } from 'zod';
import { dialogRoom, menuChoices, tell } from '../../command/index.js';
import { dialog, fact, optional, type Effect, type Say } from '../../dialog/index.js';
import { asLocale, list } from '../../i18n/index.js';
import { nextSending, type EventView, type ReadLocked, type SessionView, type SignUps } from '../../programme/index.js';
import { schedule, when } from './cards.js';
import { publicText } from './fields.js';
import type { StatusEffects } from './status.js';
import { byRegistrant, concernedBy, loadChange, namesOf, peopleLine, type ChangeFacts, type Households } from './tellings.js';

type Seed = { readonly ref: string; readonly how: 'cancel' | 'postpone' | 'drop'; readonly session?: string };

/** So little time before the start nobody waits for the morning to hear of it (ms). */
const urgentMs = 18 * 60 * 60 * 1000;

/** Calls an event or one session off; everybody concerned hears of it in the same transaction. Wording: locales, `callOff.*`. */
export const callOffDialog = (effects: StatusEffects) =>
  dialog<ChangeFacts, Seed>('callOff', {
    version: 1,
    readBack: 'simple',
    needs: ['staff', 'event', 'signUps', 'unreachable', 'texts'],
    seed: z.strictObject({ ref: z.string(), how: z.enum(['cancel', 'postpone', 'drop']), session: z.string().exactOptional() }),
  })
    .ask(
      'what',
      fact({
        schema: z.string(),
        from: ({ facts, seed }: { facts: ChangeFacts; seed: unknown }) =>
          JSON.stringify([facts.event?.revision, facts.event?.status, seed]),
        show: (_answer, { facts, t, now, locale, seed }) => {
          const { how, session } = seed as Seed; // acceptsSeed has checked it
          const meeting = facts.event?.sessions.find(({ id }) => id === session);
          const reader = { t, now, locale: asLocale(locale) };
          const about = meeting ? when(meeting, reader) : facts.event ? schedule(facts.event, reader) : '';
          return t(`callOff.what.${how}`, { title: facts.event?.title ?? '', when: about });
        },
      }),
    )
    .ask('why', optional(publicText(80)))
    .ask(
      'told',
      fact({
        schema: z.array(z.number()),
        from: ({ facts, seed }: { facts: ChangeFacts; seed: unknown }) => {
          const households = concerned(facts, (seed as Seed).session);
          return [households.length, households.filter(([{ registrantId }]) => facts.unreachable.includes(registrantId)).length];
        },
        show: ([count = 0, without = 0], { facts, t }) =>
          [
            ...(facts.event ? [peopleLine(facts.event, t)] : []),
            t('callOff.households', { count }),
            ...(without > 0 ? [t('callOff.unreachable', { count: without })] : []),
          ].join(t('callOff.separator')),
      }),
    )
    .complete(({ why }, { facts, t, now, seed, locale }): { say: Say[]; effects: Effect[] } => {
      const { event } = facts;
      if (!facts.staff) return { say: [{ text: t('turn.staffOnly') }], effects: [] };
      if (!event || !['published', 'closed', 'postponed'].includes(event.status)) return { say: [{ text: t('signup.gone') }], effects: [] };
      const session = event.sessions.find(({ id }) => id === seed.session);
      if (seed.how === 'drop' && !session) return { say: [{ text: t('signup.gone') }], effects: [] };
      const households = concerned(facts, seed.session);
      const change =
        session && seed.how === 'drop'
          ? event.sessions.length > 1
            ? effects.drop.make({ eventId: event.id, sessionId: session.id })
            : effects.callOff.make({ eventId: event.id, status: 'cancelled' })
          : effects.callOff.make({ eventId: event.id, status: seed.how === 'postpone' ? 'postponed' : 'cancelled' });
      const toCall = households.filter(([{ registrantId }]) => facts.unreachable.includes(registrantId)).map(([one]) => one.registrantName);
      const lines = [
        t(`callOff.done.${seed.how}`, { title: event.title, count: households.length - toCall.length }),
        ...(toCall.length > 0 ? [t('callOff.toCall', { count: toCall.length, names: list(toCall, asLocale(locale)) })] : []),
      ];
      const next = seed.how === 'postpone' ? [{ label: t('callOff.newDate'), line: `/move ${event.ref}` }] : [];
      return {
        say: [
          {
            text: lines.join('\n'),
            choices: menuChoices(t, [...next, { label: t('event.roster.manage'), line: `/manage-event ${event.ref}` }]),
          },
        ],
        effects: [change, ...households.map((theirs) => telling(theirs, { event, session, seed, why, texts: facts.texts, now }))],
      };
    });

/** Who is concerned, by registrant: everybody, or those of one session. */
const concerned = ({ signUps }: ChangeFacts, session: string | undefined): Households => byRegistrant(concernedBy(signUps, session));

function telling(
  theirs: Households[number],
  about: { event: EventView; session: SessionView | undefined; seed: Seed; why: string | null; texts: ChangeFacts['texts']; now: number },
): Effect {
  const { event, session, seed, why, texts, now } = about;
  const [{ registrantId, registrantLocale }] = theirs;
  const locale = asLocale(registrantLocale);
  const t = texts(registrantLocale);
  const reader = { t, locale, now };
  const meeting = session ?? event.sessions[0];
  const text = [
    t(`callOff.told.${seed.how}`, {
      title: event.title,
      when: session ? when(session, reader) : schedule(event, reader),
      names: namesOf(theirs, reader),
    }),
    ...(why === null ? [] : [t('callOff.told.why', { why })]),
    t(`callOff.then.${seed.how}`),
  ].join('\n');
  const urgent = meeting.startsAt - now < urgentMs;
  return tell({
    personId: registrantId,
    kind: 'change',
    text,
    key: `off:${seed.how}:${session?.id ?? event.id}:${meeting.revision}:${event.status}:${registrantId}`,
    ...(urgent ? {} : { notBefore: nextSending(now, meeting.timeZone) }),
  });
}

/** The dialog with its facts. */
export const callOffRoom = (parts: { effects: StatusEffects; signUps: SignUps; readLocked: ReadLocked }) =>
  dialogRoom(callOffDialog(parts.effects), loadChange(parts), 'staff');
