import type { Moment } from '../dates/moment.js';
import { matchAt } from '../dates/scan.js';
import { readRun, type Piece, type Run } from '../schedule/pieces.js';
import { closesAt } from './deadlines.js';
import type { Page } from './page.js';

const arrival = /\s?(?:签到|入场|检票|集合)/y;

/** Whether what follows a time says that one only has to be there then. */
export const isArrival = (text: string, at: number): boolean => matchAt(arrival, text, at) !== undefined;

const isStrongDay = (piece: Piece): boolean => piece.kind === 'day' && !piece.weak && piece.day.kind !== 'weekday';

/** Whether a run says more than one day and one time: a moment is enough for those. */
function isRich(pieces: readonly Piece[]): boolean {
  const count = (wanted: Piece['kind']): number => pieces.filter(({ kind }) => kind === wanted).length;
  const weekdays = pieces.filter((piece) => piece.kind === 'day' && piece.day.kind === 'weekday').length;
  // 8月1日(周六) is one day, told twice.
  const days = Math.max(weekdays, count('day') - weekdays);
  return count('rule') > 0 || count('extent') > 0 || count('to') > 0 || count('since') > 0 || days > 1 || count('clocks') > 1;
}

/** Without what belongs to a deadline or says when to arrive, which follows the schedule in the same breath. */
function withoutTail(text: string, { from, to, pieces }: Run): Run | undefined {
  let kept = [...pieces];
  const last = (): Piece | undefined => kept.at(-1);
  const drop = (kind: Piece['kind']): void => {
    if (last()?.kind === kind) kept = kept.slice(0, -1);
  };
  if (isArrival(text, to) && kept.filter(({ kind }) => kind === 'clocks').length > 1) drop('clocks');
  else if (closesAt(text, to) !== undefined) {
    drop('clocks');
    drop('part');
    while (last()?.kind === 'day') kept = kept.slice(0, -1);
  } else if (kept.some(isStrongDay)) {
    // 8月1日10:00 3-6: what might be something else ends no schedule.
    for (let end = last(); end?.kind === 'day' && end.weak && /^\d{1,2}[-.]\d{1,2}$/.test(text.slice(end.from, end.to)); end = last())
      drop('day');
  }
  for (let end = last(); end?.kind === 'to' || end?.kind === 'or'; end = last()) kept = kept.slice(0, -1);
  const end = last();
  return end === undefined ? undefined : { from, to: kept.length === pieces.length ? to : end.to, pieces: kept };
}

const edge = /[\s\p{P}\p{S}]/u;

/** Whether a run can be no part of a name: 天天 in 天天向上夏令营 is none of the schedule. */
function isSure(page: Page, { from, to, pieces }: Run, labelled: boolean): boolean {
  if (labelled || pieces.some(({ kind }) => kind === 'clocks')) return true;
  if (pieces.filter(isStrongDay).length > 1) return true;
  const free = (at: number): boolean => at < 0 || at >= page.text.length || !page.isFree(at) || edge.test(page.text[at] ?? ' ');
  return free(from - 1) && free(to);
}

/** A part of a schedule that starts exactly at a place of a page and is more than a moment; undefined where there is none. */
export function richRunAt(page: Page, at: number, labelled: boolean): Run | undefined {
  const found = readRun(page.text, at);
  if (found === undefined || !isRich(found.pieces)) return undefined;
  const run = withoutTail(page.text, found);
  if (run === undefined || !isRich(run.pieces) || !page.isWhole(run) || !isSure(page, run, labelled)) return undefined;
  // Every session is named by what is strong in it: 6-8、9-12 alone are no days.
  const nothingSure = run.pieces.every((piece) => (piece.kind === 'day' && piece.weak) || piece.kind === 'to');
  return nothingSure && !labelled ? undefined : run;
}

/** The pieces of a single moment. */
export function piecesOf({ from, to, days, clocks, part }: Moment): Piece[] {
  const at = { from, to };
  return [
    ...days.map((day, index): Piece => ({ kind: 'day', day, weak: false, joined: index > 0, ...at })),
    ...(part === undefined ? [] : [{ kind: 'part' as const, part, joined: false, ...at }]),
    ...(clocks === undefined ? [] : [{ kind: 'clocks' as const, clocks, joined: false, ...at }]),
  ];
}
