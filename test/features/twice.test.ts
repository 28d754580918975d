import { describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { onStage } from './onStage.js';
import type { Stage } from './stage.js';

describe.each(databases)('what somebody said no to, or says in the middle of something else, on $name', ({ open }) => {
  let stage: Stage;
  let storage: Storage;
  onStage(open, (ground) => {
    ({ stage, storage } = ground);
  });
  const statuses = async () => (await storage.read.signUp.findMany({ orderBy: { position: 'asc' } })).map(({ status }) => status);

  test('places are held in the group whatever is open in private, and the form goes on where it stood', async () => {
    await stage.publish();
    await stage.talks('王妈妈', '我的资料', '1');
    const { group, privately } = await stage.inGroup('王妈妈', '带2个孩子', { mentioned: true });
    expect(group.join()).toContain('先占2个位');
    expect(await statuses()).toEqual(['held', 'held']);
    expect(privately.join()).toContain('还没填完。先离开它吗？');
    expect(await stage.says('王妈妈', '2')).toContain('您是孩子的');
    expect(await statuses()).toEqual(['held', 'held']);
  });

  test('whoever declined an offer may sign up again at once', async () => {
    await stage.publish({ title: '健步走', minAge: 18, maxAge: null, capacity: 1 });
    await stage.talks('王妈妈', '报名', '1', '1');
    await stage.talks('李叔叔', '报名', '1', '1');
    await stage.talks('王妈妈', '我的报名', '1', '1');
    await stage.passes(10);
    expect(await stage.says('李叔叔', '不用')).toContain('这次不要了');
    expect(await stage.talks('李叔叔', '报名', '1', '1')).toContain('李叔叔报上了');
    expect(await statuses()).toEqual(['cancelled', 'confirmed']);
    // And the same for a guest.
    await stage.talks('李叔叔', '我的报名', '1', '1');
    await stage.passes(10);
    await stage.talks('周奶奶', '报名', '1', '1');
    await stage.talks('李叔叔', '报名 张三', '1');
    await stage.talks('周奶奶', '我的报名', '1', '1');
    await stage.passes(10);
    expect(await stage.says('李叔叔', '不用')).toContain('这次不要了');
    expect(await stage.talks('李叔叔', '报名 张三', '1')).toContain('报上“健步走”了，一共1位');
  });
});
