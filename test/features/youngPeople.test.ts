import { describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { onStage } from './onStage.js';
import type { Stage } from './stage.js';

describe.each(databases)('somebody of 14 or more whom a parent signs up where all ages come, on $name', ({ open }) => {
  let stage: Stage;
  let storage: Storage;
  onStage(open, async (ground) => {
    ({ stage, storage } = ground);
    await stage.publish({ minAge: null, maxAge: null });
  });

  test('is signed up by a parent, without the consent that the law asks for younger ones', async () => {
    expect(await stage.talks('王爸爸', '报名', '加一个孩子', '王大 2011-5-20', '就这些')).toContain('您是王大的');
    expect(await stage.talks('王爸爸', '爸妈', '1')).toContain('王大报上了');
    expect(await stage.list()).toEqual(['王大 confirmed']);
    expect(await storage.read.consent.count()).toBe(0);
  });

  test('control: whoever is no guardian names nobody, and holds a place', async () => {
    await stage.talks('姑姑', '报名', '加一个孩子', '王大 2011-5-20', '就这些', '都不是', '1');
    expect(await stage.list()).toEqual([' held']);
    expect(await storage.read.dependant.count()).toBe(0);
  });

  test('grown up, is signed up without anybody being asked what they are', async () => {
    expect(await stage.talks('王爸爸', '报名', '加一个孩子', '王成年 2001-5-20', '就这些')).toContain('您看看对不对');
    expect(await stage.says('王爸爸', '1')).toContain('王成年报上了');
  });
});
