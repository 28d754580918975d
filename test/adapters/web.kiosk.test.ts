import { afterEach, describe, expect, it } from 'vitest';
import { createOnRig, lobby, type OnRig } from './web/visitors.js';
import { openEvents } from './web/wire.js';

const minute = 60_000;

describe('web chat on a device that many use', () => {
  let rig: OnRig;
  afterEach(() => rig.close());
  /** Looked for those who are over rarely unless a test asks, so that it is the request that finds out. */
  const open = async (lookMs = 3_600_000, kioskMs?: number): Promise<OnRig> =>
    (rig = await createOnRig(undefined, { way: { lookMs, ...(kioskMs === undefined ? {} : { kioskMs }) }, heartbeatMs: 5 }));

  it('keeps its cookie only until the browser is closed, and tells the page when it forgets', async () => {
    await open();
    const response = await rig.post('/web/enter', { name: '王妈妈', kiosk: true });
    expect(response.headers.get('set-cookie')).toMatch(/^linli=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/u);
    const wang = await rig.guest((response.headers.get('set-cookie') ?? '').split(';')[0] ?? '');
    expect(await (await wang.get('/web/people')).json()).toMatchObject({ me: wang.id, forgetsAfterMs: minute });
    const li = await rig.enter('李叔叔');
    expect(await (await li.get('/web/people')).json()).not.toHaveProperty('forgetsAfterMs');
  });

  it('forgets a minute after the last touch: nothing is read, written or sent any more', async () => {
    await open();
    const wang = await rig.enter('王妈妈', true);
    await rig.send(wang.chat, { text: '孩子叫什么？' }, 'k1');
    rig.advance(minute - 1);
    expect(await wang.reads()).toEqual(['孩子叫什么？']);
    rig.advance(1);
    const to = { platform: 'web', account: 'on', chat: wang.chat };
    expect(await rig.web.send(to, { text: '还有吗？' }, 'k2')).toEqual({ ok: false, failure: { type: 'gone' } });
    const before = rig.inbounds.length;
    for (const path of ['/web/people', `/web/history?chat=${wang.chat}`, `/web/history?chat=${lobby.id}`, '/web/stream'])
      expect((await wang.get(path)).status).toBe(401);
    expect((await wang.post('/web/messages', { chat: wang.chat, clientId: 'client-01', text: '王小明' })).status).toBe(401);
    expect((await wang.post('/web/stay', {})).status).toBe(401);
    expect(rig.inbounds).toHaveLength(before);
    expect([rig.book.rows.size, rig.book.emptied]).toEqual([0, [wang.chat]]);
  });

  it('control: with a longer time it would still be read', async () => {
    await open(3_600_000, minute + 1);
    const wang = await rig.enter('王妈妈', true);
    rig.advance(minute);
    expect(await wang.reads()).toEqual([]);
  });

  it('control: a visitor on a device of their own is still there', async () => {
    await open();
    const wang = await rig.enter('王妈妈', false);
    rig.advance(10 * minute);
    expect((await wang.get('/web/people')).status).toBe(200);
  });

  it.each([
    ['a touch', '/web/stay', () => ({})],
    ['words', '/web/messages', (chat: string) => ({ chat, clientId: 'client-01', text: '活动' })],
    ['a press', '/web/presses', (chat: string) => ({ chat, clientId: 'client-01', messageId: '1', value: 'v' })],
  ])('stays for another minute after %s', async (_what, path, body) => {
    await open();
    const wang = await rig.enter('王妈妈', true);
    rig.advance(minute - 1);
    expect((await wang.post(path, body(wang.chat))).status).toBe(200);
    rig.advance(minute - 1);
    expect((await wang.get('/web/people')).status).toBe(200);
    rig.advance(1);
    expect((await wang.get('/web/people')).status).toBe(401);
  });

  it('does not take for a touch what the page asks by itself', async () => {
    await open();
    const wang = await rig.enter('王妈妈', true);
    for (let time = 0; time < 5; time++) {
      rig.advance(minute / 6);
      await wang.reads();
      await (await wang.get('/web/stream')).body?.cancel();
    }
    rig.advance(minute / 6);
    expect((await wang.get('/web/people')).status).toBe(401);
  });

  it('tells an open page nothing more once its time is over, also before anybody looks', async () => {
    await open();
    const [wang, li] = [await rig.enter('王妈妈', true), await rig.enter('李叔叔')];
    const events = await openEvents(rig.url, null, wang.cookie);
    await events.next();
    rig.advance(minute);
    await li.post('/web/messages', { chat: lobby.id, clientId: 'client-01', text: '大家好' });
    expect(await events.next()).toBe(': still here');
  });

  it('ends open pages by itself and clears away what was said', async () => {
    await open(5);
    const [wang, li] = [await rig.enter('王妈妈', true), await rig.enter('李叔叔')];
    const [events, others] = [await openEvents(rig.url, null, wang.cookie), await openEvents(rig.url, null, li.cookie)];
    rig.advance(minute);
    for (let block: string | null = ''; block !== null;) block = await events.next();
    await expect.poll(() => rig.book.emptied).toEqual([wang.chat]);
    expect([...rig.book.rows.keys()]).toEqual([li.id]);
    expect(await others.next()).toContain('hello');
    expect(await others.next()).toBe(': still here');
  });

  it('is forgotten at once by whoever says so, in every tab', async () => {
    await open();
    const wang = await rig.enter('王妈妈', true);
    const tabs = [await openEvents(rig.url, null, wang.cookie), await openEvents(rig.url, null, wang.cookie)];
    await wang.post('/web/leave', {});
    for (const tab of tabs) for (let block: string | null = ''; block !== null;) block = await tab.next();
    expect([rig.book.rows.size, rig.book.emptied]).toEqual([0, [wang.chat]]);
  });
});
