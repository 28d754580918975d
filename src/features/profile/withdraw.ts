import { command, type Command } from '../../command/index.js';
import { consentsOf, type Families } from '../../people/index.js';
import { eventTitles } from '../../programme/index.js';
import type { Tx } from '../../storage/index.js';
import type { ConsentEffects } from './consent.js';
import { hiddenHere, keptLine, leftAlone, menu, sure } from './parts.js';

/** The consents that somebody may take back, with the names in them. */
async function load(tx: Tx, families: Families, personId: string) {
  const consents = await consentsOf(tx, personId);
  const dependants = await families.byIds(
    tx,
    consents.map(({ dependantId }) => dependantId),
  );
  const titles = await eventTitles(
    tx,
    consents.map(({ eventId }) => eventId),
  );
  const names = new Map(dependants.map(({ id, name }) => [id, name]));
  return consents.map(({ id, dependantId, eventId }) => ({ id, name: names.get(dependantId) ?? '', title: titles.get(eventId) ?? '' }));
}

/** `/withdraw`: takes a consent back by one word. What follows is said first. */
export const withdrawCommand = (families: Families): Command<Tx> =>
  command(
    { name: 'withdraw', words: ['撤回同意', '我要撤回同意', 'withdraw consent', 'withdraw'], for: 'everyone', inGroup: 'privately' },
    {
      load: (tx, { who }) => load(tx, families, who.personId),
      decide: (consents, { t, args }) => {
        const [only] = consents;
        const chosen = consents.find(({ id }) => id === args) ?? (consents.length === 1 ? only : undefined);
        if (!chosen) {
          const items = consents.map(({ id, name, title }) => ({ label: t('withdraw.item', { name, title }), line: `/withdraw ${id}` }));
          return menu(t, t(items.length > 0 ? 'withdraw.which' : 'withdraw.none'), items.slice(0, 8));
        }
        const { id, name, title } = chosen;
        return sure(
          t('withdraw.sure', { name, title }),
          { label: t('withdraw.yes'), line: `/withdraw-yes ${id}` },
          { label: t('withdraw.no'), line: keptLine('withdraw') },
        );
      },
    },
  );

/** Takes it back. */
export const withdrawYesCommand = (families: Families, effects: ConsentEffects): Command<Tx> =>
  command(
    { name: 'withdraw-yes', ...hiddenHere },
    {
      load: async (tx, { who, args }) => (await load(tx, families, who.personId)).find(({ id }) => id === args),
      decide: (chosen, { t }) => {
        if (!chosen) return menu(t, t('withdraw.none'));
        const { id, name, title } = chosen;
        return { ...menu(t, t('withdraw.done', { name, title })), effects: [effects.withdraw.make({ consentId: id })] };
      },
    },
  );

/** `/left-alone WHAT`: somebody was asked whether they mean it, and does not. */
export const leftAloneCommand = (): Command<Tx> =>
  command(
    { name: 'left-alone', ...hiddenHere },
    {
      load: async () => null,
      decide: (_facts, { t, args }) => {
        const what = leftAlone.find((one) => one === args);
        return menu(t, t(what === undefined ? 'turn.noted' : `profile.kept.${what}`));
      },
    },
  );
