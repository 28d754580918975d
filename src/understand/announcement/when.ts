import { readDay } from '../dates/days.js';
import { readMoment, type Moment } from '../dates/moment.js';
import { resolveMoment } from '../dates/resolve.js';
import type { Context } from '../dates/types.js';
import type { Run } from '../schedule/pieces.js';
import type { Span } from '../identifiers.js';
import { findAgenda } from './agenda.js';
import { followsUpTo, takeDeadlines, takeIfDeadline } from './deadlines.js';
import type { Labelled } from './labels.js';
import type { Page } from './page.js';
import { isArrival, richRunAt } from './runs.js';
import { fromRuns, settle, type Sure, type When } from './settle.js';
import type { Note } from './types.js';

// Only these can begin a moment: whatever else stands there is passed by quickly.
const first =
  /[\d零〇一二两三四五六七八九十廿卅今明后昨前大上本这当下早清晨中正午傍黄晚夜深半凌差过从自约每隔逢周星礼月年近最改几待另不择元春除正腊龙端七国劳妇儿青建教母父圣重冬工双共连为植护平清农阴旧第首开寒暑初a-z@]/i;
const glueBefore = /(?:\d[.:/-]?|[a-z])$/i;
/** Whoever names more moments than this writes no announcement; the rest is left over. */
const mostMoments = 30;
// Words after which, or before which, a short word for a time still stands alone.
const wordBefore = /[\s\p{P}\p{S}在于到为是定将就]/u;
const wordAfter = /[\s\p{P}\p{S}在于开举起前截止到]/u;

/** A stretch of a page that says when: a part of a schedule, or a moment. */
type Stretch = { readonly run: Run } | { readonly moment: Moment };

/** Finds deadlines and the sessions of the event, and takes them. */
export function findWhen(written: Page, labels: readonly Labelled[], context: Context): When {
  const deadlines = takeDeadlines(written, labels);
  const agenda = findAgenda(written, context, (at) => mayBegin(written, at));
  const page = agenda === undefined ? written : without(written, agenda.spans);
  const left: readonly Note[] = agenda?.notes ?? [];
  const sure: Sure[] = agenda === undefined ? [] : [agenda.sure];
  const perhaps: Sure[] = [];
  const festive: Sure[] = [];
  const unread: Note[] = [];
  const arrivals: Sure[] = [];
  const runs: Run[] = [];
  const isLabelled = (at: number): boolean => labels.some(({ kind, value }) => kind === 'when' && at >= value.from && at < value.to);

  for (const stretch of stretchesIn(page, isLabelled)) {
    if ('run' in stretch) {
      page.take(stretch.run);
      runs.push(stretch.run);
      continue;
    }
    const { moment } = stretch;
    const deadline = takeIfDeadline(page, moment);
    if (deadline !== undefined) {
      deadlines.push(deadline);
      continue;
    }
    const labelled = isLabelled(moment.from);
    const byFestival = moment.days.some(({ kind }) => kind === 'festival');
    const strength = labelled || byFestival ? 'sure' : strengthOf(page, moment);
    if (strength === 'none') continue;
    const reading = resolveMoment(moment, context);
    if (reading.ok && moment.days.length === 0 && isArrival(page.text, moment.to)) {
      arrivals.push({ moment, reading });
      continue;
    }
    if (reading.ok && byFestival && !labelled) {
      festive.push({ moment, reading });
      continue;
    }
    if (reading.ok) {
      if (strength === 'sure') page.take(moment);
      (strength === 'sure' ? sure : perhaps).push({ moment, reading });
      continue;
    }
    const recurring = moment.days.some(({ kind }) => kind === 'recurring');
    if (reading.reason === 'vague' && !recurring && !labelled && moment.clocks === undefined) continue;
    if (byFestival && !labelled) continue;
    unread.push({ type: 'unreadDate', reason: reading.reason, text: page.words(moment) });
    page.take(moment);
    // 周末上午10点 names no day but a time.
    const time = moment.clocks === undefined ? undefined : resolveMoment({ ...moment, days: [] }, context);
    if (time?.ok === true) sure.push({ moment: { ...moment, days: [] }, reading: time });
  }

  const texts = deadlines.map(({ text }) => text);
  if (runs.length > 0) {
    const planned = fromRuns(page, runs, sure, unread, context);
    return { ...planned, deadlines: texts, notes: [...deadlines, ...left, ...planned.notes] };
  }
  // 9:50签到 is when it starts only where nothing else says so.
  if (!sure.some(({ reading }) => reading.start !== undefined)) {
    for (const one of arrivals) page.take(one.moment);
    sure.push(...arrivals);
  }
  const hasDate = sure.some(({ reading }) => reading.date !== undefined);
  const hasTime = sure.some(({ reading }) => reading.start !== undefined);
  // 周六读书会 names the day where nothing else does, and so does 端午节; the words stay in the title.
  const byWeekday = hasTime ? perhaps.filter(({ reading }) => reading.date !== undefined) : [];
  const fallback = hasDate ? [] : [...festive, ...byWeekday].slice(0, 1);
  const when = settle(page, [...sure, ...fallback], unread, context);
  return { ...when, deadlines: texts, notes: [...deadlines, ...left, ...when.notes] };
}

/** A page without stretches that are read: a line ends where each was. */
function without(page: Page, spans: readonly Span[]): Page {
  for (const span of spans) page.take(span);
  const text = [...page.text.split('').keys()].map((at) => (spans.some(({ from, to }) => at >= from && at < to) ? '\n' : page.text[at]));
  return { ...page, text: text.join('') };
}

/** All stretches of a page that say when, from left to right, none inside another, inside what is taken or inside a quotation. */
function* stretchesIn(page: Page, isLabelled: (at: number) => boolean): Generator<Stretch> {
  const { text } = page;
  let at = 0;
  let many = 0;
  while (at < text.length && many < mostMoments) {
    const begins = mayBegin(page, at);
    const moment = begins ? readMoment(text, at) : undefined;
    const run = begins && !followsUpTo(text, at) ? richRunAt(page, at, isLabelled(at)) : undefined;
    // A festival is more often a part of the title than a day: its words stay, and what follows is read by itself.
    const festive =
      moment !== undefined &&
      !isLabelled(at) &&
      moment.days.some(({ kind }) => kind === 'festival') &&
      (moment.days.length > 1 || moment.clocks !== undefined);
    if (run !== undefined && !festive) {
      many += 1;
      yield { run };
      at = Math.max(run.to, at + 1);
      continue;
    }
    if (moment === undefined || (!festive && !page.isWhole(moment))) {
      at += 1;
      continue;
    }
    many += 1;
    const alone = festive ? readDay(text, at) : undefined;
    const found = alone === undefined ? moment : { from: at, to: alone.to, days: [alone.day], several: false, weak: false };
    yield { moment: found };
    at = Math.max(found.to, at + 1);
  }
}

function mayBegin(page: Page, at: number): boolean {
  const sign = page.text[at] ?? '';
  if (!page.isFree(at) || page.isQuoted(at) || !first.test(sign)) return false;
  const before = page.text.slice(Math.max(0, at - 3), at);
  if (/\d/.test(sign) && glueBefore.test(before)) return false;
  if (/[a-z]/i.test(sign) && /[a-z]/i.test(before.at(-1) ?? '')) return false;
  // 一周两次 is how often.
  return !(sign === '周' && /[一两几半]$/.test(before));
}

/**
 * How far the words around a moment let it be one. 8月1日10:00 is sure wherever it stands; 三点半 in 三点半课堂 is none, and 周六 in
 * 周六读书会 perhaps.
 */
function strengthOf(page: Page, { from, to, days, clocks, weak, several }: Moment): 'sure' | 'perhaps' | 'none' {
  const left = from === 0 || !page.isFree(from - 1) || wordBefore.test(page.text[from - 1] ?? ' ');
  const right = to >= page.text.length || !page.isFree(to) || wordAfter.test(page.text[to] ?? ' ');
  if (days.length > 0 && clocks !== undefined) return 'sure';
  // 6-12 alone is no day; 08-05 is.
  if (weak && /^\d{1,2}-\d{1,2}$/.test(page.text.slice(from, to)) && to - from < 5) return 'none';
  if (clocks !== undefined) {
    const clear = clocks.start.digital || clocks.start.part !== undefined || clocks.end !== undefined;
    return clear || (left && right) ? 'sure' : 'none';
  }
  if (days.some(({ kind }) => kind === 'calendar') && !weak) return 'sure';
  if (days.some(({ kind }) => kind === 'recurring') || several) return 'sure';
  if (left && right) return 'sure';
  return left && days.some(({ kind }) => kind === 'weekday' || kind === 'daysFromNow') ? 'perhaps' : 'none';
}
