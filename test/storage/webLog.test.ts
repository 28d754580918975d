import { randomBytes } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createSealer } from '../../src/seal/index.js';
import { createWebLog, type WebLog, type Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';

const sealer = createSealer(randomBytes(32));

describe.each(databases)('the web log on $name', ({ open }) => {
  const fresh = async (): Promise<{ log: WebLog; storage: Storage }> => {
    const database = await open();
    onTestFinished(database.close);
    return { log: createWebLog(database.storage, sealer), storage: database.storage };
  };
  const at = Date.UTC(2026, 6, 31);
  const say = (log: WebLog, key: string, payload: string, chat = 'group') => log.append({ key, chat, sender: 'wang', at, payload });

  it('lists the newest messages of a chat, oldest first', async () => {
    const { log } = await fresh();
    for (const word of ['一', '二', '三']) await say(log, word, word);
    await say(log, 'x', '别的', 'private');
    await log.append({ key: '四', chat: 'group', sender: null, at: at + 1, payload: '四' });
    const listed = await log.list('group', 3);
    expect(listed.map(({ payload }) => payload)).toEqual(['二', '三', '四']);
    expect(listed.at(-1)).toMatchObject({ sender: null, at: at + 1 });
    expect(new Set(listed.map(({ id }) => id)).size).toBe(3);
  });

  it('lists what stands before a message, of its chat alone', async () => {
    const { log } = await fresh();
    const ids: string[] = [];
    for (const word of ['一', '二', '三', '四']) {
      ids.push((await say(log, word, word)).id);
      await say(log, `x${word}`, '别的', 'private');
    }
    const before = async (id = '', limit = 2) => (await log.list('group', limit, id)).map(({ payload }) => payload);
    expect([await before(ids[3]), await before(ids[1]), await before(ids[0])]).toEqual([['二', '三'], ['一'], []]);
    for (const odd of ['', 'x', '-1', '1e9']) expect(await before(odd)).toEqual([]);
  });

  it('knows how many bytes somebody’s files come to, in all chats, one message left out', async () => {
    const { log } = await fresh();
    const send = (key: string, bytes: number, sender: string | null = 'wang', chat = 'group') =>
      log.append({ key, chat, sender, at, payload: '照片', content: new Uint8Array(bytes) });
    expect(await log.bytesOf('wang', 'a')).toBe(0);
    await send('a', 100_000);
    await send('b', 50_000, 'wang', 'private');
    await send('c', 70_000, 'li');
    await send('d', 70_000, null);
    await say(log, 'e', '没有文件');
    const close = (bytes: number, to: number): boolean => bytes >= to && bytes < to + 200;
    expect(close(await log.bytesOf('wang', 'none'), 150_000)).toBe(true);
    expect(close(await log.bytesOf('wang', 'a'), 50_000)).toBe(true);
    expect(close(await log.bytesOf('li', 'a'), 70_000)).toBe(true);
    expect(await log.bytesOf('nobody', '')).toBe(0);
  });

  it('gives one message to its own chat alone', async () => {
    const { log } = await fresh();
    const { id } = await say(log, 'a', '你好');
    expect(await log.one('group', id)).toEqual({ id, sender: 'wang', at, payload: '你好' });
    for (const [chat, other] of [
      ['private', id],
      ['group', '999'],
      ['group', ''],
      ['group', '1 OR 1=1'],
      ['group', '9'.repeat(30)],
    ] as const)
      expect(await log.one(chat, other)).toBeNull();
  });

  it('takes the same key once, also from several at once', async () => {
    const { log } = await fresh();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, time) => log.append({ key: 'k', chat: 'c', sender: null, at: at + time, payload: '你好' })),
    );
    expect(answers.filter(({ fresh: isFresh }) => isFresh)).toHaveLength(1);
    expect(new Set(answers.map((answer) => `${answer.id} ${answer.at}`)).size).toBe(1);
    expect(await log.list('c', 10)).toHaveLength(1);
  });

  it('writes what comes at once together, in its order, each under an id of its own', async () => {
    const { log, storage } = await fresh();
    let statements = 0;
    const counted: Pick<Storage, 'read'> = {
      read: new Proxy(storage.read, {
        get: (target, name: keyof Storage['read']) => {
          if (name === '$queryRaw') statements += 1;
          return target[name];
        },
      }),
    };
    const counting = createWebLog(counted, sealer);
    const words = Array.from({ length: 100 }, (_, n) => `第${n}句`);
    const answers = await Promise.all(words.map((word) => say(counting, word, word)));
    expect(statements).toBeLessThan(10);
    expect(answers.every(({ fresh: isFresh }) => isFresh)).toBe(true);
    const listed = await log.list('group', 200);
    expect(listed.map(({ payload }) => payload)).toEqual(words);
    expect(listed.map(({ id }) => id)).toEqual(answers.map(({ id }) => id));
    // Control: one after another, each is a statement.
    statements = 0;
    for (const word of words.slice(0, 20)) await say(counting, `${word}。`, word);
    expect(statements).toBe(20);
  });

  it('one that cannot be written keeps none of the others back', async () => {
    const { log } = await fresh();
    const never = log.append({ key: 'b', chat: 'group', sender: 'wang', at: Number.NaN, payload: '乙' });
    const said = await Promise.allSettled([say(log, 'a', '甲'), never, say(log, 'c', '丙')]);
    expect(said.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await log.list('group', 9)).map(({ payload }) => payload)).toEqual(['甲', '丙']);
  });

  it('keeps a file beside its message, sealed, read alone, gone with it', async () => {
    const { log, storage } = await fresh();
    const content = new Uint8Array([0, 255, 13, 10, 26, 128]);
    const { id } = await log.append({ key: 'f', chat: 'group', sender: 'wang', at, payload: '合影', content });
    await log.append({ key: 'f', chat: 'group', sender: 'wang', at, payload: '合影', content: new Uint8Array([1]) });
    expect([...((await log.content('group', id)) ?? [])]).toEqual([...content]);
    for (const [chat, other] of [
      ['private', id],
      ['group', '999'],
      ['group', '1 OR 1=1'],
    ] as const)
      expect(await log.content(chat, other)).toBeNull();
    const stored = await storage.read.webMessage.findFirstOrThrow();
    expect(Buffer.from(stored.content ?? []).includes(Buffer.from(content))).toBe(false);
    expect(Object.keys((await log.list('group', 9))[0] ?? {})).toEqual(['id', 'sender', 'at', 'payload']);
    await log.replace(id, '撤回了');
    expect(await log.content('group', id)).toBeNull();
    await log.replace(id, '又有了', content);
    await storage.read.webMessage.deleteMany();
    expect(await log.content('group', id)).toBeNull();
    expect(await log.content('group', (await say(log, 'no file', '你好')).id)).toBeNull();
  });

  it('changes a message in place', async () => {
    const { log } = await fresh();
    const { id } = await say(log, 'card', '0/20');
    await say(log, 'next', '报名');
    expect(await log.replace(id, '1/20')).toBe(true);
    expect((await log.list('group', 10)).map(({ payload }) => payload)).toEqual(['1/20', '报名']);
    for (const unknown of ['999', '', '-1', "1' OR 1=1", '9'.repeat(30)]) expect(await log.replace(unknown, 'x')).toBe(false);
  });

  describe('what nobody heard', () => {
    const heard = (storage: Storage, id: string) =>
      storage.read.inbox.create({ data: { uid: `web:try:${id}`, queue: 'q', state: 'done', receivedAt: 0n, dueAt: 0n } });
    const unheard = async (log: WebLog, since = at): Promise<string[]> =>
      (await log.unheard({ since, updates: 'web:try:' })).map(({ payload }) => payload);

    it('is what people said that the inbox does not know, in its order', async () => {
      const { log, storage } = await fresh();
      for (const word of ['一', '二', '三']) await say(log, `in:wang:${word}`, word, 'p-wang');
      await log.append({ key: 'out:1', chat: 'p-wang', sender: null, at, payload: '答' });
      await heard(storage, 'wang:一');
      expect(await unheard(log)).toEqual(['二', '三']);
      expect(await log.unheard({ since: at, updates: 'web:try:' })).toMatchObject([{ chat: 'p-wang', sender: 'wang', at }, {}]);
      expect(await unheard(log, at + 1)).toEqual([]);
      await heard(storage, 'wang:二');
      await heard(storage, 'wang:三');
      expect(await unheard(log)).toEqual([]);
    });

    it('is left alone once its person went on, others are not', async () => {
      const { log, storage } = await fresh();
      await say(log, 'in:wang:一', '一', 'p-wang');
      await log.append({ key: 'in:zhang:一', chat: 'p-zhang', sender: 'zhang', at, payload: '张一' });
      await say(log, 'in:wang:二', '二', 'p-wang');
      await heard(storage, 'wang:二');
      expect(await unheard(log)).toEqual(['张一']);
    });
  });

  it('keeps no readable text, and no text that another row could show', async () => {
    const { log, storage } = await fresh();
    await say(log, 'a', '身份证号');
    await say(log, 'b', '别人的话');
    const rows = await storage.read.webMessage.findMany({ orderBy: { id: 'asc' } });
    expect(rows.some(({ payload }) => Buffer.from(payload).includes('身份证号'))).toBe(false);
    const [first, second] = rows;
    if (first === undefined || second === undefined) throw new Error('Two rows were written.');
    await storage.read.webMessage.update({ where: { id: second.id }, data: { payload: first.payload } });
    await expect(log.list('group', 10)).rejects.toThrow('another place');
  });
});
