import { menu, command, isFor, menuChoices, pagesOf, type Command, type Item, type Outcome, type Request } from '../../command/index.js';
import { eventByRef, eventsCalled, managedEvents, type EventView } from '../../programme/index.js';
import type { Tx } from '../../storage/index.js';
import { enter, type CodeParts } from './atThePlace.js';
import { checkIn, gone } from './list.js';
import { readerOf, told, when } from './reader.js';
import { inOrder, isToday, takesPlace } from './rules.js';

/** `/check-in [code]`: residents say that they are here, by the code at the place; whoever checks people in comes to the lists. */
export const checkInCommand = (parts: CodeParts): Command<Tx> => ({
  name: 'check-in',
  words: ['签到', 'check in', 'check-in'],
  takesText: true,
  for: 'everyone',
  inGroup: 'privately',
  answer: async (tx, request) => {
    const { who, args, now } = request;
    const entered = await enter(parts, tx, request);
    if (entered) return entered;
    if (!isFor('checkIn', who)) return askForCode(request, args !== '');
    const events = (await managedEvents(tx, who.communityId, now)).filter(takesPlace);
    const today = events.filter(({ sessions }) => sessions.some((session) => isToday(session, now)));
    // One is on, or there is but one: that is the one.
    const [only, ...others] = today.length > 0 ? today : events;
    if (only && others.length === 0) return sessionsOf(only, request);
    return chooseEvent(events, request);
  },
});

/** Asks for the code; the next words are taken for it. */
function askForCode({ t }: Request, wrong: boolean): Outcome {
  const choices = menuChoices(t, []).map(({ label, value }) => ({ label, value }));
  return {
    say: [{ text: t(wrong ? 'attendance.code.noCode' : 'attendance.code.ask'), choices, numbersAreAnswers: true, wordsGoTo: '/check-in' }],
  };
}

/** `/check-in-events [page | name]`: all events that can be checked in to, what is on today first; the one of that name, where it is the only one. */
export const eventsCommand = (): Command<Tx> =>
  command(
    { name: 'check-in-events', ...checkIn },
    {
      load: async (tx, { who, now }) => (await managedEvents(tx, who.communityId, now)).filter(takesPlace),
      decide: (events, request) => {
        if (request.args === '' || /^\d{1,3}$/u.test(request.args)) return chooseEvent(events, request);
        const found = eventsCalled(events, request.args);
        const [only, ...others] = found;
        const all = { ...request, args: '' };
        if (only && others.length === 0) return sessionsOf(only, all);
        return found.length > 0 ? chooseEvent(found, all) : chooseEvent(events, all, [request.t('attendance.noSuchEvent')]);
      },
    },
  );

/** Asks which event; its number and its name are the answer. `before`: why it is asked again. */
function chooseEvent(events: readonly EventView[], request: Request, before: readonly string[] = []): Outcome {
  const { t, now, args } = request;
  if (events.length === 0) return told(request, t('attendance.noEvents'));
  const likely = new Map(events.map((event) => [event, inOrder(event.sessions, now)[0] ?? event.sessions[0]]));
  const order = inOrder([...likely.values()], now);
  const items = [...likely]
    .sort(([, one], [, other]) => order.indexOf(one) - order.indexOf(other))
    .map(([{ ref, title }, session]): Item => ({
      label: t('attendance.event', { title: shortened(title), when: when(session, readerOf(request)) }),
      line: `/check-in-event ${ref}`,
    }));
  const choices = menuChoices(t, items, pagesOf('check-in-events', args));
  return { say: [{ text: [...before, t('attendance.whichEvent')].join('\n'), choices, nameGoesTo: '/check-in-events' }] };
}

/** A title short enough for a menu; its end stays, where the sessions of one course differ. */
const shortened = (title: string): string => {
  const letters = Array.from(title);
  return letters.length <= 18 ? title : `…${letters.slice(-17).join('')}`;
};

/** `/check-in-event REF [page]`: the event's only session, or the question which. */
export const eventCommand = (): Command<Tx> =>
  command(
    { name: 'check-in-event', ...checkIn },
    {
      load: (tx, { who, args }) => eventByRef(tx, who.communityId, args.split(' ')[0] ?? ''),
      decide: (event, request) => (event ? sessionsOf(event, request) : gone(request)),
    },
  );

function sessionsOf(event: EventView, request: Request): Outcome {
  const { t, now, args } = request;
  const { ref, title, sessions } = event;
  // What is called off is said by the list.
  if (sessions.length === 1 || !takesPlace(event)) return { run: `/check-in-list ${ref} ${sessions[0].number}` };
  const items = inOrder(sessions, now).map((session) => ({
    label: t('attendance.session', { number: session.number, when: when(session, readerOf(request)) }),
    line: `/check-in-list ${ref} ${session.number}`,
  }));
  const paging = { ...pagesOf('check-in-event', args.split(' ')[1] ?? ''), more: (page: number) => `/check-in-event ${ref} ${page}` };
  return menu(t('attendance.whichSession', { title }), menuChoices(t, items, paging));
}
