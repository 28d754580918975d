import { z } from 'zod';
import { dialogRoom, type Command } from '../../command/index.js';
import { dialog, type Effect, type Say } from '../../dialog/index.js';
import type { Dependant, Families } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import type { ProfileEffects } from './effects.js';
import { nameQuestion } from './nameQuestion.js';
import { hiddenHere } from './parts.js';

/** The older people who are known. */
interface Facts {
  readonly elders: readonly Dependant[];
}

type Seed = { readonly id: string | null };

/** An older person of the family: a name, and nothing more. Wording: locales, `relative.*`. */
export const relativeDialog = (effects: ProfileEffects) =>
  dialog<Facts, Seed>('relative', {
    version: 1,
    readBack: 'simple',
    needs: ['elders'],
    seed: z.strictObject({ id: z.string().nullable() }),
  })
    .ask('name', nameQuestion())
    .complete(({ name }, { t, seed, facts }): { say: Say[]; effects: Effect[] } => {
      if (facts.elders.some((elder) => elder.name === name && elder.id !== seed.id))
        return { say: [{ text: t('profile.family.known', { name }) }], effects: [] };
      if (seed.id === null) return { say: [{ text: t('relative.added', { name }) }], effects: [effects.addElder.make({ name })] };
      return {
        say: [{ text: t('profile.family.corrected', { name }) }],
        effects: [effects.correctChild.make({ id: seed.id, name, birthDate: '', consented: false })],
      };
    });

/** The dialog with its facts. */
export const relativeRoom = (families: Families, effects: ProfileEffects) =>
  dialogRoom(relativeDialog(effects), async (tx: Tx, { who }) => ({
    elders: await families.elders(tx, who.personId),
  }));

/** Opens the question for the name of an older person. */
export const relativeAddCommand = (): Command<Tx> => ({
  name: 'relative-add',
  ...hiddenHere,
  answer: () => Promise.resolve({ open: { dialog: 'relative', seed: { id: null } } }),
});
