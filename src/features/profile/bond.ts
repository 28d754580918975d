import { command, helperLine, type Command, type Item, type Outcome, type Request } from '../../command/index.js';
import { asLocale, list } from '../../i18n/index.js';
import {
  asBond,
  bonds,
  canBeConfirmed,
  givesRights,
  guardedIn,
  isGuardianOf,
  memberOf,
  needsStaff,
  type Bond,
  type HouseholdView,
  type Member,
} from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import type { taskEffect } from './helper.js';
import { houseFor } from './houses.js';
import { doingOf, hiddenHere, menu, type ProfileParts } from './parts.js';

/**
 * Whether only staff can write down that somebody is this: they have said otherwise, it was confirmed before some child was there, they are
 * it to some children alone, or others are guardians already.
 */
async function goesToStaff(tx: Tx, me: Member, bond: Bond, { id, children }: HouseholdView): Promise<boolean> {
  if (needsStaff(me, bond)) return true;
  if ((me.confirmedBy !== null || me.apart.length > 0) && canBeConfirmed(me, bond, children)) return true;
  return me.bond === null && givesRights(bond) && (await guardedIn(tx, id, me.personId)).size > 0;
}

/** `/family-bond [household [bond]]`: what somebody is to the children. */
export const familyBondCommand = ({ households }: ProfileParts): Command<Tx> => ({
  name: 'family-bond',
  ...hiddenHere,
  answer: async (tx, request) => {
    const { t, who, args } = request;
    const [id = '', said = null] = args.split(' ');
    const meant = houseFor(await households.of(tx, who.personId), id, 'family-bond', request);
    if ('ask' in meant) return meant.ask;
    const { house } = meant;
    const me = house && memberOf(house, who.personId);
    if (!house || !me) return menu(t, t('profile.family.nothing'));
    const bond = asBond(said);
    if (bond === null) {
      const items = bonds.map((one) => ({ label: t(`profile.bond.${one}`), line: `/family-bond ${house.id} ${one}` }));
      return menu(t, t('profile.family.bondAsk'), items);
    }
    if (await goesToStaff(tx, me, bond, house)) return { run: `/guardian-ask ${house.id} ${bond}` };
    const kept = givesRights(bond) || args.endsWith(' yes') ? null : losing(house, me, bond, request);
    if (kept) return kept;
    if (!(await households.setBond(tx, { householdId: house.id, personId: who.personId, bond }, doingOf(request))))
      return menu(t, t('profile.family.nothing'));
    return menu(t, t('profile.family.bondSaid', { bond: t(`profile.bond.${bond}`) }), askGuardian(t, house.id, bond));
  },
});

/**
 * Whoever gives up the right to consent by what they say reads so first, since only staff can give it back; whoever is the only one keeps
 * it, so that no child is left without.
 */
function losing(house: HouseholdView, me: Member, bond: Bond, { t, who }: Request): Outcome | null {
  const children = house.children.filter((child) => isGuardianOf(me, child));
  if (children.length === 0) return null;
  const others = house.members.filter((member) => member !== me);
  const alone = children.filter((child) => !others.some((member) => isGuardianOf(member, child)));
  const names = (some: readonly { readonly name: string }[]) =>
    list(
      some.map(({ name }) => name),
      asLocale(who.locale),
    );
  const family = { label: t('profile.family.bondKeep'), line: '/family' };
  if (alone.length > 0) return menu(t, t('profile.family.bondLast', { names: names(alone) }), [family]);
  const yes = { label: t('profile.family.bondYes'), line: `/family-bond ${house.id} ${bond} yes` };
  return menu(t, t('profile.family.bondSure', { names: names(children), bond: t(`profile.bond.${bond}`) }), [family, yes]);
}

/** Whether somebody is a grandparent in a household, and guardian of some child there not yet. */
export const isGrandparentIn = (household: HouseholdView, personId: string): boolean => {
  const me = memberOf(household, personId);
  return me?.bond === 'grandparent' && canBeConfirmed(me, 'grandparent', household.children);
};

/** What a grandparent is offered who may be guardian. */
export const askGuardian = (t: Request['t'], householdId: string, bond: string): Item[] =>
  bond === 'grandparent' ? [{ label: t('profile.family.guardianAsk'), line: `/guardian-ask ${householdId} grandparent` }] : [];

/** `/guardian-ask HOUSEHOLD BOND`: somebody says that they are guardian: staff look at the papers and confirm it, or not. */
export const guardianAskCommand = ({ households, tasks, texts }: ProfileParts, makeTask: ReturnType<typeof taskEffect>): Command<Tx> =>
  command(
    { name: 'guardian-ask', ...hiddenHere },
    {
      load: async (tx, { who, args, newId }) => {
        const [householdId = '', said = null] = args.split(' ');
        const mine = await households.of(tx, who.personId);
        // After a sign-up no household is named; where no child is written down yet, that is what is said.
        const theirs = (one: HouseholdView) => memberOf(one, who.personId)?.bond === 'grandparent';
        const unnamed = () => mine.find((one) => isGrandparentIn(one, who.personId)) ?? mine.find(theirs);
        const household = mine.find(({ id }) => id === householdId) ?? (args === '' ? unnamed() : undefined);
        const times = await tasks.timesDone(tx, `guardian:${household?.id ?? householdId}:${who.personId}`);
        return { household, bond: asBond(said) ?? 'grandparent', id: newId(), times };
      },
      decide: ({ household, bond, id, times }, request) => {
        const { t, who } = request;
        const me = household && memberOf(household, who.personId);
        if (!household || !me) return menu(t, t('profile.family.nothing'));
        const { children } = household;
        if (children.length === 0) {
          const ask = { label: t('profile.family.invite'), line: `/family-invite ${household.id}` };
          return menu(t, t('profile.family.guardianNoChild'), [{ label: t('profile.family.noOther'), line: helperLine }, ask]);
        }
        if (me.bond === bond && children.every((child) => isGuardianOf(me, child))) return menu(t, t('profile.family.guardianAlready'));
        if (!canBeConfirmed(me, bond, children)) return menu(t, t('profile.family.nothing'));
        const theirs = texts(who.communityLocale);
        const names = list(
          children.map(({ name }) => name),
          asLocale(who.communityLocale),
        );
        const payload = {
          name: who.name,
          about: theirs('tasks.guardian.about', { bond: theirs(`profile.bond.${bond}`), names }),
          line: `/guardian-ok ${id} ${household.id} ${bond}`,
          label: theirs('tasks.guardian.confirm'),
        };
        const { communityId, personId } = who;
        const task = { id, communityId, kind: 'paper', key: `guardian:${household.id}:${personId}:${times}`, personId, payload } as const;
        return { ...menu(t, t('profile.family.guardianAsked')), effects: [makeTask.make(task)] };
      },
    },
  );
