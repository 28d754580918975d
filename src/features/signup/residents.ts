import { command, menuChoices, openListMs, pagesOf, type Command } from '../../command/index.js';
import { eventByRef, isOpen, isOver, openEvents } from '../../programme/index.js';
import type { Tx } from '../../storage/index.js';
import { details, fullnessLines } from './cards.js';
import { cardsIn } from './chats.js';
import type { SignupEffects } from './effects.js';
import { eventItems, menu, readerOf } from './menus.js';

/** `/events`: what is on. */
export const eventsCommand = (): Command<Tx> =>
  command(
    { name: 'events', words: ['活动', '有什么活动', 'events'], for: 'everyone', inGroup: 'privately' },
    {
      load: (tx, { who, now }) => openEvents(tx, who.communityId, now),
      decide: (events, request) => {
        const { t, args } = request;
        if (events.length === 0) return menu(t('signup.events.none'), menuChoices(t, []));
        return menu(
          t('signup.events.some', { count: events.length }),
          menuChoices(t, eventItems(events, request, 'event'), pagesOf('events', args)),
        );
      },
    },
  );

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
        return menu(text, menuChoices(t, isOpen(event, now) ? [{ label: t('signup.card.join'), line: `/join ${event.ref}` }] : []));
      },
    },
  );

/** `/join`: by a card, under a card, by name of the event's reference, or simply 报名. */
export const joinCommand = (effects: SignupEffects): Command<Tx> =>
  command(
    { name: 'join', words: ['报名', '我要报名', '我报名', '+1', 'join', 'sign up'], for: 'everyone', inGroup: 'privately', onCards: true },
    {
      load: async (tx, request) => {
        const { who, args, from, now } = request;
        const open = await openEvents(tx, who.communityId, now);
        const cards = from ? await cardsIn(tx, from.address, now - openListMs) : [];
        const answered = cards.find(({ messageId }) => messageId !== null && messageId === from?.messageId);
        const recent = cards.filter((card) => card.recent && open.some((event) => event.ref === card.ref && isOpen(event, now)));
        // A short number is a page of the list, never a reference.
        const named = args !== '' && !/^\d{1,3}$/u.test(args);
        const ref = named ? args : (answered?.ref ?? (recent.length === 1 ? recent[0]?.ref : undefined));
        return { event: ref === undefined ? null : await eventByRef(tx, who.communityId, ref), named, open };
      },
      decide: ({ event, named, open }, request) => {
        const { t, from, now } = request;
        if (event && !isOpen(event, now)) {
          const begun = event.sessions.every(({ startsAt }) => startsAt <= now);
          const why =
            event.status === 'cancelled' || event.status === 'postponed'
              ? event.status
              : isOver(event, now)
                ? 'over'
                : begun
                  ? 'begun'
                  : 'closed';
          const closed = t(`signup.${why}`, { title: event.title });
          return { ...menu(closed, menuChoices(t, [])), notice: closed };
        }
        const only = open.length === 1 ? open[0] : undefined;
        const chosen = event ?? (from ? undefined : only);
        if (chosen) {
          return {
            // A press proves that the card arrived, and under which id.
            ...(from?.pressed && from.messageId !== undefined
              ? { effects: [effects.pressed.make({ eventId: chosen.id, address: from.address, messageId: from.messageId })] }
              : {}),
            line: `/join ${chosen.ref}`,
            open: {
              dialog: 'signup',
              seed: { ref: chosen.ref },
            },
            ...(from ? { notice: t('signup.goPrivate') } : {}),
            ...(from && !from.pressed ? { inGroup: t('signup.goPrivate') } : {}),
          };
        }
        // 报名 by itself in a group counts only while exactly one list is open; otherwise nobody was speaking to the bot.
        if (from?.bare) return {};
        if (named || open.length === 0) return menu(t(named ? 'signup.gone' : 'signup.events.none'), menuChoices(t, []));
        return menu(t('signup.which'), menuChoices(t, eventItems(open, request, 'join'), pagesOf('join', request.args)));
      },
    },
  );
