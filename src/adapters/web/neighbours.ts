import type { Sender } from '../../chat/index.js';

/** A sample person whom a visitor of the try page can be. */
export interface TryPerson {
  /** 1 to 64 characters; unique. */
  readonly id: string;
  readonly name: string;
  /** What helps to choose: 社工, or 妈妈,孩子8岁. */
  readonly note: string;
}

/** A group that all sample people are in. */
export interface TryGroup {
  readonly id: string;
  readonly title: string;
}

/** One chat of the web chat. */
export type WebChat =
  | { readonly id: string; readonly kind: 'group'; readonly title: string }
  | { readonly id: string; readonly kind: 'private'; readonly person: string };

/** Who is there, and which chats. */
interface Neighbours {
  person(id: string): Sender | undefined;
  chat(id: string): WebChat | undefined;
}

/** Whether somebody may read and write in a chat. */
export const isIn = (person: string, chat: WebChat): boolean => chat.kind === 'group' || chat.person === person;

/** The private chat of a person with the bot. */
export const privateChatOf = (person: string): string => `p-${person}`;

/** Looks up people and chats; Maps, so that a name such as `__proto__` is only a name. Throws when two chats or two people have one id. */
export function createNeighbours(people: readonly TryPerson[], groups: readonly TryGroup[]): Neighbours {
  const senders = new Map<string, Sender>(people.map(({ id, name }) => [id, { id, name, privateChat: privateChatOf(id) }]));
  const chats = new Map<string, WebChat>([
    ...groups.map(({ id, title }): [string, WebChat] => [id, { id, kind: 'group', title }]),
    ...people.map(({ id }): [string, WebChat] => [privateChatOf(id), { id: privateChatOf(id), kind: 'private', person: id }]),
  ]);
  if (chats.size !== people.length + groups.length) throw new Error('Two chats or two sample people of the web chat have the same id.');
  return {
    person: (id) => senders.get(id),
    chat: (id) => chats.get(id),
  };
}
