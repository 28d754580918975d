import type { Adapter, Inbound, Receipt } from './chat/index.js';
import { createRegistry, parseWord, type Feature } from './command/index.js';
import { createOutbox, createSender, type RenderPaper } from './delivery/index.js';
import { createEvents, type Subscription } from './events/index.js';
import { createAttendance } from './features/attendance/index.js';
import { createCommunityFeature, sentence } from './features/community/index.js';
import { createMyData } from './features/mydata/index.js';
import { createProfile } from './features/profile/index.js';
import { createSignup, type Signup } from './features/signup/index.js';
import { asLocale, type Locale, type Texts, type Translate } from './i18n/index.js';
import type { Ids } from './ids.js';
import { faultFields, type Log } from './log.js';
import {
  createCodes,
  createFamilies,
  createGuests,
  createOwnAnswers,
  createHouseholds,
  createInvitations,
  createNotes,
  createSearches,
  createPlaceCodes,
  createTasks,
  createUnreached,
  purgeProofs,
  renameChat,
  suspend,
} from './people/index.js';
import type { ReadLocked } from './programme/index.js';
import { createPlanner, createPurge, createScheduler, everySecond, firstPurge, purgeKind, type Cron } from './schedule/index.js';
import type { Sealer } from './seal/index.js';
import { copyDays, createTidier, webTraces, type Storage, type Tx } from './storage/index.js';
import { createTell, createTurns, tellRunner } from './turn/index.js';

/** What the core is made of; everything that touches the world comes in from outside. */
export interface AppParts {
  readonly storage: Storage;
  readonly sealer: Sealer;
  readonly adapters: readonly Adapter[];
  readonly texts: Texts;
  readonly locale: Locale;
  /** ms since the epoch */
  readonly clock: () => number;
  readonly ids: Ids;
  readonly log: Log;
  /** Drives what becomes due; every second unless a test ticks by itself. */
  readonly cron?: Cron;
  /** Further features, such as a test's own. */
  readonly extra?: readonly Feature<Tx>[];
  /** Further subscribers to domain events, such as a test's own. */
  readonly subscriptions?: readonly Subscription<Tx>[];
  /** For the test that takes the guard against overselling away. */
  readonly readLocked?: ReadLocked;
  readonly maxBatch?: number;
  /** Shortest time between two edits of cards in one chat, ms. */
  readonly minEditMs?: number;
}

/** The core: every feature registered, turns, outbox and schedule joined. */
export interface App {
  readonly signup: Signup;
  /** Takes one update, as an adapter would hand it over. */
  receive(inbound: Inbound): Promise<Receipt>;
  /** Takes up what an earlier process left, then lets the adapters begin. */
  start(): Promise<void>;
  /** Does what is due now: jobs, and turns that wait for another try. */
  tick(): Promise<void>;
  /** Resolves when nothing is under way and nothing is due: for tests and for the terminal. */
  settle(): Promise<void>;
  /** Takes no more updates, lets turns finish and replies leave, within 10 s. May be called again. */
  stop(): Promise<void>;
}

/** Builds the core. No network, no timers of its own but the schedule's tick, injected clock and ids. */
export function createApp(parts: AppParts): App {
  const { storage, sealer, adapters, clock, ids, log, cron = everySecond } = parts;
  const texts = (locale: string | null): Translate => parts.texts.in(asLocale(locale, parts.locale));
  const outbox = createOutbox({ sealer, clock });
  const planner = createPlanner({ sealer });
  const families = createFamilies(sealer);
  const guests = createGuests(sealer);
  const notes = createNotes(sealer);
  const ownAnswers = createOwnAnswers(sealer);
  const tell = createTell({ outbox, sealer, newToken: ids.token, clock });
  const invitations = createInvitations({ codes: createCodes({ sealer, make: ids.code }), sealer });
  const events = createEvents<Tx>();
  const tasks = createTasks(sealer);
  const pins = createCodes({ sealer, make: ids.pin });
  const signup = createSignup({
    families,
    guests,
    notes,
    searches: createSearches(sealer),
    ownAnswers,
    codes: pins,
    tasks,
    unreached: createUnreached(sealer),
    emit: events.emit,
    planner,
    tell,
    newRef: ids.ref,
    texts,
    clock,
    calls: (text) => parseWord(text, registry.commands) !== null,
    ...(parts.readLocked ? { readLocked: parts.readLocked } : {}),
  });
  const attendance = createAttendance({
    families,
    guests,
    ownAnswers,
    codes: createPlaceCodes({ sealer, make: ids.placeCode }),
    ...(parts.readLocked ? { readLocked: parts.readLocked } : {}),
  });
  const community = createCommunityFeature({ codes: createCodes({ sealer, make: ids.code }), invitations, texts });
  const profile = createProfile({
    families,
    ownAnswers,
    households: createHouseholds(families),
    codes: pins,
    tasks,
    invitations,
    emit: events.emit,
    tell,
    texts,
    commands: () => registry.commands,
    codeCommand: (kind) => registry.command(registry.codes.get(kind) ?? ''),
  });
  const tidier = createTidier(storage, clock);
  const mydata = createMyData({
    families,
    guests,
    notes,
    ownAnswers,
    planner,
    tidier,
    sentence,
    beforeErase: (tx, personId) => signup.leaveAll(tx, personId),
    traces: { web: webTraces },
    copyDays,
  });
  events.add([...signup.subscriptions, ...profile.subscriptions, ...(parts.subscriptions ?? [])]);
  const core: Feature<Tx> = { name: 'turn', commands: [], dialogs: [], effects: [tellRunner(tell)] };
  const registry = createRegistry<Tx>([signup, attendance, profile, community, mydata, core, ...(parts.extra ?? [])]);

  const renderPaper: RenderPaper = async ({ name, args, locale }, communityId) => {
    const t = texts(locale);
    const draw = await storage.transaction((tx) => registry.paper(name)(tx, args, { communityId, now: clock(), texts, locale }), {
      snapshot: true,
    });
    if (draw === null) return { gone: t('file.gone') };
    const file = await draw();
    return { file: { ...file, instead: t('file.instead', { name: file.name }) } };
  };

  const sender = createSender({
    storage,
    sealer,
    adapters,
    clock,
    log,
    renderCard: signup.renderCard,
    renderPaper,
    hooks: { onBlocked: suspend, onMigrated: renameChat },
    ...(parts.minEditMs === undefined ? {} : { minEditMs: parts.minEditMs }),
  });
  const turns = createTurns({
    storage,
    sealer,
    outbox,
    registry,
    texts,
    clock,
    log,
    newId: ids.id,
    newToken: ids.token,
    newFaultId: ids.fault,
    beforeRecognised: community.beforeRecognised,
    ...(parts.maxBatch === undefined ? {} : { maxBatch: parts.maxBatch }),
    committed: (replies) => {
      sender.sendNow(replies);
      sender.poke();
    },
  });
  const tickAll = async (jobs: () => Promise<void>): Promise<void> => {
    await jobs();
    await tidier.run().catch((fault: unknown) => log.error(faultFields(fault), 'the files could not be tidied'));
    // The database may be away for a while; the next tick tries again.
    await turns.retryDue().catch((fault: unknown) => log.error(faultFields(fault), 'what waits for another try could not be read'));
  };
  const purge = createPurge({ planner });
  const scheduler = createScheduler({
    storage,
    sealer,
    clock,
    log,
    newId: ids.fault,
    onDone: () => sender.poke(),
    jobs: {
      ...signup.jobs,
      ...mydata.jobs,
      [purgeKind]: async (tx, occurrence) => {
        await purgeProofs(tx, occurrence.now);
        await purge(tx, occurrence);
      },
    },
    cron: (run) => cron(() => tickAll(run)),
  });
  let stopping: Promise<void> | null = null;

  const stop = async (): Promise<void> => {
    await scheduler.stop();
    await Promise.all(adapters.map((adapter) => adapter.stop()));
    await turns.idle();
    await sender.stop();
  };

  return {
    signup,
    receive: turns.receive,
    start: async () => {
      await storage.transaction((tx) => planner.plan(tx, [firstPurge(clock())]));
      await sender.start();
      await turns.retryDue();
      for (const adapter of adapters) await adapter.start(turns.receive);
      scheduler.start();
    },
    tick: () => tickAll(() => scheduler.tick()),
    settle: async () => {
      await turns.idle();
      await sender.drain();
    },
    stop: () => (stopping ??= stop()),
  };
}
