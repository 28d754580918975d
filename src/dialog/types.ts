/** What a dialog may store: plain data that survives JSON. Answer types are written as `type`, not `interface`, so that TypeScript sees this. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Gives the text behind a full dotted key such as `camp.child.ask`. */
export type Translate = (key: string, params?: Readonly<Record<string, string | number>>) => string;

/** What a person did: wrote something, or took a choice that was shown (its `value`, already freed of any token). */
export type Input = { readonly type: 'text'; readonly text: string } | { readonly type: 'choice'; readonly value: string };

/** One choice under a message. Without a `key` it can be pressed, or its label typed. */
export interface MenuItem {
  /** The digit that a person may type instead. */
  readonly key?: string;
  readonly label: string;
  /** What comes back as a choice; any length, the runner turns it into a token. */
  readonly value: string;
  /** No button: whoever wants it types its label, so that nobody comes to it by a slip of the finger. */
  readonly typed?: true;
}

/** A file to be made when it is sent: which one, and of what. Plain data, so that it can wait in the outbox. */
export interface PaperRecipe {
  readonly name: string;
  readonly args: Json;
}

/** One message to the person. */
export interface Say {
  readonly text: string;
  readonly choices?: readonly MenuItem[];
  /** Typed digits are the answer itself here, never the key of an earlier menu. */
  readonly numbersAreAnswers?: boolean;
  /** The command line behind which words are put that choose and call nothing while this is the menu: a list may be answered in words. */
  readonly wordsGoTo?: string;
  /** The same for a short line that nothing else understands either: under a list of people, a name to look for. */
  readonly nameGoesTo?: string;
  /** The first choice is a yes and the last a no, which may be said in any words. */
  readonly asksYes?: true;
  /** Command lines by words that mean this while it is the menu, whatever they call elsewhere: under the list of check-in 撤销 takes a marking back. */
  readonly words?: Readonly<Record<string, string>>;
  /** A file that comes with it. */
  readonly paper?: PaperRecipe;
}

/** Something to be done in the turn's transaction: plain data, run by the runner. Who runs effects of this type knows the shape of `payload`. */
export interface Effect {
  readonly type: string;
  readonly payload?: unknown;
}

/** All that a step may know of the world: facts that were loaded for it, the clock, the zone, the language. */
export interface Context<Facts> {
  readonly facts: Facts;
  /** ms since the epoch. */
  readonly now: number;
  readonly timeZone: string;
  readonly locale: string;
  readonly t: Translate;
}

/** The context of an open dialog: what it was opened with comes along. */
export interface DialogContext<Facts, Seed> extends Context<Facts> {
  readonly seed: Seed;
}

/** What leaving a dialog before its end comes to: other words than the usual ones, and effects. */
export interface Left<E extends Effect> {
  readonly say?: Say;
  readonly effects?: readonly E[];
}

/** What conditions, prompts and `complete` see of the answers so far. */
export type Answers = Readonly<Record<string, Json>>;

/** The end of a dialog: words and effects; or facts have changed and the question `at` is asked again under the words of `reject`. */
export type Completion<E extends Effect> =
  { readonly say: readonly Say[]; readonly effects: readonly E[] } | { readonly reject: Say; readonly at: string };
