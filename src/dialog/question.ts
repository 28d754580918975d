import type { z } from 'zod';
import type { Answers, Context, Input, Json } from './types.js';

/** One thing to choose. */
export interface Option {
  readonly value: string;
  readonly label: string;
}

/** What a question is given when it asks, reads and shows. */
export interface Asking<Facts> extends Context<Facts> {
  readonly seed: Json;
  /** `DIALOG.QUESTION`: where its texts are. */
  readonly base: string;
  /** Values for its texts, from the definition. */
  readonly params: Readonly<Record<string, string | number>>;
  /** What was answered so far. */
  readonly answers: Answers;
  /** Half an answer, kept by a question of several steps; null at its beginning. */
  readonly partial: Json;
  /** The digits of the menu that the person saw, with the option behind each. */
  readonly shown: ReadonlyMap<string, string>;
}

/** How a question stands before the person. */
export interface Prompt {
  readonly text: string;
  readonly options: readonly Option[];
  /** The answer is written, not chosen. */
  readonly free: boolean;
  /** A typed digit may be the answer, so it is never the key of a choice. True wherever the answer is written, unless said otherwise: no name is a number. */
  readonly numbersAreAnswers?: boolean;
  /** What is said to somebody who does not know what to do. */
  readonly help: string;
}

/** What became of an input. `note` is told before whatever comes next. */
export type Reading<A> =
  /** `also`: answers to other questions that were given in the same breath, by their keys. */
  | { readonly type: 'answer'; readonly answer: A; readonly note?: string; readonly also?: Readonly<Record<string, Json>> }
  | { readonly type: 'partial'; readonly partial: Json; readonly note?: string }
  | { readonly type: 'wrong'; readonly text: string }
  /** The dialog ends here, kindly and without effect. */
  | { readonly type: 'end'; readonly text: string };

/**
 * One question: how it asks, reads and shows. Plain data and pure functions.
 * `ask` is a property and not a method, so that TypeScript checks that the dialog's facts hold what the question needs.
 */
export interface Question<A extends Json, Facts = unknown> {
  /** May be skipped; the answer is then null. */
  readonly optional: boolean;
  readonly schema: z.ZodType<A>;
  /** Texts that it needs below its base, besides `ask`, `label` and `help`. */
  readonly keys: readonly string[];
  readonly ask: (q: Asking<Facts>) => Prompt;
  /** Reads cleaned text, or a choice that is one of the present options. */
  read(input: Input, q: Asking<Facts>): Reading<A>;
  /** The answer as it stands in the read-back. */
  show(answer: A, q: Asking<Facts>): string;
  /** Whether an earlier answer is still possible with the facts of now. */
  fits?(answer: A, q: Asking<Facts>): boolean;
  /** Given by the facts instead of being asked; see `fact`. */
  auto?(q: Asking<Facts>): A;
  /** One step back inside the question; undefined where that leaves it. */
  back?(q: Asking<Facts>): Json | undefined;
  /** What skipping comes to in one of several steps; undefined where it is not possible. An optional question needs none. */
  skip?(q: Asking<Facts>): Reading<A> | undefined;
  /** The half answer to begin with when an answer is asked for again, so that nothing has to be typed twice. */
  reopen?(answer: A, q: Asking<Facts>): Json;
}
