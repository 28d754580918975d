import { readMoment, type Moment } from '../dates/moment.js';
import { matchAt } from '../dates/scan.js';
import { windowEnd } from '../signUpWindow.js';
import type { Span } from '../identifiers.js';
import type { Labelled } from './labels.js';
import type { Page } from './page.js';
import type { Note } from './types.js';

const fullPhrase = /(?:报|额|招|人|名额)满(?:为止|即止|截止)|报完(?:即|为)止|(?:open )?until (?:it is )?full|while places last/gi;
// Deadlines that count from the start name no moment of their own.
const fromStart =
  /(?:请)?(?:于|在)?(?:至少)?(?:(?:活动|上课|开课|课程)(?:开始|举办)?(?:之)?前|(?:开始|开课)前|提前)(?:[一二两三1-9](?:天|日|个?半?小时)|半天|半小时)(?:(?:的)?(?:晚上|上午|下午|中午)?\s?\d{1,2}(?::\d{2}|点半?))?\s?(?:截止报名|报名截止|截止|之?前报名|报名)|截止(?:报名)?(?:到|至|于)?(?:活动|上课|开课)(?:当天|开始前?|前一天)(?:的?(?:上午|下午|中午|晚上)?(?:\d{1,2}(?::\d{2}|点半?))?)|(?:sign up|register|rsvp)\s(?:at least\s)?(?:one|two|1|2) days? (?:before|in advance)/gi;
const lookBack = 24;
const until = /\s?(?:之前|以前|前(?![往来去面排台])|报名截止|截止报名|截止|止(?!步)|结束报名)(?:\s?报名)?/y;
const upTo =
  /(?:截止到?|截至|报名至|即日起至|报名截止(?:时间|日期)?|(?<![a-z])(?:sign up|register|registration closes|rsvp|deadline)\s?(?:by|before|on|is)?)\s?[:为是]?\s?$/i;

/** Whether the words before a place make what follows a deadline: 截至, sign up by. */
export const followsUpTo = (text: string, at: number): boolean => upTo.test(text.slice(Math.max(0, at - lookBack), at));
// 请于…前报名 belongs together.
const asking = /(?:请(?:各位|大家)?[于在]|于|报名)\s?$/;

/** The words of a deadline, once they are taken. */
export type DeadlineWords = Extract<Note, { readonly type: 'deadlineUnsupported' }>;

const leaveOut = (page: Page, span: Span): DeadlineWords => {
  page.take(span);
  return { type: 'deadlineUnsupported', text: page.words(span) };
};

// Only a word for it, or a colon, makes a stretch of days one for signing up: of 托管班报名 8月1日-8月15日 it is not sure.
const heading =
  /(?:网上|线上|微信|现场)?(?:报名|预约)(?:(?:时间|日期|期限|时段|通道)\s?(?:开放|开始)?\s?[:为是]?|(?:开放|开始)|\s?:)?\s?(?:从|自|[于在])?\s?(?=[\d今明后本下周]|[一二三四五六七八九十]{1,3}月)/g;
const told = /时间|日期|期限|时段|通道|开放|开始|:|从|自|于|在/;
const afterwards = /(?:接受|开放|开启|启动)?(?:网上|线上|集中)?(?:报名|预约)(?![截人费表方地电处点时日热名期])/g;
const longestWindow = 40;

/** Stretches in which one may sign up: 报名时间7月29日9:00起,8月5日截止, 7月29日至8月5日报名. */
function windowsIn(page: Page): Span[] {
  const { text } = page;
  const headed = [...text.matchAll(heading)].flatMap((match): Span[] => {
    const from = match.index + match[0].length;
    const end = told.test(match[0]) ? windowEnd(text, from) : undefined;
    return end?.sure === true ? [{ from: match.index, to: end.to }] : [];
  });
  const behind = [...text.matchAll(afterwards)].flatMap((match): Span[] => {
    for (let from = Math.max(0, match.index - longestWindow); from < match.index; from += 1) {
      if (!/[\d今明后本下周一二三四五六七八九十]/.test(text[from] ?? '') || /\d/.test(text[from - 1] ?? '')) continue;
      const end = windowEnd(text, from);
      const to = match.index + match[0].length;
      if (end?.sure === true && (end.to === match.index || end.to >= to)) return [{ from, to: Math.max(end.to, to) }];
    }
    return [];
  });
  return [...headed, ...behind].filter(
    (span, at, all) => page.isWhole(span) && !all.slice(0, at).some((one) => one.to > span.from && one.from < span.to),
  );
}

/** Takes what is labelled as a deadline, and phrases such as 报满为止. */
export function takeDeadlines(page: Page, labels: readonly Labelled[]): DeadlineWords[] {
  const labelled = labels
    .filter(({ kind }) => kind === 'deadline')
    .map(({ label, value }) => {
      const end = windowEnd(page.text, value.from)?.to;
      const whole = end === undefined ? value.from : end + (closesAt(page.text, end) ?? 0);
      // After a moment a space ends it: 报名截止:8月6日18:00 一楼.
      const stops = end === undefined ? /[\n,。;!]/ : /[\s,。;!]/;
      return leaveOut(page, { from: label.from, to: page.freeUntil(whole, stops, Math.max(whole, value.to)) });
    });
  const windows = windowsIn(page).map((span) => leaveOut(page, span));
  const phrases = [...page.text.matchAll(fullPhrase), ...page.text.matchAll(fromStart)]
    .map((match) => ({ from: match.index, to: match.index + match[0].length }))
    .filter((span) => page.isWhole(span))
    .map((span) => leaveOut(page, span));
  return [...labelled, ...windows, ...phrases];
}

const unsettled = /^(?:待定|另行通知|择日|不久|改天)$/;
const ofNext = /\s?(?:时间|日期)?\s?[:为是于到至在]?\s?/y;

/** How long the words are that make a deadline of what stands before a place; undefined where none are, or where they belong to what follows (8月10日 报名截止8.6). */
export function closesAt(text: string, at: number): number | undefined {
  const words = matchAt(until, text, at)?.[0];
  if (words === undefined) return undefined;
  const after = at + words.length;
  if (!/^\s/.test(words) || !/截止/.test(words)) return words.length;
  const next = readMoment(text, after + (matchAt(ofNext, text, after)?.[0].length ?? 0));
  return next === undefined ? words.length : undefined;
}

/** Takes a moment with the words that make a deadline of it (7月30日前, 截至7月30日); undefined where it is none. */
export function takeIfDeadline(page: Page, { from, to }: Moment): DeadlineWords | undefined {
  const suffix = closesAt(page.text, to);
  // 地点待定 报名截止8.6: what is not settled is no deadline.
  if (unsettled.test(page.text.slice(from, to))) return undefined;
  const before = page.text.slice(Math.max(0, from - lookBack), from);
  const prefix = upTo.exec(before)?.[0].length;
  if (suffix === undefined && prefix === undefined) return undefined;
  const start = prefix ?? asking.exec(before)?.[0].length ?? 0;
  return leaveOut(page, { from: from - start, to: to + (suffix ?? 0) });
}
