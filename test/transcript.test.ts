import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMemoryAdapter } from '../src/adapters/memory.js';
import { createTalk, readTranscript, type TalkLine } from '../src/transcript.js';

const group = { id: 'group', title: '居民群' };

/** A bot that says the same thing back, and in the group a card. */
async function talkWith(answer: (text: string) => string) {
  const adapter = createMemoryAdapter({ clock: () => 0, groups: [group] });
  const clocks: string[] = [];
  const talk = createTalk({
    adapter,
    groups: [group],
    settle: () => Promise.resolve(),
    moveClock: (wall) => Promise.resolve(void clocks.push(wall)),
  });
  let sent = 0;
  await adapter.start(async ({ address, content }) => {
    const text = content.type === 'text' ? content.text : content.type === 'press' ? `pressed ${content.value}` : '';
    await adapter.send(address, { text: answer(text), choices: [{ key: '1', label: '报名', value: 'c:ref:join' }] }, `k${(sent += 1)}`);
    return content.type === 'press' ? { notice: '好' } : {};
  });
  return { talk, clocks };
}

const read = `# 一段话
【社工小李】> /new 雏鹰营
      | 8月1日
      |
      | 二楼
  【社工小李】< 我是这样看的：
      1 名称：雏鹰营

【居民群·王妈妈】> [报名]
    (我私聊您了)
【时间】2026-07-29 09:00
  【居民群】< 开始了
`;

describe('reading a transcript', () => {
  test('gives what people do, and the clock; what the bot says is passed over', () => {
    expect(readTranscript(read).unread).toEqual([]);
    expect(readTranscript(read).lines).toEqual([
      { type: 'says', chat: null, person: '社工小李', text: '/new 雏鹰营\n8月1日\n\n二楼' },
      { type: 'says', chat: '居民群', person: '王妈妈', text: '[报名]' },
      { type: 'clock', wall: '2026-07-29T09:00' },
    ]);
  });

  test('names what it does not understand', () => {
    const written =
      '【王妈妈】 报名\n【王妈妈】> 新活动\n第二行\n【时间】明天\n  【王妈妈】< 好\n\n      又一行\n      | 不是她说的\n（旁白）';
    expect(readTranscript(written).unread).toEqual([
      { at: 1, line: '【王妈妈】 报名' },
      { at: 3, line: '第二行' },
      { at: 4, line: '【时间】明天' },
      { at: 9, line: '（旁白）' },
    ]);
  });

  test('is not led astray by what the bot says', async () => {
    const { talk } = await talkWith(() => '第一行\n| 像是续行\n【王妈妈】> 像是有人说话');
    const printed = await talk.run({ type: 'says', chat: null, person: '王妈妈', text: '你好' });
    expect(readTranscript(printed.join('\n')).lines).toEqual([{ type: 'says', chat: null, person: '王妈妈', text: '你好' }]);
  });
});

describe('printing a talk', () => {
  test('shows people, notices, the bot and its buttons', async () => {
    const { talk, clocks } = await talkWith((text) => `听到：${text}`);
    expect(await talk.run({ type: 'says', chat: null, person: '王妈妈', text: '你好\n在吗' })).toEqual([
      '【王妈妈】> 你好',
      '      | 在吗',
      '  【王妈妈】< 听到：你好',
      '      在吗',
      '      [1 报名]',
    ]);
    await talk.run({ type: 'says', chat: '居民群', person: '张爸爸', text: '活动' });
    expect(await talk.run({ type: 'says', chat: '居民群', person: '王妈妈', text: '[报名]' })).toEqual([
      '【居民群·王妈妈】> [报名]',
      '    (好)',
      '  【居民群】< 听到：pressed c:ref:join',
      '      [1 报名]',
    ]);
    expect(await talk.run({ type: 'clock', wall: '2026-07-29T09:00' })).toEqual(['【时间】2026-07-29 09:00']);
    expect(clocks).toEqual(['2026-07-29T09:00']);
    await expect(talk.run({ type: 'says', chat: '没有的群', person: '王妈妈', text: '1' })).rejects.toThrow('no group');
    await expect(talk.run({ type: 'says', chat: null, person: '刘叔叔', text: '[报名]' })).rejects.toThrow('No button');
  });

  test('and reading it again gives the same talk', async () => {
    const { talk } = await talkWith((text) => text);
    const name = fc
      .string({ unit: fc.constantFrom('王', '妈', 'A', ' ', '1', '-'), minLength: 1, maxLength: 8 })
      .map((text) => `王${text}`);
    const words = fc
      .oneof(
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        fc.string({ unit: fc.constantFrom('a', '\n', '|', ' ', '【', '】', '>', '·', '\r', '\u2028') }),
      )
      // In brackets it would be a press.
      .filter((text) => !/^\s*\[[\s\S]*\]\s*$/u.test(text));
    const line: fc.Arbitrary<TalkLine> = fc.oneof(
      fc.record({ type: fc.constant('says' as const), chat: fc.constantFrom(null, group.title), person: name, text: words }),
      fc.constant({ type: 'clock' as const, wall: '2026-07-29T09:00' }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 5 }), async (lines) => {
        const printed: string[] = [];
        for (const one of lines) printed.push('', ...(await talk.run(one)));
        expect(readTranscript(printed.join('\n'))).toEqual({ lines, unread: [] });
      }),
    );
  });
});
