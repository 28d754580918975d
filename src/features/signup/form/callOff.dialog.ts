import { z } from 'zod';
import { dialogRoom, menuChoices, tell } from '../../../command/index.js';
import { dialog, fact, optional, type Effect, type Say } from '../../../dialog/index.js';
import { asLocale } from '../../../i18n/index.js';
import type { Reachable } from '../../../people/index.js';
import { nextSession, type EventView, type ReadLocked, type SessionView, type SignUps } from '../../../programme/index.js';
import { schedule, when, whenNow, type Reader } from '../words/cards.js';
import { callEffects, type CallList } from '../words/calls.js';
import { reasonText } from './fields.js';
import type { StatusEffects } from '../places/status.js';
import {
  callLines,
  concernedBy,
  countTold,
  loadChange,
  namesOf,
  peopleLine,
  recipientsOf,
  teacherApart,
  whenToTell,
  type ChangeFacts,
  type Recipient,
} from '../words/tellings.js';

type Seed = { readonly ref: string; readonly how: 'cancel' | 'postpone' | 'drop'; readonly session?: string };

/** What the dialog does in the end. */
export interface CallOffEffects extends Pick<StatusEffects, 'callOff' | 'drop'> {
  readonly callList: CallList;
}

/** Calls an event or one session off; everybody concerned hears of it in the same transaction. Wording: locales, `callOff.*`. */
export const callOffDialog = (effects: CallOffEffects) =>
  dialog<ChangeFacts, Seed>('callOff', {
    version: 1,
    readBack: 'simple',
    needs: ['staff', 'event', 'signUps', 'guardians', 'teacher', 'unreachable', 'texts', 'communityTexts'],
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
          const about = meeting ? whenNow(meeting, reader) : facts.event ? scheduleNow(facts.event, reader) : '';
          return t(`callOff.what.${how}`, { title: facts.event?.title ?? '', when: about });
        },
      }),
    )
    .ask('why', optional(reasonText(80)))
    .ask(
      'told',
      fact({
        schema: z.array(z.number()),
        from: ({ facts, seed }: { facts: ChangeFacts; seed: unknown }) => {
          const recipients = concerned(facts, (seed as Seed).session);
          const { households, toCall } = countTold(recipients, facts.unreachable);
          return [households, toCall.length, recipients.length - households, teacherApart(facts, recipients) ? 1 : 0];
        },
        show: ([count = 0, without = 0, guardians = 0, teacher = 0], { facts, t, seed }) =>
          [
            // acceptsSeed has checked it
            peopleLine(concernedBy(facts.signUps, (seed as Seed).session), t),
            t('callOff.households', { count }),
            ...(without > 0 ? [t('callOff.unreachable', { count: without })] : []),
            ...(guardians > 0 ? [t('callOff.guardians', { count: guardians })] : []),
            ...(teacher > 0 ? [t('callOff.teacherToo')] : []),
          ].join(t('callOff.separator')),
      }),
    )
    .complete(({ why }, { facts, t, now, seed, locale }): { say: Say[]; effects: Effect[] } => {
      const { event } = facts;
      if (!facts.staff) return { say: [{ text: t('turn.staffOnly') }], effects: [] };
      if (!event || !['published', 'closed', 'postponed'].includes(event.status)) return { say: [{ text: t('signup.gone') }], effects: [] };
      const session = event.sessions.find(({ id }) => id === seed.session);
      if (seed.how === 'drop' && !session) return { say: [{ text: t('signup.gone') }], effects: [] };
      const recipients = concerned(facts, seed.session);
      const change =
        session && seed.how === 'drop'
          ? event.sessions.length > 1
            ? effects.drop.make({ eventId: event.id, sessionId: session.id })
            : effects.callOff.make({ eventId: event.id, status: 'cancelled' })
          : effects.callOff.make({ eventId: event.id, status: seed.how === 'postpone' ? 'postponed' : 'cancelled' });
      const { households, toCall } = countTold(recipients, facts.unreachable);
      const lines = [
        t(`callOff.done.${seed.how}`, { title: event.title, count: households - toCall.length }),
        ...callLines(toCall, { t, locale: asLocale(locale) }),
      ];
      const off = { event, session, how: seed.how, why, now };
      const teacher = teacherApart(facts, recipients);
      const tellings = [
        ...recipients.map((recipient) => telling(recipient, off, facts.texts(recipient.locale))),
        ...(teacher ? [tellTeacher(teacher, off, facts.texts(teacher.locale))] : []),
      ];
      const next = seed.how === 'postpone' ? [{ label: t('callOff.newDate'), line: `/move ${event.ref}` }] : [];
      return {
        say: [
          {
            text: lines.join('\n'),
            choices: menuChoices(t, [...next, { label: t('event.roster.manage'), line: `/manage-event ${event.ref}` }]),
          },
        ],
        effects: [change, ...tellings, ...callEffects(effects.callList, { occasion: occasionOf(off), event, toCall }, facts)],
      };
    });

/** When an event would be; of one without a date, that it has none. */
const scheduleNow = (event: EventView, reader: Reader): string =>
  event.status === 'postponed' ? reader.t('signup.schedule.undated', { when: schedule(event, reader) }) : schedule(event, reader);

/** Who hears of it: everybody concerned, or those of one session. */
const concerned = ({ signUps, guardians }: ChangeFacts, session: string | undefined): Recipient[] =>
  recipientsOf(concernedBy(signUps, session), guardians);

interface Off {
  readonly event: EventView;
  readonly session: SessionView | undefined;
  readonly how: Seed['how'];
  readonly why: string | null;
  readonly now: number;
}

/** When what is called off would have been. */
const whenOff = ({ event, session, now }: Off, locale: Reader['locale'], t: Reader['t']): string =>
  session ? when(session, { t, locale, now }) : schedule(event, { t, locale, now });

const whyLine = ({ why }: Off, t: Reader['t']): string[] => (why === null ? [] : [t('callOff.told.why', { why })]);

/** What comes next of it. */
const meetingOf = ({ event, session, now }: Off): SessionView => session ?? nextSession(event, now);

/** Names it, so that nobody hears the same twice. */
const occasionOf = (off: Off): string => `off:${off.how}:${off.session?.id ?? off.event.id}:${meetingOf(off).revision}:${off.event.status}`;

/** One message for each, at once where it is near. */
function offTelling(personId: string, off: Off, lines: readonly string[]): Effect {
  const meeting = meetingOf(off);
  return tell({
    personId,
    kind: 'change',
    text: lines.join('\n'),
    key: `${occasionOf(off)}:${personId}`,
    // An old date that went by while it was postponed is near to nothing.
    ...whenToTell(meeting.postponed && meeting.startsAt <= off.now ? Infinity : meeting.startsAt, off.now, meeting.timeZone),
  });
}

function telling({ personId, locale: theirLocale, theirs }: Recipient, off: Off, t: Reader['t']): Effect {
  const locale = asLocale(theirLocale);
  const about = { title: off.event.title, when: whenOff(off, locale, t), names: namesOf(theirs, { t, locale }) };
  const waits = theirs.every(({ status }) => status === 'waiting');
  const then = off.how === 'postpone' && waits ? 'postponeWaiting' : off.how;
  return offTelling(personId, off, [t(`callOff.told.${off.how}`, about), ...whyLine(off, t), t(`callOff.then.${then}`)]);
}

function tellTeacher({ personId, locale }: Reachable, off: Off, t: Reader['t']): Effect {
  const about = { title: off.event.title, when: whenOff(off, asLocale(locale), t) };
  return offTelling(personId, off, [t(`callOff.teacher.${off.how}`, about), ...whyLine(off, t)]);
}

/** The dialog with its facts. */
export const callOffRoom = (parts: { effects: CallOffEffects; signUps: SignUps; readLocked: ReadLocked }) =>
  dialogRoom(callOffDialog(parts.effects), loadChange(parts), 'staff');
