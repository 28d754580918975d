import { z } from 'zod';
import { effect } from '../../../command/index.js';
import { touchCards } from '../../../delivery/index.js';
import { asLocale } from '../../../i18n/index.js';
import { eventById, isAhead, nextSending, waitApart, type EventView } from '../../../programme/index.js';
import type { Job, PlannedOccurrence } from '../../../schedule/index.js';
import type { Tx } from '../../../storage/index.js';
import { serveLine, type LineParts } from './line.js';
import { namesOf } from '../words/tellings.js';

const dayMs = 24 * 60 * 60 * 1000;

/** When two who wait together are asked whether one place would do: a day before signing up ends, or before it begins (ms). */
const askAt = ({ deadlineAt, sessions: [{ startsAt }] }: EventView): number => (deadlineAt ?? startsAt) - dayMs;

/** Plans that question; null where less than a day is left. */
export function pairAsked(event: EventView, communityId: string, pairKey: string, now: number): PlannedOccurrence | null {
  const dueAt = askAt(event);
  if (dueAt <= now) return null;
  return { key: `pair.ask:${pairKey}:${dueAt}`, communityId, kind: 'pair.ask', dueAt, payload: { eventId: event.id, pairKey } };
}

const payloadOf = z.object({ eventId: z.string(), pairKey: z.string() });

/** Two who go together or not at all, and for whom there was no room: once, a day before the end, they are asked whether one would do. */
export function createPairs(parts: LineParts) {
  const { planner, signUps, tell, texts } = parts;

  const apart = effect<Tx, { pairKey: string; eventId: string; scope: string }>(
    'pair.apart',
    async (tx, { pairKey, eventId, scope }, { communityId, now }) => {
      await waitApart(tx, pairKey);
      await serveLine(tx, parts, { communityId, eventId, scope, now, anew: false });
      await touchCards(tx, eventId);
    },
  );

  const ask: Job = async (tx, { payload, communityId, now }) => {
    const { eventId, pairKey } = payloadOf.parse(payload);
    const event = await eventById(tx, eventId);
    const theirs = await signUps.together(tx, pairKey);
    const [first] = theirs;
    const scope = event?.scopes.find(({ key }) => key === first?.scope);
    if (!event || !first || !scope || theirs.length < 2 || !isAhead(event, scope, now)) return;
    // The deadline was put off meanwhile: the question waits along.
    const later = pairAsked(event, communityId, pairKey, now);
    if (later) return void (await planner.plan(tx, [later]));
    const t = texts(first.registrantLocale);
    const names = namesOf(theirs, { t, locale: asLocale(first.registrantLocale) });
    await tell(tx, communityId, {
      personId: first.registrantId,
      kind: 'confirmation',
      text: t('signup.pair.ask', { names, title: event.title }),
      key: `pair:${pairKey}`,
      choices: [
        { key: '1', label: t('signup.pair.apart'), value: `/apart ${first.id}` },
        { key: '0', label: t('signup.pair.keep'), value: `/keep-together ${first.id}` },
      ],
      asksYes: true,
      notBefore: nextSending(now, event.sessions[0].timeZone),
      expiresAt: event.sessions[0].startsAt,
    });
  };

  return { effects: { apart }, jobs: { 'pair.ask': ask } };
}

/** The effects by name. */
export type PairEffects = ReturnType<typeof createPairs>['effects'];
