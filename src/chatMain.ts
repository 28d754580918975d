import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Temporal } from 'temporal-polyfill';
import { createMemoryAdapter } from './adapters/memory.js';
import { createApp } from './app.js';
import { describeProblems, readConfig } from './config.js';
import { locales, readTexts, type Translate } from './i18n/index.js';
import { openHouse } from './open.js';
import { linkGroup } from './people/index.js';
import { createTalk, readTranscript, type Talk, type TalkLine } from './transcript.js';

/**
 * Linli in the terminal: the same talk as in any chat, with a database of its own that is gone afterwards.
 * `npm run chat -- --save FILE` writes the talk down as a transcript test; a transcript piped in is played again.
 */
const root = new URL('../', import.meta.url);
const pathOf = (name: string): string => fileURLToPath(new URL(name, root));
const texts = readTexts(pathOf('locales'));
const hint = (text: string): void => void process.stderr.write(`${text}\n`);

const folder = mkdtempSync(join(tmpdir(), 'linli-chat-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(0));

const options = readOptions(process.argv.slice(2));
if (options === null) {
  hint(locales.map((locale) => texts.in(locale)('start.chat.usage')).join('\n'));
  process.exitCode = 2;
} else await chat(options);

interface Options {
  /** Where the talk is written down. */
  readonly save: string | undefined;
  /** Wall time at which the talk begins; now unless told. */
  readonly now: string | undefined;
  /** The one-time code. There is nothing to protect: the same each time lets a talk be played again. */
  readonly code: string;
}

/** Null: options that cannot be followed, such as a file that cannot be written. */
function readOptions(args: string[]): Options | null {
  try {
    const { values } = parseArgs({ args, options: { save: { type: 'string' }, now: { type: 'string' }, code: { type: 'string' } } });
    if (values.now !== undefined && wallOf(values.now) === null) return null;
    if (values.save !== undefined) closeSync(openSync(values.save, 'a'));
    return { save: values.save, now: values.now, code: values.code ?? 'LINLI-2026' };
  } catch {
    return null;
  }
}

function wallOf(text: string): Temporal.PlainDateTime | null {
  try {
    return Temporal.PlainDateTime.from(text);
  } catch {
    return null;
  }
}

async function chat(given: Options): Promise<void> {
  const read = readConfig({
    DATABASE_URL: `file:${join(folder, 'chat.db')}`,
    DATA_KEY_FILE: join(folder, 'data.key'),
    ADMIN_CODE: given.code,
    DEFAULT_LOCALE: process.env['DEFAULT_LOCALE'],
    TIME_ZONE: process.env['TIME_ZONE'],
  });
  if (!read.ok) {
    hint(describeProblems(read.problems, texts));
    process.exitCode = 2;
    return;
  }
  const { config } = read;
  const t = texts.in(config.defaultLocale);
  // The clock goes on from where it is set, so that a talk of next week can be had today.
  const instantOf = (wall: string): number => Temporal.PlainDateTime.from(wall).toZonedDateTime(config.timeZone).epochMilliseconds;
  let ahead = given.now === undefined ? 0 : instantOf(given.now) - Date.now();
  const clock = (): number => Date.now() + ahead;
  const opened = await openHouse(config, { migrations: pathOf('prisma/migrations'), communityName: t('start.community'), clock, pause });
  const { storage, sealer, ids, community, code } = opened;
  const groups = [{ id: 'group', title: t('event.group') }];
  const adapter = createMemoryAdapter({ clock, groups });
  const app = createApp({
    storage,
    sealer,
    adapters: [adapter],
    texts,
    locale: config.defaultLocale,
    clock,
    ids,
    minEditMs: 0,
    log: {
      info: () => undefined,
      warn: () => undefined,
      error: (fields, text) => void process.stderr.write(`${text} ${JSON.stringify(fields)}\n`),
    },
    cron: () => () => Promise.resolve(),
  });
  await storage.transaction(async (tx) => {
    for (const { id, title } of groups)
      await linkGroup(tx, { platform: adapter.platform, account: adapter.account, chat: id, title }, community.id, ids.id);
  });
  await app.start();
  const talk = createTalk({
    adapter,
    groups,
    settle: app.settle,
    moveClock: async (wall) => {
      ahead = instantOf(wall) - Date.now();
      await app.tick();
    },
  });
  const began = Temporal.Instant.fromEpochMilliseconds(clock()).toZonedDateTimeISO(config.timeZone).toPlainDateTime();
  const { written, unplayed } = await converse({ talk, group: t('event.group'), t, code });
  await app.stop();
  await storage.close();
  if (given.save !== undefined) {
    // Played again, the talk begins at the same time.
    const time = `【时间】${began.toString({ smallestUnit: 'minute' }).replace('T', ' ')}`;
    await writeFile(given.save, `${['', time, ...written].join('\n')}\n`);
    hint(t('start.chat.saved', { file: given.save }));
  }
  // Whoever plays a talk by a script must learn that not all of it was played.
  if (unplayed > 0) process.exitCode = 1;
}

interface Conversing {
  readonly talk: Talk;
  readonly group: string;
  readonly t: Translate;
  readonly code: string | null;
}

/** Talks until the input ends. Gives the transcript, and how many lines of a piped one could not be played. */
async function converse({ talk, group, t, code }: Conversing): Promise<{ written: readonly string[]; unplayed: number }> {
  const written: string[] = [];
  let unplayed = 0;
  const refuse = (why: string): readonly string[] => {
    hint(why);
    unplayed += 1;
    return [];
  };
  const perform = async (line: TalkLine): Promise<readonly string[]> => {
    const wrong =
      line.type === 'clock'
        ? wallOf(line.wall) === null && t('start.chat.badTime')
        : line.chat !== null && line.chat !== group && t('start.chat.noGroup', { group });
    if (wrong) return refuse(wrong);
    try {
      const shown = await talk.run(line);
      written.push('', ...shown);
      return shown;
    } catch (fault) {
      if (line.type !== 'says' || !line.text.startsWith('[')) throw fault;
      return refuse(t('start.chat.noButton'));
    }
  };
  const print = (lines: readonly string[]): void => {
    if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
  };

  if (!process.stdin.isTTY) {
    const { lines, unread } = readTranscript(await readAll());
    for (const { at, line } of unread) refuse(t('start.chat.unread', { at, line: line.slice(0, 60) }));
    if (lines.length === 0) hint(t('start.chat.nothing'));
    for (const line of lines) {
      const shown = await perform(line);
      if (shown.length > 0) print(['', ...shown]);
    }
    return { written, unplayed };
  }

  hint([t('start.chat.hello'), t('start.chat.code', { code: code ?? '' }), t('start.chat.end')].join('\n'));
  let person: string | null = null;
  let chat: string | null = null;
  const input = createInterface({ input: process.stdin, output: process.stderr });
  const prompt = (): void => {
    input.setPrompt(person === null ? '> ' : `【${chat === null ? person : `${chat}·${person}`}】> `);
    input.prompt();
  };
  prompt();
  for await (const line of input) {
    const typed = line.trim();
    const [ready] = readTranscript(line).lines;
    const [, name] = /^[@＠](.*)$/u.exec(typed) ?? [];
    // What the person typed stands on the screen already.
    if (ready) print((await perform(ready)).slice(1));
    else if (name !== undefined) [person, chat] = [name.trim() || person, null];
    else if (typed === '') hint(t('start.chat.end'));
    else if (person === null) hint(t('start.chat.who'));
    else if (/^[#＃]/u.test(typed)) chat = group;
    else print((await perform({ type: 'says', chat, person, text: line })).slice(1));
    prompt();
  }
  return { written, unplayed: 0 };
}

async function readAll(): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(Buffer.from(part));
  return Buffer.concat(parts)
    .toString('utf8')
    .replaceAll('\r\n', '\n')
    .replace(/^\uFEFF/u, '');
}
