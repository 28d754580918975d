import { sticky, turns, weekdayOf, type DayReader } from './day.js';
import { festivalWords } from './festivals.js';
import { matchAt, numberOf, small } from './scan.js';

const week = '(?:周|星期|礼拜)';
const ofYear = '(?:(今|明|后|去)年的?|(\\d{4})\\s?年的?)?';
const yearsFromNow = new Map([
  ['去', -1],
  ['今', 0],
  ['明', 1],
  ['后', 2],
]);

// 五一 and its like are numbers too: they count before what can follow a day. A place, a school or a street may bear the name of any.
const numbers = '三八 五一 五四 六一 七一 八一 十一'.split(' ');
const afterNumber = '(?=$|[\\s,。;:!?()、|]|当天|那天|[上中下]午|[早晚]上?|期间|假期|前后|\\d{1,2}[:点])';
const notAName = '(?![路街]|广场|小学|中学|大厦|酒店|公园)';
const words = festivalWords
  .filter((word) => !/[a-z]/.test(word))
  .map((word) => (numbers.includes(word) ? word + afterNumber : word))
  .join('|');
const english = festivalWords.filter((word) => /[a-z]/.test(word)).join('|');
const known = sticky(`${ofYear}(?:(${words})${notAName}|(?<![a-z])(?:on\\s)?(?:the\\s)?(${english})(?![a-z]))(?:当天|那天)?`, 'i');
// Around a festival is no day: 国庆期间, 春节前, 中秋前后.
const around = /(?:节|假)?(?:期间|假期|长假|小长假|黄金周|前后|前夕|之?前(?![往来去面排台])|之后|过后|以后|后(?![面勤天]))/y;
const unknown = sticky('(?:小年夜?|正月|腊月|寒衣节|感恩节|万圣节|大年(?:初[一二三四五六七八九十])?|老年节|(?:三|入|头|中|末)伏(?:天)?)');
const lunarDate = sticky(`(?:农历|阴历|旧历)\\s?(?:的)?(正|冬|腊|${small})月\\s?(?:初([一二三四五六七八九十])|(${small}))(?:日|号)?`);
// 九月初九 and 腊月廿三 can be of no other calendar; 八月十五 can.
const plainlyLunar = sticky(
  '([正冬腊]|十[一二]?|[二三四五六七八九])月\\s?(?:初([一二三四五六七八九十])|(廿[一二三四五六七八九]?))|([正冬腊])月\\s?([一二三]?十[一二三四五六七八九]?)(?![\\d月年])',
);
/** A day of the moon without its month names no day. */
const moonDay = sticky('(?<![一二三四五六七八九十正冬腊年]月?)初[一二三四五六七八九十](?![级年班高中的])');
const months = new Map([
  ['正', 1],
  ['冬', 11],
  ['腊', 12],
]);

const monthOf = (sign: string | undefined): number | undefined => months.get(sign ?? '') ?? numberOf(sign);

/** 中秋节, 明年春节, 农历八月十五: a day that another calendar or a custom names. */
export const festiveDay: DayReader = (text, at) => {
  const byMoon = matchAt(lunarDate, text, at);
  const plain = byMoon === undefined ? matchAt(plainlyLunar, text, at) : undefined;
  if (plain !== undefined) {
    const [all, one, first, late, other, number] = plain;
    const [month, day] = [monthOf(one ?? other), numberOf(first ?? late ?? number)];
    if (month !== undefined && day !== undefined) return { day: { kind: 'lunar', month, day }, to: at + all.length };
  }
  const alone = matchAt(moonDay, text, at);
  if (alone !== undefined) return { day: { kind: 'vague' }, to: at + alone[0].length };
  const [month, day] = [monthOf(byMoon?.[1]), numberOf(byMoon?.[2] ?? byMoon?.[3])];
  if (byMoon !== undefined && month !== undefined && day !== undefined)
    return { day: { kind: 'lunar', month, day }, to: at + byMoon[0].length };
  const found = matchAt(known, text, at);
  if (found === undefined) {
    const other = matchAt(unknown, text, at);
    return other && { day: { kind: 'festival' }, to: at + other[0].length };
  }
  const to = at + found[0].length;
  const near = matchAt(around, text, to);
  if (near !== undefined) return { day: { kind: 'vague' }, to: to + near[0].length };
  const word = (found[3] ?? found[4] ?? '').toLowerCase();
  const yearFromNow = yearsFromNow.get(found[1] ?? '');
  return {
    day: {
      kind: 'festival',
      word,
      ...(yearFromNow === undefined ? {} : { yearFromNow }),
      ...(found[2] === undefined ? {} : { year: Number(found[2]) }),
    },
    to,
  };
};

const nth = sticky(
  `(?:(${small})月份?|(本|这|下下|下)个?月)的?\\s?(?:第\\s?([一二三四五1-5])|(最后))一?个?\\s?${week}([一二三四五六日天])(?![次节])`,
);
const last = sticky(`(?:(${small})月份?|(本|这|下下|下)个?月)的?最后一[天日]`);

/** 8月第一个周六, 本月最后一个周五, 本月最后一天. */
export const placeInMonth: DayReader = (text, at) => {
  const found = matchAt(nth, text, at) ?? matchAt(last, text, at);
  if (found === undefined) return undefined;
  const [all, written, turn, counted, final, sign] = found;
  const to = at + all.length;
  const month = numberOf(written);
  const monthFromNow = turns.get(turn ?? '');
  const of = { ...(month === undefined ? {} : { month }), ...(monthFromNow === undefined ? {} : { monthFromNow }) };
  const weekday = weekdayOf(sign ?? '');
  if (weekday === undefined) return { day: { kind: 'lastDay', ...of }, to };
  return { day: { kind: 'nthWeekday', nth: final === undefined ? (numberOf(counted) ?? 1) : -1, weekday, ...of }, to };
};
