import type { Moment } from '../dates/moment.js';
import { matchAt } from '../dates/scan.js';
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

/** Takes what is labelled as a deadline, and phrases such as 报满为止. */
export function takeDeadlines(page: Page, labels: readonly Labelled[]): DeadlineWords[] {
  const labelled = labels
    .filter(({ kind }) => kind === 'deadline')
    .map(({ label, value }) => leaveOut(page, { from: label.from, to: page.freeUntil(value.from, /[\n,。;!]/, value.to) }));
  const phrases = [...page.text.matchAll(fullPhrase), ...page.text.matchAll(fromStart)]
    .map((match) => ({ from: match.index, to: match.index + match[0].length }))
    .filter((span) => page.isWhole(span))
    .map((span) => leaveOut(page, span));
  return [...labelled, ...phrases];
}

/** Takes a moment with the words that make a deadline of it (7月30日前, 截至7月30日); undefined where it is none. */
export function takeIfDeadline(page: Page, { from, to }: Moment): DeadlineWords | undefined {
  const suffix = matchAt(until, page.text, to)?.[0].length;
  const before = page.text.slice(Math.max(0, from - lookBack), from);
  const prefix = upTo.exec(before)?.[0].length;
  if (suffix === undefined && prefix === undefined) return undefined;
  const start = prefix ?? asking.exec(before)?.[0].length ?? 0;
  return leaveOut(page, { from: from - start, to: to + (suffix ?? 0) });
}
