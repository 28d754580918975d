import { command, type Command, type FreeText } from '../../command/index.js';
import type { Tx } from '../../storage/index.js';
import { isPersonal } from '../../understand/index.js';

/** Words to the bot in a group that hold such things lead to one kind sentence; nothing of them goes along. */
export const personalText: FreeText = (text, { now }) => (isPersonal(text, now) ? { name: 'not-here', args: '' } : null);

/** `/not-here`: says what does not belong in a group, and where to write instead. */
export const notHereCommand = (): Command<Tx> =>
  command(
    { name: 'not-here', words: [], for: 'everyone', inGroup: 'there', hidden: true },
    { load: async () => null, decide: (_facts, { t }) => ({ say: [{ text: t('signup.group.personal') }] }) },
  );
