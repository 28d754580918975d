import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { now } from './web/rig.js';
import { createOnRig, lobby, type OnRig } from './web/visitors.js';
import { bare } from './web/wire.js';

const say = (chat: string, clientId: string, text: string) => ({ chat, clientId, text });

describe('web chat for residents: coming in', () => {
  let rig: OnRig;
  let core: Parameters<typeof createOnRig>[0];
  beforeEach(async () => {
    core = async ({ content, address: { chat }, id }, { send }) => {
      await send(chat, { text: content.type === 'text' ? `听到:${content.text}` : '您好' }, id);
      return {};
    };
    rig = await createOnRig((inbound, its) => core?.(inbound, its) ?? Promise.resolve({}));
  });
  afterEach(() => rig.close());

  it('gives each visitor a pass of their own and lets the bot greet them', async () => {
    const [wang, li] = [await rig.enter('王妈妈'), await rig.enter('李叔叔')];
    expect(wang.id).not.toBe(li.id);
    expect(rig.inbounds.map(({ from, content, kind, address }) => ({ from, content, kind, address }))).toEqual(
      [wang, li].map(({ id, chat }) => ({
        from: { id, name: id === wang.id ? '王妈妈' : '李叔叔', privateChat: chat },
        content: { type: 'link', payload: '' },
        kind: 'private',
        address: { platform: 'web', account: 'on', chat },
      })),
    );
    expect(await wang.reads()).toEqual(['您好']);
    await wang.post('/web/messages', say(wang.chat, 'client-01', '只有我看'));
    expect(await wang.reads()).toEqual(['您好', '只有我看', '听到:只有我看']);
    expect(await li.reads()).toEqual(['您好']);
  });

  it('keeps the token in a cookie that no script and no other site gets, and nowhere else', async () => {
    const response = await rig.post('/web/enter', { name: '王妈妈', kiosk: false });
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^linli=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=15552000$/u);
    const token = /=([\w-]{43});/u.exec(cookie)?.[1] ?? '?';
    const kept = JSON.stringify([[...rig.book.rows.values()], rig.log.rows, rig.inbounds, rig.logged]);
    expect(kept).not.toContain(token);
    expect(await response.text()).not.toContain(token);
    const about = await (await rig.guest(`linli=${token}`)).get('/web/people');
    expect(await about.text()).not.toContain(token);
    // Given anew at each opening, so that it lasts.
    expect(about.headers.get('set-cookie')).toBe(cookie);
    expect(JSON.stringify(rig.logged)).not.toContain('王妈妈');
  });

  it('takes no name of who asks: the pass says it', async () => {
    const [wang, li] = [await rig.enter('王妈妈'), await rig.enter('李叔叔')];
    const before = rig.inbounds.length;
    expect((await li.get(`/web/history?as=${wang.id}&chat=${wang.chat}`)).status).toBe(400);
    expect((await li.get(`/web/stream?as=${wang.id}`)).status).toBe(400);
    expect((await li.post('/web/messages', { as: wang.id, ...say(wang.chat, 'client-01', '冒充') })).status).toBe(400);
    expect(rig.inbounds).toHaveLength(before);
  });

  it('lets nobody read or write where they are not', async () => {
    const [wang, li] = [await rig.enter('王妈妈'), await rig.enter('李叔叔')];
    const messageId = await rig.send(wang.chat, { text: '名单', choices: [{ label: '看', value: 'v' }] }, 'k1');
    const before = rig.inbounds.length;
    for (const chat of [wang.chat, 'p-nobody', 'p-', 'g1', '__proto__']) {
      expect((await li.get(`/web/history?chat=${chat}`)).status).toBe(404);
      expect((await li.get(`/web/file?chat=${chat}&message=${messageId}`)).status).toBe(404);
      expect((await li.post('/web/messages', say(chat, 'client-01', '偷看'))).status).toBe(404);
      expect((await li.post('/web/presses', { chat, clientId: 'client-02', messageId, value: 'v' })).status).toBe(404);
    }
    expect(rig.inbounds).toHaveLength(before);
    expect((await wang.get(`/web/history?chat=${wang.chat}`)).status).toBe(200);
  });

  it('takes a file from whoever is in, where they are, and from nobody else', async () => {
    const [wang, li] = [await rig.enter('王妈妈'), await rig.enter('李叔叔')];
    const before = rig.inbounds.length;
    const send = async (cookie: string, more = {}): Promise<number> => {
      const message = { as: undefined, chat: wang.chat, name: '名单.txt', ...more };
      return (await rig.upload(Uint8Array.of(65), message, { cookie })).status;
    };
    expect([await send(''), await send(li.cookie), await send(wang.cookie, { as: wang.id })]).toEqual([401, 404, 400]);
    expect(rig.inbounds).toHaveLength(before);
    expect(await send(wang.cookie)).toBe(200);
    expect(rig.inbounds.at(-1)?.from.id).toBe(wang.id);
  });

  it.each([
    ['no cookie', () => ''],
    ['an invented token', () => `linli=${'A'.repeat(43)}`],
    ['a token that is none', () => 'linli=1 OR 1=1'],
    ['the id instead of the token', (id: string) => `linli=${id}`],
    ['the hash of the token', () => `linli=${[...rig.book.rows.values()][0]?.tokenHash}`],
    ['a token with one sign changed', (_id: string, cookie: string) => cookie.replace(/.$/u, (last) => (last === 'A' ? 'E' : 'A'))],
    ['the cookie of another name', (_id: string, cookie: string) => cookie.replace('linli', 'linli2')],
  ])('is nobody with %s', async (_name, cookieOf) => {
    const wang = await rig.enter('王妈妈');
    const before = rig.inbounds.length;
    const cookie = cookieOf(wang.id, wang.cookie);
    for (const path of ['/web/people', `/web/history?chat=${wang.chat}`, '/web/stream', `/web/file?chat=${wang.chat}&message=1`]) {
      const response = await fetch(new URL(path, rig.url), { headers: { cookie } });
      expect([response.status, await response.json()]).toMatchObject([401, { error: 'notEntered' }]);
    }
    expect((await rig.post('/web/messages', say(wang.chat, 'client-01', '冒充'), { cookie })).status).toBe(401);
    expect((await rig.post('/web/stay', {}, { cookie })).status).toBe(401);
    expect(rig.inbounds).toHaveLength(before);
  });

  it('control: where any token were taken for somebody’s, it would be read', async () => {
    const wang = await rig.enter('王妈妈');
    const byToken = async () => rig.book.byId(wang.id);
    const open = await createOnRig(undefined, { way: { visitors: { ...rig.book, byToken } } });
    const cookie = `linli=${'A'.repeat(43)}`;
    expect((await fetch(new URL(`/web/history?chat=${wang.chat}`, open.url), { headers: { cookie } })).status).toBe(200);
    await open.close();
  });

  it('control: with the cookie as it was given, it is somebody', async () => {
    const wang = await rig.enter('王妈妈');
    expect((await rig.guest(wang.cookie)).id).toBe(wang.id);
    // Others of the same site do not hide it.
    expect((await rig.guest(`a=b; ${wang.cookie}; c=d`)).id).toBe(wang.id);
  });

  it.each([
    ['markup', '<b>王</b> & "李"', '<b>王</b> & "李"'],
    ['space around and within', '  王\n 妈妈 ', '王 妈妈'],
    ['twenty signs', '社'.repeat(20), '社'.repeat(20)],
    ['a family of emoji', '👩‍👩‍👧‍👦', '👩‍👩‍👧‍👦'],
    ['a rare sign', '王𠮷', '王𠮷'],
    ['a name that begins like the bot’s', '小邻居', '小邻居'],
  ])('takes %s as a name', async (_what, name, called) => {
    await rig.enter(name);
    expect(rig.inbounds[0]?.from.name).toBe(called);
  });

  it.each([
    ['nothing', ' \n ', 'nameMissing'],
    ['twenty-one signs', '社'.repeat(21), 'nameTooLong'],
    ['one sign with a thousand accents', `e${'\u0301'.repeat(1_000)}`, 'nameTooLong'],
    ['a control sign', '王\u0000', 'nameOdd'],
    ['a sign that turns the writing', '王\u202e妈妈', 'nameOdd'],
    ['half a sign', '王\ud800', 'nameOdd'],
    ['what cannot be seen', '\u200d', 'nameOdd'],
    ['punctuation alone', '……', 'nameOdd'],
    ['the bot’s own name', '小邻', 'nameOurs'],
    ['the bot’s own name in another script', 'XIAOLIN', 'nameOurs'],
  ])('says kindly why %s is no name', async (_what, name, why) => {
    const response = await rig.post('/web/enter', { name, kiosk: false });
    const body: unknown = await response.json();
    expect([response.status, body]).toMatchObject([422, { error: why }]);
    expect(JSON.stringify(body)).toMatch(/\p{Script=Han}{4}/u);
    expect(rig.book.rows.size).toBe(0);
  });

  it('comes in once with one cookie, however often it is asked', async () => {
    const wang = await rig.enter('王妈妈');
    const again = await wang.post('/web/enter', { name: '别人', kiosk: true });
    expect([again.status, again.headers.get('set-cookie')]).toEqual([200, null]);
    expect(rig.book.rows.size).toBe(1);
    expect(rig.inbounds).toHaveLength(1);
  });

  it('is written in a group with its name, which is gone with its visitor', async () => {
    const [wang, li] = [await rig.enter('王妈妈'), await rig.enter('李叔叔')];
    await wang.post('/web/messages', say(lobby.id, 'client-01', '大家好'));
    const group = async () => (await li.get(`/web/history?chat=${lobby.id}`)).json();
    expect(await group()).toMatchObject({
      messages: [{ sender: wang.id, text: '大家好' }, { sender: null }],
      names: { [wang.id]: '王妈妈' },
    });
    expect(await (await li.get('/web/people')).json()).toEqual({
      people: [{ id: li.id, name: '李叔叔', privateChat: li.chat }],
      groups: [lobby],
      zone: 'Asia/Shanghai',
      me: li.id,
      now,
      mayForward: false,
    });
    await wang.post('/web/leave', {});
    expect(await group()).toMatchObject({ messages: [{ sender: wang.id, text: '大家好' }, { sender: null }], names: {} });
  });

  it('leaves with everything: the pass, what was said, and whatever comes later', async () => {
    const wang = await rig.enter('王妈妈');
    const response = await wang.post('/web/leave', {});
    expect([response.status, response.headers.get('set-cookie')]).toEqual([200, 'linli=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0']);
    expect(rig.book.rows.size).toBe(0);
    expect(rig.book.emptied).toEqual([wang.chat]);
    expect((await wang.get(`/web/history?chat=${wang.chat}`)).status).toBe(401);
    const to = { platform: 'web', account: 'on', chat: wang.chat };
    expect(await rig.web.send(to, { text: '补位' }, 'k9')).toEqual({ ok: false, failure: { type: 'gone' } });
    expect(await rig.web.edit(to, '1', { text: '补位' })).toEqual({ ok: false, failure: { type: 'gone' } });
    // Pressed twice it is the same.
    expect((await wang.post('/web/leave', {})).status).toBe(200);
  });

  it('is told to be forgotten after the last of what they said was done, not before', async () => {
    let finish = (): void => undefined;
    const reached = new Promise<void>((handedOver) => {
      core = ({ content }) =>
        content.type === 'link'
          ? Promise.resolve({})
          : new Promise((resolve) => {
              finish = () => resolve({});
              handedOver();
            });
    });
    const wang = await rig.enter('王妈妈');
    const posting = wang.post('/web/messages', say(wang.chat, 'client-01', '报名'));
    await reached;
    const leaving = wang.post('/web/leave', {});
    await expect.poll(() => rig.book.rows.size).toBe(0);
    expect(rig.told).toEqual([]);
    finish();
    await Promise.all([posting, leaving]);
    expect(rig.told).toEqual([wang.id]);
  });

  it('is not in when the bot could not greet, and comes in by asking again', async () => {
    await rig.close();
    let failing = true;
    rig = await createOnRig(async () => {
      if (failing) throw new Error('commit failed');
      return {};
    });
    const response = await rig.post('/web/enter', { name: '王妈妈', kiosk: false });
    expect([response.status, response.headers.get('set-cookie')]).toEqual([503, null]);
    expect(rig.book.rows.size).toBe(0);
    failing = false;
    await rig.enter('王妈妈');
    expect(rig.book.rows.size).toBe(1);
  });

  it('keeps who is in over a restart', async () => {
    const wang = await rig.enter('王妈妈');
    rig = await rig.again();
    expect(await (await rig.guest(wang.cookie)).reads()).toEqual(['您好']);
  });

  it('forgets who has not come for 180 days, and keeps who has', async () => {
    const day = 24 * 60 * 60 * 1000;
    const [wang, li] = [await rig.enter('王妈妈'), await rig.enter('李叔叔')];
    rig.advance(90 * day);
    expect(await li.reads()).toEqual(['您好']);
    rig.advance(90 * day);
    expect((await wang.get('/web/people')).status).toBe(401);
    expect(await li.reads()).toEqual(['您好']);
    expect([...rig.book.rows.keys()]).toEqual([li.id]);
  });

  it.each([
    ['a body of another shape', { name: '王妈妈' }],
    ['a field too many', { name: '王妈妈', kiosk: false, id: 'gao' }],
    ['a number as a name', { name: 1, kiosk: false }],
  ])('refuses %s', async (_what, body) => {
    expect((await rig.post('/web/enter', body)).status).toBe(400);
    expect(rig.book.rows.size).toBe(0);
  });
});

describe('web chat for residents: under its own address', () => {
  let rig: OnRig;
  const own = 'https://chat.example.org';
  beforeEach(async () => {
    rig = await createOnRig(undefined, { way: { publicUrl: own } });
  });
  afterEach(() => rig.close());
  const enter = JSON.stringify({ name: '王妈妈', kiosk: false });
  const post = (headers: Record<string, string>) =>
    bare(rig.url, '/web/enter', { host: 'chat.example.org', 'content-type': 'application/json', ...headers }, enter);

  it.each([
    ['its own page', { origin: own, 'sec-fetch-site': 'same-origin' }],
    ['a browser that writes the port', { host: 'chat.example.org:443', origin: own }],
    ['a program', {}],
  ])('lets %s in', async (_who, headers) => {
    expect((await post(headers)).status).toBe(200);
  });

  it.each([
    ['another site', { origin: 'https://evil.example' }],
    ['the same name without https', { origin: 'http://chat.example.org' }],
    ['a neighbouring name', { origin: 'https://chat.example.org.evil.example' }],
    ['another site, by fetch metadata alone', { 'sec-fetch-site': 'cross-site' }],
    ['another name of this computer', { host: '127.0.0.1' }],
    ['a rebound name', { host: 'evil.example' }],
    ['another port', { host: 'chat.example.org:8443' }],
  ])('keeps %s out', async (_who, headers) => {
    const answer = await post(headers);
    expect([answer.status, JSON.parse(answer.text)]).toMatchObject([403, { error: 'notHere' }]);
    expect(rig.book.rows.size).toBe(0);
  });

  it('tells a person who opens it under another name so in a page', async () => {
    const answer = await bare(rig.url, '/', { host: 'evil.example' });
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('<h1>这个网址打不开聊天，请用社区给您的网址</h1>');
    expect(answer.text).not.toContain('evil');
  });

  it('opens the page from a link anywhere, its data from its own page only', async () => {
    const get = (path: string, headers: Record<string, string>) => bare(rig.url, path, { host: 'chat.example.org', ...headers });
    for (const path of ['/', '/kiosk']) expect((await get(path, { 'sec-fetch-site': 'cross-site' })).status).toBe(200);
    for (const path of ['/web/people', '/web/app.js', '/web/texts'])
      expect((await get(path, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    // Nothing changes by a GET.
    for (const path of ['/web/enter', '/web/leave', '/web/stay']) expect((await get(path, {})).status).toBe(404);
  });

  it('names its cookie so that no neighbouring site can set it, and keeps it to https', async () => {
    const route = rig.web.routes.find(({ path }) => path === '/web/enter');
    const request = new Request(own, {
      method: 'POST',
      headers: { host: 'chat.example.org', 'content-type': 'application/json' },
      body: enter,
    });
    const response = await route?.handle(request, { ip: '203.0.113.5' });
    expect(response?.headers.get('set-cookie')).toMatch(
      /^__Host-linli=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure; Max-Age=15552000$/u,
    );
  });
});
