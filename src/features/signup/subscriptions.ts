import { touchCards } from '../../delivery/index.js';
import { on, type EventContext, type Subscription } from '../../events/index.js';
import { asLocale } from '../../i18n/index.js';
import { changeStatus, eventById } from '../../programme/index.js';
import type { Tx } from '../../storage/index.js';
import { serveLine, type LineParts } from './line.js';

/** What signing up does when something happened elsewhere. */
export function createSubscriptions(parts: LineParts): Subscription<Tx>[] {
  /** Without a guardian's consent a child is not signed up, and the place goes on. Whoever signed the child up hears of it. */
  const withoutConsent = async (
    tx: Tx,
    { dependantId, eventId, guardianId }: { dependantId: string; eventId: string; guardianId: string },
    { communityId, now }: EventContext,
  ): Promise<void> => {
    const event = await eventById(tx, eventId);
    const there = (await parts.signUps.ofEvent(tx, eventId)).filter(({ participant }) => participant === `d:${dependantId}`);
    for (const signUp of there) {
      const from = ['held', 'offered', 'confirmed', 'waiting', 'leaving'];
      if ((await changeStatus(tx, { id: signUp.id, from, to: 'cancelled', until: null, now })) === null) continue;
      await serveLine(tx, parts, { communityId, eventId, scope: signUp.scope, now, anew: true });
      if (signUp.registrantId === guardianId) continue;
      const community = await tx.community.findUniqueOrThrow({ where: { id: communityId } });
      const t = parts.texts(asLocale(signUp.registrantLocale ?? community.locale, 'zh-CN'));
      await parts.tell(tx, communityId, {
        personId: signUp.registrantId,
        kind: 'change',
        text: t('signup.withoutConsent', { name: signUp.name, title: event?.title ?? '' }),
        key: `withoutConsent:${signUp.id}:${signUp.revision}`,
      });
    }
    if (there.length > 0) await touchCards(tx, eventId);
  };

  return [
    on('consent.refused', withoutConsent),
    on('consent.withdrawn', withoutConsent),
    on('place.freed', async (tx, { eventId, scope }, { communityId, now }) => {
      await serveLine(tx, parts, { communityId, eventId, scope, now, anew: true });
      await touchCards(tx, eventId);
    }),
  ];
}
