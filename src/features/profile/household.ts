import { z } from 'zod';
import { command, pagesOf, menuChoices, tell, type Command, type Item, type Request } from '../../command/index.js';
import { asLocale, date, list } from '../../i18n/index.js';
import { speakersAmong, asBond, bonds, mayConsent, proofsUntil, voidCodes, type HouseholdView, type Member } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import type { taskEffect } from './helper.js';
import { doingOf, hiddenHere, menu, sure, type ProfileParts } from './parts.js';

const hourMs = 60 * 60 * 1000;
const inviteMs = 24 * hourMs;

/** What the code to join a household is good for. */
export const householdCode = z.strictObject({ householdId: z.string() });

/** `王妈妈（爸妈）`. */
const memberLine = ({ name, bond }: Member, t: Request['t']): string =>
  bond === null ? name : t('profile.family.member', { name, bond: t(`profile.bond.${bond}`) });

/** One household, line by line; without the lines of those that it has not. */
function lines({ members, children, elders }: HouseholdView, { t, who }: Request): string[] {
  const locale = asLocale(who.locale);
  const named = (key: string, names: readonly string[]) => (names.length > 0 ? [t(key, { names: list(names, locale) })] : []);
  return [
    ...named(
      'profile.family.adults',
      members.map((member) => memberLine(member, t)),
    ),
    ...named(
      'profile.family.children',
      children.map(({ name }) => name),
    ),
    ...named(
      'profile.family.elders',
      elders.map(({ name }) => name),
    ),
  ];
}

/** `/family`: who belongs together, and what can be done about it. */
export const familyCommand = ({ households }: ProfileParts): Command<Tx> =>
  command(
    { name: 'family', words: ['我的家人', '家人', '我家', 'my family', 'family'], for: 'everyone', inGroup: 'privately' },
    {
      load: (tx, { who }) => households.of(tx, who.personId),
      decide: (mine, request) => {
        const { t, who, args } = request;
        const children = mine.flatMap((one) => one.children);
        const elders = mine.flatMap((one) => one.elders);
        const known = children.length + elders.length > 0;
        const together = mine.some(({ members }) => members.length > 1);
        const [first, second] = mine;
        const items: Item[] = [
          ...children.map(({ id, name, birthDate }) => ({ label: t('profile.family.child', { name, birthDate }), line: `/child ${id}` })),
          ...elders.map(({ id, name }) => ({ label: name, line: `/child ${id}` })),
          { label: t('profile.family.add'), line: '/child-add' },
          // Whoever wants little at once finds the rest by its words.
          ...(who.elder ? [] : [{ label: t('profile.family.addElder'), line: '/relative-add' }]),
          { label: t('profile.family.invite'), line: '/family-invite' },
          ...(first && !who.elder ? [{ label: t('profile.family.bond'), line: '/family-bond' }] : []),
          ...(first && second ? [{ label: t('profile.family.merge'), line: `/family-merge ${second.id} ${first.id}` }] : []),
          ...(known || together ? [{ label: t('profile.family.leave'), line: '/family-leave' }] : []),
        ];
        const head = known || together ? mine.flatMap((one) => lines(one, request)) : [t('profile.family.none')];
        const foot = known ? [t('profile.family.some')] : [];
        return { say: [{ text: [...head, ...foot].join('\n'), choices: menuChoices(t, items, pagesOf('family', args)) }] };
      },
    },
  );

/** Makes a code with which a spouse or a grandparent comes in. The newest one counts. */
export const familyInviteCommand = ({ households, codes }: ProfileParts): Command<Tx> => ({
  name: 'family-invite',
  ...hiddenHere,
  words: ['请家人加入', 'invite family'],
  // The code is made inside the transaction and said in the same turn.
  answer: async (tx, request) => {
    const { t, who, now, newId } = request;
    const { personId: createdBy, communityId } = who;
    const householdId = await households.ensure(tx, createdBy, newId);
    await voidCodes(tx, { createdBy, kind: 'household' });
    const payload: z.infer<typeof householdCode> = { householdId };
    const code = await codes.make(tx, { kind: 'household', communityId, createdBy, payload, expiresAt: now + inviteMs, now });
    return menu(t, t('profile.family.code', { code }), [{ label: t('help.commands.family.label'), line: '/family' }]);
  },
});

/** `/family-bond [household [bond]]`: what somebody is to the children. */
export const familyBondCommand = ({ households }: ProfileParts): Command<Tx> => ({
  name: 'family-bond',
  ...hiddenHere,
  answer: async (tx, request) => {
    const { t, who, args } = request;
    const mine = await households.of(tx, who.personId);
    const [id, said] = args.split(' ');
    const household = mine.find((one) => one.id === id) ?? (args === '' ? mine[0] : undefined);
    if (!household) return menu(t, t('profile.family.nothing'));
    const bond = asBond(said ?? null);
    if (bond === null) {
      const items = bonds.map((one) => ({ label: t(`profile.bond.${one}`), line: `/family-bond ${household.id} ${one}` }));
      return menu(t, t('profile.family.bondAsk'), items);
    }
    await households.setBond(tx, { householdId: household.id, personId: who.personId, bond });
    return menu(t, t('profile.family.bondSaid', { bond: t(`profile.bond.${bond}`) }), askGuardian(t, household.id, bond));
  },
});

/** What a grandparent is offered who may be guardian. */
export const askGuardian = (t: Request['t'], householdId: string, bond: string): Item[] =>
  bond === 'grandparent' ? [{ label: t('profile.family.guardianAsk'), line: `/guardian-ask ${householdId}` }] : [];

/** A grandparent says that they are guardian: staff look at the papers and confirm it, or not. */
export const guardianAskCommand = ({ households, tasks, texts }: ProfileParts, makeTask: ReturnType<typeof taskEffect>): Command<Tx> =>
  command(
    { name: 'guardian-ask', ...hiddenHere },
    {
      load: async (tx, { who, args, newId }) => {
        const household = (await households.of(tx, who.personId)).find(({ id }) => id === args);
        return { household, id: newId(), times: await tasks.timesDone(tx, `guardian:${args}:${who.personId}`) };
      },
      decide: ({ household, id, times }, request) => {
        const { t, who } = request;
        const me = household?.members.find(({ personId }) => personId === who.personId);
        if (!household || me?.bond !== 'grandparent') return menu(t, t('profile.family.nothing'));
        if (mayConsent(me)) return menu(t, t('profile.family.guardianAlready'));
        const theirs = texts(who.communityLocale);
        const names = list(
          household.children.map(({ name }) => name),
          asLocale(who.communityLocale),
        );
        const payload = {
          name: who.name,
          about: theirs('tasks.guardian.about', { names }),
          line: `/guardian-ok ${id} ${household.id}`,
          label: theirs('tasks.guardian.confirm'),
        };
        const { communityId, personId } = who;
        const task = { id, communityId, kind: 'paper', key: `guardian:${household.id}:${personId}:${times}`, personId, payload } as const;
        return { ...menu(t, t('profile.family.guardianAsked')), effects: [makeTask.make(task)] };
      },
    },
  );

/** Asks before somebody leaves a household, and says who keeps what. */
export const familyLeaveCommand = ({ households }: ProfileParts): Command<Tx> =>
  command(
    { name: 'family-leave', ...hiddenHere, words: ['离开这个家', 'leave family'] },
    {
      load: (tx, { who }) => households.of(tx, who.personId),
      decide: (mine, request) => {
        const { t, who, args, now } = request;
        const household = mine.find(({ id }) => id === args) ?? (mine.length === 1 ? mine[0] : undefined);
        if (!household) {
          if (mine.length === 0) return menu(t, t('profile.family.nothing'));
          const items = mine.map((one) => ({ label: lines(one, request)[0] ?? '', line: `/family-leave ${one.id}` }));
          return menu(t, t('profile.family.leaveWhich'), items);
        }
        const others = household.members.filter(({ personId }) => personId !== who.personId).map(({ name }) => name);
        const names = list(others, asLocale(who.locale));
        const until = date(proofsUntil(now), asLocale(who.locale), who.timeZone);
        return sure(
          others.length > 0 ? t('profile.family.leaveSure', { names }) : t('profile.family.leaveLast', { until }),
          { label: t('profile.family.leaveYes'), line: `/family-leave-yes ${household.id}` },
          { label: t('profile.family.leaveNo'), line: '/family' },
        );
      },
    },
  );

/** Leaves. */
export const familyLeaveYesCommand = ({ households }: ProfileParts): Command<Tx> => ({
  name: 'family-leave-yes',
  ...hiddenHere,
  // Whether somebody is the last one is only known while the household is held.
  answer: async (tx, request) => {
    const { t, who, args, texts, newId } = request;
    const before = await households.get(tx, args);
    const left = await households.leave(tx, { householdId: args, personId: who.personId }, doingOf(request));
    if (left === 'busy') return menu(t, t('profile.family.leaveBusy'), [{ label: t('help.commands.mine.label'), line: '/mine' }]);
    if (left === 'gone') return menu(t, t('profile.family.nothing'));
    const occasion = newId();
    const told = await tellMembers(tx, before, request, (theirs) => theirs('profile.family.hasLeft', { name: who.name }), occasion, texts);
    return { ...menu(t, t('profile.family.left')), effects: told };
  },
});

/** Tells the other grown-ups of a household something, each in their own language. */
export async function tellMembers(
  tx: Tx,
  household: HouseholdView | null,
  { who }: Request,
  words: (t: Request['t']) => string,
  occasion: string,
  texts: Request['texts'],
) {
  const others = (household?.members ?? []).map(({ personId }) => personId).filter((personId) => personId !== who.personId);
  const people = await speakersAmong(tx, others);
  return people.map(({ personId: id, locale }) =>
    tell({ personId: id, kind: 'change', key: `family:${occasion}:${id}`, text: words(texts(locale ?? who.communityLocale)) }),
  );
}

/** `/family-join CODE`: opens the question what somebody is to the children of the household that they were asked into. */
export const familyJoinCommand = ({ households, codes }: ProfileParts): Command<Tx> => ({
  name: 'family-join',
  ...hiddenHere,
  answer: async (tx, request) => {
    const { t, who, args, now } = request;
    const host = await hostOf({ households, codes }, tx, { code: args, personId: who.personId, now });
    if (!host) return menu(t, t('codes.expired'));
    if (host.members.some(({ personId }) => personId === who.personId)) return menu(t, t('profile.family.joinedBefore'));
    const names = list(
      host.members.map(({ name }) => name),
      asLocale(who.locale),
    );
    return { open: { dialog: 'household', seed: { code: args }, remarks: [t('household.remark', { names })] } };
  },
});

/** The household behind a code: as long as it is there, and whoever made the code still belongs to it. */
export async function hostOf(
  { households, codes }: Pick<ProfileParts, 'households' | 'codes'>,
  tx: Tx,
  { code, personId, now, lock = false }: { code: string; personId: string; now: number; lock?: boolean },
): Promise<HouseholdView | null> {
  const found = await codes.read(tx, { code, kinds: ['household'], personId, now, lock });
  if (found.type !== 'open') return null;
  const host = await households.get(tx, householdCode.parse(found.payload).householdId);
  return host?.members.some((member) => member.personId === found.createdBy) ? host : null;
}

/** `/family-merge FROM INTO`: opens the question whether two households are one. */
export const familyMergeCommand = ({ households }: ProfileParts): Command<Tx> =>
  command(
    { name: 'family-merge', ...hiddenHere },
    {
      load: (tx, { who }) => households.of(tx, who.personId),
      decide: (mine, request) => {
        const { t, args } = request;
        const [from = '', into = ''] = args.split(' ');
        const both = [from, into].flatMap((id) => mine.filter((one) => one.id === id));
        if (both.length < 2 || from === into) return menu(t, t('profile.family.nothing'));
        const remarks = [t('merge.remark'), ...both.flatMap((one) => lines(one, request))];
        return { open: { dialog: 'merge', seed: { from, into }, remarks } };
      },
    },
  );
