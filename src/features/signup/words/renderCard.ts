import type { RenderCard } from '../../../delivery/index.js';
import type { Translate } from '../../../dialog/index.js';
import { asLocale } from '../../../i18n/index.js';
import { communityById } from '../../../people/index.js';
import { eventById, type SignUps } from '../../../programme/index.js';
import { eventCard } from './cards.js';

/** The card of an event as it stands now, in the community's language, with names or only numbers as the community chooses. */
export const renderEventCard =
  ({ signUps, texts, clock }: { signUps: SignUps; texts: (locale: string | null) => Translate; clock: () => number }): RenderCard =>
  async (tx, card) => {
    const event = await eventById(tx, card.eventId);
    if (!event) return null;
    if (card.withdrawn)
      return { text: texts((await communityById(tx, card.communityId)).locale)('signup.card.takenOut', { title: event.title }) };
    const { locale, namesOnCards } = await communityById(tx, card.communityId);
    const people = namesOnCards ? await signUps.ofEvent(tx, event.id) : [];
    // A held place is a number, and who waits need not be known to all.
    const names = people.filter(({ status }) => status === 'confirmed').map(({ name }) => name);
    return eventCard(event, { t: texts(locale), locale: asLocale(locale), now: clock() }, names);
  };
