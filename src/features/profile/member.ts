import { command, tell, type Command, type Request } from '../../command/index.js';
import { asLocale } from '../../i18n/index.js';
import { isGuardianAmong, localeOf, memberOf, type HouseholdView, type Member } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import { memberLine } from './houses.js';
import { tellMembers } from './leave.js';
import { doingOf, hiddenHere, menu, sure, type ProfileParts } from './parts.js';

/** Another grown-up of a household, and the guardian who looks at them. */
interface Pair {
  readonly household: HouseholdView;
  readonly whom: Member;
}

/** `HOUSEHOLD PERSON`: null where they do not both belong to it, or whoever asks is no guardian there. */
export const pairOf =
  ({ households }: ProfileParts) =>
  async (tx: Tx, { who, args }: Request): Promise<Pair | null> => {
    const [householdId = '', personId = ''] = args.split(' ');
    const household = (await households.of(tx, who.personId)).find(({ id }) => id === householdId);
    const me = household && memberOf(household, who.personId);
    const whom = household && memberOf(household, personId);
    return household && me && whom && me !== whom && isGuardianAmong(me, household.children) ? { household, whom } : null;
  };

/** `/family-member HOUSEHOLD PERSON`: another grown-up of the family, as its guardians see them. */
export const familyMemberCommand = (parts: ProfileParts): Command<Tx> =>
  command(
    { name: 'family-member', ...hiddenHere },
    {
      load: pairOf(parts),
      decide: (found, { t, who }) => {
        if (!found) return menu(t, t('profile.family.nothing'));
        const { household, whom } = found;
        const { name, personId } = whom;
        const line = memberLine(whom, household.children, t, asLocale(who.locale));
        const back = { label: t('help.commands.family.label'), line: '/family' };
        // What two guardians are at odds about is not for one of them to end: staff are asked.
        if (isGuardianAmong(whom, household.children))
          return menu(t, `${line}\n${t('profile.family.outGuardian', { name })}`, [
            { label: t('profile.family.doubt'), line: `/family-doubt ${household.id} ${personId}` },
            back,
          ]);
        return menu(t, line, [{ label: t('profile.family.out', { name }), line: `/family-out ${household.id} ${personId}` }, back]);
      },
    },
  );

/** `/family-out HOUSEHOLD PERSON`: asks before somebody is taken out. */
export const familyOutCommand = (parts: ProfileParts): Command<Tx> =>
  command(
    { name: 'family-out', ...hiddenHere },
    {
      load: pairOf(parts),
      decide: (found, { t }) => {
        if (!found) return menu(t, t('profile.family.nothing'));
        const { household, whom } = found;
        const { name, personId } = whom;
        if (isGuardianAmong(whom, household.children)) return menu(t, t('profile.family.outGuardian', { name }));
        return sure(
          t('profile.family.outSure', { name }),
          { label: t('profile.family.outYes'), line: `/family-out-yes ${household.id} ${personId}` },
          { label: t('profile.family.outNo'), line: '/family' },
        );
      },
    },
  );

/** `/family-out-yes HOUSEHOLD PERSON`: takes somebody out who is no guardian; they and the other guardians are told. */
export const familyOutYesCommand = (parts: ProfileParts): Command<Tx> => ({
  name: 'family-out-yes',
  ...hiddenHere,
  // What either of them is, is only sure while the household is held.
  answer: async (tx, request) => {
    const { t, who, texts, newId } = request;
    const found = await pairOf(parts)(tx, request);
    if (!found) return menu(t, t('profile.family.nothing'));
    const { household, whom } = found;
    const { name, personId } = whom;
    const out = await parts.households.takeOut(tx, { householdId: household.id, personId }, doingOf(request));
    if (out === 'gone') return menu(t, t('profile.family.nothing'));
    if (out === 'guardian') return menu(t, t('profile.family.outGuardian', { name }));
    const occasion = newId();
    const theirs = texts((await localeOf(tx, personId)) ?? who.communityLocale);
    const guardians = { members: household.members.filter((one) => isGuardianAmong(one, household.children)) };
    const told = await tellMembers(
      tx,
      guardians,
      request,
      (text) => text('profile.family.hasOut', { by: who.name, name }),
      occasion,
      texts,
    );
    return {
      ...menu(t, t('profile.family.outDone', { name }), [{ label: t('help.commands.family.label'), line: '/family' }]),
      effects: [
        tell({ personId, kind: 'change', key: `out:${occasion}`, text: theirs('profile.family.wasOut', { name: who.name }) }),
        ...told,
      ],
    };
  },
});
