import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SendResult } from '../../src/chat/index.js';
import { cardPressed, placeCard, postAgain, type RenderCard, touchCards } from '../../src/delivery/index.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { createPlatform, createRig, eventually, noon, type Rig } from './rig.js';

const minute = 60_000;
const group = { platform: 'scripted', account: 'bot', chat: 'g1' };

describe.each(databases)('cards on $name', ({ open }) => {
  let database: TestDatabase;
  let rig: Rig;

  beforeEach(async () => {
    database = await open();
    rig = createRig(database.storage, { renderCard: count });
    await rig.event('e1');
    await rig.event('e2');
  });

  afterEach(async () => {
    await rig.stop();
    await database.close();
  });

  /** A card that shows how many sign-ups there are, as far as a setting can play them. */
  const count: RenderCard = async (tx, { eventId }) => {
    const setting = await tx.setting.findUnique({ where: { key: eventId } });
    return setting ? { text: `${eventId}: ${setting.value.length}` } : null;
  };

  const place = (id = 'card1', eventId = 'e1', address = group) =>
    database.storage.transaction((tx) => placeCard(tx, { id, communityId: 'c1', eventId, address }, rig.clock()));

  const signUp = (people: number, eventId = 'e1') =>
    database.storage.transaction(async (tx) => {
      const value = Buffer.alloc(people);
      await tx.setting.upsert({ where: { key: eventId }, create: { key: eventId, value }, update: { value } });
      await touchCards(tx, eventId);
    });

  const card = (id = 'card1') => database.storage.read.card.findUniqueOrThrow({ where: { id } });
  const press = (messageId: string) => database.storage.transaction((tx) => cardPressed(tx, group, 'e1', messageId));
  const again = () => database.storage.transaction((tx) => postAgain(tx, 'e1', rig.clock()));

  it('is posted once and then kept right by edits', async () => {
    const platform = createPlatform();
    const sender = rig.sender([platform.adapter]);
    await signUp(1);
    await place();
    await place('card2');
    rig.pass(5_000);
    await sender.drain();
    expect(platform.shown('g1')).toEqual(['e1: 1']);
    expect(await card()).toMatchObject({ state: 'shown', messageId: 'm1', shown: 1, desired: 1, postedAt: new Date(noon + 5_000) });
    await signUp(2);
    rig.pass(1_000);
    await sender.drain();
    expect(platform.shown('g1')).toEqual(['e1: 2']);
    expect(platform.sends).toHaveLength(1);
    rig.pass(minute);
    await sender.drain();
    expect(platform.edits).toHaveLength(1);
  });

  it('makes one edit of many changes, at most one a second in a group', async () => {
    const platform = createPlatform();
    const sender = rig.sender([platform.adapter]);
    await signUp(1);
    await place();
    await sender.drain();
    for (let people = 2; people <= 9; people += 1) {
      await signUp(people);
      await sender.drain();
    }
    expect(platform.edits).toEqual([]);
    rig.pass(999);
    await sender.drain();
    expect(platform.edits).toEqual([]);
    rig.pass(1);
    await sender.drain();
    expect(platform.edits.map(({ text }) => text)).toEqual(['e1: 9']);
  });

  it('shares that second between the cards of a group, but not with other groups', async () => {
    const platform = createPlatform();
    const sender = rig.sender([platform.adapter]);
    await signUp(1, 'e1');
    await signUp(1, 'e2');
    await place('card1', 'e1');
    await place('card2', 'e2');
    await place('card3', 'e1', { ...group, chat: 'g2' });
    await sender.drain();
    expect(platform.sends.map(({ chat }) => chat).sort()).toEqual(['g1', 'g2']);
    rig.pass(1_000);
    await sender.drain();
    expect(platform.shown('g1')).toEqual(['e1: 1', 'e2: 1']);
  });

  it('edits once more when it changed while an edit was under way, and never two at a time', async () => {
    const platform = createPlatform();
    const sender = rig.sender([platform.adapter], { timeoutMs: minute, minEditMs: 0 });
    await signUp(1);
    await place();
    await sender.drain();
    let answer = (_: SendResult) => {};
    platform.next(() => new Promise<SendResult>((resolve) => (answer = resolve)));
    await signUp(2);
    sender.poke();
    await eventually(() => expect(platform.edits).toHaveLength(1));
    await signUp(3);
    rig.pass(minute);
    sender.poke();
    await signUp(4);
    sender.poke();
    expect(platform.edits).toHaveLength(1);
    answer({ ok: true, messageId: 'm1' });
    await sender.drain();
    expect(platform.edits.map(({ text }) => text)).toEqual(['e1: 2', 'e1: 4']);
    expect(await card()).toMatchObject({ desired: 4, shown: 4 });
  });

  it('is not posted while there is nothing to show', async () => {
    const platform = createPlatform();
    const sender = rig.sender([platform.adapter]);
    await place();
    await sender.drain();
    expect(platform.sends).toEqual([]);
    await signUp(1);
    await sender.drain();
    expect(platform.shown('g1')).toEqual(['e1: 1']);
  });

  it('is posted only, where the platform cannot edit', async () => {
    const platform = createPlatform({ edits: false });
    const sender = rig.sender([platform.adapter]);
    await signUp(1);
    await place();
    await sender.drain();
    await signUp(2);
    rig.pass(minute);
    await sender.drain();
    expect(platform.edits).toEqual([]);
    expect(await card()).toMatchObject({ desired: 2, shown: 2 });
  });

  describe('in doubt', () => {
    /** Posted, but nobody knows whether it arrived. */
    const doubt = async () => {
      const platform = createPlatform();
      const sender = rig.sender([platform.adapter]);
      platform.next({ type: 'inDoubt', reason: '502' });
      await signUp(1);
      await place();
      await sender.drain();
      await signUp(2);
      rig.pass(60 * minute);
      await sender.drain();
      return { platform, sender };
    };

    it('waits, and is not posted again by itself', async () => {
      const { platform } = await doubt();
      expect(platform.sends).toHaveLength(1);
      expect(await card()).toMatchObject({ state: 'inDoubt', messageId: null });
    });

    it.each([false, true])(
      'so is one of which only a part stands there, however it failed (repeated sends told: %s)',
      async (idempotentSends) => {
        const platform = createPlatform({ idempotentSends });
        const failure = { type: 'throttled', retryAfterMs: 5_000 } as const;
        platform.next(async () => ({ ok: false, failure, rest: { text: 'more' } }));
        await signUp(1);
        await place();
        const sender = rig.sender([platform.adapter]);
        await sender.drain();
        rig.pass(60 * minute);
        await sender.drain();
        expect(platform.sends).toHaveLength(1);
        expect(await card()).toMatchObject({ state: 'inDoubt', failure: 'inDoubt' });
      },
    );

    it('is kept right again once somebody presses it', async () => {
      const { platform, sender } = await doubt();
      expect(await press('m7')).toBe(true);
      await sender.drain();
      expect(platform.edits).toEqual([{ chat: 'g1', messageId: 'm7', text: 'e1: 2' }]);
      expect(await press('m8')).toBe(false);
      expect(await card()).toMatchObject({ state: 'shown', messageId: 'm7' });
    });

    it('is posted again when staff asks for it, once for two clicks', async () => {
      const { platform, sender } = await doubt();
      expect(await again()).toBe(1);
      expect(await again()).toBe(0);
      await sender.drain();
      expect(platform.shown('g1')).toEqual(['e1: 2']);
      expect(platform.sends).toHaveLength(2);
      expect(await again()).toBe(0);
    });

    it('a press while its post is still unanswered counts, and the late answer changes nothing', async () => {
      const platform = createPlatform();
      const sender = rig.sender([platform.adapter], { timeoutMs: minute });
      let answer = (_: SendResult) => {};
      platform.next(() => new Promise<SendResult>((resolve) => (answer = resolve)));
      await signUp(1);
      await place();
      sender.poke();
      await eventually(() => expect(platform.sends).toHaveLength(1));
      expect(await press('m7')).toBe(true);
      answer({ ok: false, failure: { type: 'inDoubt', reason: 'reset' } });
      rig.pass(minute);
      await sender.drain();
      expect(await card()).toMatchObject({ state: 'shown', messageId: 'm7' });
      expect(platform.sends).toHaveLength(1);
    });

    it('is simply repeated where the platform knows its key again', async () => {
      const platform = createPlatform({ idempotentSends: true });
      const sender = rig.sender([platform.adapter]);
      platform.next('throw', 'hang');
      await signUp(1);
      await place();
      for (let round = 0; round < 3; round += 1) {
        await sender.drain();
        rig.pass(minute);
      }
      expect(platform.shown('g1')).toEqual(['e1: 1']);
      expect(new Set(platform.sends.map(({ key }) => key)).size).toBe(1);
    });

    it('an edit in doubt is repeated', async () => {
      const platform = createPlatform();
      const sender = rig.sender([platform.adapter]);
      await signUp(1);
      await place();
      await sender.drain();
      platform.next('hang', { type: 'inDoubt', reason: '502' });
      await signUp(2);
      for (let round = 0; round < 3; round += 1) {
        rig.pass(minute);
        await sender.drain();
      }
      expect(platform.shown('g1')).toEqual(['e1: 2']);
      expect(await card()).toMatchObject({ failure: null, shown: 2 });
    });
  });

  describe('a process that ended while posting', () => {
    const die = async (idempotentSends: boolean) => {
      const platform = createPlatform({ idempotentSends });
      platform.next('hang');
      await signUp(1);
      await place();
      rig.sender([platform.adapter], { timeoutMs: 60 * minute }).poke();
      await eventually(() => expect(platform.sends).toHaveLength(1));
      const next = rig.sender([platform.adapter]);
      await next.start();
      await next.drain();
      return platform;
    };

    it('leaves its card in doubt: at most one post', async () => {
      const platform = await die(false);
      expect(platform.sends).toHaveLength(1);
      expect(await card()).toMatchObject({ state: 'inDoubt' });
    });

    it('leaves it to be repeated under the same key where that is safe', async () => {
      const platform = await die(true);
      expect(platform.shown('g1')).toEqual(['e1: 1']);
      expect(new Set(platform.sends.map(({ key }) => key)).size).toBe(1);
    });

    it('negative control: without the commit before the write, it is posted twice', async () => {
      const platform = await die(false);
      await database.storage.read.card.updateMany({ data: { state: 'ready' } });
      await rig.sender([platform.adapter]).drain();
      expect(platform.sends).toHaveLength(2);
    });
  });

  describe('failures', () => {
    it('waits as long as the platform asks, in that group only', async () => {
      const platform = createPlatform();
      const sender = rig.sender([platform.adapter]);
      platform.nextIn('g1', { type: 'throttled', retryAfterMs: 30_000 });
      await signUp(1);
      await place();
      await place('card2', 'e1', { ...group, chat: 'g2' });
      rig.pass(1_000);
      await sender.drain();
      rig.pass(29_999);
      await sender.drain();
      expect(platform.shown('g1')).toEqual([]);
      expect(platform.shown('g2')).toEqual(['e1: 1']);
      rig.pass(1);
      await sender.drain();
      expect(platform.shown('g1')).toEqual(['e1: 1']);
    });

    it('comes again when the platform was not there', async () => {
      const platform = createPlatform();
      const sender = rig.sender([platform.adapter]);
      platform.next({ type: 'unreachable' }, { type: 'unreachable' });
      await signUp(1);
      await place();
      await sender.drain();
      rig.pass(1_000);
      await sender.drain();
      rig.pass(1_999);
      await sender.drain();
      expect(platform.sends).toHaveLength(2);
      rig.pass(1);
      await sender.drain();
      expect(platform.shown('g1')).toEqual(['e1: 1']);
    });

    it.each([{ type: 'gone' }, { type: 'blocked' }] as const)(
      'is dead when its message or group is $type, until staff posts it again',
      async (failure) => {
        const platform = createPlatform();
        const blocked: string[] = [];
        const sender = rig.sender([platform.adapter], { hooks: { onBlocked: async (_, { chat }) => void blocked.push(chat) } });
        await signUp(1);
        await place();
        await sender.drain();
        platform.next(failure);
        await signUp(2);
        rig.pass(minute);
        await sender.drain();
        expect(await card()).toMatchObject({ state: 'dead', failure: failure.type });
        expect(blocked).toEqual(failure.type === 'blocked' ? ['g1'] : []);
        await again();
        rig.pass(minute);
        await sender.drain();
        expect(platform.shown('g1')).toEqual(['e1: 1', 'e1: 2']);
        expect(new Set(platform.sends.map(({ key }) => key)).size).toBe(2);
      },
    );

    it('does not repeat an edit that the platform refuses, but tries the next one', async () => {
      const platform = createPlatform();
      const sender = rig.sender([platform.adapter]);
      await signUp(1);
      await place();
      await sender.drain();
      platform.next({ type: 'rejected', reason: 'too long' });
      await signUp(2);
      for (let round = 0; round < 3; round += 1) {
        rig.pass(minute);
        await sender.drain();
      }
      expect(platform.edits).toHaveLength(1);
      await signUp(3);
      await sender.drain();
      expect(platform.shown('g1')).toEqual(['e1: 3']);
    });

    it('moves with its group', async () => {
      const platform = createPlatform();
      const moved: string[] = [];
      const sender = rig.sender([platform.adapter], {
        hooks: { onMigrated: async (_, from, to) => void moved.push(`${from.chat} to ${to.chat}`) },
      });
      platform.nextIn('g1', { type: 'migrated', chat: 'g9' });
      await signUp(1);
      await place();
      await sender.drain();
      rig.pass(minute);
      await sender.drain();
      expect(platform.shown('g9')).toEqual(['e1: 1']);
      expect(moved).toEqual(['g1 to g9']);
    });

    it('rests when it cannot be rendered, while others go on', async () => {
      const platform = createPlatform();
      let broken = true;
      const renderCard: RenderCard = async (tx, one) => {
        if (broken && one.eventId === 'e1') throw new Error('王小明');
        return count(tx, one);
      };
      const sender = rig.sender([platform.adapter], { renderCard });
      await signUp(1, 'e1');
      await signUp(1, 'e2');
      await place('card1', 'e1');
      await place('card2', 'e2');
      await sender.drain();
      expect(platform.shown('g1')).toEqual(['e2: 1']);
      broken = false;
      rig.pass(29_000);
      await sender.drain();
      expect(platform.sends).toHaveLength(1);
      rig.pass(1_000);
      await sender.drain();
      expect(platform.shown('g1')).toEqual(['e2: 1', 'e1: 1']);
      expect(rig.lines.join()).not.toContain('王小明');
    });
  });
});
