import type { Awaited } from '../../../command/index.js';
import type { SignUps } from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import { changedMind } from '../../../understand/index.js';

/** 不用了 or 我改主意了 by whoever is signed up for something: they see what they have, and can give it back. */
export const changedMindWords =
  (signUps: SignUps): Awaited<Tx> =>
  async (tx, text, { who, now }) => {
    if (!changedMind(text)) return null;
    const mine = await signUps.ofPerson(tx, who.personId, now);
    return mine.some(({ signUp }) => signUp.status !== 'cancelled') ? '/mine' : null;
  };
