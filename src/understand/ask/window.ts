import { Temporal } from 'temporal-polyfill';
import { readOneDay } from '../dates/days.js';
import { resolveDay } from '../dates/resolveDay.js';
import { matchAt, numberOf, small } from '../dates/scan.js';

/** The days that a question is about, both `YYYY-MM-DD` and inclusive, with the place of its words. */
export interface Window {
  readonly from: string;
  readonly to: string;
  readonly at: number;
  readonly end: number;
}

type Days = readonly [Temporal.PlainDate, Temporal.PlainDate];

const week = '(?:周|星期|礼拜)';
const stretches: readonly (readonly [RegExp, (today: Temporal.PlainDate) => Days])[] = [
  [new RegExp(`(?:下个?${week}末|next weekend)`, 'iy'), (today) => weekend(today, 1)],
  [new RegExp(`(?:(?:这|本)?个?${week}末|双休日|(?:this|the|on the) weekend)`, 'iy'), (today) => weekend(today, 0)],
  [
    new RegExp(`(?:下个?${week}(?![一二三四五六日天1-7])|next week(?!end))`, 'iy'),
    (today) => [monday(today, 1), monday(today, 1).add({ days: 6 })],
  ],
  [
    new RegExp(`(?:(?:这|本)个?${week}(?![一二三四五六日天1-7])|this week(?!end))`, 'iy'),
    (today) => [today, monday(today, 0).add({ days: 6 })],
  ],
  [/(?:下个?月(?!\d|[一二三四五六七八九十])|next month)/iy, (today) => month(today.toPlainYearMonth().add({ months: 1 }), today)],
  [/(?:(?:这|本)个?月(?!\d|[一二三四五六七八九十])|this month)/iy, (today) => month(today.toPlainYearMonth(), today)],
];
const ofMonth = new RegExp(`(${small})月(?:份)?(?!\\s?[\\d一二三四五六七八九十])`, 'y');
const soon = /最近|近期|这几天|这两天|近来|these days|soon/iy;
const soonDays = 14;
const partAfter = /(?:白天|[早晚]上?|上午|下午|中午|晚间|\s(?:morning|afternoon|evening|night))/iy;

const monday = (today: Temporal.PlainDate, weeks: number): Temporal.PlainDate =>
  today.subtract({ days: today.dayOfWeek - 1 }).add({ days: 7 * weeks });

const later = (a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate => (Temporal.PlainDate.compare(a, b) < 0 ? b : a);

const weekend = (today: Temporal.PlainDate, weeks: number): Days => {
  const saturday = monday(today, weeks).add({ days: 5 });
  return [later(saturday, today), saturday.add({ days: 1 })];
};

const month = (which: Temporal.PlainYearMonth, today: Temporal.PlainDate): Days => [
  later(which.toPlainDate({ day: 1 }), today),
  which.toPlainDate({ day: which.daysInMonth }),
];

const told = ([from, to]: Days, at: number, end: number): Window => ({ from: from.toString(), to: to.toString(), at, end });

function windowAt(text: string, at: number, today: Temporal.PlainDate): Window | undefined {
  for (const [pattern, days] of stretches) {
    const found = matchAt(pattern, text, at);
    if (found !== undefined) return told(days(today), at, at + found[0].length);
  }
  const near = matchAt(soon, text, at);
  if (near !== undefined) return told([today, today.add({ days: soonDays })], at, at + near[0].length);
  const named = matchAt(ofMonth, text, at);
  const number = numberOf(named?.[1]);
  if (named !== undefined && number !== undefined && number >= 1 && number <= 12) {
    const year = number < today.month ? today.year + 1 : today.year;
    return told(month(Temporal.PlainYearMonth.from({ year, month: number }), today), at, at + named[0].length);
  }
  const day = readOneDay(text, at);
  const date = day && resolveDay([day.day], today);
  if (day === undefined || date?.ok !== true) return undefined;
  return told([date.date, date.date], at, day.to + (matchAt(partAfter, text, day.to)?.[0].length ?? 0));
}

/** The first days that a short text names, wherever they stand in it: 这周末, 下个月, 明天, 8月, this week. */
export function findWindow(text: string, today: Temporal.PlainDate): Window | undefined {
  for (let at = 0; at < text.length; at += 1) {
    if (/[a-z]/i.test(text[at] ?? '') && /[a-z]/i.test(text[at - 1] ?? '')) continue;
    const found = windowAt(text, at, today);
    if (found !== undefined) return found;
  }
  return undefined;
}
