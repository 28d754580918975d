import type { Inbound, Receipt } from '../chat/index.js';
import type { Outbox, Outgoing, Planned } from '../delivery/index.js';
import { areBack, haveLeft, recognise, type Seen } from '../people/index.js';
import type { Sealer } from '../seal/index.js';
import { lockKeys, type Storage, type Tx } from '../storage/index.js';
import { isNothing, readConversation, writeConversation, type Conversation } from './conversation.js';
import { conversationKey } from './desk.js';
import { asHeard, comings, isOnlyTaken } from './heard.js';
import { promptKey, readPrompt } from './prompt.js';
import {
  blockedQueues,
  dropConversations,
  finishWaiting,
  keepWaiting,
  loadConversations,
  saveConversations,
  takeOnce,
  type WaitingItem,
} from './rows.js';
import type { TurnParts } from './asked.js';
import { takeTurn, type Taken } from './take.js';

/** One update on its way through a turn. */
export interface Item {
  readonly uid: string;
  readonly queue: string;
  readonly inbound: Inbound;
}

/** What a commit left to do: receipts for the adapters, and replies that were born `sending`. */
export interface Committed {
  readonly receipts: readonly Receipt[];
  readonly replies: readonly Outgoing[];
}

/** Everything a turn works with. */
export interface CommitParts extends TurnParts {
  readonly storage: Storage;
  readonly sealer: Sealer;
  readonly outbox: Outbox;
  readonly clock: () => number;
  /** The clock, but never the same twice: the order of a queue must survive two messages within one ms. */
  readonly stamp: () => number;
  /** Looks at each message before anybody is recognised: in a group of no community nobody is, but for what happens here. */
  readonly beforeRecognised?: (tx: Tx, inbound: Inbound, parts: { now: number; newId: () => string }) => Promise<void>;
}

/** Seals an update for a later try. */
export const sealInbound = (sealer: Sealer, { uid, inbound }: Item) => sealer.seal(JSON.stringify(inbound), `inbox:${uid}`);

/** Opens an update that was kept. */
export const openInbound = (sealer: Sealer, row: WaitingItem): Inbound =>
  // Only sealInbound writes these, and the seal vouches that nobody changed them since.
  JSON.parse(sealer.open(row.payload, `inbox:${row.uid}`)) as Inbound;

/**
 * Takes the turns of a batch in ONE transaction: inbox rows, conversations, effects and replies are all there, or none.
 * An update seen before has no second effect; one whose queue has an older update waiting waits behind it.
 */
export async function commitBatch(items: readonly Item[], parts: CommitParts, deadlineMs: number): Promise<Committed> {
  const { storage, clock } = parts;
  const now = clock();
  return storage.transaction(
    async (tx) => {
      const queues = items.map(({ queue }) => queue);
      await lockKeys(tx, storage, queues);
      const fresh = await takeOnce(
        tx,
        items.map(({ uid, queue }) => ({ uid, queue, receivedAt: now })),
      );
      await keepBlocked(
        tx,
        items.filter(({ uid }) => !fresh.has(uid)),
        parts,
        now,
      );
      const taken = await takeAll(
        tx,
        items.filter(({ uid }) => fresh.has(uid)),
        parts,
        now,
      );
      return { receipts: items.map(({ uid }) => taken.receipts.get(uid) ?? {}), replies: taken.replies };
    },
    { deadlineMs },
  );
}

/** What was not taken and has an older update of its queue before it waits behind that one; the rest has had its effect already. */
async function keepBlocked(tx: Tx, items: readonly Item[], { sealer, stamp }: CommitParts, now: number): Promise<void> {
  if (items.length === 0) return;
  const blocked = await blockedQueues(
    tx,
    items.map(({ queue }) => queue),
  );
  for (const item of items.filter(({ queue }) => blocked.has(queue))) {
    await keepWaiting(tx, { ...item, receivedAt: stamp(), tries: 0, payload: sealInbound(sealer, item) }, now);
  }
}

/** Takes the turn of an update that waited; null when another process has done it meanwhile. */
export async function commitWaiting(row: WaitingItem, parts: CommitParts, deadlineMs: number): Promise<Committed | null> {
  const { storage, sealer, clock } = parts;
  return storage.transaction(
    async (tx) => {
      await lockKeys(tx, storage, [row.queue]);
      if (!(await finishWaiting(tx, row.uid))) return null;
      const item = { uid: row.uid, queue: row.queue, inbound: openInbound(sealer, row) };
      const taken = await takeAll(tx, [item], parts, clock());
      return { receipts: [...taken.receipts.values()], replies: taken.replies };
    },
    { deadlineMs },
  );
}

async function takeAll(tx: Tx, given: readonly Item[], parts: CommitParts, now: number) {
  const receipts = new Map<string, Receipt>();
  const { left, here } = comings(given.map(({ inbound }) => inbound));
  await haveLeft(tx, left);
  await areBack(tx, here);
  const items = given.filter(({ inbound }) => !isOnlyTaken(inbound)).map((item) => ({ ...item, ...asHeard(item.inbound) }));
  if (items.length === 0) return { receipts, replies: [] as Outgoing[] };
  for (const { inbound } of items) await parts.beforeRecognised?.(tx, inbound, { now, newId: parts.newId });
  const everybody = await recognise(tx, items.map(seen), parts.newId, now);
  const turns = items.flatMap((item, place) => {
    const known = everybody[place];
    return known ? [{ ...item, known, now, keys: keysOf(item.inbound, known.privateChat) }] : [];
  });
  const stored =
    turns.length > 0
      ? await loadConversations(tx, [...new Set(turns.flatMap(({ keys }) => keys.flatMap((key) => [key, promptKey(key)])))])
      : new Map<string, Uint8Array>();
  const planned: Planned[] = [];
  const changed = new Map<string, Conversation>();
  for (const turn of turns) {
    const conversations = new Map(turn.keys.map((key) => [key, readConversation(parts.sealer, key, stored.get(key))]));
    const asked = promptKey(conversationKey(turn.inbound.address, turn.inbound.from.id));
    const open = readPrompt(parts.sealer, asked, stored.get(asked));
    const forget = async (): Promise<void> => {
      stored.delete(asked);
      await dropConversations(tx, [asked]);
    };
    const prompt = open && { ...open, community: open.community ?? turn.known.communityId, forget };
    const taken: Taken = await takeTurn(tx, { ...turn, conversations, ...(prompt ? { prompt } : {}) }, parts);
    receipts.set(turn.uid, taken.receipt);
    planned.push(...taken.outbox);
    for (const [key, conversation] of taken.conversations) changed.set(key, conversation);
  }
  const open = [...changed].filter(([, conversation]) => !isNothing(conversation));
  await saveConversations(
    tx,
    open.map(([key, conversation]) => ({ key, state: writeConversation(parts.sealer, key, conversation) })),
    now,
  );
  // What is over needs no row: whoever was deleted in this turn leaves none behind.
  await dropConversations(
    tx,
    [...changed.keys()].filter((key) => stored.has(key) && open.every(([other]) => other !== key)),
  );
  return { receipts, replies: await parts.outbox.enqueue(tx, planned) };
}

function seen({ inbound }: Item): Seen {
  const { address, kind, from } = inbound;
  const { platform, account, chat } = address;
  return {
    platform,
    account,
    chat,
    kind,
    sender: from.id,
    name: from.name,
    ...(from.privateChat === undefined ? {} : { privateChat: from.privateChat }),
  };
}

const keysOf = ({ address, from }: Inbound, privateChat: string | null): string[] => [
  ...new Set([
    conversationKey(address, from.id),
    ...(privateChat === null ? [] : [conversationKey({ ...address, chat: privateChat }, from.id)]),
  ]),
];
