import type { Tx } from '../storage/index.js';
import { forgetTalks, type Account } from './traces.js';

/**
 * An account is no more on its platform: nobody can write from it or read there. What was said with it is forgotten, so that nothing is
 * sent where nobody hears it. Its person stays with what they have signed up for, and whoever is concerned is told that they must be
 * reached otherwise; somebody of whom nothing else is kept is forgotten.
 */
export async function leaveAccount(
  tx: Tx,
  { platform, account, externalId }: Omit<Account, 'privateChat'>,
  newId: () => string,
): Promise<void> {
  const identity = await tx.identity.findUnique({ where: { platform_account_externalId: { platform, account, externalId } } });
  if (!identity) return;
  const { id, personId } = identity;
  await forgetTalks(tx, identity, newId());
  await tx.identity.delete({ where: { id } });
  if (await isNamedAnywhere(tx, personId)) return;
  await tx.code.deleteMany({ where: { createdBy: personId, usedAt: null } });
  await tx.person.delete({ where: { id: personId } });
}

/** Whether anything is kept that a person belongs to. */
async function isNamedAnywhere(tx: Tx, personId: string): Promise<boolean> {
  const counts = [
    () => tx.identity.count({ where: { personId } }),
    () => tx.role.count({ where: { personId } }),
    () => tx.householdMember.count({ where: { personId } }),
    () => tx.signUp.count({ where: { OR: [{ participant: `p:${personId}` }, { registrantId: personId }, { recordedBy: personId }] } }),
    () => tx.consent.count({ where: { OR: [{ guardianId: personId }, { recordedBy: personId }] } }),
    () => tx.task.count({ where: { OR: [{ personId }, { doneBy: personId }] } }),
    () => tx.event.count({ where: { teacherId: personId } }),
    () => tx.attendance.count({ where: { by: personId } }),
    () => tx.auditEntry.count({ where: { OR: [{ actorId: personId }, { subject: personId }] } }),
  ];
  for (const count of counts) if ((await count()) > 0) return true;
  return false;
}
