import { z } from 'zod';
import { lengthOf, longestInput, oneLine } from '../clean.js';
import { own } from '../engineKeys.js';
import type { Question } from '../question.js';

/** What a written answer may be. Lengths are in code points. */
export interface TextOptions<Reason extends string> {
  readonly max: number;
  /** Keeps line breaks. */
  readonly lines?: boolean;
  /** Every reason that `check` can give; each has its text at `invalid.REASON`. */
  readonly reasons?: readonly Reason[];
  /** Says why a text will not do, null where it will. */
  readonly check?: (text: string) => NoInfer<Reason> | null;
}

/** A written answer, cleaned of control characters, everything else literal. A name or a place is no number, so 0 goes back as in every menu. */
export function text<const Reason extends string = never>(options: TextOptions<Reason>): Question<string> {
  const { max, lines = false, reasons = [], check } = options;
  if (max > longestInput) throw new RangeError(`A text of ${max} is longer than any that is read (${longestInput})`);
  const refusals = reasons.map((reason) => `invalid.${reason}`);
  return {
    optional: false,
    schema: z.string().refine((known) => known !== '' && lengthOf(known) <= max && (check?.(known) ?? null) === null),
    keys: refusals.length > 0 ? ['invalid.empty', ...refusals] : ['invalid'],
    ask: ({ t, base, params }) => ({
      text: t(`${base}.ask`, params),
      options: [],
      free: true,
      numbersAreAnswers: false,
      help: t(`${base}.help`, params),
    }),
    read: (input, { t, base, params }) => {
      const written = input.type === 'text' ? (lines ? input.text : oneLine(input.text)) : '';
      const empty = refusals.length > 0 ? 'invalid.empty' : 'invalid';
      if (written === '') return { type: 'wrong', text: t(`${base}.${empty}`, params) };
      if (lengthOf(written) > max) return { type: 'wrong', text: own(t, 'tooLong', { max }) };
      const reason = check?.(written) ?? null;
      return reason === null ? { type: 'answer', answer: written } : { type: 'wrong', text: t(`${base}.invalid.${reason}`, params) };
    },
    show: (answer) => answer,
  };
}
