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

/** Somebody as a community tells them something. */
export interface Reachable {
  readonly personId: string;
  readonly name: string;
  /** Their own language, or else the community's. */
  readonly locale: string;
}

/** These people by their ids, with the languages in which they are told something here; who is gone is missing. */
export async function peopleHere(tx: Tx, communityId: string, ids: readonly string[]): Promise<Map<string, Reachable>> {
  const rows = ids.length === 0 ? [] : await tx.person.findMany({ where: { id: { in: [...new Set(ids)] } } });
  if (rows.length === 0) return new Map();
  const { locale: common } = await communityById(tx, communityId);
  return new Map(rows.map(({ id, name, locale }) => [id, { personId: id, name, locale: locale ?? common }]));
}

/** Somebody who might be the one that a name means. */
export interface Namesake {
  readonly personId: string;
  readonly name: string;
  /** What they are here; empty for residents. */
  readonly roles: readonly string[];
}

/**
 * Who in a community may be meant by a name: its team, those called so first, and residents who are called so and have written here or
 * signed up for something. Who it is, staff say; nothing is guessed. At most `most`.
 */
export async function namesakes(tx: Tx, communityId: string, name: string, most = 20): Promise<Namesake[]> {
  const plain = name.replace(/(?:老师|医生|教练|社工)$/u, '');
  const isCalled = (called: string) => called === name || (plain !== '' && called.includes(plain));
  const held = await tx.role.findMany({
    where: { communityId },
    include: { person: true },
    orderBy: [{ grantedAt: 'asc' }, { id: 'asc' }],
  });
  const team = new Map<string, Namesake>();
  for (const { personId, role, person } of held)
    team.set(personId, { personId, name: person.name, roles: [...(team.get(personId)?.roles ?? []), role] });
  const called = plain === '' ? [] : await tx.person.findMany({ where: { name: { contains: plain } }, take: 200, orderBy: { id: 'asc' } });
  const here = await tx.signUp.findMany({
    where: { communityId, registrantId: { in: called.map(({ id }) => id) } },
    select: { registrantId: true },
    distinct: ['registrantId'],
  });
  const chats = await tx.identity.findMany({
    where: { personId: { in: called.map(({ id }) => id) }, privateChat: { not: null } },
    select: { personId: true, platform: true, account: true, privateChat: true },
  });
  const known = new Set(here.map(({ registrantId }) => registrantId));
  const talksHere = await tx.chat.findMany({
    where: { communityId, kind: 'private', externalId: { in: chats.flatMap(({ privateChat }) => privateChat ?? []) } },
    select: { platform: true, account: true, externalId: true },
  });
  for (const { personId, platform, account, privateChat } of chats) {
    const talk = talksHere.find((one) => one.platform === platform && one.account === account && one.externalId === privateChat);
    if (talk) known.add(personId);
  }
  const residents = called
    .filter(({ id }) => known.has(id) && !team.has(id))
    .map((one): Namesake => ({ personId: one.id, name: one.name, roles: [] }));
  const members = [...team.values()];
  const first = members.filter((one) => isCalled(one.name));
  return [...first, ...residents, ...members.filter((one) => !first.includes(one))].slice(0, most);
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
  readonly id: string;
  readonly platform: string;
  readonly account: string;
  readonly chat: string;
  readonly title: string | null;
}

/** The group chats of a community with their addresses, oldest first. */
export async function groupChats(tx: Tx, communityId: string): Promise<GroupChat[]> {
  const chats = await tx.chat.findMany({ where: { communityId, kind: 'group' }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
  return chats.map(({ id, platform, account, externalId, title }) => ({ id, platform, account, chat: externalId, title }));
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

/** The title of a group; null where it is not known, or has none. */
export async function groupTitle(
  tx: Tx,
  { platform, account, chat }: { readonly platform: string; readonly account: string; readonly chat: string },
): Promise<string | null> {
  return (await tx.chat.findFirst({ where: { platform, account, externalId: chat }, select: { title: true } }))?.title ?? null;
}
