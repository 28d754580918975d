import type { Address } from '../chat/index.js';
import type { Tx } from '../storage/index.js';

/** A message in a chat that shows the state of an event and is kept right by edits. */
export interface Card {
  readonly id: string;
  readonly communityId: string;
  readonly eventId: string;
  readonly address: Address;
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
  await tx.card.updateMany({ where: { eventId }, data: { desired: { increment: 1 } } });
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

/** Posts a card anew that is in doubt or dead, because staff asks for it. Returns false when it is neither. `now` in ms. */
export async function postAgain(tx: Tx, cardId: string, now: number): Promise<boolean> {
  const { count } = await tx.card.updateMany({
    where: { id: cardId, state: { in: ['inDoubt', 'dead'] } },
    data: { state: 'ready', messageId: null, shown: 0, failure: null, desired: { increment: 1 }, postedAt: new Date(now) },
  });
  return count > 0;
}

/** Turns the cards of a chat to the chat's new id, but one that is there already. */
export async function moveCards(tx: Tx, from: Address, to: Address): Promise<void> {
  const there = await tx.card.findMany({ where: { ...to }, select: { eventId: true } });
  await tx.card.updateMany({ where: { ...from, eventId: { notIn: there.map(({ eventId }) => eventId) } }, data: { chat: to.chat } });
}
