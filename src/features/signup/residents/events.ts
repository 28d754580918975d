import { menu, command, menuChoices, type Command, type FreeText, type Outcome, type Request } from '../../../command/index.js';
import { asLocale, day } from '../../../i18n/index.js';
import {
  eventByRef,
  freePlaces,
  isOpen,
  isOver,
  openEvents,
  openScopes,
  searchEvents,
  type EventView,
  type Looked,
} from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import { readSearch, readSought, today } from '../../../understand/index.js';
import { details, fullnessLines } from '../words/cards.js';
import { eventItems, readerOf } from '../words/menus.js';
import { fold } from '../words/search.js';
import { instantOf } from '../words/wall.js';

/** `/events [words]`: what is on, or what of it somebody looks for. */
export const eventsCommand = (): Command<Tx> =>
  command(
    {
      name: 'events',
      words: ['活动', '有什么活动', 'events'],
      takesText: 'whenNothingIsOpen',
      for: 'everyone',
      inGroup: 'privately',
      looks: true,
    },
    {
      load: async (tx, request) => {
        const { who, now } = request;
        const { words } = pageAndWords(request.args);
        if (words === '') return { words, events: await openEvents(tx, who.communityId, now), day: null, next: [] };
        const { looked, withPlaces, days } = lookFor(words, request);
        const search = async (what: Looked) => {
          const found = await searchEvents(tx, who.communityId, what, now);
          return withPlaces ? found.filter((event) => hasPlaces(event, now)) : found;
        };
        const events = await search(looked);
        if (events.length > 0 || days === null) return { words, events, day: null, next: [] };
        const { from: _from, to: _to, ...anyDay } = looked;
        return { words, events, day: days, next: await search(anyDay) };
      },
      decide: ({ words, events, day: days, next }, request) => {
        const { t, args } = request;
        if (days !== null) return nothingThen(days, next, request);
        if (events.length === 0 && words !== '')
          return menu(t('signup.events.noMatch'), menuChoices(t, [{ label: t('signup.mine.look'), line: '/events' }]));
        if (events.length === 0) return menu(t('signup.events.none'), menuChoices(t, []));
        const { page } = pageAndWords(args);
        const paging = { page, more: (to: number) => `/events ${to}${words === '' ? '' : ` ${words}`}` };
        const head = headOf(words, events.length, t);
        const items = eventItems(events, request, 'event');
        const lines = items.slice(0, mostBeside).map(({ label }) => `· ${label}`);
        return { ...menu(head, menuChoices(t, items, paging)), within: [head, ...lines].join('\n') };
      },
    },
  );

/** One event is not asked about as if there were several. */
function headOf(words: string, count: number, t: Request['t']): string {
  if (count === 1) return t(words === '' ? 'signup.events.one' : 'signup.events.foundOne');
  return t(words === '' ? 'signup.events.some' : 'signup.events.found', { count });
}

/** Nothing is on then: that is said, and what comes next. */
function nothingThen({ from, to }: Days, next: readonly EventView[], request: Request): Outcome {
  const { t, now, who } = request;
  const none =
    from !== to
      ? t('signup.events.noneThen')
      : from === today(now, who.timeZone)
        ? t('signup.events.noneToday')
        : t('signup.events.noneOn', { day: day(from, asLocale(who.locale), now, who.timeZone) });
  if (next.length === 0) return { ...menu(none, menuChoices(t, [{ label: t('signup.mine.look'), line: '/events' }])), within: none };
  const items = eventItems(next.slice(0, mostBeside), request, 'event');
  const text = `${none}${t('signup.events.next')}`;
  return { ...menu(text, menuChoices(t, items)), within: [text, ...items.map(({ label }) => `· ${label}`)].join('\n') };
}

/** So many events are named beside an open question. */
const mostBeside = 8;

/** `2 书法`: the second page of what was looked for. */
function pageAndWords(args: string): { readonly page: number; readonly words: string } {
  const [, page, rest] = /^(\d{1,2})(?:\s+([\s\S]*))?$/u.exec(args) ?? [];
  return page === undefined ? { page: 1, words: args } : { page: Number(page), words: rest ?? '' };
}

/** What the words ask for. Words that are no question are looked for as they are. */
function lookFor(words: string, { who, now }: Request): { looked: Looked; withPlaces: boolean; days: Days | null } {
  const { timeZone } = who;
  const asked = readSought(words, { now, timeZone });
  if (!asked)
    return {
      looked: {
        words: words
          .slice(0, longestSearch)
          .split(/\s+/u)
          .map(fold)
          .filter((word) => word !== ''),
      },
      withPlaces: false,
      days: null,
    };
  const { from, to, age, sector, withPlaces = false } = asked;
  return {
    looked: {
      words: asked.words.map(fold),
      ...(from === undefined ? {} : { from: instantOf(`${from}T00:00`, timeZone) }),
      ...(to === undefined ? {} : { to: instantOf(`${to}T23:59`, timeZone) }),
      ...(age === undefined ? {} : { age }),
      ...(sector === undefined ? {} : { sector }),
    },
    withPlaces,
    days: from === undefined || to === undefined ? null : { from, to },
  };
}

/** Days somebody asks about, inclusive, `YYYY-MM-DD`. */
interface Days {
  readonly from: string;
  readonly to: string;
}

const longestSearch = 40;

const hasPlaces = (event: EventView, now: number): boolean =>
  openScopes(event, now).some(({ places }) => places.waiting === 0 && freePlaces(places) !== 0);

/** Residents ask what is on as they would ask a neighbour: `什么时候有书法课`. */
export const searchText: FreeText = (text, { who, now }) =>
  readSearch(text, { now, timeZone: who.timeZone }) ? { name: 'events', args: text } : null;

/** One event with its places; reached from `/events`. */
export const eventCommand = (): Command<Tx> =>
  command(
    { name: 'event', words: [], for: 'everyone', inGroup: 'privately', hidden: true },
    {
      load: (tx, { who, args }) => eventByRef(tx, who.communityId, args),
      decide: (event, request) => {
        const { t, now } = request;
        if (!event) return menu(t('signup.gone'), menuChoices(t, []));
        const reader = readerOf(request);
        const text = [event.title, ...details(event, reader), ...fullnessLines(event, reader)].join('\n');
        const items = [
          ...(isOpen(event, now) ? [{ label: t('signup.card.join'), line: `/join ${event.ref}` }] : []),
          ...(isOver(event, now) ? [] : [{ label: t('signup.files.toCalendar'), line: `/calendar ${event.ref}` }]),
        ];
        return menu(text, menuChoices(t, items));
      },
    },
  );
