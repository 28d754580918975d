import { menu, command, effect, menuChoices, pagesOf, type Command, type Request } from '../../command/index.js';
import { actorsIn, asBond, audit, auditActions, eventsInLog, noSubject, readLog, type LogFilter, type LogRow } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import { at } from './reader.js';
import { roleName } from './invite.js';

const administrators = { for: 'administrator', inGroup: 'privately' } as const;

/** Rows in one message. */
const perPage = 15;

/** Writes down that somebody looked at the log. */
export const logSeen = effect<Tx, null>('log.seen', (tx, _nothing, context) => audit(tx, context, 'log.seen', noSubject));

/** A row of the log as a sentence, without its time: `社工小李看了“美术课”的名单`. */
export function sentence(row: LogRow, t: Request['t']): string {
  const actor = row.actor ?? t('log.nobody');
  if (!Object.hasOwn(auditActions, row.action)) return t('log.unknown', { actor });
  const unsaid = row.action === 'task.done' ? 'log.somebody' : row.atHome ? 'log.familyEntry' : 'log.anEvent';
  const subject = row.subject === '' ? t(unsaid) : (row.subject ?? t('log.nobody'));
  const whose = row.whose ?? t('log.nobody');
  const { adults = [], roles = [] } = row;
  const named = adults.length === 0 ? t('log.noAdults') : adults.join(t('log.between'));
  const about = { actor, subject, whose, adults: named, role: roleName(t, row.role), bond: bondName(row, t), marks: marksOf(row, t) };
  const said = t(`log.actions.${row.action}`, about);
  return roles.length === 0
    ? said
    : `${said}${t('log.withRoles', { roles: roles.map((role) => roleName(t, role)).join(t('log.between')) })}`;
}

const bondName = ({ bond }: LogRow, t: Request['t']): string => {
  const known = asBond(bond ?? null);
  return known === null ? '' : t(`mydata.record.bonds.${known}`);
};

/** How many were marked how: `到2 缺1`. */
const marksOf = ({ marks = [] }: LogRow, t: Request['t']): string =>
  (['attended', 'absent', 'leave'] as const)
    .flatMap((state, at) => ((marks[at] ?? 0) > 0 ? [t(`log.marks.${state}`, { number: marks[at] ?? 0 })] : []))
    .join(' ');

/** `/log [- | p:PERSON | e:EVENT] [last row of the page before]` */
function read(args: string): { filter: LogFilter; word: string; after: string | null } {
  const [word = '-', after = null] = args === '' ? [] : args.split(' ');
  const [, kind, id] = /^([pe]):(.+)$/u.exec(word) ?? [];
  if (id === undefined) return { filter: null, word: '-', after };
  return { filter: kind === 'p' ? { person: id } : { event: id }, word, after };
}

/** `/log`: who did what, newest first; looking is written down too. */
export const logCommand = (): Command<Tx> =>
  command(
    { name: 'log', words: ['操作记录', 'log'], ...administrators },
    {
      load: (tx, { who, args }) => {
        const { filter, after } = read(args);
        return readLog(tx, { communityId: who.communityId, filter, after, take: perPage });
      },
      decide: ({ rows, more }, request) => {
        const { t, args } = request;
        const { filter, word } = read(args);
        const last = rows.at(-1);
        const lines = rows.map((row) => t('log.line', { at: at(row.at, request), what: sentence(row, t) }));
        const items = [
          ...(more && last ? [{ label: t('log.older'), line: `/log ${word} ${last.id}` }] : []),
          { label: t('log.byPerson'), line: '/log-people' },
          { label: t('log.byEvent'), line: '/log-events' },
          ...(filter === null ? [] : [{ label: t('log.all'), line: '/log' }]),
        ];
        const text = rows.length === 0 ? t('log.none') : [t('log.head'), ...lines].join('\n');
        return { ...menu(text, menuChoices(t, items)), effects: [logSeen.make(null)] };
      },
    },
  );

/** Whose rows are to be shown. */
export const logPeopleCommand = (): Command<Tx> =>
  command(
    { name: 'log-people', words: [], hidden: true, ...administrators },
    {
      load: (tx, { who }) => actorsIn(tx, who.communityId),
      decide: (people, { t, args }) => {
        const items = people.map(({ id, name }) => ({ label: name, line: `/log p:${id}` }));
        return menu(t('log.whichPerson'), menuChoices(t, items, pagesOf('log-people', args)));
      },
    },
  );

/** Which event's rows are to be shown. */
export const logEventsCommand = (): Command<Tx> =>
  command(
    { name: 'log-events', words: [], hidden: true, ...administrators },
    {
      load: (tx, { who }) => eventsInLog(tx, who.communityId),
      decide: (events, { t, args }) => {
        const items = events.map(({ id, title }) => ({ label: title, line: `/log e:${id}` }));
        return menu(t(events.length > 0 ? 'log.whichEvent' : 'log.none'), menuChoices(t, items, pagesOf('log-events', args)));
      },
    },
  );
