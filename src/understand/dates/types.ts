/** Where and when a text was written: what 明天 and 8月1日 mean depends on it. */
export interface Context {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** IANA name. An unknown one is a fault and throws. */
  readonly timeZone: string;
}

/** What a reader of a date added to the words or noticed in them. Whoever shows the result shows these, or asks. The rest of each note are values for its text. */
export type DateNote =
  /** No year was written. Worth telling only together with `rolledOver`. */
  | { readonly type: 'yearAssumed'; readonly year: number }
  /** The next such day is past in the week, month or year that the words name first, so the one after it was taken, `days` from today. */
  | { readonly type: 'rolledOver'; readonly days: number }
  /** The day written is not the weekday written (1 Monday … 7 Sunday). The day was taken. */
  | { readonly type: 'weekdayMismatch'; readonly written: number; readonly actual: number }
  /** Two ways of naming the day disagree (下周六 8月1日). The calendar day was taken; `also` is the other. */
  | { readonly type: 'dayMismatch'; readonly also: string }
  /** "next Wed", written before Wednesday: next week's was taken, `also` is the coming one. */
  | { readonly type: 'nextUnclear'; readonly also: string }
  /** Morning or evening was not written. */
  | { readonly type: 'meridiemAssumed' }
  /** `end` is on the day after `date`. */
  | { readonly type: 'endsNextDay' }
  /** Only a part of the day was written (明天下午): there is no `start`. */
  | { readonly type: 'timeVague' }
  /** 左右, 大约. */
  | { readonly type: 'approximate' }
  /** The moment lies before now. */
  | { readonly type: 'past' }
  /** The clock shows this time twice that day (end of summer time); the first is meant unless told. */
  | { readonly type: 'timeTwice' };

/** Why words name no day: 月底, 小年 (whose day differs between regions), 每周六, 2月30日. */
export type DayRefusal = 'vague' | 'festival' | 'recurring' | 'noSuchDay';

/** Why words name no time: 晚上12点 (of which night?), 上午15点, 25:00 or skipped by summer time, 11:30-10:00. */
export type TimeRefusal = 'ambiguous' | 'contradiction' | 'noSuchTime' | 'endsBeforeStart';

/** Why a text as a whole is no moment: something in it is not understood, or it names more than one. */
export type TextRefusal = 'unreadable' | 'several';

/** Nothing could be read, and why. */
export interface Refused<Reason extends string> {
  readonly ok: false;
  readonly reason: Reason;
}

/** A moment or a range in wall time. What was not written is missing. */
export interface DateTime {
  readonly ok: true;
  /** `YYYY-MM-DD` */
  readonly date?: string;
  /** `HH:MM`, 24 hours. */
  readonly start?: string;
  readonly end?: string;
  readonly notes: readonly DateNote[];
}

export const refuse = <const Reason extends string>(reason: Reason): Refused<Reason> => ({ ok: false, reason });
