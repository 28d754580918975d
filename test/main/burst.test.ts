import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { openStorage } from '../../src/storage/index.js';
import { build, history, makeHome, say, startLinli } from './linli.js';

beforeAll(build);

const wang = 'wang';
const burst = 150;
const mostLives = 10;

/** Words in chats that no turn took; looked at while no Linli runs. */
async function unheard(folder: string): Promise<number> {
  const storage = await openStorage({ url: `file:${join(folder, 'data/linli.db')}` });
  const said = await storage.read.webMessage.findMany({ where: { key: { startsWith: 'in:' } }, select: { key: true } });
  const taken = new Set((await storage.read.inbox.findMany({ select: { uid: true } })).map(({ uid }) => uid));
  await storage.close();
  return said.filter(({ key }) => !taken.has(`web:try:${key.slice(3)}`)).length;
}

test('killed in a burst, the next start answers all that stands in the chat as said, each once', { timeout: 90_000 }, async () => {
  let left = 0;
  // A new home each time: all of one burst fits into what the page shows.
  let { folder, env } = await makeHome();
  for (let life = 1; left === 0; life += 1) {
    // The control: without a kill between the two commits there is nothing to take up, and this proves nothing.
    expect(life, 'no kill came between what was stored and its turn').toBeLessThanOrEqual(mostLives);
    if (life > 1) ({ folder, env } = await makeHome());
    const linli = startLinli(env);
    const url = await linli.url;
    let answered = 0;
    // At the third answer, at once: by then much is stored, and the turns of one person come one after another.
    const posts = Array.from({ length: burst }, async (_, n) => {
      if ((await say(url, wang, `第${life}轮第${n}句`)) === 200 && (answered += 1) === 3) void linli.stop('SIGKILL');
    });
    await linli.ended;
    await Promise.all(posts);
    left = await unheard(folder);
  }
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
