import type { SendResult } from '../chat/index.js';
import { sql, type Storage } from '../storage/index.js';
import type { Account } from './account.js';
import { prepareCard, recordCard, type RenderCard, type Shot } from './cardSteps.js';
import type { Hooks } from './hooks.js';
import { faultFields, type Log } from '../log.js';
import { pauseAfter } from './outcome.js';
import { createPauses } from './pauses.js';

/** What a card keeper needs. Times in ms. */
export interface CardKeeperParts {
  readonly storage: Storage;
  readonly clock: () => number;
  readonly log: Log;
  readonly hooks: Hooks;
  readonly account: Account;
  readonly renderCard: RenderCard;
  /** Shortest time between two posts or edits in one chat. */
  readonly minEditMs: number;
  /** Chats written to at once. */
  readonly concurrency: number;
}

/** Posts the cards of one account and keeps them right: at most one post or edit under way in a chat. */
export interface CardKeeper {
  /** Sees to the cards whose first post an earlier process had begun. */
  recover(): Promise<void>;
  /** Looks for cards that do not show what they should. Resolves when all that it could take are in hand. */
  look(): Promise<void>;
  /** True while a card is in hand, or it looks for one. */
  isBusy(): boolean;
  /** Resolves when those in hand now are done. */
  settled(): Promise<void>;
  /** Begins nothing more and waits for what is under way. */
  stop(): Promise<void>;
}

// A card whose rendering or recording fails is left alone for a while.
const faultPauseMs = 30_000;
const recordRetryMs = 250;

/** Makes the card keeper of one account. */
export function createCardKeeper(parts: CardKeeperParts): CardKeeper {
  const { storage, clock, log, hooks, account, renderCard, minEditMs, concurrency } = parts;
  const { adapter } = account;
  const mine = { platform: adapter.platform, account: adapter.account };
  const chats = createPauses<string>(clock);
  const cards = createPauses<string>(clock);
  const tries = new Map<string, number>();
  const busy = new Map<string, Promise<void>>();
  let stopping = false;
  let wanted = false;
  let looking: Promise<void> | null = null;

  const pace = ({ card }: Shot, result: SendResult): void => {
    if (result.ok) {
      tries.delete(card.id);
      return;
    }
    log.warn({ card: card.id, failure: result.failure.type }, 'a card was not shown');
    if (result.failure.type === 'throttled') {
      chats.set(card.address.chat, result.failure.retryAfterMs);
      return;
    }
    const count = (tries.get(card.id) ?? 0) + 1;
    tries.set(card.id, count);
    cards.set(card.id, pauseAfter(count));
  };

  /** While the database fails, it is tried again: that a card was posted must not be forgotten. */
  const record = async (shot: Shot, result: SendResult): Promise<void> => {
    for (;;) {
      try {
        return await storage.transaction((tx) => recordCard(tx, shot, result, { account, hooks, now: clock() }));
      } catch (fault) {
        log.error({ card: shot.card.id, ...faultFields(fault) }, 'what became of a card could not be recorded');
        if (stopping) return;
        await new Promise((resolve) => setTimeout(resolve, recordRetryMs));
      }
    }
  };

  const keep = async (id: string, chat: string): Promise<void> => {
    try {
      const shot = await storage.transaction((tx) => prepareCard(tx, id, account, renderCard));
      if (shot) {
        chats.set(chat, minEditMs);
        const { card, message, messageId, key } = shot;
        const result = await account.call(() =>
          messageId === null ? adapter.send(card.address, message, key) : adapter.edit(card.address, messageId, message),
        );
        pace(shot, result);
        await record(shot, result);
      }
    } catch (fault) {
      cards.set(id, faultPauseMs);
      log.error({ card: id, ...faultFields(fault) }, 'a card could not be rendered');
    }
    busy.delete(chat);
    void look();
  };

  const canTake = (): boolean => !stopping && account.isOpen() && busy.size < concurrency;

  const lookOnce = async (): Promise<void> => {
    wanted = false;
    try {
      const due = await storage.read.$queryRaw<{ id: string; chat: string }[]>(
        sql`SELECT "id", "chat" FROM "Card" WHERE "platform" = ${mine.platform} AND "account" = ${mine.account}
            AND "state" IN ('ready', 'shown') AND "desired" > "shown" ORDER BY "id"`,
      );
      for (const { id, chat } of due) {
        if (!canTake()) return;
        if (!busy.has(chat) && !chats.has(chat) && !cards.has(id)) busy.set(chat, keep(id, chat));
      }
    } catch (fault) {
      log.error({ ...mine, ...faultFields(fault) }, 'the cards could not be read');
    }
  };

  const look = async (): Promise<void> => {
    wanted = true;
    while (wanted && canTake()) {
      looking ??= lookOnce().finally(() => {
        looking = null;
      });
      await looking;
    }
  };

  return {
    async recover() {
      const repeatable = adapter.capabilities.idempotentSends;
      const data = repeatable ? { state: 'ready' } : { state: 'inDoubt', failure: 'inDoubt' };
      const { count } = await storage.read.card.updateMany({ where: { ...mine, state: 'sending' }, data });
      if (count > 0) log.warn({ ...mine, cards: count }, 'cards were being posted when the last process ended');
    },
    look,
    isBusy: () => looking !== null || busy.size > 0,
    async settled() {
      await Promise.all([looking, ...busy.values()]);
    },
    async stop() {
      stopping = true;
      await looking;
      await Promise.all(busy.values());
    },
  };
}
