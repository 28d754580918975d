import { Temporal } from 'temporal-polyfill';
import { fieldText } from '../normalize.js';
import { readMoment, type Moment } from './moment.js';
import { resolveMoment, resolveTimes } from './resolve.js';
import { resolveDay } from './resolveDay.js';
import { matchAt } from './scan.js';
import {
  refuse,
  type Context,
  type DateNote,
  type DateTime,
  type DayRefusal,
  type Refused,
  type TextRefusal,
  type TimeRefusal,
} from './types.js';

const label = /^(?:活动)?(?:时间|日期)\s?(?:[:是]\s?|(?=\d))|^(?:改到|改成|改为|定在|就)\s?/;
const tail = /[。.!,;~\s]+$/;
const join = /(?:[ ,、;和及()]|以及|或者?|到|至|[-~]){1,4}/y;

/** The one moment that is the whole text, or why there is none. */
function wholeMoment(text: string, options: { readonly dots?: boolean } = {}): Moment | Refused<TextRefusal> {
  const field = fieldText(text)?.replace(tail, '').replace(label, '');
  if (field === undefined || field === '') return refuse('unreadable');
  const moment = readMoment(field, 0, options);
  if (moment === undefined) return refuse('unreadable');
  if (moment.to === field.length) return moment.several ? refuse('several') : moment;
  return onlyMoments(field, moment.to) ? refuse('several') : refuse('unreadable');
}

/** Whether nothing but further moments follows. */
function onlyMoments(text: string, from: number): boolean {
  let at = from;
  while (at < text.length) {
    at += matchAt(join, text, at)?.[0].length ?? 0;
    const next = readMoment(text, at);
    if (next === undefined || next.to === at) return false;
    at = next.to;
  }
  return true;
}

/**
 * Reads a single day, time or range as people write it: `明天下午三点`, `下周六上午9点半`, `8月1日10:00-11:30`, `8/5 14:00`, `21号下午三点`, `一周后`, `7点`.
 * The whole text must be understood; otherwise it is refused, never half read.
 * @example parseDateTime('下周六上午9点半', { now, timeZone: 'Asia/Shanghai' }) // { ok: true, date: '2026-08-08', start: '09:30', notes: [] }
 */
export function parseDateTime(text: string, context: Context): DateTime | Refused<TextRefusal | DayRefusal | TimeRefusal> {
  const moment = wholeMoment(text);
  return 'ok' in moment ? moment : resolveMoment(moment, context);
}

/** A day `YYYY-MM-DD`, or why the text names none. */
export type DateReading =
  { readonly ok: true; readonly date: string; readonly notes: readonly DateNote[] } | Refused<TextRefusal | DayRefusal>;

/** Reads a day alone, to correct one field. With a time beside it, it is `unreadable`: parseDateTime reads both. */
export function parseDate(text: string, { now, timeZone }: Context): DateReading {
  const moment = wholeMoment(text);
  if ('ok' in moment) return moment;
  if (moment.clocks !== undefined || moment.part !== undefined) return refuse('unreadable');
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  const day = resolveDay(moment.days, today);
  if (day === undefined) return refuse('unreadable');
  if (!day.ok) return day;
  const past: readonly DateNote[] = Temporal.PlainDate.compare(day.date, today) < 0 ? [{ type: 'past' }] : [];
  return { ok: true, date: day.date.toString(), notes: [...day.notes, ...past] };
}

/** A time or range of times `HH:MM`, or why the text names none. */
export type TimeRangeReading =
  | { readonly ok: true; readonly start: string; readonly end?: string; readonly notes: readonly DateNote[] }
  | Refused<TextRefusal | TimeRefusal>;

/**
 * Reads a time or a range alone (`10:00-11:30`, `下午2点到4点`, `14.30`), to correct one field.
 * @param on the day `YYYY-MM-DD` where it is known: then a time that the clocks skip that day is `noSuchTime`.
 */
export function parseTimeRange(text: string, on?: Context & { readonly date: string }): TimeRangeReading {
  const moment = wholeMoment(text, { dots: true });
  if ('ok' in moment) return moment;
  if (moment.days.length > 0 || moment.clocks === undefined) return refuse('unreadable');
  const { now, timeZone } = on ?? { now: 0, timeZone: 'UTC' };
  const times = resolveTimes(moment.clocks, { now, timeZone, date: on === undefined ? undefined : Temporal.PlainDate.from(on.date) });
  if (!times.ok) return times;
  const { start, end, notes } = times;
  return { ok: true, start, ...(end === undefined ? {} : { end }), notes };
}
