import { menu, command, menuChoices, type Command, type FreeText } from '../../command/index.js';
import type { Json } from '../../dialog/index.js';
import { eventByRef, isOver, managedEvents, nextSession, type EventView, type SignUps } from '../../programme/index.js';
import type { Tx } from '../../storage/index.js';
import { whenNow } from './cards.js';
import { callsOff } from './changeNotice.js';
import { eventItems, readerOf } from './menus.js';
import { namedBest } from './search.js';
import { staffOnly } from './staff.js';
import type { StatusEffects } from './status.js';
import { peopleLine } from './tellings.js';

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

/** `/call-off [event or words]`: cancel, move, or postpone until a new date is found; of a series also one session. */
export const callOffCommand = (signUps: SignUps): Command<Tx> =>
  command(
    { name: 'call-off', ...hidden },
    {
      load: async (tx, { who, args, now }) => {
        const [ref = '', how = '', number = ''] = args.split(' ');
        const event = await eventByRef(tx, who.communityId, ref);
        const others = event ? [] : (await managedEvents(tx, who.communityId, now)).filter((one) => canBeCalledOff(one, now));
        const meant = others.length === 1 ? others : namedBest(args, others);
        const chosen = event ?? (meant.length === 1 ? (meant[0] ?? null) : null);
        return { event: chosen, how, number, meant, others, people: chosen ? await signUps.ofEvent(tx, chosen.id) : [] };
      },
      decide: ({ event, how, number, meant, others, people }, request) => {
        const { t, now } = request;
        if (!event) {
          const listed = meant.length > 0 ? meant : others;
          if (listed.length === 0) return menu(t('event.none'), menuChoices(t, []));
          return menu(t('callOff.which'), menuChoices(t, eventItems(listed, request, 'call-off')));
        }
        if (!canBeCalledOff(event, now)) return menu(t('callOff.already', { title: event.title }), menuChoices(t, []));
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
        if (how === 'drop') {
          const items = ahead.map((one) => ({
            label: t('event.session', { number: one.number, when: whenNow(one, readerOf(request)) }),
            line: `/call-off ${event.ref} drop ${one.number}`,
          }));
          return menu(t('callOff.whichSession', { title: event.title }), menuChoices(t, items));
        }
        const items = [
          { label: t('callOff.cancel'), line: `/call-off ${event.ref} cancel` },
          { label: t('callOff.move'), line: `/move ${event.ref}` },
          ...(event.status === 'postponed' ? [] : [{ label: t('callOff.postpone'), line: `/call-off ${event.ref} postpone` }]),
          ...(ahead.length > 1 ? [{ label: t('callOff.drop'), line: `/call-off ${event.ref} drop` }] : []),
        ];
        const about = [event.title, whenNow(nextSession(event, now), readerOf(request)), peopleLine(people, t), t('callOff.how')];
        return menu(about.join('\n'), menuChoices(t, items));
      },
    },
  );

const canBeCalledOff = (event: EventView, now: number): boolean =>
  ['published', 'closed', 'postponed'].includes(event.status) && !isOver(event, now);

/** Staff write that something will not be, as they would to anybody: `明天沙尘，美术课不上了`. */
export const callOffText: FreeText = (text, { who }) =>
  who.staff && callsOff(text) ? { name: 'call-off', args: text.replace(/\s+/gu, '') } : null;
