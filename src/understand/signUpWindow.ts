import { Temporal } from 'temporal-polyfill';
import { readClocks } from './dates/clock.js';
import { parseDateTime } from './dates/parse.js';
import { resolveClocks } from './dates/resolveClock.js';
import { matchAt } from './dates/scan.js';
import { readMoment, type Moment } from './dates/moment.js';
import type { Context, DayRefusal, Refused, TimeRefusal } from './dates/types.js';
import { refuse } from './dates/types.js';
import { onOrAfter, rangeOf } from './schedule/days.js';
import { readRun } from './schedule/pieces.js';
import { partsOf } from './schedule/specs.js';

/** A stretch in which one may sign up: the words that open it, and the wall time at which it closes; either may be missing. */
export interface SignUpWindow {
  readonly opens?: string;
  readonly closes?: string;
}

const lastMinute = 24 * 60 - 1;
const wholeDay = '23:59';
const opening = '(?:起|开始|开放)?(?:接受|开放|开启|启动)?(?:网上|线上|集中)?(?:报名|预约)?';
const between = new RegExp(`(${opening})\\s?(?:[,、]?\\s?(?:直?到|至|截止到?|截至)|[-~]{1,3}|[,、])\\s?`, 'g');
const opened = /(?:起|开始|开放)(?:接受|开放|开启|启动)?(?:网上|线上|集中)?(?:报名|预约)?$/;
const asked = /(?:起|开始|接受|开放|开启|启动|网上|线上|集中|报名|预约)+$/;
const closing = /(?:之前|以前|前|截止报名|报名截止|截止|为止|止|结束报名|结束)?/y;

const wallOf = (date: Temporal.PlainDate, minutes: number): string =>
  date.toPlainDateTime().add({ minutes }).toString({ smallestUnit: 'minute' });

/** A moment that names one day and is all of a text. */
const isOneDay = (text: string): boolean => {
  const moment = readMoment(text, 0);
  return moment?.to === text.length && moment.days.length > 0 && !moment.several;
};

/** 7月29日9:00起至8月5日, 7月29日9:00-8月5日17:00: a day with its hour on the one end, whatever stands on the other. */
function ofMoments(text: string, context: Context): SignUpWindow | undefined {
  for (const gap of text.matchAll(between)) {
    const [first, last] = [text.slice(0, gap.index), text.slice(gap.index + gap[0].length)];
    // What may be a list needs a word that opens: 7月29日起, 8月5日.
    if (/^\s?[,、]\s?$/.test(gap[0]) && !opened.test(first)) continue;
    if (!isOneDay(first) || !isOneDay(last)) continue;
    const read = parseDateTime(last, context);
    if (read.ok && read.date !== undefined) return { opens: first, closes: `${read.date}T${read.end ?? read.start ?? wholeDay}` };
  }
  return undefined;
}

/** 8月3日9:00-17:00: the hours of one day. */
function ofHours(text: string, context: Context): SignUpWindow | undefined {
  const read = isOneDay(text) ? parseDateTime(text, context) : undefined;
  return read?.ok === true && read.end !== undefined ? { opens: text, closes: `${read.date ?? ''}T${read.end}` } : undefined;
}

/** 7月20日-30日 18:00: a range of days, and a time behind it. */
function ofDays(text: string, { now, timeZone }: Context): SignUpWindow | Refused<DayRefusal | TimeRefusal> | undefined {
  const run = readRun(text, 0);
  if (run === undefined || run.to !== text.length) return undefined;
  const { sequence, until } = partsOf(run.pieces);
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  const [first] = sequence;
  const range = first?.kind === 'range' ? rangeOf(first.from, first.to, today) : undefined;
  if (range !== undefined && 'ok' in range) return range;
  const last = range === undefined && until !== undefined ? onOrAfter(until, today, today) : undefined;
  if (last?.ok === false) return last;
  const date = range?.to ?? last?.date;
  if (date === undefined) return undefined;
  // The time of the first day is none of the last.
  const lastDay = run.pieces.findLastIndex(({ kind }) => kind === 'day');
  const times = run.pieces.slice(lastDay).find((piece) => piece.kind === 'clocks');
  const found = times?.kind === 'clocks' ? resolveClocks(times.clocks) : undefined;
  if (typeof found === 'string') return refuse(found);
  const begun = range !== undefined && Temporal.PlainDate.compare(range.from, today) <= 0;
  return {
    ...(begun || range === undefined ? {} : { opens: text }),
    closes: wallOf(date, found === undefined ? lastMinute : (found.end ?? found.start)),
  };
}

/** When signing up opens and closes, as far as a text says; undefined where it is no such stretch. What has opened already is not told. */
export function readWindow(text: string, context: Context): SignUpWindow | Refused<DayRefusal | TimeRefusal> | undefined {
  const bare = text.replace(asked, '');
  const alone: SignUpWindow | undefined = opened.test(text) && isOneDay(bare) ? { opens: text } : undefined;
  const window = alone ?? ofMoments(text, context) ?? ofHours(text, context) ?? ofDays(text, context);
  if (window === undefined || 'ok' in window || window.opens === undefined) return window;
  const { opens, closes } = window;
  const rest: SignUpWindow = closes === undefined ? {} : { closes };
  const begins = parseDateTime(opens.replace(asked, ''), context);
  if (!begins.ok || begins.date === undefined) return window;
  // A first day that lies behind its last one was this year's.
  const over = closes !== undefined && `${begins.date}T${begins.start ?? '00:00'}` > closes;
  return over || begins.notes.some(({ type }) => type === 'past') ? rest : window;
}

const ways = /(?:接受|开放|开启|启动)?(?:网上|线上|集中)?(?:报名|预约)/y;
const gap = /\s?,?\s?(?:直?到|至|截止到?|截至|[-~]{1,3})\s?|\s?[,;]\s?/y;

/** Where a stretch for signing up ends that starts exactly at a place of a folded text; undefined where none does. `sure`: two ends, or a word that opens. */
export function windowEnd(text: string, from: number): { readonly to: number; readonly sure: boolean } | undefined {
  const first = readMoment(text, from);
  if (first === undefined || first.days.length === 0) return undefined;
  const close = (to: number): number => to + (matchAt(closing, text, to)?.[0].length ?? 0);
  if (first.several) return { to: close(readClocks(text, first.to)?.to ?? first.to), sure: true };
  const opens = matchAt(/起(?!来)|开始/y, text, first.to)?.[0].length ?? 0;
  let to = first.to + opens;
  const open = opens > 0 || opened.test(text.slice(from, to));
  if (open) to += matchAt(ways, text, to)?.[0].length ?? 0;
  const mid = matchAt(gap, text, to);
  const last: Moment | undefined = mid && readMoment(text, to + mid[0].length);
  if (mid === undefined || last === undefined || last.days.length === 0) return { to, sure: open };
  const end = close(last.to);
  // After a comma only 截止 makes a close of it.
  if (/^\s?[,;]\s?$/.test(mid[0]) && (!open || end === last.to)) return { to, sure: open };
  return { to: end, sure: true };
}
