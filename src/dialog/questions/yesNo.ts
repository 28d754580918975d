import { z } from 'zod';
import { own } from '../engineKeys.js';
import type { Question } from '../question.js';
import { wordOf } from '../words.js';

/** Yes or no. */
export function yesNo(): Question<boolean> {
  return {
    optional: false,
    schema: z.boolean(),
    keys: ['invalid'],
    ask: ({ t, base, params }) => ({
      text: t(`${base}.ask`, params),
      options: [
        { value: 'yes', label: own(t, 'yes') },
        { value: 'no', label: own(t, 'no') },
      ],
      free: false,
      help: t(`${base}.help`, params),
    }),
    read: (input, { t, base, params }) => {
      const said = input.type === 'choice' ? input.value : wordOf(input.text, ['yes', 'no']);
      return said === undefined ? { type: 'wrong', text: t(`${base}.invalid`, params) } : { type: 'answer', answer: said === 'yes' };
    },
    show: (answer, { t }) => own(t, answer ? 'yes' : 'no'),
  };
}
