import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { custom, text, type Translate } from '../../../dialog/index.js';
import type { SessionFields } from '../../../programme/index.js';
import { looksLikeIdNumber, looksLikePhone, parseTimeRange, readFullName } from '../../../understand/index.js';
import { instantOf, wallOf } from '../words/wall.js';

/** What a reader noticed in a text: its name, and beside it values for the words in which staff are told. */
interface Noticed {
  readonly type: string;
}

// That a year or a morning was assumed, or that families are counted, shows in the value itself; only what may surprise is said.
const unsaid = new Set(['yearAssumed', 'meridiemAssumed', 'families']);

/** What staff should look at twice, in words (locales, `event.notes.*`). */
export const remarksOf = (notes: readonly Noticed[], t: Translate): string[] =>
  notes.filter(({ type }) => !unsaid.has(type)).map(({ type, ...values }) => t(`event.notes.${type}`, inWords(type, values, t)));

/** Weekdays come as numbers, 1 for Monday; other numbers are what they are. */
const inWords = (type: string, values: object, t: Translate) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, type === 'weekdayMismatch' ? t(`event.weekdays.${value}`) : String(value)]),
  );

/** From when to when, "HH:MM" on the wall of the community. */
export const timeField = custom({
  schema: z.object({ start: z.string(), end: z.string().nullable() }),
  reasons: ['unreadable', 'several', 'ambiguous', 'contradiction', 'noSuchTime', 'endsBeforeStart'],
  read: (written, { t }) => {
    const parsed = parseTimeRange(written);
    if (!parsed.ok) return parsed;
    return { ok: true, value: { start: parsed.start, end: parsed.end ?? null }, note: remarksOf(parsed.notes, t).join('\n') };
  },
  show: ({ start, end }) => (end === null ? start : `${start}–${end}`),
});

/** A written field that everybody in the group will read: no markup, and no number by which somebody can be reached or known. */
export const publicText = (max: number) =>
  text({
    max,
    reasons: ['markup', 'phone', 'idNumber'],
    check: whyNotPublic,
  });

/** Why something written must not stand where everybody can read it; null where it may. */
export function whyNotPublic(written: string): 'markup' | 'idNumber' | 'phone' | null {
  if (/<[a-z/!][^>]*>?/iu.test(written)) return 'markup';
  if (looksLikeIdNumber(written)) return 'idNumber';
  return looksLikePhone(written) ? 'phone' : null;
}

/** Why something is so, as families read it. A number or a mere yes is none: it was meant for another question. */
export const reasonText = (max: number) =>
  text({
    max,
    reasons: ['markup', 'phone', 'idNumber', 'noReason'],
    check: (written) =>
      whyNotPublic(written) ??
      (/^[\p{N}\p{P}\s]*$|^(?:好的?|是的?|对|行|可以|嗯|确认.{0,4}|取消|ok|yes|no|不|没有)[。.!！]?$/iu.test(written) ? 'noReason' : null),
  });

/** Somebody's name. ID and phone numbers are refused, and so are digits: a birth date says that somebody else is meant. */
export const nameField = () =>
  custom({
    schema: z.string(),
    reasons: ['empty', 'idNumber', 'phone', 'notAName', 'digits', 'tooLong'],
    numbersAreAnswers: false,
    read: (written) => {
      const read = readFullName(written);
      return read.ok ? { ok: true, value: read.name } : read;
    },
    show: (name) => name,
  });

/** Where. */
export const placeField = publicText(100);

/** A year beyond this many days is a slip of the pen. */
export const farthestDays = 400;

/** A session without an end is taken to last this long when it must be known whether it is over. */
const assumedHours = 2;

/** A day and a range of the clock as wall times and instants. An end that is not after the start is on the next day. */
export function sessionFields(parts: { date: string; start: string; end: string | null; place: string; timeZone: string }): SessionFields {
  const { date: on, start, end, place, timeZone } = parts;
  const starts = Temporal.PlainDateTime.from(`${on}T${start}`);
  const given = end === null ? null : Temporal.PlainDateTime.from(`${on}T${end}`);
  const ends = given === null ? null : Temporal.PlainDateTime.compare(given, starts) > 0 ? given : given.add({ days: 1 });
  return {
    startsWall: wall(starts),
    endsWall: ends === null ? null : wall(ends),
    startsAt: instantOf(wall(starts), timeZone),
    endsAt: instantOf(wall(ends ?? starts.add({ hours: assumedHours })), timeZone),
    place,
  };
}

/** Whether the clocks show the start at all that day: summer time skips an hour in some zones. */
export const timeIsThere = ({ startsAt, startsWall }: SessionFields, timeZone: string): boolean =>
  wallOf(startsAt, timeZone) === startsWall;

const wall = (at: Temporal.PlainDateTime): string => at.toString({ smallestUnit: 'minute' });
