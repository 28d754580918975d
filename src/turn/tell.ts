import type { EffectRunner, Telling } from '../command/index.js';
import type { Outbox, Planned } from '../delivery/index.js';
import type { Tx } from '../storage/index.js';

/** Carries out the effect `tell`: a message to somebody's private chat, written in the transaction that decided it. Nobody without a private chat is told. */
export const tellRunner = (outbox: Outbox): EffectRunner<Tx> => ({
  type: 'tell',
  run: async (tx, effect, { communityId }) => {
    // Only command's `tell` makes effects of this type.
    const { personId, kind, text, key } = effect.payload as Telling;
    const messages = await toPerson(tx, personId, { communityId, kind, dedupeKey: key, message: { text } });
    await outbox.enqueue(tx, messages);
  },
});

/** The same message addressed to the private chat in which a person can be reached, if there is one. */
export async function toPerson(tx: Tx, personId: string, message: Omit<Planned, 'address'>): Promise<Planned[]> {
  const identity = await tx.identity.findFirst({ where: { personId, privateChat: { not: null } }, orderBy: { createdAt: 'desc' } });
  if (!identity || identity.privateChat === null) return [];
  const { platform, account, privateChat: chat } = identity;
  return [{ ...message, address: { platform, account, chat } }];
}
