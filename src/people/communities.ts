import type { Tx } from '../storage/index.js';
import type { Community } from './community.js';
import { isStaff, type Role } from './roles.js';

/** A chat as platforms name it. */
interface Place {
  readonly platform: string;
  readonly account: string;
  readonly chat: string;
}

const keyOf = ({ platform, account, chat }: Place) => ({ platform, account, externalId: chat });

/** The community that a chat belongs to; of a private chat, the one that its person looks at. Null where the chat is not known yet. */
export async function communityOfChat(tx: Tx, place: Place): Promise<string | null> {
  const chat = await tx.chat.findUnique({ where: { platform_account_externalId: keyOf(place) }, select: { communityId: true } });
  return chat?.communityId ?? null;
}

/** Lets a private chat look at a community, until its person chooses another or comes from a group of another. */
export async function lookAt(tx: Tx, place: Place, communityId: string, newId: () => string): Promise<void> {
  const key = keyOf(place);
  await tx.chat.upsert({
    where: { platform_account_externalId: key },
    create: { id: newId(), communityId, ...key, kind: 'private' },
    update: { communityId },
  });
}

/** What somebody is in one community. */
export interface SeenIn {
  readonly communityId: string;
  readonly communityName: string;
  readonly timeZone: string;
  /** Their own language, or else the community's. */
  readonly locale: string;
  readonly communityLocale: string;
  readonly roles: readonly Role[];
  readonly staff: boolean;
  /** Wants one thing at a time, and the choices spelled out. */
  readonly elder: boolean;
}

/** A person as a community sees them; null when there is no such community. */
export async function seenIn(tx: Tx, personId: string, communityId: string): Promise<SeenIn | null> {
  const community = await tx.community.findUnique({ where: { id: communityId } });
  const person = await tx.person.findUnique({ where: { id: personId }, include: { roles: { where: { communityId } } } });
  if (!community || !person) return null;
  // Only what `Role` names is ever written.
  const roles = person.roles.map(({ role }) => role as Role);
  const { name: communityName, timeZone, locale: communityLocale } = community;
  const { elder, locale } = person;
  return { communityId, communityName, timeZone, locale: locale ?? communityLocale, communityLocale, roles, staff: isStaff(roles), elder };
}

/** A community to choose, and whether the person has to do with it: holds a role there, or signed up for something. */
export interface CommunityChoice {
  readonly id: string;
  readonly name: string;
  readonly mine: boolean;
}

/** The communities of the installation, a person's own first. */
export async function communitiesFor(tx: Tx, personId: string): Promise<CommunityChoice[]> {
  const all = await tx.community.findMany({ select: { id: true, name: true }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
  const roles = await tx.role.findMany({ where: { personId }, select: { communityId: true } });
  const signUps = await tx.signUp.findMany({ where: { registrantId: personId }, select: { communityId: true }, distinct: ['communityId'] });
  const own = new Set([...roles, ...signUps].map(({ communityId }) => communityId));
  return all
    .map((community) => ({ ...community, mine: own.has(community.id) }))
    .sort((one, other) => Number(other.mine) - Number(one.mine));
}

/** Whether this community was there first: its administrators run the installation, and may found others. */
export async function isFirst(tx: Tx, communityId: string): Promise<boolean> {
  const first = await tx.community.findFirst({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], select: { id: true } });
  return first?.id === communityId;
}

/** Founds a community. It has no administrator yet. */
export async function foundCommunity(tx: Tx, community: Community, now: number): Promise<void> {
  await tx.community.create({ data: { ...community, createdAt: new Date(now) } });
}

/** Communities that nobody administers, oldest first. */
export async function withoutAdministrator(tx: Tx): Promise<{ id: string; name: string }[]> {
  const where = { roles: { none: { role: 'administrator' } } };
  return tx.community.findMany({ where, select: { id: true, name: true }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
}

/** The group chats of a community, oldest first. */
export async function groupsOfCommunity(tx: Tx, communityId: string): Promise<{ id: string; title: string }[]> {
  const chats = await tx.chat.findMany({ where: { communityId, kind: 'group' }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
  return chats.map(({ id, title }) => ({ id, title: title ?? '' }));
}

/** Lets a group go: the bot is silent there again, and keeps no card there. False when it is none of this community's. */
export async function unlinkGroup(tx: Tx, chatId: string, communityId: string): Promise<boolean> {
  const chat = await tx.chat.findFirst({ where: { id: chatId, communityId, kind: 'group' } });
  if (!chat) return false;
  await tx.card.deleteMany({ where: { communityId, platform: chat.platform, account: chat.account, chat: chat.externalId } });
  await tx.chat.delete({ where: { id: chatId } });
  return true;
}

/** One community as a choice among others; null when there is none of this id. */
export const communityNamed = (tx: Tx, id: string): Promise<{ id: string; name: string; locale: string } | null> =>
  tx.community.findUnique({ where: { id }, select: { id: true, name: true, locale: true } });

/** The names of all communities of the installation. */
export async function communityNames(tx: Tx): Promise<string[]> {
  return (await tx.community.findMany({ select: { name: true } })).map(({ name }) => name);
}

/** Turns a switch of a community. False when it stood like that before. */
export async function turnSwitch(tx: Tx, communityId: string, name: 'namesOnCards' | 'fairness', on: boolean): Promise<boolean> {
  const { count } = await tx.community.updateMany({ where: { id: communityId, [name]: !on }, data: { [name]: on } });
  return count > 0;
}
