import { command, type Command, type FreeText, type Request } from '../../../command/index.js';
import { takenOverIn, type Searches } from '../../../people/index.js';
import { eventsByIds, nextSession, type EventView, type Finder, type SignUpView } from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import { byWhom } from '../words/byWhom.js';
import { shortTitle, when } from '../words/cards.js';
import { readerOf } from '../words/menus.js';
import { ageOf, stateOf } from './roster.js';
import { partOf, readLook } from './rosterLook.js';
import { nameWords } from '../words/search.js';
import type { StaffSignUpEffects } from './signUp.effects.js';
import { staffOnly } from '../form/manage.js';
import { nameOf } from '../words/tellings.js';

/** Without a page eight; with pages seven, and 8 turns them. */
const perPage = 7;

/** What looking for people works with. */
export interface PeopleParts {
  readonly finder: Finder;
  readonly searches: Searches;
  readonly effects: Pick<StaffSignUpEffects, 'seen'>;
}

const nobody = { count: 0, found: [] } as const;

interface Found {
  readonly signUp: SignUpView;
  readonly event: EventView;
  readonly takenOver: boolean;
}

/** `/people [pPAGE] [~CURSOR | name]`: where somebody is signed up, in everything that is not over; whoever is shown, it is written down. */
export const peopleCommand = ({ finder, searches, effects }: PeopleParts): Command<Tx> =>
  command(
    { name: 'people', words: ['查人', 'find', 'people'], takesText: true, ...staffOnly },
    {
      load: async (tx, { who, args, now }) => {
        const look = readLook(args, (cursor) => searches.open(who.personId, cursor));
        const words = look.name === null ? null : nameWords(look.name);
        const part = (count: number) => ({ ...partOf(count, look.page, count > perPage + 1 ? perPage : perPage + 1), count });
        const sought = { communityId: who.communityId, words: words ?? [], now, part };
        const { count, found: people } = words === null ? nobody : await finder.find(tx, sought);
        const events = await eventsByIds(
          tx,
          who.communityId,
          people.map(({ eventId }) => eventId),
        );
        const taken = await takenOverIn(tx, who.communityId, [...events.keys()]);
        const found = people.flatMap((signUp): Found[] => {
          const event = events.get(signUp.eventId);
          return event ? [{ signUp, event, takenOver: taken.has(signUp.id) }] : [];
        });
        const cursor = look.name === null ? null : searches.cursor(who.personId, look.name);
        return { found, ...part(count), cursor };
      },
      decide: ({ found, count, page, pages, cursor }, request) => {
        const { t } = request;
        const back = { key: '0', label: t('turn.back'), value: '/start' };
        const ask = { choices: [{ label: t('event.manage.roster'), value: '/roster' }, back], nameGoesTo: '/people' };
        if (cursor === null) return { say: [{ text: t('people.ask'), ...ask }] };
        if (found.length === 0) return { say: [{ text: t('people.nobody'), ...ask }] };
        const text = [
          t('people.found', { count }),
          ...(pages > 1 ? [t('event.roster.page', { page, pages })] : []),
          '',
          ...found.map((one, at) => lineOf(one, at + 1, request)),
          '',
          t('people.how'),
        ].join('\n');
        const choices = [
          ...found.map(({ signUp }, at) => ({ key: String(at + 1), label: nameOf(signUp, t), value: `/sign-up ${signUp.id}` })),
          ...(pages > 1 ? [{ key: '8', label: t('turn.more'), value: `/people p${(page % pages) + 1} ${cursor}` }] : []),
          back,
        ];
        return {
          say: [{ text, choices, nameGoesTo: '/people' }],
          effects: [effects.seen.make({ signUpIds: found.map(({ signUp }) => signUp.id) })],
          line: `/people ${cursor}`,
        };
      },
    },
  );

function lineOf({ signUp, event, takenOver }: Found, n: number, request: Request): string {
  const { t, now } = request;
  const session = event.sessions.find(({ id }) => id === signUp.scope) ?? nextSession(event, now);
  return t('people.line', {
    n,
    name: nameOf(signUp, t),
    age: ageOf(signUp, event, t),
    title: shortTitle(event.title),
    when: when(session, readerOf(request)),
    status: stateOf(signUp, event, request),
    by: byWhom(signUp, takenOver, t),
  });
}

/** 找人 alone fetches somebody for residents; with a name behind it, staff look for that person. */
export const peopleText: FreeText = (text, { who }) => {
  const [, name] = /^\s*找人[\s:：，,]+(\S[\s\S]*)$/u.exec(text) ?? [];
  return who.staff && name !== undefined ? { name: 'people', args: name.trim() } : null;
};
