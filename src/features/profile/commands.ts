import { command, helperLine, isFor, menuChoices, tell, type Command, type Item, type Outcome, type Request } from '../../command/index.js';
import { asLocale, list, locales } from '../../i18n/index.js';
import { claim, communityById, localeOf, staffOf, type Families, type Invitations, type Looked } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import type { ProfileEffects } from './effects.js';

const nothing = async () => null;

/** `/start`: who the bot is and what to do first. */
export const startCommand = (): Command<Tx> =>
  command(
    { name: 'start', words: ['开始', '你好', '您好', 'start', 'hello', 'hi'], for: 'everyone', inGroup: 'privately' },
    {
      load: nothing,
      decide: (_facts, { t, who }) => ({
        say: [
          {
            text: t(who.staff ? 'profile.start.staff' : 'profile.start.resident', { community: who.communityName }),
            choices: mainMenu(t, who),
          },
        ],
      }),
    },
  );

/** The first menu: what people come for most. */
function mainMenu(t: Request['t'], who: Pick<Request['who'], 'staff' | 'roles' | 'elder'>) {
  const { staff, elder } = who;
  const residents = elder ? ['events', 'mine'] : ['events', 'join', 'mine', 'family'];
  const others = isFor('checkIn', who) ? ['check-in', ...residents] : residents;
  const names = staff ? ['new', 'manage', 'roster', 'tasks', 'events', 'mine', 'family'] : others;
  const items = names.map((name, at) => ({ key: String(at + 1), label: t(`help.commands.${name}.label`), value: `/${name}` }));
  // Staff are those who would be fetched: their 9 is the list of what they can do.
  const last = staff ? { label: t('help.commands.help.label'), value: '/help' } : { label: t('turn.help'), value: helperLine };
  return [...items, { key: '9', ...last }];
}

/** `/help`: what this very person may do, command by command. */
export const helpCommand = (commands: () => readonly Command<Tx>[]): Command<Tx> =>
  command(
    { name: 'help', words: ['帮助', '帮忙', '怎么用', 'help', '?'], for: 'everyone', inGroup: 'there' },
    {
      load: nothing,
      decide: (_facts, { t, who, kind, args }) => {
        if (kind === 'group') return { say: [{ text: t('help.inGroup') }] };
        if (who.elder && !who.staff && args !== 'all') return shortHelp(t);
        const allowed = commands().filter((one) => !one.hidden && isFor(one.for, who));
        const line = ({ name }: Command<Tx>) =>
          t('help.line', { word: t(`help.commands.${name}.word`), what: t(`help.commands.${name}.what`) });
        const forAll = allowed.filter((one) => one.for === 'everyone').map(line);
        const forStaff = allowed.filter((one) => one.for === 'staff').map(line);
        const forAdministrators = allowed.filter((one) => one.for === 'administrator').map(line);
        const rolePart = who.staff ? [] : who.roles.flatMap((role) => ['', t(`help.roles.${role}`)]);
        const staffPart = forStaff.length > 0 ? ['', t('help.staff'), ...forStaff] : [];
        const administratorPart = forAdministrators.length > 0 ? ['', t('help.administrator'), ...forAdministrators] : [];
        return {
          say: [{ text: [t('help.head'), ...forAll, ...rolePart, ...staffPart, ...administratorPart, '', t('help.foot')].join('\n') }],
        };
      },
    },
  );

/** A handful of lines for whoever wants little at once; the rest is one number away. */
function shortHelp(t: Request['t']): Outcome {
  const lines = ['events', 'join', 'mine', 'helper'].map((name) =>
    t('help.line', { word: t(`help.commands.${name}.word`), what: t(`help.commands.${name}.what`) }),
  );
  return {
    say: [{ text: [t('help.head'), ...lines].join('\n'), choices: menuChoices(t, [{ label: t('turn.more'), line: '/help all' }]) }],
  };
}

/** `/cancel` with nothing open; with a dialog open, leaving is the dialog's own business. */
export const cancelCommand = (): Command<Tx> =>
  command(
    { name: 'cancel', words: ['退出', 'cancel', 'leave'], for: 'everyone', inGroup: 'privately' },
    { load: nothing, decide: (_facts, { t }) => ({ say: [{ text: t('profile.nothingToLeave'), choices: menuChoices(t, []) }] }) },
  );

/** `/claim CODE`: makes the first administrator, and gives the role of an invitation. */
export const claimCommand = (invitations: Invitations, effects: ProfileEffects): Command<Tx> => ({
  name: 'claim',
  words: ['工作人员认证', '认证', 'claim'],
  takesText: true,
  for: 'everyone',
  inGroup: 'privately',
  // The code is looked at and used up in one step, so this one command decides inside the database.
  answer: async (tx, request): Promise<Outcome> => {
    const { t, who, args, now, newId, from } = request;
    if (args === '') return { say: [{ text: t('profile.claim.ask') }] };
    const typing = { code: args.slice(0, 100), personId: who.personId, communityId: who.communityId, now, newId };
    if (await invitations.isOne(tx, typing.code)) return invited(tx, await invitations.look(tx, typing), request, effects);
    const claimed = await claim(tx, typing);
    // Only the first administrator has seen a start; everybody else was given their code by somebody.
    const invitedOnes = (await staffOf(tx, who.communityId)).length > 0 ? 'Invitation' : '';
    // Whoever used the code once and is staff no more has no other than it: it gives nothing.
    if (claimed === 'tooMany') return { say: [{ text: t(`profile.claim.tooMany${invitedOnes}`) }] };
    if (claimed === 'wrong' || (claimed === 'already' && !who.staff)) return { say: [{ text: t(`profile.claim.wrong${invitedOnes}`) }] };
    const text = [t(`profile.claim.${claimed}`), ...(from ? [t('profile.claim.notInGroup')] : [])].join('\n');
    return { say: [{ text, choices: mainMenu(t, { ...who, staff: true }) }] };
  },
});

/** What an invitation is worth, in words. With the role, the private chat looks at the community that invited, and the inviter hears of it. */
async function invited(tx: Tx, came: Looked, request: Request, effects: ProfileEffects): Promise<Outcome> {
  const { t, who, texts, newId, from } = request;
  // Whoever used it and has lost the role since has no other than it: it gives nothing.
  if (came.type === 'again') return say(t(came.held ? 'profile.claim.already' : 'profile.claim.usedBefore'));
  if (came.type !== 'open' && came.type !== 'already') return say(t(`profile.claim.${came.type}`));
  const { communityId, role, invitedBy } = came;
  const community = await communityById(tx, communityId);
  const named = (words: Request['t']) => ({ name: who.name, community: community.name, role: words(`team.roles.${role}`) });
  const text = [
    t(came.type === 'open' ? 'profile.claim.invited' : 'profile.claim.hadIt', named(t)),
    ...(from ? [t('profile.claim.notInGroup')] : []),
  ].join('\n');
  const theirs = texts((await localeOf(tx, invitedBy)) ?? community.locale);
  const told = tell({
    personId: invitedBy,
    kind: 'change',
    text: theirs('profile.claim.toldInviter', named(theirs)),
    key: `invited:${newId()}`,
  });
  return {
    say: [{ text, choices: mainMenu(t, { staff: role === 'administrator' || role === 'organiser', roles: [role], elder: who.elder }) }],
    community: communityId,
    effects: came.type === 'open' ? [effects.accept.make(came), told] : [],
  };
}

const say = (text: string): Outcome => ({ say: [{ text }] });

/** `/language`: the language in which the bot speaks to this person. */
export const languageCommand = (effects: ProfileEffects, texts: (locale: string | null) => Request['t']): Command<Tx> =>
  command(
    { name: 'language', words: ['语言', 'language', '中文', 'english'], for: 'everyone', inGroup: 'privately' },
    {
      load: nothing,
      decide: (_facts, { t, args, who }) => {
        const chosen = locales.find((locale) => locale.toLowerCase() === args.toLowerCase());
        if (chosen) {
          const after = texts(chosen);
          return {
            effects: [effects.speak.make({ personId: who.personId, locale: chosen })],
            afresh: true,
            say: [{ text: after('profile.language.done'), choices: mainMenu(after, who) }],
          };
        }
        const items: Item[] = locales.map((locale) => ({ label: t(`profile.language.names.${locale}`), line: `/language ${locale}` }));
        return { say: [{ text: t('profile.language.ask'), choices: menuChoices(t, items) }] };
      },
    },
  );

/** `/me`: what is known of the person, and how to be called. */
export const meCommand = (families: Families): Command<Tx> =>
  command(
    { name: 'me', words: ['我的资料', '我', 'me'], for: 'everyone', inGroup: 'privately' },
    {
      load: (tx, { who }) => families.of(tx, who.personId),
      decide: (children, { t, who }) => {
        const lines = [
          t('profile.me.head'),
          t('profile.me.name', { name: who.name }),
          t('profile.me.language', { language: t(`profile.language.names.${who.locale}`) }),
          t('profile.me.role', { role: rolesOf(who, t) }),
          t('profile.me.children', { count: children.length }),
        ];
        const items = [
          { label: t('profile.me.rename'), line: '/me-name self' },
          { label: t('help.commands.family.label'), line: '/family' },
          { label: t('help.commands.language.label'), line: '/language' },
          { label: t('profile.me.all'), line: '/me-record' },
          ...(who.roles.length > 0 ? [{ label: t('profile.me.roles'), line: '/my-roles' }] : []),
          { label: t('profile.me.erase'), line: '/me-delete' },
        ];
        return { say: [{ text: lines.join('\n'), choices: menuChoices(t, items) }] };
      },
    },
  );

const rolesOf = ({ roles, locale }: Request['who'], t: Request['t']): string =>
  roles.length === 0
    ? t('profile.me.isResident')
    : list(
        roles.map((role) => t(`team.roles.${role}`)),
        asLocale(locale),
      );

/** `/me-name [self]`: opens the question how to be called. Whoever only says 改名字 may mean a child, and is asked. */
export const meNameCommand = (families: Families): Command<Tx> =>
  command(
    { name: 'me-name', words: ['改称呼', '改名字', '改名', 'change my name'], for: 'everyone', inGroup: 'privately', hidden: true },
    {
      load: (tx, { who, args }) => (args === 'self' ? Promise.resolve([]) : families.of(tx, who.personId)),
      decide: (children, { t }) => {
        if (children.length === 0) return { open: { dialog: 'name' } };
        const items = [
          { label: t('profile.me.myself'), line: '/me-name self' },
          ...children.map(({ id, name, birthDate }) => ({ label: t('profile.family.child', { name, birthDate }), line: `/child ${id}` })),
        ];
        return { say: [{ text: t('profile.me.whoseName'), choices: menuChoices(t, items.slice(0, 8)) }] };
      },
    },
  );
