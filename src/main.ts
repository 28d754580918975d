import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import closeWithGrace from 'close-with-grace';
import pino from 'pino';
import { createApp } from './app.js';
import { createDemoClock } from './demoClock.js';
import { describeProblems, readConfig, type Config } from './config.js';
import { readTexts, type Texts } from './i18n/index.js';
import { faultFields } from './log.js';
import { openHouse, type Opened } from './open.js';
import { DataKeyError } from './seal/index.js';
import { createServer, type Health } from './server/index.js';
import { createWriteProbe, StorageError } from './storage/index.js';
import { createWebChat } from './webChat.js';

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
  const { storage, sealer, ids, code } = opened;
  await demo?.resume(storage);
  const parts = { clock, page: new URL('src/adapters/web/page/', root), ...(demo ? { forward: demo.forward } : {}) };
  const web = createWebChat(config, texts, opened, parts);
  const adapters = web ? [web.adapter] : [];
  const app = createApp({ storage, sealer, adapters, texts, locale: config.defaultLocale, clock, ids, log });
  await web?.furnish(app);

  let ready = false;
  const canWrite = createWriteProbe(storage, { clock });
  const health = async (): Promise<Health> => {
    const database = await canWrite();
    return { live: true, ready: ready && database === 'ok', parts: { database, app: ready ? 'ok' : 'starting' } };
  };
  const server = createServer({
    host: config.httpHost,
    port: config.httpPort,
    routes: web?.adapter.routes ?? [],
    trustedProxy: config.trustedProxy,
    health,
    newId: ids.fault,
    log: {
      info: (fields, text) => log.debug(fields, text),
      error: (fields, text) => log.error(fields, text),
    },
    texts: {
      bodyTooLarge: t('web.bodyTooLarge'),
      notFound: t('web.notFound'),
      ...(web ? { toChat: t('web.toChat') } : {}),
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
  const url = config.publicUrl === undefined ? listening.url : `${config.publicUrl}/`;
  welcome(t, { url, code, mode: config.webChat, backup: opened.backup });
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
  { url, code, mode, backup }: { url: string; code: string | null; mode: Config['webChat']; backup: string | undefined },
): void {
  if (backup !== undefined) say(t('start.backup', { file: backup }));
  say('');
  if (mode === 'try') say(t('start.try', { url }));
  else if (mode === 'on') say(t('start.on', { url }));
  else say(t('start.running', { url }));
  if (code !== null) say(t('start.code', { code }));
  say(t('start.stop'));
}
