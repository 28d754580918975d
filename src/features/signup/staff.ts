import { command, menuChoices, pagesOf, type Command, type FreeText, type Outcome, type Request } from '../../command/index.js';
import { postAgain } from '../../delivery/index.js';
import type { Json } from '../../dialog/index.js';
import type { Tx } from '../../storage/index.js';
import { ageOn, readAnnouncement } from '../../understand/index.js';
import { details, fullness } from './cards.js';
import type { SignupEffects } from './effects.js';
import { remarksOf } from './fields.js';
import { eventItems, readerOf } from './residents.js';
import { eventByRef, managedEvents, type SignUps } from './store.js';
import type { EventView, SignUpView } from './view.js';

const staffOnly = { for: 'staff', inGroup: 'privately' } as const;

/** `/new [pasted text]`: an announcement as it is, or nothing, and then field by field. */
export const newCommand = (): Command<Tx> =>
  command(
    { name: 'new', words: ['新活动', 'new event'], takesText: true, ...staffOnly },
    {
      load: async () => null,
      decide: (_facts, { args, now, who, t }) => {
        const read = readAnnouncement(args, { now, timeZone: who.timeZone });
        const { title, date, start, end, place, capacity, minAge, maxAge, bring, notes, rest } = read;
        const answers: Record<string, Json> = {
          ...(title === undefined ? {} : { title }),
          ...(date === undefined ? {} : { date }),
          ...(start === undefined ? {} : { time: { start, end: end ?? null } }),
          ...(place === undefined ? {} : { place }),
          // What an announcement does not name is left open rather than asked: staff see "(没写)" and add it by number.
          ...(args === '' ? {} : { capacity: capacity ?? null, bring: bring ?? null }),
          ...(args === ''
            ? {}
            : { ages: minAge === undefined && maxAge === undefined ? null : { minAge: minAge ?? null, maxAge: maxAge ?? null } }),
        };
        const remarks = [
          ...remarksOf(notes, t),
          ...(rest.length > 0 ? [t('event.notes.rest', { rest: rest.join(' ').slice(0, 200) })] : []),
        ];
        return { open: { dialog: 'event', answers, remarks } };
      },
    },
  );

/** A pasted announcement needs no command before it: staff who write a day together with a time or a number of places mean a new event. */
export const announcementText: FreeText = (text, { who, now }) => {
  if (!who.staff || text.length < shortestAnnouncement) return null;
  const { title, date, start, capacity } = readAnnouncement(text, { now, timeZone: who.timeZone });
  return title !== undefined && date !== undefined && (start !== undefined || capacity !== undefined) ? { name: 'new', args: text } : null;
};

const shortestAnnouncement = 12;

/** `/manage`: the events that staff run. */
export const manageCommand = (): Command<Tx> =>
  command(
    { name: 'manage', words: ['管理', 'manage'], ...staffOnly },
    {
      load: (tx, { who, now }) => managedEvents(tx, who.communityId, now),
      decide: (events, request) => chooseEvent(events, request, 'manage', 'manage-event'),
    },
  );

function chooseEvent(events: readonly EventView[], request: Request, name: string, next: string): Outcome {
  const { t, args } = request;
  if (events.length === 0)
    return { say: [{ text: t('event.none'), choices: menuChoices(t, [{ label: t('help.commands.new.label'), line: '/new' }]) }] };
  return { say: [{ text: t('event.which'), choices: menuChoices(t, eventItems(events, request, next), pagesOf(name, args)) }] };
}

/** One event with what staff can do about it. */
export const manageEventCommand = (): Command<Tx> =>
  command(
    { name: 'manage-event', words: [], hidden: true, ...staffOnly },
    {
      load: async (tx, { who, args }) => {
        const event = await eventByRef(tx, who.communityId, args);
        return event && { event, lost: await tx.card.count({ where: { eventId: event.id, state: { in: ['inDoubt', 'dead'] } } }) };
      },
      decide: (found, request) => {
        const { t, now } = request;
        if (!found) return { say: [{ text: t('signup.gone'), choices: menuChoices(t, []) }] };
        const { event, lost } = found;
        const items = [
          { label: t('event.manage.roster'), line: `/roster ${event.ref}` },
          ...(event.status === 'published' && event.session.endsAt > now
            ? [{ label: t('event.manage.move'), line: `/move ${event.ref}` }]
            : []),
          ...(lost > 0 ? [{ label: t('event.manage.postAgain'), line: `/post-again ${event.ref}` }] : []),
        ];
        const text = [
          event.title,
          ...details(event, readerOf(request)),
          fullness(event, t),
          ...(lost > 0 ? [t('event.manage.lost')] : []),
        ].join('\n');
        return { say: [{ text, choices: menuChoices(t, items) }] };
      },
    },
  );

/** Opens the form of day, time and place, filled with what they are. */
export const moveCommand = (): Command<Tx> =>
  command(
    { name: 'move', words: [], hidden: true, ...staffOnly },
    {
      load: (tx, { who, args }) => eventByRef(tx, who.communityId, args),
      decide: (event, { t }) => {
        if (!event) return { say: [{ text: t('signup.gone'), choices: menuChoices(t, []) }] };
        const { startsWall, endsWall, place } = event.session;
        const time = { start: startsWall.slice(11, 16), end: endsWall?.slice(11, 16) ?? null };
        return {
          open: {
            dialog: 'move',
            seed: { ref: event.ref },
            answers: { date: startsWall.slice(0, 10), time, place },
            remarks: [t('move.remark', { title: event.title })],
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
    const cards = event ? await tx.card.findMany({ where: { eventId: event.id } }) : [];
    for (const { id } of cards) await postAgain(tx, id, now);
    return { say: [{ text: t(event ? 'event.manage.postedAgain' : 'signup.gone'), choices: menuChoices(t, []) }] };
  },
});

/** Lines of a roster in one message; a longer one is paged. */
const rosterLines = 40;

/** `/roster [event] [page]`: who comes and who waits, with full names; looking is written down. */
export const rosterCommand = (signUps: SignUps, effects: SignupEffects): Command<Tx> =>
  command(
    { name: 'roster', words: ['名单', 'roster'], ...staffOnly },
    {
      load: async (tx, { who, args, now }) => {
        const events = await managedEvents(tx, who.communityId, now);
        const [ref = ''] = args.split(' ');
        const event = events.find((one) => one.ref === ref) ?? (events.length === 1 ? events[0] : undefined);
        return { events, event, people: event ? await signUps.ofEvent(tx, event.id) : [] };
      },
      decide: ({ events, event, people }, request) => {
        if (!event) return chooseEvent(events, request, 'roster', 'roster');
        const { t, args } = request;
        const asked = Number(args.split(' ')[1]);
        const pages = Math.max(1, Math.ceil(people.length / rosterLines));
        const page = Number.isInteger(asked) && asked >= 1 && asked <= pages ? asked : 1;
        const lines = people.map((person, at) => rosterLine(person, at + 1, event, t)).slice((page - 1) * rosterLines, page * rosterLines);
        const text = [
          event.title,
          ...details(event, readerOf(request)),
          fullness(event, t),
          '',
          ...(people.length === 0 ? [t('event.roster.none')] : lines),
        ].join('\n');
        const more = page < pages ? [{ label: t('turn.more'), line: `/roster ${event.ref} ${page + 1}` }] : [];
        const choices = menuChoices(t, [...more, { label: t('event.roster.manage'), line: `/manage-event ${event.ref}` }]);
        return { say: [{ text, choices }], effects: [effects.seen.make({ eventId: event.id })] };
      },
    },
  );

function rosterLine(person: SignUpView, n: number, event: EventView, t: Request['t']): string {
  const age =
    person.birthDate === null ? '' : t('event.roster.age', { age: ageOn(person.birthDate, event.session.startsWall.slice(0, 10)) });
  const status = person.status === 'confirmed' ? '' : t('event.roster.status', { status: t(`signup.status.${person.status}`) });
  return t('event.roster.line', { n, name: person.name, age, status, registrant: person.registrantName });
}
