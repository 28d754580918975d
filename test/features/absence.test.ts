import { describe, expect, test } from 'vitest';
import type { Content } from '../../src/chat/index.js';
import type { Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { group } from '../support/house.js';
import { onStage } from './onStage.js';
import { person, type Stage } from './stage.js';

const grandmother = { id: '幸福奶奶', name: '幸福奶奶' };

describe.each(databases)('whoever has left a group on $name', ({ open }) => {
  let stage: Stage;
  let storage: Storage;
  onStage(open, (ground) => {
    ({ stage, storage } = ground);
  });
  const shown = () => stage.house.adapter.shown(group.id);
  const moves = async (what: 'joined' | 'left', from: { id: string; name: string } = grandmother) => {
    await stage.house.adapter.brings(from, group.id, { type: 'member', what } satisfies Content);
    await stage.house.app.settle();
  };
  const says = async (text: string, extra: { mentioned?: boolean } = {}) => {
    await stage.house.adapter.says(grandmother, group.id, text, extra);
    await stage.house.app.settle();
  };
  /** What the group hears until the place that she holds has been reminded of. */
  const reminder = async (): Promise<string[]> => {
    const before = shown().length;
    await stage.passes(29 * 60);
    await stage.house.app.tick();
    await stage.house.app.settle();
    return shown()
      .slice(before)
      .map(({ text, mention }) => `@${mention?.name} ${text}`);
  };
  const called = [expect.stringMatching(/^@幸福奶奶 .*占的1个位/u)];
  const holds = async () => {
    await stage.publish({ capacity: 1 });
    await says('带1个孩子', { mentioned: true });
  };

  test('is called there no more', async () => {
    await holds();
    await moves('left');
    expect(await reminder()).toEqual([]);
  });

  test('control: who stays is', async () => {
    await holds();
    await moves('left', person('路人'));
    expect(await reminder()).toEqual(called);
  });

  test('is again once they come back, or say something there', async () => {
    await holds();
    await moves('left');
    await moves('joined');
    expect(await storage.read.absence.count()).toBe(0);
    await moves('left');
    expect(await storage.read.absence.count()).toBe(1);
    await says('我又来了');
    expect(await reminder()).toEqual(called);
  });

  test('reads in their record which groups, and nothing of it stays when they are deleted', async () => {
    await stage.says('王妈妈', '活动');
    await moves('left', person('王妈妈'));
    expect(await stage.says('王妈妈', '导出我的资料')).toContain('已经退出的群：居民群');
    const identity = await storage.read.identity.findFirstOrThrow({ where: { externalId: '王妈妈' } });
    expect(await storage.read.absence.findMany()).toMatchObject([{ identityId: identity.id }]);
    await storage.transaction((tx) => tx.person.delete({ where: { id: identity.personId } }));
    expect(await storage.read.absence.count()).toBe(0);
  });

  test('who was never known leaves no trace by going', async () => {
    const people = await storage.read.person.count();
    await moves('joined', person('过客'));
    await moves('left', person('过客'));
    expect(await storage.read.absence.count()).toBe(0);
    expect(await storage.read.person.count()).toBe(people);
  });
});
