import { Temporal } from 'temporal-polyfill';
import { parseDateTime } from './dates/parse.js';
import { resolveClocks } from './dates/resolveClock.js';
import { numberOf, small } from './dates/scan.js';
import { readClocks } from './dates/clock.js';
import { refuse, type Context, type DateNote, type DayRefusal, type Refused, type TextRefusal, type TimeRefusal } from './dates/types.js';
import { normalize } from './normalize.js';
import { readWindow } from './signUpWindow.js';

/** Until when one may sign up: until the places are taken, or until a wall time `YYYY-MM-DDTHH:MM`. */
export type Deadline = { readonly type: 'whenFull' } | { readonly type: 'at'; readonly wall: string };

/**
 * Why words are no deadline. `noStart`: they count from the start, which is not known. `afterStart`: it lies after the start. `past`: it is over.
 * `noDay`: only a time. `onlyOpens`: it says when signing up begins.
 */
export type DeadlineRefusal = TextRefusal | DayRefusal | TimeRefusal | 'noStart' | 'afterStart' | 'past' | 'noDay' | 'onlyOpens';

/** A deadline, or why the text is none. `opens`: the words that say when signing up begins, where it has not begun yet. */
export type DeadlineReading =
  ({ readonly ok: true; readonly notes: readonly DateNote[]; readonly opens?: string } & Deadline) | Refused<DeadlineRefusal>;

/** Where, when and for what a deadline was written. */
export interface DeadlineContext extends Context {
  /** The start of the (first) session, `YYYY-MM-DDTHH:MM`, where it is known. */
  readonly startsWall?: string;
}

const longest = 200;
const full =
  /(?:报|额|招|人|名额|约)满(?:为止|即止|截止|即截止)?|报完(?:即|为)止|(?:open\s)?until (?:it is |all places are )?(?:full|taken)|while places last/gi;
const lead =
  /^(?:[\s,、;:]|请(?:各位|大家|您)?[于在]?|(?:本次)?(?:活动)?(?:网上|线上|微信|现场)?(?:报名|预约)(?:时间|日期|期限|时段|通道)?(?:截止|开放|开始)?(?:时间|日期|到|至|于)?|截止(?:报名)?(?:时间|日期)?(?:到|至|于|为)?|截至|即日起|[至到于为是从自]|(?:(?:please\s)?(?:sign up|register|rsvp)\s)?(?:by|before|until|till)\s|(?:registration\s)?(?:deadline|closes|ends)(?:\son)?\s?|sign-?up\s)+/i;
const tail = /(?:[\s,、。;.!]|之前|以前|前(?!一天)|截止报名|报名截止|截止|为止|止(?!步)|结束报名|结束|报名|有效)+$/;
const wholeDay = '23:59';

const startWord = '(?:活动|上课|开课|课程|开班)?';
const daysBefore = new RegExp(
  `^(?:${startWord}(?:开始|开课|举办|当天|开展)?的?(?:之)?前(${small})[天日]|(?:至少)?提前(${small})[天日]|提前半天)(?:的)?(?:晚上?)?(?=$|\\s|[上下中]午|晚|\\d|早)`,
);
const hoursBefore = new RegExp(
  `^(?:${startWord}(?:开始|开课)?(?:之)?前|(?:至少)?提前)\\s?(?:(${small})个?(半)?(?:小时|钟头)|(半)个?(?:小时|钟头)|(\\d{1,3})\\s?分钟)$`,
);
const englishBefore =
  /^(?:(\d{1,2}|one|two|three|a|an|the)\s(day|hour|week)s?\s(?:before|in advance|ahead)(?:\s(?:the\s)?(?:start|event|class|session))?)(?:,?\s(?:at\s)?)?/i;
const sameDay = /^(?:活动|上课|开课)?(?:当天|当日)的?|^on the day(?: of the (?:event|class))?,?\s?(?:at\s)?/i;
const atStart = /^(?:活动|上课|开课|课程|开班)?(?:开始|开课|上课|举办|举行)(?:之)?前?$|^活动前$|^(?:the\s)?(?:start|event starts)$/i;
const englishCount = new Map([
  ['one', 1],
  ['a', 1],
  ['an', 1],
  ['the', 1],
  ['two', 2],
  ['three', 3],
]);

const wallOf = (date: Temporal.PlainDate, minutes: number): string =>
  date.toPlainDateTime().add({ minutes }).toString({ smallestUnit: 'minute' });

/** The minutes of a time that is the whole of a text: 18:00, 晚上8点, 中午. */
function minutesOf(text: string): number | undefined {
  if (/^(?:中午|正午|noon)$/i.test(text)) return 12 * 60;
  const clocks = readClocks(text, 0, { dots: true });
  if (clocks === undefined || clocks.to !== text.length) return undefined;
  const found = resolveClocks(clocks);
  return typeof found === 'string' ? undefined : (found.end ?? found.start);
}

type Wall = { readonly wall: string; readonly notes: readonly DateNote[]; readonly opens?: string } | Refused<DeadlineRefusal>;

/** A deadline that is counted from the start: 提前一天, 开始前2小时, 活动当天中午. Undefined: it is another. */
function fromStart(text: string, startsWall: string | undefined): Wall | undefined {
  const start = startsWall === undefined ? undefined : Temporal.PlainDateTime.from(startsWall);
  const at = (make: (start: Temporal.PlainDateTime) => string | undefined): Wall => {
    if (start === undefined) return refuse('noStart');
    const wall = make(start);
    return wall === undefined ? refuse('unreadable') : { wall, notes: [] };
  };
  const onDay = (days: number, rest: string): Wall =>
    at((from) => {
      const minutes = rest === '' ? 24 * 60 - 1 : minutesOf(rest);
      return minutes === undefined ? undefined : wallOf(from.toPlainDate().subtract({ days }), minutes);
    });
  if (atStart.test(text)) return at((from) => from.toString({ smallestUnit: 'minute' }));
  const hours = hoursBefore.exec(text);
  if (hours !== null) {
    const minutes =
      hours[4] === undefined
        ? hours[3] === undefined
          ? (numberOf(hours[1]) ?? 0) * 60 + (hours[2] === undefined ? 0 : 30)
          : 30
        : Number(hours[4]);
    return at((from) => from.subtract({ minutes }).toString({ smallestUnit: 'minute' }));
  }
  const days = daysBefore.exec(text);
  if (days !== null) {
    const many = numberOf(days[1] ?? days[2]);
    // 前一天晚上8点: the part of the day belongs to the time.
    const part = /晚上?$/.exec(days[0])?.[0] ?? '';
    return many === undefined || many < 1 ? refuse('unreadable') : onDay(many, `${part}${text.slice(days[0].length)}`.trim());
  }
  const words = englishBefore.exec(text);
  if (words !== null) {
    const many = englishCount.get((words[1] ?? '').toLowerCase()) ?? Number(words[1]);
    const unit = (words[2] ?? '').toLowerCase();
    if (unit === 'hour') return at((from) => from.subtract({ hours: many }).toString({ smallestUnit: 'minute' }));
    return onDay(unit === 'week' ? many * 7 : many, text.slice(words[0].length).trim());
  }
  const same = sameDay.exec(text);
  if (same === null) return undefined;
  const rest = text.slice(same[0].length).trim();
  // 活动当天: as long as it has not begun.
  return rest === '' ? at((from) => from.toString({ smallestUnit: 'minute' })) : onDay(0, rest);
}

function onTheCalendar(text: string, context: Context): Wall {
  const window = readWindow(text, context);
  if (window !== undefined && 'ok' in window) return window;
  if (window !== undefined) {
    const { opens, closes } = window;
    if (closes === undefined) return refuse('onlyOpens');
    return { wall: closes, notes: [], ...(opens === undefined ? {} : { opens }) };
  }
  const read = parseDateTime(text, context);
  if (!read.ok) return read;
  if (read.date === undefined) return refuse('noDay');
  const vague = read.notes.some(({ type }) => type === 'timeVague');
  if (vague && !/(?:中|正)午$/.test(text)) return refuse('vague');
  const notes = read.notes.filter(({ type }) => type !== 'past' && type !== 'timeVague');
  return { wall: `${read.date}T${vague ? '12:00' : (read.end ?? read.start ?? wholeDay)}`, notes };
}

/**
 * Reads until when one may sign up: `报满为止`, `7.30下午6点截止`, `截止7月30日` (the end of that day), `提前一天`, `活动当天中午`. Where both are written, the
 * moment counts: a full list is closed anyhow. What lies after the start, or before now, is refused.
 */
export function parseDeadline(text: string, context: DeadlineContext): DeadlineReading {
  if (text.length > longest) return refuse('unreadable');
  const field = normalize(text);
  const others = field.replace(full, ' ');
  const bare = others.replace(lead, '').replace(tail, '').trim();
  if (bare === '' && others !== field) return { ok: true, type: 'whenFull', notes: [] };
  const { now, timeZone, startsWall } = context;
  const before = others
    .replace(lead, '')
    .replace(/[\s,、。;.!]+$/, '')
    .trim();
  const found = fromStart(bare, startsWall) ?? fromStart(before, startsWall) ?? onTheCalendar(bare, context);
  if ('ok' in found) return found;
  if (startsWall !== undefined && found.wall > startsWall) return refuse('afterStart');
  const here = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDateTime();
  if (found.wall < here.toString({ smallestUnit: 'minute' })) return refuse('past');
  return { ok: true, type: 'at', ...found };
}
