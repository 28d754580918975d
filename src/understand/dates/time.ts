/** A part of the day that says which of two hours is meant. */
export type PartOfDay = 'dawn' | 'morning' | 'noon' | 'afternoon' | 'dusk' | 'evening' | 'night' | 'am' | 'pm';

/** A time of the clock as it was written. */
export interface Clock {
  readonly hour: number;
  readonly minute: number;
  readonly part?: PartOfDay;
  /** Written as 24-hour clocks show it (`09:30`, `9:30`), not as people say it (`9点半`). */
  readonly digital: boolean;
  /** With a zero before it: then 02:00 is the night. */
  readonly padded: boolean;
}

/** A time or a range of times, with the place where it ends in the text. */
export interface FoundClocks {
  readonly start: Clock;
  readonly end?: Clock;
  /** 次日 stands before the end. */
  readonly nextDay: boolean;
  /** 左右, 大约. */
  readonly approximate: boolean;
  readonly to: number;
}
