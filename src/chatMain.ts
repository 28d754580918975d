import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Temporal } from 'temporal-polyfill';
import { createMemoryAdapter } from './adapters/memory.js';
import { createApp } from './app.js';
import { readConfig } from './config.js';
import { readTexts } from './i18n/index.js';
import { openHouse } from './open.js';
import { linkGroup } from './people/index.js';
import { createTalk, readTranscript, type TalkLine } from './transcript.js';

/**
 * Linli in the terminal: the same talk as in any chat, with a database of its own that is gone afterwards.
 * `npm run chat -- --save FILE` writes the talk down as a transcript test; a transcript piped in is played again.
 */
const { values } = parseArgs({ options: { save: { type: 'string' }, now: { type: 'string' }, code: { type: 'string' } } });
const root = new URL('../', import.meta.url);
const pathOf = (name: string): string => fileURLToPath(new URL(name, root));
const texts = readTexts(pathOf('locales'));
const folder = await mkdtemp(join(tmpdir(), 'linli-chat-'));

try {
  await chat();
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function chat(): Promise<void> {
  const read = readConfig({
    DATABASE_URL: `file:${join(folder, 'chat.db')}`,
    DATA_KEY_FILE: join(folder, 'data.key'),
    ...(values.code ? { ADMIN_CODE: values.code } : {}),
  });
  if (!read.ok) throw new Error('The terminal chat has no configuration of its own that could be wrong');
  const { config } = read;
  const t = texts.in(config.defaultLocale);
  // The clock goes on from where it is set, so that a talk of next week can be had today.
  const instantOf = (wall: string): number => Temporal.PlainDateTime.from(wall).toZonedDateTime(config.timeZone).epochMilliseconds;
  let ahead = values.now === undefined ? 0 : instantOf(values.now) - Date.now();
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
  const written = await converse(talk, groups[0]?.title ?? '', t, code);
  await app.stop();
  await storage.close();
  if (values.save !== undefined) {
    await writeFile(values.save, `${written.join('\n')}\n`);
    process.stderr.write(`${t('start.chat.saved', { file: values.save })}\n`);
  }
}

async function converse(
  talk: ReturnType<typeof createTalk>,
  group: string,
  t: ReturnType<typeof texts.in>,
  code: string | null,
): Promise<string[]> {
  const written: string[] = [];
  const terminal = process.stdin.isTTY;
  const hint = (text: string): void => void process.stderr.write(`${text}\n`);
  if (terminal) hint([t('start.chat.hello'), t('start.chat.code', { code: code ?? '' }), t('start.chat.end')].join('\n'));
  let person: string | null = null;
  let chat: string | null = null;
  const input = createInterface({ input: process.stdin, ...(terminal ? { output: process.stderr } : {}) });

  const perform = async (line: TalkLine): Promise<void> => {
    try {
      const shown = await talk.run(line);
      written.push(...shown);
      // What the person typed stands on the screen already.
      process.stdout.write(`${(terminal ? shown.slice(1) : shown).join('\n')}\n`);
    } catch (fault) {
      // Only a button that is not there, or a group that is not: the talk goes on.
      hint(fault instanceof Error && line.type === 'says' && line.text.startsWith('[') ? t('start.chat.noButton') : String(fault));
    }
  };

  const prompt = (): void => {
    input.setPrompt(person === null ? '> ' : `【${chat === null ? person : `${chat}·${person}`}】> `);
    if (terminal) input.prompt();
  };
  prompt();
  for await (const line of input) {
    const [ready] = readTranscript(line);
    const [, name] = /^@(.*)$/u.exec(line.trim()) ?? [];
    if (ready) await perform(ready);
    else if (name !== undefined) [person, chat] = [name.trim() || person, null];
    else if (line.trim().startsWith('#') && terminal) chat = group;
    else if (line.trim() !== '' && terminal && person === null) hint(t('start.chat.who'));
    else if (line.trim() !== '' && terminal && person !== null) await perform({ type: 'says', chat, person, text: line });
    prompt();
  }
  return written;
}
