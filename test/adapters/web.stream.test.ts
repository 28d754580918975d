import { afterEach, describe, expect, it } from 'vitest';
import { createRig, type Rig } from './web/rig.js';
import { openEvents } from './web/wire.js';

describe('web chat: events', () => {
  let rig: Rig;
  afterEach(() => rig.close());

  it('says hello at once, then tells what is new and what changed', async () => {
    rig = await createRig();
    const events = await openEvents(rig.url, 'fang');
    expect(await events.next()).toContain('event: hello');
    const id = await rig.send('g1', { text: '已报\n1/20' }, 'k1');
    expect(await events.next()).toMatch(/^event: message\ndata: .*"chat":"g1".*已报\\n1\/20/u);
    await rig.web.edit({ platform: 'web', account: 'try', chat: 'g1' }, id, { text: '已报 2/20' });
    expect(await events.next()).toMatch(/^event: changed\ndata: .*2\/20/u);
    await rig.post('/web/messages', { as: 'he', chat: 'g1', clientId: 'client-01', text: '我也来' });
    expect(await events.next()).toMatch(/^event: message\ndata: .*"sender":"he"/u);
  });

  it('tells what is posted or sent again only once', async () => {
    rig = await createRig();
    const events = await openEvents(rig.url, 'fang');
    await events.next();
    for (let time = 0; time < 2; time++) {
      await rig.post('/web/messages', { as: 'he', chat: 'g1', clientId: 'client-01', text: '我也来' });
      await rig.send('g1', { text: '好的' }, 'k1');
    }
    await rig.send('g1', { text: '最后' }, 'k2');
    const told = [await events.next(), await events.next(), await events.next()];
    expect(told.map((block) => /"text":"(.*?)"/u.exec(block ?? '')?.[1])).toEqual(['我也来', '好的', '最后']);
  });

  it('tells a private chat to its person only', async () => {
    rig = await createRig();
    const [own, other] = await Promise.all([openEvents(rig.url, 'fang'), openEvents(rig.url, 'he')]);
    await Promise.all([own.next(), other.next()]);
    await rig.send('p-fang', { text: '只给您看' }, 'k1');
    await rig.send('g1', { text: '给大家看' }, 'k2');
    expect(await own.next()).toContain('只给您看');
    expect(await other.next()).toContain('给大家看');
  });

  it('for a browser whose tabs are different people, one stream tells what any of them hears', async () => {
    rig = await createRig();
    const events = await openEvents(rig.url, null);
    expect(await events.next()).toContain('"me":""');
    for (const [n, chat] of ['p-fang', 'p-he', 'g1'].entries()) {
      await rig.send(chat, { text: chat }, `k${n}`);
      expect(await events.next()).toContain(`"chat":"${chat}"`);
    }
  });

  it('beats, so that a quiet connection stays', async () => {
    rig = await createRig(undefined, { heartbeatMs: 5 });
    const events = await openEvents(rig.url, 'fang');
    await events.next();
    expect(await events.next()).toBe(': still here');
  });

  it('opens only so many streams, says so kindly, and lets the next in when one goes', async () => {
    rig = await createRig(undefined, { streams: { inAll: 1, ofAPerson: 6, ofAnAddress: 200 }, heartbeatMs: 5 });
    const first = await openEvents(rig.url, 'fang');
    await first.next();
    const refused = await fetch(new URL('/web/stream?as=he', rig.url));
    expect([refused.status, await refused.json()]).toEqual([
      503,
      { error: 'tooManyStreams', message: '现在打开的人太多了，请稍等，会自动连上' },
    ]);
    await first.close();
    // The server hears of the closed connection a moment later.
    await expect.poll(() => openEvents(rig.url, 'he').then((events) => events.next()), { timeout: 5000 }).toContain('hello');
  });

  it('control: with room for two, the second gets in', async () => {
    rig = await createRig(undefined, { streams: { inAll: 2, ofAPerson: 6, ofAnAddress: 200 } });
    await openEvents(rig.url, 'fang');
    expect(await (await openEvents(rig.url, 'he')).next()).toContain('hello');
  });

  it('ends cleanly when the adapter stops', async () => {
    rig = await createRig();
    const events = await openEvents(rig.url, 'fang');
    await events.next();
    await rig.web.stop();
    expect(await events.next()).toBeNull();
  });
});
