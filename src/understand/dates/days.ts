import { readDigits } from '../numbers.js';
import { sticky, turns, weekdayOf, type DayReader, type FoundDay } from './day.js';
import { englishDay } from './englishDays.js';
import { festiveDay, placeInMonth } from './festiveDays.js';
import { between, matchAt, numberOf, small } from './scan.js';

const week = '(?:周|星期|礼拜)';

const fullDate = sticky(
  `(?:(\\d{4}|\\d{2})\\s?年|([零〇一二三四五六七八九]{4})年|(今年|明年|后年|去年)的?)\\s?(${small})\\s?月\\s?(${small})(?:\\s?[日号])?`,
);
const monthDay = sticky(`(${small})\\s?月(?:份的?)?\\s?(?:(${small})\\s?[日号]|(\\d{1,2})(?![\\d.岁人名元个组户位]))`);
const dashed = sticky('(\\d{4})\\s?([-./])\\s?(\\d{1,2})\\s?\\2\\s?(\\d{1,2})(?!\\d)');
const packed = sticky('((?:19|20)\\d{2})(\\d{2})(\\d{2})(?!\\d)');
const short = sticky(
  '(\\d{1,2})([-./])(\\d{1,2})(?![\\d:]|[./]\\d|[点时岁人名元个组户位折万%米斤块年级套次L]|周岁|分钟|分(?!享)|小时|公里|kg|ml)',
);
const moreDays = sticky(
  `(?:${between}|[、和及])(?:${small}\\s?[日号]|\\d{1,2}[./-]\\d{1,2}(?![\\d:])|${small}\\s?月\\s?${small}\\s?[日号]?)`,
);
const ofMonth = sticky(
  `(?:(上|本|这|当|下下|下)个?月的?)?\\s?(${small})\\s?(?:号(?![楼院室厅门馆线桌棚站房栋路活教会公球车])|日(?![游营报记内间]))`,
);
const namedDay = sticky('(大前|前|昨|今|明|大后|后)(?:天|日|儿个?)|([昨今明])(?=[早晚夜晨])');
const later = sticky(`过?(${small}|\\d{3})\\s?(个月|天|日|周|个?星期|个?礼拜)(?:之|以)?后`);
const weekday = sticky(`(?:(上|本|这|下下|下)个?)?${week}([一二三四五六天]|日(?![程常记])|[1-7](?![\\d次节天个场月年岁期]))`);
const moreWeekdays = sticky(`[一二三四五六日天]|(?:${between}|[、和及])${week}?[一二三四五六日天](?![点时])`);
const recurring = sticky(`每(?:个|逢)?(?:${week}[一二三四五六日天末、和及]*|天|日|晚|月|年|隔)|隔(?:天|周)|逢${week}`);
const vague = sticky(
  `(?:(?:上|本|这|下下|下)个?)?${week}末|(?:上|本|这|下下|下)个?(?:${week}|月)(?:[初中底末]|[上中下]旬)?|${small}月(?:份|[初中底末]|[上中下]旬)?|[年月][初底末]|月中|[上中下]旬|(?:最|近)近?[期日]|改天|过[几两]天|[几数]天(?:之|以)?后|半个?月后|[寒暑]假(?:期间|里)?|待定|另行通知|不久|择日`,
);
const days = new Map([
  ['大前', -3],
  ['前', -2],
  ['昨', -1],
  ['今', 0],
  ['明', 1],
  ['后', 2],
  ['大后', 3],
]);

const withMore = (found: FoundDay, text: string): FoundDay => {
  const more = matchAt(found.day.kind === 'weekday' ? moreWeekdays : moreDays, text, found.to);
  return more === undefined ? found : { ...found, to: found.to + more[0].length, several: true };
};

const calendar: DayReader = (text, at) => {
  const full = matchAt(fullDate, text, at);
  if (full !== undefined) {
    const [all, digits, signs, word] = full;
    const month = numberOf(full[4]);
    const day = numberOf(full[5]);
    if (month === undefined || day === undefined) return undefined;
    const named = digits === undefined ? (signs === undefined ? undefined : readDigits(signs)) : Number(digits);
    const year = named === undefined ? undefined : named < 100 ? 2000 + named : named;
    const fromNow = word === undefined ? undefined : { 去年: -1, 今年: 0, 明年: 1, 后年: 2 }[word as '去年' | '今年' | '明年' | '后年'];
    return {
      day: {
        kind: 'calendar',
        month,
        day,
        ...(year === undefined ? {} : { year }),
        ...(fromNow === undefined ? {} : { yearFromNow: fromNow }),
      },
      to: at + all.length,
    };
  }
  const numbers = matchAt(dashed, text, at);
  const eight = numbers === undefined ? matchAt(packed, text, at) : undefined;
  const [all, year, month, day] = numbers === undefined ? (eight ?? []) : [numbers[0], numbers[1], numbers[3], numbers[4]];
  if (all !== undefined)
    return { day: { kind: 'calendar', year: Number(year), month: Number(month), day: Number(day) }, to: at + all.length };
  const plain = matchAt(monthDay, text, at);
  if (plain === undefined) return undefined;
  const [written, inMonth] = [numberOf(plain[1]), numberOf(plain[2] ?? plain[3])];
  return written === undefined || inMonth === undefined
    ? undefined
    : { day: { kind: 'calendar', month: written, day: inMonth }, to: at + plain[0].length };
};

const shortDate: DayReader = (text, at) => {
  const found = matchAt(short, text, at);
  return found === undefined
    ? undefined
    : { day: { kind: 'calendar', month: Number(found[1]), day: Number(found[3]) }, to: at + found[0].length, weak: true };
};

const dayOfMonth: DayReader = (text, at) => {
  const found = matchAt(ofMonth, text, at);
  const day = numberOf(found?.[2]);
  if (found === undefined || day === undefined) return undefined;
  const to = at + found[0].length;
  const monthFromNow = turns.get(found[1] ?? '');
  return monthFromNow === undefined
    ? { day: { kind: 'dayOfMonth', day }, to, weak: true }
    : { day: { kind: 'dayOfMonth', day, monthFromNow }, to };
};

const relative: DayReader = (text, at) => {
  const named = matchAt(namedDay, text, at);
  if (named !== undefined)
    return { day: { kind: 'daysFromNow', days: days.get(named[1] ?? named[2] ?? '') ?? 0 }, to: at + named[0].length };
  const found = matchAt(later, text, at);
  const many = numberOf(found?.[1]);
  if (found === undefined || many === undefined) return undefined;
  const to = at + found[0].length;
  if (found[2] === '个月') return { day: { kind: 'monthsFromNow', months: many }, to };
  return { day: { kind: 'daysFromNow', days: found[2] === '天' || found[2] === '日' ? many : many * 7 }, to };
};

const dayOfWeek: DayReader = (text, at) => {
  const found = matchAt(weekday, text, at);
  if (found === undefined) return undefined;
  const number = weekdayOf(found[2] ?? '');
  if (number === undefined) return undefined;
  const from = turns.get(found[1] ?? '');
  return { day: { kind: 'weekday', weekday: number, ...(from === undefined ? {} : { week: from }) }, to: at + found[0].length };
};

const unclear: DayReader = (text, at) => {
  for (const [kind, pattern] of [
    ['recurring', recurring],
    ['vague', vague],
  ] as const) {
    const found = matchAt(pattern, text, at);
    if (found !== undefined && found[0] !== '') return { day: { kind }, to: at + found[0].length };
  }
  return undefined;
};

const readers: readonly DayReader[] = [englishDay, festiveDay, placeInMonth, calendar, relative, dayOfWeek, dayOfMonth, shortDate];

/**
 * The way of naming a single day that stands exactly at a place of a folded text: of 8月1-3日 only 8月1. To teach another way, add a reader.
 */
export function readOneDay(text: string, at: number): FoundDay | undefined {
  for (const reader of readers) {
    const found = reader(text, at);
    if (found !== undefined) return found;
  }
  return unclear(text, at);
}

/** The same, with the days that follow in the same breath (8月1-3日): told, not read. */
export function readDay(text: string, at: number): FoundDay | undefined {
  const found = readOneDay(text, at);
  return found === undefined || found.day.kind === 'vague' || found.day.kind === 'recurring' ? found : withMore(found, text);
}
