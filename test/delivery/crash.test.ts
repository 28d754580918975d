import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SendResult } from '../../src/chat/index.js';
import { raw, type Storage } from '../../src/storage/index.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { createPlatform, createRig, eventually, type Platform, type Rig } from './rig.js';

const minute = 60_000;

// A process that dies is played by a sender whose platform never answers: what the database holds then is what a killed one leaves.
describe.each(databases)('a sender that ends, on $name', ({ open }) => {
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

  /** A first sender that dies while it sends these messages, each to its own chat. */
  async function dieSending(platform: Platform): Promise<void> {
    const rows = await database.storage.read.outbox.count();
    platform.next(...Array.from({ length: rows }, () => 'hang' as const));
    rig.sender([platform.adapter], { timeoutMs: 60 * minute }).poke();
    await eventually(() => expect(platform.sends).toHaveLength(rows));
  }

  it('in doubt is decided by kind when the next one starts', async () => {
    const platform = createPlatform();
    await rig.write(rig.planned('a', 'confirmation', 'c1'), rig.planned('b', 'announcement', 'a1'), rig.planned('c', 'reminder', 'r1'));
    await dieSending(platform);
    expect(await rig.states()).toEqual(['c1 sending', 'a1 sending', 'r1 sending']);

    const second = rig.sender([platform.adapter]);
    await second.start();
    expect(await rig.states()).toEqual(['c1 ready (inDoubt)', 'a1 inDoubt (inDoubt)', 'r1 ready (inDoubt)']);
    rig.pass(minute);
    await second.drain();
    expect(await rig.states()).toEqual(['c1 sent', 'a1 inDoubt (inDoubt)', 'r1 sent']);
    expect(platform.sends.filter(({ text }) => text === 'a1')).toHaveLength(1);
  });

  it.each([
    [1, ['reply sent']],
    [3, ['reply dead (inDoubt)']],
  ])('a reply between its commit and its sending, %i minutes ago', async (minutes, states) => {
    const platform = createPlatform();
    await rig.write(rig.planned('a', 'reply', 'reply'));
    rig.pass(minutes * minute);
    const sender = rig.sender([platform.adapter]);
    await sender.start();
    rig.pass(1_000);
    await sender.drain();
    expect(await rig.states()).toEqual(states);
  });

  it('where the platform knows a key again, all of it goes out and is seen once', async () => {
    const platform = createPlatform({ idempotentSends: true });
    await rig.write(rig.planned('a', 'announcement', 'a1'), rig.planned('b', 'confirmation', 'c1'));
    await dieSending(platform);
    const second = rig.sender([platform.adapter]);
    await second.start();
    rig.pass(minute);
    await second.drain();
    expect(await rig.states()).toEqual(['a1 sent', 'c1 sent']);
    expect(new Set(platform.sends.map(({ key }) => key))).toEqual(new Set(['a1', 'c1']));
  });

  it('what was only claimed was surely not sent, and goes out', async () => {
    await rig.write(rig.planned('a', 'announcement', 'a1'), rig.planned('a', 'announcement', 'a2'));
    await database.storage.read.outbox.update({
      where: { dedupeKey: 'a1' },
      data: { state: 'claimed', fence: 7, leaseUntil: rig.clock() + 9_000 },
    });
    const platform = createPlatform();
    const sender = rig.sender([platform.adapter]);
    await sender.start();
    await sender.drain();
    expect(platform.shown('a')).toEqual(['a1', 'a2']);
  });

  it('what nobody holds any more is taken over without a restart, once its lease is over', async () => {
    const platform = createPlatform();
    const sender = rig.sender([platform.adapter]);
    await sender.start();
    await rig.write(rig.planned('a', 'reply', 'never handed over'));
    rig.pass(29_000);
    await sender.drain();
    expect(await rig.states()).toEqual(['never handed over sending']);
    rig.pass(6_000);
    await sender.drain();
    rig.pass(1_000);
    await sender.drain();
    expect(platform.shown('a')).toEqual(['never handed over']);
  });

  it('takes over a great many at once', async () => {
    await rig.write(...Array.from({ length: 1_100 }, (_, at) => rig.planned(`chat ${at}`, 'reply', `t${at}`)));
    await rig.sender([createPlatform().adapter], { concurrency: 1 }).start();
    expect(await database.storage.read.outbox.count({ where: { failure: 'inDoubt' } })).toBe(1_100);
  });

  describe('the fence', () => {
    /** A first sender whose platform answers only after a second one has taken over, and is sending too. */
    async function answerLate(meanwhile: () => Promise<unknown>): Promise<string[]> {
      const platform = createPlatform();
      let answer = (_: SendResult) => {};
      platform.next(() => new Promise<SendResult>((resolve) => (answer = resolve)), 'hang');
      await rig.write(rig.planned('a', 'confirmation', 'one'));
      const first = rig.sender([platform.adapter], { timeoutMs: 60 * minute });
      first.poke();
      await eventually(() => expect(platform.sends).toHaveLength(1));
      const second = rig.sender([platform.adapter], { timeoutMs: 60 * minute });
      await second.start();
      rig.pass(1_000);
      second.poke();
      await eventually(() => expect(platform.sends).toHaveLength(2));
      await meanwhile();
      answer({ ok: false, failure: { type: 'blocked' } });
      await first.drain();
      return rig.states();
    }

    it('lets a sender whose claim has passed to another change nothing', async () => {
      expect(await answerLate(async () => {})).toEqual(['one sending (inDoubt)']);
    });

    it('negative control: with the fence of old, it would', async () => {
      const back = () => database.storage.read.outbox.updateMany({ data: { fence: 1 } });
      expect(await answerLate(back)).toEqual(['one dead (blocked)']);
    });
  });

  describe('stopped in order', () => {
    it('gives back what it had not begun, and waits for what is under way', async () => {
      const platform = createPlatform();
      let answer = (_: SendResult) => {};
      platform.next(() => new Promise<SendResult>((resolve) => (answer = resolve)));
      const sender = rig.sender([platform.adapter], { concurrency: 1, timeoutMs: minute });
      sender.sendNow(
        await rig.write(rig.planned('a', 'reply', 'one'), rig.planned('a', 'reply', 'two'), rig.planned('b', 'reply', 'three')),
      );
      await eventually(() => expect(platform.sends).toHaveLength(1));
      const stopped = sender.stop();
      await eventually(async () => expect(await rig.states()).toEqual(['one sending', 'two ready', 'three ready']));
      answer({ ok: true, messageId: 'm1' });
      await stopped;
      sender.sendNow(await rig.write(rig.planned('c', 'reply', 'four')));
      await eventually(async () => expect(await rig.states()).toEqual(['one sent', 'two ready', 'three ready', 'four ready']));
      expect(platform.sends).toHaveLength(1);

      const next = rig.sender([platform.adapter]);
      await next.start();
      await next.drain();
      expect(platform.sends.map(({ text }) => text).sort()).toEqual(['four', 'one', 'three', 'two']);
    });

    it('ends at its deadline although a platform hangs', async () => {
      const platform = createPlatform();
      platform.next('hang');
      const sender = rig.sender([platform.adapter], { timeoutMs: minute });
      sender.sendNow(await rig.write(rig.planned('a', 'reply', 'one')));
      await eventually(() => expect(platform.sends).toHaveLength(1));
      await sender.stop(20);
      expect(await rig.states()).toEqual(['one sending']);
    });
  });

  describe('a database that fails', () => {
    const fail = () => Promise.reject(new Error('disk full: 13800000000'));

    /** The same storage, which fails while told so. */
    const failing = (isFailing: () => boolean): Storage => ({
      ...database.storage,
      get read() {
        const { read } = database.storage;
        return isFailing() ? new Proxy(read, { get: () => fail }) : read;
      },
      transaction: (work, options) => (isFailing() ? fail() : database.storage.transaction(work, options)),
    });

    it('does not make it forget that a message was sent', async () => {
      const platform = createPlatform();
      let full = false;
      platform.next(async () => {
        full = true;
        return { ok: true, messageId: 'm1' };
      });
      const sender = rig.sender([platform.adapter], { storage: failing(() => full) });
      sender.sendNow(await rig.write(rig.planned('a', 'reply', 'one')));
      await eventually(() => expect(rig.lines.some((line) => line.includes('could not be recorded'))).toBe(true));
      full = false;
      await sender.drain();
      expect(await rig.states()).toEqual(['one sent']);
      expect(platform.sends).toHaveLength(1);
      expect(rig.lines.join()).not.toContain('13800000000');
    });

    it('does not stop it for good', async () => {
      const platform = createPlatform();
      let full = true;
      const sender = rig.sender([platform.adapter], { storage: failing(() => full) });
      await rig.write(rig.planned('a', 'change', 'one'));
      await sender.drain();
      expect(rig.lines.some((line) => line.includes('could not be read'))).toBe(true);
      full = false;
      await sender.drain();
      expect(platform.shown('a')).toEqual(['one']);
    });
  });

  it('negative control of `sending` before the write: without it, a crash would send an announcement twice', async () => {
    const platform = createPlatform();
    await rig.write(rig.planned('a', 'announcement', 'a1'));
    await dieSending(platform);
    await database.storage.read.$executeRaw(raw(`UPDATE "Outbox" SET "state" = 'claimed'`));
    const second = rig.sender([platform.adapter]);
    await second.start();
    await second.drain();
    expect(platform.sends.map(({ text }) => text)).toEqual(['a1', 'a1']);
  });
});
