import { menu, command, menuChoices, type Command, type FreeText, type Item, type Outcome, type Request } from '../../../command/index.js';
import type { Json } from '../../../dialog/index.js';
import {
  eventByRef,
  isOver,
  managedEvents,
  nextSession,
  type EventView,
  type SessionView,
  type SignUps,
} from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import { callsOff, meetingsMeant, readCallOff, type About } from '../../../understand/index.js';
import { schedule, whenNow } from '../words/cards.js';
import { canChange, contextOf, meantBy } from './changeNotice.js';
import { eventItems, readerOf } from '../words/menus.js';
import { leavable } from './noticeMenu.js';
import { staffOnly } from './manage.js';
import type { StatusEffects } from '../places/status.js';
import { concernedBy, peopleLine } from '../words/tellings.js';

const hidden = { words: [], hidden: true, ...staffOnly } as const;

/** Stops taking sign-ups, before the time. */
export const closeCommand = (effects: StatusEffects): Command<Tx> => toggle('close', 'published', effects.close);

/** Takes sign-ups again. */
export const reopenCommand = (effects: StatusEffects): Command<Tx> => toggle('reopen', 'closed', effects.reopen);

const toggle = (name: 'close' | 'reopen', from: string, effect: StatusEffects['close']): Command<Tx> =>
  command(
    { name, ...hidden },
    {
      load: (tx, { who, args }) => eventByRef(tx, who.communityId, args),
      decide: (event, { t, now }) => {
        const back = (ref: string) => menuChoices(t, [{ label: t('event.roster.manage'), line: `/manage-event ${ref}` }]);
        if (!event || isOver(event, now)) return menu(t('signup.gone'), menuChoices(t, []));
        // Pressed twice, or by two: it is as they wanted it.
        const effects = event.status === from ? [effect.make({ eventId: event.id })] : [];
        return { effects, ...menu(t(`event.${name}.done`, { title: event.title }), back(event.ref)) };
      },
    },
  );

/** `/call-off [event or words]`: cancel, move, or postpone until a new date is found; of a series also one session, and first the one that was written. */
export const callOffCommand = (signUps: SignUps): Command<Tx> =>
  command(
    { name: 'call-off', ...hidden },
    {
      load: async (tx, request) => {
        const { who, args, now } = request;
        const [ref = '', how = '', number = ''] = args.split(' ');
        const event = await eventByRef(tx, who.communityId, ref);
        const others = event ? [] : (await managedEvents(tx, who.communityId, now)).filter((one) => canChange(one, now));
        const said = event ? null : readCallOff(args);
        const meant = others.length === 1 || !said ? others : meantBy(others, said, request);
        const chosen = event ?? (meant.length === 1 ? (meant[0] ?? null) : null);
        return { event: chosen, how, number, said, meant, others, people: chosen ? await signUps.ofEvent(tx, chosen.id) : [] };
      },
      decide: ({ event, how, number, said, meant, others, people }, request) => {
        const { t, now, args } = request;
        if (args === 'leave') return menu(t('event.correction.left'), menuChoices(t, []));
        if (!event) {
          const listed = meant.length > 0 ? meant : others;
          if (listed.length === 0) return menu(t('event.none'), menuChoices(t, []));
          return asked(t('callOff.which'), eventItems(listed, request, 'call-off'), request);
        }
        if (!canChange(event, now)) return menu(t('callOff.already', { title: event.title }), menuChoices(t, []));
        const asking = (kind: 'cancel' | 'postpone' | 'drop', session?: string): { dialog: string; seed: Json; remarks?: string[] } => ({
          dialog: 'callOff',
          seed: { ref: event.ref, how: kind, ...(session === undefined ? {} : { session }) },
          // A new date may be found for what was postponed; the others are for good.
          ...(kind === 'postpone' ? {} : { remarks: [t(`callOff.forGood.${kind}`)] }),
        });
        if (how === 'cancel' || how === 'postpone') return { open: asking(how) };
        const ahead = event.sessions.filter(({ startsAt, postponed }) => postponed || startsAt > now);
        const session = ahead.find((one) => String(one.number) === number);
        if (how === 'drop' && session) return { open: asking('drop', session.id) };
        const sessions = (listed: readonly SessionView[]) =>
          listed.map((one) => ({
            label: t('event.session', { number: one.number, when: whenNow(one, readerOf(request)) }),
            line: `/call-off ${event.ref} drop ${one.number}`,
          }));
        if (how === 'drop') return asked(t('callOff.whichSession', { title: event.title }), sessions(ahead), request);
        const named = said ? namedIn(said.about, event, ahead, request) : null;
        const strange = named?.length === 0 ? [strangeLine(event, request)] : [];
        if (named && named.length !== 1 && ahead.length > 1) {
          const listed = sessions(named.length > 0 ? named : ahead);
          const others = { label: t('event.correction.session'), line: `/call-off ${event.ref} drop` };
          const shown = listed.length > mostListed ? [...listed.slice(0, mostListed - 1), others] : listed;
          const whole = { label: t('callOff.whole'), line: `/call-off ${event.ref}` };
          return asked([...strange, t('callOff.whichSession', { title: event.title })].join('\n'), [...shown, whole], request);
        }
        const [one] = ahead.length > 1 ? (named ?? []) : [];
        const all = { count: event.sessions.length };
        const series = event.sessions.length > 1;
        const items = [
          ...(one
            ? [
                { label: t('callOff.dropThis', { number: one.number }), line: `/call-off ${event.ref} drop ${one.number}` },
                { label: t('callOff.moveThis', { number: one.number }), line: `/move ${event.ref} ${one.number}` },
              ]
            : []),
          { label: series ? t('callOff.cancelAll', all) : t('callOff.cancel'), line: `/call-off ${event.ref} cancel` },
          ...(one ? [] : [{ label: t('callOff.move'), line: `/move ${event.ref}` }]),
          ...(event.status === 'postponed'
            ? []
            : [{ label: series ? t('callOff.postponeAll', all) : t('callOff.postpone'), line: `/call-off ${event.ref} postpone` }]),
          ...(ahead.length > 1 && !one ? [{ label: t('callOff.drop'), line: `/call-off ${event.ref} drop` }] : []),
        ];
        const about = [
          event.title,
          ...whenLines(event, one, request),
          ...strange,
          peopleLine(one ? concernedBy(people, one.id) : people, t),
          t('callOff.how'),
        ];
        return asked(about.join('\n'), items, request);
      },
    },
  );

/** So many sessions stand in a menu beside the whole event. */
const mostListed = 7;

const asked = (text: string, items: readonly Item[], { t }: Request): Outcome =>
  leavable(menu(text, menuChoices(t, items)), '/call-off leave');

/** The sessions that the words name; null where they name none. */
function namedIn(about: About, event: EventView, ahead: readonly SessionView[], request: Request): SessionView[] | null {
  const meant = meetingsMeant(about, ahead, event.title, contextOf(request));
  const narrowed = about.moments.length > 0 || meant.length < ahead.length;
  // 停课一次: one, and nobody has said which.
  return narrowed || (about.once && ahead.length > 1) ? meant : null;
}

/** The day that was written is none of the event's. */
const strangeLine = (event: EventView, request: Request): string =>
  request.t('event.correction.strange', { title: event.title, when: whenIs(event, request) });

const whenIs = (event: EventView, request: Request): string =>
  event.sessions.length > 1 ? schedule(event, readerOf(request)) : whenNow(nextSession(event, request.now), readerOf(request));

/** When it is: the session that is meant, and the event that it is one of. */
function whenLines(event: EventView, one: SessionView | undefined, request: Request): string[] {
  if (!one) return [whenIs(event, request)];
  const { t } = request;
  return [
    t('event.session', { number: one.number, when: whenNow(one, readerOf(request)) }),
    t('callOff.ofSeries', { count: event.sessions.length }),
  ];
}

/** Said of an event, not of somebody on its list. */
const ofEvent = /[课班营赛会节]|活动|讲座|演出|停办|不办|class|event|course/iu;

/** Staff write that something will not be, as they would to anybody: `明天沙尘，美术课不上了`. */
export const callOffText: FreeText = (text, { who }) => {
  if (!who.staff || !callsOff(text)) return null;
  const args = text.trim().replace(/\n+/gu, '，').replace(/\s+/gu, '');
  return { name: 'call-off', args, ...(ofEvent.test(text) ? { first: true } : {}) };
};
