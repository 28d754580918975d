import { readClocks, readPart } from './clock.js';
import type { FoundClocks, PartOfDay } from './time.js';
import type { Day } from './day.js';
import { readDay } from './days.js';
import { matchAt } from './scan.js';

/** Words in a text that belong together and name one day, one time or both; not yet what they mean. */
export interface Moment {
  readonly from: number;
  readonly to: number;
  /** Ways of naming the day: at most one of each kind. Empty where only a time is written. */
  readonly days: readonly Day[];
  readonly clocks?: FoundClocks;
  /** A part of the day without an hour. */
  readonly part?: PartOfDay;
  /** More days follow in the same breath. */
  readonly several: boolean;
  /** Nothing but one weak word: might be something else. */
  readonly weak: boolean;
}

// The newline is not among them: a line ends a moment.
const filler = /(?:[ ,()的]|T(?=\d)|于|在(?=[早上中下晚\d])|\bon\s|\bin the\s(?=morning|afternoon|evening)){1,4}/y;
const weekRest = /(?:当天|那天)/y;

/** Only one of each group may name the day; two of one group are two moments. */
const groupOf: Record<Day['kind'], string> = {
  calendar: 'calendar',
  dayOfMonth: 'calendar',
  daysFromNow: 'relative',
  monthsFromNow: 'relative',
  weekday: 'weekday',
  nthWeekday: 'calendar',
  lastDay: 'calendar',
  lunar: 'calendar',
  festival: 'festival',
  vague: 'unclear',
  recurring: 'unclear',
};

/**
 * The longest moment that starts exactly at a place of a folded text: `8月1日(周六)10:00-11:30`, `今晚8点`, `周五`. Day and time in either order.
 * @param options `dots`: 10.30 is a time here, not a day.
 */
export function readMoment(text: string, from: number, options: { readonly dots?: boolean } = {}): Moment | undefined {
  const days = new Map<string, Day>();
  let clocks: FoundClocks | undefined;
  let part: PartOfDay | undefined;
  let several = false;
  let weak = false;
  let pieces = 0;
  let to = from;
  let next = from;

  while (!several) {
    const time = clocks === undefined ? readClocks(text, next, options) : undefined;
    const found = time === undefined ? readDay(text, next) : undefined;
    const alone =
      time === undefined && found === undefined && part === undefined && clocks === undefined ? readPart(text, next) : undefined;
    if (time !== undefined) {
      clocks = time;
      to = time.to;
    } else if (
      found !== undefined &&
      !days.has(groupOf[found.day.kind]) &&
      !(days.size > 0 && clocks !== undefined && found.weak === true)
    ) {
      days.set(groupOf[found.day.kind], found.day);
      several = found.several === true;
      weak = pieces === 0 && found.weak === true;
      to = found.to + (matchAt(weekRest, text, found.to)?.[0].length ?? 0);
    } else if (alone !== undefined && (!alone.short || days.size > 0)) {
      part = alone.part;
      to = alone.to;
    } else {
      break;
    }
    pieces += 1;
    next = to + (matchAt(filler, text, to)?.[0].length ?? 0);
  }
  if (pieces === 0) return undefined;
  if (text[to] === ')' && opened(text, from, to)) to += 1;
  return {
    from,
    to,
    days: [...days.values()],
    several,
    weak: weak && pieces === 1,
    ...(clocks === undefined ? {} : { clocks }),
    ...(part === undefined ? {} : { part }),
  };
}

/** Whether a bracket is open at the end of a stretch. */
function opened(text: string, from: number, to: number): boolean {
  const words = text.slice(from, to);
  return words.lastIndexOf('(') > words.lastIndexOf(')');
}
