import type { Tx } from '../storage/index.js';
import { renamedOn } from './shownNames.js';

/** Chooses the language in which somebody is spoken to. */
export async function setLocale(tx: Tx, personId: string, locale: string): Promise<void> {
  await tx.person.update({ where: { id: personId }, data: { locale } });
}

/** What somebody wants to be called. `now` in ms. */
export async function setName(tx: Tx, personId: string, name: string, now: number): Promise<void> {
  await tx.person.update({ where: { id: personId }, data: { name } });
  await renamedOn(tx, { person: personId }, now);
}

/** Turns elder mode on or off. */
export async function setElder(tx: Tx, personId: string, elder: boolean): Promise<void> {
  await tx.person.update({ where: { id: personId }, data: { elder } });
}

/** Somebody who is known by name alone, such as from a paper. */
export async function addPerson(tx: Tx, person: { readonly id: string; readonly name: string; readonly now: number }): Promise<void> {
  await tx.person.create({ data: { id: person.id, name: person.name, createdAt: new Date(person.now) } });
}

/** Somebody with the language that they have chosen; null where they have chosen none. */
export interface Speaker {
  readonly personId: string;
  readonly locale: string | null;
}

/** The languages of these people; who is gone is left out. */
export async function speakersAmong(tx: Tx, personIds: readonly string[]): Promise<Speaker[]> {
  const rows = await tx.person.findMany({ where: { id: { in: [...personIds] } }, select: { id: true, locale: true } });
  return rows.map(({ id, locale }) => ({ personId: id, locale }));
}

/** The language that somebody has chosen; null where they have chosen none, or are gone. */
export const localeOf = async (tx: Tx, personId: string): Promise<string | null> =>
  (await speakersAmong(tx, [personId]))[0]?.locale ?? null;

/** One account of somebody, as they know it. */
export interface OwnIdentity {
  readonly id: string;
  readonly platform: string;
  readonly name: string;
}

/** Somebody's accounts, but the one whose private chat this is; the oldest first. */
export const identitiesBut = (
  tx: Tx,
  personId: string,
  { platform, account, chat }: { readonly platform: string; readonly account: string; readonly chat: string },
): Promise<OwnIdentity[]> =>
  tx.identity.findMany({
    where: { personId, NOT: { platform, account, privateChat: chat } },
    select: { id: true, platform: true, name: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });

/** The account of somebody whose private chat this is; null where it is none of theirs. */
export const identityAt = (
  tx: Tx,
  personId: string,
  { platform, account, chat }: { readonly platform: string; readonly account: string; readonly chat: string },
): Promise<OwnIdentity | null> =>
  tx.identity.findFirst({ where: { personId, platform, account, privateChat: chat }, select: { id: true, platform: true, name: true } });

/** One account of somebody; null when it is not theirs. */
export const identityOf = (tx: Tx, personId: string, id: string): Promise<OwnIdentity | null> =>
  tx.identity.findFirst({ where: { id, personId }, select: { id: true, platform: true, name: true } });
