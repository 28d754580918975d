import type { AgeNote } from '../ages.js';
import type { CapacityNote, PlaceUnit } from '../capacity.js';
import type { DateNote } from '../dates/types.js';
import type { Deadline, DeadlineRefusal } from '../deadline.js';
import type { ScheduledSession, ScheduleNote, ScheduleRefusal } from '../schedule/types.js';
import type { Companions } from './companions.js';

/** What the reader of an announcement noticed or left out. The rest of each note are values for its text. */
export type Note =
  // That the year is this one is what an announcement without a year means; `rolledOver` tells when it is not.
  | Exclude<DateNote, { readonly type: 'yearAssumed' | 'rolledOver' | 'weekdayMismatch' }>
  /** `date` is missing where it is that of the announcement. */
  | { readonly type: 'rolledOver'; readonly days: number; readonly date?: string }
  | { readonly type: 'weekdayMismatch'; readonly written: number; readonly actual: number; readonly date?: string }
  | Extract<
      ScheduleNote,
      { readonly type: 'holidaysExcluded' | 'startAssumed' | 'everyDayAssumed' | 'timeCarried' | 'countMismatch' | 'monthsSkipped' }
    >
  | AgeNote
  | CapacityNote
  /** A phone number stands there. It is in no field and not in `rest`. */
  | { readonly type: 'phoneNumber' }
  | { readonly type: 'idNumber' }
  /** The words of a deadline that were taken; what they mean is in `deadline`. Told as long as nothing closes a list but its last place. */
  | { readonly type: 'deadlineUnsupported'; readonly text: string }
  /** Words that say when signing up begins; it is in no field. */
  | { readonly type: 'signUpOpens'; readonly text: string }
  /** Words of a deadline that give none. */
  | { readonly type: 'unreadDeadline'; readonly reason: DeadlineRefusal; readonly text: string }
  /** More than one moment until which one may sign up; the first is in `deadline`. */
  | { readonly type: 'severalDeadlines'; readonly text: string }
  /** More than one day or time: all are in `sessions`, the first in `date`, `start` and `end`. */
  | { readonly type: 'severalSessions'; readonly text: string }
  /** Times of the day at which it neither begins nor ends: 9:00签到, 10:30茶歇. */
  | { readonly type: 'timesLeftOut'; readonly text: string }
  /** More than one range of ages or number of places; the first was taken. */
  | { readonly type: 'severalAges' | 'severalCapacities'; readonly text: string }
  /** Words that say who may not come; the ages are those of the others. */
  | { readonly type: 'agesShutOut'; readonly text: string }
  /** Words that say what holds for some ages only (60岁以上免费); they are no ages of the event, and in no field. */
  | { readonly type: 'ageCondition'; readonly text: string }
  /** A day or time stands there that gives none. */
  | { readonly type: 'unreadDate'; readonly reason: ScheduleRefusal; readonly text: string }
  /** Ages or a number of places out of bounds. */
  | { readonly type: 'unreadAges' | 'unreadCapacity'; readonly text: string }
  /** Only the first `read` characters were looked at. */
  | { readonly type: 'cutOff'; readonly read: number };

/** What staff must choose before an announcement may be published, because it is missing, unclear or contradicts itself. */
export type Doubt =
  | { readonly type: 'noTitle' | 'noPlace' | 'noDate' | 'noTime' | 'endsBeforeStart' | 'past' }
  | { readonly type: 'weekdayMismatch'; readonly written: number; readonly actual: number; readonly date: string }
  /** A date without a year was moved into the next, over 60 days from today. */
  | { readonly type: 'rolledOver'; readonly date: string; readonly days: number }
  | { readonly type: 'tooFar'; readonly days: number }
  /** Whether the boundary age itself may come. */
  | { readonly type: 'ageBoundary'; readonly age: number; readonly side: 'min' | 'max'; readonly shutOut?: true }
  /** Several sessions, and no word whether one comes to all or chooses one. */
  | { readonly type: 'severalSessions'; readonly sessions: number }
  | Extract<
      Note,
      {
        readonly type:
          | 'phoneNumber'
          | 'dayMismatch'
          | 'nextUnclear'
          | 'gradeAges'
          | 'severalAges'
          | 'severalCapacities'
          | 'severalDeadlines'
          | 'unreadAges'
          | 'unreadCapacity'
          | 'unreadDate'
          | 'unreadDeadline'
          | 'startAssumed'
          | 'everyDayAssumed'
          | 'timeCarried'
          | 'countMismatch'
          | 'monthsSkipped'
          | 'holidaysExcluded'
          | 'timeTwice';
      }
    >;

/** An announcement as it was understood. What was not written is missing; nothing is invented. */
export interface Announcement {
  readonly title?: string;
  /** `YYYY-MM-DD` */
  readonly date?: string;
  /** `HH:MM` */
  readonly start?: string;
  readonly end?: string;
  /** All meetings, in order; empty where a day or a time is missing. */
  readonly sessions: readonly ScheduledSession[];
  /** Whether one comes to all sessions or chooses one; missing where that is not written or there is but one. */
  readonly sessionsAre?: 'series' | 'alternatives';
  readonly place?: string;
  /** Null: it says that there is no limit. */
  readonly capacity?: number | null;
  /** What the places count; with `capacity`. */
  readonly unit?: PlaceUnit;
  /** Whole years, inclusive. */
  readonly minAge?: number;
  readonly maxAge?: number;
  readonly bring?: string;
  readonly deadline?: Deadline;
  readonly companions?: Companions;
  readonly teacher?: string;
  readonly organisation?: string;
  readonly notes: readonly Note[];
  readonly doubts: readonly Doubt[];
  /** What belongs to no field, in its order. */
  readonly rest: readonly string[];
}
