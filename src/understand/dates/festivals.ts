import { Lunar } from 'lunar-typescript';
import { Temporal } from 'temporal-polyfill';

/** How the day of a festival is found in a year of the common calendar. */
type Rule =
  | { readonly kind: 'solar'; readonly month: number; readonly day: number }
  /** A day of the lunar calendar; its year is the one that begins in the common year. */
  | { readonly kind: 'lunar'; readonly month: number; readonly day: number }
  /** The last evening of the lunar year, in the common year before which it ends. */
  | { readonly kind: 'lastEvening' }
  | { readonly kind: 'solarTerm'; readonly term: string }
  | { readonly kind: 'nthWeekday'; readonly month: number; readonly weekday: number; readonly nth: number };

const solar = (month: number, day: number): Rule => ({ kind: 'solar', month, day });
const lunar = (month: number, day: number): Rule => ({ kind: 'lunar', month, day });
const term = (name: string): Rule => ({ kind: 'solarTerm', term: name });
const nthWeekday = (month: number, weekday: number, nth: number): Rule => ({ kind: 'nthWeekday', month, weekday, nth });

/** Words (a space between two) and the rule behind them. To teach another festival, add a line. */
const table: readonly (readonly [string, Rule])[] = [
  ['元旦节 元旦 新年第一天', solar(1, 1)],
  ['情人节', solar(2, 14)],
  ['三八妇女节 三八节 三八 妇女节', solar(3, 8)],
  ['学雷锋日 学雷锋纪念日', solar(3, 5)],
  ['植树节', solar(3, 12)],
  ['五一国际劳动节 五一劳动节 国际劳动节 五一节 五一 劳动节', solar(5, 1)],
  ['五四青年节 五四 青年节', solar(5, 4)],
  ['护士节', solar(5, 12)],
  ['六一国际儿童节 六一儿童节 国际儿童节 六一节 六一 儿童节', solar(6, 1)],
  ['七一建党节 七一 建党节', solar(7, 1)],
  ['八一建军节 八一 建军节', solar(8, 1)],
  ['教师节', solar(9, 10)],
  ['十一国庆节 国庆节 国庆 十一', solar(10, 1)],
  ['平安夜', solar(12, 24)],
  ['圣诞节 圣诞', solar(12, 25)],
  ['母亲节', nthWeekday(5, 7, 2)],
  ['父亲节', nthWeekday(6, 7, 3)],
  ['大年初一 正月初一 春节 农历新年', lunar(1, 1)],
  ['大年初二 正月初二', lunar(1, 2)],
  ['大年初三 正月初三', lunar(1, 3)],
  ['大年初四 正月初四', lunar(1, 4)],
  ['大年初五 正月初五', lunar(1, 5)],
  ['大年初六 正月初六', lunar(1, 6)],
  ['大年初七 正月初七', lunar(1, 7)],
  ['大年初八 正月初八', lunar(1, 8)],
  ['元宵节 元宵 正月十五', lunar(1, 15)],
  ['龙抬头 二月二龙抬头', lunar(2, 2)],
  ['端午节 端午', lunar(5, 5)],
  ['七夕节 七夕', lunar(7, 7)],
  ['中元节 中元', lunar(7, 15)],
  ['中秋节 中秋', lunar(8, 15)],
  ['重阳节 重阳 老年节', lunar(9, 9)],
  ['腊八节 腊八', lunar(12, 8)],
  ['大年三十 除夕夜 除夕', { kind: 'lastEvening' }],
  ['清明节 清明', term('清明')],
  ['冬至节 冬至', term('DONG_ZHI')],
  ['立春', term('立春')],
  ['春分', term('春分')],
  ['立夏', term('立夏')],
  ['夏至', term('夏至')],
  ['立秋', term('立秋')],
  ['秋分', term('秋分')],
  ['立冬', term('立冬')],
  ["new year's day|new year’s day|new years day", solar(1, 1)],
  ["valentine's day|valentine’s day|valentines day", solar(2, 14)],
  ["women's day|women’s day|international women's day", solar(3, 8)],
  ['labour day|labor day|may day', solar(5, 1)],
  ["children's day|children’s day|childrens day", solar(6, 1)],
  ["teachers' day|teachers’ day|teacher's day|teachers day", solar(9, 10)],
  ['national day', solar(10, 1)],
  ['christmas eve', solar(12, 24)],
  ['christmas day|christmas', solar(12, 25)],
  ["mother's day|mother’s day|mothers day", nthWeekday(5, 7, 2)],
  ["father's day|father’s day|fathers day", nthWeekday(6, 7, 3)],
  ['spring festival|chinese new year|lunar new year', lunar(1, 1)],
  ['lantern festival', lunar(1, 15)],
  ['dragon boat festival', lunar(5, 5)],
  ['mid-autumn festival|mid autumn festival|moon festival', lunar(8, 15)],
  ['double ninth festival|double ninth', lunar(9, 9)],
  ['qingming festival|qingming|tomb sweeping day|tomb-sweeping day', term('清明')],
];

const rules = new Map<string, Rule>();
for (const [words, rule] of table) for (const word of words.split(/[a-z]/.test(words) ? '|' : ' ')) rules.set(word, rule);

/** The words that name a festival, the longest first. */
export const festivalWords: readonly string[] = [...rules.keys()].toSorted((a, b) => b.length - a.length);

/** The earliest and the latest year in which festivals are looked up: as far as the lunar tables are sure. */
const [firstYear, lastYear] = [1900, 2100];

interface Solar {
  getYear(): number;
  getMonth(): number;
  getDay(): number;
}

const dateOf = (found: Solar): Temporal.PlainDate =>
  Temporal.PlainDate.from({ year: found.getYear(), month: found.getMonth(), day: found.getDay() });

/** A day of the lunar calendar (农历八月十五) whose lunar year begins in a common year; undefined where that month is shorter. */
export function lunarDay(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  if (year < firstYear || year > lastYear || month < 1 || month > 12 || day < 1 || day > 30) return undefined;
  try {
    return dateOf(Lunar.fromYmd(year, month, day).getSolar());
  } catch {
    // The library throws for the thirtieth of a month of twenty-nine days.
    return undefined;
  }
}

function solarTerm(year: number, name: string): Temporal.PlainDate | undefined {
  const found = Lunar.fromYmd(year, 6, 1).getJieQiTable()[name];
  return found && dateOf(found);
}

/** The day of the nth weekday of a month; nth −1 is the last. Undefined where the month has no such. */
export function nthWeekdayOf(year: number, month: number, weekday: number, nth: number): Temporal.PlainDate | undefined {
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  const offset = (weekday - first.dayOfWeek + 7) % 7;
  const days = nth === -1 ? offset + 7 * Math.floor((first.daysInMonth - 1 - offset) / 7) : offset + 7 * (nth - 1);
  return days < first.daysInMonth ? first.add({ days }) : undefined;
}

/** On which day a festival lies in a common year. Words that name none, and years without tables, give undefined. */
export function festivalIn(year: number, word: string): Temporal.PlainDate | undefined {
  const rule = rules.get(word.toLowerCase());
  if (rule === undefined || year < firstYear || year > lastYear) return undefined;
  switch (rule.kind) {
    case 'solar':
      return Temporal.PlainDate.from({ year, month: rule.month, day: rule.day });
    case 'lunar': {
      // 腊八 of a common year belongs to the lunar year that began the year before.
      const late = rule.month === 12 ? lunarDay(year - 1, rule.month, rule.day) : undefined;
      return late?.year === year ? late : lunarDay(year, rule.month, rule.day);
    }
    case 'lastEvening':
      return lunarDay(year, 1, 1)?.subtract({ days: 1 });
    case 'solarTerm':
      return solarTerm(year, rule.term);
    case 'nthWeekday':
      return nthWeekdayOf(year, rule.month, rule.weekday, rule.nth);
  }
}
