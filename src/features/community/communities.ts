import { menu, command, menuChoices, type Command } from '../../command/index.js';
import {
  communityNamed,
  localeOf,
  audit,
  communitiesFor,
  invitationMs,
  isFirst,
  withoutAdministrator,
  type Invitations,
} from '../../people/index.js';
import type { Translate } from '../../dialog/index.js';
import type { Tx } from '../../storage/index.js';
import { at } from './reader.js';

const perPage = 5;

/** `/community [=ID | page | part of a name]`: the community that the private chat looks at, and others. */
export const communityCommand = (texts: (locale: string | null) => Translate): Command<Tx> =>
  command(
    { name: 'community', words: ['社区', '我的社区', 'community'], takesText: 'whenNothingIsOpen', for: 'everyone', inGroup: 'privately' },
    {
      load: async (tx, { who, args }) => {
        const [, id] = /^=(\S+)$/u.exec(args) ?? [];
        const chosen = id === undefined ? null : await communityNamed(tx, id);
        const page = /^\d{1,4}$/u.test(args);
        const founder = who.roles.includes('administrator') && (await isFirst(tx, who.communityId));
        return {
          asked: id !== undefined,
          chosen,
          locale: (await localeOf(tx, who.personId)) ?? chosen?.locale ?? null,
          founder,
          found: await communitiesFor(tx, who.personId, page || id !== undefined ? '' : args),
        };
      },
      decide: ({ asked, chosen, locale, founder, found }, { t, who, args }) => {
        if (chosen) {
          const after = texts(locale);
          return {
            community: chosen.id,
            ...menu(
              after('community.now', { community: chosen.name }),
              menuChoices(after, [{ label: after('community.begin'), line: '/start' }]),
            ),
          };
        }
        const others = found.filter(({ id }) => id !== who.communityId);
        const pages = Math.max(1, Math.ceil(others.length / perPage));
        const page = /^\d{1,4}$/u.test(args) ? ((Number(args) - 1 + pages) % pages) + 1 : 1;
        const items = [
          ...others.slice((page - 1) * perPage, page * perPage).map(({ id, name, mine }) => ({
            label: mine ? t('community.mine', { name }) : name,
            line: `/community =${id}`,
          })),
          ...(pages > 1 ? [{ label: t('turn.more'), line: `/community ${(page % pages) + 1}` }] : []),
          ...(founder
            ? [
                { label: t('community.found'), line: '/community-new' },
                { label: t('community.codeAgain'), line: '/community-code' },
              ]
            : []),
        ];
        const text = [
          t('community.here', { community: who.communityName }),
          ...(asked ? [t('community.gone')] : []),
          t(others.length > 0 ? 'community.others' : 'community.noOthers'),
        ].join('\n');
        return menu(text, menuChoices(t, items));
      },
    },
  );

const founding = { words: [], hidden: true, for: 'administrator', inGroup: 'privately' } as const;

/** Opens the question how a new community is called. For administrators of the first one, who run the installation. */
export const foundCommand = (): Command<Tx> =>
  command(
    { name: 'community-new', ...founding },
    {
      load: (tx, { who }) => isFirst(tx, who.communityId),
      decide: (may, { t }) => (may ? { open: { dialog: 'community' } } : menu(t('community.notFirst'), menuChoices(t, []))),
    },
  );

/** A new code for a community that nobody administers, because its first code was not used in time. */
export const foundingCodeCommand = (invitations: Invitations): Command<Tx> => ({
  name: 'community-code',
  ...founding,
  answer: async (tx, request) => {
    const { t, who, args, now, newId } = request;
    if (!(await isFirst(tx, who.communityId))) return menu(t('community.notFirst'), menuChoices(t, []));
    const orphans = await withoutAdministrator(tx);
    const chosen = orphans.length === 1 ? orphans[0] : orphans.find(({ id }) => id === args);
    if (!chosen) {
      const items = orphans.slice(0, 8).map(({ id, name }) => ({ label: name, line: `/community-code ${id}` }));
      return menu(t(orphans.length > 0 ? 'community.whichCode' : 'community.noneWithout'), menuChoices(t, items));
    }
    const code = await invitations.invite(tx, 'administrator', { communityId: chosen.id, actorId: who.personId, now, newId });
    await audit(tx, { communityId: who.communityId, actorId: who.personId, now, newId }, 'community.code', chosen.id);
    return menu(t('community.code', { community: chosen.name, code, until: at(now + invitationMs, request) }), menuChoices(t, []));
  },
});
