import type { Tx } from '../storage/index.js';

/** A chat as platforms name it. */
interface Place {
  readonly platform: string;
  readonly account: string;
  readonly chat: string;
}

/** Where somebody is written to, and as whom they are known there. */
export interface ReachedAt extends Place {
  readonly externalId: string;
}

/** The private chat in which somebody is written to: on the account that they used last, or else on another that can be; null where there is none. `identityId` names the one that is meant. */
export async function reachedAt(tx: Tx, personId: string, identityId?: string): Promise<ReachedAt | null> {
  const identities = await tx.identity.findMany({ where: { personId, privateChat: { not: null } }, orderBy: { createdAt: 'desc' } });
  const several = identities.length > 1;
  const used = several ? (await tx.person.findUnique({ where: { id: personId }, select: { usedId: true } }))?.usedId : null;
  const found = identities.find(({ id }) => id === identityId) ?? identities.find(({ id }) => id === used) ?? identities[0];
  if (!found || found.privateChat === null) return null;
  const { platform, account, privateChat: chat, externalId } = found;
  return { platform, account, chat, externalId };
}

/** Somebody wants no messages: they are not written to until they write again themselves, which brings their private chat back. */
export async function suspend(tx: Tx, { platform, account, chat }: Place): Promise<void> {
  await tx.identity.updateMany({ where: { platform, account, privateChat: chat }, data: { privateChat: null } });
}

/** A chat goes on under another id: whatever refers to it follows. */
export async function renameChat(tx: Tx, from: Place, to: Place): Promise<void> {
  const { platform, account, chat } = from;
  // Where the new id is known already, that chat stands for both.
  const known = await tx.chat.count({ where: { platform: to.platform, account: to.account, externalId: to.chat } });
  if (known === 0) await tx.chat.updateMany({ where: { platform, account, externalId: chat }, data: { externalId: to.chat } });
  await tx.identity.updateMany({ where: { platform, account, privateChat: chat }, data: { privateChat: to.chat } });
}
