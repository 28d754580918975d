import { command, type Command, type FreeText } from '../../command/index.js';
import type { Tx } from '../../storage/index.js';
import { readsAsDate } from '../../understand/index.js';
import { hiddenHere, menu } from './parts.js';

/** `/date-alone`: somebody wrote a birth date where nobody had asked for one. Says what it can be for, and that nothing was kept. */
export const dateAloneCommand = (): Command<Tx> =>
  command(
    { name: 'date-alone', ...hiddenHere },
    {
      load: async () => null,
      decide: (_facts, { t }) => {
        const items = ['join', 'family'].map((name) => ({ label: t(`help.commands.${name}.label`), line: `/${name}` }));
        return menu(t, t('profile.dateAlone'), items);
      },
    },
  );

/** A day with its year, and nothing else. */
export const dateText: FreeText = (text) => (text.length <= 40 && readsAsDate(text) ? { name: 'date-alone', args: '' } : null);
