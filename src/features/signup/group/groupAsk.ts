import { command, helperLine, type Command, type Outcome, type Request } from '../../../command/index.js';
import { eventByRef, isForAdults, isForChildren, openScopes, type EventView, type Scope } from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import type { QuickSignUp } from '../../../understand/index.js';
import { when } from '../words/cards.js';
import { readerOf } from '../words/menus.js';

/** So many guests and unnamed places one person has at most in an event. */
export const most = 5;

/** What every command of a group is: called by its menus and by what was understood. */
export const there = { words: [], for: 'everyone', inGroup: 'there', hidden: true } as const;

/** Entries of a menu in a group: 0 leaves it, 9 fetches somebody. */
export const groupMenu = (
  text: string,
  items: readonly { label: string; line: string }[],
  { t }: Request,
  no: 'no' | 'keep' = 'no',
): Outcome => ({
  say: [
    {
      text,
      choices: [
        ...items.map(({ label, line }, at) => ({ key: String(at + 1), label, value: line })),
        { key: '0', label: t(`signup.group.${no}`), value: no === 'keep' ? '/not-now keep' : '/not-now' },
        { key: '9', label: t('turn.help'), value: helperLine },
      ],
    },
  ],
});

/** What somebody without a private chat is asked who only says 报名: how many children, or whether it is for themselves. */
export function askHowMany(event: EventView, request: Request): Outcome {
  const { t, now } = request;
  const children = [
    { label: t('signup.group.oneChild'), line: `/hold ${event.ref} 1` },
    { label: t('signup.group.twoChildren'), line: `/hold ${event.ref} 2` },
  ];
  const self = { label: t('signup.people.self'), line: `/join-here ${event.ref} 0` };
  const items = [...(isForAdults(event) ? [self] : []), ...(isForChildren(event) ? children : [])];
  const next = openScopes(event, now)[0]?.sessions[0] ?? event.sessions[0];
  return groupMenu(t('signup.group.ask', { title: event.title, when: when(next, readerOf(request)) }), items, request);
}

/** The command line that does what was said in one line, without a word of what about; null where it has to be asked. */
export function quickLine(event: EventView, quick: Extract<QuickSignUp, { type: 'join' }>, ownName: string): string | null {
  const { names, children, extra, places } = quick;
  // So many places, as one adds them to a list: in a list of grown-ups it is asked whether the writer is one of them.
  if (places !== undefined) return isForAdults(event) ? `/how-many ${event.ref} ${places}` : `/hold ${event.ref} ${places}`;
  const many = children ?? (isForAdults(event) ? undefined : (extra ?? (names.length > 0 ? names.length : undefined)));
  if (many !== undefined) return isForChildren(event) ? `/hold ${event.ref} ${many}` : null;
  if (extra !== undefined) return `/join-here ${event.ref} ${extra}`;
  if (names.length === 0) return null;
  const guests = names.filter((name) => name !== ownName);
  return guests.length < names.length ? `/join-here ${event.ref} 0 ${guests.join(',')}` : `/guests ${event.ref} ${guests.join(',')}`;
}

/** `/how-many EVENT COUNT`: asks what +2 means where grown-ups come: with the writer, besides the writer, or children. Nothing is taken yet. */
export const howManyCommand = (): Command<Tx> =>
  command(
    { name: 'how-many', ...there },
    {
      load: (tx, { who, args }) => eventByRef(tx, who.communityId, args.split(' ')[0] ?? ''),
      decide: (event, request) => {
        const { t, args, now } = request;
        const count = Number(args.split(' ')[1]);
        if (!event || !Number.isInteger(count) || count < 1 || openScopes(event, now).length === 0) return closed(request);
        if (count === 1) return askHowMany(event, request);
        if (count > most) return { say: [{ text: t('signup.group.tooMany', { max: most }) }] };
        const items = [
          { label: t('signup.group.withMe', { count }), line: `/join-here ${event.ref} ${count - 1}` },
          { label: t('signup.group.besidesMe', { count, all: count + 1 }), line: `/join-here ${event.ref} ${count}` },
          ...(isForChildren(event) ? [{ label: t('signup.group.children', { count }), line: `/hold ${event.ref} ${count}` }] : []),
        ];
        return groupMenu(t('signup.group.askCount', { title: event.title }), items, request);
      },
    },
  );

/** `/not-now`: 0 in a menu of a group; `/not-now fine`: what was done is right. */
export const notNowCommand = (): Command<Tx> =>
  command(
    { name: 'not-now', ...there },
    {
      load: async () => null,
      decide: (_facts, { t, args }) => ({
        say: [{ text: t(`signup.group.${args === 'keep' ? 'kept' : args === 'fine' ? 'seeYou' : 'notNow'}`) }],
      }),
    },
  );

/** Which of several sessions is meant: by its number behind the rest of the line. */
export function scopeFor(event: EventView, number: string | undefined, now: number): Scope | undefined {
  const open = openScopes(event, now);
  return open.length === 1 ? open[0] : open.find(({ sessions: [session] }) => String(session.number) === number);
}

/** Which of several sessions somebody means. */
export const askSession = (event: EventView, line: string, request: Request): Outcome => {
  const items = openScopes(event, request.now)
    .slice(0, 8)
    .map(({ sessions: [session] }) => ({
      label: request.t('event.session', { number: session.number, when: when(session, readerOf(request)) }),
      line: `${line} ${session.number}`,
    }));
  return groupMenu(request.t('signup.group.whichSession', { title: event.title }), items, request);
};

/** Nobody can sign up any more. */
export const closed = ({ t }: Request): Outcome => ({ say: [{ text: t('signup.result.closed') }] });
