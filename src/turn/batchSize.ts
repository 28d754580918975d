/** How many turns a batch may hold. */
export interface BatchSize {
  most(): number;
  /** A commit of so many turns went well. */
  wentWell(turns: number): void;
  /** A shared commit ran out of time. */
  ranOut(): void;
}

const step = 8;

/**
 * Where the database cannot keep up, long commits only run out of time and are done twice, which takes more of it still. So a batch
 * may then hold half as many, but not fewer than 8, and 8 more after each full one that goes well (additive increase, multiplicative
 * decrease, as of TCP: Chiu and Jain 1989). `ceiling`: the most at any time.
 */
export function createBatchSize(ceiling: number): BatchSize {
  let most = ceiling;
  return {
    most: () => most,
    wentWell: (turns) => {
      if (turns >= most) most = Math.min(ceiling, most + step);
    },
    ranOut: () => void (most = Math.max(Math.min(step, ceiling), Math.floor(most / 2))),
  };
}
