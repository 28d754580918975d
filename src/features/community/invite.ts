import { menu, command, menuChoices, pagesOf, type Command } from '../../command/index.js';
import { asRole, invitationMs, roles, type Invitations } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import { at } from './reader.js';

const administrators = { for: 'administrator', inGroup: 'privately' } as const;

/** `/invite`: the roles that somebody can be invited to, and the invitations that are still open. */
export const inviteCommand = (invitations: Invitations): Command<Tx> =>
  command(
    { name: 'invite', words: ['邀请', '邀请工作人员', 'invite'], otherwise: 'family-invite', ...administrators },
    {
      load: (tx, { who, now }) => invitations.open(tx, who.communityId, now),
      decide: (open, { t }) => {
        const items = [
          ...roles.map((role, place) => ({ label: t(`team.roles.${role}`), line: `/invite-role ${place}` })),
          ...(open.length > 0 ? [{ label: t('team.invite.open', { count: open.length }), line: '/invites' }] : []),
        ];
        return menu(t('team.invite.ask'), menuChoices(t, items));
      },
    },
  );

/** Makes an invitation and shows its code, this once. */
export const inviteRoleCommand = (invitations: Invitations): Command<Tx> => ({
  name: 'invite-role',
  words: [],
  hidden: true,
  ...administrators,
  answer: async (tx, request) => {
    const { t, who, args, now, newId } = request;
    const role = roles[Number(args)];
    if (!role) return menu(t('team.invite.ask'), menuChoices(t, []));
    const code = await invitations.invite(tx, role, { communityId: who.communityId, actorId: who.personId, now, newId });
    const text = t('team.invite.made', { role: t(`team.roles.${role}`), code, until: at(now + invitationMs, request) });
    return menu(text, menuChoices(t, [{ label: t('team.invite.another'), line: '/invite' }]));
  },
});

/** The open invitations; choosing one takes it back. */
export const invitesCommand = (invitations: Invitations): Command<Tx> =>
  command(
    { name: 'invites', words: [], hidden: true, ...administrators },
    {
      load: (tx, { who, now }) => invitations.open(tx, who.communityId, now),
      decide: (open, request) => {
        const { t, args } = request;
        const items = open.map(({ id, role, by, expiresAt }) => ({
          label: t('team.invite.line', { role: t(`team.roles.${role}`), by, until: at(expiresAt, request) }),
          line: `/invite-back ${id}`,
        }));
        return menu(t(open.length > 0 ? 'team.invite.list' : 'team.invite.none'), menuChoices(t, items, pagesOf('invites', args)));
      },
    },
  );

/** Takes an invitation back. */
export const inviteBackCommand = (invitations: Invitations): Command<Tx> => ({
  name: 'invite-back',
  words: [],
  hidden: true,
  ...administrators,
  answer: async (tx, { t, who, args, now, newId }) => {
    const back = await invitations.takeBack(tx, args, { communityId: who.communityId, actorId: who.personId, now, newId });
    return menu(
      t(back ? 'team.invite.back' : 'team.invite.notThere'),
      menuChoices(t, [{ label: t('team.invite.another'), line: '/invite' }]),
    );
  },
});

/** The name of a stored role, for a person to read. */
export const roleName = (t: (key: string) => string, role: string): string => {
  const known = asRole(role);
  return known === null ? role : t(`team.roles.${known}`);
};
