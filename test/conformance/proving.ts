import { expect } from 'vitest';
import { NotShown, type Cannot, type Clause, type OpenRig, type Rig } from './rig.js';

/** A clause with what is said about it where it runs. */
export interface Proof {
  readonly title: string;
  /** Throws where the adapter breaks the clause, and where what cannot be shown there is not what the way says. */
  prove(rig: Rig): Promise<void>;
}

/** The proof of a clause on a platform where some things cannot come about: then that is what is shown, and the title says it. */
export function proofOf({ name, needs = [], prove }: Clause, cannot: Cannot = {}): Proof {
  const missing = needs.find((one) => cannot[one] !== undefined);
  if (missing === undefined) return { title: name, prove };
  return {
    title: `not shown, because ${cannot[missing]}: ${name}`,
    prove: async (rig) => {
      const shown: unknown = await prove(rig).catch((fault: unknown) => fault);
      if (!(shown instanceof NotShown)) expect.fail(`“${missing}” can be brought about there after all: take it out of \`cannot\``);
    },
  };
}

/** Opens a rig, and closes it after what is done with it, with every rig that was started in its place. */
export async function withRig(open: OpenRig, work: (rig: Rig) => Promise<void>): Promise<void> {
  const opened: Rig[] = [];
  const watched = (rig: Rig): Rig => {
    opened.push(rig);
    const restart = rig.restart.bind(rig);
    return Object.assign(rig, { restart: (away?: boolean) => restart(away)?.then(watched) ?? null });
  };
  try {
    await work(watched(await open()));
  } finally {
    for (const rig of opened.toReversed()) await rig.close();
  }
}
