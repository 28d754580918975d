import { Temporal } from 'temporal-polyfill';
import type { Locale } from './locales.js';

/** A wall time "YYYY-MM-DDTHH:MM" as a day that people recognise: `8月1日(周六)`, `Sat 1 August`. The year stands there only when it is not the year of `now` (ms) in `timeZone`. */
export function day(wall: string, locale: Locale, now: number, timeZone: string): string {
  const date = Temporal.PlainDate.from(wall.slice(0, 10));
  const thisYear = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).year === date.year;
  if (locale === 'zh-CN') {
    const weekday = '一二三四五六日'[date.dayOfWeek - 1];
    return `${thisYear ? '' : `${date.year}年`}${date.month}月${date.day}日(周${weekday})`;
  }
  // Put together here: versions of Node differ in the comma.
  const named = `${date.toLocaleString('en-GB', { weekday: 'short' })} ${date.day} ${date.toLocaleString('en-GB', { month: 'long' })}`;
  return thisYear ? named : `${named} ${date.year}`;
}

/** An instant (ms) as people read it in a zone: `8月1日 10:32`, `1 August 10:32`; the year stands there only when it is not this year. */
export function instant(at: number, locale: Locale, now: number, timeZone: string): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  const thisYear = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).year === zoned.year;
  const time = zoned.toPlainTime().toString({ smallestUnit: 'minute' });
  return `${thisYear ? monthDay(zoned, locale) : date(at, locale, timeZone)} ${time}`;
}

/** The day of an instant (ms) in a zone, with its year: `2029年7月28日`, `28 July 2029`. */
export function date(at: number, locale: Locale, timeZone: string): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  return locale === 'zh-CN' ? `${zoned.year}年${monthDay(zoned, locale)}` : `${monthDay(zoned, locale)} ${zoned.year}`;
}

const monthDay = (zoned: Temporal.ZonedDateTime, locale: Locale): string =>
  locale === 'zh-CN' ? `${zoned.month}月${zoned.day}日` : `${zoned.day} ${zoned.toPlainDate().toLocaleString('en-GB', { month: 'long' })}`;

/** Two wall times as a range of the clock: `10:00–11:30`, or `10:00` where no end is known. An end on another day names it. */
export function clock(startsWall: string, endsWall: string | null, locale: Locale, now: number, timeZone: string): string {
  const start = startsWall.slice(11, 16);
  if (endsWall === null) return start;
  const end = endsWall.slice(11, 16);
  return endsWall.slice(0, 10) === startsWall.slice(0, 10)
    ? `${start}–${end}`
    : `${start} – ${day(endsWall, locale, now, timeZone)} ${end}`;
}

/** Names in a row: `王小明、王小红`, `Ann, Bo and Cy`. */
export function list(items: readonly string[], locale: Locale): string {
  return locale === 'zh-CN' ? items.join('、') : new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(items);
}
