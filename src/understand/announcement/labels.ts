import type { Span } from '../identifiers.js';
import type { Page } from './page.js';

/** What a label announces; `other` is known to be none of the fields. */
export type LabelKind =
  'title' | 'when' | 'deadline' | 'place' | 'capacity' | 'who' | 'bring' | 'teacher' | 'organisation' | 'contact' | 'other';

/** A labelled value: 地点:费家营社区. */
export interface Labelled {
  readonly kind: LabelKind;
  readonly label: Span;
  readonly value: Span;
}

const words: readonly (readonly [LabelKind, string])[] = [
  [
    'deadline',
    '报名截止时间 报名截止日期 报名截止 截止时间 截止日期 截止 报名时间 报名日期 registration_deadline sign-up_deadline deadline sign_up_by register_by rsvp_by',
  ],
  ['title', '活动主题 活动名称 课程名称 课程主题 主题 名称 标题 event title'],
  ['when', '活动时间 活动日期 上课时间 开课时间 课程时间 举办时间 开始时间 集合时间 时间 日期 date_and_time date_&_time when date time'],
  ['place', '活动地点 活动地址 上课地点 集合地点 举办地点 地点 地址 场地 📍 location where place venue address'],
  ['capacity', '活动名额 招募人数 招募名额 招收名额 活动人数 参加人数 名额 人数 限额 capacity places spots'],
  [
    'who',
    '活动对象 参加对象 参与对象 招募对象 招生对象 面向对象 面向人群 适合人群 适合对象 适合年龄 适龄 年龄要求 年龄 对象 age_group ages age who for',
  ],
  [
    'bring',
    '自带物品 携带物品 自备物品 物品准备 准备物品 所需物品 请自带 请携带 请自备 请带 请准备 需自带 需携带 需自备 需带 自备 自带 携带 what_to_bring please_bring bring',
  ],
  ['contact', '联系电话 咨询电话 报名电话 咨询热线 联系人 联系方式 报名方式 电话 热线 微信 负责人 contact phone tel wechat'],
  ['teacher', '授课老师 授课教师 授课讲师 任课老师 指导老师 主讲老师 主讲人 主讲 老师 讲师 instructor teacher'],
  ['organisation', '主办单位 主办方 主办 举办单位 organiser organizer organised_by organized_by host'],
  [
    'other',
    '费用 收费 活动内容 课程内容 内容 承办单位 协办单位 承办 协办 备注 注意事项 温馨提示 活动简介 简介 活动流程 流程 要求 说明 cost fee price about note notes',
  ],
];
const kindOf = new Map(words.flatMap(([kind, list]) => list.split(' ').map((word) => [word.replaceAll('_', ' '), kind] as const)));
const latin = /[a-z]/;
// A Latin label is a word of its own.
const whole = (word: string): string => (latin.test(word) ? `(?<![a-z])${word}` : word);
const anyOf = [...kindOf.keys()]
  .toSorted((a, b) => b.length - a.length)
  .map(whole)
  .join('|');
const wordsOf = (...kinds: LabelKind[]): string =>
  [...kindOf]
    .filter(([word, kind]) => kinds.includes(kind) && !latin.test(word))
    .map(([word]) => word)
    .toSorted((a, b) => b.length - a.length)
    .join('|');

// A label is followed by a colon or stands in 【】; some are clear without, at the start of a word.
const label = new RegExp(
  `(?:【\\s?(${anyOf})\\s?】\\s?:?|(${anyOf})\\s?[:|]|(📍)|(?<![^\\s,。;!|])(?:(${wordsOf('when', 'place', 'who')})(?=\\s)|(活动时间|时间|日期)(?=\\d|[一二三四五六七八九十]{1,2}月|本?周|星期|[今明后]天|[上下]午)|(活动地点|集合地点|地点|地址)(?![\\s:为是])))`,
  'giu',
);

/** The labelled values of a page, in order. A value ends at the next label or with its line; one that is empty goes on in the next line. */
export function labelsIn({ text }: Page): Labelled[] {
  const matches = [...text.matchAll(label)];
  return matches.map((match, index) => {
    const end = match.index + match[0].length;
    const next = matches[index + 1]?.index ?? text.length;
    const from = end + (/^\s*/.exec(text.slice(end, next))?.[0].length ?? 0);
    const line = text.indexOf('\n', from);
    const word = match.slice(1).find((group) => group !== undefined) ?? '';
    return {
      kind: kindOf.get(word.toLowerCase()) ?? 'other',
      label: { from: match.index, to: end },
      value: { from, to: line === -1 ? next : Math.max(from, Math.min(line, next)) },
    };
  });
}
