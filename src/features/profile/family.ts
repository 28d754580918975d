import { command, menuChoices, type Command, type Outcome, type Request } from '../../command/index.js';
import { asLocale, date } from '../../i18n/index.js';
import {
  guardedIn,
  isSignedUp,
  keepersOf,
  mayName,
  memberOf,
  proofsUntil,
  type Dependant,
  type Households,
  type HouseholdView,
} from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import type { ProfileEffects } from './effects.js';
import { houseFor } from './houses.js';
import { tellMembers } from './leave.js';
import { hiddenHere, menu, sure } from './parts.js';

/** One of the family, as whoever asks stands to it. */
export interface Entry {
  readonly one: Dependant;
  /** It is theirs to correct or delete. */
  readonly mine: boolean;
  /** Those whose it is, too: they hear of it. */
  readonly keepers: Pick<HouseholdView, 'members'>;
}

/** A child or an older person by its id; null when it is none of theirs. A child's entry is its guardians'; an older person's everybody's. */
export const entryOf =
  (households: Households) =>
  async (tx: Tx, personId: string, id: string): Promise<Entry | null> => {
    for (const { members, children, elders } of await households.of(tx, personId)) {
      const child = children.find((one) => one.id === id);
      const one = child ?? elders.find((elder) => elder.id === id);
      const keepers = child ? keepersOf(members, child) : members;
      if (one) return { one, mine: keepers.some((member) => member.personId === personId), keepers: { members: keepers } };
    }
    return null;
  };

/** A dependant in one line; an elder has no birth date. */
const lineOf = ({ name, birthDate }: Dependant, t: Request['t']): string =>
  birthDate === '' ? name : t('profile.family.child', { name, birthDate });

/** Why an entry is not to be touched, in words; null where it is. */
function notMine(entry: Entry | null, { t }: Pick<Request, 't'>): Outcome | null {
  if (!entry) return menu(t, t('profile.family.gone'));
  return entry.mine ? null : menu(t, t('profile.family.notYours', { name: entry.one.name }));
}

const loadEntry =
  (households: Households) =>
  (tx: Tx, { who, args }: Request) =>
    entryOf(households)(tx, who.personId, args.split(' ')[0] ?? '');

/** One child, and what can be done about its entry. */
export const childCommand = (households: Households): Command<Tx> =>
  command(
    { name: 'child', ...hiddenHere },
    {
      load: loadEntry(households),
      decide: (entry, request) => {
        const { t } = request;
        if (!entry) return menu(t, t('profile.family.gone'));
        const { one, mine } = entry;
        if (!mine) return menu(t, `${lineOf(one, t)}\n${t('profile.family.notYours', { name: one.name })}`);
        return menu(t, lineOf(one, t), [
          { label: t(one.birthDate === '' ? 'profile.family.correctName' : 'profile.family.correct'), line: `/child-correct ${one.id}` },
          { label: t('profile.family.forget'), line: `/child-forget ${one.id}` },
        ]);
      },
    },
  );

/** `/child-add [household]`: opens the questions about a new child. */
export const childAddCommand = (households: Households): Command<Tx> =>
  command(
    { name: 'child-add', ...hiddenHere },
    {
      load: async (tx, { who }) => {
        const mine = await households.of(tx, who.personId);
        const guarded = new Set<string>();
        for (const { id } of mine) if ((await guardedIn(tx, id, who.personId)).size > 0) guarded.add(id);
        return { mine, guarded };
      },
      decide: ({ mine, guarded }, request) => {
        const { t, who, args } = request;
        const meant = houseFor(mine, args, 'child-add', request);
        if ('ask' in meant) return meant.ask;
        const { house } = meant;
        const me = house && memberOf(house, who.personId);
        // Whoever has said that they are no guardian is not asked again, nor who cannot become one by saying so.
        if (me && !mayName(me) && (me.bond !== null || guarded.has(house.id)))
          return menu(t, t('child.bond.cannot'), [{ label: t('profile.family.invite'), line: `/family-invite ${house?.id ?? ''}` }]);
        return { open: { dialog: 'child', seed: { id: null, ...(house ? { household: house.id } : {}) } } };
      },
    },
  );

/** `/child-correct ID [name | birthDate]`: which of the two is to be changed, and the question about it. */
export const childCorrectCommand = (households: Households): Command<Tx> =>
  command(
    { name: 'child-correct', ...hiddenHere },
    {
      load: loadEntry(households),
      decide: (entry, request) => {
        const { t, args } = request;
        const refused = notMine(entry, request);
        if (!entry || refused) return refused ?? menu(t, t('profile.family.gone'));
        const { id, name, birthDate } = entry.one;
        if (birthDate === '') return { open: { dialog: 'relative', seed: { id } } };
        const part = (['name', 'birthDate'] as const).find((one) => one === args.split(' ')[1]);
        if (part) return { open: { dialog: 'child', seed: { id, part } } };
        return menu(t, t('profile.family.correctWhich', { name, birthDate }), [
          { label: t('profile.family.correctName'), line: `/child-correct ${id} name` },
          { label: t('profile.family.correctBirthDate'), line: `/child-correct ${id} birthDate` },
        ]);
      },
    },
  );

const loadBusy = (households: Households) => async (tx: Tx, request: Request) => {
  const entry = await loadEntry(households)(tx, request);
  return { entry, busy: entry !== null && (await isSignedUp(tx, entry.one.id)) };
};

const busyWith = ({ one: { name } }: Entry, t: Request['t']): Outcome => ({
  say: [{ text: t('profile.family.busy', { name }), choices: menuChoices(t, [{ label: t('help.commands.mine.label'), line: '/mine' }]) }],
});

/** Asks before a child's entry is deleted, and refuses while sign-ups hang on it. */
export const childForgetCommand = (households: Households): Command<Tx> =>
  command(
    { name: 'child-forget', ...hiddenHere },
    {
      load: loadBusy(households),
      decide: ({ entry, busy }, request) => {
        const { t, who, now } = request;
        const refused = notMine(entry, request);
        if (!entry || refused) return refused ?? menu(t, t('profile.family.gone'));
        if (busy) return busyWith(entry, t);
        const { id, name, birthDate } = entry.one;
        // Nobody consents for a grown-up, so nothing has to be proved.
        const until = date(proofsUntil(now), asLocale(who.locale), who.timeZone);
        return sure(
          birthDate === '' ? t('profile.family.forgetElderSure', { name }) : t('profile.family.forgetSure', { name, until }),
          { label: t('profile.family.forgetYes'), line: `/child-forget-yes ${id}` },
          { label: t('profile.family.forgetNo'), line: '/family' },
        );
      },
    },
  );

/** Deletes a child's entry with everything that hangs on it; its other guardians hear of it. */
export const childForgetYesCommand = (households: Households, effects: ProfileEffects): Command<Tx> => ({
  name: 'child-forget-yes',
  ...hiddenHere,
  answer: async (tx, request) => {
    const { t, who, texts, newId } = request;
    const { entry, busy } = await loadBusy(households)(tx, request);
    const refused = notMine(entry, request);
    if (!entry || refused) return refused ?? menu(t, t('profile.family.gone'));
    if (busy) return busyWith(entry, t);
    const { id, name } = entry.one;
    const words = (theirs: Request['t']) => theirs('profile.family.told.forgotten', { by: who.name, name });
    const told = await tellMembers(tx, entry.keepers, request, words, newId(), texts);
    return {
      ...menu(t, t('profile.family.forgotten', { name }), [{ label: t('help.commands.family.label'), line: '/family' }]),
      effects: [effects.forgetChild.make({ dependantId: id }), ...told],
    };
  },
});
