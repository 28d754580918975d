import type { DateNote, DayRefusal, Refused, TextRefusal, TimeRefusal } from '../dates/types.js';

/** One meeting in wall time. An `end` that is not after `start` is on the next day. */
export interface ScheduledSession {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** `HH:MM`, 24 hours. */
  readonly start: string;
  readonly end?: string;
}

/** What a reader of a schedule added to the words or noticed in them. */
export type ScheduleNote =
  | Exclude<DateNote, { readonly type: 'yearAssumed' | 'rolledOver' | 'weekdayMismatch' | 'timeVague' | 'past' }>
  /** As in a single date, with the day that was taken. */
  | { readonly type: 'rolledOver'; readonly date: string; readonly days: number }
  | { readonly type: 'weekdayMismatch'; readonly date: string; readonly written: number; readonly actual: number }
  /** So many of the sessions lie before now. */
  | { readonly type: 'past'; readonly sessions: number }
  /** 法定节假日除外: which days these are is for staff to say; none was left out. */
  | { readonly type: 'holidaysExcluded'; readonly text: string }
  /** Every other week, and no first day was written: counted from `date`. */
  | { readonly type: 'startAssumed'; readonly date: string }
  /** Several days in a row with a weekend among them, and no word for which: all were taken. */
  | { readonly type: 'everyDayAssumed' }
  /** A day without a time took the time of the day before it in the text. */
  | { readonly type: 'timeCarried' }
  /** The number of sessions written is not that of the days written; the days were taken. */
  | { readonly type: 'countMismatch'; readonly written: number; readonly actual: number }
  /** The 31st is not in every month; those without were passed over. */
  | { readonly type: 'monthsSkipped' };

/**
 * Why words are no schedule. `noTime`: days without a clock time (工作日上午). `noDay`: times without a day. `endless`: a series without an end.
 * `nothingFits`: no day within the bounds. `tooMany`: over 200. `tooFar`: over 400 days.
 */
export type ScheduleRefusal =
  TextRefusal | DayRefusal | TimeRefusal | 'noTime' | 'noDay' | 'endless' | 'nothingFits' | 'tooMany' | 'tooFar';

/** All meetings of a text, in order. */
export interface Schedule {
  readonly ok: true;
  readonly sessions: readonly ScheduledSession[];
  /** By a rule or a range of days, not one by one. */
  readonly recurring: boolean;
  /** The words offer the sessions for a choice (8月1日或8月8日, 任选一场). */
  readonly alternatives: boolean;
  readonly notes: readonly ScheduleNote[];
}

/** A schedule, or why the text is none. */
export type ScheduleReading = Schedule | Refused<ScheduleRefusal>;
