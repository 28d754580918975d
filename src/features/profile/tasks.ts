import { Temporal } from 'temporal-polyfill';
import { command, inCommunity, menuChoices, pagesOf, tell, type Command, type Request } from '../../command/index.js';
import { asLocale, day, list } from '../../i18n/index.js';
import { asBond, isGuardianAmong, localeOf, type Tasks, type TaskView } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import { tellMembers } from './leave.js';
import { doingOf, hiddenForStaff, menu, type ProfileParts } from './parts.js';

/** When something was asked for, as people read it. */
function whenAsked({ createdAt }: TaskView, { who, now }: Request): string {
  const wall = Temporal.Instant.fromEpochMilliseconds(createdAt).toZonedDateTimeISO(who.timeZone).toPlainDateTime().toString();
  return `${day(wall, asLocale(who.locale), now, who.timeZone)} ${wall.slice(11, 16)}`;
}

/** `/tasks`: what staff have to do for somebody, oldest first. */
export const tasksCommand = (tasks: Tasks): Command<Tx> =>
  command(
    { name: 'tasks', words: ['待办', 'tasks'], for: 'staff', inGroup: 'privately' },
    {
      load: async (tx, { who }) => ({
        open: await tasks.open(tx, who.communityId),
        elsewhere: await tasks.openElsewhere(tx, who.personId, who.communityId),
      }),
      decide: ({ open, elsewhere }, { t, args }) => {
        const lines = [
          open.length === 0 ? t('tasks.none') : t('tasks.some', { count: open.length }),
          ...elsewhere.map(({ name, count }) => t('tasks.elsewhere', { community: name, count })),
        ];
        const items = [
          ...open.map((task) => ({ label: t(`tasks.item.${task.kind}`, { name: task.name }), line: `/task ${task.id}` })),
          ...elsewhere.map(({ communityId, name }) => ({
            label: t('tasks.lookThere', { community: name }),
            line: inCommunity(communityId, '/tasks'),
          })),
        ];
        return { say: [{ text: lines.join('\n'), choices: menuChoices(t, items, pagesOf('tasks', args)) }] };
      },
    },
  );

/** One task, with what does it. */
export const taskCommand = (tasks: Tasks): Command<Tx> =>
  command(
    { name: 'task', ...hiddenForStaff },
    {
      load: (tx, { who, args }) => tasks.get(tx, who.communityId, args),
      decide: (task, request) => {
        const { t } = request;
        if (!task) return menu(t, t('tasks.gone'));
        if (task.doneAt !== null) return menu(t, t('tasks.doneBefore', { name: task.doneBy ?? '' }));
        const text = [
          t(`tasks.kind.${task.kind}`),
          t('tasks.who', { name: task.name }),
          ...(task.group ? [t('tasks.group', { group: task.group })] : []),
          ...(task.about === undefined ? [] : [task.about]),
          t('tasks.since', { when: whenAsked(task, request) }),
        ].join('\n');
        const own = task.line !== undefined && task.label !== undefined ? [{ label: task.label, line: task.line }] : [];
        const items = [...own, { label: t('tasks.done'), line: `/task-done ${task.id}` }, { label: t('tasks.all'), line: '/tasks' }];
        return menu(t, text, items);
      },
    },
  );

/** Marks a task as done; whoever presses second hears who was first. */
export const taskDoneCommand = (tasks: Tasks): Command<Tx> => ({
  name: 'task-done',
  ...hiddenForStaff,
  // Of two who press at once one is first: the database says who.
  answer: async (tx, request) => {
    const { t, who, args } = request;
    const task = await tasks.get(tx, who.communityId, args);
    if (!task) return menu(t, t('tasks.gone'));
    const all = [{ label: t('tasks.all'), line: '/tasks' }];
    if (await tasks.finish(tx, args, doingOf(request))) return menu(t, t('tasks.thanks'), all);
    return menu(t, t('tasks.doneBefore', { name: (await tasks.get(tx, who.communityId, args))?.doneBy ?? '' }), all);
  },
});

/** `/guardian-ok TASK HOUSEHOLD [BOND]`: staff have seen that somebody is guardian of the children who are there now. */
export const guardianOkCommand = ({ tasks, households }: ProfileParts): Command<Tx> => ({
  name: 'guardian-ok',
  ...hiddenForStaff,
  answer: async (tx, request) => {
    const { t, texts, who, args } = request;
    const [taskId = '', householdId = '', said = null] = args.split(' ');
    const bond = asBond(said) ?? 'grandparent';
    const task = await tasks.get(tx, who.communityId, taskId);
    const all = [{ label: t('tasks.all'), line: '/tasks' }];
    if (!task || task.personId === null) return menu(t, t('tasks.gone'), all);
    if (task.personId === who.personId) return menu(t, t('tasks.guardian.self'), all);
    if (task.doneAt !== null) return menu(t, t('tasks.doneBefore', { name: task.doneBy ?? '' }), all);
    const { personId } = task;
    const confirmed = await households.confirmGuardian(tx, { householdId, personId, bond }, doingOf(request));
    const house = await households.get(tx, householdId);
    const children = house?.children ?? [];
    const names = (locale: string) =>
      list(
        children.map(({ name }) => name),
        asLocale(locale),
      );
    await tasks.finish(tx, taskId, doingOf(request));
    if (!confirmed) return menu(t, t('tasks.guardian.gone', { name: task.name }), all);
    // Those who were guardians before hear who is one from now on.
    const beside = {
      members: (house?.members ?? []).filter((one) => one.personId !== personId && isGuardianAmong(one, children)),
    };
    const theirs = (await localeOf(tx, personId)) ?? who.communityLocale;
    const text = texts(theirs)('tasks.guardian.told', { names: names(theirs) });
    return {
      ...menu(t, t('tasks.guardian.confirmed', { name: task.name, names: names(who.locale) }), all),
      effects: [
        tell({ personId, kind: 'confirmation', key: `guardian:${taskId}`, text }),
        ...(await tellMembers(
          tx,
          beside,
          request,
          (words) => words('tasks.guardian.toldOthers', { name: task.name }),
          `guardian:${taskId}`,
          texts,
        )),
      ],
    };
  },
});
