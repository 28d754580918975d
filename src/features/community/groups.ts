import type { Inbound } from '../../chat/index.js';
import { menu, command, menuChoices, pagesOf, type Command } from '../../command/index.js';
import { audit, groupCodeMs, groupsOfCommunity, linkByCode, noSubject, unlinkGroup, type Codes } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import { at } from './reader.js';

const staffOnly = { words: [], hidden: true, for: 'staff', inGroup: 'privately' } as const;

/** `/group` in private: the community's groups, and how to add one. `/group CODE` in a group: whose it is now. */
export const groupCommand = (): Command<Tx> =>
  command(
    { name: 'group', words: ['绑定群', 'group'], takesText: true, for: 'staff', inGroup: 'there' },
    {
      load: (tx, { who, kind }) => (kind === 'group' ? Promise.resolve([]) : groupsOfCommunity(tx, who.communityId)),
      decide: (groups, { t, who, kind, args }) => {
        // A group of no community was made one's before anybody was recognised (`linkTyped`), so what is left is to say so.
        if (kind === 'group') return args === '' ? {} : { say: [{ text: t('community.group.now', { community: who.communityName }) }] };
        const items = [
          { label: t('community.group.add'), line: '/group-code' },
          ...groups.map(({ id, title }) => ({ label: t('community.group.unlink', { title }), line: `/group-unlink ${id}` })),
        ];
        return menu(
          t(groups.length > 0 ? 'community.group.some' : 'community.group.none', { community: who.communityName }),
          menuChoices(t, items, pagesOf('group', args)),
        );
      },
    },
  );

/** Makes the code that is typed in a group. */
export const groupCodeCommand = (codes: Codes): Command<Tx> => ({
  name: 'group-code',
  ...staffOnly,
  answer: async (tx, request) => {
    const { t, who, now } = request;
    const { communityId, personId: createdBy } = who;
    const code = await codes.make(tx, { kind: 'group', communityId, createdBy, payload: null, expiresAt: now + groupCodeMs, now });
    return menu(t('community.group.code', { code, until: at(now + groupCodeMs, request) }), menuChoices(t, []));
  },
});

/** Asks before a group is let go. */
export const groupUnlinkCommand = (): Command<Tx> =>
  command(
    { name: 'group-unlink', ...staffOnly },
    {
      load: async (tx, { who, args }) => (await groupsOfCommunity(tx, who.communityId)).find(({ id }) => id === args),
      decide: (group, { t }) => {
        if (!group) return menu(t('community.group.gone'), menuChoices(t, []));
        return menu(t('community.group.unlinkSure', { title: group.title }), [
          { key: '1', label: t('community.group.unlinkYes'), value: `/group-unlink-yes ${group.id}` },
          { key: '0', label: t('community.group.unlinkNo'), value: '/group' },
        ]);
      },
    },
  );

/** Lets a group go. */
export const groupUnlinkYesCommand = (): Command<Tx> => ({
  name: 'group-unlink-yes',
  ...staffOnly,
  answer: async (tx, { t, who, args, now, newId }) => {
    const gone = await unlinkGroup(tx, args, who.communityId);
    if (gone) await audit(tx, { communityId: who.communityId, actorId: who.personId, now, newId }, 'group.unlinked', noSubject);
    return menu(
      t(gone ? 'community.group.unlinked' : 'community.group.gone'),
      menuChoices(t, [{ label: t('help.commands.group.label'), line: '/group' }]),
    );
  },
});

const typed = /^([/／]?)(?:group(?:@[a-z0-9_]{1,64})?\s+|绑定群[\s:：]*)(\S.{0,98})$/iu;

/** Makes a group a community's where somebody types its code there; before anybody is recognised, because in a group of no community nobody is. */
export async function linkTyped(tx: Tx, codes: Codes, inbound: Inbound, parts: { now: number; newId: () => string }): Promise<void> {
  const { kind, content, address, title = '', from } = inbound;
  if (kind !== 'group' || content.type !== 'text') return;
  const [, slash, code] = typed.exec(content.text.trim()) ?? [];
  if (code !== undefined && (slash !== '' || content.mentioned === true))
    await linkByCode(tx, codes, { ...address, title, sender: from.id, code }, parts);
}
