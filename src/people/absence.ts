import { join, sql, type Tx } from '../storage/index.js';

/** An account in a group, as the platform names both. */
export interface InGroup {
  readonly platform: string;
  readonly account: string;
  readonly chat: string;
  readonly sender: string;
}

const rowOf = ({ platform, account, chat, sender }: InGroup) => sql`(${platform}, ${account}, ${chat}, ${sender})`;

/** Writes down that accounts have left a group. Of somebody who is not known, or a group of no community, nothing is. */
export async function haveLeft(tx: Tx, gone: readonly InGroup[]): Promise<void> {
  if (gone.length === 0) return;
  await tx.$executeRaw(
    sql`INSERT INTO "Absence" ("identityId", "chatId")
        SELECT i."id", c."id" FROM "Identity" i JOIN "Chat" c ON c."platform" = i."platform" AND c."account" = i."account"
        WHERE c."kind" = 'group' AND (c."platform", c."account", c."externalId", i."externalId") IN (VALUES ${join(gone.map(rowOf))})
        ON CONFLICT DO NOTHING`,
  );
}

/** Forgets that accounts had left: they came back into the group, or say something there. */
export async function areBack(tx: Tx, here: readonly InGroup[]): Promise<void> {
  if (here.length === 0) return;
  await tx.$executeRaw(
    sql`DELETE FROM "Absence" WHERE ("identityId", "chatId") IN (
          SELECT i."id", c."id" FROM "Identity" i JOIN "Chat" c ON c."platform" = i."platform" AND c."account" = i."account"
          WHERE (c."platform", c."account", c."externalId", i."externalId") IN (VALUES ${join(here.map(rowOf))}))`,
  );
}
