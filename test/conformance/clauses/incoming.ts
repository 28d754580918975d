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

/** How long, in ms, is waited for what comes at once where it comes at all. */
const patience = 1_000;

/** Whether it comes about, where it may never. */
async function comesAbout(what: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const never = new Promise<false>((resolve) => (timer = setTimeout(resolve, patience, false)));
  try {
    return await Promise.race([what.then(() => true), never]);
  } finally {
    clearTimeout(timer);
  }
}

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
    name: 'a mention reaches the bot without the name, and an answer names the message of the bot’s that it answers',
    async prove(rig) {
      const [one] = rig.people;
      const { platform, account } = rig.adapter;
      const sent = await rig.adapter.send({ platform, account, chat: rig.group.id }, { text: '美术课' }, 'card');
      const messageId = sent.ok ? sent.messageId : '';
      await rig.says(one, rig.group.id, '活动', { mentioning: true });
      await rig.says(one, rig.group.id, '报名', { replyTo: messageId });
      const { replies } = rig.adapter.capabilities;
      expect(textsOf(rig)).toEqual([
        { type: 'text', text: '活动', mentioned: true },
        { type: 'text', text: '报名', ...(replies ? { replyTo: messageId } : {}) },
      ]);
    },
  },
  {
    name: 'an answer to a neighbour, or to what is no message, is no answer to the bot',
    async prove(rig) {
      const [one, other] = rig.people;
      const asked = await rig.says(other, rig.group.id, '谁去美术课');
      expect(asked.messageId !== undefined || !rig.adapter.capabilities.replies).toBe(true);
      await rig.says(one, rig.group.id, '我们去', { replyTo: asked.messageId ?? 'no such message' });
      await rig.says(one, rig.group.id, '报名', { replyTo: 'no such message' });
      expect(textsOf(rig)).toEqual(['谁去美术课', '我们去', '报名'].map((text) => ({ type: 'text', text })));
    },
  },
  {
    name: 'who comes by a link brings its payload, and who comes without one an empty one',
    needs: ['links'],
    async prove(rig) {
      const [one] = rig.people;
      const payloads = ['h7F3e9a_-', ''];
      for (const payload of payloads) expect((await need('links', rig.follows(one, payload))).taken).toBe(true);
      expect(rig.received.map(({ kind, from, content }) => ({ kind, from: from.id, content }))).toEqual(
        payloads.map((payload) => ({ kind: 'private', from: one.id, content: { type: 'link', payload } })),
      );
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
    name: 'while the core takes its time over one update, others are handed over',
    async prove(rig) {
      const [one, other] = rig.people;
      const { reached, commit } = slowCore(rig);
      const slow = rig.says(one, one.privateChat ?? '', '报名');
      await reached;
      const handedOver = new Promise<void>((resolve) =>
        rig.core(async () => {
          resolve();
          return {};
        }),
      );
      const others = rig.says(other, other.privateChat ?? '', '活动');
      const came = await comesAbout(handedOver);
      commit();
      expect((await slow).taken).toBe(true);
      await others;
      expect(came).toBe(true);
    },
  },
  {
    name: 'where the core fails, the update is not taken; it comes again, and others go on meanwhile',
    async prove(rig) {
      const [one, other] = rig.people;
      const taken: Inbound[] = [];
      let broken = true;
      let wentOn = (): void => undefined;
      const others = new Promise<void>((resolve) => (wentOn = resolve));
      rig.core(async (inbound) => {
        if (broken && inbound.from.id === one.id) throw new Error('commit failed');
        taken.push(inbound);
        wentOn();
        return {};
      });
      const failed = await rig.says(one, one.privateChat ?? '', '报名');
      expect(failed.taken).toBe(false);
      const posting = rig.says(other, other.privateChat ?? '', '活动');
      expect(await comesAbout(others)).toBe(true);
      broken = false;
      expect((await failed.again()).taken).toBe(true);
      // Where a position confirms, what stands behind the failed one comes again as well, under its id.
      const posted = await posting;
      expect(posted.taken || (await posted.again()).taken).toBe(true);
      expect([...new Set(taken.map(({ id, from }) => `${from.id} ${id}`))].map((each) => each.split(' ')[0])).toEqual([other.id, one.id]);
    },
  },
];
