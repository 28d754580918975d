import { z } from 'zod';
import { command, dialogRoom, type Command } from '../../command/index.js';
import { dialog, type Effect, type Say } from '../../dialog/index.js';
import type { Dependant } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import type { ProfileEffects } from './effects.js';
import { houseFor } from './houses.js';
import { nameQuestion } from './nameQuestion.js';
import { hiddenHere, type ProfileParts } from './parts.js';

/** The older people who are known. */
interface Facts {
  readonly elders: readonly Dependant[];
  /** The household that it was about is theirs no more. */
  readonly left: boolean;
}

/** `household`: where a new one is written down, where there was one before. */
type Seed = { readonly id: string | null; readonly household?: string };

/** An older person of the family: a name, and nothing more. Wording: locales, `relative.*`. */
export const relativeDialog = (effects: ProfileEffects) =>
  dialog<Facts, Seed>('relative', {
    version: 1,
    readBack: 'simple',
    needs: ['elders', 'left'],
    seed: z.strictObject({ id: z.string().nullable(), household: z.string().exactOptional() }),
  })
    .ask('name', nameQuestion())
    .complete(({ name }, { t, seed, facts }): { say: Say[]; effects: Effect[] } => {
      const before = facts.elders.find(({ id }) => id === seed.id);
      if (facts.left || (seed.id !== null && !before)) return { say: [{ text: t('profile.family.nothing') }], effects: [] };
      if (before?.name === name) return { say: [{ text: t('profile.family.same', { name }) }], effects: [] };
      if (facts.elders.some((elder) => elder.name === name && elder.id !== seed.id))
        return { say: [{ text: t('profile.family.known', { name }) }], effects: [] };
      if (seed.id === null)
        return {
          say: [{ text: t('relative.added', { name }) }],
          effects: [effects.addElder.make({ name, householdId: seed.household ?? null })],
        };
      return {
        say: [{ text: t('profile.family.corrected', { name }) }],
        effects: [effects.correctChild.make({ id: seed.id, name, birthDate: '', consented: false })],
      };
    });

/** The dialog with its facts. */
export const relativeRoom = ({ families, households }: ProfileParts, effects: ProfileEffects) =>
  dialogRoom(relativeDialog(effects), async (tx: Tx, { who }, { household }) => ({
    elders: await families.elders(tx, who.personId),
    left: household !== undefined && !(await households.of(tx, who.personId)).some(({ id }) => id === household),
  }));

/** `/relative-add [household]`: opens the question for the name of an older person. */
export const relativeAddCommand = ({ households }: ProfileParts): Command<Tx> =>
  command(
    { name: 'relative-add', ...hiddenHere },
    {
      load: (tx, { who }) => households.of(tx, who.personId),
      decide: (mine, request) => {
        const meant = houseFor(mine, request.args, 'relative-add', request);
        if ('ask' in meant) return meant.ask;
        return { open: { dialog: 'relative', seed: { id: null, ...(meant.house ? { household: meant.house.id } : {}) } } };
      },
    },
  );
