import type { Adapter } from '../chat/index.js';
import type { Sealer } from '../seal/index.js';
import type { Storage } from '../storage/index.js';
import { createAccount } from './account.js';
import { accountKey } from './address.js';
import { type CardKeeper, createCardKeeper } from './cardKeeper.js';
import type { RenderCard } from './cardSteps.js';
import { type Courier, createCourier } from './courier.js';
import type { Hooks } from './hooks.js';
import type { Log } from '../log.js';
import { createMarks } from './marks.js';
import type { Outgoing } from './outbox.js';
import type { RenderPaper } from './paper.js';

/** What a sender is made of. Times in ms. */
export interface SenderParts {
  readonly storage: Storage;
  readonly sealer: Sealer;
  readonly adapters: readonly Adapter[];
  readonly clock: () => number;
  readonly log: Log;
  readonly renderCard: RenderCard;
  readonly renderPaper: RenderPaper;
  readonly hooks?: Hooks;
  /** Chats of one account written to at once; default 8. */
  readonly concurrency?: number;
  /** After this without an answer, a message is in doubt; default 15,000. */
  readonly timeoutMs?: number;
  /** How long a claim holds; default 10,000. */
  readonly leaseMs?: number;
  /** How often it looks for what has become due; default 500. */
  readonly pollMs?: number;
  /** How long an account rests that the platform does not accept; default 60,000. */
  readonly accountPauseMs?: number;
  /** Shortest time between two posts or edits of cards in one chat; default 1,000. */
  readonly minEditMs?: number;
}

/** Brings what stands in the outbox, and the cards, to the platforms. One per process. */
export interface Sender {
  /** Takes over what an earlier process left, then begins to send. Before the adapters start to take updates. */
  start(): Promise<void>;
  /** Sends at once what `enqueue` wrote, after its commit. */
  sendNow(rows: readonly Outgoing[]): void;
  /** Something was committed: messages without `sendNow`, or changed cards. */
  poke(): void;
  /** Resolves when nothing is under way and nothing is ready and due; messages go before cards. Needs no `start`. */
  drain(): Promise<void>;
  /** Begins nothing more, and waits for what is under way, at most `deadlineMs` (default 8,000). What was not begun goes out after the next start. */
  stop(deadlineMs?: number): Promise<void>;
}

// Commits that follow close on each other are looked at together: nobody sees so short a pause, and a look costs as much as a turn.
const pokeMs = 20;

/** Makes the sender. Each account has its own line, so that a platform that hangs delays nobody else. */
export function createSender(parts: SenderParts): Sender {
  const { storage, sealer, clock, log, renderCard, renderPaper, hooks = {}, concurrency = 8, timeoutMs = 15_000, leaseMs = 10_000 } = parts;
  const marks = createMarks({ storage, log });
  const couriers = new Map<string, Courier>();
  const keepers: CardKeeper[] = [];
  for (const adapter of parts.adapters) {
    const account = createAccount({ adapter, clock, log, timeoutMs, pauseMs: parts.accountPauseMs ?? 60_000 });
    const common = { storage, clock, log, hooks, account, concurrency };
    couriers.set(accountKey(adapter), createCourier({ ...common, sealer, marks, renderPaper, leaseMs, timeoutMs }));
    keepers.push(createCardKeeper({ ...common, renderCard, minEditMs: parts.minEditMs ?? 1_000 }));
  }
  const workers = [...couriers.values(), ...keepers];
  let timer: NodeJS.Timeout | undefined;
  let poked: NodeJS.Timeout | undefined;

  const look = async (): Promise<void> => {
    await Promise.all(workers.map((worker) => worker.look()));
  };

  const idle = async (some: readonly (Courier | CardKeeper)[]): Promise<void> => {
    do {
      await Promise.all(some.map((worker) => worker.settled()));
      await Promise.all(some.map((worker) => worker.look()));
    } while (some.some((worker) => worker.isBusy()));
  };

  const putBack = async (rows: readonly Outgoing[]): Promise<void> => {
    await Promise.all(rows.filter(({ state }) => state === 'sending').map((row) => marks.record({ row, change: { state: 'ready' } })));
  };

  return {
    async start() {
      await Promise.all(workers.map((worker) => worker.recover()));
      timer = setInterval(() => void look(), parts.pollMs ?? 500);
      void look();
    },
    sendNow(rows) {
      for (const [key, courier] of couriers) courier.sendNow(rows.filter(({ address }) => accountKey(address) === key));
      // No adapter here speaks for those accounts: their messages wait for a process that has one.
      void putBack(rows.filter(({ address }) => !couriers.has(accountKey(address))));
    },
    poke() {
      poked ??= setTimeout(() => {
        poked = undefined;
        void look();
      }, pokeMs);
    },
    async drain() {
      clearTimeout(poked);
      poked = undefined;
      do {
        await idle([...couriers.values()]);
        await idle(keepers);
      } while (workers.some((worker) => worker.isBusy()));
    },
    async stop(deadlineMs = 8_000) {
      clearInterval(timer);
      clearTimeout(poked);
      let deadline: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        deadline = setTimeout(resolve, deadlineMs);
      });
      await Promise.race([Promise.all(workers.map((worker) => worker.stop())), late]);
      clearTimeout(deadline);
      marks.close();
    },
  };
}
