import type { Inbound, Receipt } from '../chat/index.js';
import type { Outgoing } from '../delivery/index.js';
import { faultFields, type Log } from '../log.js';
import { DeadlineError, type Storage, type Tx } from '../storage/index.js';
import { createBatchSize } from './batchSize.js';
import { commitBatch, commitWaiting, sealInbound, type CommitParts, type Item } from './commit.js';
import { setAside } from './fault.js';
import { createQueues } from './queues.js';
import { countTry, dueWaiting, keepWaiting, type WaitingItem } from './rows.js';

export { createTell, tellRunner } from './tell.js';

/** The way of a message, from the adapter to the commit. */
export interface Turns {
  /** Resolves once a commit holds the update: with its effects, or alone as waiting. Rejects when the database took neither. */
  receive(inbound: Inbound): Promise<Receipt>;
  /** Tries what waits and is due again; a tick calls it. */
  retryDue(): Promise<void>;
  /** Resolves when no turn is under way. */
  idle(): Promise<void>;
}

/** The deadline of a shared commit (ms): where many want the same rows, they wait for each other. */
const sharedMs = 3_000;
/** Into so many a shared commit is divided when it fails: with 64 turns, twice until each is alone. */
const partsOfFailed = 8;
/** A first try alone may hold others up for no longer than this (ms); after it the update waits by itself. */
const firstTryMs = 1_000;
/** Later tries run alone and get the whole deadline (ms). */
const laterTryMs = 3_000;
const tries = 3;
/** Pause before the next try, by the number of tries so far (ms). */
const pauses = [0, 1_000, 5_000];

type Result = { readonly receipt: Receipt } | { readonly fault: unknown };

/** Builds the runner of turns. `lanes` is the number of transactions under way at once: 1 on SQLite, more on PostgreSQL. */
export function createTurns(
  given: Omit<CommitParts, 'stamp'> & {
    readonly log: Log;
    readonly newFaultId: () => string;
    /** Something was committed: these replies were born `sending`, and other messages may wait. */
    readonly committed: (replies: readonly Outgoing[]) => void;
    readonly maxBatch?: number;
    readonly lanes?: number;
  },
): Turns {
  const { storage, sealer, clock, log } = given;
  let last = 0;
  const stamp = (): number => (last = Math.max(clock(), last + 1));
  const parts = { ...given, stamp };
  const size = createBatchSize(parts.maxBatch ?? 64);
  const lanes = parts.lanes ?? (storage.provider === 'sqlite' ? 1 : 2);

  const commit = async (items: readonly Item[]): Promise<readonly Receipt[]> => {
    const { receipts, replies } = await commitBatch(items, parts, items.length > 1 ? sharedMs : firstTryMs);
    parts.committed(replies);
    return receipts;
  };

  /** A failed turn leaves nothing behind but itself, waiting for its next try. */
  const commitAlone = async (item: Item): Promise<Receipt> => {
    try {
      const [receipt = {}] = await commit([item]);
      return receipt;
    } catch (fault) {
      log.warn({ ...faultFields(fault), uid: item.uid }, 'a turn failed and waits for another try');
      const now = stamp();
      await keep(storage, (tx) =>
        keepWaiting(tx, { ...item, receivedAt: now, tries: 1, payload: sealInbound(sealer, item) }, now + (pauses[1] ?? 0)),
      );
      return {};
    }
  };

  /** A fault of one turn is soon found alone, and what waited too long for the locks of others goes on in commits that are short. */
  const take = async (items: readonly Item[]): Promise<Result[]> => {
    const [first, second] = items;
    if (first && !second)
      return [
        await commitAlone(first).then(
          (receipt) => ({ receipt }),
          (fault: unknown) => ({ fault }),
        ),
      ];
    try {
      const receipts = await commit(items);
      size.wentWell(items.length);
      return receipts.map((receipt) => ({ receipt }));
    } catch (fault) {
      if (fault instanceof DeadlineError) size.ranOut();
      log.warn({ ...faultFields(fault), turns: items.length }, 'a shared commit failed; its turns are tried in smaller ones');
    }
    const results: Result[] = [];
    const part = Math.ceil(items.length / partsOfFailed);
    for (let from = 0; from < items.length; from += part) results.push(...(await take(items.slice(from, from + part))));
    return results;
  };

  const queues = createQueues<Item, Result>({ lanes, maxBatch: size.most, run: take });

  const retry = async (row: WaitingItem): Promise<void> => {
    try {
      const done = await commitWaiting(row, parts, laterTryMs);
      if (done) parts.committed(done.replies);
    } catch (fault) {
      const count = row.tries + 1;
      if (count < tries) {
        log.warn({ ...faultFields(fault), uid: row.uid, tries: count }, 'a waiting turn failed again');
        await keep(storage, (tx) => countTry(tx, row.uid, count, clock() + (pauses[count] ?? 0)));
        return;
      }
      const faultId = parts.newFaultId();
      log.error({ ...faultFields(fault), uid: row.uid, faultId }, 'a turn failed three times and is set aside');
      parts.committed(await keep(storage, (tx) => setAside(tx, row, faultId, parts)));
    }
  };

  return {
    receive: async (inbound) => {
      const { platform, account } = inbound.address;
      const account_ = `${platform}:${account}`;
      const result = await queues.push(`${account_}:${inbound.from.id}`, {
        uid: `${account_}:${inbound.id}`,
        queue: `${account_}:${inbound.from.id}`,
        inbound,
      });
      if ('fault' in result) throw result.fault;
      return result.receipt;
    },
    retryDue: async () => {
      // Each round takes the oldest of every queue; what waited behind it is due in the next round.
      for (let rows = await dueWaiting(storage.read, clock(), 32); rows.length > 0; rows = await dueWaiting(storage.read, clock(), 32)) {
        for (const row of rows) await retry(row);
      }
    },
    idle: () => queues.idle(),
  };
}

const keep = <Result>(storage: Storage, work: (tx: Tx) => Promise<Result>) => storage.transaction(work);
