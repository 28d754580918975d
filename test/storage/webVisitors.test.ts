import { randomBytes } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eraseLeftovers } from '../../src/people/index.js';
import { createSealer } from '../../src/seal/index.js';
import { createWebLog, createWebVisitors, webTraces, type Storage, type WebVisitors } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';

const sealer = createSealer(randomBytes(32));
const at = Date.UTC(2026, 6, 31);

describe.each(databases)('the visitors of the web chat on $name', ({ open }) => {
  const fresh = async (): Promise<{ book: WebVisitors; storage: Storage }> => {
    const { storage, close } = await open();
    onTestFinished(close);
    return { book: createWebVisitors(storage, sealer), storage };
  };
  const wang = { id: 'v1', tokenHash: 'a'.repeat(64), name: '王妈妈', kiosk: false, seenAt: at };
  const li = { id: 'v2', tokenHash: 'b'.repeat(64), name: '李叔叔', kiosk: true, seenAt: at };

  it('are found by the hash of their token and by their id, and by nothing else', async () => {
    const { book } = await fresh();
    await book.add(wang);
    await book.add(li);
    const { tokenHash: _, ...known } = wang;
    expect(await book.byToken(wang.tokenHash)).toEqual(known);
    expect(await book.byId('v1')).toEqual(known);
    expect((await book.these(['v1', 'v2', 'v3'])).map(({ name }) => name).toSorted()).toEqual(['李叔叔', '王妈妈'].toSorted());
    for (const other of ['', 'v1', wang.tokenHash.toUpperCase(), "' OR 1=1 --"]) expect(await book.byToken(other)).toBeNull();
    expect(await book.byId(wang.tokenHash)).toBeNull();
  });

  it('stand in the database without their names, and with no token twice', async () => {
    const { book, storage } = await fresh();
    await book.add(wang);
    const [row] = await storage.read.webVisitor.findMany();
    expect(Buffer.from(row?.name ?? []).toString('utf8')).not.toContain('王妈妈');
    // A sealed name moved to another row opens there no more.
    await book.add(li);
    if (row) await storage.read.webVisitor.update({ where: { id: 'v2' }, data: { name: row.name } });
    await expect(book.byId('v2')).rejects.toThrow();
    await expect(book.add({ ...wang, id: 'v3' })).rejects.toThrow();
  });

  it('are seen later, never earlier', async () => {
    const { book } = await fresh();
    await book.add(wang);
    await book.seen('v1', at + 5);
    await book.seen('v1', at + 3);
    expect((await book.byId('v1'))?.seenAt).toBe(at + 5);
    await book.seen('v9', at);
  });

  it('are listed by when they were last here, each kind apart', async () => {
    const { book } = await fresh();
    await book.add(wang);
    await book.add(li);
    await book.add({ ...li, id: 'v3', tokenHash: 'c', seenAt: at - 1 });
    expect(await book.lastSeenBefore(at + 1, true)).toEqual(['v3', 'v2']);
    expect(await book.lastSeenBefore(at, true)).toEqual(['v3']);
    expect(await book.lastSeenBefore(at + 1, false)).toEqual(['v1']);
  });

  it('go with what was said in their private chat, and with nothing else', async () => {
    const { book, storage } = await fresh();
    const log = createWebLog(storage, sealer);
    await book.add(wang);
    await book.add(li);
    const say = (key: string, chat: string, sender: string | null) => log.append({ key, chat, sender, at, payload: key });
    for (const [key, chat, sender] of [
      ['a', 'p-v2', 'v2'],
      ['b', 'p-v2', null],
      ['c', 'lobby', 'v2'],
      ['d', 'p-v1', 'v1'],
    ] as const)
      await say(key, chat, sender);
    await book.forget('v2', 'p-v2');
    await book.forget('v2', 'p-v2');
    expect(await book.byId('v2')).toBeNull();
    expect((await log.list('p-v2', 10)).length).toBe(0);
    expect((await log.list('lobby', 10)).length).toBe(1);
    expect((await log.list('p-v1', 10)).length).toBe(1);
    expect(await book.byId('v1')).not.toBeNull();
  });

  it('who deleted everything about them go in the night, unless they have come back', async () => {
    const { book, storage } = await fresh();
    await book.add(wang);
    await book.add({ ...li, seenAt: at });
    await book.seen('v2', at + 120_000);
    const erase = (id: string) =>
      storage.transaction((tx) => eraseLeftovers(tx, { platform: 'web', account: 'on', chats: [`p-${id}`, id] }, at, { web: webTraces }));
    await erase('v1');
    await erase('v2');
    expect([await book.byId('v1'), (await book.byId('v2'))?.name]).toEqual([null, '李叔叔']);
  });
});
