import { effect, type EffectContext } from '../../command/index.js';
import type { Emit } from '../../events/index.js';
import type { Locale } from '../../i18n/index.js';
import {
  audit,
  consentWordings,
  familyPurpose,
  giveConsent,
  noEvent,
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
  /** That a guardian agreed to a child standing among the family. */
  const agreed = (tx: Tx, dependantId: string, context: EffectContext) =>
    giveConsent(
      tx,
      {
        dependantId,
        eventId: noEvent,
        guardianId: context.actorId,
        purpose: familyPurpose,
        textVersion: consentWordings.family,
        method: 'chat',
        recordedBy: null,
      },
      context,
    );
  const addChild = effect<Tx, NewDependant & { twin: boolean; bond: Bond | null; householdId: string | null }>(
    'family.add',
    async (tx, { twin, bond, householdId: meant, ...child }, context) => {
      const { actorId: personId, now, newId } = context;
      const householdId = meant ?? (await households.ensure(tx, personId, newId));
      // The facts said that it is theirs to say.
      if (bond !== null && !(await households.setBond(tx, { householdId, personId, bond }, context))) throw new Error('A bond needs staff');
      const entry = { householdId, now };
      const [added] = twin
        ? [await families.addTwin(tx, personId, child, newId, entry)]
        : await families.add(tx, personId, [child], newId, entry);
      if (added) await agreed(tx, added.id, context);
    },
  );
  const addElder = effect<Tx, { name: string; householdId: string | null }>(
    'family.addElder',
    async (tx, { name, householdId }, { actorId, now, newId }) => {
      await families.addElder(tx, actorId, name, newId, { now, ...(householdId === null ? {} : { householdId }) });
    },
  );
  const correctChild = effect<Tx, Dependant & { consented: boolean }>('family.correct', async (tx, { consented, ...child }, context) => {
    if (!(await families.correct(tx, context.actorId, child, context.now))) return;
    if (consented) await agreed(tx, child.id, context);
    await audit(tx, context, 'family.correct', child.id);
    await emit(tx, { type: 'child.corrected', dependantId: child.id, guardianId: context.actorId, consented }, context);
  });
  const forgetChild = effect<Tx, { dependantId: string }>('family.forget', async (tx, { dependantId }, context) => {
    const freed = await families.forget(tx, context.actorId, dependantId);
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
