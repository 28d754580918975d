import { choice, type Question } from '../../dialog/index.js';
import { asBond, bonds, type Bond } from '../../people/index.js';

/**
 * What somebody is to the children. Where a guardian is needed, whoever is none is told so (`cannot`) and the dialog ends: a
 * grandparent whom staff have confirmed is not asked.
 */
export function bondQuestion({ guardiansOnly }: { guardiansOnly: boolean }): Question<Bond> {
  const plain: Question<Bond> = choice(bonds);
  if (!guardiansOnly) return plain;
  return {
    ...plain,
    keys: [...plain.keys, 'cannot'],
    read: (input, q) => {
      const reading = plain.read(input, q);
      const bond = reading.type === 'answer' ? asBond(reading.answer) : null;
      if (bond === 'grandparent' || bond === 'other') return { type: 'end', text: q.t(`${q.base}.cannot`, q.params) };
      return reading;
    },
  };
}
