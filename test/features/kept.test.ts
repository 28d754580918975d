import { describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { onStage } from './onStage.js';
import type { Stage } from './stage.js';

describe.each(databases)('who hears what about a change, and who keeps what, on $name', ({ open }) => {
  let stage: Stage;
  let storage: Storage;
  onStage(open, async (ground) => {
    ({ stage, storage } = ground);
    await stage.claims('社工小李');
  });
  const li = '社工小李';
  /** 王爸爸 comes into the family as the other parent. */
  const family = async () => {
    await stage.publish({ capacity: 1 });
    await stage.joins('王妈妈', '王小明 2018-05-20');
    const code = /\d{4}-\d{4}/u.exec(await stage.says('王妈妈', '请家人加入'))?.[0] ?? '';
    await stage.talks('王爸爸', code, '1', '1');
  };

  test('the other parent hears that something is postponed, moved and called off, though the mother signed up', async () => {
    await family();
    await stage.talks(li, '管理', '1', '取消或延期', '延期待定，名额保留', '跳过', '1');
    expect(stage.heard('王爸爸').at(-1)).toContain('延期了');
    await stage.talks(li, '管理', '1', '改时间或地点', '1 8月8日', '确认改动');
    expect(stage.heard('王爸爸').at(-1)).toContain('8月8日');
    await stage.talks(li, '管理', '1', '取消或延期', '1', '跳过', '1');
    expect(stage.heard('王爸爸').at(-1)).toContain('取消');
    // Once, and a stranger nothing.
    expect(stage.heard('王爸爸').filter((text) => text.includes('延期了'))).toHaveLength(1);
  });

  test('whoever waits is not told that a place is kept', async () => {
    await stage.publish({ capacity: 1 });
    await stage.joins('王妈妈', '王小明 2018-05-20');
    await stage.joins('李妈妈', '李天 2018-02-02');
    await stage.talks(li, '管理', '1', '取消或延期', '延期待定，名额保留', '跳过', '1');
    expect(stage.heard('王妈妈').at(-1)).toContain('名额给您保留');
    expect(stage.heard('李妈妈').at(-1)).toContain('您还在候补');
    expect(stage.heard('李妈妈').at(-1)).not.toContain('保留');
    expect(await stage.says('李妈妈', '我的报名')).toContain('候补中');
  });

  test('held places of what is postponed are not filled in, and nothing is asked for in vain', async () => {
    await stage.publish({ capacity: 2 });
    await stage.talks('奶奶', '报名', '4', '1', '1', '1');
    const code = /\d{4}-\d{4}/u.exec(stage.heard('奶奶').join())?.[0] ?? '';
    await stage.talks(li, '管理', '1', '取消或延期', '延期待定，名额保留', '跳过', '1');
    expect(await stage.says('王妈妈', code)).toContain('占的位都留着');
    expect(await storage.read.consent.count()).toBe(0);
    expect((await storage.read.signUp.findMany()).map(({ status }) => status)).toEqual(['held']);
  });

  test('a place that was just given back is not counted as free', async () => {
    await stage.publish({ capacity: 3 });
    await stage.joins('王妈妈', '王小明 2018-05-20');
    await stage.talks('王妈妈', '我的报名', '1', '1');
    expect(await stage.talks('李妈妈', '活动', '1')).toContain('还有2个名额 · 1个位刚退');
    await stage.passes(10);
    expect(await stage.talks('李妈妈', '活动', '1')).toContain('还有3个名额');
  });

  describe('what a guardian says of themselves', () => {
    const says = (bond: string) => stage.talks('王妈妈', '我的家人', '我是孩子的谁', bond);

    test('the only one stays guardian', async () => {
      await stage.publish();
      await stage.joins('王妈妈', '王小明 2018-05-20');
      expect(await says('3')).toContain('王小明的监护人只有您');
      expect((await storage.read.householdMember.findMany()).map(({ bond }) => bond)).toEqual(['parent']);
    });

    test('where there is another it is asked first, and a second 1 changes nothing', async () => {
      await family();
      expect(await says('4')).toContain('您就不能替王小明同意');
      await stage.says('王妈妈', '1');
      expect((await storage.read.householdMember.findMany()).map(({ bond }) => bond)).toEqual(['parent', 'parent']);
      await says('4');
      expect(await stage.says('王妈妈', '2')).toContain('记下了');
      expect((await storage.read.householdMember.findMany({ orderBy: { bond: 'asc' } })).map(({ bond }) => bond)).toEqual([
        'other',
        'parent',
      ]);
    });
  });
});
