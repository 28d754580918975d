import type { Tx } from '../../storage/index.js';

/** Group chats of a community, where its cards are posted. */
export async function groupsOf(
  tx: Tx,
  communityId: string,
): Promise<{ platform: string; account: string; chat: string; title: string | null }[]> {
  const chats = await tx.chat.findMany({ where: { communityId, kind: 'group' }, orderBy: { createdAt: 'asc' } });
  return chats.map(({ platform, account, externalId, title }) => ({ platform, account, chat: externalId, title }));
}

/** The events whose cards stand in this chat: which message each is, and whether it was posted since `since` (ms). */
export async function cardsIn(
  tx: Tx,
  chat: { platform: string; account: string; chat: string },
  since: number,
): Promise<{ ref: string; messageId: string | null; recent: boolean }[]> {
  const { platform, account, chat: id } = chat;
  const cards = await tx.card.findMany({ where: { platform, account, chat: id }, include: { event: { select: { ref: true } } } });
  return cards.map(({ event: { ref }, messageId, postedAt }) => ({ ref, messageId, recent: postedAt.getTime() >= since }));
}
