import type { Address } from '../chat/index.js';
import type { Tx } from '../storage/index.js';

/** A message in a chat that shows the state of an event and is kept right by edits. */
export interface Card {
  readonly id: string;
  readonly communityId: string;
  readonly eventId: string;
  readonly address: Address;
}

/** A card as it is rendered. */
export interface ShownCard extends Card {
  /** It was taken out of its chat. */
  readonly withdrawn: boolean;
}

/** Wants a card in a chat; where it is wanted already, nothing happens. `now` in ms. */
export async function placeCard(tx: Tx, card: Card, now: number): Promise<void> {
  const { id, communityId, eventId, address } = card;
  await tx.card.upsert({
    where: { eventId_platform_account_chat: { eventId, ...address } },
    create: { id, communityId, eventId, ...address, postedAt: new Date(now) },
    update: {},
  });
}

/** Says that what an event's cards show has changed. They are rendered when they are sent, so many changes make one edit. */
export async function touchCards(tx: Tx, eventId: string): Promise<void> {
  await tx.card.updateMany({ where: { eventId, withdrawnAt: null }, data: { desired: { increment: 1 } } });
}

/**
 * Takes a card out of a chat: it closes there, and is kept right no more. One that was never posted is not wanted any more. Returns
 * whether there was one. `now` in ms.
 */
export async function withdrawCard(tx: Tx, eventId: string, address: Address, now: number): Promise<boolean> {
  const here = { eventId, ...address, withdrawnAt: null };
  const unposted = await tx.card.deleteMany({ where: { ...here, state: 'ready', messageId: null } });
  const { count } = await tx.card.updateMany({ where: here, data: { withdrawnAt: new Date(now), desired: { increment: 1 } } });
  return unposted.count + count > 0;
}

/** Wants a card in a chat, also where one was taken out: that message stays closed, and the card is posted anew. `now` in ms. */
export async function bringCard(tx: Tx, card: Card, now: number): Promise<void> {
  const { eventId, address } = card;
  const there = await tx.card.findFirst({ where: { eventId, ...address, withdrawnAt: { not: null } } });
  // The message has not been closed yet, so it simply stays.
  const open = there !== null && there.shown < there.desired;
  if (there && open) await tx.card.update({ where: { id: there.id }, data: { withdrawnAt: null, desired: { increment: 1 } } });
  else if (there) await tx.card.delete({ where: { id: there.id } });
  await placeCard(tx, card, now);
}

/** The same for all cards of a community: how its cards are written has changed. */
export async function touchCommunityCards(tx: Tx, communityId: string): Promise<void> {
  await tx.card.updateMany({ where: { communityId }, data: { desired: { increment: 1 } } });
}

/**
 * Takes note that somebody pressed a button on an event's card. That proves that it arrived, and under which id: a card in doubt is
 * from then on kept right by edits. Returns whether it was in doubt.
 */
export async function cardPressed(tx: Tx, address: Address, eventId: string, messageId: string): Promise<boolean> {
  const { count } = await tx.card.updateMany({
    where: { eventId, ...address, state: { in: ['sending', 'inDoubt'] } },
    // Which version it shows is not known, so the next edit shows all of it.
    data: { state: 'shown', messageId, shown: 0, failure: null },
  });
  return count > 0;
}

/** Posts the cards of an event anew that are in doubt or dead, because staff ask for it. Returns how many. `now` in ms. */
export async function postAgain(tx: Tx, eventId: string, now: number): Promise<number> {
  const { count } = await tx.card.updateMany({
    where: { eventId, withdrawnAt: null, state: { in: ['inDoubt', 'dead'] } },
    data: { state: 'ready', messageId: null, shown: 0, failure: null, desired: { increment: 1 }, postedAt: new Date(now) },
  });
  return count;
}

/** Cards of an event of which nobody knows whether they arrived, or which are gone. */
export const lostCards = (tx: Tx, eventId: string): Promise<number> =>
  tx.card.count({ where: { eventId, withdrawnAt: null, state: { in: ['inDoubt', 'dead'] } } });

/** A card as it stands in a chat: which event's, which message, and since when (ms). */
export interface PostedCard {
  readonly eventId: string;
  readonly ref: string;
  readonly messageId: string | null;
  readonly postedAt: number;
}

/** The cards that stand in a chat and are kept right. */
export async function cardsIn(tx: Tx, { platform, account, chat }: Address): Promise<PostedCard[]> {
  const cards = await tx.card.findMany({
    where: { platform, account, chat, withdrawnAt: null },
    include: { event: { select: { ref: true } } },
  });
  return cards.map(({ eventId, event: { ref }, messageId, postedAt }) => ({ eventId, ref, messageId, postedAt: postedAt.getTime() }));
}

/** The chats in which an event has a card, the oldest first. */
export const chatsWithCard = (tx: Tx, eventId: string): Promise<Address[]> =>
  tx.card.findMany({
    where: { eventId, withdrawnAt: null },
    select: { platform: true, account: true, chat: true },
    orderBy: [{ postedAt: 'asc' }, { id: 'asc' }],
  });

/** Turns the cards of a chat to the chat's new id, but one that is there already. */
export async function moveCards(tx: Tx, from: Address, to: Address): Promise<void> {
  const there = await tx.card.findMany({ where: { ...to }, select: { eventId: true } });
  await tx.card.updateMany({ where: { ...from, eventId: { notIn: there.map(({ eventId }) => eventId) } }, data: { chat: to.chat } });
}
