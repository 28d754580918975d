import type { Address, Inbound, Outbound } from '../chat/index.js';
import { buttonsOf, menuOf, spelledOut, withHelperAt9, type Menu } from '../command/index.js';
import type { Planned } from '../delivery/index.js';
import type { PaperRecipe, Say, Translate } from '../dialog/index.js';
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
  /** The menu there counts no more, since what the person is asked now stands elsewhere. */
  closeMenu(place: Place): void;
  /** Spells the choices out from now on, or no longer: elder mode. */
  setElder(elder: Translate | undefined): void;
  setDialog(place: Place, dialog: Conversation['dialog']): void;
  /** Remembers what was confirmed; whatever is begun after it makes a repeat of it impossible to tell, and so forgets it. */
  setDone(place: Place, done: Conversation['done']): void;
  /** Puts something by for later calls of commands. */
  setRemembered(place: Place, remembered: Conversation['remembered']): void;
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
  /** The language of whoever is spoken to. */
  locale: string;
  privately: Address | null;
  conversations: ReadonlyMap<string, Conversation>;
  newToken: () => string;
  now: number;
  /** Elder mode: the texts with which the choices are spelled out. */
  elder?: Translate;
}): Desk {
  const { inbound, uid, communityId, locale, now } = parts;
  const planned: Planned[] = [];
  const changed = new Map<string, Conversation>();
  let spelling = parts.elder;
  const addressOf = (place: Place): Address => (place === 'privately' && parts.privately ? parts.privately : inbound.address);
  const keyOf = (place: Place) => conversationKey(addressOf(place), inbound.from.id);
  const conversation: Desk['conversation'] = (place) => changed.get(keyOf(place)) ?? parts.conversations.get(keyOf(place)) ?? nothingOpen;

  const send = (place: Place, message: Outbound, paper?: PaperRecipe) => {
    const address = addressOf(place);
    const inGroup = inbound.kind === 'group' && address.chat === inbound.address.chat;
    const { id, name } = inbound.from;
    const said = inGroup ? { ...message, mention: { id, name } } : message;
    const reply = { communityId, address, kind: 'reply', dedupeKey: `${uid}#${planned.length}`, message: said } as const;
    planned.push(paper === undefined ? reply : { ...reply, paper: { ...paper, locale } });
  };

  return {
    conversation,
    say: (place, told) => {
      const { menu: _old, ...rest } = conversation(place);
      const elder = spelling;
      const says = elder ? told.map((say) => withHelperAt9(say, elder)) : told;
      const offering = says.findLast(({ choices }) => choices !== undefined && choices.length > 0);
      const menu = offering ? menuOf(offering, parts.newToken(), now) : undefined;
      const shown = (of: Menu) => (elder ? spelledOut(of, elder) : { text: of.text, choices: buttonsOf(of) });
      for (const say of says) send(place, say === offering && menu ? shown(menu) : { text: say.text }, say.paper);
      if (says.length > 0) changed.set(keyOf(place), menu ? { ...rest, menu } : rest);
    },
    remark: (place, text) => send(place, { text }),
    closeMenu: (place) => {
      const { menu, ...rest } = conversation(place);
      if (menu) changed.set(keyOf(place), rest);
    },
    setElder: (texts) => {
      spelling = texts;
    },
    setDialog: (place, dialog) => {
      const { dialog: _old, ...rest } = conversation(place);
      changed.set(keyOf(place), dialog ? { ...rest, dialog } : rest);
    },
    setDone: (place, done) => {
      const { done: old, ...rest } = conversation(place);
      if (old || done) changed.set(keyOf(place), done ? { ...rest, done } : rest);
    },
    setRemembered: (place, remembered) => {
      const { remembered: old, ...rest } = conversation(place);
      if (old || remembered) changed.set(keyOf(place), remembered ? { ...rest, remembered } : rest);
    },
    outbox: () => planned,
    changed: () => changed,
  };
}
