import type { Sealer } from '../seal/index.js';
import type { Tx } from '../storage/index.js';

/** What one participant answered to an event's own questions, by the question's text: so an answer still says to what when staff change the questions. */
export type Answered = Readonly<Record<string, string>>;

/** The answers to events' own questions: a size, an allergy. Sealed, each to its sign-up. */
export interface OwnAnswers {
  seal(signUpId: string, answers: Answered): Uint8Array<ArrayBuffer>;
  open(signUpId: string, answers: Uint8Array): Answered;
  /** What was answered for these dependants in an event, by dependant; the same answers lie on each of their sign-ups. */
  of(tx: Tx, eventId: string, dependantIds: readonly string[]): Promise<Map<string, Answered>>;
}

const purpose = (signUpId: string): string => `signup.answers:${signUpId}`;

/** Builds the answers around a sealer. */
export const createOwnAnswers = (sealer: Sealer): OwnAnswers => {
  // Only `seal` writes it.
  const open: OwnAnswers['open'] = (signUpId, answers) => JSON.parse(sealer.open(answers, purpose(signUpId))) as Answered;
  return {
    open,
    seal: (signUpId, answers) => sealer.seal(JSON.stringify(answers), purpose(signUpId)),
    of: async (tx, eventId, dependantIds) => {
      const rows = await tx.signUp.findMany({
        where: { eventId, dependantId: { in: [...dependantIds] }, answers: { not: null }, status: { not: 'cancelled' } },
        select: { id: true, dependantId: true, answers: true },
        orderBy: { updatedAt: 'asc' },
      });
      return new Map(rows.flatMap(({ id, dependantId, answers }) => (dependantId && answers ? [[dependantId, open(id, answers)]] : [])));
    },
  };
};
