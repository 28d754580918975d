import { readDay } from '../dates/days.js';
import { readMoment, type Moment } from '../dates/moment.js';
import { resolveMoment } from '../dates/resolve.js';
import { matchAt } from '../dates/scan.js';
import type { Context, DateTime } from '../dates/types.js';
import { takeDeadlines, takeIfDeadline } from './deadlines.js';
import type { Labelled } from './labels.js';
import type { Page } from './page.js';
import type { Note } from './types.js';

/** When an event is, as far as its announcement says. */
export interface When {
  readonly date?: string;
  readonly start?: string;
  readonly end?: string;
  readonly notes: readonly Note[];
}

interface Sure {
  readonly moment: Moment;
  readonly reading: DateTime;
}

// Only these can begin a moment: whatever else stands there is passed by quickly.
const first =
  /[\d零〇一二两三四五六七八九十廿卅今明后昨前大上本这当下早清晨中正午傍黄晚夜深半凌差过从自约每隔逢周星礼月年近最改几待另不择元春除正腊龙端七国劳妇儿青建教母父圣重冬]/;
const glueBefore = /(?:\d[.:/-]?|[a-z])$/i;
/** Whoever names more moments than this writes no announcement; the rest is left over. */
const mostMoments = 30;
const mostNamed = 6;
// Words after which, or before which, a short word for a time still stands alone.
const wordBefore = /[\s\p{P}\p{S}在于到为是定将就]/u;
const wordAfter = /[\s\p{P}\p{S}在于开举起前截止到]/u;
const arrival = /\s?(?:签到|入场|检票)/y;
const lunar = /(?:农历|阴历|旧历)\s?$/;

/** Finds deadlines and the moment of the event, and takes them. */
export function findWhen(page: Page, labels: readonly Labelled[], context: Context): When {
  const deadlines = takeDeadlines(page, labels);
  const sure: Sure[] = [];
  const perhaps: Sure[] = [];
  const unread: Note[] = [];
  const arrivals: Sure[] = [];

  for (const moment of momentsIn(page)) {
    const deadline = takeIfDeadline(page, moment);
    if (deadline !== undefined) {
      deadlines.push(deadline);
      continue;
    }
    const labelled = labels.some(({ kind, value }) => kind === 'when' && moment.from >= value.from && moment.to <= value.to);
    const festive = moment.days.some(({ kind }) => kind === 'festival');
    const strength = labelled || festive ? 'sure' : strengthOf(page, moment);
    if (strength === 'none') continue;
    const reading = resolveMoment(moment, context);
    if (reading.ok && moment.days.length === 0 && matchAt(arrival, page.text, moment.to) !== undefined) {
      arrivals.push({ moment, reading });
      continue;
    }
    if (reading.ok) {
      if (strength === 'sure') page.take(moment);
      (strength === 'sure' ? sure : perhaps).push({ moment, reading });
      continue;
    }
    const recurring = moment.days.some(({ kind }) => kind === 'recurring');
    if (reading.reason === 'vague' && !recurring && !labelled && moment.clocks === undefined) continue;
    unread.push({ type: 'unreadDate', reason: reading.reason, text: page.words(moment) });
    if (reading.reason !== 'festival') page.take(moment);
    // 周末上午10点 names no day but a time.
    const time = moment.clocks === undefined ? undefined : resolveMoment({ ...moment, days: [] }, context);
    if (time?.ok === true) sure.push({ moment: { ...moment, days: [] }, reading: time });
  }

  // 9:50签到 is when it starts only where nothing else says so.
  if (!sure.some(({ reading }) => reading.start !== undefined)) {
    for (const one of arrivals) page.take(one.moment);
    sure.push(...arrivals);
  }
  const hasTime = sure.some(({ reading }) => reading.start !== undefined);
  const hasDate = sure.some(({ reading }) => reading.date !== undefined);
  // 周六读书会 names the day where nothing else does; the words stay in the title.
  const fallback = hasTime && !hasDate ? perhaps.filter(({ reading }) => reading.date !== undefined).slice(0, 1) : [];
  const when = settle(page, [...sure, ...fallback], unread, context);
  return { ...when, notes: [...deadlines, ...when.notes] };
}

/** All moments of a page, from left to right, none inside another, inside what is taken or inside a quotation. */
function* momentsIn(page: Page): Generator<Moment> {
  const { text } = page;
  let at = 0;
  let many = 0;
  while (at < text.length && many < mostMoments) {
    const moment = mayBegin(page, at) ? readMoment(text, at) : undefined;
    // A festival is more often a part of the title than a day: its words stay, and what follows is read by itself.
    const festive =
      moment !== undefined &&
      moment.days.some(({ kind }) => kind === 'festival') &&
      (moment.days.length > 1 || moment.clocks !== undefined);
    if (moment === undefined || (!festive && !page.isWhole(moment))) {
      at += 1;
      continue;
    }
    many += 1;
    const alone = festive ? readDay(text, at) : undefined;
    const found = alone === undefined ? moment : { from: at, to: alone.to, days: [alone.day], several: false, weak: false };
    yield found;
    at = Math.max(found.to, at + 1);
  }
}

function mayBegin(page: Page, at: number): boolean {
  const sign = page.text[at] ?? '';
  if (!page.isFree(at) || page.isQuoted(at) || !first.test(sign)) return false;
  const before = page.text.slice(Math.max(0, at - 3), at);
  if (/\d/.test(sign) && glueBefore.test(before)) return false;
  // 一周两次 is how often, 农历 another calendar.
  return !(sign === '周' && /[一两几半]$/.test(before)) && !lunar.test(before);
}

/**
 * How far the words around a moment let it be one. 8月1日10:00 is sure wherever it stands; 三点半 in 三点半课堂 is none, and 周六 in
 * 周六读书会 perhaps.
 */
function strengthOf(page: Page, { from, to, days, clocks, weak, several }: Moment): 'sure' | 'perhaps' | 'none' {
  const left = from === 0 || !page.isFree(from - 1) || wordBefore.test(page.text[from - 1] ?? ' ');
  const right = to >= page.text.length || !page.isFree(to) || wordAfter.test(page.text[to] ?? ' ');
  if (days.length > 0 && clocks !== undefined) return 'sure';
  // 6-12 alone is no day; 08-05 is.
  if (weak && /^\d{1,2}-\d{1,2}$/.test(page.text.slice(from, to)) && to - from < 5) return 'none';
  if (clocks !== undefined) {
    const clear = clocks.start.digital || clocks.start.part !== undefined || clocks.end !== undefined;
    return clear || (left && right) ? 'sure' : 'none';
  }
  if (days.some(({ kind }) => kind === 'calendar') && !weak) return 'sure';
  if (days.some(({ kind }) => kind === 'recurring') || several) return 'sure';
  if (left && right) return 'sure';
  return left && days.some(({ kind }) => kind === 'weekday' || kind === 'daysFromNow') ? 'perhaps' : 'none';
}

/** Makes one answer of the moments that were found. */
function settle(page: Page, found: readonly Sure[], unread: readonly Note[], context: Context): When {
  const dated = found.filter(({ reading }) => reading.date !== undefined);
  const main = dated.find((one) => !isBareWeekday(one)) ?? dated[0];
  const date = main?.reading.date;
  const otherDays = dated.filter((one) => one.reading.date !== date && !isBareWeekday(one));

  const timed = found.filter(({ reading }) => reading.start !== undefined);
  const events = timed.filter(({ moment }) => matchAt(arrival, page.text, moment.to) === undefined);
  const times = events.length > 0 ? events : timed;
  const time = main !== undefined && times.includes(main) ? main : (times.find(({ reading }) => reading.end !== undefined) ?? times[0]);
  const otherTimes = timed.filter(({ reading }) => reading.start !== time?.reading.start);

  const notes: Note[] = [];
  const parts = [...new Set([main, time, ...otherDays, ...otherTimes])].filter((one) => one !== undefined);
  if (otherDays.length > 0 || otherTimes.length > 0 || parts.some(({ moment }) => moment.several)) {
    const inOrder = parts.toSorted((a, b) => a.moment.from - b.moment.from);
    notes.push({ type: 'severalSessions', text: named(inOrder.map(({ moment }) => page.words(moment))) });
  }
  const recurring = unread.some((note) => note.type === 'unreadDate' && note.reason === 'recurring');
  if (date === undefined || recurring) notes.push(...unread);

  const whole = together(main, time, dated, context);
  if (whole === undefined) return { notes };
  if (!whole.ok) {
    const text = parts.map(({ moment }) => page.words(moment)).join(' ');
    return { ...(date === undefined ? {} : { date }), notes: [...notes, { type: 'unreadDate', reason: whole.reason, text }] };
  }
  const { start, end } = whole;
  // That the year is this one goes without saying.
  return {
    ...(date === undefined ? {} : { date }),
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
    notes: [...notes, ...whole.notes.filter((note) => note.type !== 'yearAssumed')],
  };
}

const named = (words: readonly string[]): string => [...words.slice(0, mostNamed), ...(words.length > mostNamed ? ['…'] : [])].join(' · ');

/** Day, time and weekday that stand apart, read as if they stood together. */
function together(
  main: Sure | undefined,
  time: Sure | undefined,
  dated: readonly Sure[],
  context: Context,
): ReturnType<typeof resolveMoment> | undefined {
  if (main === undefined) return time?.reading;
  const weekdays = main.moment.days.some(({ kind }) => kind === 'weekday')
    ? []
    : dated
        .filter(isBareWeekday)
        .flatMap(({ moment }) => moment.days)
        .slice(0, 1);
  const { clocks, part } = (time ?? main).moment;
  return resolveMoment(
    {
      from: main.moment.from,
      to: main.moment.to,
      several: false,
      weak: false,
      days: [...main.moment.days, ...weekdays],
      ...(clocks === undefined ? {} : { clocks }),
      ...(part === undefined ? {} : { part }),
    },
    context,
  );
}

const isBareWeekday = ({ moment: { days, clocks } }: Sure): boolean => clocks === undefined && days.every(({ kind }) => kind === 'weekday');
