import { z } from 'zod';
import { menu, command, menuChoices, type Command, type Item, type Outcome, type Request } from '../../../command/index.js';
import { eventDetails, nextSession, type EventDetails, type EventView } from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import { formOf } from './announce.js';
import { asAnnouncement, canChange } from './changeNotice.js';
import { shortTitle, whenNow } from '../words/cards.js';
import { current, differences, type Differences } from './correction.js';
import { readerOf } from '../words/menus.js';
import { dateAnswer } from './move.fields.js';
import { leavable } from './noticeMenu.js';

/** So many sessions or events fit a menu beside its other entries. */
const listed = 6;

/** Asks whether the published event is to be changed, or another one is meant. The text is put by until it is answered. */
export function askWhich(event: EventDetails, text: string, request: Request, number?: number): Outcome {
  const { t } = request;
  const found = differences(event, text, request, number);
  const { lines, remarks, which, act } = found;
  const nothing = lines.length === 0 && which.length === 0 && act === null;
  const head = lines.length > 0 ? 'found' : which.length > 0 ? 'series' : act !== null ? 'about' : remarks.length > 0 ? 'unread' : 'same';
  const items = [
    ...itemsOf(event, found, request),
    ...(nothing && remarks.length > 0
      ? [
          { label: t('event.manage.move'), line: `/move ${event.ref}` },
          { label: t('event.manage.edit'), line: `/edit ${event.ref}` },
          { label: t('event.manage.callOff'), line: `/call-off ${event.ref}` },
        ]
      : []),
    { label: t('event.correction.new'), line: '/correct new' },
  ];
  const ask = t(which.length > 0 ? 'event.correction.whichSession' : 'event.correction.ask');
  const words = [t(`event.correction.${head}`, { title: event.title }), ...lines, ...remarks, ask].join('\n');
  return { ...leavable(menu(words, menuChoices(t, items)), '/correct leave'), remember: { correction: text } };
}

/** What can be done about the event, by what the notice says. */
function itemsOf(event: EventDetails, found: Differences, request: Request): Item[] {
  const { t } = request;
  const { ref } = event;
  const { which, moved, session, act, fields } = found;
  const at = session === null ? '' : ` ${session.number}`;
  const sessions = which.map((one) => ({
    label: t('event.session', { number: one.number, when: whenNow(one, readerOf(request)) }),
    line: `/correct ${ref} session ${one.number}`,
  }));
  const moves = moved !== null || (session !== null && 'place' in fields);
  const others = Object.keys(fields).some((key) => key !== 'place' || !moves);
  return [
    ...sessions.slice(0, listed - 2),
    ...(sessions.length > listed - 2 ? [{ label: t('event.correction.session'), line: `/move ${ref}` }] : []),
    ...(moves ? [{ label: t('event.manage.move'), line: `/correct ${ref} when${at}` }] : []),
    ...(others ? [{ label: t('event.manage.edit'), line: `/correct ${ref} rest${at}` }] : []),
    ...(act === 'close' ? [{ label: t('event.manage.close'), line: `/close ${ref}` }] : []),
    ...(act === 'reopen' ? [{ label: t('event.manage.reopen'), line: `/reopen ${ref}` }] : []),
    ...(act === 'resume' ? [{ label: t('event.correction.asPlanned'), line: `/move ${ref}` }] : []),
  ];
}

/** Several may be meant, or none: it is asked, and the text put by. */
export function askWhichOf(events: readonly EventView[], text: string, request: Request): Outcome {
  const { t, now } = request;
  const items = [
    ...events.slice(0, listed).map((event) => ({
      label: `${whenNow(nextSession(event, now), readerOf(request)).slice(0, 30)} ${shortTitle(event.title)}`,
      line: `/correct ${event.ref} which`,
    })),
    { label: t('event.correction.new'), line: '/correct new' },
  ];
  const words = t(events.length === 0 ? 'event.correction.none' : 'event.correction.several');
  return { ...leavable(menu(words, menuChoices(t, items)), '/correct leave'), remember: { correction: text } };
}

const remembered = z.object({ correction: z.string() });

/**
 * `/correct REF which`: what differs; `/correct REF session N`: the same for one of several; `/correct REF when|rest [N]`: the form of the published event,
 * with what the notice changes; `/correct new`: the form of a new one; `/correct leave`: nothing after all.
 */
export const correctCommand = (): Command<Tx> =>
  command(
    { name: 'correct', words: [], hidden: true, for: 'staff', inGroup: 'privately' },
    {
      load: (tx, { who, args }) => eventDetails(tx, who.communityId, args.split(' ')[0] ?? ''),
      decide: (event, request) => {
        const { t, args, now } = request;
        if (args === 'leave') return { ...menu(t('event.correction.left'), menuChoices(t, [])), remember: null };
        const put = remembered.safeParse(request.remembered);
        if (!put.success) return menu(t('event.correction.again'), menuChoices(t, []));
        const text = put.data.correction;
        if (args === 'new') return { open: formOf(asAnnouncement(text, request), request) };
        if (!event || !canChange(event, now)) return menu(t('signup.gone'), menuChoices(t, []));
        const [, what, named] = args.split(' ');
        const number = named === undefined ? undefined : Number(named);
        if (what === 'which' || what === 'session') return askWhich(event, text, request, number);
        const found = differences(event, text, request, number);
        return { open: (what === 'when' ? moveForm(event, found, request) : null) ?? editForm(event, found, request) };
      },
    },
  );

/** The form of day, time and place, filled with what the notice says; what it leaves open is asked. */
function moveForm(
  event: EventDetails,
  { moved, session: single, fields, lines, remarks }: Differences,
  { t }: Request,
): Outcome['open'] | null {
  const session = moved?.session ?? single;
  if (!session) return null;
  const { startsWall, endsWall, id, revision, number } = session;
  const { title, ref } = event;
  const { place = session.place, ...others } = fields;
  const to = moved?.to ?? {
    date: startsWall.slice(0, 10),
    start: startsWall.slice(11, 16),
    end: endsWall?.slice(11, 16) ?? null,
    notes: [],
  };
  const scope = event.signUpFor === 'single' ? event.scopes.find(({ key }) => key === id) : undefined;
  const remark = event.sessions.length === 1 ? t('move.remark', { title }) : t('move.remarkSession', { title, number });
  // What else the notice changes is offered once this is done.
  const next = Object.keys(others).length > 0 ? { next: `/correct ${ref} rest ${number}` } : {};
  return {
    dialog: 'move',
    seed: { ref, session: id, revision, ...next },
    answers: {
      ...(to.date === null ? {} : { date: dateAnswer(to.date, to.notes) }),
      ...(to.start === null ? {} : { time: { start: to.start, end: to.end } }),
      place,
      ...(scope ? { capacity: scope.places.capacity } : {}),
    },
    remarks: [remark, ...lines, ...remarks],
  };
}

function editForm(
  event: EventDetails,
  { moved, session, fields, lines, remarks }: Differences,
  { t }: Request,
): NonNullable<Outcome['open']> {
  const { place, ...rest } = fields;
  const { title, ref, revision } = event;
  // The place goes along with a new time, or is that of one session alone.
  const answers = { ...current(event), ...rest, ...(place === undefined || moved || session ? {} : { place }) };
  return { dialog: 'edit', seed: { ref, revision }, answers, remarks: [t('edit.remark', { title }), ...lines, ...remarks] };
}
