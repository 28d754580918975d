import type { AgeNote } from '../ages.js';
import type { CapacityNote } from '../capacity.js';
import type { DateNote, DayRefusal, TimeRefusal } from '../dates/types.js';

/** What the reader of an announcement noticed or left out. The rest of each note are values for its text. */
export type Note =
  // That the year is this one is what an announcement without a year means; `rolledOver` tells when it is not.
  | Exclude<DateNote, { readonly type: 'yearAssumed' }>
  | AgeNote
  | CapacityNote
  /** A phone number stands there. It is in no field and not in `rest`. */
  | { readonly type: 'phoneNumber' }
  | { readonly type: 'idNumber' }
  /** Until when one may sign up; Linli closes a list only when it is full. */
  | { readonly type: 'deadlineUnsupported'; readonly text: string }
  /** More than one day or time; the first was taken. */
  | { readonly type: 'severalSessions'; readonly text: string }
  /** More than one range of ages or number of places; the first was taken. */
  | { readonly type: 'severalAges' | 'severalCapacities'; readonly text: string }
  /** A day or time stands there that gives none. */
  | { readonly type: 'unreadDate'; readonly reason: DayRefusal | TimeRefusal; readonly text: string }
  /** Ages or a number of places out of bounds. */
  | { readonly type: 'unreadAges' | 'unreadCapacity'; readonly text: string }
  /** Only the first `read` characters were looked at. */
  | { readonly type: 'cutOff'; readonly read: number };

/** An announcement as it was understood. What was not written is missing; nothing is invented. */
export interface Announcement {
  readonly title?: string;
  /** `YYYY-MM-DD` */
  readonly date?: string;
  /** `HH:MM` */
  readonly start?: string;
  readonly end?: string;
  readonly place?: string;
  /** Null: it says that there is no limit. */
  readonly capacity?: number | null;
  /** Whole years, inclusive. */
  readonly minAge?: number;
  readonly maxAge?: number;
  readonly bring?: string;
  readonly notes: readonly Note[];
  /** What belongs to no field, in its order. */
  readonly rest: readonly string[];
}
