import { Temporal } from 'temporal-polyfill';
import type { FoundClocks, PartOfDay } from './time.js';
import type { Moment } from './moment.js';
import { resolveClocks } from './resolveClock.js';
import { resolveDay } from './resolveDay.js';
import { refuse, type Context, type DateNote, type DateTime, type DayRefusal, type Refused, type TimeRefusal } from './types.js';

const dayLength = 24 * 60;

/** What a moment means where and when it was written. Independent of the zone of the process. */
export function resolveMoment(moment: Moment, context: Context): DateTime | Refused<DayRefusal | TimeRefusal> {
  const today = Temporal.Instant.fromEpochMilliseconds(context.now).toZonedDateTimeISO(context.timeZone).toPlainDate();
  const day = resolveDay(moment.days, today);
  if (day?.ok === false) return day;
  const clocks = moment.clocks === undefined ? undefined : withPart(moment.clocks, moment.part);
  const notes = [...(day?.notes ?? [])];
  if (clocks === undefined) {
    if (day === undefined) return refuse('vague');
    if (moment.part !== undefined) notes.push({ type: 'timeVague' });
    if (Temporal.PlainDate.compare(day.date, today) < 0) notes.push({ type: 'past' });
    return { ok: true, date: day.date.toString(), notes };
  }
  const [only, ...others] = moment.days;
  const bareWeekday = others.length === 0 && only?.kind === 'weekday' && only.week === undefined;
  const times = resolveTimes(clocks, { ...context, date: day?.date, rollsByWeek: bareWeekday });
  return times.ok ? { ...times, notes: [...notes, ...times.notes] } : times;
}

interface TimesContext extends Context {
  readonly date: Temporal.PlainDate | undefined;
  /** The day is a bare weekday: once its time is past today, it is next week's. */
  readonly rollsByWeek?: boolean;
  /** One of many days: an hour is not moved to the evening because it is past today. */
  readonly keepsHour?: boolean;
}

/** What a time or range means, on a day where that is known. */
export function resolveTimes(
  clocks: FoundClocks,
  { now, timeZone, date: asked, rollsByWeek = false, keepsHour = false }: TimesContext,
): (DateTime & { readonly start: string }) | Refused<TimeRefusal> {
  const minutes = resolveClocks(clocks);
  if (typeof minutes === 'string') return refuse(minutes);
  const here = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
  const today = here.toPlainDate();
  const nowMinutes = here.hour * 60 + here.minute;

  const notes: DateNote[] = [];
  let date = asked;
  const isToday = date?.equals(today) === true;
  if (clocks.approximate) notes.push({ type: 'approximate' });
  const shift = minutes.assumed && isToday && !keepsHour ? towardsEvening(minutes.start, minutes.end, nowMinutes) : 0;
  const start = minutes.start + shift;
  const end = minutes.end === undefined ? undefined : minutes.end + shift;
  if (minutes.assumed) notes.push({ type: 'meridiemAssumed' });
  if (date !== undefined && isToday && rollsByWeek && start < nowMinutes) {
    date = date.add({ days: 7 });
    notes.push({ type: 'rolledOver', days: 7 });
  }
  if (end !== undefined && end >= dayLength) notes.push({ type: 'endsNextDay' });
  if (date !== undefined) {
    const shown = [start, ...(end === undefined ? [] : [end])].map((at) => onTheClock(date, at, timeZone));
    if (shown.includes('never')) return refuse('noSuchTime');
    if (shown.includes('twice')) notes.push({ type: 'timeTwice' });
    const order = Temporal.PlainDate.compare(date, today);
    if (order < 0 || (order === 0 && start < nowMinutes)) notes.push({ type: 'past' });
  }
  return {
    ok: true,
    ...(date === undefined ? {} : { date: date.toString() }),
    start: wall(start),
    ...(end === undefined ? {} : { end: wall(end) }),
    notes,
  };
}

/** 今天7点, written at ten in the morning, is the evening. */
function towardsEvening(start: number, end: number | undefined, now: number): number {
  const noon = dayLength / 2;
  return start < noon && start < now && start + noon > now && (end ?? start) < noon ? noon : 0;
}

/** 今晚(周二)8点: the part of the day stands apart from its hour. */
function withPart(clocks: FoundClocks, part: PartOfDay | undefined): FoundClocks {
  return part === undefined || clocks.start.part !== undefined ? clocks : { ...clocks, start: { ...clocks.start, part } };
}

const wall = (minutes: number): string => {
  const inDay = minutes % dayLength;
  return `${String(Math.floor(inDay / 60)).padStart(2, '0')}:${String(inDay % 60).padStart(2, '0')}`;
};

/** Whether the clocks of a zone show a wall time on a day: summer time skips some and shows others twice. */
function onTheClock(date: Temporal.PlainDate, minutes: number, timeZone: string): 'never' | 'once' | 'twice' {
  const time = date.toPlainDateTime().add({ minutes });
  const [earlier, later] = (['earlier', 'later'] as const).map((disambiguation) => time.toZonedDateTime(timeZone, { disambiguation }));
  if (earlier === undefined || later === undefined || earlier.equals(later)) return 'once';
  return earlier.toPlainDateTime().equals(time) ? 'twice' : 'never';
}
