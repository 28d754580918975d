import { sticky, weekdayOf } from '../dates/day.js';
import { englishNumber, englishOrdinal, englishSmall, englishWeekday, englishWeekdays, ordinal } from '../dates/englishDays.js';
import { between, matchAt, numberOf, small } from '../dates/scan.js';

/** On which days something comes again. */
export type Rule =
  | { readonly kind: 'daily'; readonly interval: number }
  /** 1 Monday … 7 Sunday; none named yet: `weekdays` is empty. */
  | { readonly kind: 'weekly'; readonly weekdays: readonly number[]; readonly interval: number }
  /** Days of each month; −1 is the last. */
  | { readonly kind: 'monthly'; readonly days: readonly number[] }
  | { readonly kind: 'monthlyWeekday'; readonly nth: readonly number[]; readonly weekday: number };

/** A rule with the place where its words end. */
export interface FoundRule {
  readonly rule: Rule;
  readonly to: number;
}

type RuleReader = (text: string, at: number) => FoundRule | undefined;

const week = '(?:周|星期|礼拜)';
const sign = '(?:[一二三四五六日天]|[1-7](?![\\d:点时次]))';
const signs = `${sign}(?:(?:\\s?[、,和及与/]\\s?|${between}|)${week}?${sign}(?![点时]))*`;
const several = `(?:(?:每)?隔\\s?一?个?|每\\s?(?:两|二|2)个?)`;

const workdays = sticky(`(?:每个?)?(?:个)?工作日|每?${week}一${between}${week}?五|每天(?:\\((?:工作日|${week}一${between}${week}?五)\\))`);
const weekend = sticky(`(?:每个?|逢)?(?:双休日|${week}末(?:两天)?|${week}六[、和]?${week}?[日天](?=\\s|[上下]午|[早晚]|\\d{1,2}[:点]))`);
const weekly = sticky(`(?:每个?|逢|每逢)${week}的?(?:${week})?(${signs})`);
const otherWeek = sticky(`${several}${week}的?\\s?(?:${week}?(${signs}))?`);
const daily = sticky('每[天日]|天天|每个?(?=[早晚][上间]?)');
const everyFew = sticky(`(?:隔[天日]|每隔\\s?(${small})\\s?天|每\\s?(${small})\\s?天)(?![^,。;\\s]{0,2}次)`);
const monthDays = sticky(`每个?月的?\\s?(${small}\\s?[号日]?(?:\\s?[、,和及与]\\s?(?:每月)?${small}\\s?[号日]?)*)(?<=[号日])`);
const monthLast = sticky('每个?月的?最后一[天日]');
const monthWeekday = sticky(
  `每个?月的?\\s?(?:第?\\s?([一二三四1-4])(?:\\s?[、,和及与]\\s?第?([一二三四1-4]))?|(最后))一?个?\\s?${week}([一二三四五六日天])`,
);

/** The weekdays that signs name: 二、四 → 2, 4; 一至五 → 1 … 5. */
function weekdaysOf(words: string): number[] {
  const found: number[] = [];
  let range = false;
  for (const character of words.replace(/一(?=\d)/g, '-')) {
    if (/[-~至到]/.test(character)) range = true;
    const day = weekdayOf(character);
    if (day === undefined) continue;
    const from = found.at(-1);
    if (range && from !== undefined && from < day) for (let next = from + 1; next < day; next += 1) found.push(next);
    found.push(day);
    range = false;
  }
  return [...new Set(found)].toSorted((a, b) => a - b);
}

const chinese: RuleReader = (text, at) => {
  const found = (pattern: RegExp, make: (match: RegExpExecArray) => Rule | undefined): FoundRule | undefined => {
    const match = matchAt(pattern, text, at);
    const rule = match && make(match);
    return match === undefined || rule === undefined ? undefined : { rule, to: at + match[0].length };
  };
  return (
    found(workdays, () => ({ kind: 'weekly', weekdays: [1, 2, 3, 4, 5], interval: 1 })) ??
    found(weekend, (match) => (/末|双休|每|逢/.test(match[0]) ? { kind: 'weekly', weekdays: [6, 7], interval: 1 } : undefined)) ??
    found(otherWeek, ([, days = '']) => ({ kind: 'weekly', weekdays: weekdaysOf(days), interval: 2 })) ??
    found(weekly, ([, days = '']) => ({ kind: 'weekly', weekdays: weekdaysOf(days), interval: 1 })) ??
    found(everyFew, ([, gap, every]) => {
      const interval = gap !== undefined ? (numberOf(gap) ?? 0) + 1 : every !== undefined ? (numberOf(every) ?? 0) : 2;
      return interval >= 1 && interval <= 60 ? { kind: 'daily', interval } : undefined;
    }) ??
    found(daily, () => ({ kind: 'daily', interval: 1 })) ??
    found(monthWeekday, ([, first, second, last, day = '']) => {
      const weekday = weekdayOf(day);
      const nth = [first, second].map(numberOf).filter((value) => value !== undefined);
      return weekday === undefined ? undefined : { kind: 'monthlyWeekday', nth: last === undefined ? nth : [-1], weekday };
    }) ??
    found(monthLast, () => ({ kind: 'monthly', days: [-1] })) ??
    found(monthDays, ([, list = '']) => {
      const days = list.split(/[、,和及与]/).map((part) => numberOf(part.replace(/每月|[号日\s]/g, '')));
      return days.every((day) => day !== undefined && day >= 1 && day <= 31) ? { kind: 'monthly', days: days.map(Number) } : undefined;
    })
  );
};

const start = '(?<![a-z\\d])';
const names = `(?:${englishWeekdays})s?`;
const nameList = `${names}(?:\\s?(?:,|,?\\sand|&|/)\\s?(?:every\\s)?${names}(?![a-z]))*`;
const every = sticky(`${start}(?:on\\s)?(?:every|each|weekly on)\\s(?:(other|second|two weeks on)\\s)?(${nameList})(?![a-z])`, 'i');
const everyTwo = sticky(`${start}(?:every (?:two|2) weeks|fortnightly|biweekly)(?: on (${nameList}))?(?![a-z])`, 'i');
const plural = sticky(
  `${start}(?:on\\s)?((?:mon|tues|wednes|thurs|fri|satur|sun)days(?:\\s?(?:,|,?\\sand|&)\\s?(?:mon|tues|wednes|thurs|fri|satur|sun)days)*)(?![a-z])`,
  'i',
);
const everyWorkday = sticky(
  `${start}(?:(?:on\\s)?(?:every\\sweekday|weekdays)|(?:every\\s)?mon(?:day)?\\s?(?:-|~|to|through)\\s?fri(?:day)?)(?![a-z])`,
  'i',
);
const everyWeekend = sticky(`${start}(?:on\\s)?every\\sweekend(?![a-z])`, 'i');
const everyDay = sticky(`${start}(?:every\\sday|daily|every\\s(?=(?:morning|afternoon|evening|night)(?![a-z])))`, 'i');
const ofEveryMonth = sticky(
  `${start}(?:on\\s)?(?:the\\s|every\\s)(${englishOrdinal})(?:\\s(?:and|&)\\s(${englishOrdinal}))?\\s(${englishWeekdays})\\s(?:of|in)\\s(?:every|each|the)\\smonth(?![a-z])`,
  'i',
);
const dayOfEveryMonth = sticky(
  `${start}(?:on\\s)?(?:the\\s(\\d{1,2})(?:st|nd|rd|th)?\\sof\\s(?:every|each)\\smonth|(?:every\\smonth|monthly)\\son\\sthe\\s(\\d{1,2})(?:st|nd|rd|th)?)(?![a-z])`,
  'i',
);

const named = (words: string): number[] =>
  [...new Set((words.match(/[a-z]+/gi) ?? []).map(englishWeekday).filter((day) => day !== undefined))].toSorted((a, b) => a - b);

const english: RuleReader = (text, at) => {
  if (!/[a-z]/i.test(text[at] ?? '')) return undefined;
  const found = (pattern: RegExp, make: (match: RegExpExecArray) => Rule): FoundRule | undefined => {
    const match = matchAt(pattern, text, at);
    return match && { rule: make(match), to: at + match[0].length };
  };
  return (
    found(everyWorkday, () => ({ kind: 'weekly', weekdays: [1, 2, 3, 4, 5], interval: 1 })) ??
    found(everyWeekend, () => ({ kind: 'weekly', weekdays: [6, 7], interval: 1 })) ??
    found(everyTwo, ([, days = '']) => ({ kind: 'weekly', weekdays: named(days), interval: 2 })) ??
    found(every, ([, other, days = '']) => ({ kind: 'weekly', weekdays: named(days), interval: other === undefined ? 1 : 2 })) ??
    found(plural, ([, days = '']) => ({ kind: 'weekly', weekdays: named(days), interval: 1 })) ??
    found(everyDay, () => ({ kind: 'daily', interval: 1 })) ??
    found(ofEveryMonth, ([, first = '', second, day = '']) => ({
      kind: 'monthlyWeekday',
      nth: [first, ...(second === undefined ? [] : [second])].map(ordinal),
      weekday: englishWeekday(day) ?? 1,
    })) ??
    found(dayOfEveryMonth, ([, one, other]) => ({ kind: 'monthly', days: [Number(one ?? other)] }))
  );
};

/** The rule that stands exactly at a place of a folded text: 每周二、四, 工作日, 隔周三, 每月第一个周六, every other Friday. */
export const readRule: RuleReader = (text, at) => chinese(text, at) ?? english(text, at);

/** How long a series is, by its words. */
export interface Extent {
  readonly sessions?: number;
  readonly days?: number;
  readonly weeks?: number;
  readonly months?: number;
}

const head = '(?:总共|一共|共计|合计|共|连续|连上|为期|持续|历时|计划)\\s?(?:上|开|办|学|举办|开设|开展)?\\s?';
const chineseExtent = sticky(
  `(${head})?(?<!第)(${small}|\\d{3})\\s?(?:(次课|次活动|节课|堂课|课时|次|节|场|讲|堂|期|回)(?!日)|个?(周|星期|礼拜)(?![一二三四五六日天])|(个月)|(天)(?![一二三四五六]))`,
);
const englishExtent = sticky(
  `${start}(?:(for\\s|in all\\s|total(?:\\sof)?\\s)?(${englishSmall}|\\d{3})\\s(?:(sessions|session|times|classes|lessons|meetings)|(weeks?)|(months?)|(days))(?:\\sin\\s(?:all|total))?|x\\s?(\\d{1,3}))(?![a-z])`,
  'i',
);

/** How long a series is: 共8次, 共12节, 为期两个月, for 8 weeks. `headed`: a word says that it is meant as a total. */
export function readExtent(
  text: string,
  at: number,
): { readonly extent: Extent; readonly headed: boolean; readonly to: number } | undefined {
  const found = matchAt(chineseExtent, text, at);
  const many = numberOf(found?.[2]);
  if (found !== undefined && many !== undefined && many >= 1) {
    const extent =
      found[3] !== undefined
        ? { sessions: many }
        : found[4] !== undefined
          ? { weeks: many }
          : found[5] !== undefined
            ? { months: many }
            : { days: many };
    // 三天 alone is how long, or when, or anything.
    if (extent.days !== undefined && found[1] === undefined) return undefined;
    return { extent, headed: found[1] !== undefined, to: at + found[0].length };
  }
  const words = matchAt(englishExtent, text, at);
  const value = words?.[7] === undefined ? englishNumber(words?.[2]) : Number(words[7]);
  if (words === undefined || value === undefined || value < 1) return undefined;
  if (words[6] !== undefined)
    return words[1] === undefined ? undefined : { extent: { days: value }, headed: true, to: at + words[0].length };
  const extent = words[4] !== undefined ? { weeks: value } : words[5] !== undefined ? { months: value } : { sessions: value };
  return { extent, headed: words[1] !== undefined, to: at + words[0].length };
}
