import { z } from 'zod';
import { tell, type Command, type Outcome, type Request } from '../../command/index.js';
import type { Effect } from '../../dialog/index.js';
import { asLocale, list } from '../../i18n/index.js';
import {
  administratorsOf,
  belongingsOf,
  communityById,
  identityAt,
  linkPersons,
  localeOf,
  personsMark,
  platformsTold,
  reachableAmong,
  type CodeRefusal,
  type Travelled,
} from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import { refused } from './codes.js';
import { accountName, afterLinking, belongingLines } from './link.words.js';
import { askAboutUnlike } from './linkUnlike.js';
import { doingOf, hiddenHere, menu, type ProfileParts } from './parts.js';

/** How long a code to link stands, and how long the other account may think about it (ms). */
export const linkMs = 10 * 60 * 1000;

const kinds = ['linkAgree'] as const;

/** What the second code is good for: `from` may say that they are `into`, as long as both are what they were. */
const agreement = z.strictObject({
  from: z.string(),
  into: z.string(),
  /** The account that asks, for the answer. */
  identityId: z.string().nullable(),
  /** Their accounts and roles when it was asked. */
  mark: z.string(),
});

type Agreement = z.infer<typeof agreement>;

/**
 * Asks the account that made the code whether the one that typed it is theirs too. The first code is used up; the second is never
 * seen by anybody, and good for that one person alone: whoever got hold of a code is nobody else for it.
 */
export async function askOther(
  { codes, texts }: ProfileParts,
  tx: Tx,
  request: Request,
  { code, from }: { code: string; from: string },
): Promise<Outcome> {
  const { t, who, now, newId, address } = request;
  const { personId: into, communityId } = who;
  if (from === into) return menu(t, t('link.self'));
  if (!(await reachableAmong(tx, [from])).has(from)) return menu(t, t('link.unreachable'));
  if (!(await codes.spend(tx, { code, personId: into, now }))) return refused(request, 'wrong');
  const identity = await identityAt(tx, into, address);
  const payload: Agreement = { from, into, identityId: identity?.id ?? null, mark: await personsMark(tx, [from, into]) };
  const expiresAt = now + linkMs;
  const second = await codes.make(tx, { kind: 'linkAgree', communityId, createdBy: into, payload, expiresAt, now });
  const theirs = texts((await localeOf(tx, from)) ?? who.communityLocale);
  const belongings = await belongingsOf(tx, from);
  const account = accountName(identity?.name ?? who.name, platformsTold([address, ...belongings.identities])[0], theirs);
  const text = [
    theirs('link.askOther', { account }),
    ...belongingLines(belongings, theirs),
    theirs('link.parting'),
    theirs('link.ifStranger'),
  ].join('\n');
  const told = tell({
    personId: from,
    kind: 'confirmation',
    text,
    key: `link:${newId()}`,
    choices: [
      { key: '1', label: theirs('link.agree'), value: `/link-agree ${second}` },
      { key: '0', label: theirs('link.refuse'), value: `/link-refuse ${second}` },
    ],
    asksYes: true,
    expiresAt,
  });
  return { ...menu(t, t('link.asked')), effects: [told] };
}

/** What the second code opens for whoever presses, held until the end; the kind words for everybody else, and for a second press. */
async function agreedOn(
  { codes }: ProfileParts,
  tx: Tx,
  { who, args, now }: Request,
): Promise<Agreement | Exclude<CodeRefusal, 'tooMany'>> {
  const { personId } = who;
  const found = await codes.read(tx, { code: args, kinds, personId, now, lock: true });
  if (found.type !== 'open') return found.type;
  const asked = agreement.parse(found.payload);
  return asked.from === personId ? asked : 'wrong';
}

/** What came of it, for the account that asked. */
const toAsker = ({ into, identityId }: Agreement, text: string, newId: () => string): Effect =>
  tell({
    personId: into,
    ...(identityId === null ? {} : { identityId }),
    kind: 'confirmation',
    text,
    key: `linkAsked:${newId()}`,
  });

/** `/link-agree CODE`: the other account says yes, and the two are one person. */
export const linkAgreeCommand = (parts: ProfileParts): Command<Tx> => ({
  name: 'link-agree',
  ...hiddenHere,
  // Who may say yes, and whether both are still who they were, is only sure while they are held.
  answer: async (tx, request) => {
    const { t, texts, who, args, now, newId } = request;
    const asked = await agreedOn(parts, tx, request);
    if (typeof asked === 'string') return menu(t, t(`link.over.${asked}`));
    const { from, into, mark } = asked;
    await parts.codes.spend(tx, { code: args, personId: from, now });
    // From here on the presser is the person that stays.
    const doing = { ...doingOf(request), actorId: into };
    const intoLocale = (await localeOf(tx, into)) ?? who.communityLocale;
    const linked = await linkPersons(tx, { from, into, mark }, doing);
    if (linked.type !== 'linked') return menu(t, t('link.gone'));
    for (const place of linked.freed) await parts.emit(tx, { type: 'place.freed', ...place }, doing);
    await askAboutUnlike(parts, tx, { personId: into, linked }, doing);
    const here = await afterLinking(parts, tx, { personId: into, linked, locale: asLocale(who.locale), t });
    const theirs = texts(intoLocale);
    const there = await afterLinking(parts, tx, { personId: into, linked, locale: asLocale(intoLocale), t: theirs });
    const told = toAsker(asked, [theirs('link.agreed'), there.text].join('\n'), newId);
    // Where both made a code, the same question may stand open here.
    return {
      ...menu(t, here.text, here.items),
      settles: 'link-yes',
      effects: [told, ...(await tellAdministrators(tx, request, into, linked.travelled))],
    };
  },
});

/** `/link-refuse CODE`: the other account says no; nothing is linked, and who asked hears of it. */
export const linkRefuseCommand = (parts: ProfileParts): Command<Tx> => ({
  name: 'link-refuse',
  ...hiddenHere,
  answer: async (tx, request) => {
    const { t, texts, who, args, now, newId } = request;
    const asked = await agreedOn(parts, tx, request);
    if (typeof asked === 'string') return menu(t, t(`link.over.${asked}`));
    await parts.codes.spend(tx, { code: args, personId: who.personId, now });
    const theirs = texts((await localeOf(tx, asked.into)) ?? who.communityLocale);
    return { ...menu(t, t('link.refused')), effects: [toAsker(asked, theirs('link.refusedThere'), newId)] };
  },
});

/** Administrators hear where a role of their community came to one more account. */
async function tellAdministrators(tx: Tx, { texts, newId }: Request, personId: string, travelled: readonly Travelled[]): Promise<Effect[]> {
  const accounts = (await belongingsOf(tx, personId)).identities;
  const platforms = platformsTold(accounts);
  const told: Effect[] = [];
  for (const communityId of new Set(travelled.map((one) => one.communityId))) {
    const { name: community } = await communityById(tx, communityId);
    const came = travelled.filter((one) => one.communityId === communityId);
    for (const administrator of await administratorsOf(tx, communityId)) {
      if (administrator.personId === personId) continue;
      const t = texts(administrator.locale);
      const locale = asLocale(administrator.locale);
      const names = list(
        accounts.map(({ name }, at) => accountName(name, platforms[at], t)),
        locale,
      );
      const roles = list(
        came.map(({ role }) => t(`team.roles.${role}`)),
        locale,
      );
      const text = t('link.toldAdministrator', { names, roles, community });
      told.push(tell({ personId: administrator.personId, kind: 'change', text, key: `roles:${newId()}` }));
    }
  }
  return told;
}
