import { readClocks } from '../dates/clock.js';
import { readMoment, type Moment } from '../dates/moment.js';
import { resolveMoment } from '../dates/resolve.js';
import { matchAt } from '../dates/scan.js';
import type { FoundClocks } from '../dates/time.js';
import type { Context } from '../dates/types.js';
import type { Span } from '../identifiers.js';
import { closesAt, followsUpTo } from './deadlines.js';
import type { Page } from './page.js';
import type { Sure } from './settle.js';
import type { Note } from './types.js';

/** What happens at a time of the day: people arrive or meet, set out, begin, pause, end. */
type Role = 'arrive' | 'meet' | 'leave' | 'begin' | 'pause' | 'end';

const words: readonly (readonly [Role, string])[] = [
  ['arrive', '签到 入场 检票 报到 候场 到场 进场 入座 到齐 到达'],
  ['meet', '集合 碰头 会合'],
  ['leave', '出发 发车 启程 动身'],
  ['begin', '正式开始 开始 开课 上课 开讲 开场 开演 放映 开赛 开幕 开饭 开班'],
  ['pause', '茶歇 休息 午餐 用餐 就餐 午饭 合影 颁奖 抽奖 自由活动'],
  ['end', '结束 下课 放学 散场 返回 返程 回程 回到 回来 到家 解散 闭幕 收工 散会 回'],
];
const roleOf = new Map(words.flatMap(([role, list]) => list.split(' ').map((word) => [word, role] as const)));
const any = [...roleOf.keys()].toSorted((a, b) => b.length - a.length).join('|');
// Without one of these nothing says that times belong together, and no time need be looked for.
const telling = new RegExp(words.flatMap(([role, list]) => (role === 'begin' ? [] : list.split(' '))).join('|'));
const after = new RegExp(
  ` ?(?:左右|许)?(?:之?前)?(?:正式|准时|统一|全体|开始|在[^\\s,。;!?]{1,20}?|于[^\\s,。;!?]{1,20}?)?(${any})(?![名费表处点簿])(?<!回(?=[顾应忆收馈味族民]))`,
  'y',
);
const before = new RegExp(`(${any})(?:时间\\s?[:为是]?|\\s?:)\\s?$`);
const absorbed = new RegExp(`(${any})$`);
const named = /[\p{L}]/u;
const list = /^\s?[、和及与/]/;
/** More times than this make no day. */
const most = 8;
const mostMoments = 30;

interface Item {
  readonly moment: Moment;
  readonly clocks: FoundClocks;
  /** Of the time alone, without its day. */
  readonly time: Span;
  readonly role?: Role;
  /** The word that says what happens. */
  readonly word?: Span;
}

/** The times of one day that belong together: when it begins and ends, and what is left out. */
export interface Agenda {
  readonly sure: Sure;
  readonly notes: readonly Note[];
  /** What is read by this; the days beside it are not. */
  readonly spans: readonly Span[];
}

/** Reads several times of one day as one session: 9点签到,9点半开课,11点结束. Undefined where they are several sessions, or where nothing says what they are. */
export function findAgenda(page: Page, context: Context, mayBegin: (at: number) => boolean): Agenda | undefined {
  if (!telling.test(page.text)) return undefined;
  const items = itemsIn(page, mayBegin);
  const of = (...roles: (Role | undefined)[]): Item[] => items.filter(({ role }) => roles.includes(role));
  if (items.length < 2 || items.length > most || of('arrive', 'meet', 'leave', 'pause', 'end').length === 0) return undefined;
  // Times of several days are not those of one.
  if (items.filter(({ moment }) => moment.days.length > 0).length > 1) return undefined;
  if ((['arrive', 'meet', 'leave', 'begin'] as const).some((role) => of(role).length > 1)) return undefined;
  const ends = of('end');
  const open = of(undefined);
  const [begins] = of('begin');
  // 9:00破冰 10:00手工 11:00结束 is one programme; 9:00、14:00 are two sessions.
  const programme =
    ends.length > 0 && open.every(({ time }) => named.test(page.text[time.to] ?? '') && !list.test(page.text.slice(time.to)));
  if (open.length + (begins === undefined ? 0 : 1) > 1 && !programme) return undefined;
  const start = begins ?? open[0] ?? of('meet')[0] ?? of('leave')[0] ?? of('arrive')[0];
  const end = ends.at(-1);
  if (start === undefined || (end !== undefined && end.time.from < start.time.from && end.clocks.end !== undefined)) return undefined;
  const clocks = joined(start, start.clocks.end === undefined ? end : undefined, items[0]);
  const moment: Moment = { from: start.time.from, to: start.time.to, days: [], clocks, several: false, weak: false };
  const reading = resolveMoment(moment, context);
  if (!reading.ok || reading.start === undefined) return undefined;
  const used = [start, ...(start.clocks.end === undefined && end !== undefined ? [end] : [])];
  const left = items.filter((item) => !used.includes(item)).map((item) => page.words(whole(item)));
  return {
    sure: { moment, reading },
    notes: left.length === 0 ? [] : [{ type: 'timesLeftOut', text: left.join(' · ') }],
    spans: items.flatMap((item) => [item.time, ...(item.word === undefined ? [] : [used.includes(item) ? item.word : whole(item)])]),
  };
}

/** A time with the word that says what happens. */
const whole = ({ time, word }: Item): Span => ({
  from: Math.min(time.from, word?.from ?? time.from),
  to: Math.max(time.to, word?.to ?? time.to),
});

/** From one time to another; 2点半 after 下午2点 is in the afternoon too. */
function joined(start: Item, end: Item | undefined, first: Item | undefined): FoundClocks {
  const { clocks } = start;
  const part = first?.clocks.start.part;
  const carried =
    clocks.start.part === undefined && part !== undefined && first !== undefined && clocks.start.hour >= first.clocks.start.hour;
  const own = carried ? { ...clocks, start: { ...clocks.start, part } } : clocks;
  return end === undefined ? own : { ...own, end: end.clocks.start, approximate: own.approximate || end.clocks.approximate };
}

function itemsIn(page: Page, mayBegin: (at: number) => boolean): Item[] {
  const { text } = page;
  const items: Item[] = [];
  let many = 0;
  for (let at = 0; at < text.length && items.length <= most && many < mostMoments; at += 1) {
    const moment = mayBegin(at) ? readMoment(text, at) : undefined;
    if (moment === undefined || !page.isWhole(moment)) continue;
    at = Math.max(at, moment.to - 1);
    many += 1;
    const { clocks } = moment;
    if (clocks === undefined || followsUpTo(text, moment.from)) continue;
    const time = { from: startOf(text, moment, clocks), to: clocks.to };
    const item = { moment, clocks, time, ...roleAt(text, time) };
    if (item.role !== undefined || closesAt(text, moment.to) === undefined) items.push(item);
  }
  return items;
}

/** Where the time of a moment begins. */
function startOf(text: string, { from, to }: Moment, clocks: FoundClocks): number {
  for (let at = from; at < to; at += 1) {
    if (/\d/.test(text[at] ?? '') && /\d/.test(text[at - 1] ?? '')) continue;
    if (readClocks(text, at)?.to === clocks.to) return at;
  }
  return from;
}

/** What happens at a time, by the word after it, or by the one before it. */
function roleAt(text: string, { from, to }: Span): { readonly role?: Role; readonly word?: Span } {
  const found = matchAt(after, text, to);
  const behind = found?.[1];
  if (found !== undefined && behind !== undefined) {
    const role = roleOf.get(behind);
    const start = to + found[0].length - behind.length;
    return role === undefined ? {} : { role, word: { from: start, to: start + behind.length } };
  }
  const inside = absorbed.exec(text.slice(from, to))?.[1];
  const own = inside === undefined ? undefined : roleOf.get(inside);
  if (own !== undefined) return { role: own };
  const head = before.exec(text.slice(Math.max(0, from - 12), from));
  const role = head?.[1] === undefined ? undefined : roleOf.get(head[1]);
  return head === null || role === undefined ? {} : { role, word: { from: from - head[0].length, to: from } };
}
