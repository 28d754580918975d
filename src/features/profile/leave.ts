import { command, tell, type Command, type Outcome, type Request } from '../../command/index.js';
import { asLocale, date, list } from '../../i18n/index.js';
import {
  heirOf,
  isBusy,
  isGuardianAmong,
  leavingMark,
  leftAlone,
  proofsUntil,
  signedUpAmong,
  signUpsOf,
  speakersAmong,
  unfitToKeep,
  type HouseholdView,
} from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import { houseName } from './houses.js';
import { doingOf, hiddenHere, menu, sure, type ProfileParts } from './parts.js';

/** `/family-leave [household]`: asks before somebody leaves a household, and says who keeps what. */
export const familyLeaveCommand = ({ households }: ProfileParts): Command<Tx> =>
  command(
    { name: 'family-leave', ...hiddenHere, words: ['离开这个家', '退出这个家', '离开家庭', '退出家庭', 'leave family'] },
    {
      load: async (tx, { who, args }) => {
        const mine = await households.of(tx, who.personId);
        const household = mine.find(({ id }) => id === args) ?? (mine.length === 1 ? mine[0] : undefined);
        return { mine, household, open: household ? await openIn(tx, household) : nothingOpen };
      },
      decide: ({ mine, household, open }, request) => {
        const { t, args } = request;
        if (household) return askToLeave(household, open, request);
        if (mine.length === 0) return menu(t, t(args === '' ? 'profile.family.notInOne' : 'profile.family.none'));
        const items = mine.map((one) => ({ label: houseName(one, request), line: `/family-leave ${one.id}` }));
        return menu(t, t('profile.family.leaveWhich'), items);
      },
    },
  );

/** The open sign-ups of a household: whether there are any, and of which children. */
interface OpenSignUps {
  readonly any: boolean;
  readonly of: readonly string[];
}

const nothingOpen: OpenSignUps = { any: false, of: [] };

const openIn = async (tx: Tx, { id, children }: HouseholdView): Promise<OpenSignUps> => ({
  any: await isBusy(tx, id),
  of: await signedUpAmong(
    tx,
    children.map((child) => child.id),
  ),
});

/** Why the last guardian cannot go yet, with what can be done about it: nothing is offered that would be refused. */
function settleFirst(household: HouseholdView, open: OpenSignUps, { t, who }: Request): Outcome {
  const { personId } = who;
  const locale = asLocale(who.locale);
  const others = household.members.filter((member) => member.personId !== personId);
  const left = leftAlone(household, personId);
  const children = household.children.filter((child) => left.includes(child));
  const busy = children.filter(({ id }) => open.of.includes(id));
  const items = [
    ...others
      .filter((member) => !isGuardianAmong(member, household.children))
      .map(({ personId: id, name }) => ({ label: t('profile.family.out', { name }), line: `/family-out ${household.id} ${id}` })),
    ...children
      .filter((child) => !busy.includes(child))
      .map(({ id, name }) => ({ label: t('profile.family.forgetOne', { name }), line: `/child-forget ${id}` })),
  ].slice(0, 7);
  const namesOf = (some: readonly { readonly name: string }[]) =>
    list(
      some.map(({ name }) => name),
      locale,
    );
  const text = [
    t('profile.family.leaveUnfit', { names: namesOf(others) }),
    ...(busy.length > 0 ? [t('profile.family.forgetLater', { names: namesOf(busy) })] : []),
  ];
  return menu(t, text.join('\n'), [...items, ...(busy.length > 0 ? [{ label: t('help.commands.mine.label'), line: '/mine' }] : [])]);
}

const busyToLeave = ({ t }: Request): Outcome =>
  menu(t, t('profile.family.leaveBusy'), [{ label: t('help.commands.mine.label'), line: '/mine' }]);

/** What leaving comes to, and the yes to exactly this; or why it cannot be, with what can be done about it. */
function askToLeave(household: HouseholdView, open: OpenSignUps, request: Request): Outcome {
  const { t, who, now } = request;
  const { personId } = who;
  if (unfitToKeep(household, personId).length > 0) return settleFirst(household, open, request);
  const others = household.members.filter((member) => member.personId !== personId).map(({ name }) => name);
  const names = list(others, asLocale(who.locale));
  const heir = heirOf(household, personId);
  if (!heir && open.any) return busyToLeave(request);
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
    if (left === 'busy') return busyToLeave(request);
    const now = left === 'changed' || left === 'unfit' ? await households.get(tx, householdId) : null;
    if (now) return again(askToLeave(now, await openIn(tx, now), request), t('profile.family.leaveChanged'));
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
