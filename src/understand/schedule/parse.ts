import { normalize } from '../normalize.js';
import { refuse, type Context } from '../dates/types.js';
import { assemble } from './assemble.js';
import { afterFiller, readRun, type Piece } from './pieces.js';
import type { ScheduleReading } from './types.js';

/** The longest schedule that is looked at, in UTF-16 code units. */
const longest = 500;

const label = /^(?:活动|上课|课程)?(?:时间|日期|安排)\s?[:是为]?\s?|^(?:改到|改成|改为|定在|就)\s?/;
const tail = /[。.!,;~\s)]+$/;

/** Reads a text that is nothing but a schedule. Undefined: other words stand in it. */
function wholeRun(text: string): readonly Piece[] | undefined {
  const pieces: Piece[] = [];
  let at = afterFiller(text, 0);
  while (at < text.length) {
    const run = readRun(text, at);
    if (run === undefined || run.to === at) return undefined;
    pieces.push(...run.pieces);
    at = afterFiller(text, run.to);
  }
  return pieces;
}

/**
 * Reads one or several meetings, one by one or by a rule: `8月1日上午9:00-10:30、8月3日下午2点`, `每周三晚7点 共8次`, `7月15日到8月2日 工作日上午9点到11点`,
 * `每月第一个周六上午9点 共6次`, `every Wed 7pm for 8 weeks`. The whole text must be understood; a series must have an end.
 * @example parseSchedule('每周三晚7点 共8次', { now, timeZone: 'Asia/Shanghai' })
 */
export function parseSchedule(text: string, context: Context): ScheduleReading {
  if (text.length > longest) return refuse('unreadable');
  const field = normalize(text).replace(tail, '').replace(label, '');
  const pieces = field === '' ? undefined : wholeRun(field);
  return pieces === undefined ? refuse('unreadable') : assemble(pieces, context);
}
