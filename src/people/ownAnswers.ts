import type { Sealer } from '../seal/index.js';

/** What one participant answered to an event's own questions, by the question's text: so an answer still says to what when staff change the questions. */
export type Answered = Readonly<Record<string, string>>;

/** The answers to events' own questions: a size, an allergy. Sealed, each to its sign-up. */
export interface OwnAnswers {
  seal(signUpId: string, answers: Answered): Uint8Array<ArrayBuffer>;
  open(signUpId: string, answers: Uint8Array): Answered;
}

const purpose = (signUpId: string): string => `signup.answers:${signUpId}`;

/** Builds the answers around a sealer. */
export const createOwnAnswers = (sealer: Sealer): OwnAnswers => ({
  seal: (signUpId, answers) => sealer.seal(JSON.stringify(answers), purpose(signUpId)),
  // Only `seal` writes it.
  open: (signUpId, answers) => JSON.parse(sealer.open(answers, purpose(signUpId))) as Answered,
});
