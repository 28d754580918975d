import { z } from 'zod';
import { menu, command, menuChoices, type Command, type Outcome, type Request } from '../../command/index.js';
import type { Asking, Json, Question } from '../../dialog/index.js';
import { eventDetails, isOver, nextSession, type EventDetails, type EventView } from '../../programme/index.js';
import type { Tx } from '../../storage/index.js';
import { formOf } from './announce.js';
import { asAnnouncement } from './changeNotice.js';
import { schedule, shortTitle, when } from './cards.js';
import { joined } from './edit.told.js';
import { agesField, capacityField, companionsField, deadlineField } from './event.fields.js';
import { placeField, publicText } from './fields.js';
import { answersOf } from './form.js';
import { readerOf } from './menus.js';
import { fold, namedBest } from './search.js';

/**
 * The published events that a text about a change can mean: those of its title, or known by it; where there is none, those whose names
 * share most with its words.
 */
export function meantBy(events: readonly EventView[], title: Json | undefined, text: string): readonly EventView[] {
  const called = typeof title === 'string' ? events.filter((event) => fold(event.title) === fold(title)) : [];
  return called.length > 0 ? called : namedBest(text, events);
}

/** What an announcement may change besides the time, by the key of the form, as it is asked and shown there. */
const fields: Readonly<Record<string, Pick<Question<never>, 'show'>>> = {
  place: placeField,
  capacity: capacityField,
  ages: agesField,
  bring: publicText(100),
  deadline: deadlineField,
  companions: companionsField,
  teacher: publicText(40),
  organisation: publicText(60),
};

const single = z.object({
  sessions: z.tuple([z.object({ date: z.string().min(1), start: z.string().min(1), end: z.string().nullable() })]),
});

/** What differs: the fields with their new values, a new time where there is one, and both in words, old → new. */
interface Differences {
  readonly fields: Readonly<Record<string, Json>>;
  readonly when: { readonly date: string; readonly start: string; readonly end: string | null } | null;
  /** A time is named and there are several sessions, so that it has to be asked which is meant. */
  readonly ofSeries: boolean;
  readonly lines: readonly string[];
}

function current(event: EventDetails): Record<string, Json> {
  const place = joined([...new Set(event.sessions.map((session) => session.place))]);
  return { ...answersOf(event), place, deadline: event.deadlineWall === null ? null : { wall: event.deadlineWall } };
}

function shown(key: string, value: Json, { t, now, who }: Request): string {
  const asking: Asking<unknown> = {
    facts: null,
    now,
    timeZone: who.timeZone,
    locale: who.locale,
    t,
    seed: null,
    base: `event.${key}`,
    params: {},
    answers: {},
    partial: null,
    shown: new Map(),
  };
  // What `formOf` and `answersOf` give for a key is what the question of that key takes.
  return value === null ? t('dialog.empty') : (fields[key]?.show(value as never, asking) ?? '');
}

/** What a corrected announcement says otherwise than the event; what it does not name stays. */
export function differences(event: EventDetails, text: string, request: Request): Differences {
  const { t } = request;
  const said = formOf(asAnnouncement(text), request).answers ?? {};
  const is = current(event);
  const changed = Object.keys(fields).filter(
    (key) => (said[key] ?? null) !== null && JSON.stringify(said[key]) !== JSON.stringify(is[key] ?? null),
  );
  const line = (label: string, before: string, after: string) =>
    t('event.correction.line', { label: t(`event.${label}.label`), before, after });
  const read = single.safeParse(said['when']);
  const [session, ...others] = event.sessions;
  const to = read.success && others.length === 0 ? read.data.sessions[0] : null;
  const wall = to && { startsWall: `${to.date}T${to.start}`, endsWall: to.end === null ? null : `${to.date}T${to.end}` };
  const moved = wall && (wall.startsWall !== session.startsWall || (wall.endsWall !== null && wall.endsWall !== session.endsWall));
  const reader = readerOf(request);
  return {
    fields: Object.fromEntries(changed.map((key) => [key, said[key] ?? null])),
    when: to && moved ? to : null,
    ofSeries: read.success && others.length > 0,
    lines: [
      ...(wall && moved ? [line('when', schedule(event, reader), schedule({ sessions: [{ ...session, ...wall }] }, reader))] : []),
      ...changed.map((key) => line(key, shown(key, is[key] ?? null, request), shown(key, said[key] ?? null, request))),
    ],
  };
}

/** Asks whether the published event is to be changed, or another one is meant. The text is put by until it is answered. */
export function askWhich(event: EventDetails, text: string, request: Request): Outcome {
  const { t } = request;
  const { lines, when, ofSeries, fields: changed } = differences(event, text, request);
  const others = Object.keys(changed).some((key) => key !== 'place' || when === null);
  const items = [
    ...(ofSeries ? [{ label: t('event.correction.session'), line: `/move ${event.ref}` }] : []),
    ...(when ? [{ label: t('event.manage.move'), line: `/correct ${event.ref} when` }] : []),
    ...(others ? [{ label: t('event.manage.edit'), line: `/correct ${event.ref} rest` }] : []),
    { label: t('event.correction.new'), line: '/correct new' },
  ];
  const differs = lines.length > 0 ? 'found' : ofSeries ? 'series' : 'same';
  const head = t(`event.correction.${differs}`, { title: event.title });
  return { ...menu([head, ...lines, t('event.correction.ask')].join('\n'), menuChoices(t, items)), remember: { correction: text } };
}

/** Several may be meant, or none: it is asked, and the text put by. */
export function askWhichOf(events: readonly EventView[], text: string, request: Request): Outcome {
  const { t, now } = request;
  const items = [
    ...events.slice(0, 6).map((event) => ({
      label: `${when(nextSession(event, now), readerOf(request)).slice(0, 30)} ${shortTitle(event.title)}`,
      line: `/correct ${event.ref} which`,
    })),
    { label: t('event.correction.new'), line: '/correct new' },
  ];
  return {
    ...menu(t(events.length === 0 ? 'event.correction.none' : 'event.correction.several'), menuChoices(t, items)),
    remember: { correction: text },
  };
}

const remembered = z.object({ correction: z.string() });

/** `/correct REF which`: what differs; `/correct REF when|rest`: the form of the published event, with what the announcement changes; `/correct new`: the form of a new one. */
export const correctCommand = (): Command<Tx> =>
  command(
    { name: 'correct', words: [], hidden: true, for: 'staff', inGroup: 'privately' },
    {
      load: (tx, { who, args }) => eventDetails(tx, who.communityId, args.split(' ')[0] ?? ''),
      decide: (event, request) => {
        const { t, args, now } = request;
        const put = remembered.safeParse(request.remembered);
        if (!put.success) return menu(t('event.correction.again'), menuChoices(t, []));
        const text = put.data.correction;
        if (args === 'new') return { open: formOf(asAnnouncement(text), request) };
        if (!event || isOver(event, now) || event.status === 'cancelled') return menu(t('signup.gone'), menuChoices(t, []));
        if (args.endsWith(' which')) return askWhich(event, text, request);
        const { title, ref, revision, sessions } = event;
        const { when, fields: changed, lines } = differences(event, text, request);
        if (args.endsWith(' when') && when) {
          const [session] = sessions;
          const time = { start: when.start, end: when.end ?? session.endsWall?.slice(11, 16) ?? null };
          const place = changed['place'] ?? session.place;
          return {
            open: {
              dialog: 'move',
              seed: { ref, session: session.id, revision: session.revision },
              answers: { date: when.date, time, place },
              remarks: [t('move.remark', { title }), ...lines],
            },
          };
        }
        const { place, ...rest } = changed;
        const answers = { ...current(event), ...rest, ...(place === undefined || when ? {} : { place }) };
        return { open: { dialog: 'edit', seed: { ref, revision }, answers, remarks: [t('edit.remark', { title }), ...lines] } };
      },
    },
  );
