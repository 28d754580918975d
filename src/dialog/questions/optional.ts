import { own } from '../engineKeys.js';
import type { Question } from '../question.js';
import type { Json } from '../types.js';

/** The same question with "skip"; a skipped one is answered with null. */
export function optional<A extends Json, Facts>(question: Question<A, Facts>): Question<A | null, Facts> {
  const { fits, reopen } = question;
  return {
    ...question,
    optional: true,
    schema: question.schema.nullable(),
    show: (answer, q) => (answer === null ? own(q.t, 'empty') : question.show(answer, q)),
    ...(fits ? { fits: (answer, q) => answer === null || fits(answer, q) } : {}),
    ...(reopen ? { reopen: (answer, q) => (answer === null ? null : reopen(answer, q)) } : {}),
  };
}
