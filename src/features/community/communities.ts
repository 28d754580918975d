import { menu, command, menuChoices, type Command } from '../../command/index.js';
import {
  communityNamed,
  localeOf,
  audit,
  communitiesFor,
  invitationMs,
  isFirst,
  withoutAdministrator,
  type CommunityChoice,
  type Invitations,
} from '../../people/index.js';
import type { Translate } from '../../dialog/index.js';
import type { Tx } from '../../storage/index.js';
import { namedLike } from './named.rules.js';
import { at } from './reader.js';

const perPage = 5;

/** `/community [=ID | page | name | @page name]`: the community that the private chat looks at, and others. */
export const communityCommand = (texts: (locale: string | null) => Translate): Command<Tx> =>
  command(
    { name: 'community', words: ['社区', '我的社区', 'community'], takesText: 'whenNothingIsOpen', for: 'everyone', inGroup: 'privately' },
    {
      load: async (tx, { who, args }) => {
        const asked = askedFor(args);
        const all = await communitiesFor(tx, who.personId);
        const named = asked.name === '' ? null : namedLike(asked.name, all, who.communityId);
        const id = asked.id ?? (named !== 'here' && named?.length === 1 ? named[0]?.id : undefined);
        const chosen = id === undefined ? null : await communityNamed(tx, id);
        const founder = who.roles.includes('administrator') && (await isFirst(tx, who.communityId));
        return { asked, all, named, chosen, founder, locale: (await localeOf(tx, who.personId)) ?? chosen?.locale ?? null };
      },
      decide: ({ asked, all, named, chosen, founder, locale }, { t, who }) => {
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
        const others = all.filter(({ id }) => id !== who.communityId);
        const several = named !== null && named !== 'here' && named.length > 0 ? named : null;
        const items = [
          ...page(several ?? others, { number: asked.page, name: several ? asked.name : '' }, t),
          ...(founder && !several
            ? [
                { label: t('community.found'), line: '/community-new' },
                { label: t('community.codeAgain'), line: '/community-code' },
              ]
            : []),
        ];
        if (several) return menu(t('community.several'), menuChoices(t, items));
        const notFound = asked.id !== undefined ? 'community.gone' : named !== null && named !== 'here' ? 'community.noneNamed' : null;
        const text = [
          ...(notFound === null ? [] : [t(notFound)]),
          t('community.here', { community: who.communityName }),
          t(others.length > 0 ? 'community.others' : 'community.noOthers'),
        ].join('\n');
        return menu(text, menuChoices(t, items));
      },
    },
  );

/** What stands behind the word: one that was chosen, a page, or a name. */
function askedFor(args: string): { readonly id?: string; readonly page: number; readonly name: string } {
  const [, id] = /^=(\S+)$/u.exec(args) ?? [];
  if (id !== undefined) return { id, page: 1, name: '' };
  const [, pageOf, named] = /^@(\d{1,4}) (.+)$/u.exec(args) ?? [];
  if (pageOf !== undefined && named !== undefined) return { page: Number(pageOf), name: named };
  return /^\d{1,4}$/u.test(args) ? { page: Number(args), name: '' } : { page: 1, name: args };
}

/** One page of communities to choose. */
function page(some: readonly CommunityChoice[], { number, name }: { number: number; name: string }, t: Translate) {
  const pages = Math.max(1, Math.ceil(some.length / perPage));
  const shown = ((number - 1 + pages) % pages) + 1;
  const next = (shown % pages) + 1;
  return [
    ...some
      .slice((shown - 1) * perPage, shown * perPage)
      .map(({ id, name: of, mine }) => ({ label: mine ? t('community.mine', { name: of }) : of, line: `/community =${id}` })),
    ...(pages > 1 ? [{ label: t('turn.more'), line: name === '' ? `/community ${next}` : `/community @${next} ${name}` }] : []),
  ];
}

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
