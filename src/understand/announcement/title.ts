import type { Span } from '../identifiers.js';
import { lengthOf } from '../normalize.js';
import type { Labelled } from './labels.js';
import { remains, trimmed, type Page, type Token } from './page.js';

const longest = 60;

const generic =
  /^(?:[【[(])?(?:活动|报名|招募|课程|最新|重要|社区|温馨|开课|新课|本周|好消息|修改|更正|更新|变更)*(?:预告|通知|公告|招募|报名|预报|速递|活动|提醒|消息|修改|更正|更新|变更|勘误|啦)(?:版|后)?[:!]?(?:[】\])])?$/u;
const greeting = /^(?:亲爱的|尊敬的|各位|大家|您好|你好|居民朋友|邻居们|家长们|@|hi|hello)|(?:们|好|朋友)$/iu;
const noise = /^(?:名额有限|先到先得|先报先得|接龙|欢迎|快来|速来|抓紧|免费参加)|^(?:好消息|重磅|号外|看过来|看这里|注意)+[!]*$/u;
// 书法班开课啦 calls people; the class is 书法班.
const call =
  /(?:正式)?(?:开课|开班|开讲|开营|开始(?:报名|招生|招募|接龙)?|报名|招生|招募|招新|回来|又来|来)(?:啦|咯|喽|了)[!~]*$|\sis\s(?:coming(?:\ssoon)?|here|back)[!]*$/iu;
// 【活动预告】, 【更正】 and 报名: before a title are none of it, and neither is what leads a sentence to it: 社区将举办….
const before =
  /^(?:【[^】]{0,10}(?:预告|通知|公告|招募|报名|活动)】|[【[(](?:修改|更正|更新|变更|勘误)(?:版|后|通知)?[】\])]|(?:报名|通知|预告|活动|更正|修改)\s?[:：])\s*|^[^\s,。]{0,10}?(?:将|拟|计划|我们|定于)(?:要|于)?(?:举办|举行|开展|组织|开设)(?:了|一[场次期节个])?/u;
const numeral = '[一二两三四五六七八九十\\d]{1,2}';
// What only counts or dates the sessions, or heads a time or a place, names nothing: 三个, 两场, 八月十五, 集合.
const dated = new RegExp(
  `^(?:${numeral}[个场次节期]|共?${numeral}[场次节]|(?:农历|阴历)?[正冬腊一二三四五六七八九十]{1,2}月初?[一二三四五六七八九十廿]{1,3}[日号]?|初[一二三四五六七八九十]|集合|出发|签到|入场|返回|解散|结束|开始|地点|时间|日期|名额|人数)[:：]?$`,
  'u',
);
// 片名:《长津湖》 says what is shown, not what the event is called.
const detail =
  /^[^\s:：]{0,6}(?:片名|剧目|曲目|书目|书名|教材|内容|嘉宾|导演|主演|片长|时长|奖品|路线|交通|装备|方式|要求|须知|提示|流程|对象|集合|出发|签到|费用|备注|说明)[:：]./u;
// 足球课两场:第一场 is 足球课.
const numbered = new RegExp(`[:：]\\s?第${numeral}[场次节期讲批][:：]?$`, 'u');
const counted = /(?<=.{2})(?<!第)[两二三四五六七八九十2-9]场[:：]?$/u;
const verb = /^(?:举办|举行|开展|组织|开设)(?:了|一[场次期节个])?/u;
const after = /(?:[于在定将为是到从的请和与及]|我们|计划|拟|欢迎|邀请|改到|改为|改成|推迟到|提前到)+$/u;

/** Finds the title among what is left, and takes it. Run after every other finder. */
export function findTitle(page: Page, labels: readonly Labelled[]): string | undefined {
  for (const { kind, label, value } of labels) {
    if (kind !== 'title') continue;
    const span = { from: value.from, to: page.freeUntil(value.from, /\n/, value.to) };
    const words = page.words(span);
    if (words === '' || lengthOf(words) > longest) continue;
    page.take({ from: label.from, to: span.to });
    return halfWidth(words);
  }
  return fromTokens(page, labels);
}

function fromTokens(page: Page, labels: readonly Labelled[]): string | undefined {
  const owned = (at: number): boolean => labels.some((labelled) => at >= labelled.label.from && at < ownedUntil(page, labelled));
  const tokens = page.tokens();
  const cores = tokens.map((token) => (owned(token.from) ? undefined : coreOf(page, token)));
  const first = cores.findIndex((core) => core !== undefined);
  const start = cores[first];
  if (start === undefined) return undefined;
  let last = first;
  while (tokens[last + 1]?.follows === true && cores[last + 1] !== undefined) last += 1;
  const words = page.words({ from: start.from, to: cores[last]?.to ?? start.to });
  if (words === '' || lengthOf(words) > longest) return undefined;
  page.take({ from: tokens[first]?.from ?? start.from, to: tokens[last]?.to ?? start.to });
  const named = words.replace(call, '').replace(numbered, '').replace(counted, '').trim();
  return halfWidth(lengthOf(named) < 2 ? words : named);
}

/** Letters and digits as everybody types them, so that the event is found by them; punctuation stays as it is written. */
const halfWidth = (words: string): string =>
  words.replace(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g, (letter) => letter.normalize('NFKC'));

/** What of a token may be (a part of) a title, without the ends of a sentence that lead to what was understood. Undefined: nothing. */
function coreOf(page: Page, { from, to }: Token): Span | undefined {
  const words = page.text.slice(from, to);
  const bare = trimmed(words);
  if (!/\p{L}/u.test(words) || remains.test(bare) || greeting.test(bare) || noise.test(bare) || generic.test(words)) return undefined;
  if (dated.test(bare) || detail.test(words)) return undefined;
  const followsTaken = from > 0 && !page.isFree(from - 1);
  if (followsTaken && words.startsWith('的')) return undefined;
  const lead = before.exec(words)?.[0] ?? (followsTaken ? (verb.exec(words)?.[0] ?? '') : '');
  const tail = to < page.text.length && !page.isFree(to) ? (after.exec(words)?.[0] ?? '') : '';
  const core = { from: from + lead.length, to: to - tail.length };
  const left = page.words(core);
  return lengthOf(left) < 2 || remains.test(left) ? undefined : core;
}

/** How far a label's value reaches for certain: of what is not a field, to its end; else only as far as it was understood. */
function ownedUntil(page: Page, { kind, label, value }: Labelled): number {
  if (kind === 'when' || kind === 'capacity' || kind === 'title') return label.to;
  if (kind === 'contact') return value.from + page.text.slice(value.from, value.to).search(/\s|$/);
  return value.to;
}
