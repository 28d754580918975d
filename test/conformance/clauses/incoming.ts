import { expect } from 'vitest';
import type { Inbound } from '../../../src/chat/index.js';
import { need, type Clause, type Rig, type SentFile } from '../rig.js';

/** Words as people and machines write them: nothing of them may be read, trimmed or lost on the way. */
export const words = [
  '报名',
  '王小明，8岁；带彩笔、水杯',
  '第一行\n第二行',
  '<b>粗</b> &amp; *星* _线_ `码` [链接](https://example.org)',
  '👨‍👩‍👧‍👦👍🏽🇨🇳',
  'שלום ‏مرحبا‎ 你好',
  '＋１　１０：３０',
  '  两端有空白 \n',
  'a\tb  c\r\nd',
  'é e\u0301',
  '__proto__',
  "'); DROP TABLE people; --",
];

/** A file with a name and bytes that a careless hand spoils. */
export const table: SentFile = {
  name: '王小明 & 8月名单(1).csv',
  mimeType: 'text/csv',
  data: new Uint8Array([0xef, 0xbb, 0xbf, 0, 13, 10, 255]),
};

/** A core that takes its next update only when told to. */
export function slowCore(rig: Rig): { readonly reached: Promise<void>; readonly commit: () => void } {
  let commit = (): void => undefined;
  const reached = new Promise<void>((handedOver) =>
    rig.core(
      () =>
        new Promise((resolve) => {
          commit = () => resolve({});
          handedOver();
        }),
    ),
  );
  return { reached, commit: () => commit() };
}

const textsOf = ({ received }: Rig): unknown[] => received.map(({ content }) => content);

/** What comes in. */
export const incoming: readonly Clause[] = [
  {
    name: 'words arrive as they were written, with who wrote them and where',
    async prove(rig) {
      const [one, other] = rig.people;
      for (const text of words) await rig.says(one, one.privateChat ?? '', text);
      await rig.says(other, rig.group.id, '大家好');
      const { platform, account } = rig.adapter;
      const privately = words.map((text) => ({
        address: { platform, account, chat: one.privateChat },
        kind: 'private',
        from: one,
        content: { type: 'text', text },
      }));
      const inGroup = {
        address: { platform, account, chat: rig.group.id },
        kind: 'group',
        title: rig.group.title,
        from: other,
        content: { type: 'text', text: '大家好' },
      };
      expect(rig.received.map(({ id: _, at: _at, ...rest }) => rest)).toEqual([...privately, inGroup]);
    },
  },
  {
    name: 'an update keeps its id and its time when it comes again, and no other has it',
    async prove(rig) {
      const [one, other] = rig.people;
      const first = await rig.says(one, one.privateChat ?? '', '报名');
      await rig.says(one, one.privateChat ?? '', '报名');
      await rig.says(other, rig.group.id, '报名');
      await first.again();
      const [before, , , again] = rig.received;
      expect(again).toEqual(before);
      expect(new Set(rig.received.map(({ id }) => id)).size).toBe(3);
      for (const { at } of rig.received) expect(Number.isSafeInteger(at)).toBe(true);
      const sent = await rig.attaches(one, rig.group.id, table, { text: '名单' });
      await sent?.again();
      const [upload, uploadAgain] = rig.received.slice(4);
      expect(uploadAgain).toEqual(upload);
      expect(upload === undefined).toBe(!rig.adapter.capabilities.filesIn);
    },
  },
  {
    name: 'what the bot says itself is no update',
    async prove(rig) {
      const { platform, account } = rig.adapter;
      for (const chat of [rig.people[0].privateChat ?? '', rig.group.id])
        await rig.adapter.send({ platform, account, chat }, { text: '报名' }, `own:${chat}`);
      await rig.says(rig.people[0], rig.group.id, '我来了');
      expect(textsOf(rig)).toEqual([{ type: 'text', text: '我来了' }]);
    },
  },
  {
    name: 'what Linli does not read disturbs nothing',
    needs: ['odd'],
    async prove(rig) {
      const [one] = rig.people;
      const posted = await need('odd', rig.odd(one, one.privateChat ?? ''));
      await rig.says(one, one.privateChat ?? '', '活动');
      expect(posted.taken).toBe(true);
      const read = rig.received.filter(({ content }) => content.type !== 'unknown');
      expect(read.map(({ content }) => content)).toEqual([{ type: 'text', text: '活动' }]);
    },
  },
  {
    name: 'a mention reaches the bot without the name, and an answer only names a message of the bot’s own',
    async prove(rig) {
      const [one] = rig.people;
      const { platform, account } = rig.adapter;
      const sent = await rig.adapter.send({ platform, account, chat: rig.group.id }, { text: '美术课' }, 'card');
      const messageId = sent.ok ? sent.messageId : '';
      await rig.says(one, rig.group.id, '活动', { mentioning: true });
      await rig.says(one, rig.group.id, '报名', { replyTo: messageId });
      await rig.says(one, rig.group.id, '报名', { replyTo: 'no such message' });
      expect(textsOf(rig)).toEqual([
        { type: 'text', text: '活动', mentioned: true },
        { type: 'text', text: '报名', replyTo: messageId },
        { type: 'text', text: '报名' },
      ]);
    },
  },
  {
    name: 'the platform is told that an update is taken once the core has it, and not before',
    async prove(rig) {
      const [one] = rig.people;
      const { reached, commit } = slowCore(rig);
      let told = false;
      const posting = rig.says(one, one.privateChat ?? '', '报名').then((posted) => {
        told = true;
        return posted;
      });
      await reached;
      // A chance to tell it too early, long enough for a wire: whoever waits for the core passes however long it is.
      await new Promise((resolve) => setTimeout(resolve, 50));
      const before = told;
      commit();
      expect(before).toBe(false);
      expect((await posting).taken).toBe(true);
    },
  },
  {
    name: 'where the core fails, the update is not taken; it comes again, and others go on meanwhile',
    async prove(rig) {
      const [one, other] = rig.people;
      const taken: Inbound[] = [];
      let broken = true;
      rig.core(async (inbound) => {
        if (broken && inbound.from.id === one.id) throw new Error('commit failed');
        taken.push(inbound);
        return {};
      });
      const failed = await rig.says(one, one.privateChat ?? '', '报名');
      expect(failed.taken).toBe(false);
      expect((await rig.says(other, other.privateChat ?? '', '活动')).taken).toBe(true);
      broken = false;
      expect((await failed.again()).taken).toBe(true);
      expect(taken.map(({ from }) => from.id)).toEqual([other.id, one.id]);
    },
  },
];
