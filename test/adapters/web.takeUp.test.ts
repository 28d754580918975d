import { afterEach, describe, expect, it } from 'vitest';
import { createRig, now, type Rig } from './web/rig.js';

const hello = { as: 'fang', chat: 'p-fang', clientId: 'client-01', text: '你好' };
const menu = { text: '给谁报?', choices: [{ key: '1', label: '添加孩子', value: 'menu:1' }] };
const away = () => Promise.reject(new Error('the process is gone'));

describe('web chat: what was stored as said and never taken', () => {
  const rigs: Rig[] = [];
  afterEach(async () => {
    for (const rig of rigs.splice(0)) await rig.close();
  });
  const start = async (...args: Parameters<typeof createRig>): Promise<Rig> => {
    const rig = await createRig(...args);
    rigs.push(rig);
    return rig;
  };
  /** A Linli that stores what is said and never gets to a turn, and is gone then. */
  const died = async (talk: (rig: Rig) => Promise<unknown>): Promise<Rig> => {
    const rig = await createRig(away);
    await talk(rig);
    await rig.close();
    return rig;
  };

  it('is handed to the core at the next start, as it would have been, in its order, once', async () => {
    const before = await died(async (rig) => {
      await rig.post('/web/messages', hello);
      await rig.post('/web/messages', { ...hello, clientId: 'client-02', text: '@小邻 活动', chat: 'g1' });
      await rig.post('/web/messages', { ...hello, clientId: 'client-03', text: '报名' });
    });
    const after = await start(undefined, {}, before);
    expect(after.inbounds).toEqual(before.inbounds);
    expect(after.inbounds).toHaveLength(3);
    expect((await start(undefined, {}, await closed(after))).inbounds).toEqual([]);
  });

  it('also a press, whose value the page is not told', async () => {
    const before = await died(async (rig) => {
      const messageId = await rig.send('p-fang', menu, 'k1');
      await rig.post('/web/presses', { as: 'fang', chat: 'p-fang', clientId: 'press-0001', messageId, value: 'menu:1' });
    });
    const after = await start(undefined, {}, before);
    expect(after.inbounds).toEqual(before.inbounds);
    const seen = await (await fetch(new URL('/web/history?as=fang&chat=p-fang', after.url))).text();
    expect(seen).toContain('添加孩子');
    expect(seen.match(/menu:1/gu)).toHaveLength(1);
  });

  it('before anything new is taken', async () => {
    const before = await died((rig) => rig.post('/web/messages', hello));
    let status = 0;
    const after = await start(
      async (_inbound, rig) => {
        if (status === 0) status = (await rig.post('/web/messages', { ...hello, clientId: 'client-09', text: '新的' })).status;
        return {};
      },
      {},
      before,
    );
    expect(status).toBe(503);
    expect((await after.post('/web/messages', { ...hello, clientId: 'client-09', text: '新的' })).status).toBe(200);
    expect(after.inbounds.map(({ id }) => id)).toEqual(['fang:client-01', 'fang:client-09']);
  });

  it('not after a day, and not what its person went on from', async () => {
    const before = await died((rig) => rig.post('/web/messages', hello));
    const late = await createRig(undefined, { clock: () => now + 24 * 60 * 60 * 1000 + 1 }, before);
    expect(late.inbounds).toEqual([]);
    await late.post('/web/messages', { ...hello, clientId: 'client-02', text: '算了' });
    expect((await start(undefined, {}, await closed(late))).inbounds).toEqual([]);
  });

  it('stays for the next start where the core does not take it even then', async () => {
    const before = await died((rig) => rig.post('/web/messages', hello));
    const still = await createRig(away, {}, before);
    expect(still.inbounds).toHaveLength(1);
    expect((await start(undefined, {}, await closed(still))).inbounds).toEqual(still.inbounds);
  });

  it('control: with a log that knows of none, nobody ever hears it', async () => {
    const before = await died((rig) => rig.post('/web/messages', hello));
    before.log.unheard = () => Promise.resolve([]);
    expect((await start(undefined, {}, before)).inbounds).toEqual([]);
  });

  async function closed(rig: Rig): Promise<Rig> {
    rigs.splice(0, rigs.length, ...rigs.filter((one) => one !== rig));
    await rig.close();
    return rig;
  }
});
