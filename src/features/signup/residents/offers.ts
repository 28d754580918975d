import { menu, command, menuChoices, tell, type Command, type Request } from '../../../command/index.js';
import type { Effect } from '../../../dialog/index.js';
import { asLocale } from '../../../i18n/index.js';
import {
  eventRefOf,
  freePlaces,
  seatedIn,
  seatsOf,
  type EventView,
  type ReadLocked,
  type SignUps,
  type SignUpView,
} from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import { details } from '../words/cards.js';
import { asWaiting, askable } from '../places/line.js';
import { readerOf } from '../words/menus.js';
import type { MineParts } from './mine.js';
import { namesOf } from '../words/tellings.js';

const hidden = { words: [], inGroup: 'privately', hidden: true } as const;

/** A sign-up that was offered a place, with the others it goes together with. */
interface Offered {
  readonly event: EventView;
  readonly theirs: readonly [SignUpView, ...SignUpView[]];
  /** The places are theirs: offered, or free all the same. */
  readonly room: boolean;
  /** Rank on the waiting list, from 1. */
  readonly rank: number;
}

/** Everybody who goes together with this sign-up, and whether there is room for them, under the event's lock. */
export async function findOffered(
  parts: { signUps: SignUps; readLocked: ReadLocked },
  tx: Tx,
  communityId: string,
  id: string,
): Promise<Offered | null> {
  const first = await parts.signUps.byId(tx, id);
  const ref = first && (await eventRefOf(tx, communityId, first.eventId));
  const event = ref ? await parts.readLocked(tx, communityId, ref) : null;
  const again = event ? await parts.signUps.byId(tx, id) : null;
  const scope = event?.scopes.find(({ key }) => key === again?.scope);
  if (!event || !again || !scope) return null;
  const everybody = await parts.signUps.ofEvent(tx, event.id);
  const others = everybody.filter(
    (one) => one.id !== id && again.pairKey !== null && one.pairKey === again.pairKey && one.scope === again.scope,
  );
  const theirs: [SignUpView, ...SignUpView[]] = [again, ...others];
  const waiting = theirs.filter(({ status }) => status === 'waiting');
  const free = freePlaces(scope.places);
  const seats = seatsOf(
    waiting.map((one) => asWaiting(event, one)),
    await seatedIn(tx, event, scope.key),
  );
  const line = await parts.signUps.waiting(tx, event.id, scope.key);
  // A free place that is about to be offered to others is not for whoever comes by.
  const at = line.findIndex((one) => one.id === id);
  const before = askable(line.slice(0, Math.max(0, at))).length;
  const rank = at + 1;
  return { event, theirs, room: waiting.length === 0 || (before === 0 && (free === null || seats <= free)), rank };
}

/** For those who see it among their sign-ups: whoever signed up, and the grown-ups of the child's family. */
const findMine = async (parts: MineParts, tx: Tx, { who, args, now }: Request): Promise<Offered | null> => {
  const found = await findOffered(parts, tx, who.communityId, args);
  if (!found || found.theirs[0].registrantId === who.personId) return found;
  return (await parts.signUps.ofPerson(tx, who.personId, now)).some(({ signUp }) => signUp.id === args) ? found : null;
};

/** Whoever signed up hears what somebody else of the family answered for them. */
function toRegistrant({ event, theirs }: Offered, about: 'takenBy' | 'declinedBy', { who, texts }: Request): Effect[] {
  const [{ id, revision, registrantId, registrantLocale }] = theirs;
  if (registrantId === who.personId) return [];
  const reader = { t: texts(registrantLocale), locale: asLocale(registrantLocale) };
  const text = reader.t(`signup.offer.${about}`, { who: who.name, names: namesOf(theirs, reader), title: event.title });
  return [tell({ personId: registrantId, kind: 'change', text, key: `${about}:${id}:${revision}` })];
}

/** `/take`: yes to an offer, also a late one as long as a place is free; one that is too late is remembered. */
export const takeCommand = (parts: MineParts): Command<Tx> =>
  command(
    { name: 'take', for: 'everyone', ...hidden },
    {
      load: (tx, request) => findMine(parts, tx, request),
      decide: (found, request) => {
        const { t, who } = request;
        const show = menuChoices(t, [{ label: t('signup.mine.show'), line: '/mine' }]);
        const [first] = found?.theirs ?? [];
        if (!found || !first || !['offered', 'waiting', 'confirmed', 'held'].includes(first.status))
          return menu(t('signup.cancel.notThere'), show);
        const { event, theirs, room, rank } = found;
        const names = namesOf(theirs, { t, locale: asLocale(who.locale) });
        if (first.status === 'confirmed' || first.status === 'held')
          return menu(t('signup.offer.already', { names, title: event.title }), show);
        if (!room)
          return {
            effects: [parts.effects.late.make({ signUpIds: theirs.map(({ id }) => id) })],
            ...menu(t('signup.offer.late', { title: event.title, rank }), show),
          };
        return {
          effects: [parts.effects.take.make({ signUps: theirs, eventId: event.id }), ...toRegistrant(found, 'takenBy', request)],
          ...menu([t('signup.offer.taken', { names, title: event.title }), ...details(event, readerOf(request))].join('\n'), show),
        };
      },
    },
  );

/** `/decline`: no to an offer; the next in line is asked. */
export const declineCommand = (parts: MineParts): Command<Tx> =>
  command(
    { name: 'decline', for: 'everyone', ...hidden },
    {
      load: (tx, request) => findMine(parts, tx, request),
      decide: (found, request) => {
        const { t } = request;
        const [first] = found?.theirs ?? [];
        if (!found || !first || !['offered', 'waiting'].includes(first.status))
          return menu(t('signup.cancel.notThere'), menuChoices(t, []));
        const { event, theirs } = found;
        const items = [{ label: t('signup.mine.look'), line: '/events' }];
        return {
          effects: [
            parts.effects.decline.make({ signUpIds: theirs.map(({ id }) => id), eventId: event.id, scope: first.scope }),
            ...toRegistrant(found, 'declinedBy', request),
          ],
          ...menu(t('signup.offer.declined', { title: event.title }), menuChoices(t, items)),
        };
      },
    },
  );

/** `/give`: staff give a free place to somebody who waits, shortly before the start. */
export const giveCommand = (parts: MineParts): Command<Tx> =>
  command(
    { name: 'give', for: 'staff', ...hidden },
    {
      load: (tx, { who, args }) => findOffered(parts, tx, who.communityId, args),
      decide: (found, { t, who }) => {
        const [first] = found?.theirs ?? [];
        if (!found || !first || !['offered', 'waiting'].includes(first.status)) return menu(t('signup.late.notThere'), menuChoices(t, []));
        const { event, theirs, room } = found;
        const back = menuChoices(t, [{ label: t('event.manage.roster'), line: `/roster ${event.ref}` }]);
        if (!room) return menu(t('signup.late.noRoom', { title: event.title }), back);
        const names = namesOf(theirs, { t, locale: asLocale(who.locale) });
        return {
          effects: [parts.effects.give.make({ signUps: theirs, eventId: event.id })],
          ...menu(t('signup.late.given', { names, title: event.title }), back),
        };
      },
    },
  );
