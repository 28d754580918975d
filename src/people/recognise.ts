import { join, sql, type Tx } from '../storage/index.js';
import { isStaff, type Role } from './roles.js';

/** Where and by whom something was said, as the platform names it. */
export interface Seen {
  readonly platform: string;
  readonly account: string;
  readonly chat: string;
  readonly kind: 'private' | 'group';
  readonly sender: string;
  readonly name: string;
  readonly privateChat?: string;
}

/** The person behind an identity, in the community of the chat. */
export interface Known {
  readonly personId: string;
  readonly name: string;
  readonly locale: string;
  /** For those who have chosen no language. */
  readonly communityLocale: string;
  /** Wants everything spelled out. */
  readonly elder: boolean;
  readonly staff: boolean;
  /** What they are in this community. */
  readonly roles: readonly Role[];
  readonly communityId: string;
  readonly communityName: string;
  readonly timeZone: string;
  readonly privateChat: string | null;
  /** First time that this identity writes. */
  readonly isNew: boolean;
}

interface ChatRow {
  platform: string;
  account: string;
  externalId: string;
  communityId: string;
  communityName: string;
  timeZone: string;
  locale: string;
}

interface IdentityRow {
  id: string;
  /** Of several accounts of the person the one used last. */
  usedId: string | null;
  platform: string;
  account: string;
  externalId: string;
  personId: string;
  privateChat: string | null;
  name: string;
  locale: string | null;
  /** SQLite has no booleans of its own in raw queries. */
  elder: boolean | number | bigint;
}

const idOf = (platform: string, account: string, id: string) => JSON.stringify([platform, account, id]);

/**
 * Says who each of these is, making a person for an identity that is new, in the order given. A group that no organiser has
 * linked to a community gives null: there the bot stays silent, and remembers nobody.
 * `now` in ms. Four statements for any number of people who are known, and four more for all who are new, since turns of many chats share one
 * transaction.
 */
export async function recognise(tx: Tx, seen: readonly Seen[], newId: () => string, now: number): Promise<(Known | null)[]> {
  const chats = await loadChats(tx, seen);
  await addPrivateChats(tx, seen, chats, newId);
  const here = seen.filter(({ platform, account, chat }) => chats.has(idOf(platform, account, chat)));
  if (here.length === 0) return seen.map(() => null);
  const identities = await loadIdentities(tx, here);
  const fresh = await addPeople(tx, here, identities, { newId, now });
  const people = [...new Set([...identities.values()].map(({ personId }) => personId))];
  const roles = await tx.$queryRaw<{ personId: string; communityId: string; role: Role }[]>(
    sql`SELECT "personId", "communityId", "role" FROM "Role" WHERE "personId" IN (${join(people)})`,
  );
  return seen.map((one) => {
    const chat = chats.get(idOf(one.platform, one.account, one.chat));
    const key = idOf(one.platform, one.account, one.sender);
    const identity = identities.get(key);
    if (!chat || !identity) return null;
    const held = roles
      .filter(({ personId, communityId }) => personId === identity.personId && communityId === chat.communityId)
      .map(({ role }) => role);
    return {
      personId: identity.personId,
      name: identity.name,
      locale: identity.locale ?? chat.locale,
      communityLocale: chat.locale,
      elder: Boolean(identity.elder),
      staff: isStaff(held),
      roles: held,
      communityId: chat.communityId,
      communityName: chat.communityName,
      timeZone: chat.timeZone,
      privateChat: one.privateChat ?? identity.privateChat,
      isNew: fresh.has(key),
    };
  });
}

async function loadChats(tx: Tx, seen: readonly Seen[]): Promise<Map<string, ChatRow>> {
  const keys = join(seen.map(({ platform, account, chat }) => sql`(${platform}, ${account}, ${chat})`));
  const rows = await tx.$queryRaw<ChatRow[]>(
    sql`SELECT c."platform", c."account", c."externalId", c."communityId", m."name" AS "communityName", m."timeZone", m."locale"
        FROM "Chat" c JOIN "Community" m ON m."id" = c."communityId"
        WHERE (c."platform", c."account", c."externalId") IN (VALUES ${keys})`,
  );
  return new Map(rows.map((row) => [idOf(row.platform, row.account, row.externalId), row]));
}

/** A private chat belongs to the first community until its person chooses another. */
async function addPrivateChats(tx: Tx, seen: readonly Seen[], chats: Map<string, ChatRow>, newId: () => string): Promise<void> {
  const fresh = new Map(
    seen
      .filter(({ kind }) => kind === 'private')
      .map(({ platform, account, chat }) => [idOf(platform, account, chat), { platform, account, externalId: chat }] as const)
      .filter(([key]) => !chats.has(key)),
  );
  if (fresh.size === 0) return;
  const { id: communityId, name, timeZone, locale } = await tx.community.findFirstOrThrow({ orderBy: { createdAt: 'asc' } });
  await tx.chat.createMany({ data: [...fresh.values()].map((chat) => ({ id: newId(), communityId, kind: 'private', ...chat })) });
  for (const [key, chat] of fresh) chats.set(key, { ...chat, communityId, communityName: name, timeZone, locale });
}

async function loadIdentities(tx: Tx, seen: readonly Seen[]): Promise<Map<string, IdentityRow>> {
  const keys = join(seen.map(({ platform, account, sender }) => sql`(${platform}, ${account}, ${sender})`));
  const rows = await tx.$queryRaw<IdentityRow[]>(
    sql`SELECT i."id", p."usedId", i."platform", i."account", i."externalId", i."personId", i."privateChat", p."name", p."locale", p."elder"
        FROM "Identity" i JOIN "Person" p ON p."id" = i."personId"
        WHERE (i."platform", i."account", i."externalId") IN (VALUES ${keys})`,
  );
  return new Map(rows.map((row) => [idOf(row.platform, row.account, row.externalId), row]));
}

/** Makes a person for every identity not met before, and keeps the private chat's id and the account in use up to date. Gives the keys of the new ones. */
async function addPeople(
  tx: Tx,
  seen: readonly Seen[],
  identities: Map<string, IdentityRow>,
  { newId, now }: { newId: () => string; now: number },
): Promise<Set<string>> {
  const createdAt = new Date(now);
  const fresh = new Set<string>();
  const used = new Map([...identities.values()].map(({ personId, usedId }) => [personId, usedId]));
  const people: { id: string; name: string; createdAt: Date }[] = [];
  const added: (Omit<IdentityRow, 'usedId' | 'locale' | 'elder'> & { createdAt: Date })[] = [];
  for (const { platform, account, sender, name, privateChat = null } of seen) {
    const key = idOf(platform, account, sender);
    const known = identities.get(key);
    if (!known) {
      const personId = newId();
      const id = newId();
      people.push({ id: personId, name, createdAt });
      added.push({ id, personId, platform, account, externalId: sender, name, privateChat, createdAt });
      identities.set(key, {
        id,
        usedId: null,
        platform,
        account,
        externalId: sender,
        personId,
        privateChat,
        name,
        locale: null,
        elder: false,
      });
      fresh.add(key);
      continue;
    }
    const last = used.get(known.personId) ?? null;
    // Messages follow whoever has several accounts to the one in use.
    if (last !== null && last !== known.id) {
      used.set(known.personId, known.id);
      await tx.person.updateMany({ where: { id: known.personId }, data: { usedId: known.id } });
    }
    if (privateChat !== null && known.privateChat !== privateChat) {
      known.privateChat = privateChat;
      // One that is new is written with what it has by then.
      const unwritten = added.find((one) => one.personId === known.personId);
      if (unwritten) unwritten.privateChat = privateChat;
      else await tx.identity.updateMany({ where: { platform, account, externalId: sender }, data: { privateChat } });
    }
  }
  if (people.length > 0) {
    await tx.person.createMany({ data: people });
    await tx.identity.createMany({ data: added });
  }
  return fresh;
}
