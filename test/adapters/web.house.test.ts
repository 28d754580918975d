import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { createMemoryAdapter } from '../../src/adapters/memory.js';
import { createApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { createIds } from '../../src/ids.js';
import { firstCommunity, openClaim } from '../../src/people/index.js';
import { createSealer } from '../../src/seal/index.js';
import { createServer } from '../../src/server/index.js';
import { createTalk, type Talk } from '../../src/transcript.js';
import { createWebChat } from '../../src/webChat.js';
import type { Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { at, code, texts, timeZone } from '../support/house.js';
import { enterAt, guestAt, type Guest } from './web/visitors.js';

const group = { id: 'group', title: '居民群' };

/** The whole house with the residents' web chat and one more platform. */
interface House {
  readonly url: string;
  readonly talk: Talk;
  readonly storage: Storage;
  readonly settle: () => Promise<void>;
  readonly tick: (wall: string) => Promise<void>;
  /** What a start does before it takes anybody in. */
  readonly furnish: () => Promise<void>;
}

describe.each(databases)('residents in the web chat, in the whole house on $name', ({ open }) => {
  const closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  const build = async (env: Record<string, string> = {}): Promise<House> => {
    const { storage, close } = await open();
    onTestFinished(close);
    let now = at('2026-07-28T10:00');
    const clock = () => now;
    const [ids, sealer] = [createIds(), createSealer(randomBytes(32))];
    const read = readConfig({ WEB_CHAT: 'on', WEB_GROUP: '幸福里网上群', ...env });
    if (!read.ok) throw new Error('config');
    const community = await storage.transaction(async (tx) => {
      const made = await firstCommunity(tx, { name: '费家营社区', timeZone, locale: 'zh-CN' }, ids.id, now);
      await openClaim(tx, { sealer, communityId: made.id, given: code, make: ids.code });
      return made;
    });
    const opened = { storage, sealer, ids, community, code: null, backup: undefined };
    const web = createWebChat(read.config, texts, opened, { clock, page: new URL('../../src/adapters/web/page/', import.meta.url) });
    if (!web) throw new Error('The web chat is off');
    const memory = createMemoryAdapter({ clock, groups: [group] });
    const quiet = () => undefined;
    const app = createApp({
      storage,
      sealer,
      adapters: [memory, web.adapter],
      texts,
      locale: 'zh-CN',
      clock,
      ids,
      log: { info: quiet, warn: quiet, error: quiet },
      minEditMs: 0,
      cron: () => () => Promise.resolve(),
    });
    await web.furnish(app);
    const server = createServer({
      host: '127.0.0.1',
      port: 0,
      routes: web.adapter.routes,
      health: async () => ({ live: true, ready: true, parts: {} }),
      log: { info: quiet, error: quiet },
      texts: { bodyTooLarge: '', tooManyAtOnce: '', notFound: '', badRequest: '', fault: '' },
      newId: ids.fault,
    });
    const listening = await server.listen();
    if (!listening.ok) throw new Error(listening.code);
    await app.start();
    closing.push(
      () => app.stop(),
      () => server.close(),
    );
    const tick = async (wall: string): Promise<void> => {
      now = at(wall);
      await app.tick();
    };
    const talk = createTalk({ adapter: memory, groups: [group], settle: app.settle, moveClock: tick });
    return { url: listening.url, talk, storage, settle: app.settle, tick, furnish: () => web.furnish(app) };
  };

  let posts = 0;
  const say = async ({ settle }: House, guest: Guest, text: string, chat = guest.chat): Promise<string> => {
    const before = (await guest.reads(chat)).length;
    await guest.post('/web/messages', { chat, clientId: `client-${String((posts += 1)).padStart(4, '0')}`, text });
    await settle();
    return (await guest.reads(chat)).slice(before + 1).join('\n');
  };

  it('are greeted as somebody is who presses start', async () => {
    const house = await build();
    const wang = await enterAt(house.url, '王妈妈');
    await house.settle();
    const [greeting, ...more] = await wang.reads();
    expect(more).toEqual([]);
    const elsewhere = (await house.talk.run({ type: 'says', chat: null, person: '李叔叔', text: '/start' })).join('\n');
    expect(greeting).toContain('我是费家营社区的小邻');
    expect(elsewhere).toContain(greeting);
  });

  it('are spoken to in the language that they chose on the way in', async () => {
    const house = await build();
    const enterIn = async (locale: string) => {
      const response = await fetch(new URL('/web/enter', house.url), {
        method: 'POST',
        headers: { 'content-type': 'application/json', connection: 'close' },
        body: JSON.stringify({ name: 'Wang', kiosk: false, locale }),
      });
      const guest = await guestAt(house.url, (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '');
      await house.settle();
      return guest;
    };
    const wang = await enterIn('en');
    expect(await wang.reads()).toEqual([expect.stringContaining('Xiaolin')]);
    expect(await say(house, wang, 'help')).toContain('language');
    for (const locale of ['zh-CN', 'xx']) expect(await (await enterIn(locale)).reads()).toEqual([expect.stringContaining('小邻')]);
  });

  it('become one with their account elsewhere by a code, and see what is theirs there', async () => {
    const house = await build();
    const { talk } = house;
    const elsewhere = async (text: string) => (await talk.run({ type: 'says', chat: null, person: '王妈妈', text })).join('\n');
    await elsewhere('你好');
    const wang = await enterAt(house.url, '王妈妈网页');
    await house.settle();
    const linkCode = /\d{4}-\d{4}/u.exec(await elsewhere('绑定账号'))?.[0] ?? '';
    expect(await say(house, wang, linkCode)).toContain('那边是');
    expect(await say(house, wang, '1')).toContain('我去问那个账号了');
    expect(await house.storage.read.person.count()).toBe(2);
    await elsewhere('1');
    await house.settle();
    expect(await house.storage.read.person.count()).toBe(1);
    const identities = await house.storage.read.identity.findMany({ orderBy: { platform: 'asc' } });
    expect(identities.map(({ platform, account, externalId }) => `${platform}:${account}:${externalId}`)).toEqual([
      'memory:test:王妈妈',
      `web:on:${wang.id}`,
    ]);
    expect((await wang.reads()).at(-1)).toContain('合好了');
  });

  it('stand in the database without their names and their tokens', async () => {
    const house = await build();
    const wang = await enterAt(house.url, '王妈妈');
    const [row] = await house.storage.read.webVisitor.findMany();
    expect(row?.id).toBe(wang.id);
    expect(Object.values(row ?? {})).not.toContain(wang.cookie.split('=')[1]);
    expect(Buffer.from(row?.name ?? []).includes('王妈妈')).toBe(false);
  });

  it('read in the group what the bot says there, where there is one', async () => {
    const house = await build();
    const wang = await enterAt(house.url, '王妈妈');
    await house.settle();
    expect(await say(house, wang, '@小邻', 'lobby')).not.toBe('');
    expect(await house.storage.read.chat.findMany({ where: { kind: 'group', platform: 'web' } })).toMatchObject([
      { account: 'on', externalId: 'lobby', title: '幸福里网上群' },
    ]);
  });

  it('have only the private chat where no group is named', async () => {
    const house = await build({ WEB_GROUP: '' });
    const wang = await enterAt(house.url, '王妈妈');
    expect(await (await wang.get('/web/people')).json()).toMatchObject({ groups: [] });
    expect((await wang.get('/web/history?chat=lobby')).status).toBe(404);
    expect(await house.storage.read.chat.count({ where: { kind: 'group', platform: 'web' } })).toBe(0);
  });

  it('are forgotten on a shared device with every word, also of what the bot said', async () => {
    const house = await build();
    const wang = await enterAt(house.url, '王妈妈', true);
    await say(house, wang, '我的资料');
    expect(await house.storage.read.webMessage.count()).toBeGreaterThan(2);
    await wang.post('/web/leave', {});
    await house.settle();
    expect([await house.storage.read.webVisitor.count(), await house.storage.read.webMessage.count()]).toEqual([0, 0]);
  });

  it('leave nobody behind of whom nothing else is kept, and a person without an account where something is', async () => {
    const house = await build();
    const { read } = house.storage;
    const wang = await enterAt(house.url, '王妈妈', true);
    await say(house, wang, '活动');
    await wang.post('/web/leave', {});
    expect(await Promise.all([read.person.count(), read.identity.count(), read.conversation.count()])).toEqual([0, 0, 0]);
    expect(await read.chat.count({ where: { kind: 'private' } })).toBe(0);
    expect(await read.inbox.count({ where: { queue: { contains: wang.id } } })).toBe(0);

    const li = await enterAt(house.url, '李叔叔');
    await house.settle();
    await say(house, li, `工作人员认证 ${code}`);
    await li.post('/web/leave', {});
    expect(await read.person.findMany({ include: { identities: true, roles: true } })).toMatchObject([
      { name: '李叔叔', identities: [], roles: [{ role: 'administrator' }] },
    ]);
  });

  it('who were forgotten by a process that died over it are forgotten by the next start', async () => {
    const house = await build();
    const { read } = house.storage;
    const [wang, li] = [await enterAt(house.url, '王妈妈'), await enterAt(house.url, '李叔叔')];
    await house.settle();
    await read.webVisitor.deleteMany({ where: { id: wang.id } });
    expect(await read.person.count()).toBe(2);
    await house.furnish();
    expect((await read.identity.findMany()).map(({ externalId }) => externalId)).toEqual([li.id]);
    expect(await read.person.count()).toBe(1);
  });

  it('who leave this device are written to where they are still', async () => {
    const house = await build();
    const { talk, storage } = house;
    const elsewhere = async (text: string) => (await talk.run({ type: 'says', chat: null, person: '王妈妈', text })).join('\n');
    await elsewhere('你好');
    const wang = await enterAt(house.url, '王妈妈网页');
    await house.settle();
    await say(house, wang, /\d{4}-\d{4}/u.exec(await elsewhere('绑定账号'))?.[0] ?? '');
    await say(house, wang, '1');
    await elsewhere('1');
    await wang.post('/web/leave', {});
    const [person, ...others] = await storage.read.person.findMany({ include: { identities: true } });
    expect(others).toEqual([]);
    expect(person?.identities.map(({ platform }) => platform)).toEqual(['memory']);
  });

  it('who delete everything about them read that it is done; then the pass goes too', async () => {
    const house = await build();
    const wang = await enterAt(house.url, '王妈妈');
    await house.settle();
    await say(house, wang, '删除我的资料');
    await say(house, wang, '删除');
    expect(await wang.reads()).toEqual([expect.stringContaining('删')]);
    expect(await house.storage.read.identity.count({ where: { platform: 'web' } })).toBe(0);
    await house.tick('2026-07-29T03:31');
    await house.settle();
    expect([await house.storage.read.webVisitor.count(), await house.storage.read.webMessage.count()]).toEqual([0, 0]);
    expect((await wang.get('/web/people')).status).toBe(401);
  });
});
