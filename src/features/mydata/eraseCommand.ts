import { Temporal } from 'temporal-polyfill';
import { menuChoices, tell, type Command, type Outcome, type Request } from '../../command/index.js';
import type { Effect } from '../../dialog/index.js';
import { asLocale, date, instant, list } from '../../i18n/index.js';
import {
  erasePerson,
  goingWith,
  identitiesBut,
  lastAdministratorOf,
  platformsTold,
  proofsUntil,
  signedUpAmong,
  speakersAmong,
  unfitAfter,
  type ErasedAccount,
  type Families,
  type LeftBehind,
  type TracesByPlatform,
} from '../../people/index.js';
import { eventTitles } from '../../programme/index.js';
import type { Tx } from '../../storage/index.js';

/** What deleting needs from the rest of the house. */
export interface ErasingParts {
  readonly families: Families;
  /** Frees what other rooms keep for somebody, such as their places, before they are deleted. */
  readonly beforeErase: (tx: Tx, personId: string) => Promise<void>;
  /** What platforms keep of somebody's accounts. */
  readonly traces: TracesByPlatform;
  /** Sees to it that what is still being sent is forgotten, and the file written anew, at `dueAt` (ms). */
  readonly forgetLater: (
    tx: Tx,
    parts: { communityId: string; accounts: readonly ErasedAccount[]; now: number; dueAt: number; newId: () => string },
  ) => Promise<void>;
  /** For how many days copies of the database stay that Linli makes itself. */
  readonly copyDays: number;
}

/** How long the list of what goes may stand there before the word is typed. */
const answerMs = 30 * 60_000;
const dayMs = 24 * 60 * 60_000;
/** The last answer has this long to leave (ms). */
const lastAnswerMs = 10 * 60_000;

const forAll = { for: 'everyone', inGroup: 'privately' } as const;

/** When traces are removed: the next 3:30 of the night, when nobody is kept waiting. */
export function nextNight(now: number, timeZone: string): number {
  const zoned = Temporal.Instant.fromEpochMilliseconds(now + lastAnswerMs).toZonedDateTimeISO(timeZone);
  const tonight = zoned.withPlainTime('03:30');
  return (tonight.epochMilliseconds > zoned.epochMilliseconds ? tonight : zoned.add({ days: 1 }).withPlainTime('03:30')).epochMilliseconds;
}

/** `/me-delete`: what goes, what stays and until when; only the typed word under it deletes. */
export const deleteCommand = (parts: ErasingParts): Command<Tx> => ({
  name: 'me-delete',
  words: ['删除我的资料', 'delete my data'],
  ...forAll,
  answer: (tx, request) => ask(tx, request, parts),
});

async function ask(tx: Tx, request: Request, { families, copyDays }: ErasingParts, changed = false): Promise<Outcome> {
  const { t, who, now, address } = request;
  const community = await lastAdministratorOf(tx, who.personId);
  if (community !== null) return lastOne(community, t);
  const unfit = await unfitAfter(tx, who.personId);
  if (unfit.length > 0) return settleFirst(tx, request, families, unfit);
  const locale = asLocale(who.locale);
  const going = await goingWith(tx, who.personId);
  const own = new Set(going.alone);
  const dependants = [...(await families.of(tx, who.personId)), ...(await families.elders(tx, who.personId))];
  const named = (some: typeof dependants): string =>
    list(
      some.map(({ name }) => name),
      locale,
    );
  const alone = dependants.filter(({ id }) => own.has(id));
  const shared = dependants.filter(({ id }) => !own.has(id));
  const others = await identitiesBut(tx, who.personId, address);
  const platforms = platformsTold([address, ...others]).slice(1);
  const accounts = others.map(({ name }, at) => {
    const platform = platforms[at];
    return platform ? t('link.account', { name, platform: t(`link.platforms.${platform}`) }) : name;
  });
  const text = [
    ...(changed ? [t('mydata.erase.changed')] : []),
    t('mydata.erase.goes'),
    t('mydata.erase.now'),
    ...(accounts.length > 0 ? [t('mydata.erase.accounts', { names: list(accounts, locale) })] : []),
    t('mydata.erase.signUps'),
    ...(alone.length > 0 ? [t('mydata.erase.alone', { names: named(alone) })] : []),
    ...(shared.length > 0 ? [t('mydata.erase.shared', { names: named(shared) })] : []),
    t('mydata.erase.stays'),
    t('mydata.erase.proofs', { until: date(proofsUntil(now), locale, who.timeZone) }),
    t('mydata.erase.counts'),
    t('mydata.erase.traces', {
      until: instant(nextNight(now, who.timeZone), locale, now, who.timeZone),
      last: date(now + 7 * dayMs, locale, who.timeZone),
    }),
    t('mydata.erase.copies', { until: date(now + copyDays * dayMs, locale, who.timeZone) }),
    t('mydata.erase.groups'),
    t('mydata.erase.law'),
    t('mydata.erase.sure'),
  ].join('\n');
  return {
    say: [
      {
        text,
        choices: [
          { key: '1', label: t('mydata.erase.first'), value: '/me-record' },
          { key: '0', label: t('mydata.erase.no'), value: '/me' },
          { label: t('mydata.erase.word'), value: `/me-delete-yes ${now} ${going.mark}`, typed: true },
        ],
      },
    ],
  };
}

const lastOne = (community: string, t: Request['t']): Outcome => ({
  say: [{ text: t('mydata.erase.last', { community }), choices: menuChoices(t, [{ label: t('profile.me.roles'), line: '/my-roles' }]) }],
});

/**
 * The children would stay with somebody who may not consent for them: as with leaving, these go first, or the entries are deleted. 9
 * fetches staff.
 */
async function settleFirst(
  tx: Tx,
  { t, who }: Request,
  families: Families,
  unfit: Awaited<ReturnType<typeof unfitAfter>>,
): Promise<Outcome> {
  const locale = asLocale(who.locale);
  const children = await families.byIds(
    tx,
    unfit.flatMap(({ dependantIds }) => dependantIds),
  );
  const staying = unfit.flatMap((one) => one.staying.map((member) => ({ ...member, householdId: one.householdId })));
  const names = list([...new Set(staying.map(({ name }) => name))], locale);
  const left = list(
    children.map(({ name }) => name),
    locale,
  );
  const busy = await signedUpAmong(
    tx,
    children.map(({ id }) => id),
  );
  const still = children.filter(({ id }) => busy.includes(id)).map(({ name }) => name);
  const items = [
    ...staying
      .filter(({ guardian }) => !guardian)
      .map(({ householdId, personId, name }) => ({
        label: t('profile.family.out', { name }),
        line: `/family-out ${householdId} ${personId}`,
      })),
    // What would be refused is not offered.
    ...children
      .filter(({ id }) => !busy.includes(id))
      .map(({ id, name }) => ({ label: t('profile.family.forgetOne', { name }), line: `/child-forget ${id}` })),
  ].slice(0, 7);
  const text = [
    t('mydata.erase.unfit', { names, left }),
    ...(still.length > 0 ? [t('profile.family.forgetLater', { names: list(still, locale) })] : []),
  ];
  const mine = still.length > 0 ? [{ label: t('help.commands.mine.label'), line: '/mine' }] : [];
  return { say: [{ text: text.join('\n'), choices: menuChoices(t, [...items, ...mine]) }] };
}

/** Deletes, where the list was read within half an hour, and is still the same: what was not on it does not go. */
export const deleteYesCommand = (parts: ErasingParts): Command<Tx> => ({
  name: 'me-delete-yes',
  words: [],
  hidden: true,
  ...forAll,
  answer: async (tx, request) => {
    const { t, who, args, now, newId } = request;
    const [shown, mark] = args.split(' ');
    const shownAt = Number(shown);
    if (!(now - shownAt >= 0 && now - shownAt <= answerMs)) return ask(tx, request, parts);
    const { communityId, personId } = who;
    if ((await goingWith(tx, personId, { held: true })).mark !== mark) return ask(tx, request, parts, true);
    const erased = await erasePerson(tx, { personId, communityId, now, newId, before: parts.beforeErase, traces: parts.traces });
    if (erased.type === 'unfit') return ask(tx, request, parts, true);
    if (erased.type === 'lastAdministrator') return lastOne(erased.community, t);
    if (erased.type === 'erased')
      await parts.forgetLater(tx, { communityId, accounts: erased.accounts, now, dueAt: nextNight(now, who.timeZone), newId });
    const told = erased.type === 'erased' ? await tellThoseLeft(tx, request, parts, erased.left) : [];
    return { say: [{ text: t('mydata.erase.done') }], effects: told };
  },
});

/** Whoever looks after the children from now on hears of it, and of the sign-ups that are theirs now. Who has gone is not named any more. */
async function tellThoseLeft(
  tx: Tx,
  { who, texts, newId }: Request,
  { families }: ErasingParts,
  left: readonly LeftBehind[],
): Promise<Effect[]> {
  const told: Effect[] = [];
  for (const { heirId, others, dependantIds, eventIds } of left) {
    const dependants = (await families.byIds(tx, dependantIds)).map(({ name }) => name);
    if (dependants.length === 0) continue;
    const titles = [...(await eventTitles(tx, eventIds)).values()];
    for (const { personId, locale: chosen } of await speakersAmong(tx, [heirId, ...others])) {
      const locale = asLocale(chosen ?? who.communityLocale);
      const t = texts(locale);
      const quoted = list(
        titles.map((title) => t('link.title', { title })),
        locale,
      );
      const text = [
        t('mydata.erase.told', { names: list(dependants, locale) }),
        ...(personId === heirId && titles.length > 0 ? [t('mydata.erase.toldSignUps', { titles: quoted })] : []),
      ].join('\n');
      told.push(tell({ personId, kind: 'change', text, key: `left:${newId()}` }));
    }
  }
  return told;
}
