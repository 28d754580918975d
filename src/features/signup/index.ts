import type { Address } from '../../chat/index.js';
import type { EffectContext, Feature } from '../../command/index.js';
import { touchCards, type RenderCard } from '../../delivery/index.js';
import type { Translate } from '../../dialog/index.js';
import { asLocale } from '../../i18n/index.js';
import type { Families } from '../../people/index.js';
import type { Job, Planner } from '../../schedule/index.js';
import type { Tx } from '../../storage/index.js';
import { z } from 'zod';
import { eventCard } from './cards.js';
import { createEffects } from './effects.js';
import { eventRoom } from './event.dialog.js';
import { sessionFields } from './fields.js';
import { moveRoom } from './move.dialog.js';
import { eventCommand, eventsCommand, joinCommand, mineCancelCommand, mineCancelYesCommand, mineCommand } from './residents.js';
import { signupRoom } from './signup.dialog.js';
import { announcementText, manageCommand, manageEventCommand, moveCommand, newCommand, postAgainCommand, rosterCommand } from './staff.js';
import { createSignUps, eventById, readLocked, type ReadLocked } from './store.js';

export { eventByRef, type ReadLocked } from './store.js';

const eventOf = z.object({ eventId: z.string() });

/** Signing up for events and running them: commands, dialogs, effects, the card of an event and what happens when it ends. */
export interface Signup extends Feature<Tx> {
  readonly renderCard: RenderCard;
  /** Publishes an event without a talk, as the sample community does. Dates "YYYY-MM-DD", times "HH:MM". */
  publish(tx: Tx, event: NewEvent, context: EffectContext): Promise<void>;
  readonly jobs: { readonly 'session.start': Job; readonly 'session.end': Job };
}

/** An event as it is published without a talk. */
export interface NewEvent {
  readonly title: string;
  readonly bring: string | null;
  readonly minAge: number | null;
  readonly maxAge: number | null;
  readonly capacity: number | null;
  readonly timeZone: string;
  readonly date: string;
  readonly start: string;
  readonly end: string | null;
  readonly place: string;
  readonly groups: readonly Address[];
}

/** Builds the feature. `readLocked` is there so that a test can take the guard away and see the oversell. */
export function createSignup(parts: {
  families: Families;
  planner: Planner;
  newRef: () => string;
  texts: (locale: string | null) => Translate;
  clock: () => number;
  readLocked?: ReadLocked;
}): Signup {
  const { families, texts, clock, readLocked: read = readLocked } = parts;
  const effects = createEffects(parts);
  const locked = { readLocked: read };
  const signUps = createSignUps(families);
  return {
    name: 'signup',
    commands: [
      eventsCommand(),
      joinCommand(effects),
      mineCommand(signUps),
      newCommand(),
      manageCommand(),
      rosterCommand(signUps, effects),
      eventCommand(),
      mineCancelCommand(signUps),
      mineCancelYesCommand({ signUps, effects, ...locked }),
      manageEventCommand(),
      moveCommand(),
      postAgainCommand(),
    ],
    dialogs: [signupRoom({ families, signUps, effects, ...locked }), eventRoom(effects), moveRoom({ effects, signUps, ...locked })],
    freeText: [announcementText],
    effects: Object.values(effects).map(({ runner }) => runner),
    publish: (tx, { date, start, end, place, ...about }, context) => {
      const session = sessionFields({ date, start, end, place, timeZone: about.timeZone });
      const { runner, make } = effects.publish;
      return runner.run(tx, make({ ...about, session }), context);
    },
    renderCard: async (tx, card) => {
      const event = await eventById(tx, card.eventId);
      if (!event) return null;
      const { locale } = await tx.community.findUniqueOrThrow({ where: { id: card.communityId } });
      return eventCard(event, { t: texts(locale), locale: asLocale(locale, 'zh-CN'), now: clock() });
    },
    jobs: {
      // From the start on nobody can sign up, and the card says so.
      'session.start': async (tx, { payload }) => touchCards(tx, eventOf.parse(payload).eventId),
      'session.end': async (tx, { payload }) => {
        const { eventId } = eventOf.parse(payload);
        await tx.event.updateMany({ where: { id: eventId, status: 'published' }, data: { status: 'ended' } });
        await touchCards(tx, eventId);
      },
    },
  };
}
