import { expect } from 'vitest';
import type { Clause } from '../rig.js';
import { slowCore, table } from './incoming.js';

/** How an adapter stops, comes back and behaves beside its work. */
export const living: readonly Clause[] = [
  {
    name: 'a stop waits for what is under way, is final, and may be asked for again',
    async prove(rig) {
      const [one] = rig.people;
      const { reached, commit } = slowCore(rig);
      const posting = rig.says(one, one.privateChat ?? '', '报名');
      await reached;
      let stopped = false;
      const stopping = rig.adapter.stop().then(() => (stopped = true));
      await new Promise((resolve) => setTimeout(resolve, 50));
      const before = stopped;
      commit();
      expect(before).toBe(false);
      expect((await posting).taken).toBe(true);
      await stopping;
      const late = await rig.says(one, one.privateChat ?? '', '还在吗');
      expect(late.taken).toBe(false);
      expect(rig.received).toHaveLength(1);
      await rig.adapter.stop();
    },
  },
  {
    name: 'after a restart an update that was not taken is taken, and a card still changes in place',
    async prove(rig) {
      const [one] = rig.people;
      const card = { platform: rig.adapter.platform, account: rig.adapter.account, chat: rig.group.id };
      const sent = await rig.adapter.send(card, { text: '已报 1/20' }, 'card');
      rig.core(() => Promise.reject(new Error('no database')));
      const left = await rig.says(one, one.privateChat ?? '', '报名');
      const next = await rig.restart();
      if (next === null) return;
      await left.again();
      const asked = next.received.filter(({ content }) => content.type === 'text' && content.text === '报名');
      expect(asked.length).toBeGreaterThan(0);
      expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
      if (!next.adapter.capabilities.edits) return;
      expect(await next.adapter.edit(card, sent.ok ? sent.messageId : '', { text: '已报 2/20' })).toMatchObject({ ok: true });
      expect((await next.shown(rig.group.id)).map(({ text }) => text)).toEqual(['已报 2/20']);
    },
  },
  {
    name: 'no log holds a name, a word that was said, or a secret',
    async prove(rig) {
      const [one] = rig.people;
      const to = { platform: rig.adapter.platform, account: rig.adapter.account, chat: one.privateChat ?? '' };
      await rig.says(one, to.chat, '王小明8岁了');
      rig.core(() => Promise.reject(new Error('no database')));
      await rig.says(one, to.chat, '王小明8岁了');
      await rig.odd(one, to.chat);
      await rig.attaches(one, to.chat, table, { text: '王小明的作业' });
      await rig.moves(one, 'joined');
      await rig.adapter.send(to, { text: '王小明报上了' }, 'told');
      rig.meets({ type: 'rejected', reason: 'no such thing' });
      await rig.adapter.send(to, { text: '王小明报上了' }, 'refused');
      for (const secret of ['王小明', one.name, ...rig.secrets]) expect(rig.logged()).not.toContain(secret);
    },
  },
];
