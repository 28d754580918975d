import type { Tx } from '../storage/index.js';

/** What of a community decides how its messages and cards are written. */
export interface CommunityView {
  readonly name: string;
  readonly locale: string;
  readonly timeZone: string;
  /** Cards in groups name who comes. */
  readonly namesOnCards: boolean;
  /** Whoever waited in vain goes first on the next waiting list. */
  readonly fairness: boolean;
}

/** A community by its id, which is known to be one. */
export const communityById = (tx: Tx, id: string): Promise<CommunityView> =>
  tx.community.findUniqueOrThrow({
    where: { id },
    select: { name: true, locale: true, timeZone: true, namesOnCards: true, fairness: true },
  });

/** What somebody is called; null where they are gone. */
export async function personName(tx: Tx, id: string): Promise<string | null> {
  return (await tx.person.findUnique({ where: { id }, select: { name: true } }))?.name ?? null;
}

/** Those among these people to whom the bot can write privately. */
export async function reachableAmong(tx: Tx, personIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.identity.findMany({
    where: { personId: { in: [...personIds] }, privateChat: { not: null } },
    select: { personId: true },
  });
  return new Set(rows.map(({ personId }) => personId));
}

/** A group chat, where cards are posted. */
export interface GroupChat {
  readonly platform: string;
  readonly account: string;
  readonly chat: string;
  readonly title: string | null;
}

/** The group chats of a community with their addresses, oldest first. */
export async function groupChats(tx: Tx, communityId: string): Promise<GroupChat[]> {
  const chats = await tx.chat.findMany({ where: { communityId, kind: 'group' }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
  return chats.map(({ platform, account, externalId, title }) => ({ platform, account, chat: externalId, title }));
}

/** The household of somebody; null where there is none. */
export async function householdIdOf(tx: Tx, personId: string): Promise<string | null> {
  const member = await tx.householdMember.findFirst({
    where: { personId },
    select: { householdId: true },
    orderBy: [{ household: { createdAt: 'asc' } }, { householdId: 'asc' }],
  });
  return member?.householdId ?? null;
}
