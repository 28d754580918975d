import type { Question } from './question.js';
import type { Answers, Completion, DialogContext, Effect, Json, Left } from './types.js';

/** Decides from the answers before it whether a question is asked. */
export type Condition<Facts> = (answers: Answers, ctx: DialogContext<Facts, Json>) => boolean;

/** A question in its place. */
export interface Entry<Facts> {
  readonly key: string;
  readonly question: Question<Json, Facts>;
  readonly conditions: readonly Condition<Facts>[];
  readonly params: (answers: Answers, ctx: DialogContext<Facts, Json>) => Readonly<Record<string, string | number>>;
  /** A new answer to one of these makes this one void: a consent names the children it is for. */
  readonly dependsOn: readonly string[];
  /** Left open, it has no line of its own in a form, only its number: there are many, and few are needed. */
  readonly quiet: boolean;
}

/** Turns the answers of one version into those of the next. */
export type Upgrade = (answers: Answers) => Answers;

/** A dialog as the engine runs it, its answer types set aside. */
export interface Dialog<Facts, E extends Effect> {
  readonly name: string;
  readonly version: number;
  /** `simple`: residents say yes, change or no. `form`: staff correct fields by number. */
  readonly readBack: 'simple' | 'form';
  /** The facts to be loaded before every step. */
  readonly needs: readonly string[];
  /** The dialog below whose name the texts of its questions are. */
  readonly wordsOf: string;
  /** The text that names what the dialog is about, for "go on with …". */
  readonly subjectKey: string;
  readonly entries: readonly Entry<Facts>[];
  /** Text keys of what stands on buttons elsewhere: written into a form's field it is no value. */
  readonly labels: readonly string[];
  /** By the version they start from. */
  readonly upgrades: ReadonlyMap<number, Upgrade>;
  acceptsSeed(seed: unknown): boolean;
  readonly finish: (answers: Answers, ctx: DialogContext<Facts, Json>) => Completion<E>;
  /** Puts it aside as it stands; undefined where that is not offered. */
  readonly keep: ((answers: Answers, ctx: DialogContext<Facts, Json>) => Completion<E>) | undefined;
  /** What leaving it comes to; `at` is the question whose answer ended it, null where somebody left. Undefined where that is the usual. */
  readonly left: ((ctx: DialogContext<Facts, Json>, at: string | null) => Left<E>) | undefined;
}

/** A dialog with the types of what it is opened with. */
export interface Definition<Facts, Seed extends Json, A, E extends Effect> extends Dialog<Facts, E> {
  /** Takes what the opener knows already; what does not fit its question is left out and asked. */
  readonly opening: (seed: Seed, answers: Partial<A>) => { readonly seed: Json; readonly answers: Answers };
}

/** Any dialog, for what needs neither facts nor answers: loading a state, listing texts. */
export type AnyDialog = Dialog<never, Effect>;

/** The entry behind a key; undefined where there is none. */
export function entryOf<Facts>(dialog: Dialog<Facts, Effect>, key: string): Entry<Facts> | undefined {
  return dialog.entries.find((entry) => entry.key === key);
}
