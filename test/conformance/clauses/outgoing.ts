import { expect } from 'vitest';
import { withNumberedChoices, type Address, type Outbound } from '../../../src/chat/index.js';
import { need, type Clause, type Rig } from '../rig.js';
import { words } from './incoming.js';

const privately = ({ adapter: { platform, account }, people: [one] }: Rig): Address => ({ platform, account, chat: one.privateChat ?? '' });
const inGroup = ({ adapter: { platform, account }, group }: Rig): Address => ({ platform, account, chat: group.id });

const menu: Outbound = {
  text: '给谁报？',
  choices: [
    { key: '1', label: '王小明', value: 'tok1:1' },
    { key: '2', label: '添加孩子', value: 'tok1:2' },
    { key: '0', label: '不报了', value: 'tok1:0', quiet: true },
  ],
};

/** A text that needs three messages at least, where one has an end. */
export function longText({ adapter: { capabilities } }: Rig): string {
  const line = '王**家的孩子报上了，带彩笔👨‍👩‍👧‍👦';
  const lines = capabilities.maxText === Infinity ? 400 : Math.ceil((capabilities.maxText * 3) / line.length);
  return Array.from({ length: lines }, (_, n) => `${n + 1}. ${line}`).join('\n');
}

async function send(rig: Rig, to: Address, message: Outbound, key: string): Promise<string> {
  const result = await rig.adapter.send(to, message, key);
  if (!result.ok) throw new Error(`Not sent: ${result.failure.type}`);
  return result.messageId;
}

/** What goes out. */
export const outgoing: readonly Clause[] = [
  {
    name: 'words are shown as they are, in order, whatever stands in them',
    async prove(rig) {
      for (const [at, text] of words.entries()) await send(rig, privately(rig), { text }, `words:${at}`);
      expect((await rig.shown(privately(rig).chat)).map(({ text }) => text)).toEqual(words);
    },
  },
  {
    name: 'choices are buttons, or lines with their numbers',
    async prove(rig) {
      await send(rig, privately(rig), menu, 'menu');
      const [shown] = await rig.shown(privately(rig).chat);
      const expected = rig.adapter.capabilities.buttons
        ? { text: menu.text, labels: ['王小明', '添加孩子', '不报了'] }
        : { text: withNumberedChoices(menu), labels: [] };
      expect(shown).toMatchObject(expected);
    },
  },
  {
    name: 'who picks a label brings the value that was saved with it',
    async prove(rig) {
      const [one] = rig.people;
      await send(rig, privately(rig), { ...menu, choices: [{ key: '1', label: '添加孩子', value: 'old:1' }] }, 'old');
      const messageId = await send(rig, privately(rig), menu, 'menu');
      await rig.picks(one, privately(rig).chat, '添加孩子');
      const { buttons } = rig.adapter.capabilities;
      const expected = buttons ? { type: 'press', value: 'tok1:2', messageId } : { type: 'text', text: '2' };
      expect(rig.received.map(({ content }) => content)).toEqual([expected]);
    },
  },
  {
    name: 'sent twice under one key, a message is there once where the platform can tell',
    async prove(rig) {
      const first = await send(rig, privately(rig), { text: '报上了' }, 'once');
      const second = await send(rig, privately(rig), { text: '报上了' }, 'once');
      await send(rig, privately(rig), { text: '报上了' }, 'another');
      const { idempotentSends } = rig.adapter.capabilities;
      expect(second === first).toBe(idempotentSends);
      expect(await rig.shown(privately(rig).chat)).toHaveLength(idempotentSends ? 2 : 3);
    },
  },
  {
    name: 'a text longer than a message comes in several, in order, each within its room, with the choices under the last',
    async prove(rig) {
      const { maxText, buttons } = rig.adapter.capabilities;
      const text = longText(rig);
      const messageId = await send(rig, privately(rig), { ...menu, text }, 'long');
      const shown = await rig.shown(privately(rig).chat);
      for (const message of shown) expect(message.text.length).toBeLessThanOrEqual(maxText);
      const whole = buttons ? text : withNumberedChoices({ ...menu, text });
      expect(shown.map((message) => message.text).join('\n')).toBe(whole);
      if (buttons) expect(shown.map(({ labels }) => labels.length)).toEqual(shown.map((_, at) => (at === shown.length - 1 ? 3 : 0)));
      expect(shown.at(-1)?.id).toBe(messageId);
    },
  },
  {
    name: 'where a part of a long text went out before a failure, the rest is given back, and sent again it is all there once',
    needs: ['meets after a part'],
    async prove(rig) {
      const to = privately(rig);
      const long = { ...menu, text: longText(rig) };
      const looks = async (chat: string) => (await rig.shown(chat)).map(({ text, labels }) => ({ text, labels: labels.toSorted() }));
      await send(rig, inGroup(rig), long, 'without a failure');
      const expected = need('meets after a part', rig.meets({ type: 'throttled', retryAfterMs: 7_000 }, 1));
      const first = await rig.adapter.send(to, long, 'long');
      expect(first).toEqual({ ok: false, failure: expected, rest: expect.anything() as unknown });
      expect(await rig.shown(to.chat)).toHaveLength(1);
      // As the outbox does, perhaps after a restart: it has what is left, and the key.
      const messageId = await send(rig, to, (!first.ok && first.rest) || { text: '' }, 'long');
      expect(await looks(to.chat)).toEqual(await looks(inGroup(rig).chat));
      expect((await rig.shown(to.chat)).at(-1)?.id).toBe(messageId);
    },
  },
  {
    name: 'a file is shown as it is, or as the line that stands for it',
    async prove(rig) {
      const data = new Uint8Array([0, 255, 13, 10, 26, 128]);
      const file = { name: '名单.csv', mimeType: 'text/csv', data, instead: '这里发不了文件，请到网页上看' };
      await send(rig, privately(rig), { text: '名单在这里', file }, 'file');
      const [shown] = await rig.shown(privately(rig).chat);
      expect(shown?.text).toBe(rig.adapter.capabilities.files ? '名单在这里' : '名单在这里\n这里发不了文件，请到网页上看');
      expect(shown?.file).toEqual(rig.adapter.capabilities.files ? { name: '名单.csv', data } : undefined);
    },
  },
  {
    name: 'a file loses nothing of the words that come with it, however many a message may have',
    async prove(rig) {
      const { maxText, files } = rig.adapter.capabilities;
      const all = longText(rig);
      const text = all.slice(0, all.lastIndexOf('\n', maxText));
      const file = { name: '名单.csv', mimeType: 'text/csv', data: new Uint8Array([1]), instead: '请到网页上看' };
      await send(rig, privately(rig), { text, file }, 'long file');
      const shown = await rig.shown(privately(rig).chat);
      const lines = shown.map((message) => message.text).filter((one) => one !== '');
      expect(lines.join('\n')).toBe(files ? text : `${text}\n请到网页上看`);
      expect(shown.filter((message) => message.file).length).toBe(files ? 1 : 0);
    },
  },
  {
    name: 'a message in a group names whom it is for and what it answers',
    async prove(rig) {
      const [one] = rig.people;
      const card = await send(rig, inGroup(rig), { text: '美术课' }, 'card');
      await send(rig, inGroup(rig), { text: '先占2个位', replyTo: card, mention: { id: one.id, name: one.name } }, 'answer');
      const { mentions, replies } = rig.adapter.capabilities;
      const shown = (await rig.shown(rig.group.id)).at(-1);
      expect(shown?.text).toBe(mentions ? '先占2个位' : `@${one.name} 先占2个位`);
      expect([shown?.mention, shown?.replyTo]).toEqual([mentions ? one.id : undefined, replies ? card : undefined]);
    },
  },
  {
    name: 'what answers a message that is gone is sent all the same',
    async prove(rig) {
      for (const replyTo of ['no such message', '999999999'])
        await send(rig, inGroup(rig), { text: '先占2个位', replyTo }, `answer to ${replyTo}`);
      expect((await rig.shown(rig.group.id)).map(({ text }) => text)).toEqual(['先占2个位', '先占2个位']);
    },
  },
  {
    name: 'what the core answers to a press is shown to whoever pressed alone, where the platform can',
    async prove(rig) {
      await send(rig, inGroup(rig), { text: '美术课', choices: [{ key: '1', label: '报名', value: 'c:abcdef:join' }] }, 'card');
      rig.core(async () => ({ notice: '到私聊里接着说' }));
      const posted = await rig.picks(rig.people[0], rig.group.id, '报名');
      const { buttons, notices } = rig.adapter.capabilities;
      expect([posted.taken, posted.notice]).toEqual([true, buttons && notices ? '到私聊里接着说' : undefined]);
      expect(await rig.shown(rig.group.id)).toHaveLength(1);
    },
  },
  {
    name: 'a card changes in place, also to what it shows already, or the platform says that it cannot',
    async prove(rig) {
      const { edits, buttons } = rig.adapter.capabilities;
      const choices = [{ label: '报名', value: 'c:abcdef:join' }];
      const card = await send(rig, inGroup(rig), { text: '已报 1/20', choices }, 'card');
      await send(rig, inGroup(rig), { text: '明天见' }, 'other');
      for (let times = 0; times < 2; times += 1) {
        const result = await rig.adapter.edit(inGroup(rig), card, { text: '已报 2/20', choices });
        expect(result).toMatchObject(edits ? { ok: true, messageId: card } : { ok: false, failure: { type: 'rejected' } });
      }
      const [first, second, ...more] = await rig.shown(rig.group.id);
      const count = edits ? '已报 2/20' : '已报 1/20';
      expect(first).toMatchObject(buttons ? { id: card, text: count, labels: ['报名'] } : { id: card, text: `${count}\n报名` });
      expect([second?.text, ...more]).toEqual(['明天见']);
    },
  },
];
