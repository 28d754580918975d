import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createRig, now, type Rig } from './web/rig.js';

const history = z.object({ messages: z.array(z.looseObject({ id: z.string(), sender: z.string().nullable(), text: z.string() })) });

async function seen(rig: Rig, as: string, chat: string) {
  const response = await fetch(new URL(`/web/history?as=${as}&chat=${chat}`, rig.url));
  return history.parse(await response.json()).messages;
}
const hello = { as: 'fang', chat: 'p-fang', clientId: 'client-01', text: '你好' };
const menu = {
  text: '给谁报?',
  choices: [{ key: '1', label: '添加孩子', value: 'menu:1' }],
};

describe('web chat: talking', () => {
  let rig: Rig;
  let core: (n: number) => Promise<{ notice?: string }>;
  let time = now;
  beforeEach(async () => {
    core = async () => ({});
    time = now;
    let calls = 0;
    rig = await createRig(() => core(++calls), { clock: () => time });
  });
  afterEach(() => rig.close());

  it('keeps what somebody wrote and hands it to the core', async () => {
    const response = await rig.post('/web/messages', hello);
    expect(response.status).toBe(200);
    expect(await seen(rig, 'fang', 'p-fang')).toEqual([
      { type: 'said', id: '1', sender: 'fang', at: now, text: '你好', clientId: 'client-01' },
    ]);
    expect(rig.inbounds).toEqual([
      {
        id: 'fang:client-01',
        at: now,
        address: { platform: 'web', account: 'try', chat: 'p-fang' },
        kind: 'private',
        from: { id: 'fang', name: '方小雨', privateChat: 'p-fang' },
        content: { type: 'text', text: '你好' },
      },
    ]);
  });

  it('posted again, it is shown once and has the same id and time for the core', async () => {
    await rig.post('/web/messages', hello);
    time += 5000;
    await rig.post('/web/messages', hello);
    expect(await seen(rig, 'fang', 'p-fang')).toHaveLength(1);
    expect(rig.inbounds[1]).toEqual(rig.inbounds[0]);
  });

  it('control: with the log not deduping, the same post is shown twice', async () => {
    rig.log.dedupes = false;
    await rig.post('/web/messages', hello);
    await rig.post('/web/messages', hello);
    expect(await seen(rig, 'fang', 'p-fang')).toHaveLength(2);
  });

  it('a core that fails asks to post again; then it counts, and nothing is there twice', async () => {
    core = async (n) => {
      if (n === 1) throw new Error('commit failed');
      return { notice: '记下了' };
    };
    const first = await rig.post('/web/messages', hello);
    expect(first.status).toBe(503);
    expect(await first.json()).toEqual({ error: 'sendAgain', message: '没发出去，请再试一次' });
    const second = await rig.post('/web/messages', hello);
    expect([second.status, await second.json()]).toEqual([200, { id: '1', notice: '记下了' }]);
    expect(rig.inbounds.map(({ id }) => id)).toEqual(['fang:client-01', 'fang:client-01']);
    expect(await seen(rig, 'fang', 'p-fang')).toHaveLength(1);
  });

  it('a log that fails hands nothing to the core, and tells a fault by its id without internals', async () => {
    const append = rig.log.append;
    rig.log.append = () => Promise.reject(new Error('disk full while writing 你好'));
    const response = await rig.post('/web/messages', hello);
    expect([response.status, await response.json()]).toEqual([
      500,
      { error: 'fault', fault: 'F1', message: '对不起，这次没办成，请过一会儿再试。编号：F1' },
    ]);
    expect(rig.inbounds).toHaveLength(0);
    expect(JSON.stringify(rig.logged)).not.toContain('你好');
    rig.log.append = append;
    expect((await rig.post('/web/messages', hello)).status).toBe(200);
  });

  it('in a group knows when the bot is addressed, and takes its name out of the words', async () => {
    const say = (clientId: string, text: string, more = {}) => rig.post('/web/messages', { as: 'he', chat: 'g1', clientId, text, ...more });
    await say('client-01', '@小邻 活动');
    await say('client-02', '@小邻居们 大家好');
    await say('client-03', '请问 @xiaolin,help');
    const card = await rig.send('g1', { text: '美术课', choices: [{ label: '报名', value: 'c:abcdef:join' }] }, 'k1');
    await say('client-04', '报名', { replyTo: card });
    // An answer to a neighbour, or to a message that is not there, is not for the bot.
    await say('client-05', '报名', { replyTo: '2' });
    await say('client-06', '报名', { replyTo: '99' });
    expect(rig.inbounds.map(({ kind, title, content }) => ({ kind, title, content }))).toEqual(
      [
        { type: 'text', text: '活动', mentioned: true },
        { type: 'text', text: '@小邻居们 大家好' },
        { type: 'text', text: '请问 ,help', mentioned: true },
        { type: 'text', text: '报名', replyTo: card },
        { type: 'text', text: '报名' },
        { type: 'text', text: '报名' },
      ].map((content) => ({ kind: 'group', title: '幸福里居民群', content })),
    );
    const shown = await seen(rig, 'fang', 'g1');
    expect(shown[0]).toMatchObject({ sender: 'he', text: '@小邻 活动' });
    expect(shown.at(-2)).toMatchObject({ text: '报名', replyTo: '2' });
  });

  it('shows a message of the bot once however often it is sent, and changes it in place', async () => {
    const id = await rig.send(
      'g1',
      { text: '已报 1/20', choices: [{ label: '报名', value: 'c:abcdef:join' }], mention: { id: 'he', name: '何奶奶' } },
      'k1',
    );
    expect(await rig.send('g1', { text: '已报 1/20' }, 'k1')).toBe(id);
    const address = { platform: 'web', account: 'try', chat: 'g1' };
    expect(await rig.web.edit(address, id, { text: '已报 2/20' })).toEqual({ ok: true, messageId: id });
    expect(await seen(rig, 'he', 'g1')).toEqual([{ type: 'shown', id, sender: null, at: now, text: '已报 2/20' }]);
    expect(await rig.web.edit(address, '99', { text: '?' })).toEqual({ ok: false, failure: { type: 'gone' } });
    expect(await rig.web.send({ ...address, chat: 'p-nobody' }, { text: '?' }, 'k2')).toEqual({ ok: false, failure: { type: 'gone' } });
  });

  it('a press in private leaves its label in the talk, once, and answers with the notice', async () => {
    core = async () => ({ notice: '好的' });
    const messageId = await rig.send('p-fang', menu, 'k1');
    const press = { as: 'fang', chat: 'p-fang', clientId: 'press-0001', messageId, value: 'menu:1' };
    for (const response of [await rig.post('/web/presses', press), await rig.post('/web/presses', press)]) {
      expect([response.status, await response.json()]).toEqual([200, { notice: '好的' }]);
    }
    expect((await seen(rig, 'fang', 'p-fang')).map(({ text }) => text)).toEqual(['给谁报?', '添加孩子']);
    expect(rig.inbounds[0]).toMatchObject({ id: 'fang:press-0001', content: { type: 'press', value: 'menu:1', messageId } });
    expect(rig.inbounds[1]).toEqual(rig.inbounds[0]);
  });

  it('a press in a group, and a forged one, leave no words; the core judges them', async () => {
    const inGroup = await rig.send('g1', { text: '美术课', choices: [{ label: '报名', value: 'c:abcdef:join' }] }, 'k1');
    await rig.post('/web/presses', { as: 'fang', chat: 'g1', clientId: 'press-0001', messageId: inGroup, value: 'c:abcdef:join' });
    await rig.post('/web/presses', { as: 'fang', chat: 'p-fang', clientId: 'press-0002', messageId: inGroup, value: 'forged' });
    expect(rig.log.rows).toHaveLength(1);
    expect(rig.inbounds.map(({ content }) => content.type === 'press' && content.value)).toEqual(['c:abcdef:join', 'forged']);
  });

  it.each([
    ['100,000 characters', '社'.repeat(100_000)],
    ['100,000 control characters', '\u0000'.repeat(100_000)],
    ['signs of every kind', "\u0000\u001b[31m\u202e反\u2066 👩‍👩‍👧‍👦 <b>x</b> '; DROP TABLE x; -- __proto__ \ud800"],
  ])('takes %s as they are', async (_name, text) => {
    expect((await rig.post('/web/messages', { ...hello, text })).status).toBe(200);
    expect(rig.inbounds[0]?.content).toEqual({ type: 'text', text });
    expect((await seen(rig, 'fang', 'p-fang'))[0]?.text).toBe(text);
  });

  it.each([
    ['nothing', ''],
    ['spaces', ' \t\n\u3000'],
    ['signs that are not drawn', '\u200b\u200d\ufeff\u2060\u00ad\ufe0f\u2800'],
  ])('does not take %s for words', async (_name, text) => {
    const response = await rig.post('/web/messages', { ...hello, text });
    expect([response.status, await response.json()]).toEqual([422, { error: 'emptyText', message: '还没写字，先写点什么再发' }]);
    expect([rig.inbounds, rig.log.rows]).toEqual([[], []]);
    expect((await rig.post('/web/messages', { ...hello, text: `${text}好` })).status).toBe(200);
  });

  it('leaves out a row that it cannot read', async () => {
    await rig.post('/web/messages', hello);
    rig.log.rows.push({ id: '2', key: 'x', chat: 'p-fang', sender: null, at: now, payload: '{"type":"newer"}' });
    rig.log.rows.push({ id: '3', key: 'y', chat: 'p-fang', sender: null, at: now, payload: 'no json' });
    expect(await seen(rig, 'fang', 'p-fang')).toHaveLength(1);
  });

  it('stops after what is under way; then it takes nothing', async () => {
    let finish = (): void => undefined;
    const reached = new Promise<void>((handedOver) => {
      core = () =>
        new Promise((resolve) => {
          finish = () => resolve({});
          handedOver();
        });
    });
    const posting = rig.post('/web/messages', hello);
    await reached;
    let stopped = false;
    const stopping = rig.web.stop().then(() => (stopped = true));
    expect((await rig.post('/web/messages', { ...hello, clientId: 'client-02' })).status).toBe(503);
    expect(stopped).toBe(false);
    finish();
    expect((await posting).status).toBe(200);
    await stopping;
    expect(rig.inbounds).toHaveLength(1);
  });
});
