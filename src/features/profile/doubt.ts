import { command, ofCommunity, tell, type Command, type Outcome, type Request } from '../../command/index.js';
import type { Effect } from '../../dialog/index.js';
import { asLocale, list } from '../../i18n/index.js';
import { isGuardianAmong, localeOf, memberOf, staffOf, type HouseholdView, type StaffSays } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import type { taskEffect } from './helper.js';
import { memberLine } from './houses.js';
import { tellMembers } from './leave.js';
import { pairOf } from './member.js';
import { doingOf, hiddenForStaff, hiddenHere, menu, sure, type ProfileParts } from './parts.js';

/** `/family-doubt HOUSEHOLD PERSON`: a guardian doubts that another is one. It is not for either of them to end, so staff are asked, and told at once. */
export const familyDoubtCommand = (parts: ProfileParts, makeTask: ReturnType<typeof taskEffect>): Command<Tx> =>
  command(
    { name: 'family-doubt', ...hiddenHere },
    {
      load: async (tx, request) => {
        const found = await pairOf(parts)(tx, request);
        if (!found) return null;
        const { communityId, personId } = request.who;
        const occasion = `doubt:${found.household.id}:${found.whom.personId}:${personId}`;
        const times = await parts.tasks.timesDone(tx, occasion);
        return { ...found, key: `${occasion}:${times}`, id: request.newId(), staff: await staffOf(tx, communityId) };
      },
      decide: (found, { t, who, texts }) => {
        if (!found) return menu(t, t('profile.family.nothing'));
        const { household, whom, key, id, staff } = found;
        const theirs = texts(who.communityLocale);
        const names = list(
          household.children.map(({ name }) => name),
          asLocale(who.communityLocale),
        );
        const payload = {
          name: who.name,
          about: theirs('tasks.doubt.about', { name: whom.name, names }),
          line: `/family-case ${id} ${household.id} ${whom.personId}`,
          label: theirs('tasks.doubt.look'),
        };
        const told = staff.map(({ personId, locale, community }) => {
          const words = texts(locale);
          return tell({
            personId,
            kind: 'change',
            key: `task:${key}:${personId}`,
            text: ofCommunity(words, community, words('tasks.doubt.forStaff', { name: who.name })),
            leadsTo: { label: words('help.commands.tasks.label'), command: 'tasks' },
          });
        });
        const task = { id, communityId: who.communityId, kind: 'paper', key, personId: who.personId, payload } as const;
        return { ...menu(t, t('profile.family.doubted')), effects: [makeTask.make(task), ...told] };
      },
    },
  );

/** `TASK HOUSEHOLD PERSON`, where the task is open and somebody is a member still. */
const caseOf = async ({ households, tasks }: ProfileParts, tx: Tx, { who, args }: Request) => {
  const [taskId = '', householdId = '', personId = '', said = ''] = args.split(' ');
  const task = await tasks.get(tx, who.communityId, taskId);
  const house = await households.get(tx, householdId);
  const whom = house && memberOf(house, personId);
  return task?.doneAt === null && house && whom ? { task, house, whom, says: said === 'out' ? ('out' as const) : ('none' as const) } : null;
};

const gone = ({ t }: Request): Outcome => menu(t, t('tasks.gone'), [{ label: t('tasks.all'), line: '/tasks' }]);

/** `/family-case TASK HOUSEHOLD PERSON`: what staff can do about a grown-up of a family whom its guardians doubt. */
export const familyCaseCommand = (parts: ProfileParts): Command<Tx> => ({
  name: 'family-case',
  ...hiddenForStaff,
  answer: async (tx, request) => {
    const { t, who } = request;
    const found = await caseOf(parts, tx, request);
    if (!found) return gone(request);
    const { task, house, whom } = found;
    const about = `${task.id} ${house.id} ${whom.personId}`;
    const guardian = isGuardianAmong(whom, house.children);
    return menu(t, `${memberLine(whom, house.children, t, asLocale(who.locale))}\n${t('tasks.doubt.how')}`, [
      ...(guardian ? [{ label: t('tasks.doubt.none'), line: `/family-case-sure ${about} none` }] : []),
      { label: t('tasks.doubt.out'), line: `/family-case-sure ${about} out` },
      { label: t('tasks.doubt.leave'), line: `/task-done ${task.id}` },
    ]);
  },
});

/** Asks before staff decide. */
export const familyCaseSureCommand = (parts: ProfileParts): Command<Tx> => ({
  name: 'family-case-sure',
  ...hiddenForStaff,
  answer: async (tx, request) => {
    const { t, args } = request;
    const found = await caseOf(parts, tx, request);
    if (!found) return gone(request);
    const { task, house, whom, says } = found;
    return sure(
      t(`tasks.doubt.sure.${says}`, { name: whom.name }),
      { label: t(`tasks.doubt.${says}`), line: `/family-case-yes ${args}` },
      { label: t('turn.back'), line: `/family-case ${task.id} ${house.id} ${whom.personId}` },
    );
  },
});

/** Staff decide: somebody is no guardian, or no member, of a family. They and its guardians are told. */
export const familyCaseYesCommand = (parts: ProfileParts): Command<Tx> => ({
  name: 'family-case-yes',
  ...hiddenForStaff,
  // What everybody is, is only sure while the household is held.
  answer: async (tx, request) => {
    const { t } = request;
    const found = await caseOf(parts, tx, request);
    if (!found) return gone(request);
    const { task, house, whom, says } = found;
    const all = [{ label: t('tasks.all'), line: '/tasks' }];
    const done = await parts.households.decide(tx, { householdId: house.id, personId: whom.personId, says }, doingOf(request));
    if (done !== 'done') return menu(t, t(`tasks.doubt.${done}`, { name: whom.name }), all);
    await parts.tasks.finish(tx, task.id, doingOf(request));
    return {
      ...menu(t, t(`tasks.doubt.done.${says}`, { name: whom.name }), all),
      effects: await tellDecided(tx, request, { house, whom, says }),
    };
  },
});

async function tellDecided(
  tx: Tx,
  request: Request,
  { house, whom, says }: { house: HouseholdView; whom: HouseholdView['members'][number]; says: StaffSays },
): Promise<Effect[]> {
  const { who, texts, newId } = request;
  const { personId, name } = whom;
  const occasion = newId();
  const theirs = texts((await localeOf(tx, personId)) ?? who.communityLocale);
  const guardians = { members: house.members.filter((one) => one !== whom && isGuardianAmong(one, house.children)) };
  const words = (t: Request['t']) => t(`tasks.doubt.told.${says}`, { name });
  return [
    tell({ personId, kind: 'change', key: `case:${occasion}`, text: theirs(`tasks.doubt.toldThem.${says}`) }),
    ...(await tellMembers(tx, guardians, request, words, occasion, texts)),
  ];
}
