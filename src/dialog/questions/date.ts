import { z } from 'zod';
import type { Asking, Question } from '../question.js';
import { custom, type Parsed } from './custom.js';

/** How a day is read and shown; the parser is given, so that the engine knows no calendar. */
export interface DateOptions<Reason extends string, Facts> {
  readonly parse: (text: string, q: Asking<Facts>) => Parsed<string, NoInfer<Reason>>;
  /** Every reason that `parse` can give; each has its text at `invalid.REASON`. */
  readonly reasons: readonly Reason[];
  readonly show: (day: string, q: Asking<Facts>) => string;
}

/** A day, stored as `YYYY-MM-DD`. */
export function date<const Reason extends string, Facts = unknown>(options: DateOptions<Reason, Facts>): Question<string, Facts> {
  return custom({ schema: z.iso.date(), reasons: options.reasons, read: options.parse, show: options.show });
}
