import { effect } from '../../../command/index.js';
import { chatsWithCard } from '../../../delivery/index.js';
import { audit, auditEach } from '../../../people/index.js';
import { eventById, type Rosters } from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import type { LineParts } from '../places/line.js';
import type { PlaceEffects } from '../places/places.js';
import { isUnnamed, nameOf } from '../words/tellings.js';

/** What staff do with one sign-up: each of it is written down, and whoever signed up hears of what becomes of the place. */
export function createStaffSignUpEffects(parts: LineParts & { rosters: Rosters; places: PlaceEffects }) {
  const { signUps, rosters, places, tell, texts } = parts;

  const seen = effect<Tx, { signUpIds: readonly string[] }>('signup.seen', (tx, { signUpIds }, context) =>
    auditEach(tx, context, 'signup.seen', signUpIds),
  );

  const write = effect<Tx, { signUpId: string; note: string | null }>('signup.note', async (tx, { signUpId, note }, context) => {
    if (await rosters.writeNote(tx, signUpId, note)) await audit(tx, context, 'signup.note', signUpId);
  });

  const tellOwner = async (
    tx: Tx,
    communityId: string,
    { signUpId, eventId, what }: { signUpId: string; eventId: string; what: 'toldCancelled' | 'toldRestored' },
  ): Promise<void> => {
    const signUp = await signUps.byId(tx, signUpId);
    const event = await eventById(tx, eventId);
    if (!signUp || !event) return;
    const t = texts(signUp.registrantLocale);
    const { title } = event;
    await tell(tx, communityId, {
      personId: signUp.registrantId,
      kind: 'change',
      text: isUnnamed(signUp) ? t(`signup.staff.${what}Held`, { title }) : t(`signup.staff.${what}`, { name: nameOf(signUp, t), title }),
      // A group reads numbers only.
      inGroup: { groups: await chatsWithCard(tx, eventId), text: t(`signup.staff.${what}InGroup`, { title }) },
      key: `staff.${what}:${signUpId}:${signUp.revision}`,
    });
  };

  const cancel = effect<Tx, { signUpId: string; eventId: string }>('staff.cancel', async (tx, about, context) => {
    await places.cancel.runner.run(tx, places.cancel.make(about), context);
    await audit(tx, context, 'signup.cancelled', about.signUpId);
    await tellOwner(tx, context.communityId, { ...about, what: 'toldCancelled' });
  });

  const undo = effect<Tx, { signUpId: string; eventId: string }>('staff.undo', async (tx, about, context) => {
    await places.undo.runner.run(tx, places.undo.make(about), context);
    await audit(tx, context, 'signup.restored', about.signUpId);
    await tellOwner(tx, context.communityId, { ...about, what: 'toldRestored' });
  });

  return { seen, write, cancel, undo };
}

/** The effects by name. */
export type StaffSignUpEffects = ReturnType<typeof createStaffSignUpEffects>;
