import { z } from 'zod';
import { type Asking, type Json, type Question } from '../../../dialog/index.js';
import type { Answered } from '../../../people/index.js';
import type { OwnQuestion } from '../../../programme/index.js';
import { looksLikeIdNumber } from '../../../understand/index.js';

/** Somebody for whom an event's own questions are answered, with what was answered before. */
export interface Asked {
  readonly name: string;
  readonly before: Answered;
}

/** What the questions need: who is asked what. */
export interface OwnOptions<Facts> {
  readonly questions: (q: Asking<Facts>) => readonly OwnQuestion[];
  readonly people: (q: Asking<Facts>) => readonly Asked[];
}

/** The longest answer, in code points. */
const longest = 100;

/** Answers of all, one after another: the first question for everybody, then the second. Null: left open. */
const partialSchema = z.object({
  texts: z.array(z.string()),
  given: z.array(z.string().nullable()),
  before: z.array(z.record(z.string(), z.string())),
});
type Begun = z.infer<typeof partialSchema>;

/**
 * An event's own questions, one message each, for everybody who takes part: `王小明：穿几码？`. What was answered for the one before can be
 * taken over, and so can what was answered earlier. The param `intro` stands above the first. The answer holds one record for each person, in their order.
 */
export function ownAnswers<Facts>({ questions, people }: OwnOptions<Facts>): Question<readonly Answered[], Facts> {
  /** Half an answer; begun anew where staff have changed the questions meanwhile. */
  const begun = (q: Asking<Facts>): Begun => {
    const texts = questions(q).map(({ text }) => text);
    const parsed = partialSchema.safeParse(q.partial);
    const before = people(q).map((one) => one.before);
    if (!parsed.success) return { texts, given: [], before };
    const same = parsed.data.texts.join('\n') === texts.join('\n');
    return same ? parsed.data : { ...parsed.data, texts, given: [] };
  };

  /** Where it stands: whom the next answer is of, to what, and what may be taken over. */
  const next = (q: Asking<Facts>) => {
    const partial = begun(q);
    const all = people(q);
    const at = partial.given.length;
    const index = at % all.length;
    const question = questions(q)[Math.floor(at / all.length)];
    const person = all[index];
    if (!question || !person) return null;
    const before = partial.before[index]?.[question.text];
    const kept = before !== undefined && (question.options.length === 0 || question.options.includes(before)) ? before : undefined;
    const previous = index === 0 ? undefined : all[index - 1];
    const same = previous && partial.given.at(-1);
    return { partial, all, question, person, kept, previous, same };
  };

  const taken = (q: Asking<Facts>, partial: Begun, answer: string | null): ReturnType<Question<readonly Answered[], Facts>['read']> => {
    const given = [...partial.given, answer];
    const asked = questions(q);
    const all = people(q);
    if (given.length < asked.length * all.length) return { type: 'partial', partial: { ...partial, given } };
    const of = (index: number): Answered =>
      Object.fromEntries(
        asked.flatMap(({ text }, n) => {
          const said = given[n * all.length + index] ?? null;
          return said === null ? [] : [[text, said]];
        }),
      );
    return { type: 'answer', answer: all.map((_, index) => of(index)) };
  };

  return {
    optional: false,
    schema: z.array(z.record(z.string(), z.string())),
    keys: [
      'askOf',
      'now',
      'keep',
      'same',
      'skip',
      'remove',
      'choose',
      'write',
      'tooLong',
      'idNumber',
      'digit',
      'none',
      'of',
      'line',
      'separator',
    ],
    ask: (q) => {
      const { t, base } = q;
      const stands = next(q);
      const help = t(`${base}.help`);
      if (!stands) return { text: '', options: [], free: false, help };
      const { partial, all, question, person, kept, previous, same } = stands;
      const { text } = question;
      const head = all.length > 1 ? t(`${base}.askOf`, { name: person.name, text }) : t(`${base}.ask`, { text });
      const free = question.options.length === 0;
      const options = [
        ...question.options.map((label) => ({ value: `o:${label}`, label })),
        ...(kept === undefined ? [] : [{ value: 'keep', label: t(`${base}.keep`, { answer: kept }) }]),
        ...(previous && same !== undefined && same !== null && free
          ? [{ value: 'same', label: t(`${base}.same`, { name: previous.name }) }]
          : []),
        // Where something was answered before it is called what it does.
        ...(question.optional ? [{ value: 'skip', label: t(`${base}.${kept === undefined ? 'skip' : 'remove'}`) }] : []),
      ];
      const intro = partial.given.length === 0 ? String(q.params['intro'] ?? '') : '';
      const counts = free && /[几多]|多少|how (?:many|old|much|big)|number/iu.test(text) ? [t(`${base}.digit`)] : [];
      const lines = [
        ...(intro === '' ? [] : [intro]),
        head,
        ...counts,
        ...(kept === undefined ? [] : [t(`${base}.now`, { answer: kept })]),
      ];
      return { text: lines.join('\n'), options, free, numbersAreAnswers: free, help };
    },
    read: (input, q) => {
      const { t, base } = q;
      const stands = next(q);
      // Nothing left to ask: the event's questions were taken away meanwhile.
      if (!stands) return { type: 'answer', answer: people(q).map(() => ({})) };
      const { partial, question, kept, same } = stands;
      const { options } = question;
      if (input.type === 'choice') {
        if (input.value === 'skip') return taken(q, partial, null);
        if (input.value === 'keep') return taken(q, partial, kept ?? null);
        if (input.value === 'same') return taken(q, partial, same ?? null);
        return taken(q, partial, input.value.slice(2));
      }
      const written = input.text.replaceAll(/\s+/gu, ' ').trim();
      if (options.length > 0) {
        const fold = (label: string) => label.normalize('NFKC').toLowerCase();
        const meant = options.find((option) => fold(option) === fold(written));
        return meant === undefined ? { type: 'wrong', text: t(`${base}.choose`) } : taken(q, partial, meant);
      }
      if (written === '') return { type: 'wrong', text: t(`${base}.write`) };
      // As in every menu 0 goes back and 9 gets help, also where a number may be meant: that can be said with a word.
      if (/^[09]$/u.test(written)) return { type: 'wrong', text: t(`${base}.digit`) };
      if (Array.from(written).length > longest) return { type: 'wrong', text: t(`${base}.tooLong`, { max: longest }) };
      if (looksLikeIdNumber(written)) return { type: 'wrong', text: t(`${base}.idNumber`) };
      return taken(q, partial, written);
    },
    // The mere word leaves what was answered before as it is.
    skip: (q) => {
      const stands = next(q);
      if (!stands || (stands.kept === undefined && !stands.question.optional)) return undefined;
      return taken(q, stands.partial, stands.kept ?? null);
    },
    show: (answer, q) => {
      const { t, base } = q;
      const all = people(q);
      const shown = (text: string) => {
        const said = all.map(({ name }, index) => [name, answer[index]?.[text] ?? t(`${base}.none`)] as const);
        const [first] = said;
        if (all.length === 1 && first) return first[1];
        return said.map(([name, value]) => t(`${base}.of`, { name, answer: value })).join(t('signup.schedule.separator'));
      };
      return questions(q)
        .map(({ text }) => t(`${base}.line`, { text, answer: shown(text) }))
        .join(t(`${base}.separator`));
    },
    fits: (answer, q) =>
      answer.length === people(q).length &&
      questions(q).every(({ text, options, optional }) =>
        answer.every((given) => {
          const said = given[text];
          return said === undefined ? optional : options.length === 0 || options.includes(said);
        }),
      ),
    back: (q) => {
      const partial = begun(q);
      return partial.given.length === 0 ? undefined : { ...partial, given: partial.given.slice(0, -1) };
    },
    reopen: (answer, q): Json => ({ ...begun({ ...q, partial: null }), before: [...answer] }),
  };
}
