import { describe, expect, it } from 'vitest';
import { createMemoryAdapter } from '../../src/adapters/memory.js';
import { withNumberedChoices, withoutFile, type Inbound, type Outbound } from '../../src/chat/index.js';

const neighbour = { id: 'n1', name: '方小雨', privateChat: 'p-n1' };
const at = { platform: 'memory', account: 'test', chat: 'p-n1' };
const menu: Outbound = {
  text: '给谁报?',
  choices: [
    { key: '1', label: '添加孩子', value: 'add' },
    { key: '0', label: '不报了', value: 'no' },
  ],
};

async function started(options: Partial<Parameters<typeof createMemoryAdapter>[0]> = {}) {
  const received: Inbound[] = [];
  const chat = createMemoryAdapter({ clock: () => 1000, groups: [{ id: 'g', title: '居民群' }], ...options });
  await chat.start(async (inbound) => {
    received.push(inbound);
    return { notice: 'ok' };
  });
  return { chat, received };
}

describe('numbered choices', () => {
  it('stand as lines under the text; a card button stands as its word', () => {
    expect(withNumberedChoices(menu)).toBe('给谁报?\n1 添加孩子\n0 不报了');
    expect(withNumberedChoices({ text: '美术课', choices: [{ label: '报名', value: 'c:x:join' }] })).toBe('美术课\n报名');
    expect(withNumberedChoices({ text: '你好' })).toBe('你好');
  });
});

const roster: Outbound = {
  text: '给您',
  file: { name: '名单.csv', mimeType: 'text/csv', data: new Uint8Array([1, 2]), instead: '这里发不了文件' },
};

describe('a file where there are none', () => {
  it('is a line under the text, or alone', () => {
    expect(withoutFile(roster)).toEqual({ text: '给您\n这里发不了文件' });
    expect(withoutFile({ ...roster, text: '', choices: [] })).toEqual({ text: '这里发不了文件', choices: [] });
    expect(withoutFile(menu)).toEqual(menu);
  });
});

// What it must do as every adapter does stands in test/conformance/.
describe('memory adapter', () => {
  it('hands over words with ids in order and the kind of the chat', async () => {
    const { chat, received } = await started();
    await chat.send({ ...at, chat: 'g' }, menu, 'k1');
    expect(await chat.says(neighbour, 'g', '报名', { replyTo: 'm1', mentioned: true })).toEqual({ notice: 'ok' });
    await chat.says(neighbour, 'p-n1', '你好');
    expect(received).toEqual([
      {
        id: 'u1',
        at: 1000,
        address: { ...at, chat: 'g' },
        kind: 'group',
        title: '居民群',
        from: neighbour,
        content: { type: 'text', text: '报名', replyTo: 'm1', mentioned: true },
      },
      { id: 'u2', at: 1000, address: at, kind: 'private', from: neighbour, content: { type: 'text', text: '你好' } },
    ]);
    await chat.deliver(received[0]!);
    expect(received.map(({ id }) => id)).toEqual(['u1', 'u2', 'u1']);
    expect(chat.updates).toHaveLength(2);
  });

  it('presses the newest button by label, value or number', async () => {
    const { chat, received } = await started();
    await chat.send(at, menu, 'k1');
    await chat.send(at, menu, 'k2');
    for (const button of ['添加孩子', 'add', '1']) await chat.presses(neighbour, 'p-n1', button);
    expect(received.map(({ content }) => content)).toEqual(
      Array.from({ length: 3 }, () => ({ type: 'press', value: 'add', messageId: 'm2' })),
    );
    expect(() => chat.presses(neighbour, 'p-n1', '没有的')).toThrow('No button');
  });

  it('fails once as told; a send in doubt may have arrived', async () => {
    const { chat } = await started();
    chat.failNext({ type: 'throttled', retryAfterMs: 5 });
    chat.failNext({ type: 'inDoubt', reason: 'time-out' }, { arrived: true });
    expect(await chat.send(at, menu, 'k')).toEqual({ ok: false, failure: { type: 'throttled', retryAfterMs: 5 } });
    expect(chat.shown('p-n1')).toHaveLength(0);
    expect(await chat.send(at, menu, 'k')).toMatchObject({ ok: false, failure: { type: 'inDoubt' } });
    expect(chat.shown('p-n1')).toHaveLength(1);
    expect(await chat.send(at, menu, 'k')).toEqual({ ok: true, messageId: 'm1' });
    expect(chat.shown('p-n1')).toHaveLength(1);
  });
});
