import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { openStorage } from '../../src/storage/index.js';
import { build, history, killedAt, makeHome, say, startLinli } from './linli.js';

beforeAll(build);

const wang = 'wang';
const burst = 150;

/** Words in chats that no turn took; looked at while no Linli runs. */
async function unheard(folder: string): Promise<number> {
  const storage = await openStorage({ url: `file:${join(folder, 'data/linli.db')}` });
  const said = await storage.read.webMessage.findMany({ where: { key: { startsWith: 'in:' } }, select: { key: true } });
  const taken = new Set((await storage.read.inbox.findMany({ select: { uid: true } })).map(({ uid }) => uid));
  await storage.close();
  return said.filter(({ key }) => !taken.has(`web:try:${key.slice(3)}`)).length;
}

test('killed in a burst, the next start answers all that stands in the chat as said, each once', { timeout: 90_000 }, async () => {
  const { folder, env } = await makeHome();
  const first = startLinli({ ...env, ...killedAt('INSERT INTO .*`?Inbox') });
  const there = await first.url;
  await Promise.all(Array.from({ length: burst }, (_, n) => say(there, wang, `第${n}句`)));
  await first.ended;
  // The control: without a kill between the two commits there is nothing to take up, and this proves nothing.
  expect(await unheard(folder)).toBeGreaterThan(0);

  const last = startLinli(env);
  const url = await last.url;
  const count = async (): Promise<{ said: number; answered: number }> => {
    const shown = await history(url, wang);
    return { said: shown.filter(({ sender }) => sender === wang).length, answered: shown.filter(({ sender }) => sender === null).length };
  };
  const { said } = await count();
  await expect.poll(async () => (await count()).answered, { timeout: 20_000 }).toBe(said);
  await last.stop();
  expect(await unheard(folder)).toBe(0);
});
