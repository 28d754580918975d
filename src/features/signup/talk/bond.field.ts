import { choice, type Question } from '../../../dialog/index.js';
import { bonds, type Bond } from '../../../people/index.js';
import { isFilling, type SignupFacts, type SignupSeed } from './signup.facts.js';
import { cannotFill } from './signup.rules.js';

/**
 * What somebody is to the children. Held places are filled in by guardians alone: whoever is none is told so (`cannot`, or `cannotByCode`
 * where somebody else holds them), and nothing is taken.
 */
export function bondField(): Question<Bond, SignupFacts> {
  const plain: Question<Bond, SignupFacts> = choice(bonds);
  return {
    ...plain,
    keys: [...plain.keys, 'cannot', 'cannotByCode'],
    read: (input, q) => {
      const reading = plain.read(input, q);
      // `signupDialog` has checked it with its own schema.
      const seed = q.seed as SignupSeed;
      if (reading.type !== 'answer' || !isFilling(seed) || !cannotFill({ bond: reading.answer }, seed, q.facts)) return reading;
      return { type: 'end', text: q.t(`${q.base}.${seed.code === undefined ? 'cannot' : 'cannotByCode'}`, q.params) };
    },
  };
}
