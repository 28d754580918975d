import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SendResult } from '../../src/chat/index.js';
import type { Kind } from '../../src/delivery/index.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { createPlatform, createRig, eventually, type Rig } from './rig.js';

const minute = 60_000;

describe.each(databases)('sending on $name', ({ open }) => {
  let database: TestDatabase;
  let rig: Rig;

  beforeEach(async () => {
    database = await open();
    rig = createRig(database.storage);
  });

  afterEach(async () => {
    await rig.stop();
    await database.close();
  });

  const reopen = async (options: Parameters<typeof open>[0]): Promise<TestDatabase> => {
    await database.close();
    database = await open(options);
    return database;
  };

  it('brings messages to their chats, forgets what they said and keeps the platform’s id', async () => {
    const platform = createPlatform();
    const sender = rig.sender([platform.adapter]);
    await rig.write(rig.planned('a', 'confirmation', 'one'), rig.planned('b', 'announcement', 'two'));
    await sender.drain();
    expect(platform.shown('a')).toEqual(['one']);
    expect(platform.shown('b')).toEqual(['two']);
    expect(await rig.row('one')).toMatchObject({ state: 'sent', payload: null, finishedAt: BigInt(rig.clock()), tries: 1, fence: 1 });
    expect((await rig.row('one')).messageId).toMatch(/^m[12]$/);
  });

  it('sends a reply without a claim, and what follows it in its chat right after', async () => {
    const platform = createPlatform();
    const sender = rig.sender([platform.adapter]);
    sender.sendNow(await rig.write(rig.planned('a', 'reply', 'hello'), rig.planned('a', 'confirmation', 'more')));
    await eventually(async () => expect(await rig.states()).toEqual(['hello sent', 'more sent']));
    expect(platform.shown('a')).toEqual(['hello', 'more']);
    expect(await rig.row('hello')).toMatchObject({ fence: 0 });
  });

  it('sends what a poke tells of', async () => {
    const platform = createPlatform();
    const sender = rig.sender([platform.adapter]);
    await sender.start();
    await rig.write(rig.planned('a', 'confirmation', 'one'));
    sender.poke();
    await eventually(() => expect(platform.shown('a')).toEqual(['one']));
  });

  it('sends nothing before its time', async () => {
    const platform = createPlatform();
    const sender = rig.sender([platform.adapter]);
    await rig.write(rig.planned('a', 'reminder', 'later', { notBefore: rig.clock() + minute }));
    rig.pass(minute - 1);
    await sender.drain();
    expect(platform.sends).toEqual([]);
    rig.pass(1);
    await sender.drain();
    expect(platform.shown('a')).toEqual(['later']);
  });

  it('leaves the messages of an account that it has no adapter for', async () => {
    const sender = rig.sender([createPlatform({}, 'other').adapter]);
    sender.sendNow(await rig.write(rig.planned('a', 'reply', 'one'), rig.planned('a', 'reply', 'two')));
    await eventually(async () => expect(await rig.states()).toEqual(['one ready', 'two ready']));
    const platform = createPlatform();
    await rig.sender([platform.adapter]).drain();
    expect(platform.shown('a')).toEqual(['one', 'two']);
  });

  it('lets what came too late expire, with a log line', async () => {
    const platform = createPlatform();
    const sender = rig.sender([platform.adapter]);
    await rig.write(rig.planned('a', 'reminder', 'late', { expiresAt: rig.clock() + minute }), rig.planned('a', 'change', 'next'));
    rig.pass(minute);
    await sender.drain();
    expect(await rig.states()).toEqual(['late expired', 'next sent']);
    expect((await rig.row('late')).payload).toBeNull();
    expect(rig.lines.filter((line) => line.includes('expired'))).toHaveLength(1);
  });

  it('lets a message that waits for its next try expire in time', async () => {
    const platform = createPlatform();
    const sender = rig.sender([platform.adapter]);
    platform.next({ type: 'throttled', retryAfterMs: 60 * minute });
    await rig.write(rig.planned('a', 'reminder', 'late', { expiresAt: rig.clock() + minute }), rig.planned('a', 'change', 'next'));
    await sender.drain();
    rig.pass(minute);
    await sender.drain();
    expect(await rig.states()).toEqual(['late expired (throttled)', 'next sent']);
  });

  it('does not trip over a message that cannot be read', async () => {
    const platform = createPlatform();
    const sender = rig.sender([platform.adapter]);
    await rig.write(
      rig.planned('a', 'confirmation', 'broken'),
      rig.planned('a', 'confirmation', 'moved'),
      rig.planned('a', 'confirmation', 'whole'),
    );
    const { payload } = await rig.row('whole');
    await database.storage.read.outbox.update({ where: { dedupeKey: 'broken' }, data: { payload: Buffer.from('nonsense') } });
    await database.storage.read.outbox.update({ where: { dedupeKey: 'moved' }, data: { payload } });
    await sender.drain();
    expect(await rig.states()).toEqual(['broken dead (unreadable)', 'moved dead (unreadable)', 'whole sent']);
    expect(platform.shown('a')).toEqual(['whole']);
  });

  describe('order', () => {
    it('holds a chat whose first message is to be tried again, and no other chat', async () => {
      const platform = createPlatform();
      const sender = rig.sender([platform.adapter]);
      platform.nextIn('a', { type: 'unreachable' }, { type: 'throttled', retryAfterMs: 3_000 });
      await rig.write(
        rig.planned('a', 'announcement', 'a1'),
        rig.planned('a', 'confirmation', 'a2'),
        rig.planned('b', 'announcement', 'b1'),
      );
      await sender.drain();
      expect(platform.sends.map(({ text }) => text).sort()).toEqual(['a1', 'b1']);
      expect(await rig.states()).toEqual(['a1 ready (unreachable)', 'a2 ready', 'b1 sent']);
      rig.pass(1_000);
      await sender.drain();
      expect(await rig.states()).toEqual(['a1 ready (throttled)', 'a2 ready', 'b1 sent']);
      rig.pass(3_000);
      await sender.drain();
      expect(platform.shown('a')).toEqual(['a1', 'a2']);
    });

    it('holds replies too, those in hand and those that come while the first waits', async () => {
      const platform = createPlatform();
      const sender = rig.sender([platform.adapter]);
      platform.nextIn('a', { type: 'throttled', retryAfterMs: 1_000 });
      sender.sendNow(await rig.write(rig.planned('a', 'reply', 'one'), rig.planned('a', 'reply', 'two')));
      sender.sendNow(await rig.write(rig.planned('a', 'reply', 'three')));
      await sender.drain();
      sender.sendNow(await rig.write(rig.planned('a', 'reply', 'four')));
      await sender.drain();
      expect(platform.sends).toHaveLength(1);
      rig.pass(1_000);
      await sender.drain();
      expect(platform.shown('a')).toEqual(['one', 'two', 'three', 'four']);
      expect(platform.sends).toHaveLength(5);
    });

    it('lets the next pass when the first is dead or in doubt', async () => {
      const platform = createPlatform();
      const sender = rig.sender([platform.adapter]);
      platform.next({ type: 'rejected', reason: 'too long' }, { type: 'inDoubt', reason: '502' });
      await rig.write(
        rig.planned('a', 'announcement', 'one'),
        rig.planned('a', 'announcement', 'two'),
        rig.planned('a', 'announcement', 'three'),
      );
      await sender.drain();
      expect(await rig.states()).toEqual(['one dead (rejected: too long)', 'two inDoubt (inDoubt)', 'three sent']);
    });

    it('takes lower lanes first where chats must wait', async () => {
      const platform = createPlatform();
      const sender = rig.sender([platform.adapter], { concurrency: 1 });
      const kinds: [string, Kind][] = [
        ['a', 'announcement'],
        ['b', 'announcement'],
        ['c', 'reminder'],
        ['d', 'confirmation'],
      ];
      await rig.write(...kinds.map(([chat, kind]) => rig.planned(chat, kind, chat)));
      await sender.drain();
      expect(platform.sends.map(({ chat }) => chat)).toEqual(['d', 'c', 'a', 'b']);
    });

    it('keeps the order of each chat whatever fails', async () => {
      const platform = createPlatform();
      const sender = rig.sender([platform.adapter], { concurrency: 3 });
      const chats = ['a', 'b', 'c', 'd', 'e'];
      for (const chat of chats)
        platform.nextIn(chat, { type: 'unreachable' }, 'ok', { type: 'throttled', retryAfterMs: 500 }, 'ok', { type: 'unreachable' });
      const texts = Array.from({ length: 4 }, (_, at) => at);
      for (const at of texts) {
        sender.sendNow(
          await rig.write(...chats.map((chat, nth) => rig.planned(chat, (at + nth) % 2 ? 'reply' : 'confirmation', `${chat}${at}`))),
        );
      }
      for (let round = 0; round < 6; round += 1) {
        await sender.drain();
        rig.pass(4_000);
      }
      for (const chat of chats) expect(platform.shown(chat)).toEqual(texts.map((at) => `${chat}${at}`));
    });
  });

  describe('at once', () => {
    it('writes to several chats, and to no more than allowed', async () => {
      const platform = createPlatform();
      const sender = rig.sender([platform.adapter], { concurrency: 3 });
      await rig.write(...Array.from({ length: 12 }, (_, at) => rig.planned(`chat ${at}`, 'announcement', `t${at}`)));
      await sender.drain();
      expect(platform.busiest()).toBe(3);
      expect(new Set(platform.sends.map(({ text }) => text)).size).toBe(12);
    });

    it('a chat that hangs delays no other chat, and an account that hangs no other account', async () => {
      const slow = createPlatform({}, 'slow');
      const quick = createPlatform();
      const sender = rig.sender([slow.adapter, quick.adapter], { concurrency: 2, timeoutMs: minute });
      slow.next('hang', 'hang');
      quick.nextIn('a', 'hang');
      const at = (chat: string) => ({ address: { platform: 'scripted', account: 'slow', chat } });
      await rig.write(
        rig.planned('x', 'change', 's1', at('x')),
        rig.planned('y', 'change', 's2', at('y')),
        rig.planned('a', 'change', 'a1'),
      );
      await rig.write(rig.planned('a', 'change', 'a2'), rig.planned('b', 'change', 'b1'), rig.planned('c', 'change', 'c1'));
      sender.poke();
      await eventually(async () =>
        expect(await rig.states()).toEqual(['s1 sending', 's2 sending', 'a1 sending', 'a2 ready', 'b1 sent', 'c1 sent']),
      );
    });
  });

  it('a long queue neither stops the sender nor holds up a reply', async () => {
    const short = createRig((await reopen({ deadlineMs: 1_500 })).storage);
    const platform = createPlatform();
    const sender = short.sender([platform.adapter], { concurrency: 2, timeoutMs: minute });
    for (let batch = 0; batch < 5; batch += 1) {
      await short.write(
        ...Array.from({ length: 1_000 }, (_, at) => short.planned(`chat ${batch} ${at}`, 'announcement', `t${batch} ${at}`)),
      );
    }
    sender.poke();
    await eventually(() => expect(platform.sends.length).toBeGreaterThan(10));
    sender.sendNow(await short.write(short.planned('a', 'reply', 'reply')));
    await eventually(() => expect(platform.shown('a')).toEqual(['reply']));
    expect(platform.sends.length).toBeLessThan(4_000);
    expect(short.lines).toEqual([]);
    await short.stop();
  });

  describe('failures', () => {
    it('unreachable: tries again after growing pauses until it works', async () => {
      const platform = createPlatform();
      const sender = rig.sender([platform.adapter]);
      platform.next(...Array.from({ length: 10 }, () => ({ type: 'unreachable' }) as const));
      await rig.write(rig.planned('a', 'confirmation', 'one'));
      const pauses: number[] = [];
      for (let round = 0; round < 10; round += 1) {
        await sender.drain();
        const { notBefore } = await rig.row('one');
        pauses.push(Number(notBefore) - rig.clock());
        rig.pass(Number(notBefore) - rig.clock());
      }
      await sender.drain();
      expect(pauses.map((ms) => ms / 1_000)).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60, 60]);
      expect(await rig.row('one')).toMatchObject({ state: 'sent', tries: 11, failure: null });
    });

    it('throttled: waits as long as the platform asks, and counts no try', async () => {
      const platform = createPlatform();
      const sender = rig.sender([platform.adapter]);
      platform.next({ type: 'throttled', retryAfterMs: 30_000 });
      await rig.write(rig.planned('a', 'confirmation', 'one'));
      await sender.drain();
      rig.pass(29_999);
      await sender.drain();
      expect(platform.sends).toHaveLength(1);
      expect((await rig.row('one')).tries).toBe(0);
      rig.pass(1);
      await sender.drain();
      expect(platform.shown('a')).toEqual(['one']);
    });

    it('blocked: dead, and the rest of the house hears of it in the same transaction', async () => {
      const platform = createPlatform();
      const sender = rig.sender([platform.adapter], {
        hooks: {
          onBlocked: async (tx, { chat }) => void (await tx.setting.create({ data: { key: `blocked ${chat}`, value: Buffer.from('1') } })),
        },
      });
      platform.next({ type: 'blocked' });
      await rig.write(rig.planned('a', 'confirmation', 'one'));
      await sender.drain();
      expect(await rig.states()).toEqual(['one dead (blocked)']);
      expect((await rig.row('one')).payload).toBeNull();
      expect(await database.storage.read.setting.count({ where: { key: 'blocked a' } })).toBe(1);
    });

    it('blocked: dead also when hearing of it fails', async () => {
      const platform = createPlatform();
      const sender = rig.sender([platform.adapter], { hooks: { onBlocked: () => Promise.reject(new Error('李雷 13800000000')) } });
      platform.next({ type: 'blocked' });
      await rig.write(rig.planned('a', 'confirmation', 'one'));
      await sender.drain();
      expect(await rig.states()).toEqual(['one dead (blocked)']);
      expect(rig.lines.filter((line) => line.includes('"level":"error"'))).toHaveLength(1);
    });

    it('gone: dead', async () => {
      const platform = createPlatform();
      const sender = rig.sender([platform.adapter]);
      platform.next({ type: 'gone' });
      await rig.write(rig.planned('a', 'confirmation', 'one'));
      await sender.drain();
      expect(await rig.states()).toEqual(['one dead (gone)']);
    });

    it('migrated: everything for the chat goes to its new id, once', async () => {
      const platform = createPlatform();
      const moved: string[] = [];
      const sender = rig.sender([platform.adapter], {
        hooks: { onMigrated: async (_, from, to) => void moved.push(`${from.chat} to ${to.chat}`) },
      });
      platform.nextIn('old', { type: 'migrated', chat: 'new' });
      await rig.write(
        rig.planned('old', 'announcement', 'one'),
        rig.planned('old', 'announcement', 'two'),
        rig.planned('other', 'announcement', 'three'),
      );
      await sender.drain();
      expect(platform.shown('new')).toEqual(['one', 'two']);
      expect(platform.shown('old')).toEqual([]);
      expect(platform.shown('other')).toEqual(['three']);
      expect(moved).toEqual(['old to new']);
    });

    it('misconfigured: the account rests, with one line at error, and goes on by itself', async () => {
      const platform = createPlatform();
      const sender = rig.sender([platform.adapter]);
      const refused = { type: 'misconfigured', reason: '401' } as const;
      platform.next(refused, refused, refused, refused);
      await rig.write(...['a', 'b', 'c'].map((chat) => rig.planned(chat, 'announcement', chat)));
      await sender.drain();
      expect(await rig.states()).toEqual(['a ready', 'b ready', 'c ready']);
      const sends = platform.sends.length;
      rig.pass(minute - 1);
      sender.sendNow(await rig.write(rig.planned('d', 'reply', 'd')));
      await sender.drain();
      expect(platform.sends).toHaveLength(sends);
      rig.pass(1);
      await sender.drain();
      rig.pass(minute);
      await sender.drain();
      expect(await rig.states()).toEqual(['a sent', 'b sent', 'c sent', 'd sent']);
      expect((await rig.row('a')).tries).toBe(1);
      expect(rig.lines.filter((line) => line.includes('"level":"error"'))).toHaveLength(1);
    });
  });

  describe('in doubt', () => {
    it.each(['throw', 'hang', { type: 'inDoubt', reason: '502' }] as const)(
      'after %j a confirmation goes out once more',
      async (answer) => {
        const platform = createPlatform();
        const sender = rig.sender([platform.adapter]);
        platform.next(answer, answer);
        await rig.write(rig.planned('a', 'confirmation', 'one'));
        await sender.drain();
        expect(await rig.states()).toEqual(['one ready (inDoubt)']);
        rig.pass(1_000);
        await sender.drain();
        expect(await rig.states()).toEqual(['one dead (inDoubt)']);
        rig.pass(60 * minute);
        await sender.drain();
        expect(platform.sends).toHaveLength(2);
      },
    );

    it('an announcement is not sent again, and keeps its text for staff', async () => {
      const platform = createPlatform();
      const sender = rig.sender([platform.adapter]);
      platform.next({ type: 'inDoubt', reason: '502' });
      await rig.write(rig.planned('a', 'announcement', 'one'));
      await sender.drain();
      rig.pass(60 * minute);
      await sender.drain();
      expect(platform.sends).toHaveLength(1);
      expect(await rig.row('one')).toMatchObject({ state: 'inDoubt', finishedAt: null });
      expect((await rig.row('one')).payload).not.toBeNull();
    });

    it('where the platform knows a key again, any kind is repeated under the same key and seen once', async () => {
      const platform = createPlatform({ idempotentSends: true });
      const sender = rig.sender([platform.adapter]);
      const arrivedButUnanswered = async (): Promise<SendResult> => {
        await platform.adapter.send({ platform: 'scripted', account: 'bot', chat: 'a' }, { text: 'one' }, 'one');
        return { ok: false, failure: { type: 'inDoubt', reason: 'reset' } };
      };
      platform.next(arrivedButUnanswered, 'ok', { type: 'inDoubt', reason: '502' });
      await rig.write(rig.planned('a', 'announcement', 'one'));
      for (let round = 0; round < 3; round += 1) {
        await sender.drain();
        rig.pass(minute);
      }
      expect(await rig.states()).toEqual(['one sent']);
      expect(platform.shown('a')).toEqual(['one']);
      expect(platform.sends.length).toBeGreaterThan(2);
    });
  });

  describe('a clock that jumps', () => {
    it('an hour back: a message that waits for its next try does not wait an hour', async () => {
      const platform = createPlatform();
      const sender = rig.sender([platform.adapter]);
      platform.next({ type: 'unreachable' });
      await rig.write(rig.planned('a', 'confirmation', 'one'));
      await sender.drain();
      rig.pass(-60 * minute);
      await sender.drain();
      expect(platform.shown('a')).toEqual(['one']);
    });

    it('an hour back: a new message leaves at once, and an account that rested works again', async () => {
      const platform = createPlatform();
      const sender = rig.sender([platform.adapter]);
      platform.next({ type: 'misconfigured', reason: '401' });
      await rig.write(rig.planned('a', 'confirmation', 'one'));
      await sender.drain();
      rig.pass(-60 * minute);
      await sender.drain();
      expect(platform.shown('a')).toEqual(['one']);
    });

    it('an hour forth: nothing is sent twice', async () => {
      const platform = createPlatform();
      const sender = rig.sender([platform.adapter], { timeoutMs: minute });
      let arrive = (_: SendResult) => {};
      platform.next(() => new Promise<SendResult>((resolve) => (arrive = resolve)));
      await rig.write(rig.planned('a', 'confirmation', 'one'));
      sender.poke();
      await eventually(() => expect(platform.sends).toHaveLength(1));
      rig.pass(60 * minute);
      sender.poke();
      await rig.write(rig.planned('b', 'confirmation', 'two'));
      sender.poke();
      await eventually(() => expect(platform.shown('b')).toEqual(['two']));
      arrive({ ok: true, messageId: 'm9' });
      await sender.drain();
      expect(platform.sends.map(({ text }) => text)).toEqual(['one', 'two']);
      expect(await rig.row('one')).toMatchObject({ state: 'sent', messageId: 'm9' });
    });
  });

  it('logs neither texts nor names nor what a fault says', async () => {
    const platform = createPlatform();
    const sender = rig.sender([platform.adapter]);
    platform.next('throw', { type: 'rejected', reason: '韩梅梅 13800000000' }, { type: 'blocked' }, 'throw');
    const message = { text: '韩梅梅明天10点', mention: { id: '1', name: '韩梅梅' } };
    await rig.write(...['a', 'b', 'c', 'd'].map((chat) => rig.planned(chat, 'announcement', chat, { message })));
    await sender.drain();
    const log = rig.lines.join('\n');
    expect(rig.lines.length).toBeGreaterThan(3);
    expect(log).not.toMatch(/韩梅梅|13800000000|明天|4711|platform\.example/);
  });
});
