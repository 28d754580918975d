import { effect } from '../../command/index.js';
import type { Emit } from '../../events/index.js';
import type { Locale } from '../../i18n/index.js';
import {
  audit,
  setLocale,
  setName,
  type Bond,
  type Dependant,
  type Families,
  type Households,
  type Invitations,
  type NewDependant,
  type Offered,
} from '../../people/index.js';
import type { Tx } from '../../storage/index.js';

/** What people change about themselves and their family, as effects. */
export function createEffects(families: Families, households: Households, invitations: Invitations, emit: Emit<Tx>) {
  const speak = effect<Tx, { personId: string; locale: Locale }>('profile.speak', async (tx, { personId, locale }) => {
    await setLocale(tx, personId, locale);
  });
  const rename = effect<Tx, { personId: string; name: string }>('profile.rename', async (tx, { personId, name }, { now }) => {
    await setName(tx, personId, name, now);
  });
  const addChild = effect<Tx, NewDependant & { twin: boolean; bond: Bond | null }>(
    'family.add',
    async (tx, { twin, bond, ...child }, { actorId: personId, newId }) => {
      if (twin) await families.addTwin(tx, personId, child, newId);
      else await families.add(tx, personId, [child], newId);
      if (bond !== null) await households.setBond(tx, { householdId: await households.ensure(tx, personId, newId), personId, bond });
    },
  );
  const addElder = effect<Tx, { name: string }>('family.addElder', async (tx, { name }, { actorId, newId }) => {
    await families.addElder(tx, actorId, name, newId);
  });
  const correctChild = effect<Tx, Dependant & { consented: boolean }>('family.correct', async (tx, { consented, ...child }, context) => {
    if (!(await families.correct(tx, context.actorId, child, context.now))) return;
    await audit(tx, context, 'family.correct', child.id);
    await emit(tx, { type: 'child.corrected', dependantId: child.id, guardianId: context.actorId, consented }, context);
  });
  const forgetChild = effect<Tx, { dependantId: string }>('family.forget', async (tx, { dependantId }, context) => {
    const freed = await families.forget(tx, context.actorId, dependantId, context);
    if (!freed) return;
    await audit(tx, context, 'family.forget', dependantId);
    for (const place of freed) await emit(tx, { type: 'place.freed', ...place }, context);
  });
  const accept = effect<Tx, Offered>('invitation.accept', async (tx, offered, { actorId: personId, now, newId }) => {
    await invitations.accept(tx, offered, { personId, now, newId });
  });
  return { speak, rename, accept, addChild, addElder, correctChild, forgetChild };
}

/** The effects by name. */
export type ProfileEffects = ReturnType<typeof createEffects>;
