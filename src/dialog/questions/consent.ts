import { z } from 'zod';
import { own } from '../engineKeys.js';
import type { Question } from '../question.js';
import { wordOf } from '../words.js';

/** What was decided, and about which wording: consent to one wording is none to another. */
export type ConsentAnswer = { readonly agreed: boolean; readonly textVersion: string };

/** `textVersion` names the wording at `ask`; `refusing` says whether a no ends the dialog (`refused` is said) or leads on. */
export interface ConsentOptions {
  readonly textVersion: string;
  readonly refusing: 'ends' | 'leadsOn';
}

/** The whole text of a consent, with a real choice to refuse. Only the plain words count: "好" is not enough. */
export function consent({ textVersion, refusing }: ConsentOptions): Question<ConsentAnswer> {
  return {
    optional: false,
    schema: z.object({ agreed: z.boolean(), textVersion: z.string() }),
    keys: ['invalid', ...(refusing === 'ends' ? ['refused'] : [])],
    ask: ({ t, base, params }) => ({
      text: t(`${base}.ask`, params),
      options: [
        { value: 'agree', label: own(t, 'agree') },
        { value: 'refuse', label: own(t, 'refuse') },
      ],
      free: false,
      help: t(`${base}.help`, params),
    }),
    read: (input, { t, base, params }) => {
      const said = input.type === 'choice' ? input.value : wordOf(input.text, ['agree', 'refuse']);
      if (said === undefined) return { type: 'wrong', text: t(`${base}.invalid`, params) };
      if (said === 'refuse' && refusing === 'ends') return { type: 'end', text: t(`${base}.refused`, params) };
      return { type: 'answer', answer: { agreed: said === 'agree', textVersion } };
    },
    show: ({ agreed }, { t }) => own(t, agreed ? 'agree' : 'refuse'),
    fits: (answer) => answer.textVersion === textVersion,
  };
}
