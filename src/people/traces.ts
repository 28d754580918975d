import type { Tx } from '../storage/index.js';

/** One account, as its row names it. */
export interface Account {
  readonly platform: string;
  readonly account: string;
  readonly externalId: string;
  readonly privateChat: string | null;
}

/** What a platform keeps about accounts in tables of its own, and how it is forgotten. */
export interface PlatformTraces {
  /** What was written with an account and said in its private chats. */
  forgetAccount(tx: Tx, parts: { readonly externalId: string; readonly chats: readonly string[] }): Promise<void>;
  /** What was still shown there until then (ms), and the account itself. */
  forgetLeftovers(tx: Tx, parts: { readonly chats: readonly string[]; readonly until: number }): Promise<void>;
}

/** By platform; one that keeps nothing has no entry. */
export type TracesByPlatform = Readonly<Record<string, PlatformTraces>>;

/** The private chats of an account: where the bot writes, and where the platform's own id is the chat's. */
export const chatsOf = ({ privateChat, externalId }: Account): string[] => [
  ...new Set([...(privateChat === null ? [] : [privateChat]), externalId]),
];

/**
 * Forgets what was said with one account on its platform: open conversations in every chat, messages that wait or were set aside, messages
 * to them, their private chat. The numbers of taken messages stay, so that none takes effect twice, but no longer tell whose they are;
 * `mark` stands in that place.
 */
export async function forgetTalks(tx: Tx, identity: Account, mark: string): Promise<void> {
  const { platform, account, externalId } = identity;
  const of = { platform, account };
  const chats = { in: chatsOf(identity) };
  await forgetConversations(tx, identity);
  const queue = `${platform}:${account}:${externalId}`;
  await tx.inbox.updateMany({ where: { queue, state: { not: 'done' } }, data: { state: 'done', payload: null } });
  await tx.inbox.updateMany({ where: { queue }, data: { queue: `erased:${mark}` } });
  await tx.outbox.deleteMany({ where: { ...of, chat: chats, state: { notIn: ['claimed', 'sending'] } } });
  await tx.chat.deleteMany({ where: { ...of, externalId: chats, kind: 'private' } });
}

/** Forgets what is open with an account in any chat: conversations, and the prompt that stands beside each. The keys are the turn's (`conversationKey`, `promptKey`). */
export async function forgetConversations(tx: Tx, account: Account): Promise<void> {
  const { platform, account: name, externalId } = account;
  const groups = await tx.chat.findMany({ where: { platform, account: name, kind: 'group' }, select: { externalId: true } });
  const chats = [...groups.map((group) => group.externalId), ...chatsOf(account)];
  const keys = chats.map((chat) => `${platform}:${name}:${chat}:${externalId}`);
  await tx.conversation.deleteMany({ where: { key: { in: keys.flatMap((key) => [key, `${key}#prompt`]) } } });
}
