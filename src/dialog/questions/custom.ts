import type { z } from 'zod';
import { oneLine } from '../clean.js';
import type { Asking, Question } from '../question.js';
import type { Json } from '../types.js';

/** What a parser makes of a text. `note` is told before whatever comes next, such as "that is next year"; `also` answers other questions, by their keys. */
export type Parsed<A, Reason extends string> =
  | { readonly ok: true; readonly value: A; readonly note?: string; readonly also?: Readonly<Record<string, Json>> }
  | { readonly ok: false; readonly reason: Reason };

/** A question whose reading and showing the feature brings. */
export interface CustomOptions<A extends Json, Reason extends string, Facts> {
  readonly schema: z.ZodType<A>;
  /** Every reason that `read` can give; each has its text at `invalid.REASON`. */
  readonly reasons: readonly Reason[];
  /** False where no number can be the answer, such as a name: 0 then goes back. True unless given. */
  readonly numbersAreAnswers?: boolean;
  /** Reads one cleaned line. */
  readonly read: (text: string, q: Asking<Facts>) => Parsed<NoInfer<A>, NoInfer<Reason>>;
  readonly show: (answer: NoInfer<A>, q: Asking<Facts>) => string;
}

/** A written answer of any shape, such as a range of ages or of the clock. */
export function custom<A extends Json, const Reason extends string, Facts = unknown>(
  options: CustomOptions<A, Reason, Facts>,
): Question<A, Facts> {
  return {
    optional: false,
    schema: options.schema,
    keys: options.reasons.map((reason) => `invalid.${reason}`),
    ask: ({ t, base, params }) => ({
      text: t(`${base}.ask`, params),
      options: [],
      free: true,
      numbersAreAnswers: options.numbersAreAnswers ?? true,
      help: t(`${base}.help`, params),
    }),
    read: (input, q) => {
      const parsed = options.read(input.type === 'text' ? oneLine(input.text) : '', q);
      if (!parsed.ok) return { type: 'wrong', text: q.t(`${q.base}.invalid.${parsed.reason}`, q.params) };
      const { value: answer, note, also } = parsed;
      return { type: 'answer', answer, ...(note === undefined ? {} : { note }), ...(also === undefined ? {} : { also }) };
    },
    show: options.show,
  };
}
