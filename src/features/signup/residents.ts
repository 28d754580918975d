import {
  command,
  menuChoices,
  openListMs,
  pagesOf,
  tell,
  type Command,
  type Item,
  type Outcome,
  type Request,
} from '../../command/index.js';
import type { Say } from '../../dialog/index.js';
import { asLocale, type Locale } from '../../i18n/index.js';
import type { Tx } from '../../storage/index.js';
import { details, fullness, shortTitle, when, type Reader } from './cards.js';
import type { SignupEffects } from './effects.js';
import { promotable } from './rules.js';
import { cardsIn, eventByRef, openEvents, type ReadLocked, type SignUps } from './store.js';
import { isOpen, type EventView, type SignUpView } from './view.js';

/** The reader behind a request. */
export const readerOf = ({ t, who, now }: Request): Reader => ({ t, now, locale: asLocale(who.locale, 'zh-CN') });

/** A menu under one text. */
const menu = (text: string, choices: NonNullable<Say['choices']>): Outcome => ({ say: [{ text, choices }] });

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

/** Entries of a menu of events, each leading to a command with the event's reference. */
export const eventItems = (events: readonly EventView[], request: Request, name: string): Item[] =>
  events.map((event) => ({
    label: `${when(event, readerOf(request)).slice(0, 30)} ${shortTitle(event.title)}`,
    line: `/${name} ${event.ref}`,
  }));

/** One event with its places; reached from `/events`. */
export const eventCommand = (): Command<Tx> =>
  command(
    { name: 'event', words: [], for: 'everyone', inGroup: 'privately', hidden: true },
    {
      load: (tx, { who, args }) => eventByRef(tx, who.communityId, args),
      decide: (event, request) => {
        const { t, now } = request;
        if (!event) return menu(t('signup.gone'), menuChoices(t, []));
        const text = [event.title, ...details(event, readerOf(request)), fullness(event, t)].join('\n');
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
        const cards = from ? await cardsIn(tx, from.address, { since: now - openListMs, now }) : [];
        const answered = cards.find(({ messageId }) => messageId !== null && messageId === from?.messageId);
        const recent = cards.filter((card) => card.recent && card.open);
        // A short number is a page of the list, never a reference.
        const named = args !== '' && !/^\d{1,3}$/u.test(args);
        const ref = named ? args : (answered?.ref ?? (recent.length === 1 ? recent[0]?.ref : undefined));
        return {
          event: ref === undefined ? null : await eventByRef(tx, who.communityId, ref),
          named,
          open: await openEvents(tx, who.communityId, now),
        };
      },
      decide: ({ event, named, open }, request) => {
        const { t, from, now } = request;
        if (event && !isOpen(event, now)) {
          const closed = t(event.session.endsAt <= now ? 'signup.over' : 'signup.closed', { title: event.title });
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
              remarks: [t('signup.remark', { title: chosen.title, when: when(chosen, readerOf(request)) })],
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

/** `/mine`: what I signed up, and giving a place back. */
export const mineCommand = (signUps: SignUps): Command<Tx> =>
  command(
    { name: 'mine', words: ['我的报名', '取消报名', 'my sign-ups', 'mine'], for: 'everyone', inGroup: 'privately' },
    {
      load: (tx, { who, now }) => signUps.ofPerson(tx, who.personId, now),
      decide: (mine, request) => {
        const { t, args } = request;
        if (mine.length === 0) return menu(t('signup.mine.none'), menuChoices(t, [{ label: t('signup.mine.look'), line: '/events' }]));
        const lines = mine.map(({ signUp, event }) =>
          t('signup.mine.line', {
            name: signUp.name,
            title: event.title,
            when: when(event, readerOf(request)),
            status: t(`signup.status.${signUp.status}`),
          }),
        );
        const items = mine.map(({ signUp, event }) => ({
          label: t('signup.mine.cancel', { name: signUp.name, title: shortTitle(event.title, 12) }),
          line: `/mine-cancel ${signUp.id}`,
        }));
        return menu([t('signup.mine.some'), ...lines].join('\n'), menuChoices(t, items, pagesOf('mine', args)));
      },
    },
  );

/** Asks before a place is given back. */
export const mineCancelCommand = (signUps: SignUps): Command<Tx> =>
  command(
    { name: 'mine-cancel', words: [], for: 'everyone', inGroup: 'privately', hidden: true },
    {
      load: async (tx, { who, now, args }) => (await signUps.ofPerson(tx, who.personId, now)).find(({ signUp }) => signUp.id === args),
      decide: (found, request) => {
        const { t } = request;
        if (!found) return menu(t('signup.cancel.notThere'), menuChoices(t, [{ label: t('signup.mine.look'), line: '/events' }]));
        const { signUp, event } = found;
        return menu(t('signup.cancel.sure', { name: signUp.name, title: event.title, when: when(event, readerOf(request)) }), [
          { key: '1', label: t('signup.cancel.yes'), value: `/mine-cancel-yes ${signUp.id}` },
          { key: '0', label: t('signup.cancel.no'), value: '/mine' },
        ]);
      },
    },
  );

/** Gives a place back; the first who waits gets it in the same transaction, and is told. */
export const mineCancelYesCommand = (parts: { signUps: SignUps; effects: SignupEffects; readLocked: ReadLocked }): Command<Tx> =>
  command(
    { name: 'mine-cancel-yes', words: [], for: 'everyone', inGroup: 'privately', hidden: true },
    {
      load: async (tx, { who, now, args }) => {
        const mine = (await parts.signUps.ofPerson(tx, who.personId, now)).find(({ signUp }) => signUp.id === args);
        if (!mine) return null;
        const event = await parts.readLocked(tx, who.communityId, mine.event.ref);
        // Read again: between the first look and the lock somebody may have changed the list.
        const again = (await parts.signUps.ofPerson(tx, who.personId, now)).find(({ signUp }) => signUp.id === args);
        return event && again ? { event, signUp: again.signUp, waiting: await parts.signUps.waiting(tx, event.id, 20) } : null;
      },
      decide: (found, request) => {
        const { t } = request;
        if (!found) return menu(t('signup.cancel.notThere'), menuChoices(t, []));
        const { event, signUp } = found;
        const next = followers(found, request.now);
        return {
          effects: [
            parts.effects.cancel.make({ eventId: event.id, signUpId: signUp.id, promote: next.map(({ id }) => id) }),
            ...next.map((follower) => promotion(follower, event, request)),
          ],
          ...menu(
            t('signup.cancel.done', { name: signUp.name, title: event.title }),
            menuChoices(t, [{ label: t('signup.mine.show'), line: '/mine' }]),
          ),
        };
      },
    },
  );

/** Who gets a place when one sign-up is cancelled. Nobody does once the event has begun. */
function followers(
  { event, signUp, waiting }: { event: EventView; signUp: SignUpView; waiting: readonly SignUpView[] },
  now: number,
): SignUpView[] {
  if (!isOpen(event, now) || signUp.status === 'waiting') return [];
  const { capacity, taken } = event.session;
  const others = waiting.filter(({ id }) => id !== signUp.id);
  return others.slice(0, promotable({ capacity, taken: taken - 1, waiting: others.length }));
}

/** The good news for whoever signed up the next in line, in their own language. */
function promotion(follower: SignUpView, event: EventView, { texts, who, now }: Request) {
  const locale: Locale = asLocale(follower.registrantLocale ?? who.communityLocale, 'zh-CN');
  const t = texts(locale);
  const text = [t('signup.promoted', { name: follower.name, title: event.title }), ...details(event, { t, locale, now })].join('\n');
  return tell({ personId: follower.registrantId, kind: 'confirmation', text, key: `promoted:${follower.id}:${follower.position}` });
}
