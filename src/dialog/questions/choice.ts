import { z } from 'zod';
import type { Question } from '../question.js';

/** One option among loaded facts, with the label that a person sees. */
export interface ListedOption {
  readonly value: string;
  readonly label: string;
  /** How it is said once it was chosen, where the label tells more than that. */
  readonly chosen?: string;
}

/** One of some fixed values; their labels are at `option.VALUE`. */
function fixed<const Value extends string>(values: readonly [Value, ...Value[]]): Question<Value> {
  const isValue = (text: string): text is Value => values.some((value) => value === text);
  return {
    optional: false,
    schema: z.enum(values),
    keys: ['invalid', ...values.map((value) => `option.${value}`)],
    ask: ({ t, base, params }) => ({
      text: t(`${base}.ask`, params),
      options: values.map((value) => ({ value, label: t(`${base}.option.${value}`, params) })),
      free: false,
      help: t(`${base}.help`, params),
    }),
    read: (input, { t, base, params }) =>
      input.type === 'choice' && isValue(input.value)
        ? { type: 'answer', answer: input.value }
        : { type: 'wrong', text: t(`${base}.invalid`, params) },
    show: (answer, { t, base, params }) => t(`${base}.option.${answer}`, params),
  };
}

/** One of the options in a fact. `none` is said instead of the question when there are none. */
function from<const Name extends string>(name: Name): Question<string, Readonly<Record<Name, readonly ListedOption[]>>> {
  return {
    optional: false,
    schema: z.string(),
    keys: ['invalid', 'none'],
    ask: ({ t, base, params, facts }) => ({
      text: t(`${base}.${facts[name].length > 0 ? 'ask' : 'none'}`, params),
      options: facts[name],
      free: false,
      help: t(`${base}.help`, params),
    }),
    read: (input, { t, base, params }) =>
      input.type === 'choice' ? { type: 'answer', answer: input.value } : { type: 'wrong', text: t(`${base}.invalid`, params) },
    show: (answer, { facts }) => facts[name].find(({ value }) => value === answer)?.label ?? '',
    fits: (answer, { facts }) => facts[name].some(({ value }) => value === answer),
  };
}

/** A menu: `choice(['a', 'b'])` of fixed values, `choice.from('fact')` of what was loaded. */
export const choice = Object.assign(fixed, { from });
