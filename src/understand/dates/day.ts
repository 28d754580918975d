/** A way of naming a day, as it was written. Weeks and months are counted from this one (0); weekdays 1 Monday … 7 Sunday. */
export type Day =
  | { readonly kind: 'calendar'; readonly year?: number; readonly yearFromNow?: number; readonly month: number; readonly day: number }
  | { readonly kind: 'dayOfMonth'; readonly day: number; readonly monthFromNow?: number }
  | { readonly kind: 'daysFromNow'; readonly days: number }
  | { readonly kind: 'monthsFromNow'; readonly months: number }
  /** `unsure`: "next Wed" may as well be the coming one. */
  | { readonly kind: 'weekday'; readonly weekday: number; readonly week?: number; readonly unsure?: true }
  /** The first, second … weekday of a month; `nth` −1 is the last. Neither month: this one or the next that still has it. */
  | {
      readonly kind: 'nthWeekday';
      readonly nth: number;
      readonly weekday: number;
      readonly month?: number;
      readonly monthFromNow?: number;
    }
  | { readonly kind: 'lastDay'; readonly month?: number; readonly monthFromNow?: number }
  /** A day of the lunar calendar. */
  | { readonly kind: 'lunar'; readonly month: number; readonly day: number }
  /** `word` as festivals.ts knows it; missing where the festival has no sure day. */
  | { readonly kind: 'festival'; readonly word?: string; readonly year?: number; readonly yearFromNow?: number }
  | { readonly kind: 'vague' | 'recurring' };

/** A day found in a text, with the place where it ends. */
export interface FoundDay {
  readonly day: Day;
  readonly to: number;
  /** More days follow in the same breath: 8月1-3日, 周六日. The first is `day`. */
  readonly several?: true;
  /** Might as well be something else (8.1, 08-05, 3号): counts only where the surroundings agree. */
  readonly weak?: true;
}

/** Reads one way of naming a day exactly at a place of a folded text. */
export type DayReader = (text: string, at: number) => FoundDay | undefined;

/** Weeks and months as they are counted from this one. */
export const turns: ReadonlyMap<string, number> = new Map([
  ['上', -1],
  ['本', 0],
  ['这', 0],
  ['当', 0],
  ['下', 1],
  ['下下', 2],
]);

/** The number of a weekday sign of 周一 … 周日, 周天, 周7; undefined for another sign. */
export function weekdayOf(sign: string): number | undefined {
  if (sign === '天') return 7;
  const at = '一二三四五六日1234567'.indexOf(sign);
  return sign === '' || at === -1 ? undefined : (at % 7) + 1;
}

/** A pattern that matches exactly at a place. */
export const sticky = (source: string, flags = ''): RegExp => new RegExp(source, `y${flags}`);
