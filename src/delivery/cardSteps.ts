import type { Outbound, SendFailure, SendResult } from '../chat/index.js';
import type { Tx } from '../storage/index.js';
import type { Account } from './account.js';
import type { ShownCard } from './cards.js';
import { type Hooks, moveChat } from './hooks.js';

/** Says what a card shows now; null when there is nothing to show any more. Only database calls. */
export type RenderCard = (tx: Tx, card: ShownCard) => Promise<Outbound | null>;

/** A card on its way: what it shows, and which version that is. */
export interface Shot {
  readonly card: ShownCard;
  readonly message: Outbound;
  readonly version: number;
  /** Null: it is posted for the first time. */
  readonly messageId: string | null;
  /** The same on every try of one post. */
  readonly key: string;
}

/** Renders a card and, before its first post, writes down that it is under way: so it is posted at most once. Null: there is nothing to do. */
export async function prepareCard(tx: Tx, id: string, account: Account, renderCard: RenderCard): Promise<Shot | null> {
  const row = await tx.card.findUnique({ where: { id } });
  if (!row || row.desired <= row.shown || (row.state !== 'ready' && row.state !== 'shown')) return null;
  const { communityId, eventId, withdrawnAt } = row;
  const card: ShownCard = { id, communityId, eventId, address: account.at(row.chat), withdrawn: withdrawnAt !== null };
  const editable = row.state === 'ready' || account.adapter.capabilities.edits;
  const message = editable ? await renderCard(tx, card) : null;
  if (!message) {
    await tx.card.updateMany({ where: { id, state: row.state }, data: { shown: row.desired } });
    return null;
  }
  if (row.state === 'ready') {
    const { count } = await tx.card.updateMany({ where: { id, state: 'ready' }, data: { state: 'sending' } });
    if (count === 0) return null;
  }
  // Posted again by staff, it is another message: postedAt is another then.
  return { card, message, version: row.desired, messageId: row.messageId, key: `card:${id}:${row.postedAt.getTime()}` };
}

/** Writes down what became of a card that was posted or edited. `now` in ms. */
export async function recordCard(
  tx: Tx,
  shot: Shot,
  result: SendResult,
  parts: { account: Account; hooks: Hooks; now: number },
): Promise<void> {
  const { card, version, messageId } = shot;
  const { account, hooks, now } = parts;
  const post = messageId === null;
  const change = (data: Parameters<Tx['card']['updateMany']>[0]['data']) =>
    // A press may have brought the id meanwhile, or staff asked for a new post: then this result is of no more use.
    tx.card.updateMany({ where: { id: card.id, messageId, state: post ? 'sending' : 'shown' }, data });
  if (result.ok) {
    const first = post ? { state: 'shown', postedAt: new Date(now) } : {};
    await change({ ...first, messageId: result.messageId, shown: version, failure: null });
    return;
  }
  // A part of it stands there: posted once more, it would stand there twice.
  const failure: SendFailure = post && result.rest ? { type: 'inDoubt', reason: 'a part went out' } : result.failure;
  const unsent = { ...(post ? { state: 'ready' } : {}), failure: failure.type };
  switch (failure.type) {
    case 'throttled':
    case 'unreachable':
    case 'misconfigured':
      await change(unsent);
      return;
    case 'inDoubt':
      await change(
        post && (result.rest || !account.adapter.capabilities.idempotentSends) ? { state: 'inDoubt', failure: failure.type } : unsent,
      );
      return;
    case 'migrated':
      await change(unsent);
      if (failure.chat !== card.address.chat) await moveChat(tx, hooks, card.address, account.at(failure.chat));
      return;
    case 'rejected':
      // A refused edit leaves the card as it is until its next change.
      await change(post ? { state: 'dead', failure: failure.type } : { shown: version, failure: failure.type });
      return;
    case 'blocked':
    case 'gone':
      await change({ state: 'dead', failure: failure.type });
      if (failure.type === 'blocked') await hooks.onBlocked?.(tx, card.address);
      return;
  }
}
