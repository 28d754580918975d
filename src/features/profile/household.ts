import { z } from 'zod';
import { command, pagesOf, menuChoices, type Command, type Item, type Request } from '../../command/index.js';
import { asLocale, list } from '../../i18n/index.js';
import { guardedIn, isGuardianAmong, memberOf, voidCodes, type HouseholdView } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import { askGuardian, isGrandparentIn } from './bond.js';
import { houseFor, houseName, linesOf, memberLine } from './houses.js';
import { hiddenHere, menu, type ProfileParts } from './parts.js';

const hourMs = 60 * 60 * 1000;
const inviteMs = 24 * hourMs;

/** What the code to join a household is good for. */
export const householdCode = z.strictObject({ householdId: z.string() });

/** `/family`: who belongs together, and what can be done about it. */
export const familyCommand = ({ households }: ProfileParts): Command<Tx> =>
  command(
    { name: 'family', words: ['我的家人', '家人', '我家', 'my family', 'family'], for: 'everyone', inGroup: 'privately', looks: true },
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
          // Looked for where it is needed: also by whoever wants little at once.
          ...mine.filter((one) => isGrandparentIn(one, who.personId)).flatMap(({ id }) => askGuardian(t, id, 'grandparent')),
          ...(first && second ? [{ label: t('profile.family.merge'), line: `/family-merge ${second.id} ${first.id}` }] : []),
          ...mine.flatMap((one) => otherMembers(one, request)),
          ...(known || together ? [{ label: t('profile.family.leave'), line: '/family-leave' }] : []),
        ];
        const head = known || together ? mine.flatMap((one) => linesOf(one, request)) : [t('profile.family.none')];
        const foot = known ? [t('profile.family.some')] : [];
        const say = [{ text: [...head, ...foot].join('\n'), choices: menuChoices(t, items, pagesOf('family', args)) }];
        return { say, within: head.join('\n') };
      },
    },
  );

/** The other grown-ups, as whoever may take somebody out sees them. */
function otherMembers(house: HouseholdView, { t, who: { personId, locale } }: Request): Item[] {
  const { id, members } = house;
  const me = memberOf(house, personId);
  if (!me || !isGuardianAmong(me, house.children)) return [];
  return members
    .filter((member) => member !== me)
    .map((member) => ({ label: memberLine(member, house.children, t, asLocale(locale)), line: `/family-member ${id} ${member.personId}` }));
}

/** `/family-invite [household]`: makes a code with which a spouse or a grandparent comes in. The newest one counts. */
export const familyInviteCommand = ({ households, codes }: ProfileParts): Command<Tx> => ({
  name: 'family-invite',
  ...hiddenHere,
  words: ['请家人加入', '邀请家人', 'invite family'],
  // The code is made inside the transaction and said in the same turn.
  answer: async (tx, request) => {
    const { t, who, args, now, newId } = request;
    const { personId: createdBy, communityId } = who;
    const mine = await households.of(tx, createdBy);
    const meant = houseFor(mine, args, 'family-invite', request);
    if ('ask' in meant) return meant.ask;
    // Whoever comes in sees the children: where these have guardians, one of them asks in.
    if (meant.house && !(await mayInvite(tx, meant.house, createdBy))) {
      const names = meant.house.members.filter((one) => isGuardianAmong(one, meant.house?.children ?? [])).map(({ name }) => name);
      return menu(t, t('profile.family.inviteNot', { names: list(names, asLocale(who.locale)) }), [
        { label: t('help.commands.family.label'), line: '/family' },
      ]);
    }
    const householdId = meant.house?.id ?? (await households.ensure(tx, createdBy, newId));
    await voidCodes(tx, { createdBy, kind: 'household' });
    const payload: z.infer<typeof householdCode> = { householdId };
    const code = await codes.make(tx, { kind: 'household', communityId, createdBy, payload, expiresAt: now + inviteMs, now });
    const into = mine.length > 1 && meant.house ? [t('profile.family.codeFor', { house: houseName(meant.house, request) })] : [];
    const text = [...into, t('profile.family.code', { code })].join('\n');
    return menu(t, text, [{ label: t('help.commands.family.label'), line: '/family' }]);
  },
});

/** Whether somebody may ask others into a household: one of its guardians, or anybody where the children have none. */
const mayInvite = async (tx: Tx, house: HouseholdView, personId: string): Promise<boolean> => {
  const me = memberOf(house, personId);
  if (!me) return false;
  return (house.children.length > 0 && isGuardianAmong(me, house.children)) || (await guardedIn(tx, house.id, personId)).size === 0;
};

/** `/family-join CODE`: opens the question what somebody is to the children of the household that they were asked into. */
export const familyJoinCommand = ({ households, codes }: ProfileParts): Command<Tx> => ({
  name: 'family-join',
  ...hiddenHere,
  answer: async (tx, request) => {
    const { t, who, args, now } = request;
    const found = await hostOf({ households, codes }, tx, { code: args, personId: who.personId, now });
    if (typeof found === 'string') return menu(t, t(`codes.${found}`));
    const { host, invitedBy } = found;
    if (memberOf(host, who.personId)) return menu(t, t('profile.family.joinedBefore'));
    // Whoever has no more than a code reads who asked them in, and nobody else's name.
    const by = memberOf(host, invitedBy)?.name ?? '';
    return { open: { dialog: 'household', seed: { code: args }, remarks: [t('household.remark', { by })] } };
  },
});

/**
 * The household behind a code, and who made it: as long as it is there, and that person still may ask others in. Else why it opens nothing
 * any more: somebody else was first, or its time is over.
 */
export async function hostOf(
  { households, codes }: Pick<ProfileParts, 'households' | 'codes'>,
  tx: Tx,
  { code, personId, now, lock = false }: { code: string; personId: string; now: number; lock?: boolean },
): Promise<{ readonly host: HouseholdView; readonly invitedBy: string } | 'taken' | 'expired'> {
  const found = await codes.read(tx, { code, kinds: ['household'], personId, now, lock });
  if (found.type !== 'open') return found.type === 'taken' ? 'taken' : 'expired';
  const host = await households.get(tx, householdCode.parse(found.payload).householdId);
  return host && (await mayInvite(tx, host, found.createdBy)) ? { host, invitedBy: found.createdBy } : 'expired';
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
        const sides = both.flatMap((one, at) => [
          t('merge.side', { number: at + 1, house: houseName(one, request) }),
          ...linesOf(one, request),
        ]);
        return { open: { dialog: 'merge', seed: { from, into }, remarks: [t('merge.remark'), ...sides] } };
      },
    },
  );
