import type { Request } from '../../../command/index.js';
import { isOver, type EventView } from '../../../programme/index.js';
import { meetingsMeant, readNotice, type About, type Notice } from '../../../understand/index.js';
import { fold, namedBest } from '../words/search.js';

type Here = Pick<Request, 'now' | 'who'>;

/** Where and when a notice is read. */
export const contextOf = ({ now, who }: Here) => ({ now, timeZone: who.timeZone });

/** What a notice of change says, as the announcement of an event of its own would: for whoever wants a new one all the same. */
export function asAnnouncement(text: string, here: Here): string {
  const { title, to, place, capacity, renamed, said, rest } = readNotice(text, contextOf(here));
  const count = capacity?.count;
  return [
    renamed ?? title,
    ...(to !== undefined && 'words' in to ? [to.words] : []),
    ...(place === undefined ? [] : [`地点：${place}`]),
    ...(typeof count === 'number' ? [`名额：${count}`] : []),
    ...said,
    ...rest,
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/** Whether an event can still be otherwise: also while it takes place, and while its new date is open. */
export const canChange = (event: EventView, now: number): boolean =>
  ['published', 'closed', 'postponed'].includes(event.status) && !isOver(event, now);

// 今天的课, 本次活动: said of any event.
const anybodys =
  /活动|课程|上课|[本这那该此]次|[本这那]节|[本这那]周|今天|我们|社区|原定于?|原计划|因故|临时|现将?|由于|因为?|通知|一次|的|于|由|从|课|将|在|\s|\p{P}/gu;

/** The words that name an event, without those that any event may be called by; empty where none is named. */
export const nameOf = (title: string): string => title.replace(anybodys, '');

/**
 * The events that a notice can mean: those of the name in it, or whose names share most with it, or all where it names none; of these the
 * ones with a meeting on the old day or at the old time, where it names one that any of them has.
 */
export function meantBy(
  events: readonly EventView[],
  { title, about }: Pick<Notice, 'title'> & { readonly about: About },
  here: Here,
): readonly EventView[] {
  const called = events.filter((event) => fold(event.title) === fold(title));
  // 课 and 班 stay in the name that is compared: 美术课 is no 美术班.
  const named = called.length > 0 ? called : nameOf(title) === '' ? events : namedBest(title.replace(/\s/gu, ''), events);
  const there = named.filter(({ title: of, sessions }) => meetingsMeant(about, sessions, of, contextOf(here)).length > 0);
  return there.length > 0 ? there : named;
}
