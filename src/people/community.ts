import type { Tx } from '../storage/index.js';

/** A community as the whole house refers to it. */
export interface Community {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly locale: string;
}

/** The first community; made from the configuration's defaults when there is none, so that one is there from the start. */
export async function firstCommunity(tx: Tx, defaults: Omit<Community, 'id'>, newId: () => string, now: number): Promise<Community> {
  const there = await tx.community.findFirst({ orderBy: { createdAt: 'asc' } });
  return there ?? tx.community.create({ data: { id: newId(), ...defaults, createdAt: new Date(now) } });
}

/** Makes a group chat one of a community; where it is one already, its title is brought up to date. */
export async function linkGroup(
  tx: Tx,
  group: { platform: string; account: string; chat: string; title: string },
  communityId: string,
  newId: () => string,
): Promise<void> {
  const { platform, account, chat, title } = group;
  const key = { platform, account, externalId: chat };
  await tx.chat.upsert({
    where: { platform_account_externalId: key },
    create: { id: newId(), communityId, ...key, kind: 'group', title },
    update: { title },
  });
}
