/** Where and when a text was written: what 明天 and 8月1日 mean depends on it. */
export interface Context {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** IANA name. An unknown one is a fault and throws. */
  readonly timeZone: string;
}

/** What a reader of a date added to the words or noticed in them. Whoever shows the result shows these, or asks. */
export type DateNote =
  /** No year was written. Worth telling only together with `rolledOver`. */
  | { readonly kind: 'yearAssumed'; readonly year: number }
  /** The next such day is past in the week, month or year that the words name first, so the one after it was taken, `days` from today. */
  | { readonly kind: 'rolledOver'; readonly days: number }
  /** The day written is not the weekday written (1 Monday … 7 Sunday). The day was taken. */
  | { readonly kind: 'weekdayMismatch'; readonly written: number; readonly actual: number }
  /** Two ways of naming the day disagree (下周六 8月1日). The calendar day was taken; `also` is the other. */
  | { readonly kind: 'dayMismatch'; readonly also: string }
  /** Morning or evening was not written. */
  | { readonly kind: 'meridiemAssumed' }
  /** `end` is on the day after `date`. */
  | { readonly kind: 'endsNextDay' }
  /** Only a part of the day was written (明天下午): there is no `start`. */
  | { readonly kind: 'timeVague' }
  /** 左右, 大约. */
  | { readonly kind: 'approximate' }
  /** The moment lies before now. */
  | { readonly kind: 'past' }
  /** The clock shows this time twice that day (end of summer time); the first is meant unless told. */
  | { readonly kind: 'timeTwice' };

/**
 * Why a text gives no date or time.
 * `unreadable` something in it is not understood · `vague` 月底, 周末 · `festival` named by a festival · `recurring` 每周六 ·
 * `several` more than one · `ambiguous` 晚上12点: which night? · `contradiction` 上午15点 · `noSuchDay` · `noSuchTime` ·
 * `endsBeforeStart`
 */
export type DateRefusal =
  | 'unreadable'
  | 'vague'
  | 'festival'
  | 'recurring'
  | 'several'
  | 'ambiguous'
  | 'contradiction'
  | 'noSuchDay'
  | 'noSuchTime'
  | 'endsBeforeStart';

/** Nothing could be read, and why. */
export interface Refused {
  readonly ok: false;
  readonly reason: DateRefusal;
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

export const refuse = (reason: DateRefusal): Refused => ({ ok: false, reason });
