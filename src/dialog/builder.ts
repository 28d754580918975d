import type { z } from 'zod';
import type { Condition, Definition, Entry, Upgrade } from './definition.js';
import type { Question } from './question.js';
import type { Answers, Completion, DialogContext, Effect, Json, Left } from './types.js';

/** What a dialog says of itself. */
export interface DialogOptions<Facts, Seed extends Json> {
  /** Raised whenever saved answers of before would no longer be right; each raise brings an upgrade and a fixture. */
  readonly version: number;
  readonly readBack: 'simple' | 'form';
  /** The facts that the runner loads before every step. */
  readonly needs?: readonly (keyof Facts & string)[];
  /** The dialog whose wording its questions share, where they are the same questions; its own name unless given. */
  readonly wordsOf?: string;
  /** Where the text is that names the subject; `NAME.subject` unless given. */
  readonly subjectKey?: string;
  /** Text keys of what stands on buttons elsewhere, which a form's field never takes as its value. */
  readonly labels?: readonly string[];
  /** Checks what a saved dialog was opened with. */
  readonly seed?: z.ZodType<Seed>;
  /** Answers of version N → answers of version N + 1, by N. */
  readonly upgrades?: Readonly<Record<number, Upgrade>>;
}

/** How one question stands to the others. */
export interface AskOptions<Facts, Seed extends Json, A> {
  /** Values that its texts name; evaluated when all questions before it are answered. */
  readonly params?: (answers: A, ctx: DialogContext<Facts, Seed>) => Readonly<Record<string, string | number>>;
  /** Asked anew when one of these answers changes. */
  readonly dependsOn?: readonly (keyof A & string)[];
  /** Left open, it has no line of its own in a form, only its number. */
  readonly quiet?: boolean;
}

/** The answers of a dialog that asks nothing yet. */
type NoAnswers = object;

/** Collects questions in order; the types of the answers grow with it. */
export interface DialogBuilder<Facts, Seed extends Json, A extends object> {
  /** The questions so far, those of inner builders among them. */
  readonly entries: readonly Entry<Facts>[];
  ask<K extends string, Answer extends Json>(
    key: K,
    question: Question<Answer, Facts>,
    options?: AskOptions<Facts, Seed, A>,
  ): DialogBuilder<Facts, Seed, A & { readonly [P in K]: Answer }>;
  /** Questions that are asked only where the condition holds; their answers are optional for what follows. */
  when<More extends A>(
    condition: (answers: A, ctx: DialogContext<Facts, Seed>) => boolean,
    then: (inner: DialogBuilder<Facts, Seed, A>) => DialogBuilder<Facts, Seed, More>,
  ): DialogBuilder<Facts, Seed, A & Partial<Omit<More, keyof A>>>;
  /**
   * What a confirmed read-back leads to. Called in the step; effects run after it, in the same transaction. `keep` is what becomes of a
   * form that is put aside at any point, with whatever stands in it (the word and button at `NAME.keep`). `left` is what leaving it comes
   * to, or an answer that ends it (`at` is its question): where something stands all the same, that is said.
   */
  complete<E extends Effect>(
    finish: (answers: A, ctx: DialogContext<Facts, Seed>) => Completion<E>,
    keep?: (answers: Partial<A>, ctx: DialogContext<Facts, Seed>) => Completion<E>,
    left?: (ctx: DialogContext<Facts, Seed>, at: string | null) => Left<E>,
  ): Definition<Facts, Seed, A, E>;
}

/**
 * Begins a dialog: its questions, conditions and end as data. Wording: `locales/`, below its name.
 * @example
 * dialog<Facts>('camp', { version: 1, readBack: 'simple', needs: ['openSessions'] })
 *   .ask('session', choice.from('openSessions'))
 *   .ask('allergies', optional(text({ max: 200 })))
 *   .complete((answers) => ({ say: [], effects: [{ type: 'signUp', ...answers }] }));
 */
export function dialog<Facts, Seed extends Json = null>(
  name: string,
  options: DialogOptions<Facts, Seed>,
): DialogBuilder<Facts, Seed, NoAnswers> {
  return builder<Facts, Seed, NoAnswers>(name, options, [], []);
}

function builder<Facts, Seed extends Json, A extends object>(
  name: string,
  options: DialogOptions<Facts, Seed>,
  entries: readonly Entry<Facts>[],
  conditions: readonly Condition<Facts>[],
): DialogBuilder<Facts, Seed, A> {
  // Here, once, the stored answers get their types back: `loadState` has checked each with its question's schema.
  const typed = <R>(read: (answers: A, ctx: DialogContext<Facts, Seed>) => R) => {
    return (answers: Answers, ctx: DialogContext<Facts, Json>): R => read(answers as A, ctx as DialogContext<Facts, Seed>);
  };
  return {
    entries,
    ask: (key, question, more = {}) => {
      if (!/^[a-z][a-zA-Z0-9]*$/.test(key) || key in Object.prototype) throw new Error(`A question cannot be called ${key}`);
      if (entries.some((entry) => entry.key === key)) throw new Error(`Two questions are called ${key}`);
      const params = more.params ? typed(more.params) : () => ({});
      return builder(
        name,
        options,
        [...entries, { key, question, conditions, params, dependsOn: more.dependsOn ?? [], quiet: more.quiet ?? false }],
        conditions,
      );
    },
    when: (condition, then) => {
      const inner = then(builder<Facts, Seed, A>(name, options, entries, [...conditions, typed(condition)]));
      return builder(name, options, inner.entries, conditions);
    },
    complete: (finish, keep, left) => {
      const leave = left && ((ctx: DialogContext<Facts, Json>, at: string | null) => left(ctx as DialogContext<Facts, Seed>, at));
      return build(name, options, entries, { finish: typed(finish), keep: keep && typed(keep), left: leave });
    },
  };
}

function build<Facts, Seed extends Json, A, E extends Effect>(
  name: string,
  options: DialogOptions<Facts, Seed>,
  entries: readonly Entry<Facts>[],
  { finish, keep, left }: Pick<Definition<Facts, Seed, A, E>, 'finish' | 'keep' | 'left'>,
): Definition<Facts, Seed, A, E> {
  const fitting = (answers: Answers) =>
    entries.flatMap(({ key, question }) => {
      const parsed = Object.hasOwn(answers, key) ? question.schema.safeParse(answers[key]) : undefined;
      return parsed?.success ? [[key, parsed.data] as const] : [];
    });
  return {
    name,
    version: options.version,
    readBack: options.readBack,
    needs: options.needs ?? [],
    wordsOf: options.wordsOf ?? name,
    subjectKey: options.subjectKey ?? `${name}.subject`,
    entries,
    labels: options.labels ?? [],
    upgrades: new Map(Object.entries(options.upgrades ?? {}).map(([from, upgrade]) => [Number(from), upgrade])),
    acceptsSeed: (seed) => (options.seed ? options.seed.safeParse(seed).success : true),
    finish,
    keep,
    left,
    opening: (seed, answers) => ({ seed, answers: Object.fromEntries(fitting(answers as Answers)) }),
  };
}
