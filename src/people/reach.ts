import type { Tx } from '../storage/index.js';

/** A chat as platforms name it. */
interface Place {
  readonly platform: string;
  readonly account: string;
  readonly chat: string;
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
