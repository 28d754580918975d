import { sql, type Tx } from '../storage/index.js';
import { better, earlierPosition, takesPlace } from './bonds.js';

/** A place that is free because two sign-ups turned out to be one. `scope` as in the table `SignUp`. */
export interface Freed {
  readonly eventId: string;
  readonly scope: string;
}

/**
 * One participant turned out to be another (`p:PERSON` or `d:DEPENDANT`): the sign-ups follow. Where both had signed up for the same
 * thing, the better place and the earlier position stay, with what was written down about attendance.
 */
export async function moveSignUps(tx: Tx, from: string, to: string): Promise<Freed[]> {
  const before = await tx.signUp.findMany({ where: { participant: from }, select: { eventId: true } });
  // In one order, so that two who do this at once wait for each other only once.
  for (const eventId of [...new Set(before.map((row) => row.eventId))].sort())
    await tx.$executeRaw(sql`UPDATE "Event" SET "revision" = "revision" WHERE "id" = ${eventId}`);
  const freed: Freed[] = [];
  const dependantId = to.startsWith('d:') ? to.slice(2) : null;
  for (const row of await tx.signUp.findMany({ where: { participant: from }, orderBy: [{ eventId: 'asc' }, { scope: 'asc' }] })) {
    const { eventId, scope } = row;
    const there = await tx.signUp.findUnique({ where: { eventId_scope_participant: { eventId, scope, participant: to } } });
    const stays = there ? better(there, row) : row;
    const goes = there ? (stays === there ? row : there) : null;
    if (goes) {
      const known = await tx.attendance.findMany({ where: { signUpId: stays.id }, select: { sessionId: true } });
      const fresh = { signUpId: goes.id, sessionId: { notIn: known.map(({ sessionId }) => sessionId) } };
      await tx.attendance.updateMany({ where: fresh, data: { signUpId: stays.id } });
      await tx.signUp.delete({ where: { id: goes.id } });
      if (takesPlace(goes)) freed.push({ eventId, scope });
    }
    const position = goes ? earlierPosition(stays, goes) : stays.position;
    // Where participants are counted one by one, the party is the participant.
    const party = stays.party === from ? to : stays.party;
    await tx.signUp.update({ where: { id: stays.id }, data: { participant: to, dependantId, party, position } });
  }
  return freed;
}

/** One dependant turned out to be another: consents follow. Of two to the same wording the last word counts, a withdrawal too. */
async function moveConsents(tx: Tx, from: string, to: string): Promise<void> {
  for (const { id, eventId, textVersion, ...row } of await tx.consent.findMany({ where: { dependantId: from } })) {
    const there = await tx.consent.findFirst({ where: { dependantId: to, eventId, textVersion } });
    const lastWord = ({ givenAt, withdrawnAt }: { givenAt: Date; withdrawnAt: Date | null }) => (withdrawnAt ?? givenAt).getTime();
    if (there) await tx.consent.delete({ where: { id: lastWord(there) >= lastWord(row) ? id : there.id } });
    if (!there || lastWord(there) < lastWord(row)) await tx.consent.update({ where: { id }, data: { dependantId: to } });
  }
}

/** One dependant turned out to be another: sign-ups and consents go over, and the row of the one is gone. */
export async function mergeDependants(tx: Tx, from: string, to: string): Promise<Freed[]> {
  const freed = await moveSignUps(tx, `d:${from}`, `d:${to}`);
  await moveConsents(tx, from, to);
  await tx.dependant.delete({ where: { id: from } });
  return freed;
}
