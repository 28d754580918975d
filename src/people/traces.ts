import type { Tx } from '../storage/index.js';

/** One account, as its row names it. */
export interface Account {
  readonly platform: string;
  readonly account: string;
  readonly externalId: string;
  readonly privateChat: string | null;
}

/** The private chats of an account: where the bot writes, and where the platform's own id is the chat's. */
export const chatsOf = ({ privateChat, externalId }: Account): string[] => [
  ...new Set([...(privateChat === null ? [] : [privateChat]), externalId]),
];

/** Forgets what is open with an account in any chat: conversations, and the prompt that stands beside each. The keys are the turn's (`conversationKey`, `promptKey`). */
export async function forgetConversations(tx: Tx, account: Account): Promise<void> {
  const { platform, account: name, externalId } = account;
  const groups = await tx.chat.findMany({ where: { platform, account: name, kind: 'group' }, select: { externalId: true } });
  const chats = [...groups.map((group) => group.externalId), ...chatsOf(account)];
  const keys = chats.map((chat) => `${platform}:${name}:${chat}:${externalId}`);
  await tx.conversation.deleteMany({ where: { key: { in: keys.flatMap((key) => [key, `${key}#prompt`]) } } });
}
