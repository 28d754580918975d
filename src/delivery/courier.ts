import type { Outbound, SendResult } from '../chat/index.js';
import type { Sealer } from '../seal/index.js';
import type { Storage, Tx } from '../storage/index.js';
import type { Account } from './account.js';
import { type Hooks, moveChat } from './hooks.js';
import { createLine, type Next } from './line.js';
import { faultFields, type Log } from '../log.js';
import type { Marks } from './marks.js';
import type { Outgoing } from './outbox.js';
import { afterDoubt, afterSend, afterUnmade, expired, released, unreadable } from './outcome.js';
import { type RenderPaper, withPaper } from './paper.js';
import { openMessage, sealMessage } from './payload.js';
import type { Change, Mark, Row } from './row.js';
import { claimHeads, keepRest, markRows, takeOver } from './rows.js';

/** What couriers and card keepers need. Times in ms. */
export interface CourierParts {
  readonly storage: Storage;
  readonly sealer: Sealer;
  readonly clock: () => number;
  readonly log: Log;
  readonly hooks: Hooks;
  readonly marks: Marks;
  readonly account: Account;
  readonly renderPaper: RenderPaper;
  /** Chats written to at once. */
  readonly concurrency: number;
  readonly leaseMs: number;
  readonly timeoutMs: number;
}

/** Sends the messages of one account of the bot. */
export interface Courier {
  /** Takes over what an earlier process left claimed or in sending. Before the account takes updates. */
  recover(): Promise<void>;
  /** Sends messages that were born `sending`, without a claim; looks for the others. */
  sendNow(rows: readonly Outgoing[]): void;
  /** Looks for messages that are due. Resolves when all that it could take are in hand. */
  look(): Promise<void>;
  /** True while a message is in hand, or it looks for one. */
  isBusy(): boolean;
  /** Resolves when the messages in delivery now are done. */
  settled(): Promise<void>;
  /** Begins nothing more, gives back what was not begun, waits for the rest. */
  stop(): Promise<void>;
}

// How often it looks for messages whose lease ran out.
const lostEveryMs = 5_000;
const marksAStatement = 500;

/** Makes the courier of one account. */
export function createCourier(parts: CourierParts): Courier {
  const { storage, sealer, clock, log, hooks, marks, account, concurrency, leaseMs, timeoutMs, renderPaper } = parts;
  const { adapter } = account;
  const mine = { platform: adapter.platform, account: adapter.account };
  const idempotent = adapter.capabilities.idempotentSends;
  let stopping = false;
  let looking: Promise<void> | null = null;
  // Something may have become ready since the last claim.
  let wanted = false;
  // Chats in which a message waits behind one in hand.
  const followed = new Set<string>();
  let lostLookedAt = 0;

  const putBack = async (row: Outgoing): Promise<void> => {
    await marks.record({ row, change: released });
    wanted = true;
  };

  const deliver = async (row: Outgoing): Promise<Next> => {
    const now = clock();
    if (row.expiresAt !== null && row.expiresAt <= now) {
      await marks.record({ row, change: expired(now) });
      log.info({ outbox: row.id, kind: row.kind }, 'a message expired before it could be sent');
      return 'next';
    }
    if (stopping || !account.isOpen()) {
      await putBack(row);
      return 'hold';
    }
    const message = await complete(row);
    if (message === null) return conclude(row, afterUnmade(row, clock()));
    if (stopping) {
      await putBack(row);
      return 'hold';
    }
    const leaseUntil = clock() + timeoutMs + leaseMs;
    const begun = row.state === 'sending' || (await marks.record({ row, change: { state: 'sending', leaseUntil } }));
    if (!begun) return 'next';
    return settle(row, await account.call(() => adapter.send(row.address, message, row.dedupeKey)));
  };

  /** The message with its file, which must be made while the claim holds; null when it could not be made. */
  const complete = async ({ id, kind, communityId, message, paper }: Outgoing): Promise<Outbound | null> => {
    if (paper === undefined) return message;
    try {
      return await withPaper(message, () => renderPaper(paper, communityId), leaseMs * 0.8);
    } catch (fault) {
      log.error({ outbox: id, kind, paper: paper.name, ...faultFields(fault) }, 'a file could not be made');
      return null;
    }
  };

  const settle = async (row: Outgoing, result: SendResult): Promise<Next> => {
    const change = afterSend(row, result, clock(), idempotent);
    if (!result.ok) {
      const fields = { outbox: row.id, kind: row.kind, failure: result.failure.type, state: change.state };
      if (change.state === 'ready') log.info(fields, 'a message will be tried again');
      else log.warn(fields, 'a message did not go out');
    }
    return conclude(row, change, effectOf(row, result));
  };

  const conclude = async (row: Outgoing, change: Change, effect?: (tx: Tx) => Promise<void>): Promise<Next> => {
    await marks.record({ row, change }, effect);
    if (change.state !== 'ready') return 'next';
    wanted = true;
    return 'hold';
  };

  const effectOf = (row: Outgoing, result: SendResult): ((tx: Tx) => Promise<void>) | undefined => {
    if (result.ok) return undefined;
    const { failure } = result;
    const moved = failure.type === 'migrated' && failure.chat !== row.address.chat ? account.at(failure.chat) : undefined;
    if (failure.type !== 'blocked' && !moved && !result.rest) return undefined;
    return async (tx) => {
      // Before the chat moves: what the row is found by stays as it is.
      if (result.rest) await keepRest(tx, row, sealRest(row, result.rest));
      if (failure.type === 'blocked') await hooks.onBlocked?.(tx, row.address);
      if (moved) await moveChat(tx, hooks, row.address, moved);
    };
  };

  /** What is still to be sent, in the place of the whole: whatever comes between, nobody reads the beginning twice. */
  const sealRest = ({ dedupeKey, paper }: Outgoing, { file, ...message }: Outbound): Uint8Array<ArrayBuffer> =>
    sealMessage(sealer, { message, ...(paper === undefined || file === undefined ? {} : { paper }) }, dedupeKey);

  const onDone = (row: Outgoing): void => {
    // Behind a message that was claimed there may be more.
    if (followed.delete(row.address.chat) || row.state === 'claimed') wanted = true;
    if (wanted && !stopping) void look();
  };

  const line = createLine({ limit: concurrency, deliver, putBack, onDone });

  const accept = async (row: Row): Promise<void> => {
    const contents = openMessage(sealer, row.payload, row.dedupeKey);
    if (contents) {
      const { payload: _, ...rest } = row;
      followed.delete(row.address.chat);
      line.unhold(row.address.chat);
      line.add({ ...rest, ...contents });
      return;
    }
    log.error({ outbox: row.id, kind: row.kind }, 'a message cannot be read, and is not sent');
    await marks.record({ row, change: unreadable(clock()) });
    wanted = true;
  };

  const canTake = (): boolean => !stopping && account.isOpen() && line.free() > 0;

  const claim = async (): Promise<void> => {
    while (wanted && canTake()) {
      wanted = false;
      const limit = line.free();
      const rows = await claimHeads(storage.read, { provider: storage.provider, account: mine, now: clock(), leaseMs, limit });
      await Promise.all(rows.map(accept));
      if (rows.length > 0) wanted = true;
    }
  };

  const lost = async (expiredBefore?: number): Promise<void> => {
    const rows = await storage.transaction(async (tx) => {
      const found = await takeOver(tx, { account: mine, except: line.ids(), ...(expiredBefore === undefined ? {} : { expiredBefore }) });
      const now = clock();
      const left: Mark[] = found.map((row) => ({ row, change: row.state === 'claimed' ? released : afterDoubt(row, now, idempotent) }));
      for (let from = 0; from < left.length; from += marksAStatement) await markRows(tx, left.slice(from, from + marksAStatement));
      return found;
    });
    if (rows.length === 0) return;
    wanted = true;
    const inDoubt = rows.filter(({ state }) => state === 'sending').length;
    log.warn({ ...mine, unsent: rows.length - inDoubt, inDoubt }, 'messages that an earlier sender left are taken over');
  };

  const lookOnce = async (): Promise<void> => {
    try {
      const now = clock();
      if (Math.abs(now - lostLookedAt) >= lostEveryMs) {
        lostLookedAt = now;
        await lost(now);
      }
      await claim();
    } catch (fault) {
      log.error({ ...mine, ...faultFields(fault) }, 'the outbox could not be read');
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
    recover: () => lost(),
    sendNow(rows) {
      for (const row of rows) {
        if (row.state === 'sending') line.add(row);
        else followed.add(row.address.chat);
      }
      if (rows.some(({ state }) => state === 'ready')) void look();
    },
    look,
    isBusy: () => looking !== null || line.ids().length > 0,
    async settled() {
      await Promise.all([looking, line.settled()]);
    },
    async stop() {
      stopping = true;
      await looking;
      await Promise.all([...line.empty().map(putBack), line.settled()]);
    },
  };
}
