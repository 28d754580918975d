import { z } from 'zod';
import { oneLine } from '../clean.js';
import type { Question } from '../question.js';

/** Bounds are inclusive. `read` understands more ways of writing a number (`十二`, `两个`); null where it is none. */
export interface NumberOptions {
  readonly min: number;
  readonly max: number;
  readonly read?: (text: string) => number | null;
}

/** A whole number. Typed digits are the answer, never the key of a menu. */
export function number({ min, max, read = digits }: NumberOptions): Question<number> {
  return {
    optional: false,
    schema: z.int().min(min).max(max),
    keys: ['invalid.notANumber', 'invalid.tooSmall', 'invalid.tooBig'],
    ask: ({ t, base, params }) => ({
      text: t(`${base}.ask`, params),
      options: [],
      free: true,
      help: t(`${base}.help`, { min, max, ...params }),
    }),
    read: (input, { t, base, params }) => {
      const value = input.type === 'text' ? read(oneLine(input.text)) : null;
      const wrong = (reason: string) => ({ type: 'wrong', text: t(`${base}.invalid.${reason}`, { min, max, ...params }) }) as const;
      if (value === null || Number.isNaN(value)) return wrong('notANumber');
      if (value < min) return wrong('tooSmall');
      if (value > max) return wrong('tooBig');
      // JSON knows no negative zero.
      return Number.isInteger(value) ? { type: 'answer', answer: value + 0 } : wrong('notANumber');
    },
    show: String,
  };
}

function digits(text: string): number | null {
  const plain = text.normalize('NFKC').replace(/(?<=\d),(?=\d{3})/g, '');
  return /^[+-]?\d+$/.test(plain) ? Number(plain) : null;
}
