import { menu, command, menuChoices, pagesOf, tell, type Command, type Outcome, type Request } from '../../command/index.js';
import { localeOf, endRole, handOver, teamOf, type TeamMember } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import { dayOf } from './reader.js';

const forAll = { words: [], hidden: true, for: 'everyone', inGroup: 'privately' } as const;

const isAdministrator = ({ who }: Request): boolean => who.roles.includes('administrator');

/** Whoever holds the role may give it up, and administrators may take it away. */
const mayEnd = (member: TeamMember, request: Request): boolean => member.personId === request.who.personId || isAdministrator(request);

function line(member: TeamMember, request: Request): string {
  const { t } = request;
  const by = member.by === null ? '' : t('team.staff.by', { by: member.by });
  return t('team.staff.line', { name: member.name, role: t(`team.roles.${member.role}`), since: dayOf(member.since, request), by });
}

const memberItem = (member: TeamMember, { t }: Request) => ({
  label: t('team.staff.item', { name: member.name, role: t(`team.roles.${member.role}`) }),
  line: `/staff-role ${member.roleId}`,
});

/** `/staff`: who has which role, since when and by whom. */
export const staffCommand = (): Command<Tx> =>
  command(
    { name: 'staff', words: ['工作人员', 'staff'], for: 'staff', inGroup: 'privately' },
    {
      load: (tx, { who }) => teamOf(tx, who.communityId),
      decide: (team, request) => {
        const { t, who, args } = request;
        const lines = team.map((member) => line(member, request));
        const items = team.filter((member) => mayEnd(member, request)).map((member) => memberItem(member, request));
        const text = [t('team.staff.head', { community: who.communityName }), ...lines].join('\n');
        return menu(text, menuChoices(t, items, pagesOf('staff', args)));
      },
    },
  );

/** The roles that somebody holds themselves: also those who are not staff can give theirs up. */
export const myRolesCommand = (): Command<Tx> =>
  command(
    { name: 'my-roles', ...forAll },
    {
      load: async (tx, { who }) => (await teamOf(tx, who.communityId)).filter(({ personId }) => personId === who.personId),
      decide: (mine, request) => {
        const { t } = request;
        if (mine.length === 0) return menu(t('team.staff.gone'), menuChoices(t, []));
        return menu(
          mine.map((member) => line(member, request)).join('\n'),
          menuChoices(
            t,
            mine.map((member) => memberItem(member, request)),
          ),
        );
      },
    },
  );

/** One role, with what the asker may do about it; nothing where it is none of their business. */
const memberOf = async (tx: Tx, request: Request, roleId: string): Promise<TeamMember | undefined> =>
  (await teamOf(tx, request.who.communityId)).find((member) => member.roleId === roleId && mayEnd(member, request));

/** One member of the team. */
export const staffRoleCommand = (): Command<Tx> =>
  command(
    { name: 'staff-role', ...forAll },
    {
      load: (tx, request) => memberOf(tx, request, request.args),
      decide: (member, request) => {
        const { t, who } = request;
        if (!member) return menu(t('team.staff.gone'), menuChoices(t, []));
        const label = t(member.personId === who.personId ? 'team.staff.drop' : 'team.staff.take');
        return menu(line(member, request), menuChoices(t, [{ label, line: `/staff-end ${member.roleId}` }]));
      },
    },
  );

/** Asks before a role ends; the last administrator is asked who takes over. */
export const staffEndCommand = (): Command<Tx> =>
  command(
    { name: 'staff-end', ...forAll },
    {
      load: async (tx, request) => ({
        member: await memberOf(tx, request, request.args),
        team: await teamOf(tx, request.who.communityId),
      }),
      decide: ({ member, team }, request) => {
        const { t, who } = request;
        if (!member) return menu(t('team.staff.gone'), menuChoices(t, []));
        const administrators = team.filter(({ role }) => role === 'administrator');
        if (member.role === 'administrator' && administrators.length < 2) return askWhoTakesOver(member, team, request);
        const own = member.personId === who.personId;
        const values = { name: member.name, role: t(`team.roles.${member.role}`) };
        return menu(t(own ? 'team.staff.dropSure' : 'team.staff.takeSure', values), [
          { key: '1', label: t(own ? 'team.staff.drop' : 'team.staff.take'), value: `/staff-end-yes ${member.roleId}` },
          { key: '0', label: t('team.staff.keep'), value: own ? '/me' : '/staff' },
        ]);
      },
    },
  );

function askWhoTakesOver(member: TeamMember, team: readonly TeamMember[], { t }: Request): Outcome {
  const others = new Map(team.filter(({ personId }) => personId !== member.personId).map(({ personId, name }) => [personId, name]));
  if (others.size === 0)
    return menu(t('team.staff.lastAlone'), menuChoices(t, [{ label: t('help.commands.invite.label'), line: '/invite' }]));
  const items = [...others].map(([personId, name]) => ({ label: name, line: `/staff-hand ${member.roleId} ${personId}` }));
  return menu(t('team.staff.last'), menuChoices(t, items.slice(0, 8)));
}

/** Ends a role, at once: whatever button or form of theirs is still open is refused from now on. */
export const staffEndYesCommand = (): Command<Tx> => ({
  name: 'staff-end-yes',
  ...forAll,
  answer: async (tx, request) => {
    const { t, who, args, now, newId } = request;
    const member = await memberOf(tx, request, args);
    const { communityId, personId: actorId } = who;
    const ended = member ? await endRole(tx, { roleId: args, communityId, actorId, now, newId }) : null;
    if (!member || ended?.type !== 'ended')
      return menu(t(ended?.type === 'last' ? 'team.staff.lastAlone' : 'team.staff.gone'), menuChoices(t, []));
    const values = { name: member.name, role: t(`team.roles.${member.role}`) };
    if (member.personId === actorId) return menu(t('team.staff.dropped', values), menuChoices(t, []));
    return {
      ...menu(t('team.staff.taken', values), menuChoices(t, [{ label: t('help.commands.staff.label'), line: '/staff' }])),
      effects: [await told(tx, request, member.personId, 'team.staff.toldTaken', member.role, args)],
    };
  },
});

/** Asks before the last administrator hands the community over. */
export const staffHandCommand = (): Command<Tx> =>
  command(
    { name: 'staff-hand', ...forAll },
    {
      load: async (tx, { who, args }) => {
        const [roleId = '', personId = ''] = args.split(' ');
        const team = await teamOf(tx, who.communityId);
        const own = team.find((member) => member.roleId === roleId && member.personId === who.personId);
        return { own, other: team.find((member) => member.personId === personId) };
      },
      decide: ({ own, other }, { t, args }) => {
        if (!own || !other) return menu(t('team.staff.gone'), menuChoices(t, []));
        return menu(t('team.staff.handSure', { name: other.name }), [
          { key: '1', label: t('team.staff.hand'), value: `/staff-hand-yes ${args}` },
          { key: '0', label: t('team.staff.keep'), value: '/staff' },
        ]);
      },
    },
  );

/** Hands the community over to another member of the team. */
export const staffHandYesCommand = (): Command<Tx> => ({
  name: 'staff-hand-yes',
  ...forAll,
  answer: async (tx, request) => {
    const { t, who, args, now, newId } = request;
    const [roleId = '', toPersonId = ''] = args.split(' ');
    const other = (await teamOf(tx, who.communityId)).find(({ personId }) => personId === toPersonId);
    const { communityId, personId: actorId } = who;
    if (!other || !(await handOver(tx, { roleId, toPersonId, communityId, actorId, now, newId })))
      return menu(t('team.staff.gone'), menuChoices(t, []));
    return {
      ...menu(t('team.staff.handed', { name: other.name }), menuChoices(t, [])),
      effects: [await told(tx, request, toPersonId, 'team.staff.toldHanded', 'administrator', roleId)],
    };
  },
});

/** What somebody else is told of it, in their own language. */
async function told(
  tx: Tx,
  { who, texts }: Request,
  personId: string,
  key: 'team.staff.toldTaken' | 'team.staff.toldHanded',
  role: string,
  roleId: string,
) {
  const t = texts((await localeOf(tx, personId)) ?? who.communityLocale);
  const text = t(key, { name: who.name, community: who.communityName, role: t(`team.roles.${role}`) });
  return tell({ personId, kind: 'change', text, key: `role:${roleId}:${personId}` });
}
