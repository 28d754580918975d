import { effect } from '../../command/index.js';
import type { Locale } from '../../i18n/index.js';
import {
  audit,
  type AuditAction,
  type Dependant,
  type Families,
  type Invitations,
  type NewDependant,
  type Offered,
} from '../../people/index.js';
import type { Tx } from '../../storage/index.js';

/** What people change about themselves and their family, as effects. */
export function createEffects(families: Families, invitations: Invitations) {
  const speak = effect<Tx, { personId: string; locale: Locale }>('profile.speak', async (tx, { personId, locale }) => {
    await tx.person.update({ where: { id: personId }, data: { locale } });
  });
  const rename = effect<Tx, { personId: string; name: string }>('profile.rename', async (tx, { personId, name }) => {
    await tx.person.update({ where: { id: personId }, data: { name } });
  });
  const addChild = effect<Tx, NewDependant>('family.add', async (tx, child, { actorId, newId }) => {
    await families.add(tx, actorId, [child], newId);
  });
  const correctChild = effect<Tx, Dependant>('family.correct', async (tx, child, context) => {
    if (await families.correct(tx, context.actorId, child)) await note(tx, 'family.correct', child.id, context);
  });
  const forgetChild = effect<Tx, { dependantId: string }>('family.forget', async (tx, { dependantId }, context) => {
    if (await families.forget(tx, context.actorId, dependantId)) await note(tx, 'family.forget', dependantId, context);
  });
  const accept = effect<Tx, Offered>('invitation.accept', async (tx, offered, { actorId: personId, now, newId }) => {
    await invitations.accept(tx, offered, { personId, now, newId });
  });
  return { speak, rename, accept, addChild, correctChild, forgetChild };
}

/** The effects by name. */
export type ProfileEffects = ReturnType<typeof createEffects>;

const note = (
  tx: Tx,
  action: AuditAction,
  subject: string,
  context: { newId: () => string; communityId: string; actorId: string; now: number },
) => audit(tx, { id: context.newId(), communityId: context.communityId, actorId: context.actorId, action, subject, now: context.now });
