import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { randomUUID } from 'node:crypto';
import { describeProblems, readConfig, type Config } from './config.js';
import { resetDemo } from './demoReset.js';
import { readTexts, type Translate } from './i18n/index.js';
import { migrate, openStorage, StorageError } from './storage/index.js';

/** `npm run demo:reset`: the sample community begins anew at the next start. Asks before it does; `-- --yes` answers for whoever runs it in a script. */
const root = new URL('../', import.meta.url);
const pathOf = (name: string): string => fileURLToPath(new URL(name, root));
const texts = readTexts(pathOf('locales'));
const read = readConfig(process.env);

if (!read.ok) end(2, describeProblems(read.problems, texts));
else await reset(read.config, texts.in(read.config.defaultLocale));

function end(code: number, text: string): void {
  (code === 0 ? process.stdout : process.stderr).write(`${text}\n`);
  process.exitCode = code;
}

async function reset(config: Config, t: Translate): Promise<void> {
  if (config.webChat !== 'try') return end(1, t('start.demo.notTry'));
  if (!(await agreed(t))) return end(1, t('start.demo.kept'));
  try {
    const key = config.databaseEncryptionKey;
    const storage = await openStorage({ url: config.databaseUrl, ...(key === undefined ? {} : { encryptionKey: key }) });
    try {
      // One of an older version has other tables; one that is new has none yet.
      await migrate(storage, { folder: pathOf('prisma/migrations'), now: Date.now, newId: randomUUID });
      const done = await resetDemo(storage);
      end(done === 'real' ? 1 : 0, t(`start.demo.${done}`));
    } finally {
      await storage.close();
    }
  } catch (fault) {
    if (!(fault instanceof StorageError)) throw fault;
    end(1, t(`storage.errors.${fault.code}`));
  }
}

/** Whether whoever runs this wants it; without a terminal to ask at, only `--yes` says so. */
async function agreed(t: Translate): Promise<boolean> {
  if (process.argv.includes('--yes')) return true;
  if (!process.stdin.isTTY) return false;
  const input = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await input.question(`${t('start.demo.ask')} `);
  input.close();
  return /^(?:y|yes|是|好|对)$/iu.test(answer.trim());
}
