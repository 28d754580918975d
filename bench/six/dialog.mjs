import { z } from 'zod';
import { command, dialogRoom } from '../.cache/house/command/index.js';
import { choice, date, dialog, number, optional, text, yesNo } from '../.cache/house/dialog/index.js';

const isoDay = z.iso.date();
const teams = ['garden', 'library', 'kitchen', 'visits'];

/** Six questions of six kinds, as a resident answers them. Wording: six.zh-CN.json. */
export const six = dialog('six', { version: 1, readBack: 'simple', seed: z.null() })
  .ask('name', text({ max: 20 }))
  .ask('team', choice(teams))
  .ask('hours', number({ min: 1, max: 40 }))
  .ask('mornings', yesNo())
  .ask(
    'from',
    date({
      reasons: ['unreadable'],
      parse: (written) => (isoDay.safeParse(written).success ? { ok: true, value: written } : { ok: false, reason: 'unreadable' }),
      show: (day) => day,
    }),
  )
  .ask('remarks', optional(text({ max: 100 })))
  .complete((_answers, { t }) => ({ say: [{ text: t('six.done') }], effects: [] }));

/** The dialog with the command that opens it, as features offer them. It needs no facts, so nothing but the turn itself is measured. */
export const sixFeature = {
  name: 'six',
  commands: [
    command(
      { name: 'six', words: ['登记'], for: 'everyone', inGroup: 'privately' },
      { load: async () => null, decide: () => ({ open: { dialog: 'six' } }) },
    ),
  ],
  dialogs: [dialogRoom(six, async () => ({}))],
  effects: [],
};
