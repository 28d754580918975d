import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { means, type Asking, type Question, type Translate } from '../../../dialog/index.js';
import { asLocale } from '../../../i18n/index.js';
import { parseDate, parseSchedule, parseTimeRange, type ScheduleNote } from '../../../understand/index.js';
import { schedule } from '../words/cards.js';
import { remarksOf, sessionFields } from './fields.js';

/** What staff must settle before the schedule may be published. Weekdays from 1 for Monday. */
export const doubt = z.discriminatedUnion('type', [
  z.object({ type: z.literal('noTime') }),
  z.object({ type: z.literal('noDate') }),
  z.object({ type: z.literal('weekdayMismatch'), written: z.number(), actual: z.number() }),
  z.object({ type: z.literal('rolledOver'), days: z.number() }),
  z.object({ type: z.literal('severalSessions') }),
]);

/** All meetings of an event in wall time, and what is not settled about them yet. */
const schema = z.object({
  /** `start` or `date` is empty where it was not written; then there is the doubt. `after`: of a copied series, so many days after its first day. */
  sessions: z
    .array(z.object({ date: z.string(), start: z.string(), end: z.string().nullable(), after: z.number().int().exactOptional() }))
    .min(1),
  doubt: doubt.nullable(),
});

/** When an event is, as the form keeps it. */
export type When = z.infer<typeof schema>;

const reasons = [
  ...([
    'unreadable',
    'several',
    'vague',
    'festival',
    'recurring',
    'noSuchDay',
    'past',
    'ambiguous',
    'contradiction',
    'noSuchTime',
  ] as const),
  ...(['endsBeforeStart', 'noTime', 'noDay', 'endless', 'nothingFits', 'tooMany', 'tooFar'] as const),
];

/** A year that was only assumed and lies so far ahead is asked about (days). */
const farOff = 60;

/**
 * When an event is: one meeting, several, or a rule for many. A correction may name only the day, or only the hours; the rest stays. What
 * contradicts itself stands there until staff write the day again, or say that it is right.
 */
export const whenField: Question<When> = {
  optional: false,
  schema,
  keys: [
    'askTime',
    'askDate',
    'askFirst',
    'copied',
    ...reasons.map((reason) => `invalid.${reason}`),
    ...['noTime', 'noDate', 'weekdayMismatch', 'rolledOver', 'severalSessions'].map((name) => `doubt.${name}`),
  ],
  ask: ({ t, base, params, partial }) => {
    const before = earlier(partial);
    const open = before?.doubt;
    if (open?.type === 'noDate' && before && isCopied(before))
      return { text: t(`${base}.askFirst`, { count: before.sessions.length }), options: [], free: true, help: t(`${base}.help`, params) };
    if (open?.type === 'noTime' || open?.type === 'noDate')
      return {
        text: t(`${base}.${open.type === 'noTime' ? 'askTime' : 'askDate'}`, params),
        options: [],
        free: true,
        help: t(`${base}.help`, params),
      };
    const text = open ? `${doubtText(open, t, base)}\n${t(`${base}.ask`, params)}` : t(`${base}.ask`, params);
    return { text, options: [], free: true, help: t(`${base}.help`, params) };
  },
  read: (input, q) => {
    const text = input.type === 'text' ? input.text : '';
    const read = readWhen(text, earlier(q.partial), q);
    if ('reason' in read) return { type: 'wrong', text: q.t(`${q.base}.invalid.${read.reason}`, q.params) };
    // With half of it known the other half is asked.
    if (read.when.doubt?.type === 'noTime' || read.when.doubt?.type === 'noDate') return { type: 'partial', partial: read.when };
    return { type: 'answer', answer: read.when, note: remarksOf(read.notes, q.t).join('\n') };
  },
  show: (answer, q) => {
    const { sessions, doubt: open } = answer;
    const line = open?.type === 'noTime' || open?.type === 'noDate' ? halfShown(answer, q) : shown(answer, q);
    return open && sessions.length > 0 ? q.t(`${q.base}.doubtful`, { when: line, doubt: doubtText(open, q.t, q.base) }) : line;
  },
  reopen: (answer) => answer,
};

/** Whether it is a series whose other days follow from the first. */
const isCopied = ({ sessions }: When): boolean => sessions.length > 1 && sessions.every(({ after }) => after !== undefined);

const later = (date: string, days: number): string => Temporal.PlainDate.from(date).add({ days }).toString();

/** Whether everything about a schedule is settled. */
export const isSettled = ({ doubt: open }: When): boolean => open === null;

const earlier = (partial: unknown): When | undefined => {
  const parsed = schema.safeParse(partial);
  return parsed.success ? parsed.data : undefined;
};

type Reading = { readonly when: When; readonly notes: readonly ScheduleNote[] } | { readonly reason: (typeof reasons)[number] };

function readWhen(text: string, before: When | undefined, { now, timeZone }: Asking<unknown>): Reading {
  const context = { now, timeZone };
  if (before?.doubt && !['noTime', 'noDate'].includes(before.doubt.type) && (means(text, 'yes') || means(text, 'confirm')))
    return { when: { ...before, doubt: null }, notes: [] };
  const read = parseSchedule(text, context);
  if (read.ok) {
    const sessions = read.sessions.map(({ date, start, end }) => ({ date, start, end: end ?? null }));
    // Said by the doubt already.
    const notes = read.notes.filter(({ type }) => type !== 'weekdayMismatch' && type !== 'rolledOver');
    return { when: { sessions, doubt: doubtOf(read.notes) }, notes };
  }
  const day = parseDate(text, context);
  if (day.ok) {
    const clock = before?.sessions[0];
    const copied = before && isCopied(before) ? before.sessions.map((one) => ({ ...one, date: later(day.date, one.after ?? 0) })) : null;
    const notes = day.notes.flatMap((note) =>
      note.type === 'weekdayMismatch' || note.type === 'rolledOver' ? [{ ...note, date: day.date }] : [],
    );
    if (copied) return { when: { sessions: copied, doubt: doubtOf(notes) }, notes: [] };
    const [start, end] = [clock?.start ?? '', clock?.end ?? null];
    return { when: { sessions: [{ date: day.date, start, end }], doubt: start === '' ? { type: 'noTime' } : doubtOf(notes) }, notes: [] };
  }
  const time = parseTimeRange(text);
  if (time.ok) {
    const { start, end = null } = time;
    const days = before?.sessions ?? [{ date: '' }];
    const sessions = days.map((one) => ({ ...one, start, end }));
    const open = before?.doubt?.type === 'noTime' ? null : (before?.doubt ?? null);
    return { when: { sessions, doubt: sessions.some(({ date }) => date === '') ? { type: 'noDate' } : open }, notes: [] };
  }
  return { reason: read.reason === 'unreadable' && /\d\s*[:：点]/u.test(text) ? time.reason : read.reason };
}

/** The doubt that what was noticed leaves, if any. */
export function doubtOf(notes: readonly { readonly type: string }[]): When['doubt'] {
  for (const note of notes) {
    const parsed = doubt.safeParse(note);
    if (parsed.success && (parsed.data.type !== 'rolledOver' || parsed.data.days > farOff)) return parsed.data;
  }
  return null;
}

/** A doubt in words (locales, below `base`). */
export function doubtText(open: NonNullable<When['doubt']>, t: Translate, base: string): string {
  const { type, ...values } = open;
  const words = Object.entries(values).map(([name, value]) => [name, name === 'days' ? value : t(`event.weekdays.${value}`)] as const);
  return t(`${base}.doubt.${type}`, Object.fromEntries(words));
}

function shown({ sessions }: When, { t, now, timeZone, locale }: Asking<unknown>): string {
  const fields = sessions.map((session, at) => ({
    ...sessionFields({ ...session, place: '', timeZone }),
    id: String(at),
    number: at + 1,
    timeZone,
    revision: 0,
    postponed: false,
  }));
  const [first, ...others] = fields;
  return first ? schedule({ sessions: [first, ...others] }, { t, now, locale: asLocale(locale) }) : '';
}

function halfShown(answer: When, q: Asking<unknown>): string {
  const [first] = answer.sessions;
  if (!first) return '';
  if (first.date === '' && isCopied(answer)) return q.t(`${q.base}.copied`, { count: answer.sessions.length, clock: first.start });
  if (first.date === '') return first.end === null ? first.start : `${first.start}–${first.end}`;
  return shown({ sessions: [{ date: first.date, start: '00:00', end: null }], doubt: null }, q).replace(/ 00:00$/u, '');
}
