import { command, effect, type Command } from '../../command/index.js';
import { setElder } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import { keptLine, menu, sure } from './parts.js';

/** Switches elder mode for somebody. */
export const elderEffect = effect<Tx, { personId: string; elder: boolean }>('profile.elder', async (tx, { personId, elder }) => {
  await setElder(tx, personId, elder);
});

/** `/elder`: one thing at a time, the choices spelled out, 9 always fetches somebody. Said once it is on; said again it asks whether to go back. */
export const elderCommand = (): Command<Tx> =>
  command(
    { name: 'elder', words: ['大字简明', '简明版', 'simple mode', 'elder'], for: 'everyone', inGroup: 'privately' },
    {
      load: async () => null,
      decide: (_facts, { t, who, args }) => {
        const { personId } = who;
        if (args === 'off')
          return { effects: [elderEffect.make({ personId, elder: false })], afresh: true, ...menu(t, t('profile.elder.off')) };
        const begin = [{ label: t('help.commands.start.label'), line: '/start' }];
        // In the middle of a form it is on at once; going back is asked about outside.
        const on = t('profile.elder.on');
        if (!who.elder) return { effects: [elderEffect.make({ personId, elder: true })], within: on, afresh: true, ...menu(t, on, begin) };
        const asked = sure(
          t('profile.elder.sure'),
          { label: t('profile.elder.yes'), line: '/elder off' },
          { label: t('profile.elder.no'), line: keptLine('elder') },
        );
        return { ...asked, within: t('profile.elder.already') };
      },
    },
  );
