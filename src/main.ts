import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import closeWithGrace from 'close-with-grace';
import pino from 'pino';
import { createWebAdapter } from './adapters/web/index.js';
import { createApp } from './app.js';
import { createDemoClock } from './demoClock.js';
import { describeProblems, readConfig, type Config } from './config.js';
import { flatTexts, readTexts, type Texts } from './i18n/index.js';
import { faultFields } from './log.js';
import { openHouse, type Opened } from './open.js';
import { plantSample, readSample } from './sample.js';
import { DataKeyError } from './seal/index.js';
import { createServer, type Health } from './server/index.js';
import { createWebLog, createWriteProbe, StorageError } from './storage/index.js';

// dist/main.js and src/main.ts both stand one below the project.
const root = new URL('../', import.meta.url);
const pathOf = (name: string): string => fileURLToPath(new URL(name, root));
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const exit = (code: number, text: string): never => {
  process.stderr.write(`${text}\n`);
  process.exit(code);
};

const texts = readTexts(pathOf('locales'));
const read = readConfig(process.env);
if (!read.ok) exit(2, describeProblems(read.problems, texts));
else await run(read.config, texts).catch((fault: unknown) => failed(fault, read.config, texts));

async function run(config: Config, texts: Texts): Promise<void> {
  const t = texts.in(config.defaultLocale);
  // In the sample community the time may be put forward; what is due on the way happens.
  const demo = config.webChat === 'try' ? createDemoClock(Date.now, () => app.tick().then(() => app.settle())) : null;
  const clock = demo?.now ?? Date.now;
  const log = createLog(config);
  const opened = await open(config, texts, { clock, log });
  const { storage, sealer, ids, community, code } = opened;
  await demo?.resume(storage);
  const sample = readSample(texts, config.defaultLocale);
  const web =
    config.webChat === 'try'
      ? createWebAdapter({
          mode: 'try',
          people: sample.people,
          groups: sample.groups,
          log: createWebLog(storage, sealer),
          clock,
          ...(demo ? { forward: demo.forward } : {}),
          locale: config.defaultLocale,
          texts: {
            'zh-CN': flatTexts(texts, 'zh-CN', 'web'),
            en: flatTexts(texts, 'en', 'web'),
          },
          page: new URL('src/adapters/web/page/', root),
        })
      : null;
  const app = createApp({ storage, sealer, adapters: web ? [web] : [], texts, locale: config.defaultLocale, clock, ids, log });
  if (web) await plantSample({ storage, app, ids, community, sample, now: clock() });

  let ready = false;
  const canWrite = createWriteProbe(storage, { clock });
  const health = async (): Promise<Health> => {
    const database = await canWrite();
    return { live: true, ready: ready && database === 'ok', parts: { database, app: ready ? 'ok' : 'starting' } };
  };
  const server = createServer({
    host: config.httpHost,
    port: config.httpPort,
    routes: web?.routes ?? [],
    health,
    newId: ids.fault,
    log: {
      info: (fields, text) => log.debug(fields, text),
      error: (fields, text) => log.error(fields, text),
    },
    texts: {
      bodyTooLarge: t('web.bodyTooLarge'),
      notFound: t('web.notFound'),
      badRequest: t('web.badRequest'),
      fault: t('web.fault'),
      tooManyAtOnce: t('web.tooManyAtOnce'),
    },
  });
  const listening = await server.listen();
  if (!listening.ok) {
    await storage.close();
    exit(1, t(`start.${listening.code}`, { port: listening.port, host: config.httpHost }));
    return;
  }
  await app.start();
  ready = true;
  log.info({ port: listening.port, database: storage.provider }, 'started');
  closeWithGrace({ delay: 9_500, logger: false }, async ({ err, signal }) => {
    ready = false;
    if (err) log.error(faultFields(err), 'a fault that nobody caught');
    log.info({ signal }, 'stopping');
    await app.stop();
    await server.close();
    await storage.close();
    log.info({}, 'stopped');
  });
  // Last: whoever reads it may tell Linli to stop at once.
  welcome(t, { url: listening.url, code, tryMode: web !== null, backup: opened.backup });
}

/** Opens the house. A `StorageError` or `DataKeyError` is for `failed` to tell. */
function open(config: Config, texts: Texts, { clock, log }: { clock: () => number; log: pino.Logger }): Promise<Opened> {
  const t = texts.in(config.defaultLocale);
  return openHouse(config, {
    migrations: pathOf('prisma/migrations'),
    communityName: t('start.community'),
    clock,
    pause,
    onWait: () => say(t('start.waiting')),
    onOpenKey: (closed) =>
      log.warn(
        {},
        closed
          ? 'others could read the data key; now only its owner can'
          : 'others can read the data key, and its mode could not be changed',
      ),
  });
}

/** Says in plain words why Linli cannot start, and ends. What nobody foresaw is written down for whoever maintains it, without its message. */
function failed(fault: unknown, config: Config, texts: Texts): never {
  const t = texts.in(config.defaultLocale);
  const code = fault instanceof StorageError ? `errors.${fault.code}` : fault instanceof DataKeyError ? `dataKey.${fault.reason}` : null;
  if (code !== null) return exit(1, t(`storage.${code}`));
  createLog(config).fatal(faultFields(fault), 'a fault while starting');
  return exit(1, t('start.failed'));
}

function createLog(config: Config): pino.Logger {
  return pino({ level: config.logLevel, base: null }, pino.destination({ fd: 2, sync: true }));
}

/** What a newcomer needs to know, and nothing else. */
function welcome(
  t: ReturnType<Texts['in']>,
  { url, code, tryMode, backup }: { url: string; code: string | null; tryMode: boolean; backup: string | undefined },
): void {
  if (backup !== undefined) say(t('start.backup', { file: backup }));
  say('');
  say(tryMode ? t('start.try', { url }) : t('start.running', { url }));
  if (code !== null) say(t('start.code', { code }));
  say(t('start.stop'));
}
