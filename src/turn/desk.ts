import type { Address, Inbound, Outbound } from '../chat/index.js';
import { buttonsOf, menuOf } from '../command/index.js';
import type { Planned } from '../delivery/index.js';
import type { Say } from '../dialog/index.js';
import { nothingOpen, type Conversation } from './conversation.js';

/** Where an answer goes: to the chat that was written in, or to the person alone. In a private chat the two are one. */
export type Place = 'here' | 'privately';

/** Gathers what one turn says and keeps, so that all of it can be written at once. Nothing has happened until then. */
export interface Desk {
  conversation(place: Place): Conversation;
  /** Says something; choices in it become the person's current menu there. */
  say(place: Place, says: readonly Say[]): void;
  /** Says one line without touching the menu. */
  remark(place: Place, text: string): void;
  setDialog(place: Place, dialog: Conversation['dialog']): void;
  outbox(): readonly Planned[];
  changed(): ReadonlyMap<string, Conversation>;
}

/** Names the conversation of one sender in one chat. */
export const conversationKey = (address: Address, sender: string): string =>
  `${address.platform}:${address.account}:${address.chat}:${sender}`;

/** Lays out the desk for one message. `privately` is null where the platform does not allow to write to this person alone yet. */
export function createDesk(parts: {
  inbound: Inbound;
  uid: string;
  communityId: string;
  privately: Address | null;
  conversations: ReadonlyMap<string, Conversation>;
  newToken: () => string;
  now: number;
}): Desk {
  const { inbound, uid, communityId, now } = parts;
  const planned: Planned[] = [];
  const changed = new Map<string, Conversation>();
  const addressOf = (place: Place): Address => (place === 'privately' && parts.privately ? parts.privately : inbound.address);
  const keyOf = (place: Place) => conversationKey(addressOf(place), inbound.from.id);
  const conversation: Desk['conversation'] = (place) => changed.get(keyOf(place)) ?? parts.conversations.get(keyOf(place)) ?? nothingOpen;

  const send = (place: Place, message: Outbound) => {
    const address = addressOf(place);
    const inGroup = inbound.kind === 'group' && address.chat === inbound.address.chat;
    const { id, name } = inbound.from;
    const said = inGroup ? { ...message, mention: { id, name } } : message;
    planned.push({ communityId, address, kind: 'reply', dedupeKey: `${uid}#${planned.length}`, message: said });
  };

  return {
    conversation,
    say: (place, says) => {
      const { v, dialog } = conversation(place);
      const offering = says.findLast(({ choices }) => choices !== undefined && choices.length > 0);
      const menu = offering ? menuOf(offering, parts.newToken(), now) : undefined;
      for (const say of says) send(place, say === offering && menu ? { text: say.text, choices: buttonsOf(menu) } : { text: say.text });
      if (says.length > 0) changed.set(keyOf(place), { v, menu, dialog });
    },
    remark: (place, text) => send(place, { text }),
    setDialog: (place, dialog) => {
      const { v, menu } = conversation(place);
      changed.set(keyOf(place), { v, menu, dialog });
    },
    outbox: () => planned,
    changed: () => changed,
  };
}
