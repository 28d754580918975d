import {
  menu,
  command,
  menuChoices,
  pagesOf,
  type Beside,
  type Command,
  type FreeText,
  type Item,
  type Outcome,
  type Request,
} from '../../../command/index.js';
import { lostCards, postAgain } from '../../../delivery/index.js';
import { groupChats } from '../../../people/index.js';
import {
  anyHeld,
  eventByRef,
  eventDetails,
  isOver,
  isToCome,
  keptOf,
  managedEvents,
  nextSession,
  openEvents,
  type EventDetails,
  type EventView,
} from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import { callsOff, isMarked, readAnnouncement, readNotice, saysChange } from '../../../understand/index.js';
import { details, fullnessLines, when, whenNow } from '../words/cards.js';
import { formOf } from './announce.js';
import { canChange, contextOf, meantBy } from './changeNotice.js';
import { askWhich, askWhichOf } from './correction.menu.js';
import { eventItems, readerOf } from '../words/menus.js';

/** How the commands of staff are called. */
export const staffOnly = { for: 'staff', inGroup: 'privately' } as const;

/** `/new [pasted text]`: an announcement as it is, or nothing, and then field by field. */
export const newCommand = (): Command<Tx> =>
  command(
    { name: 'new', words: ['新活动', 'new event'], takesText: true, ...staffOnly },
    {
      load: async (tx, request) => {
        const { who, now, args } = request;
        const events = args === '' ? [] : await openEvents(tx, who.communityId, now);
        const changes = isMarked(args) || saysChange(args, contextOf(request));
        // A notice finds what has begun as well, what takes no sign-ups any more, and what has no date yet.
        const alive = changes ? (await managedEvents(tx, who.communityId, now)).filter((event) => canChange(event, now)) : [];
        const meant = changes ? meantBy(alive, readNotice(args, contextOf(request)), request) : [];
        const [only, ...others] = meant;
        const changed = only && others.length === 0 ? await eventDetails(tx, who.communityId, only.ref) : null;
        return { events, changed, meant, changes };
      },
      decide: ({ events, changed, meant, changes }, request) => {
        if (changed) return askWhich(changed, request.args, request);
        if (changes) return askWhichOf(meant, request.args, request);
        const { remarks = [], ...opening } = formOf(request.args, request);
        const { title } = opening.answers ?? {};
        // An announcement that was corrected comes a second time: whoever confirms it must know that the first one stays.
        const same = events.filter((event) => event.title === title).map((event) => alreadyThere(event, request));
        return { open: { ...opening, remarks: [...remarks, ...same] } };
      },
    },
  );

const alreadyThere = (event: EventView, request: Request): string =>
  request.t('event.notes.alreadyThere', { title: event.title, when: when(nextSession(event, request.now), readerOf(request)) });

/** A pasted announcement needs no command before it: staff who write a day together with a time or a number of places mean a new event. */
export const announcementText: FreeText = (text, request) => {
  const { who, t } = request;
  if (!who.staff) return null;
  if (saysChange(text, contextOf(request)) || (isMarked(text) && changesSomething(text, request)))
    return { name: 'new', args: text, first: true };
  if (text.length < shortestAnnouncement || callsOff(text)) return null;
  const { title, date, start, capacity, sessions, place } = readAnnouncement(text, contextOf(request));
  const told = date !== undefined && (start !== undefined || capacity !== undefined);
  // What is said of an event that is there already is no new one.
  const other = !isMarked(text) && /取消|改时间|改期|延期|cancelled|postponed/iu.test(text);
  if (title !== undefined && (told || sessions.length > 0) && !other) return { name: 'new', args: text };
  // 初五早上九点半 活动室: with a time and a place it is one whose day must be asked for.
  const half = title !== undefined && start !== undefined && (place !== undefined || capacity !== undefined);
  const looksLike = half || /\d\s*[:：点月]|[周星期礼拜][一二三四五六日天]|名额|报名/u.test(text);
  return looksLike ? { text: t('event.suggest.text'), suggest: { label: t('event.suggest.new'), line: `/new ${text}` } } : null;
};

/** Whether a marked text says more than its mark: 更正：谢谢大家 does not. */
function changesSomething(text: string, request: Request): boolean {
  const { to, several, said, title } = readNotice(text, contextOf(request));
  const answers = Object.entries(formOf(said.join('\n'), request).answers ?? {});
  return title !== '' && (to !== undefined || several || answers.some(([key, value]) => key !== 'title' && value !== null));
}

const shortestAnnouncement = 12;

/** `/manage`: the events that staff run. */
export const manageCommand = (): Command<Tx> =>
  command(
    { name: 'manage', words: ['管理', 'manage'], ...staffOnly },
    {
      load: async (tx, { who, now }) => ({
        events: await managedEvents(tx, who.communityId, now),
        drafts: (await keptOf(tx, who.communityId, 'draft')).length,
        templates: (await keptOf(tx, who.communityId, 'template')).length,
      }),
      decide: ({ events, drafts, templates }, request) => {
        const { t } = request;
        const kept = [
          ...(drafts > 0 ? [{ label: t('event.draft.listOf', { count: drafts }), line: '/drafts' }] : []),
          ...(templates > 0 ? [{ label: t('event.template.listOf', { count: templates }), line: '/templates' }] : []),
        ];
        return chooseEvent(events, request, 'manage', 'manage-event', kept);
      },
    },
  );

/** The question which event is meant. */
export function chooseEvent(
  events: readonly EventView[],
  request: Request,
  name: string,
  next: string,
  others: readonly Item[] = [],
): Outcome {
  const { t, args } = request;
  const items = [...eventItems(events, request, next), ...others];
  if (items.length === 0) return menu(t('event.none'), menuChoices(t, [{ label: t('help.commands.new.label'), line: '/new' }]));
  return menu(t('event.which'), menuChoices(t, items, pagesOf(name, args)));
}

/** One event with what staff can do about it. */
export const manageEventCommand = (): Command<Tx> =>
  command(
    { name: 'manage-event', words: [], hidden: true, ...staffOnly },
    {
      load: async (tx, { who, args }) => {
        const [ref = '', page = ''] = args.split(' ');
        const event = await eventDetails(tx, who.communityId, ref);
        const groups = (await groupChats(tx, who.communityId)).length;
        return event && { event, page, lost: await lostCards(tx, event.id), held: await anyHeld(tx, event.id), groups };
      },
      decide: (found, request) => {
        const { t } = request;
        if (!found) return menu(t('signup.gone'), menuChoices(t, []));
        const { event, lost, page } = found;
        const reader = readerOf(request);
        const text = [
          event.title,
          ...(event.status === 'published' ? [] : [t(`signup.eventStatus.${event.status}`)]),
          ...details(event, reader),
          ...fullnessLines(event, reader),
          ...(lost > 0 ? [t('event.manage.lost')] : []),
        ].join('\n');
        const paging = { ...pagesOf('manage-event', page), more: (next: number) => `/manage-event ${event.ref} ${next}` };
        return menu(text, menuChoices(t, actions(found, request), paging));
      },
    },
  );

/** What staff can do about an event as it stands. */
function actions(
  { event, lost, held, groups }: { event: EventDetails; lost: number; held: boolean; groups: number },
  { t, now }: Request,
): Item[] {
  const { ref, status } = event;
  const item = (name: string, line = name) => ({ label: t(`event.manage.${name}`), line: `/${line} ${ref}` });
  const over = isOver(event, now);
  const alive = !over && status !== 'cancelled';
  return [
    item('roster'),
    ...(status === 'cancelled' || status === 'postponed' ? [] : [item('checkIn', 'check-in-event')]),
    ...(held ? [item('held')] : []),
    ...(alive ? [item('move'), item('edit')] : []),
    ...(alive && status === 'published' ? [item('close')] : []),
    ...(alive && status === 'closed' ? [item('reopen')] : []),
    ...(alive ? [item('callOff', 'call-off')] : []),
    item('export'),
    ...(over ? [] : [item('poster')]),
    item('copy'),
    item('template', 'save-template'),
    ...(alive && status === 'published' ? [item('signUpFor', 'sign-up-for')] : []),
    ...(alive && event.teacher !== null ? [item('teacher')] : []),
    ...(alive && groups > 1 ? [item('cards')] : []),
    ...(lost > 0 ? [item('postAgain', 'post-again')] : []),
  ];
}

/** 改时间或地点 in the middle of another form: the form of day and place, once that one is put aside. */
export const moveBeside: Beside<Tx> = async (tx, text, { t, who, now }) => {
  if (!who.staff || text.trim() !== t('event.manage.move')) return null;
  const [only, ...others] = await managedEvents(tx, who.communityId, now);
  return only && others.length === 0 ? `/move ${only.ref}` : '/manage';
};

/** Opens the form of day, time and place, filled with what they are; of several sessions, staff first choose one. */
export const moveCommand = (): Command<Tx> =>
  command(
    { name: 'move', words: [], hidden: true, ...staffOnly },
    {
      load: (tx, { who, args }) => eventByRef(tx, who.communityId, args.split(' ')[0] ?? ''),
      decide: (event, request) => {
        const { t, args, now } = request;
        if (!event) return menu(t('signup.gone'), menuChoices(t, []));
        const [, named] = args.split(' ');
        const ahead = event.sessions.filter((one) => isToCome(one, now));
        const only = event.sessions.length === 1 ? nextSession(event, now) : undefined;
        const session = only ?? event.sessions.find(({ number }) => String(number) === named);
        if (!session) {
          const items = ahead.map((one) => ({
            label: t('event.session', { number: one.number, when: whenNow(one, readerOf(request)) }),
            line: `/move ${event.ref} ${one.number}`,
          }));
          return menu(t('move.which', { title: event.title }), menuChoices(t, items));
        }
        const { startsWall, endsWall, place, number } = session;
        const scope = event.signUpFor === 'single' ? event.scopes.find(({ key }) => key === session.id) : undefined;
        const time = { start: startsWall.slice(11, 16), end: endsWall?.slice(11, 16) ?? null };
        const which =
          event.sessions.length === 1 ? t('move.remark', { title: event.title }) : t('move.remarkSession', { title: event.title, number });
        return {
          open: {
            dialog: 'move',
            seed: { ref: event.ref, session: session.id, revision: session.revision },
            answers: { date: startsWall.slice(0, 10), time, place, ...(scope ? { capacity: scope.places.capacity } : {}) },
            // The day that stands there is the old one: confirmed as it is, it is so that it takes place as planned.
            remarks: [which, ...(session.postponed ? [t('move.stillOpen')] : [])],
          },
        };
      },
    },
  );

/** Posts cards again of which nobody knows whether they arrived, or which are gone. */
export const postAgainCommand = (): Command<Tx> => ({
  name: 'post-again',
  words: [],
  hidden: true,
  ...staffOnly,
  answer: async (tx, { who, args, t, now }) => {
    const event = await eventByRef(tx, who.communityId, args);
    if (event) await postAgain(tx, event.id, now);
    return menu(t(event ? 'event.manage.postedAgain' : 'signup.gone'), menuChoices(t, []));
  },
});
