import type { z } from 'zod';
import type { Asking, Question } from '../question.js';
import type { Json } from '../types.js';

/**
 * Something that is not asked but read back with the answers, such as when and where an event is. Where it has changed by the time the
 * person confirms, it is shown anew first, and what hangs on it is asked again: nobody agrees to what they have not seen.
 */
export function fact<A extends Json, Facts>(options: {
  readonly schema: z.ZodType<A>;
  readonly from: (q: Asking<Facts>) => NoInfer<A>;
  readonly show: (answer: NoInfer<A>, q: Asking<Facts>) => string;
}): Question<A, Facts> {
  return {
    optional: false,
    schema: options.schema,
    keys: [],
    auto: options.from,
    // Never asked; an answer that somehow came is none.
    ask: ({ t, base, params }) => ({ text: t(`${base}.label`, params), options: [], free: false, help: t(`${base}.label`, params) }),
    read: (_input, q) => ({ type: 'answer', answer: options.from(q) }),
    show: options.show,
    fits: (answer, q) => JSON.stringify(answer) === JSON.stringify(options.from(q)),
  };
}
