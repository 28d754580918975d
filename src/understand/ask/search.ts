import { Temporal } from 'temporal-polyfill';
import { numberOf, small } from '../dates/scan.js';
import type { Context } from '../dates/types.js';
import { normalize } from '../normalize.js';
import { findSector, type Sector } from './sectors.js';
import { findWindow } from './window.js';

/** What a resident asks about what is on. What was not asked is missing. */
export interface Search {
  /** Inclusive, `YYYY-MM-DD`. */
  readonly from?: string;
  readonly to?: string;
  /** Whole years of whoever wants to come. */
  readonly age?: number;
  /** Only where places are left. */
  readonly withPlaces?: boolean;
  readonly sector?: Sector;
  /** What it should be about: 书法. */
  readonly words: readonly string[];
}

/** Longer sentences ask for more than what is on. */
const longest = 40;
const longestEnglish = 80;

const polite =
  /^(?:(?:请问|你好|您好|大家好|小邻|@\S{1,20}|想问(?:一下|下)?|问(?:一下|下)|我想(?:知道|问(?:一下|下)?|看看?)|想看看|看看|看一下|查(?:一下|下)?|帮我(?:查|看)(?:一下|下|看)?|咱们?社区|我们社区|社区里?|咱们?这?|你们|这里)[\s,。:!]*)+/;
const ending = /[\s。.!~,?]+$/;
const particle = /(?:吗|嘛|么|没有|没|呢|呀|啊|不)$/;
const when = /什么时候|啥时候|几时|哪[一]?天|几号|几点/;
const which = /什么|啥|哪些|哪个|有没有|有无/;
const places = /(?:还|仍然?)?有(?:空|剩)?(?:名额|位子|位置|空位)(?:的)?|没(?:有)?报?满的?|能报(?:上|名)的|可以报名的|还能报的?/;
const age = new RegExp(`(${small})(?:周岁|岁)(?:以上|左右|半)?`);
const kinds =
  '(?:活动|课程|课|班|讲座|培训|比赛|演出|表演|电影|义诊|义剪|运动会|读书会|游园会|音乐会|茶话会|故事会|夏令营|冬令营|体验|沙龙|节目|兴趣班|广场舞|太极拳?|八段锦|健身操|瑜伽|书法|美术|剪纸|绘画|手工|合唱|插花|烘焙|英语角|下棋|展览|集市|义卖)';
const topic = new RegExp(`([\\p{Script=Han}a-z]{0,8}?)(${kinds})`, 'iu');
// Where only these remain, nothing else was said.
const fillWords =
  /适合|面向|针对|关于|可以|能够?|参加|参与|报名?|去玩|去|玩|来|给|让|带|家里|的|都|还|会|有|办|举办|举行|开展|开始|开|上|学|安排|新|好玩|好|免费|一些|点|里|在|和|人|孩子|小朋友|宝宝|老人|大人|呢|么|个|吗|,|\s/g;
const empty = /^(?:活动|课|课程|班)$/;
const notAsking = /[我你他她它]|不[是要想能会去来]|取消|怎么|为什么|多少|谁|哪里|在哪|地址|电话|名单|了/;

/**
 * Reads what a resident asks for: `什么时候有书法课`, `这周末有什么活动`, `明天有活动吗`, `有没有适合6岁孩子的`, `还有名额的`, `老人的活动`, `what's on this week`. Null: it is no such
 * question. Every word of the text must have a part in the question, so ordinary sentences, names and answers do not match.
 */
export function readSearch(text: string, { now, timeZone }: Context): Search | null {
  if (text.length > longestEnglish * 2) return null;
  const asked = normalize(text);
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  if (!/\p{Script=Han}/u.test(asked)) return asked.length > longestEnglish ? null : inEnglish(asked, today);
  return asked.length > longest ? null : inChinese(asked, today);
}

/**
 * The same for what stands behind 活动, where nobody needs a whole question: `周六`, `8月1日`, `8岁`, `孩子`, `周六 美术`. Null where it names no day, age, sector or
 * places left: then the words are looked for as they are.
 */
export function readSought(text: string, context: Context): Search | null {
  const said = text.slice(0, longestEnglish);
  const asked = readSearch(said, context);
  if (asked) return asked;
  const today = Temporal.Instant.fromEpochMilliseconds(context.now).toZonedDateTimeISO(context.timeZone).toPlainDate();
  const whole = normalize(said);
  const read =
    /\p{Script=Han}/u.test(whole) || /^[\d./ -]+$/.test(whole)
      ? inChinese(`${whole}的活动`, today, true)
      : inEnglish(`events ${whole}`, today);
  return read && (read.from !== undefined || read.age !== undefined || read.sector !== undefined || read.withPlaces) ? read : null;
}

function inChinese(asked: string, today: Temporal.PlainDate, sought = false): Search | null {
  const question = asked.endsWith('?');
  const bare = asked.replace(polite, '').replace(ending, '');
  const sentence = bare.replace(particle, '');
  const window = findWindow(sentence, today);
  let left = window === undefined ? sentence : `${sentence.slice(0, window.at)}${sentence.slice(window.end)}`;
  const years = age.exec(left);
  const wanted = numberOf(years?.[1]);
  if (years !== null) left = left.replace(years[0], '');
  const free = places.exec(left);
  if (free !== null) left = left.replace(free[0], '');
  const sector = findSector(left);
  if (sector !== undefined) left = left.replace(sector.words, '');
  const asksWhen = when.test(left);
  const asksWhich = which.test(left);
  left = left.replace(when, '').replace(which, '');
  if (notAsking.test(left)) return null;
  const hasKind = new RegExp(kinds).test(left);
  const about = topicOf(left);
  if (about === null) return null;
  const asks = sought || asksWhen || asksWhich || ((question || bare !== sentence) && /有|能|可以/.test(sentence));
  // 老人的活动, 周六的活动, 还有名额的: no question, but nothing else can be meant.
  const phrase =
    about === undefined && ((hasKind && (sector !== undefined || window !== undefined || wanted !== undefined)) || free !== null);
  const something = hasKind || free !== null || ((wanted !== undefined || sector !== undefined) && /适合|能|可以|参加/.test(sentence));
  if (!something || !(asks || phrase)) return null;
  // 活动什么时候开始 asks about one that was spoken of.
  if (asksWhen && about === undefined && sector === undefined && wanted === undefined) return null;
  return {
    ...(window === undefined ? {} : { from: window.from, to: window.to }),
    ...(wanted === undefined ? {} : { age: wanted }),
    ...(free === null ? {} : { withPlaces: true }),
    // With an age, 孩子 only says whose.
    ...(sector === undefined || wanted !== undefined ? {} : { sector: sector.sector }),
    words: about === undefined ? [] : [about],
  };
}

/** What the rest of a question is about; undefined: nothing more; null: it says something else. */
function topicOf(left: string): string | undefined | null {
  const found = topic.exec(left.replace(/^(?:有|的|开|上|办|报|学)+/, ''));
  const words = found === null ? undefined : (found[1] ?? '').replace(fillWords, '');
  const kind = found?.[2] ?? '';
  const rest = left
    .replace(found === null ? '' : found[0], '')
    .replace(fillWords, '')
    .replace(new RegExp(kinds, 'g'), '');
  if (rest !== '') return null;
  if (found === null) return undefined;
  const plain = words === undefined || words === '' ? '' : words;
  // A lecture is a subject, an activity is none.
  const subject = /^(?:活动|课程|课|班|兴趣班|培训|体验|节目)$/.test(kind) ? plain : `${plain}${kind}`;
  return subject === '' || empty.test(subject) ? undefined : subject;
}

const what = '(?:events?|activit(?:y|ies)|class(?:es)?|courses?|things?|lectures?|workshops?)';
const openings = new RegExp(
  `^(?:(?:hi|hello|hey|please)[,!]?\\s)?(?:(?:what'?s|what is|whats)\\s(?:on|happening|going on|up)|(?:is there |are there )?any(?:thing)?(?:\\s${what})?|what\\s${what}\\s(?:are there|do you have|is there)|which\\s${what}|show(?: me)?(?: the)?\\s${what}|${what}|(?:is|are) there(?: an?)?)`,
  'i',
);
const whenIs =
  /^when(?:'s| is| are| does| do)\s(?:the\s|there\s(?:an?\s)?)?(?:next\s)?([a-z][a-z ]{1,30}?)(?:\s(?:class(?:es)?|course|workshop|activity))?(?:\s(?:on|start|meet))?$/i;
const isThere = /^(?:is|are) there\s(?:an?\s|any\s)?([a-z][a-z ]{1,30}?)\s(?:class(?:es)?|courses?|workshops?|activit(?:y|ies)|events?)$/i;
const freePlaces = /\b(?:with|that (?:still )?have|still have)\s(?:free |open |any )?(?:places|spots|seats)(?:\s(?:left|free|open))?/i;
const yearsOld = /\b(?:for\s)?(?:(?:an?|my)\s)?(\d{1,2})[- ]year[- ]olds?(?: (?:child|kid|son|daughter|boy|girl))?/i;
const fillers = /\b(?:on|for|the|are|is|there|in|at|of|suitable|good|happening|going|my|to do|do|with|a|an)\b|[\s,?]/gi;

function inEnglish(asked: string, today: Temporal.PlainDate): Search | null {
  const bare = asked.replace(ending, '');
  const window = findWindow(bare, today);
  let left = (window === undefined ? bare : `${bare.slice(0, window.at)}${bare.slice(window.end)}`).replace(/\s+/g, ' ').trim();
  const days = window === undefined ? {} : { from: window.from, to: window.to };
  const named = isThere.exec(left) ?? whenIs.exec(left);
  if (
    named !== null &&
    !/^(?:it|he|she|they|we|you|this|that)\b/i.test(named[1] ?? '') &&
    !/^(?:start|begin|over|open)/i.test(named[1] ?? '')
  ) {
    const sector = findSector(named[1] ?? '');
    if (sector !== undefined && sector.words.length === named[1]?.length) return { ...days, sector: sector.sector, words: [] };
    return { ...days, words: [(named[1] ?? '').toLowerCase()] };
  }
  const start = openings.exec(left);
  if (start === null) return null;
  left = left.slice(start[0].length);
  const free = freePlaces.exec(left);
  if (free !== null) left = left.replace(free[0], ' ');
  const years = yearsOld.exec(left);
  if (years !== null) left = left.replace(years[0], ' ');
  const sector = findSector(left);
  if (sector !== undefined) left = left.replace(sector.words, ' ');
  if (left.replace(fillers, '') !== '') return null;
  const said = window !== undefined || free !== null || years !== null || sector !== undefined;
  // A word alone is a word: "events" is a keyword, "class" an answer.
  if (!said && !/^(?:what|which)|any\w*\s/i.test(start[0])) return null;
  return {
    ...days,
    ...(years === null ? {} : { age: Number(years[1]) }),
    ...(free === null ? {} : { withPlaces: true }),
    ...(sector === undefined || years !== null ? {} : { sector: sector.sector }),
    words: [],
  };
}
