import type { Tx } from '../storage/index.js';

/** A question that an event asks of everybody who signs up: a size, an allergy. A type and not an interface, so that a dialog may keep it. */
export type OwnQuestion = {
  readonly text: string;
  /** What can be chosen; empty where the answer is written. */
  readonly options: readonly string[];
  /** May be left open. */
  readonly optional: boolean;
};

/** The questions of an event as they are stored; only `storedFields` writes them. */
export const questionsOf = (stored: string): OwnQuestion[] => JSON.parse(stored) as OwnQuestion[];

/** Writes what a participant answered, sealed by its sign-up. */
export async function writeAnswers(tx: Tx, signUpId: string, answers: Uint8Array<ArrayBuffer>): Promise<void> {
  await tx.signUp.updateMany({ where: { id: signUpId }, data: { answers } });
}
