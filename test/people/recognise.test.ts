import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { firstCommunity, linkGroup, recognise, type Seen } from '../../src/people/index.js';
import type { Storage } from '../../src/storage/index.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { countingIds } from '../support/house.js';

const account = { platform: 'memory', account: 'test' } as const;
const privately = (sender: string, more: Partial<Seen> = {}): Seen => ({
  ...account,
  chat: sender,
  kind: 'private',
  sender,
  name: sender,
  privateChat: sender,
  ...more,
});
const inGroup = (sender: string, chat = 'group'): Seen => ({ ...account, chat, kind: 'group', sender, name: sender });

describe.each(databases)('who is it, on $name', ({ open }) => {
  let database: TestDatabase;
  let storage: Storage;
  let ids: ReturnType<typeof countingIds>;
  let communityId: string;
  const ask = (...seen: Seen[]) => storage.transaction((tx) => recognise(tx, seen, ids.id, 1_000));
  const one = async (seen: Seen) => (await ask(seen))[0] ?? null;

  beforeEach(async () => {
    database = await open();
    storage = database.storage;
    ids = countingIds();
    communityId = await storage.transaction(async (tx) => {
      const { id } = await firstCommunity(tx, { name: '费家营社区', timeZone: 'Asia/Shanghai', locale: 'zh-CN' }, ids.id, 0);
      await linkGroup(tx, { ...account, chat: 'group', title: '居民群' }, id, ids.id);
      return id;
    });
  });
  afterEach(() => database.close());

  test('somebody new becomes a person of the community, once', async () => {
    const first = await one(privately('王妈妈'));
    expect(first).toMatchObject({ name: '王妈妈', locale: 'zh-CN', staff: false, communityId, privateChat: '王妈妈', isNew: true });
    expect(await one(privately('王妈妈'))).toEqual({ ...first, isNew: false });
    expect(await storage.read.person.count()).toBe(1);
    expect(await storage.read.chat.count({ where: { kind: 'private' } })).toBe(1);
  });

  test('the same account is the same person in the group, where the private chat is known from before', async () => {
    const first = await one(privately('王妈妈'));
    expect(await one(inGroup('王妈妈'))).toEqual({ ...first, isNew: false });
    expect((await one(inGroup('刘叔叔')))?.privateChat).toBeNull();
  });

  test('an id of another account of the platform is somebody else', async () => {
    const first = await one(privately('7'));
    const other = await one(privately('7', { account: 'second' }));
    expect(other?.personId).not.toBe(first?.personId);
  });

  test('a private chat that has a new id is written to from then on', async () => {
    await one(privately('王妈妈'));
    expect((await one(privately('王妈妈', { chat: 'new', privateChat: 'new' })))?.privateChat).toBe('new');
    expect((await one(inGroup('王妈妈')))?.privateChat).toBe('new');
    expect(await storage.read.identity.findMany({ select: { privateChat: true } })).toEqual([{ privateChat: 'new' }]);
  });

  test('the name that somebody asked to be called by stays, whatever the platform shows later', async () => {
    await one(privately('王妈妈'));
    await storage.read.person.updateMany({ data: { name: '王姐' } });
    expect((await one(privately('王妈妈', { name: '小王' })))?.name).toBe('王姐');
  });

  test('in a group of no community nobody is recognised, and nobody remembered', async () => {
    expect(await ask(inGroup('刘叔叔', 'elsewhere'))).toEqual([null]);
    expect(await storage.read.person.count()).toBe(0);
    expect(await storage.read.identity.count()).toBe(0);
    // Control: in the group of the community they are.
    expect(await ask(inGroup('刘叔叔', 'elsewhere'), inGroup('刘叔叔'))).toEqual([null, expect.objectContaining({ name: '刘叔叔' })]);
    expect(await storage.read.person.count()).toBe(1);
  });

  test('several at once, some twice, come out in their order and are made once', async () => {
    await one(privately('王妈妈'));
    const known = await ask(
      inGroup('刘叔叔'),
      privately('王妈妈'),
      privately('刘叔叔'),
      privately('张爸爸'),
      inGroup('刘叔叔', 'elsewhere'),
    );
    expect(known.map((person) => person?.name)).toEqual(['刘叔叔', '王妈妈', '刘叔叔', '张爸爸', undefined]);
    expect(known[0]?.personId).toBe(known[2]?.personId);
    expect(known.map((person) => person?.isNew)).toEqual([true, false, true, true, undefined]);
    expect(await storage.read.person.count()).toBe(3);
  });

  test('staff are administrators and organisers, in their own community only', async () => {
    const other = await storage.read.community.create({ data: { id: 'other', name: '别的社区', timeZone: 'Asia/Shanghai', locale: 'en' } });
    await storage.transaction((tx) => linkGroup(tx, { ...account, chat: 'far', title: '远群' }, other.id, ids.id));
    const personId = (await one(privately('社工小李')))?.personId ?? '';
    const roles = { 'check-in helper': false, 'case worker': false, organiser: true, administrator: true };
    for (const [role, staff] of Object.entries(roles)) {
      await storage.read.role.deleteMany();
      await storage.read.role.create({ data: { id: ids.id(), communityId, personId, role } });
      expect({ role, staff: (await one(privately('社工小李')))?.staff }).toEqual({ role, staff });
      expect(await one(inGroup('社工小李', 'far'))).toMatchObject({ staff: false, communityId: 'other', locale: 'en' });
    }
  });

  test('a chosen language goes before the community’s, which stays known', async () => {
    await one(privately('王妈妈'));
    await storage.read.person.updateMany({ data: { locale: 'en' } });
    expect(await one(inGroup('王妈妈'))).toMatchObject({ locale: 'en', communityLocale: 'zh-CN' });
  });
});
