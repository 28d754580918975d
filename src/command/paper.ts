import type { Translate } from '../dialog/index.js';

/** A file for people. */
export interface PaperFile {
  /** With its ending; in the reader's language, without personal data: it is seen over shoulders and kept in downloads. */
  readonly name: string;
  readonly mimeType: string;
  readonly data: Uint8Array;
}

/** What a maker of files knows besides the database. */
export interface PaperContext {
  readonly communityId: string;
  /** ms since the epoch */
  readonly now: number;
  readonly texts: (locale: string | null) => Translate;
  /** The reader's language. */
  readonly locale: string;
}

/**
 * Makes a file when its message is sent, so it shows what is so by then. Reads through `tx`, and gives back how to draw what it read:
 * that runs after the transaction, since drawing takes long. Null: what it was about is gone. `args` come from the recipe, perhaps
 * one of another version: parse them.
 * @example
 * const roster: PaperMaker<Tx> = async (tx, args, { texts, locale }) => {
 *   const rows = await rosterRows(tx, rosterArgs.parse(args));
 *   return rows && (async () => ({ name: texts(locale)('signup.roster.file'), mimeType: 'text/csv', data: await csv(rows) }));
 * };
 */
export type PaperMaker<Tx> = (tx: Tx, args: unknown, context: PaperContext) => Promise<(() => Promise<PaperFile>) | null>;
