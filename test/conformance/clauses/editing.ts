import { expect } from 'vitest';
import type { SendFailure } from '../../../src/chat/index.js';
import { need, sendFailures, type Clause, type Rig } from '../rig.js';
import { named } from './failing.js';
import { longText } from './outgoing.js';

/** How a message is changed that was sent, beside a card that changes in place. */
export const editing: readonly Clause[] = [
  {
    name: 'an edit longer than a message is refused, and what stood there stays',
    async prove(rig) {
      const { edits, maxText } = rig.adapter.capabilities;
      const { to, card } = await postCard(rig);
      const text = longText(rig);
      const whole = edits && maxText === Infinity;
      const expected = whole ? { ok: true, messageId: card } : { ok: false, failure: { type: 'rejected' } };
      expect(await rig.adapter.edit(to, card, { text })).toMatchObject(expected);
      expect((await rig.shown(to.chat)).map((message) => message.text)).toEqual([whole ? text : '已报 1/20']);
    },
  },
  {
    name: 'an edit of what is no message says “gone”, where the platform can edit',
    async prove(rig) {
      const { to } = await postCard(rig);
      const type = rig.adapter.capabilities.edits ? 'gone' : 'rejected';
      for (const id of ['', 'no such message', '999999999'])
        expect(await rig.adapter.edit(to, id, { text: '已报 2/20' })).toMatchObject({ ok: false, failure: { type } });
      expect((await rig.shown(to.chat)).map(({ text }) => text)).toEqual(['已报 1/20']);
    },
  },
  ...sendFailures.map((failure): Clause => ({
    name: `an edit that meets “${failure.type}” says so, throws nothing, and the next one goes`,
    needs: [`meets ${failure.type}`],
    prove: (rig) => proveNamed(rig, failure),
  })),
];

async function postCard({ adapter, group }: Rig) {
  const to = { platform: adapter.platform, account: adapter.account, chat: group.id };
  const sent = await adapter.send(to, { text: '已报 1/20' }, 'card');
  return { to, card: sent.ok ? sent.messageId : '' };
}

async function proveNamed(rig: Rig, failure: SendFailure): Promise<void> {
  const { to, card } = await postCard(rig);
  const met = need(`meets ${failure.type}`, rig.meets(failure));
  const { edits } = rig.adapter.capabilities;
  const expected: SendFailure = edits ? met : { type: 'rejected', reason: 'no edits' };
  const result = await rig.adapter.edit(to, card, { text: '王小明报上了' });
  expect(result).toEqual({ ok: false, failure: named(expected) });
  for (const secret of ['王小明', ...rig.secrets]) expect(JSON.stringify(result)).not.toContain(secret);
  const [between = ''] = (await rig.shown(to.chat)).map(({ text }) => text);
  expect(expected.type === 'inDoubt' ? ['已报 1/20', '王小明报上了'] : ['已报 1/20']).toContain(between);
  expect(await rig.adapter.edit(to, card, { text: '已报 2/20' })).toMatchObject({ ok: edits });
  expect((await rig.shown(to.chat)).map(({ id, text }) => [id, text])).toEqual([[card, edits ? '已报 2/20' : '已报 1/20']]);
}
