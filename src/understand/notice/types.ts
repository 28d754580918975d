import type { PlaceUnit } from '../capacity.js';
import type { Moment } from '../dates/moment.js';
import type { DateNote } from '../dates/types.js';
import type { Towards } from './turns.js';

/** What of a notice says which meeting it is about: the old day or time, or the number of a session. */
export interface About {
  /** Days and times that were written of the old one, as they were written. */
  readonly moments: readonly Moment[];
  /** 第五节: its number, and the words, since a title may hold them. */
  readonly number?: { readonly value: number; readonly words: string };
  /** 停课一次, 这节课: one meeting, without a word which. */
  readonly once: boolean;
}

/** The new time as it was written: what it does not name stays as it was. */
export type To =
  | { readonly type: 'moment'; readonly moment: Moment; readonly words: string; readonly towards?: Towards }
  /** 推迟半小时, 提前一天: by so much, minus for earlier. */
  | { readonly type: 'shift'; readonly days: number; readonly minutes: number; readonly words: string }
  /** As a whole announcement says it, `YYYY-MM-DD` and `HH:MM`. */
  | { readonly type: 'read'; readonly date?: string; readonly start?: string; readonly end?: string; readonly notes: readonly DateNote[] }
  /** There are words for a time, and no reader for them. */
  | { readonly type: 'unread'; readonly words: string };

/** What else may become of an event by a notice: its list, or that it takes place after all. */
export type Act = 'close' | 'reopen' | 'resume';

/** A notice of change, taken apart. Every clause of it is in one of the fields, is a courtesy, or stands in `rest`. */
export interface Notice {
  /** The words that name the event. */
  readonly title: string;
  readonly about: About;
  readonly to?: To;
  /** It names several new times: they belong to several sessions, and nobody knows which to which. */
  readonly several: boolean;
  readonly place?: string;
  readonly capacity?: { readonly count: number | null; readonly unit: PlaceUnit };
  /** So many places more, or fewer. */
  readonly capacityBy?: number;
  /** The new name. */
  readonly renamed?: string;
  readonly act?: Act;
  /** Everything else that an announcement may say, as an announcement says it, line by line. */
  readonly said: readonly string[];
  /** What was not understood, in its order. */
  readonly rest: readonly string[];
}
