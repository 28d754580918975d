import { command, type Command, type Item, type Outcome, type Request } from '../../../command/index.js';
import type { Say } from '../../../dialog/index.js';
import { takenOverIn, type Searches } from '../../../people/index.js';
import {
  eventByRef,
  eventsCalled,
  leavesOf,
  managedEvents,
  type EventView,
  type Rosters,
  type SignUps,
  type SignUpView,
} from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import { alikeAmong } from '../words/alike.js';
import { byWhom } from '../words/byWhom.js';
import { details, fullnessLines, moment } from '../words/cards.js';
import type { SignupEffects } from '../places/effects.js';
import { readerOf } from '../words/menus.js';
import { lookLine, namedLike, partOf, readLook, statesOf, type Look } from './rosterLook.js';
import { chooseEvent, staffOnly } from '../form/manage.js';
import { nameOf } from '../words/tellings.js';
import { ageAt } from '../words/wall.js';

/** People on one page of a roster; somebody in elder mode reads fewer at once. */
const perPage = { usual: 40, elder: 7 } as const;
/** So few people have a button each; of more the number is typed. */
const buttonsFor = 7;

/** What the commands of a roster work with. */
export interface RosterParts {
  readonly signUps: SignUps;
  readonly rosters: Rosters;
  readonly searches: Searches;
  readonly effects: SignupEffects;
}

interface Roster {
  readonly event: EventView;
  readonly people: readonly SignUpView[];
  /** Ids of the sign-ups that staff wrote something beside. */
  readonly noted: ReadonlySet<string>;
  /** Ids of the sign-ups that somebody looks after who did not sign them up. */
  readonly takenOver: ReadonlySet<string>;
  /** How many asked for leave, by session. */
  readonly leaves: ReadonlyMap<string, number>;
  readonly look: Look;
  /** What is looked for, for command lines; null: everybody. */
  readonly cursor: string | null;
}

/**
 * `/roster [EVENT | TITLE] [pPAGE] [=STATE] [~CURSOR | name]`: who comes and who waits, with full names; looking is written down. A number opens
 * that sign-up, a name looks for it. No line that leads on names anybody.
 */
export const rosterCommand = ({ signUps, rosters, searches, effects }: RosterParts): Command<Tx> =>
  command(
    { name: 'roster', words: ['名单', 'roster'], takesText: true, ...staffOnly },
    {
      load: async (tx, { who, args, now }) => {
        const [ref = ''] = args.split(/\s/u);
        const named = await eventByRef(tx, who.communityId, ref);
        const events = named ? [] : await managedEvents(tx, who.communityId, now);
        // Staff write what the event is called rather than look for its number.
        const [titled, ...more] = eventsCalled(events, args);
        const meant = titled && more.length === 0 ? titled : undefined;
        const event = named ?? meant ?? (events.length === 1 ? events[0] : undefined);
        if (!event) return { events, roster: null };
        const written = named ? args.slice(ref.length) : meant ? '' : args;
        const look = readLook(written, (cursor) => searches.open(who.personId, cursor));
        const people = await signUps.ofEvent(tx, event.id);
        const noted = new Set((await rosters.notesOf(tx, event.id)).keys());
        const takenOver = await takenOverIn(tx, who.communityId, [event.id]);
        const cursor = look.name === null ? null : searches.cursor(who.personId, look.name);
        const leaves = await leavesOf(tx, event);
        return { events, roster: { event, people, noted, takenOver, leaves, look, cursor } };
      },
      decide: ({ events, roster }, request) => {
        const { args, t } = request;
        if (!roster) {
          // Of several events a name is looked for in all of them.
          const name = events.length > 0 && !/^\d*$/u.test(args);
          return name ? { run: `/people ${args}` } : chooseEvent(events, request, 'roster', 'roster');
        }
        if (roster.look.number && args.includes(' ')) return { aside: t('event.roster.noNumber') };
        return { say: [rosterSay(roster, request)], effects: [effects.seen.make({ eventId: roster.event.id })] };
      },
    },
  );

function rosterSay(roster: Roster, request: Request): Say {
  const { event, people, leaves, look, cursor } = roster;
  const { t, who } = request;
  const { ref } = event;
  const reader = readerOf(request);
  const named = namedLike(people, look.name);
  const numbered = inOrder(event, people);
  const sought = new Set(named.filter(({ status }) => look.state === null || status === look.state));
  const found = numbered.filter(({ signUp }) => sought.has(signUp));
  const { page, pages, first, take } = partOf(found.length, look.page, who.elder ? perPage.elder : perPage.usual);
  const shown = found.slice(first, first + take);
  const head =
    look.name === null && look.state === null && page === 1
      ? [event.title, ...details(event, reader), ...fullnessLines(event, reader), ...leaveLines(event, leaves, request)]
      : [event.title];
  const how = [
    ...(look.name === null || found.length === 0 ? [] : [t('event.roster.found', { count: found.length })]),
    ...(look.state === null ? [] : [t('event.roster.only', { state: t(`event.roster.states.${look.state}`), count: found.length })]),
    ...(pages > 1 ? [t('event.roster.page', { page, pages })] : []),
  ];
  const nobody = people.length === 0 ? t('event.roster.none') : t('event.roster.nobody');
  const lines = found.length === 0 ? [nobody] : linesOf(shown, roster, request);
  const text = [...head, ...how, '', ...lines, ...(found.length === 0 ? [] : ['', t('event.roster.how')])].join('\n');
  const line = (to: Parameters<typeof lookLine>[0]) => `/roster ${ref} ${lookLine(to)}`.trim();
  const { state } = look;
  const numbers = shown.map(({ n, signUp }) => ({ n, name: nameOf(signUp, t), line: `/sign-up ${signUp.id}` }));
  const states = statesOf(named);
  const items: Item[] = [
    ...(pages > 1 ? [{ label: t('turn.more'), line: line({ page: (page % pages) + 1, state, cursor }) }] : []),
    ...(states.length > 1
      ? states.flatMap((one) =>
          one.state === state
            ? []
            : [{ label: `${t(`event.roster.states.${one.state}`)} ${one.count}`, line: line({ state: one.state, cursor }) }],
        )
      : []),
    ...(state !== null || cursor !== null ? [{ label: t('event.roster.all', { count: people.length }), line: `/roster ${ref}` }] : []),
    ...(people.length > 0 ? [{ label: t('event.roster.find'), line: `/find ${ref}` }] : []),
    { label: t('event.roster.manage'), line: `/manage-event ${ref}` },
  ];
  return {
    text,
    choices: [
      ...(numbers.length <= buttonsFor ? numbers.map(({ n, name, line: value }) => ({ label: `${n}. ${name}`, value })) : []),
      ...numbers.map(({ n, line: value }) => ({ label: String(n), value, typed: true as const })),
      ...items.map(({ label, line: value }) => ({ label, value })),
      { key: '0', label: t('turn.back'), value: '/start' },
    ],
    ...(people.length > 0 ? { nameGoesTo: line({ state, cursor: null }) } : {}),
  };
}

/** Somebody with the number that they have in the whole roster, whatever is looked for. */
interface Numbered {
  readonly n: number;
  readonly signUp: SignUpView;
}

/** Session by session where one signs up for single ones, each in the order of arrival. */
const inOrder = ({ scopes }: EventView, people: readonly SignUpView[]): Numbered[] =>
  scopes.flatMap(({ key }) => people.filter(({ scope }) => scope === key)).map((signUp, at) => ({ n: at + 1, signUp }));

/** The numbered lines of a page, each session under its head. */
function linesOf(shown: readonly Numbered[], { event, people, noted, takenOver }: Roster, request: Request): string[] {
  const { t } = request;
  const alike = alikeAmong(people);
  return shown.flatMap(({ n, signUp: one }, at) => {
    const [session] = event.scopes.find(({ key }) => key === one.scope)?.sessions ?? [];
    const heads = event.signUpFor === 'single' && session !== undefined && shown[at - 1]?.signUp.scope !== one.scope;
    const when = heads ? moment(session.startsAt, session.timeZone, readerOf(request)) : '';
    const head = heads ? [t('event.roster.session', { number: session.number, when })] : [];
    const note = noted.has(one.id) ? t('event.roster.noted') : '';
    const hint = alike.has(one.id) ? t('event.roster.alike') : '';
    return [...head, `${rosterLine(one, n, takenOver.has(one.id), event, request)}${note}${hint}`];
  });
}

/** How old a child will be on the first day; empty for a grown-up, whose age is not asked. */
export const ageOf = ({ birthDate }: SignUpView, { sessions: [first] }: EventView, t: Request['t']): string =>
  birthDate === null ? '' : t('event.roster.age', { age: ageAt(birthDate, first) });

/** Somebody's state where it is not simply a place. */
export function stateOf({ status, until }: SignUpView, { sessions: [{ timeZone }] }: EventView, request: Request): string {
  const time = until === null ? '' : moment(until, timeZone, readerOf(request));
  return request.t(`signup.status.${status}`, { until: time });
}

/** Who has asked for leave, in numbers: the place is theirs, and they do not come to that session. */
const leaveLines = ({ sessions }: EventView, leaves: ReadonlyMap<string, number>, { t }: Request): string[] =>
  sessions.flatMap(({ id, number }) => {
    const count = leaves.get(id) ?? 0;
    if (count === 0) return [];
    return [sessions.length > 1 ? t('event.roster.leave', { number, count }) : t('event.roster.leaveOnly', { count })];
  });

function rosterLine(person: SignUpView, n: number, takenOver: boolean, event: EventView, request: Request): string {
  const { t } = request;
  const status = person.status === 'confirmed' ? '' : t('event.roster.status', { status: stateOf(person, event, request) });
  return t('event.roster.line', { n, name: nameOf(person, t), age: ageOf(person, event, t), status, by: byWhom(person, takenOver, t) });
}

/** `/find EVENT`: asks whom to look for; the name that is typed then goes to the roster. */
export const findCommand = (): Command<Tx> =>
  command(
    { name: 'find', words: [], hidden: true, ...staffOnly },
    {
      load: (tx, { who, args }) => eventByRef(tx, who.communityId, args),
      decide: (event, { t }): Outcome => {
        if (!event) return { run: '/people' };
        const all = { label: t('event.roster.whole'), value: `/roster ${event.ref}` };
        const choices = [all, { key: '0', label: t('turn.back'), value: `/roster ${event.ref}` }];
        return { say: [{ text: t('event.roster.whom'), choices, nameGoesTo: `/roster ${event.ref}` }] };
      },
    },
  );
