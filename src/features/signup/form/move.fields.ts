import { z } from 'zod';
import { means, type Asking, type Question } from '../../../dialog/index.js';
import { asLocale, day } from '../../../i18n/index.js';
import { nextSession, type SessionView } from '../../../programme/index.js';
import { endAfter, parseCapacity, parseDate, weekdayAlone, type NewTime } from '../../../understand/index.js';
import { remarksOf, timeField } from './fields.js';
import type { ChangeFacts } from '../words/tellings.js';
import { doubt, doubtOf, doubtText } from './when.field.js';

/** The new day: `YYYY-MM-DD`, or together with what has to be settled about it first. */
const dateSchema = z.union([z.string(), z.object({ date: z.string(), doubt })]);

/** A new day as the form keeps it. */
export type MoveDate = z.infer<typeof dateSchema>;

/** A day with what was noticed about it: what a new event would ask about stands open here as well. */
export function dateAnswer(date: string, notes: NewTime['notes']): MoveDate {
  const open = doubtOf(notes);
  return open === null ? date : { date, doubt: open };
}

/** The day alone. */
export const dateOf = (answer: MoveDate): string => (typeof answer === 'string' ? answer : answer.date);

const seeded = z.object({ session: z.string().exactOptional() });

/** The session that is moved, as it stands. */
export function sessionMoved({ event }: ChangeFacts, seed: unknown, now: number): SessionView | undefined {
  const { session } = seeded.parse(seed);
  return event?.sessions.find(({ id }) => id === session) ?? (event && session === undefined ? nextSession(event, now) : undefined);
}

const reasons = ['unreadable', 'several', 'vague', 'festival', 'recurring', 'noSuchDay', 'past'] as const;

const earlier = (partial: unknown): MoveDate | undefined => {
  const parsed = dateSchema.safeParse(partial);
  return parsed.success ? parsed.data : undefined;
};

const doubtIn = (answer: MoveDate | undefined) => (typeof answer === 'object' ? answer.doubt : null);

/**
 * On which day it is now. What contradicts itself stands there until staff write the day again or say that it is right, as in the form of a new
 * event. A weekday alone is the one beside the old day.
 */
export const moveDateField: Question<MoveDate, ChangeFacts> = {
  optional: false,
  schema: dateSchema,
  keys: [...reasons.map((reason) => `invalid.${reason}`), 'doubtful', 'unsettled', 'doubt.weekdayMismatch', 'doubt.rolledOver'],
  ask: ({ t, base, partial }) => {
    const open = doubtIn(earlier(partial));
    const text = t(`${base}.ask`);
    return { text: open ? `${doubtText(open, t, base)}\n${text}` : text, options: [], free: true, help: t(`${base}.help`) };
  },
  read: (input, q) => {
    const { t, base, now, timeZone, partial } = q;
    const written = input.type === 'text' ? input.text : '';
    const before = earlier(partial);
    if (before !== undefined && doubtIn(before) && (means(written, 'yes') || means(written, 'confirm')))
      return { type: 'answer', answer: dateOf(before) };
    const session = sessionMoved(q.facts, q.seed, now);
    const near = session && !session.postponed ? weekdayAlone(written, session, { now, timeZone }) : undefined;
    if (near !== undefined) return { type: 'answer', answer: near };
    const parsed = parseDate(written, { now, timeZone });
    if (!parsed.ok) return { type: 'wrong', text: t(`${base}.invalid.${parsed.reason}`) };
    if (parsed.notes.some(({ type }) => type === 'past')) return { type: 'wrong', text: t(`${base}.invalid.past`) };
    const answer = dateAnswer(parsed.date, parsed.notes);
    // Said by the doubt already.
    const notes = parsed.notes.filter(({ type }) => doubtIn(answer)?.type !== type);
    return { type: 'answer', answer, note: remarksOf(notes, t).join('\n') };
  },
  show: (answer, { t, base, locale, now, timeZone }) => {
    const shown = day(dateOf(answer), asLocale(locale), now, timeZone);
    const open = doubtIn(answer);
    return open ? t(`${base}.doubtful`, { date: shown, doubt: doubtText(open, t, base) }) : shown;
  },
  reopen: (answer) => answer,
};

/** From when to when, `HH:MM`. A beginning alone keeps the length that the session has. */
export const moveTimeField: Question<{ start: string; end: string | null }, ChangeFacts> = {
  ...timeField,
  read: (input, q: Asking<ChangeFacts>) => {
    const reading = timeField.read(input, q);
    if (reading.type !== 'answer' || reading.answer.end !== null) return reading;
    const session = sessionMoved(q.facts, q.seed, q.now);
    return session ? { ...reading, answer: { ...reading.answer, end: endAfter(reading.answer.start, session) } } : reading;
  },
};

/** How many places a session has of its own; what a place counts is the event's. */
export const sessionPlaces: Question<number | null, ChangeFacts> = {
  optional: false,
  schema: z.number().int().nullable(),
  keys: ['invalid.unreadable', 'invalid.outOfRange', 'unlimited'],
  ask: ({ t, base }) => ({ text: t(`${base}.ask`), options: [], free: true, help: t(`${base}.help`) }),
  read: (input, { t, base }) => {
    const parsed = parseCapacity(input.type === 'text' ? input.text : '');
    return parsed.ok ? { type: 'answer', answer: parsed.capacity } : { type: 'wrong', text: t(`${base}.invalid.${parsed.reason}`) };
  },
  show: (answer, { t, base }) => (answer === null ? t(`${base}.unlimited`) : String(answer)),
};
