import type { Clock, FoundClocks, PartOfDay } from './time.js';
import type { TimeRefusal } from './types.js';

/** Minutes after midnight of the day that is meant; an end past 1,440 is on the next day. */
export interface Minutes {
  readonly start: number;
  readonly end?: number;
  /** The words left morning or evening open. */
  readonly assumed: boolean;
}

const noon = 12;
const midnight = 24;

const inside = (hour: number, from: number, to: number): boolean => hour >= from && hour <= to;

/** The hour that a part of the day makes of a written hour; 24 and more lie after the midnight that ends the day. Undefined: they contradict. */
const hourIn: Record<PartOfDay, (hour: number) => number | undefined> = {
  am: (hour) => (hour === noon ? 0 : hour < noon ? hour : undefined),
  pm: (hour) => (hour === 0 || hour === midnight ? undefined : hour < noon ? hour + 12 : hour),
  dawn: (hour) => (hour <= 6 ? hour : hour === noon ? midnight : undefined),
  morning: (hour) => (hour <= noon ? hour : undefined),
  noon: (hour) => (inside(hour, 11, 14) ? hour : inside(hour, 1, 2) ? hour + 12 : undefined),
  afternoon: (hour) => (inside(hour, 1, 11) ? hour + 12 : inside(hour, noon, 23) ? hour : undefined),
  dusk: (hour) => (inside(hour, 4, 8) ? hour + 12 : inside(hour, 16, 20) ? hour : undefined),
  evening: (hour) => late(hour, 5),
  night: (hour) => late(hour, 8),
};

function late(hour: number, first: number): number | undefined {
  if (hour === 0 || hour === noon || hour === midnight) return midnight;
  if (inside(hour, first, 11)) return hour + 12;
  if (inside(hour, 17, 23)) return hour;
  return hour < 5 ? hour + midnight : undefined;
}

/** What people here mean by an hour alone: 1 to 6 the afternoon, 7 to 12 as it stands. */
const usual = (hour: number): number => (inside(hour, 1, 6) ? hour + 12 : hour);

const isOpen = ({ hour, digital, padded, part }: Clock): boolean => part === undefined && !padded && inside(hour, 1, digital ? 7 : 11);

const plain = (clock: Clock): number => (isOpen(clock) ? usual(clock.hour) : clock.hour);

const valid = ({ hour, minute }: Clock): boolean => minute <= 59 && (hour < midnight || (hour === midnight && minute === 0));

const at = (hour: number, clock: Clock): number => hour * 60 + clock.minute;

/** Hours that the end of a range may mean once its start is known, likeliest first. */
function endHours(end: Clock, startPart: PartOfDay): { readonly hour: number | undefined; readonly assumed: boolean }[] {
  if (end.hour > noon && end.hour <= midnight) return [{ hour: end.hour, assumed: false }];
  const same = { hour: hourIn[startPart](end.hour), assumed: false };
  const after = { hour: end.hour + 12, assumed: true };
  if (startPart === 'dawn') return [same, { hour: end.hour, assumed: false }];
  if (startPart === 'dusk') return [same, { ...after, assumed: false }];
  if (startPart === 'noon') return [same, ...(end.hour < 8 ? [after] : [])];
  if (startPart === 'morning' || startPart === 'am') return [same, ...(inside(end.hour, 1, 7) ? [after] : [])];
  return [same];
}

function range(start: Clock, end: Clock, nextDay: boolean): Minutes | TimeRefusal {
  const first = start.part === undefined ? undefined : hourIn[start.part](start.hour);
  if (start.part !== undefined && first === undefined) return 'contradiction';
  if (first !== undefined && first >= midnight) return 'ambiguous';

  if (nextDay) {
    const from = first ?? plain(start);
    const to = end.part === undefined ? end.hour : hourIn[end.part](end.hour);
    if (to === undefined) return 'contradiction';
    const last = at(to >= midnight ? to : to + midnight, end);
    return last - at(from, start) > midnight * 60 ? 'contradiction' : { start: at(from, start), end: last, assumed: isOpen(start) };
  }

  if (end.part !== undefined) {
    const to = hourIn[end.part](end.hour);
    if (to === undefined) return 'contradiction';
    const overnight = end.part === 'dawn' || (end.part === 'am' && to < 6);
    const froms = first !== undefined ? [first] : isOpen(start) ? startHours(start, end.part, overnight) : [start.hour];
    for (const from of froms) {
      if (at(from, start) < at(to, end)) return { start: at(from, start), end: at(to, end), assumed: false };
      if (overnight && from >= 18) return { start: at(from, start), end: at(to + midnight, end), assumed: false };
    }
    return 'endsBeforeStart';
  }

  if (start.part !== undefined && first !== undefined) {
    const found = endHours(end, start.part).find(({ hour }) => hour !== undefined && at(hour, end) > at(first, start));
    return found?.hour === undefined ? 'endsBeforeStart' : { start: at(first, start), end: at(found.hour, end), assumed: found.assumed };
  }

  const from = at(plain(start), start);
  const moved = isOpen(start) && plain(start) !== start.hour;
  const hours = [plain(end), ...(moved && !end.padded && end.hour < noon ? [end.hour + 12] : [])];
  const to = hours.map((hour) => at(hour, end)).find((minutes) => minutes > from);
  return to === undefined ? 'endsBeforeStart' : { start: from, end: to, assumed: isOpen(start) || isOpen(end) };
}

/** The start of 2点到下午4点: as late as the end allows. Into the small hours one comes from an evening. */
function startHours(start: Clock, endPart: PartOfDay, overnight: boolean): number[] {
  if (overnight && start.hour > 5) return [start.hour + 12];
  return [hourIn[endPart](start.hour), start.hour].filter((hour) => hour !== undefined);
}

/** What a written time or range means, before the day is known; or why it means nothing. */
export function resolveClocks({ start, end, nextDay }: Pick<FoundClocks, 'start' | 'end' | 'nextDay'>): Minutes | TimeRefusal {
  if (!valid(start) || (end !== undefined && !valid(end))) return 'noSuchTime';
  if (start.part === undefined && start.hour === midnight) return 'noSuchTime';
  if (end !== undefined) return range(start, end, nextDay);
  if (start.part === undefined) return { start: at(plain(start), start), assumed: isOpen(start) };
  const hour = hourIn[start.part](start.hour);
  if (hour === undefined) return 'contradiction';
  return hour >= midnight ? 'ambiguous' : { start: at(hour, start), assumed: false };
}
