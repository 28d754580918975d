import { tell, type Request } from '../../../command/index.js';
import type { Effect } from '../../../dialog/index.js';
import { peopleHere } from '../../../people/index.js';
import { undoMs, type EventView, type SignUpView } from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import { guardiansBeside } from './guardians.js';
import { nameOf } from '../words/tellings.js';

/** A sign-up that is given back, and who hears of it besides whoever does so. */
interface Concerned {
  readonly personId: string;
  readonly locale: string;
  readonly signUp: SignUpView;
}

/**
 * Who hears that a child's sign-up is given back: its guardians and whoever signed it up, but for the one who does it. Any grown-up of the
 * family may give a place back, and those who answer for the child can restore it as long as that is possible.
 */
export async function concernedBy(tx: Tx, { communityId, personId }: Request['who'], signUps: readonly SignUpView[]): Promise<Concerned[]> {
  const theirs = signUps.filter(({ dependantId }) => dependantId !== null);
  if (theirs.length === 0) return [];
  const registrants = await peopleHere(
    tx,
    communityId,
    theirs.map(({ registrantId }) => registrantId),
  );
  const told = theirs.flatMap((signUp) => {
    const registrant = registrants.get(signUp.registrantId);
    return registrant ? [{ personId: registrant.personId, locale: registrant.locale, signUp }] : [];
  });
  for (const { personId: id, locale, theirs: some } of await guardiansBeside(tx, communityId, theirs))
    told.push(...some.map((signUp) => ({ personId: id, locale, signUp })));
  return told.filter((one) => one.personId !== personId);
}

/** Tells them, each with what takes it back. */
export const tellConcerned = (concerned: readonly Concerned[], { title }: EventView, { who, texts, now }: Request): Effect[] =>
  concerned.map(({ personId, locale, signUp }) => {
    const t = texts(locale);
    return tell({
      personId,
      kind: 'change',
      key: `cancelled:${signUp.id}:${signUp.revision}:${personId}`,
      text: t('signup.cancel.told', { by: who.name, name: nameOf(signUp, t), title }),
      choices: [
        { key: '1', label: t('signup.cancel.restore'), value: `/undo ${signUp.id}` },
        { key: '0', label: t('signup.cancel.fine'), value: '/mine' },
      ],
      expiresAt: now + undoMs,
    });
  });
