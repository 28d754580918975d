import { z } from 'zod';
import { oneLine } from '../clean.js';
import { own } from '../engineKeys.js';
import type { Asking, Question } from '../question.js';
import { wordOf } from '../words.js';
import type { ListedOption } from './choice.js';

const everything = 'all';

/**
 * One or several of the options in a fact: `1`, `1 3`, `2、4`, or all of them. `most` says how many may be chosen; with 1 it is a
 * plain menu. All of them are offered last, or first where that is what most people want.
 */
export function several<const Name extends string, Facts extends Readonly<Record<Name, readonly ListedOption[]>>>(
  name: Name,
  most: (q: Asking<Facts>) => number = () => Infinity,
  { allFirst = false }: { readonly allFirst?: boolean } = {},
): Question<readonly string[], Facts> {
  const options = ({ facts }: Asking<Facts>): readonly ListedOption[] => facts[name];
  return {
    optional: false,
    schema: z.array(z.string()).min(1),
    keys: ['invalid', 'tooMany'],
    ask: (q) => {
      const listed = options(q);
      const all = listed.length > 1 && most(q) >= listed.length ? [{ value: everything, label: own(q.t, 'all') }] : [];
      const ordered = allFirst ? [...all, ...listed] : [...listed, ...all];
      return { text: q.t(`${q.base}.ask`, q.params), options: ordered, free: false, help: q.t(`${q.base}.help`, q.params) };
    },
    read: (input, q) => {
      const listed = options(q);
      const wrong = { type: 'wrong', text: q.t(`${q.base}.invalid`, q.params) } as const;
      const chosen = input.type === 'choice' ? [input.value] : valuesIn(input.text, q, listed);
      if (!chosen) return wrong;
      const values = chosen.includes(everything) ? listed.map(({ value }) => value) : [...new Set(chosen)];
      if (!values.every((value) => listed.some((option) => option.value === value))) return wrong;
      if (values.length > most(q)) return { type: 'wrong', text: q.t(`${q.base}.tooMany`, { ...q.params, count: most(q) }) };
      // In the order in which they stand, whatever the order in which they were typed.
      return { type: 'answer', answer: listed.map(({ value }) => value).filter((value) => values.includes(value)) };
    },
    show: (answer, q) =>
      options(q)
        .filter(({ value }) => answer.includes(value))
        .map(({ label, chosen }) => chosen ?? label)
        .join(own(q.t, 'separator')),
    fits: (answer, q) => answer.length <= most(q) && answer.every((value) => options(q).some((option) => option.value === value)),
  };
}

/** What a line of several numbers or labels names; undefined where one of them is nothing. */
function valuesIn<Facts>(text: string, q: Asking<Facts>, listed: readonly ListedOption[]): string[] | undefined {
  const line = oneLine(text);
  if (wordOf(line, ['all'])) return [everything];
  const parts = line.split(/[\s,，、;；+&和]+/u).filter((part) => part !== '');
  const values = parts.map((part) => q.shown.get(part.normalize('NFKC')) ?? listed.find(({ label }) => label === part)?.value);
  return values.length > 0 && values.every((value) => value !== undefined) ? values : undefined;
}
