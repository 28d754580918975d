import { sql, type Tx } from '../storage/index.js';

/**
 * Somebody is called otherwise from now on: the sign-ups on which the name stands say that they changed, so that whoever keeps their
 * names in memory reads them again. `now` in ms.
 */
export async function renamedOn(tx: Tx, who: { readonly person: string } | { readonly dependant: string }, now: number): Promise<void> {
  const theirs =
    'person' in who ? sql`"registrantId" = ${who.person} OR "participant" = ${`p:${who.person}`}` : sql`"dependantId" = ${who.dependant}`;
  await tx.$executeRaw(sql`UPDATE "SignUp" SET "updatedAt" = ${new Date(now)} WHERE ${theirs}`);
}
