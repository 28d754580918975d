import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { addressKey, createLimits, usualLimits } from '../../src/adapters/web/limits.js';
import { createOnRig, lobby, type Guest, type OnRig } from './web/visitors.js';
import { openEvents } from './web/wire.js';

const many = { most: 1_000_000, withinMs: 60_000 };

describe('web chat for residents: limits', () => {
  let rig: OnRig;
  afterEach(() => rig.close());
  let posts = 0;
  const press = (guest: Guest): Promise<Response> =>
    guest.post('/web/presses', {
      chat: guest.chat,
      clientId: `press-${String((posts += 1)).padStart(4, '0')}`,
      messageId: '1',
      value: 'v',
    });
  const statuses = async (count: number, ask: () => Promise<Response>): Promise<number[]> => {
    const found: number[] = [];
    for (let time = 0; time < count; time++) found.push((await ask()).status);
    return found;
  };

  it('lets somebody press quickly, and says kindly when it is too fast, and for how long', async () => {
    rig = await createOnRig();
    const [wang, li] = [await rig.enter('王妈妈'), await rig.enter('李叔叔')];
    expect(new Set(await statuses(20, () => press(wang)))).toEqual(new Set([200]));
    rig.advance(2_500);
    const before = rig.inbounds.length;
    const refused = await press(wang);
    expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toEqual([
      429,
      '8',
      { error: 'tooFast', message: '有点快，稍等一下，会接着发' },
    ]);
    expect(rig.inbounds).toHaveLength(before);
    // Words count with presses; looking does not, and others are not held up.
    expect((await wang.post('/web/messages', { chat: lobby.id, clientId: 'client-01', text: '在吗' })).status).toBe(429);
    expect((await wang.get(`/web/history?chat=${wang.chat}`)).status).toBe(200);
    expect((await press(li)).status).toBe(200);
    rig.advance(7_500);
    expect((await press(wang)).status).toBe(200);
  });

  it('takes what was too fast under the same id later, once', async () => {
    rig = await createOnRig(undefined, { way: { limits: { ...usualLimits, acts: [{ most: 1, withinMs: 10_000 }] } } });
    const wang = await rig.enter('王妈妈');
    const [first, second] = ['client-01', 'client-02'].map((clientId) => ({ chat: wang.chat, clientId, text: clientId }));
    await wang.post('/web/messages', first);
    expect((await wang.post('/web/messages', second)).status).toBe(429);
    rig.advance(10_000);
    expect((await wang.post('/web/messages', second)).status).toBe(200);
    expect(await wang.reads()).toEqual(['client-01', 'client-02']);
  });

  it('lets a person do 200 things in ten minutes, and no program more', async () => {
    const { act } = createLimits(usualLimits, () => clock);
    let clock = 0;
    let taken = 0;
    for (; clock < 600_000; clock += 1_000) if (act('v1') === 0) taken += 1;
    expect(taken).toBe(200);
    expect(act('v1')).toBe(0);
  });

  it('control: without the rules nobody is too fast', async () => {
    rig = await createOnRig(undefined, { way: { limits: { ...usualLimits, acts: [many], requests: many, visitors: many } } });
    const wang = await rig.enter('王妈妈');
    expect(new Set(await statuses(60, () => press(wang)))).toEqual(new Set([200]));
    for (let time = 0; time < 61; time++) await rig.enter('李叔叔');
    expect(rig.book.rows.size).toBe(62);
  });

  it('lets only so many new visitors in from one address, and those who are in stay', async () => {
    rig = await createOnRig(undefined, { way: { limits: { ...usualLimits, visitors: { most: 2, withinMs: 3_600_000 } } } });
    const wang = await rig.enter('王妈妈');
    await rig.enter('李叔叔');
    const refused = await rig.post('/web/enter', { name: '多余', kiosk: false });
    expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toMatchObject([
      429,
      '3600',
      { error: 'tooManyVisitors' },
    ]);
    expect(rig.book.rows.size).toBe(2);
    expect((await wang.get('/web/people')).status).toBe(200);
    // A name that cannot be does not count.
    rig.advance(3_600_000);
    await rig.post('/web/enter', { name: '', kiosk: false });
    await rig.enter('赵爷爷');
    await rig.enter('钱奶奶');
  });

  it('answers only so much to one address, but the page itself to everybody', async () => {
    rig = await createOnRig(undefined, { way: { limits: { ...usualLimits, requests: { most: 5, withinMs: 60_000 } } } });
    const ask = () => fetch(new URL('/web/people', rig.url), { headers: { cookie: `linli=${'A'.repeat(43)}` } });
    expect(await statuses(7, ask)).toEqual([401, 401, 401, 401, 401, 429, 429]);
    expect((await fetch(rig.url)).status).toBe(200);
    expect((await fetch(new URL('/web/app.js', rig.url))).status).toBe(200);
    rig.advance(60_000);
    expect((await ask()).status).toBe(401);
  });

  it('counts another address apart, as the server says it', async () => {
    rig = await createOnRig(undefined, {
      way: { publicUrl: 'https://chat.example.org', limits: { ...usualLimits, requests: { most: 1, withinMs: 60_000 } } },
    });
    const route = rig.web.routes.find(({ path }) => path === '/web/texts');
    const ask = async (ip: string) =>
      (await route?.handle(new Request('https://chat.example.org', { headers: { host: 'chat.example.org' } }), { ip }))?.status;
    expect(await Promise.all(['203.0.113.5', '203.0.113.5', '203.0.113.6'].map(ask))).toEqual([200, 429, 200]);
  });

  it('opens six pages of one visitor; the seventh takes the place of the first', async () => {
    rig = await createOnRig();
    const [wang, li] = [await rig.enter('王妈妈'), await rig.enter('李叔叔')];
    const other = await openEvents(rig.url, null, li.cookie);
    await other.next();
    const pages = [];
    for (let count = 0; count < 7; count++) {
      const page = await openEvents(rig.url, null, wang.cookie);
      expect(await page.next()).toContain('hello');
      pages.push(page);
    }
    const [first, ...rest] = pages;
    // It comes back, but not at once: pages must not chase each other.
    expect(await first?.next()).toBe('retry: 30000');
    expect(await first?.next()).toBeNull();
    await rig.send(wang.chat, { text: '给您' }, 'k1');
    for (const page of rest) expect(await page.next()).toContain('给您');
    await rig.send(lobby.id, { text: '给大家' }, 'k2');
    expect(await other.next()).toContain('给大家');
  });

  it('lets a thousand pages from one address lock nobody else out, and keeps those that are open', async () => {
    rig = await createOnRig(undefined, {
      streams: { inAll: 12, ofAPerson: 6, ofAnAddress: 10 },
      way: { publicUrl: 'https://chat.example.org', limits: { ...usualLimits, visitors: many } },
    });
    const route = rig.web.routes.find(({ path }) => path === '/web/stream');
    const enter = rig.web.routes.find(({ path }) => path === '/web/enter');
    const cookieOf = async (name: string): Promise<string> => {
      const request = new Request('https://chat.example.org', {
        method: 'POST',
        headers: { host: 'chat.example.org', 'content-type': 'application/json' },
        body: JSON.stringify({ name, kiosk: false }),
      });
      return ((await enter?.handle(request, { ip: '::1' }))?.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    };
    const open = async (cookie: string, ip: string): Promise<Response | undefined> =>
      route?.handle(new Request('https://chat.example.org', { headers: { host: 'chat.example.org', cookie } }), { ip });
    const resident = await open(await cookieOf('王妈妈'), '203.0.113.5');
    const attackers = await Promise.all(Array.from({ length: 100 }, (_, n) => cookieOf(`机器${n}`)));
    const found: (number | undefined)[] = [];
    for (let page = 0; page < 1_000; page++) found.push((await open(attackers[page % 100] ?? '', '2001:db8:1:2::7'))?.status);
    expect(found.filter((status) => status === 200)).toHaveLength(10);
    expect(found.filter((status) => status === 503)).toHaveLength(990);
    // Another address of the same household is the same.
    expect((await open(attackers[0] ?? '', '2001:db8:1:2::8'))?.status).toBe(503);
    expect((await open(await cookieOf('李叔叔'), '203.0.113.5'))?.status).toBe(200);
    const reader = resident?.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('hello');
    await rig.send(lobby.id, { text: '大家好' }, 'k1');
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('大家好');
  });

  it('tells addresses apart as their owners do', () => {
    expect(['192.0.2.1', '::ffff:192.0.2.1', '::FFFF:192.0.2.1'].map(addressKey)).toEqual(['192.0.2.1', '192.0.2.1', '192.0.2.1']);
    expect(['2001:db8:1:2::1', '2001:0DB8:1:2:3:4:5:6', '2001:db8:1:2:ffff::'].map(addressKey)).toEqual(
      Array.from({ length: 3 }, () => '2001:db8:1:2'),
    );
    expect(['2001:db8::1', '::1', '::', ''].map(addressKey)).toEqual(['2001:db8:0:0', '0:0:0:0', '0:0:0:0', '']);
  });

  it('never holds anybody for longer than a window, whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -10_000_000, max: 10_000_000 }), { maxLength: 50 }), (jumps) => {
        let time = 0;
        const { visitor } = createLimits({ ...usualLimits, visitors: { most: 2, withinMs: 1_000 } }, () => time);
        for (const jump of jumps) {
          time += jump;
          const wait = visitor('192.0.2.1');
          expect(wait).toBeGreaterThanOrEqual(0);
          expect(wait).toBeLessThanOrEqual(1_000);
        }
      }),
    );
  });
});
