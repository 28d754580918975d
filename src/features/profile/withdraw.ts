import { command, menuChoices, type Command, type Outcome, type Request } from '../../command/index.js';
import { asLocale, date } from '../../i18n/index.js';
import { consentsOf, isSignedUp, noEvent, proofsUntil, type Families, type Households } from '../../people/index.js';
import { eventTitles } from '../../programme/index.js';
import type { Tx } from '../../storage/index.js';
import type { ConsentEffects } from './consent.js';
import { entryOf } from './family.js';
import { tellMembers } from './leave.js';
import { hiddenHere, keptLine, leftAlone, menu, sure } from './parts.js';

/** A consent with the names in it; `title` is null where it is that a child stands among the family. */
interface Given {
  readonly id: string;
  readonly dependantId: string;
  readonly name: string;
  readonly title: string | null;
  /** The child is signed up for something: its entry cannot go yet. */
  readonly busy: boolean;
}

/** The consents that somebody may take back. */
async function load(tx: Tx, families: Families, personId: string): Promise<Given[]> {
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
  const given: Given[] = [];
  for (const { id, dependantId, eventId } of consents) {
    const title = eventId === noEvent ? null : (titles.get(eventId) ?? '');
    given.push({ id, dependantId, name: names.get(dependantId) ?? '', title, busy: title === null && (await isSignedUp(tx, dependantId)) });
  }
  return given;
}

/** The entry hangs on the consent: it can only go once no sign-up needs it. */
const busyWith = ({ name }: Given, { t }: Pick<Request, 't'>): Outcome =>
  menu(t, t('withdraw.family.busy', { name }), [{ label: t('help.commands.mine.label'), line: '/mine' }]);

/** `/withdraw`: takes a consent back by one word. What follows is said first. */
export const withdrawCommand = (families: Families): Command<Tx> =>
  command(
    { name: 'withdraw', words: ['撤回同意', '我要撤回同意', 'withdraw consent', 'withdraw'], for: 'everyone', inGroup: 'privately' },
    {
      load: (tx, { who }) => load(tx, families, who.personId),
      decide: (consents, request) => {
        const { t, args, who, now } = request;
        const [only] = consents;
        const chosen = consents.find(({ id }) => id === args) ?? (consents.length === 1 ? only : undefined);
        if (!chosen) {
          const items = consents.map(({ id, name, title }) => ({
            label: t('withdraw.item', { name, title: title ?? t('withdraw.family.title') }),
            line: `/withdraw ${id}`,
          }));
          return menu(t, t(items.length > 0 ? 'withdraw.which' : 'withdraw.none'), items.slice(0, 8));
        }
        const { id, name, title } = chosen;
        if (title === null && chosen.busy) return busyWith(chosen, request);
        return sure(
          title === null
            ? t('withdraw.family.sure', { name, until: date(proofsUntil(now), asLocale(who.locale), who.timeZone) })
            : t('withdraw.sure', { name, title }),
          { label: t('withdraw.yes'), line: `/withdraw-yes ${id}` },
          { label: t('withdraw.no'), line: keptLine('withdraw') },
        );
      },
    },
  );

/** Takes it back. Where it was that a child stands among the family, the entry goes with it, and the other guardians are told. */
export const withdrawYesCommand = (
  { families, households }: { families: Families; households: Households },
  effects: ConsentEffects,
): Command<Tx> => ({
  name: 'withdraw-yes',
  ...hiddenHere,
  answer: async (tx, request) => {
    const { t, who, args, texts, newId } = request;
    const chosen = (await load(tx, families, who.personId)).find(({ id }) => id === args);
    if (!chosen) return menu(t, t('withdraw.none'));
    const { id, name, title, dependantId } = chosen;
    if (title !== null) return { ...menu(t, t('withdraw.done', { name, title })), effects: [effects.withdraw.make({ consentId: id })] };
    if (chosen.busy) return busyWith(chosen, request);
    const entry = await entryOf(households)(tx, who.personId, dependantId);
    const words = (theirs: Request['t']) => theirs('profile.family.told.forgotten', { by: who.name, name });
    const told = await tellMembers(tx, entry?.keepers ?? null, request, words, newId(), texts);
    const choices = menuChoices(t, [{ label: t('help.commands.family.label'), line: '/family' }]);
    return {
      say: [{ text: t('withdraw.family.done', { name }), choices }],
      effects: [effects.withdrawFamily.make({ consentId: id, dependantId }), ...told],
    };
  },
});

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
