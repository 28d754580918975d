import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Paper, Recipe, RenderPaper } from '../../src/delivery/index.js';
import { raw } from '../../src/storage/index.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { createPlatform, createRig, drawn, eventually, type Rig } from './rig.js';

const minute = 60_000;
const recipe: Recipe = { name: 'roster', args: { eventId: 'e1' }, locale: 'zh-CN' };

describe.each(databases)('a message with a file, on $name', ({ open }) => {
  let database: TestDatabase;
  let rig: Rig;
  /** What was asked to be made, in order. */
  let asked: { recipe: Recipe; communityId: string }[];
  let make: (count: number) => Promise<Paper>;
  const renderPaper: RenderPaper = (recipe, communityId) => {
    asked.push({ recipe, communityId });
    return make(asked.length);
  };
  /** The platform's messages as a person sees them: words and the file. */
  const seen = (platform: ReturnType<typeof createPlatform>) => platform.sends.map(({ text, file }) => (file ? `${text} + ${file}` : text));

  beforeEach(async () => {
    database = await open();
    asked = [];
    make = async () => ({ file: drawn('名单.xlsx') });
    rig = createRig(database.storage, { renderPaper });
  });

  afterEach(async () => {
    await rig.stop();
    await database.close();
  });

  it('is made when it is sent, from its recipe alone; only the recipe stands in the outbox, sealed', async () => {
    const platform = createPlatform();
    const sender = rig.sender([platform.adapter]);
    const written = await rig.write(rig.planned('a', 'reply', '给您', { paper: recipe }));
    expect(asked).toEqual([]);
    // While it is made it was surely not sent, so it is not born `sending` like other replies.
    expect(await rig.states()).toEqual(['给您 ready']);
    const { payload } = await rig.row('给您');
    expect(Buffer.from(payload ?? []).toString('latin1')).not.toContain('roster');
    sender.sendNow(written);
    await sender.drain();
    expect(seen(platform)).toEqual(['给您 + 名单.xlsx']);
    expect(asked).toEqual([{ recipe, communityId: 'c1' }]);
    expect(await rig.states()).toEqual(['给您 sent']);
  });

  it('keeps its place among the messages of its chat', async () => {
    const platform = createPlatform();
    const sender = rig.sender([platform.adapter]);
    sender.sendNow(
      await rig.write(
        rig.planned('a', 'reply', 'one'),
        rig.planned('a', 'reply', 'two', { paper: recipe }),
        rig.planned('a', 'reply', 'three'),
      ),
    );
    await sender.drain();
    expect(seen(platform)).toEqual(['one', 'two + 名单.xlsx', 'three']);
  });

  it('says a kind line instead when what it was about is gone', async () => {
    make = async () => ({ gone: '已经不在了' });
    const platform = createPlatform();
    const sender = rig.sender([platform.adapter]);
    await rig.write(rig.planned('a', 'reply', '给您', { paper: recipe }));
    await sender.drain();
    expect(seen(platform)).toEqual(['已经不在了']);
    expect(await rig.states()).toEqual(['给您 sent']);
  });

  it('that could not be made is tried again, nothing is sent meanwhile, and what is behind it waits', async () => {
    make = async (count) => {
      if (count < 3) throw new Error('no room on the disk for 13800000000');
      return { file: drawn('名单.xlsx') };
    };
    const platform = createPlatform();
    const sender = rig.sender([platform.adapter]);
    await rig.write(rig.planned('a', 'reply', '给您', { paper: recipe }), rig.planned('a', 'reply', 'next'));
    await sender.drain();
    expect(await rig.states()).toEqual(['给您 ready (unmade)', 'next ready']);
    expect(platform.sends).toEqual([]);
    rig.pass(1_000);
    await sender.drain();
    rig.pass(2_000);
    await sender.drain();
    expect(seen(platform)).toEqual(['给您 + 名单.xlsx', 'next']);
    expect(await rig.states()).toEqual(['给您 sent', 'next sent']);
    expect(rig.lines.filter((line) => line.includes('a file could not be made'))).toHaveLength(2);
    expect(rig.lines.join()).not.toContain('13800000000');
  });

  it('that can never be made is dead with a reason, and lets the next pass', async () => {
    make = () => Promise.reject(new Error('always'));
    const platform = createPlatform();
    const sender = rig.sender([platform.adapter]);
    await rig.write(rig.planned('a', 'reply', '给您', { paper: recipe }), rig.planned('a', 'reply', 'next'));
    for (let tries = 0; tries < 8; tries += 1) {
      await sender.drain();
      rig.pass(minute);
    }
    expect(asked).toHaveLength(5);
    expect(await rig.states()).toEqual(['给您 dead (unmade)', 'next sent']);
    expect((await rig.row('给您')).payload).toBeNull();
  });

  it('whose making hangs is given up while the claim still holds, and tried again', async () => {
    make = (count) => (count === 1 ? new Promise<never>(() => {}) : Promise.resolve({ file: drawn('名单.xlsx') }));
    const platform = createPlatform();
    const sender = rig.sender([platform.adapter], { leaseMs: 100 });
    await rig.write(rig.planned('a', 'reply', '给您', { paper: recipe }));
    await sender.drain();
    expect(await rig.states()).toEqual(['给您 ready (unmade)']);
    rig.pass(1_000);
    await sender.drain();
    expect(seen(platform)).toEqual(['给您 + 名单.xlsx']);
  });

  it('in doubt is sent once more as it is by then', async () => {
    make = async (count) => ({ file: drawn(`第${count}份.xlsx`) });
    const platform = createPlatform();
    const sender = rig.sender([platform.adapter]);
    platform.next({ type: 'inDoubt', reason: '502' });
    await rig.write(rig.planned('a', 'reply', '给您', { paper: recipe }));
    await sender.drain();
    rig.pass(1_000);
    await sender.drain();
    expect(seen(platform)).toEqual(['给您 + 第1份.xlsx', '给您 + 第2份.xlsx']);
    expect(await rig.states()).toEqual(['给您 sent']);
  });

  describe('in a process that ends between the claim and the sending', () => {
    /** A first sender that dies while it draws. */
    async function dieDrawing(platform: ReturnType<typeof createPlatform>): Promise<void> {
      make = () => new Promise<never>(() => {});
      await rig.write(rig.planned('a', 'announcement', '给大家', { paper: recipe }));
      rig.sender([platform.adapter], { leaseMs: 60 * minute }).poke();
      await eventually(() => expect(asked).toHaveLength(1));
      expect(await rig.states()).toEqual(['给大家 claimed']);
      make = async () => ({ file: drawn('海报.png') });
    }

    it('is made anew by the next one and sent once, also where nothing in doubt is sent again', async () => {
      const platform = createPlatform();
      await dieDrawing(platform);
      const second = rig.sender([platform.adapter]);
      await second.start();
      await second.drain();
      expect(asked).toHaveLength(2);
      expect(seen(platform)).toEqual(['给大家 + 海报.png']);
      expect(await rig.states()).toEqual(['给大家 sent']);
    });

    it('negative control: were it `sending` while it is drawn, it would be in doubt and not go out', async () => {
      const platform = createPlatform();
      await dieDrawing(platform);
      await database.storage.read.$executeRaw(raw(`UPDATE "Outbox" SET "state" = 'sending'`));
      const second = rig.sender([platform.adapter]);
      await second.start();
      await second.drain();
      expect(platform.sends).toEqual([]);
      expect(await rig.states()).toEqual(['给大家 inDoubt (inDoubt)']);
    });
  });

  it('stopped while it is drawn is given back unsent', async () => {
    let finish = (_: Paper) => {};
    make = () => new Promise<Paper>((resolve) => (finish = resolve));
    const platform = createPlatform();
    const sender = rig.sender([platform.adapter]);
    await rig.write(rig.planned('a', 'reply', '给您', { paper: recipe }));
    sender.poke();
    await eventually(() => expect(asked).toHaveLength(1));
    const stopped = sender.stop();
    finish({ file: drawn('名单.xlsx') });
    await stopped;
    expect(platform.sends).toEqual([]);
    expect(await rig.states()).toEqual(['给您 ready']);
  });
});
