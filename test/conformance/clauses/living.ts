import { expect } from 'vitest';
import { need, type Clause, type Rig } from '../rig.js';
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
    name: 'after a restart an update that was not taken is taken, under its id',
    needs: ['restart'],
    async prove(rig) {
      const [one] = rig.people;
      rig.core(() => Promise.reject(new Error('no database')));
      const left = await rig.says(one, one.privateChat ?? '', '报名');
      const next = await need('restart', rig.restart());
      const { taken } = await left.again();
      expect(taken, 'What comes again is taken: did `start` resolve before the platform knew that somebody listens?').toBe(true);
      const asked = [...rig.received, ...next.received].filter(({ content }) => content.type === 'text' && content.text === '报名');
      expect(next.received).not.toEqual([]);
      expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
    },
  },
  {
    name: 'started while the platform is away, it takes what comes once the platform is back',
    needs: ['restart away'],
    async prove(rig) {
      const [one] = rig.people;
      rig.core(() => Promise.reject(new Error('no database')));
      const left = await rig.says(one, one.privateChat ?? '', '报名');
      const next = await need('restart away', rig.restart(true));
      expect((await left.again()).taken).toBe(true);
      expect(next.received.at(-1)?.content).toEqual({ type: 'text', text: '报名' });
    },
  },
  {
    name: 'after a restart a card changes as it did before',
    needs: ['restart'],
    async prove(rig) {
      const to = { platform: rig.adapter.platform, account: rig.adapter.account, chat: rig.group.id };
      const sent = await rig.adapter.send(to, { text: '已报 1/20' }, 'card');
      const messageId = sent.ok ? sent.messageId : '';
      const changes = async ({ adapter, shown }: Rig, text: string) => {
        const before = (await shown(to.chat)).length;
        const { ok } = await adapter.edit(to, messageId, { text });
        const after = await shown(to.chat);
        return { ok, changed: after.find(({ id }) => id === messageId)?.text === text, more: after.length - before };
      };
      const before = await changes(rig, '已报 2/20');
      const next = await need('restart', rig.restart());
      expect(await changes(next, '已报 3/20')).toEqual(before);
    },
  },
  {
    name: 'no log holds a name, a word that was said, or a secret',
    async prove(rig) {
      const [one] = rig.people;
      const to = { platform: rig.adapter.platform, account: rig.adapter.account, chat: one.privateChat ?? '' };
      await rig.says(one, to.chat, '王小明8岁了');
      // Faults quote what was at hand.
      rig.core(() => Promise.reject(new Error('no row for 王小明8岁了')));
      await rig.says(one, to.chat, '王小明8岁了');
      await rig.odd(one, to.chat);
      await rig.attaches(one, to.chat, table, { text: '王小明的作业' });
      await rig.moves([one], 'joined');
      await rig.adapter.send(to, { text: '王小明报上了' }, 'told');
      rig.meets({ type: 'rejected', reason: 'no such thing' });
      await rig.adapter.send(to, { text: '王小明报上了' }, 'refused');
      for (const secret of ['王小明', one.name, ...rig.secrets]) expect(rig.logged()).not.toContain(secret);
    },
  },
];
