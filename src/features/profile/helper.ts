import { command, effect, ofCommunity, tell, type Command } from '../../command/index.js';
import { groupTitle, staffOf, type NewTask, type Tasks } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';

/** Writes a task for staff down. */
export const taskEffect = (tasks: Tasks) =>
  effect<Tx, NewTask>('task.make', async (tx, task, { now, newId }) => void (await tasks.make(tx, task, { newId, now })));

/** `9` in every menu, 找人 in the middle of anything: somebody will call, and staff hear of it once an hour. */
export const helperCommand = (tasks: Tasks, makeTask: ReturnType<typeof taskEffect>): Command<Tx> =>
  command(
    {
      name: 'helper',
      words: ['找人帮忙', '找人', '人工', '找社工', '求助', 'ask a person', 'helper'],
      for: 'everyone',
      inGroup: 'there',
      aside: true,
    },
    {
      load: async (tx, { who, now, kind, address }) => ({
        ...(await tasks.helpOf(tx, who.personId, now)),
        staff: await staffOf(tx, who.communityId),
        group: kind === 'group' ? await groupTitle(tx, address) : null,
      }),
      decide: ({ count, fresh, staff, group }, { t, texts, who, kind }) => {
        if (who.staff) return { aside: t('helper.staff') };
        if (fresh) return { aside: t('helper.coming') };
        const key = `help:${who.personId}:${count}`;
        const payload = { name: who.name, group };
        const told = staff.map(({ personId, locale, community }) => {
          const theirs = texts(locale);
          const where = group === null ? theirs('helper.private') : theirs('helper.group', { group });
          return tell({
            personId,
            kind: 'change',
            key: `task:${key}:${personId}`,
            text: ofCommunity(theirs, community, theirs('helper.forStaff', { name: who.name, where })),
            leadsTo: { label: theirs('help.commands.tasks.label'), command: 'tasks' },
          });
        });
        // Whoever needs it a second time may like shorter texts; it is offered this once.
        const offer = count === 1 && !who.elder && kind === 'private' ? [t('helper.offerElder')] : [];
        return {
          aside: [t('helper.coming'), ...offer].join('\n'),
          effects: [makeTask.make({ communityId: who.communityId, kind: 'help', key, personId: who.personId, payload }), ...told],
        };
      },
    },
  );
