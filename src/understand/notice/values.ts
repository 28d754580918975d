import { readAnnouncement } from '../announcement/announcement.js';
import { parseCapacity, type PlaceUnit } from '../capacity.js';
import { readMoment } from '../dates/moment.js';
import { small } from '../dates/scan.js';
import type { Context } from '../dates/types.js';
import { readNumeral } from '../numbers.js';
import type { Towards } from './turns.js';
import type { To } from './types.js';

const ending = /\s?(?:举[办行]|上课|开课|开始|进行|开展|集合|见面?|签到|[了吧啦哦哈的]|不见不散|谢谢(?:大家)?|please|thanks)$/iu;
const leading = /^(?:[\s:]|在|到|于|至|了)+/u;

/** A value without the words that only end its sentence: 三楼会议室举行 is 三楼会议室. */
export function bareValue(words: string): string {
  let value = words.replace(leading, '').trim();
  while (ending.test(value)) value = value.replace(ending, '').trim();
  return value;
}

const sameTime = /(?:的?(?:同一个?|同样的?|原来的?|老)时间|时间不变|(?:at )?the same time)/iu;

/** The new time that stands at the beginning of a value, and what stands behind it; undefined where none does. */
export function timeAt(after: string, towards?: Towards): { readonly to: To; readonly tail: string } | undefined {
  // That the time stays is what a day alone means anyhow.
  const text = after.replace(leading, '').replace(sameTime, ' ').trim();
  const moment = readMoment(text, 0);
  if (moment === undefined) return undefined;
  const words = text.slice(0, moment.to).trim();
  return {
    to: { type: 'moment', moment, words, ...(towards === undefined ? {} : { towards }) },
    tail: bareValue(text.slice(moment.to).replace(/^[\s,、)的]+/u, '')),
  };
}

const online = /^(?:线上|网上|云端|腾讯会议|微信群里?|online)/iu;

/** A place, where a value can be nothing else. */
export function placeOf(words: string, context: Context): string | undefined {
  const value = bareValue(words);
  if (value === '' || value.length > 60) return undefined;
  if (online.test(value)) return value;
  const { place, title, rest, date, start, capacity, bring } = readAnnouncement(value, context);
  const others = [title, date, start, capacity, bring].some((field) => field !== undefined) || rest.length > 0;
  return others ? undefined : place;
}

/** A number of places; without the word before it only where it counts people: 改为10人, not 改为10. */
export function capacityOf(words: string, labelled: boolean): { readonly count: number | null; readonly unit: PlaceUnit } | undefined {
  const value = bareValue(words);
  if (!labelled && !/\d\s?[人名个位组户家对]|[一二三四五六七八九十百两]\s?[人名位组户]|不限|people|places|families/iu.test(value))
    return undefined;
  const read = parseCapacity(value);
  return read.ok ? { count: read.capacity, unit: read.unit } : undefined;
}

const number = `(半|${small}|\\d{3})`;
const amount = `(?:(?:${number}\\s?个?(半)?(?:小时|钟头)|${number}\\s?分钟|(一刻钟|三刻钟))|${number}\\s?个?(天|日|周|星期|礼拜))`;
const shifted = new RegExp(
  `(?:(?<later>(?:往后|向后)(?:推迟|推|延|挪)|推迟|延后|延迟|顺延|推后|延期|(?<![今明当夜早])晚)|(?<sooner>(?:往前|向前)(?:提|推|挪)|提前|提早))了?\\s?${amount}(?!内|到|至|入|进|签|来|报|抵|集|候|取|告|通|提|前)(?:开始|举行|进行|上课)?`,
  'u',
);

/** How much later (or, with minus, earlier) a clause says that it is: 推迟半小时, 顺延一周, 提前一天. With what stands before and behind it. */
export function shiftIn(text: string): { readonly to: To; readonly before: string; readonly tail: string } | undefined {
  const found = shifted.exec(text);
  if (found?.groups === undefined) return undefined;
  const [words, , , hours, half, minutes, quarter, many, unit] = found;
  const sign = found.groups['sooner'] === undefined ? 1 : -1;
  const of = (written: string | undefined): number => (written === undefined ? 0 : written === '半' ? 0.5 : (readNumeral(written) ?? 0));
  const inMinutes =
    of(hours) * 60 + (half === undefined ? 0 : 30) + of(minutes) + (quarter === undefined ? 0 : quarter.startsWith('三') ? 45 : 15);
  const inDays = of(many) * (unit === '天' || unit === '日' ? 1 : 7);
  // 半天 is no length of time that anybody could count on.
  if ((inMinutes === 0 && inDays === 0) || !Number.isInteger(inDays) || !Number.isInteger(inMinutes)) return undefined;
  return {
    to: { type: 'shift', days: sign * inDays, minutes: sign * inMinutes, words: words.trim() },
    before: text.slice(0, found.index),
    tail: bareValue(text.slice(found.index + words.length)),
  };
}

const count = `(?<count>${small}|\\d{3})\\s?个?`;
const more = '(?<more>增加|扩大|扩|增|加|多)';
const fewer = '(?<fewer>减少|缩减|减|少)';
const by = [
  new RegExp(`(?:名额|人数|限额)(?:再|临时)?\\s?(?:${more}|${fewer})了?\\s?${count}(?:名额|[人名个位组户家])?$`, 'u'),
  new RegExp(`(?:再|临时)?(?:${more}|${fewer})了?\\s?(?:名额\\s?${count}[人名个位组户家]?|${small}\\s?个?名额)$`, 'u'),
];
const firstNumber = new RegExp(small, 'u');

/** By how many places a clause says that there are more or fewer: 名额增加5人, 增加5个名额. */
export function capacityByIn(text: string): { readonly by: number; readonly before: string } | undefined {
  const found = by.map((pattern) => pattern.exec(text)).find((one) => one !== null);
  if (found?.groups === undefined) return undefined;
  const many = readNumeral(found.groups['count'] ?? firstNumber.exec(found[0])?.[0] ?? '');
  if (many === undefined || many === 0) return undefined;
  return { by: found.groups['more'] === undefined ? -many : many, before: text.slice(0, found.index) };
}
