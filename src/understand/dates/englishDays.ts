import { sticky, type Day, type DayReader } from './day.js';
import { matchAt } from './scan.js';

const wordStart = '(?<![a-z\\d])';
const monthNames =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const weekdayNames = 'mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?';
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const spelled = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const ordinals = ['first', 'second', 'third', 'fourth', 'fifth'];

/** The weekday of an English name or its beginning; undefined for another word. */
export function englishWeekday(word: string): number | undefined {
  const at = weekdays.indexOf(word.slice(0, 3).toLowerCase());
  return at === -1 ? undefined : at + 1;
}

/** For patterns: the names of weekdays. */
export const englishWeekdays = weekdayNames;

/** A number in digits or in words up to twelve; `a` and `an` are one. */
export function englishNumber(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  if (/^\d+$/.test(word)) return Number(word);
  if (/^an?$/i.test(word)) return 1;
  const at = spelled.indexOf(word.toLowerCase());
  return at === -1 ? undefined : at;
}

/** For patterns: a small number in digits or in words. */
export const englishSmall = `(?:\\d{1,2}(?!\\d)|${spelled.slice(1).join('|')})`;

/** first … fifth, 1st … 5th → 1 … 5; last → −1. */
export function ordinal(word: string): number {
  if (/^last$/i.test(word)) return -1;
  const at = ordinals.indexOf(word.toLowerCase());
  return at === -1 ? Number.parseInt(word, 10) : at + 1;
}

/** For patterns: which weekday of a month. */
export const englishOrdinal = `(?:${ordinals.join('|')}|[1-5](?:st|nd|rd|th)|last)`;

const dayNumber = '(\\d{1,2})(?:st|nd|rd|th)?(?![\\d:a-z]|\\.\\d)';
const yearAfter = '(?:\\s?,?\\s?((?:19|20)\\d{2})(?![\\d:]))?';
const monthFirst = sticky(`${wordStart}(?:on\\s)?(${monthNames})\\.?\\s?${dayNumber}(?!\\s?(?:am|pm)\\b)${yearAfter}`, 'i');
const dayFirst = sticky(`${wordStart}(?:on\\s)?(?:the\\s)?${dayNumber}\\s(?:of\\s)?(${monthNames})(?![a-z])\\.?${yearAfter}`, 'i');
// The 3rd floor is no day.
const inMonth = sticky(
  `${wordStart}(?:on\\s)?(?:the\\s)?(\\d{1,2})(?:st|nd|rd|th)(?![a-z])(?:\\sof\\s(this|next)\\smonth(?![a-z])|(?!\\s(?!at\\s|from\\s|morning|afternoon|evening|noon)[a-z]))`,
  'i',
);
const named = sticky(
  `${wordStart}(?:(?:the\\s)?(day\\safter\\stomorrow)|(tomorrow|tmr|tmrw|today|yesterday)(?![a-z])|(to)(?=night(?![a-z]))|(this)\\s(?=morning|afternoon|evening))`,
  'i',
);
const later = sticky(
  `${wordStart}(?:in\\s(${englishSmall}|a|an)\\s(day|week|month)s?(?:'\\stime)?|(${englishSmall}|a|an)\\s(day|week|month)s?\\s(?:later|from\\s(?:now|today)))(?![a-z])`,
  'i',
);
const ofWeek = sticky(`${wordStart}(?:on\\s)?(?:(this|next|last|coming|this\\scoming)\\s)?(${weekdayNames})(?![a-z])\\.?`, 'i');
// sun, sat and the like are words too: small letters count only where a time or nothing follows.
const clearWeekday = /^(?:on\s|this\s|next\s|last\s|coming\s)|day\.?$/i;
const afterShort = /\s?(?:$|,|\)|at\s|from\s|\d|morning|afternoon|evening|night|noon)/iy;
const nth = sticky(
  `${wordStart}(?:on\\s)?(?:the\\s)?(${englishOrdinal})\\s(${weekdayNames})(?:\\s(?:of|in)\\s(?:(this|next)\\smonth|(${monthNames})(?![a-z])|the\\smonth))`,
  'i',
);
const lastDay = sticky(
  `${wordStart}(?:on\\s)?(?:the\\s)?last\\sday\\sof\\s(?:(this|next)\\smonth|(${monthNames})(?![a-z])|the\\smonth)`,
  'i',
);
const vague = sticky(
  `${wordStart}(?:(?:this|next|last)\\s(?:week(?:end)?|month|year)|(?:at\\s)?(?:the\\s)?(?:end|middle|beginning)\\sof\\s(?:the|this|next)\\s(?:week|month|year)|soon|(?:on\\s)?weekends?|t\\.?b\\.?[ad]\\.?)(?![a-z])`,
  'i',
);
const recurring = sticky(
  `${wordStart}(?:every|each)\\s(?:other\\s|second\\s)?(?:(?:${weekdayNames})s?|day|week(?:day|end)?|month|morning|afternoon|evening|night)(?![a-z])|${wordStart}(?:daily|weekly|monthly|fortnightly)(?![a-z])`,
  'i',
);

const monthOf = (word: string | undefined): number | undefined => {
  const at = months.indexOf((word ?? '').slice(0, 3).toLowerCase());
  return at === -1 ? undefined : at + 1;
};

const turnOf = (word: string | undefined): number => (/^next$/i.test(word ?? '') ? 1 : 0);

function calendar(text: string, at: number): ReturnType<DayReader> {
  const [all, first, second, year] = matchAt(monthFirst, text, at) ?? [];
  const found = all === undefined ? matchAt(dayFirst, text, at) : undefined;
  const whole = all ?? found?.[0];
  const month = monthOf(all === undefined ? found?.[2] : first);
  const day = Number(all === undefined ? found?.[1] : second);
  const named = year ?? found?.[3];
  if (whole === undefined || month === undefined) return undefined;
  return { day: { kind: 'calendar', month, day, ...(named === undefined ? {} : { year: Number(named) }) }, to: at + whole.length };
}

function relative(text: string, at: number): ReturnType<DayReader> {
  const found = matchAt(named, text, at);
  if (found !== undefined) {
    const word = (found[2] ?? '').toLowerCase();
    const days = found[1] !== undefined ? 2 : word === 'yesterday' ? -1 : word.startsWith('t') && word !== 'today' ? 1 : 0;
    return { day: { kind: 'daysFromNow', days }, to: at + found[0].length };
  }
  const after = matchAt(later, text, at);
  const many = englishNumber(after?.[1] ?? after?.[3]);
  if (after === undefined || many === undefined) return undefined;
  const unit = (after[2] ?? after[4] ?? '').toLowerCase();
  const day: Day =
    unit === 'month' ? { kind: 'monthsFromNow', months: many } : { kind: 'daysFromNow', days: unit === 'week' ? many * 7 : many };
  return { day, to: at + after[0].length };
}

function inAMonth(text: string, at: number): ReturnType<DayReader> {
  const found = matchAt(nth, text, at);
  if (found !== undefined) {
    const [all, which = '', name = '', turn, month] = found;
    const of = monthOf(month);
    const monthFromNow = of === undefined ? turnOf(turn) : undefined;
    return {
      day: {
        kind: 'nthWeekday',
        nth: ordinal(which),
        weekday: englishWeekday(name) ?? 1,
        ...(of === undefined ? {} : { month: of }),
        ...(monthFromNow === undefined ? {} : { monthFromNow }),
      },
      to: at + all.length,
    };
  }
  const last = matchAt(lastDay, text, at);
  if (last !== undefined) {
    const of = monthOf(last[2]);
    return { day: { kind: 'lastDay', ...(of === undefined ? { monthFromNow: turnOf(last[1]) } : { month: of }) }, to: at + last[0].length };
  }
  const plain = matchAt(inMonth, text, at);
  if (plain === undefined) return undefined;
  const of = plain[2] === undefined ? {} : { monthFromNow: turnOf(plain[2]) };
  const day: Day = { kind: 'dayOfMonth', day: Number(plain[1]), ...of };
  const clear = plain[2] !== undefined || /^(?:on\s)?the\s/i.test(plain[0]);
  return { day, to: at + plain[0].length, ...(clear ? {} : { weak: true }) };
}

function ofTheWeek(text: string, at: number): ReturnType<DayReader> {
  const found = matchAt(ofWeek, text, at);
  const weekday = englishWeekday(found?.[2] ?? '');
  if (found === undefined || weekday === undefined) return undefined;
  const [all, turn = ''] = found;
  const to = at + all.length;
  const capital = /^[A-Z]/.test(found[2] ?? '');
  if (!capital && !clearWeekday.test(all) && matchAt(afterShort, text, to) === undefined) return undefined;
  const word = turn.toLowerCase();
  const week = word === 'next' ? 1 : word === 'last' ? -1 : word === 'this' ? 0 : undefined;
  return { day: { kind: 'weekday', weekday, ...(week === undefined ? {} : { week }), ...(week === 1 ? { unsure: true } : {}) }, to };
}

/** The day that English words name exactly at a place: `tomorrow`, `next Wed`, `Aug 1`, `the last Friday of this month`. */
export const englishDay: DayReader = (text, at) => {
  if (!/[a-z\d]/i.test(text[at] ?? '')) return undefined;
  for (const [kind, pattern] of [
    ['recurring', recurring],
    ['vague', vague],
  ] as const) {
    const found = matchAt(pattern, text, at);
    if (found !== undefined) return { day: { kind }, to: at + found[0].length };
  }
  return calendar(text, at) ?? relative(text, at) ?? inAMonth(text, at) ?? ofTheWeek(text, at);
};
