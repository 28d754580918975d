import { touchCommunityCards } from '../../delivery/index.js';
import { menu, command, menuChoices, type Command } from '../../command/index.js';
import { communityById, turnSwitch, audit, noSubject } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';

const administrators = { for: 'administrator', inGroup: 'privately' } as const;

/** What an administrator can switch, and how each way is written down. */
const switches = {
  namesOnCards: { on: 'settings.namesOn', off: 'settings.namesOff' },
  fairness: { on: 'settings.fairnessOn', off: 'settings.fairnessOff' },
} as const;

type Switch = keyof typeof switches;

const names: readonly Switch[] = ['namesOnCards', 'fairness'];

/** `/settings`: what the community has chosen. */
export const settingsCommand = (): Command<Tx> =>
  command(
    { name: 'settings', words: ['设置', 'settings'], ...administrators },
    {
      load: (tx, { who }) => communityById(tx, who.communityId),
      decide: (community, { t, who }) => {
        const lines = names.map((name) => t(`community.settings.${name}.${community[name] ? 'on' : 'off'}`));
        const items = names.map((name) => ({
          label: t(`community.settings.${name}.${community[name] ? 'turnOff' : 'turnOn'}`),
          line: `/setting ${name} ${community[name] ? 'off' : 'on'}`,
        }));
        const text = [t('community.settings.head', { community: who.communityName }), ...lines].join('\n');
        return menu(text, menuChoices(t, items));
      },
    },
  );

/** Turns one switch. Turned already, by another administrator or an old button, nothing more happens. */
export const settingCommand = (): Command<Tx> => ({
  name: 'setting',
  words: [],
  hidden: true,
  ...administrators,
  answer: async (tx, { t, who, args, now, newId }) => {
    const [asked, to] = args.split(' ');
    const name = names.find((one) => one === asked);
    const back = menuChoices(t, [{ label: t('help.commands.settings.label'), line: '/settings' }]);
    if (name === undefined || (to !== 'on' && to !== 'off')) return menu(t('community.settings.gone'), back);
    const { communityId, personId: actorId } = who;
    const on = to === 'on';
    if (await turnSwitch(tx, communityId, name, on)) {
      await audit(tx, { communityId, actorId, now, newId }, switches[name][to], noSubject);
      // The cards that stand in the groups show names, or no longer do.
      if (name === 'namesOnCards') await touchCommunityCards(tx, communityId);
    }
    return menu(t(`community.settings.${name}.${to}`), back);
  },
});
