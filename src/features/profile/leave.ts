import { command, tell, type Command, type Outcome, type Request } from '../../command/index.js';
import { asLocale, date, list } from '../../i18n/index.js';
import { heirOf, leavingMark, proofsUntil, signUpsOf, speakersAmong, unfitToKeep, type HouseholdView } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import { houseName } from './houses.js';
import { doingOf, hiddenHere, menu, sure, type ProfileParts } from './parts.js';

/** `/family-leave [household]`: asks before somebody leaves a household, and says who keeps what. */
export const familyLeaveCommand = ({ households }: ProfileParts): Command<Tx> =>
  command(
    { name: 'family-leave', ...hiddenHere, words: ['离开这个家', '退出这个家', '离开家庭', '退出家庭', 'leave family'] },
    {
      load: (tx, { who }) => households.of(tx, who.personId),
      decide: (mine, request) => {
        const { t, args } = request;
        const household = mine.find(({ id }) => id === args) ?? (mine.length === 1 ? mine[0] : undefined);
        if (household) return askToLeave(household, request);
        if (mine.length === 0) return menu(t, t(args === '' ? 'profile.family.notInOne' : 'profile.family.none'));
        const items = mine.map((one) => ({ label: houseName(one, request), line: `/family-leave ${one.id}` }));
        return menu(t, t('profile.family.leaveWhich'), items);
      },
    },
  );

/** What leaving comes to, and the yes to exactly this; or why it cannot be, with what can be done about it. */
function askToLeave(household: HouseholdView, request: Request): Outcome {
  const { t, who, now } = request;
  const { personId } = who;
  const unfit = unfitToKeep(household, personId);
  const others = household.members.filter((member) => member.personId !== personId).map(({ name }) => name);
  const names = list(others, asLocale(who.locale));
  if (unfit.length > 0) {
    const items = [
      ...unfit.map((member) => ({
        label: t('profile.family.out', { name: member.name }),
        line: `/family-out ${household.id} ${member.personId}`,
      })),
      ...household.children.map(({ id, name }) => ({ label: t('profile.family.forgetOne', { name }), line: `/child-forget ${id}` })),
    ];
    return menu(t, t('profile.family.leaveUnfit', { names }), items.slice(0, 8));
  }
  const heir = heirOf(household, personId);
  return sure(
    heir
      ? t('profile.family.leaveSure', { names, heir: heir.name })
      : t('profile.family.leaveLast', { until: date(proofsUntil(now), asLocale(who.locale), who.timeZone) }),
    { label: t('profile.family.leaveYes'), line: `/family-leave-yes ${household.id} ${leavingMark(household, personId)}` },
    { label: t('profile.family.leaveNo'), line: '/family' },
  );
}

/** `/family-leave-yes HOUSEHOLD DIGEST`: leaves, where it still comes to what was said. */
export const familyLeaveYesCommand = ({ households }: ProfileParts): Command<Tx> => ({
  name: 'family-leave-yes',
  ...hiddenHere,
  // Whether somebody is the last one is only known while the household is held.
  answer: async (tx, request) => {
    const { t, who, args, texts, newId } = request;
    const { personId } = who;
    const [householdId = '', seen = ''] = args.split(' ');
    const before = await households.get(tx, householdId);
    const count = await signUpsOf(tx, { householdId, personId });
    const left = await households.leave(tx, { householdId, personId, seen }, doingOf(request));
    if (left === 'busy') return menu(t, t('profile.family.leaveBusy'), [{ label: t('help.commands.mine.label'), line: '/mine' }]);
    const now = left === 'changed' || left === 'unfit' ? await households.get(tx, householdId) : null;
    if (now) return again(askToLeave(now, request), t('profile.family.leaveChanged'));
    if (left === 'gone' || !before) return menu(t, t('profile.family.nothing'));
    const heir = heirOf(before, personId);
    const occasion = newId();
    const words = (theirs: Request['t'], id: string) => {
      const passed = count > 0 && heir?.personId === id ? [theirs('profile.family.nowYours', { name: who.name })] : [];
      return [theirs('profile.family.hasLeft', { name: who.name }), ...passed].join('\n');
    };
    return { ...menu(t, t('profile.family.left')), effects: await tellMembers(tx, before, request, words, occasion, texts) };
  },
});

/** The same question with a line before it. */
const again = (outcome: Outcome, before: string): Outcome => ({
  ...outcome,
  say: (outcome.say ?? []).map((one) => ({ ...one, text: `${before}\n${one.text}` })),
});

/** Tells the other grown-ups of a household something, each in their own language. */
export async function tellMembers(
  tx: Tx,
  household: Pick<HouseholdView, 'members'> | null,
  { who }: Request,
  words: (t: Request['t'], personId: string) => string,
  occasion: string,
  texts: Request['texts'],
) {
  const others = (household?.members ?? []).map(({ personId }) => personId).filter((personId) => personId !== who.personId);
  const people = await speakersAmong(tx, others);
  return people.map(({ personId: id, locale }) =>
    tell({ personId: id, kind: 'change', key: `family:${occasion}:${id}`, text: words(texts(locale ?? who.communityLocale), id) }),
  );
}
