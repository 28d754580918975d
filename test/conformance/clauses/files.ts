import { expect } from 'vitest';
import type { Address, FetchFailure, InboundFile } from '../../../src/chat/index.js';
import { fetchFailures, need, type Clause, type Rig } from '../rig.js';
import { table } from './incoming.js';

const aMegabyte = 1_000_000;

const addressOf = ({ adapter: { platform, account } }: Rig, chat: string): Address => ({ platform, account, chat });

const filesOf = ({ received }: Rig): readonly InboundFile[] =>
  received.flatMap(({ content }) => (content.type === 'file' ? content.files : []));

/** The table comes in the first person's private chat; null where no file can. */
async function bringTable(rig: Rig): Promise<{ readonly from: Address; readonly id: string } | null> {
  const [one] = rig.people;
  await rig.attaches(one, one.privateChat ?? '', table);
  const [file] = filesOf(rig);
  return file ? { from: addressOf(rig, one.privateChat ?? ''), id: file.id } : null;
}

/** What people send as pictures and files. */
export const files: readonly Clause[] = [
  {
    name: 'a file that somebody sends comes in by name, type and size, with its words, and its bytes can be fetched',
    async prove(rig) {
      const [one, other] = rig.people;
      const sent = await rig.adapter.send(addressOf(rig, rig.group.id), { text: '美术课' }, 'card');
      const messageId = sent.ok ? sent.messageId : '';
      const posted = [
        await rig.attaches(one, one.privateChat ?? '', table),
        await rig.attaches(other, rig.group.id, table, { text: '<b>名单</b> 👨‍👩‍👧‍👦\n请看' }),
        await rig.attaches(other, rig.group.id, table, { text: '活动', mentioning: true }),
        await rig.attaches(other, rig.group.id, table, { text: '报名', replyTo: messageId }),
      ];
      const { filesIn, replies } = rig.adapter.capabilities;
      expect(posted.map((one_) => one_?.taken ?? null)).toEqual(posted.map(() => (filesIn ? true : null)));
      const file = { id: expect.any(String) as string, name: table.name, mimeType: table.mimeType, size: table.data.length };
      const expected = [
        { text: '' },
        { text: '<b>名单</b> 👨‍👩‍👧‍👦\n请看' },
        { text: '活动', mentioned: true },
        { text: '报名', ...(replies ? { replyTo: messageId } : {}) },
      ];
      expect(rig.received.map(({ content }) => content)).toEqual(
        filesIn ? expected.map((said) => ({ type: 'file', files: [file], ...said })) : [],
      );
      for (const { address, content } of rig.received) {
        const [{ id } = { id: '' }] = content.type === 'file' ? content.files : [];
        expect(await bytesOf(rig, address, id)).toEqual([...table.data]);
      }
    },
  },
  {
    name: 'a file that is not there, is of another chat, or is larger than asked for is not had, and it is said why',
    async prove(rig) {
      const { adapter, group, people } = rig;
      const [one] = people;
      const from = addressOf(rig, one.privateChat ?? '');
      const gone = { ok: false, failure: { type: 'gone' } };
      for (const id of ['', 'no such file', '999999', '../../etc/passwd'])
        expect(await adapter.fetchFile(from, id, aMegabyte)).toEqual(gone);
      const brought = await bringTable(rig);
      if (!brought) return;
      expect(await adapter.fetchFile(addressOf(rig, group.id), brought.id, aMegabyte)).toEqual(gone);
      expect(await adapter.fetchFile(from, brought.id, table.data.length - 1)).toEqual({ ok: false, failure: { type: 'tooLarge' } });
      expect(await adapter.fetchFile(from, brought.id, table.data.length)).toMatchObject({ ok: true });
    },
  },
  {
    name: 'after a restart a file that came before can still be fetched',
    needs: ['restart'],
    async prove(rig) {
      const brought = await bringTable(rig);
      const before = brought && (await bytesOf(rig, brought.from, brought.id));
      const next = await need('restart', rig.restart());
      expect(brought !== null).toBe(next.adapter.capabilities.filesIn);
      if (!brought) return;
      expect(await bytesOf(next, brought.from, brought.id)).toEqual(before);
    },
  },
  ...fetchFailures.map((failure): Clause => ({
    name: `a file whose fetching meets “${failure.type}” is had later, and until then it is said so`,
    needs: [`fetchMeets ${failure.type}`],
    prove: (rig) => proveFetched(rig, failure),
  })),
];

async function proveFetched(rig: Rig, failure: FetchFailure): Promise<void> {
  const brought = await bringTable(rig);
  const expected = need(`fetchMeets ${failure.type}`, rig.fetchMeets(failure));
  const { from, id } = brought ?? { from: addressOf(rig, ''), id: '' };
  const named = 'reason' in expected ? { ...expected, reason: expect.any(String) as string } : expected;
  const result = await rig.adapter.fetchFile(from, id, aMegabyte);
  expect(result).toEqual({ ok: false, failure: named });
  for (const secret of rig.secrets) expect(JSON.stringify(result)).not.toContain(secret);
  expect(await rig.adapter.fetchFile(from, id, aMegabyte)).toMatchObject({ ok: true });
}

async function bytesOf({ adapter }: Rig, from: Address, id: string): Promise<readonly number[]> {
  const result = await adapter.fetchFile(from, id, aMegabyte);
  if (!result.ok) throw new Error(`Not had: ${result.failure.type}`);
  return [...result.data];
}
