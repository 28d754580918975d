import type { Clock, FoundClocks, PartOfDay } from './time.js';
import { englishNumber, englishSmall } from './englishDays.js';
import { matchAt } from './scan.js';

const wordStart = '(?<![a-z\\d])';
const half = '([ap])\\.?\\s?m\\.?(?![a-z])';
const opening = new RegExp(`${wordStart}(?:(?:at|from|between|starting at|starts at)\\s|@\\s?|(about|around)\\s)`, 'iy');
const numeric = new RegExp(`${wordStart}(\\d{1,2})(?:[:.](\\d{2}))?(?![\\d:.])\\s?(?:${half}|(o'clock)|(?=\\s?$))`, 'iy');
const oclock = new RegExp(`${wordStart}(${englishSmall})\\s?o[’']?\\s?clock(?:\\s(?:sharp))?`, 'iy');
// 3 to 5 is a range, and so may five to seven be: only a quarter, or minutes by name, count back from the hour.
const past = new RegExp(
  `${wordStart}(?:(half|quarter|(?:five|ten|twenty|\\d{1,2})(?:\\sminutes)?)\\s(past|after)|(quarter|(?:five|ten|twenty|\\d{1,2})\\sminutes)\\s(to|before))\\s(${englishSmall})(?![a-z:])(?:\\s?${half})?`,
  'iy',
);
const midday = new RegExp(`${wordStart}(?:12\\s)?(noon|midday|midnight)(?![a-z])`, 'iy');
const word = new RegExp(`(${englishSmall})(?:[:.](\\d{2}))?(?![\\d:a-z]|\\.\\d)`, 'iy');
const separator = /\s?(?:[-~]{1,3}|(?:to|until|till?)\s)\s?/iy;
const and = /\sand\s/iy;
// 6 to 12 years are no hours.
const unlike =
  /^\s?(?:[点时月日号岁人名:]|years|yrs|year|kids|child|people|persons|places|spots|seats|famil|adults|participants|weeks|days|months)/i;
const clearly = /clock|past|after|quarter|half|before/i;
const partAfter = /\s(?:in\sthe\s(morning|afternoon|evening)|at\s(night))(?![a-z])/iy;
const sharp = /\s(?:sharp|onwards?)(?![a-z])/iy;

const parts = new Map<string, PartOfDay>([
  ['morning', 'morning'],
  ['afternoon', 'afternoon'],
  ['evening', 'evening'],
  ['night', 'evening'],
]);
// The second half of tonight, whose first names the day.
const partWord = new RegExp(`(?:${wordStart}|(?<=(?<![a-z])to))(morning|afternoon|evening|night)(?![a-z])`, 'iy');

/** An English word for a part of the day at a place. */
export function englishPart(text: string, at: number): { readonly part: PartOfDay; readonly to: number } | undefined {
  const found = matchAt(partWord, text, at);
  const part = parts.get(found?.[1]?.toLowerCase() ?? '');
  return found === undefined || part === undefined ? undefined : { part, to: at + found[0].length };
}

interface Found {
  readonly clock: Clock;
  readonly to: number;
}

const meridiem = (sign: string | undefined): { readonly part?: PartOfDay } =>
  sign === undefined ? {} : { part: /a/i.test(sign) ? 'am' : 'pm' };

function pastHour(text: string, at: number): Found | undefined {
  const found = matchAt(past, text, at);
  if (found === undefined) return undefined;
  const [all, since, , until, direction = '', hourWord, sign] = found;
  const many = since ?? until ?? '';
  const counted = many.replace(/\sminutes$/i, '').toLowerCase();
  const minutes = counted === 'half' ? 30 : counted === 'quarter' ? 15 : counted === 'twenty' ? 20 : englishNumber(counted);
  const hour = englishNumber(hourWord);
  if (minutes === undefined || hour === undefined || minutes < 1 || minutes > 59) return undefined;
  const before = /^(?:to|before)$/i.test(direction);
  if (before && hour < 1) return undefined;
  const clock = before ? { hour: hour - 1, minute: 60 - minutes } : { hour, minute: minutes };
  return { clock: { ...clock, digital: false, padded: false, ...meridiem(sign) }, to: at + all.length };
}

/** One time. `open`: a bare number counts (at 7, the 10 of 10-11:30am). */
function readOne(text: string, at: number, open: boolean): Found | undefined {
  const middle = matchAt(midday, text, at);
  if (middle !== undefined) {
    const part = /midnight/i.test(middle[0]) ? 'night' : 'noon';
    return { clock: { hour: 12, minute: 0, part, digital: false, padded: false }, to: at + middle[0].length };
  }
  const spoken = pastHour(text, at);
  if (spoken !== undefined) return withPartAfter(spoken, text);
  const full = matchAt(oclock, text, at);
  const hour = englishNumber(full?.[1]);
  if (full !== undefined && hour !== undefined)
    return withPartAfter({ clock: { hour, minute: 0, digital: false, padded: false }, to: at + full[0].length }, text);
  const digits = matchAt(numeric, text, at);
  if (digits?.[3] !== undefined) {
    const clock = { hour: Number(digits[1]), minute: Number(digits[2] ?? 0), digital: true, padded: false, ...meridiem(digits[3]) };
    return { clock, to: at + digits[0].length };
  }
  const bare = matchAt(word, text, at);
  const value = englishNumber(bare?.[1]);
  if (bare === undefined || value === undefined) return undefined;
  const found = withPartAfter(
    {
      clock: { hour: value, minute: Number(bare[2] ?? 0), digital: bare[2] !== undefined, padded: /^0\d/.test(bare[0]) },
      to: at + bare[0].length,
    },
    text,
  );
  return open || found.clock.part !== undefined ? found : undefined;
}

function withPartAfter(found: Found, text: string): Found {
  const after = matchAt(partAfter, text, found.to);
  const part = parts.get((after?.[1] ?? after?.[2] ?? '').toLowerCase());
  return after === undefined || part === undefined ? found : { clock: { ...found.clock, part }, to: found.to + after[0].length };
}

/**
 * The time or range that English words name exactly at a place: `7pm`, `10am-11:30am`, `10-11:30am`, `half past seven`, `noon`, `at 7`,
 * `3 in the afternoon`. Undefined for times that are written the same in Chinese (14:30).
 */
export function englishClocks(text: string, at: number): FoundClocks | undefined {
  if (!/[a-z\d@]/i.test(text[at] ?? '')) return undefined;
  const prefix = matchAt(opening, text, at);
  const from = at + (prefix?.[0].length ?? 0);
  const first = readOne(text, from, true);
  if (first === undefined) return undefined;
  const gap = matchAt(/between/i.test(prefix?.[0] ?? '') ? and : separator, text, first.to);
  const next = first.to + (gap?.[0].length ?? 0);
  // An hour alone ends a range only where the start is surely one: 2pm to 4.
  const second = gap === undefined ? undefined : readOne(text, next, prefix !== undefined || first.clock.part !== undefined);
  const clear =
    prefix !== undefined ||
    isClear(first, text.slice(from, first.to)) ||
    (second !== undefined && isClear(second, text.slice(next, second.to)));
  if (!clear || unlike.test(text.slice((second ?? first).to, (second ?? first).to + 14))) return undefined;
  const end = second?.to ?? first.to;
  return {
    start: first.clock,
    ...(second === undefined ? {} : { end: second.clock }),
    nextDay: false,
    approximate: prefix?.[1] !== undefined,
    to: end + (matchAt(sharp, text, end)?.[0].length ?? 0),
  };
}

/** Whether the words of one time are those of a time by themselves: more than digits. */
const isClear = ({ clock }: Found, words: string): boolean => clock.part !== undefined || clearly.test(words);
