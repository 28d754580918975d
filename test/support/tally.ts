import { command, effect, type Feature } from '../../src/command/index.js';
import type { Tx } from '../../src/storage/index.js';

/** A feature that only leaves marks, so that a test can count what took effect: `/tally NAME` writes one audit row and answers. */
export function tallyFeature(faults: { throwFor?: (name: string) => boolean; hangFor?: (name: string) => boolean } = {}): Feature<Tx> {
  const mark = effect<Tx, { name: string }>('tally.mark', async (tx, { name }, { communityId, actorId, now, newId }) => {
    await tx.auditEntry.create({ data: { id: newId(), communityId, actorId, action: 'tally', subject: name, at: new Date(now) } });
  });
  const tally = command<Tx, null>(
    { name: 'tally', words: [], takesText: true, for: 'everyone', inGroup: 'there' },
    {
      load: async (_tx, { args }) => {
        if (faults.throwFor?.(args)) throw new Error(`a fault that quotes ${args}`);
        if (faults.hangFor?.(args)) await new Promise(() => undefined);
        return null;
      },
      decide: (_facts, { args }) => ({ effects: [mark.make({ name: args })], say: [{ text: `ok ${args}` }] }),
    },
  );
  return { name: 'tally', commands: [tally], dialogs: [], effects: [mark.runner] };
}

/** How often each name took effect. */
export async function tallies(tx: Tx): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { subject } of await tx.auditEntry.findMany({ where: { action: 'tally' } })) counts[subject] = (counts[subject] ?? 0) + 1;
  return counts;
}
