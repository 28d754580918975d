import { command, menu, menuChoices, type Command, type FreeText } from '../../../command/index.js';
import type { Tx } from '../../../storage/index.js';
import { isPersonal, looksLikeIdNumber, looksLikePhone } from '../../../understand/index.js';

/** Words to the bot in a group that hold such things lead to one kind sentence; nothing of them goes along. */
export const personalText: FreeText = (text, { now }) => (isPersonal(text, now) ? { name: 'not-here', args: '' } : null);

/** `/not-here`: says what does not belong in a group, and where to write instead. */
export const notHereCommand = (): Command<Tx> =>
  command(
    { name: 'not-here', words: [], for: 'everyone', inGroup: 'there', hidden: true },
    { load: async () => null, decide: (_facts, { t }) => ({ say: [{ text: t('signup.group.personal') }] }) },
  );

/** Longer words say something besides the number. */
const longestAlone = 60;

/** An ID number or a telephone number to the bot alone, where nothing asked for it. */
export const numberAlone: FreeText = (text) =>
  text.length <= longestAlone && (looksLikeIdNumber(text) || looksLikePhone(text)) ? { name: 'not-needed', args: '' } : null;

/** `/not-needed`: such numbers are not asked for, and nothing was kept. The number itself goes no further. */
export const notNeededCommand = (): Command<Tx> =>
  command(
    { name: 'not-needed', words: [], for: 'everyone', inGroup: 'privately', hidden: true },
    {
      load: async () => null,
      decide: (_facts, { t }) => menu(t('signup.numberAlone'), menuChoices(t, [{ label: t('help.commands.join.label'), line: '/join' }])),
    },
  );
