import { describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { onStage } from './onStage.js';
import { artClass, type Stage } from './stage.js';

describe.each(databases)('beside an open question, on $name', ({ open }) => {
  let stage: Stage;
  let storage: Storage;
  onStage(open, async (ground) => {
    ({ stage, storage } = ground);
    await stage.publish();
  });
  const lastTwo = (name: string) => stage.heard(name).slice(-2);

  test('what one only looks at is answered, and the question stands again below', async () => {
    const question = '孩子叫什么名字？';
    await stage.talks('王妈妈', '报名', '爸妈');
    for (const [said, shown] of [
      ['我的家人', '还没有记下家人。'],
      ['我的报名', '您现在没有报着名的活动。'],
      ['活动', '现在有1个活动'],
      ['什么时候有美术课', '找到1个'],
      ['活动 美术', '找到1个'],
    ] as const) {
      await stage.says('王妈妈', said);
      expect(lastTwo('王妈妈')[0], said).toContain(shown);
      expect(lastTwo('王妈妈')[1], said).toContain(question);
    }
    expect(lastTwo('王妈妈')[0]).toContain('· 8月1日(周六) 10:00');
    expect(await stage.says('王妈妈', '王小明')).toContain('王小明是哪天出生的？');
    // Control: what does something asks first, and names what is open.
    expect(await stage.says('王妈妈', '撤销')).toBe('您手上的“报名”还没填完。先离开它吗？');
  });

  test('a question with nothing to choose is no talk that holds anybody up', async () => {
    await stage.joins('王妈妈', '王小明 2018-05-20');
    await storage.read.householdMember.updateMany({ data: { bond: 'other' } });
    expect(await stage.says('王妈妈', '报名')).toBe('现在没有可以选的人了：\n· 王小明（8岁）：已经报过');
    expect(stage.buttons('王妈妈')).toEqual([]);
    expect(await stage.says('王妈妈', '我的资料')).toContain('我记着您的这些');
    expect((await storage.read.conversation.findMany()).length).toBeLessThanOrEqual(1);
  });

  test('0 and 9 mean the same wherever no menu has them', async () => {
    await stage.claims('社工小李');
    await stage.talks('王妈妈', '你好', '帮助');
    expect(await stage.says('王妈妈', '0')).toContain('我是费家营社区的小邻');
    await stage.talks('王妈妈', '帮助');
    expect(await stage.says('王妈妈', '９。')).toContain('好，社工会找您。');
    expect(stage.heard('社工小李').at(-1)).toContain('王妈妈想请人帮忙');
    await stage.talks('张爸爸', '帮助', '天气真好');
    expect(stage.heard('张爸爸').at(-1)).toContain('没看懂');
    expect(await stage.says('张爸爸', '9')).toContain('好，社工会找您。');
    // At a question that a number answers they still lead back and help, where they are no answer.
    await stage.talks('张爸爸', '报名', '爸妈', '张小宝');
    expect(stage.buttons('张爸爸')).toEqual(['返回', '帮忙']);
    expect(await stage.says('张爸爸', '0')).toContain('孩子叫什么名字？');
  });

  test('a part of what stands on one button chooses it; of two it chooses none', async () => {
    await stage.talks('王妈妈', '活动');
    expect(await stage.says('王妈妈', artClass.slice(0, 6))).toContain('党群活动中心二楼');
    await stage.talks('王妈妈', '报名', '爸妈', '王小明 2018-05-20', '2');
    expect(stage.buttons('王妈妈')).toContain('不同意');
    expect(await stage.says('王妈妈', '同意吧')).not.toContain('您看看对不对');
    await stage.says('王妈妈', '同意');
    expect(await stage.says('王妈妈', '不要')).toContain('什么都没有记下');
    await stage.talks('王妈妈', '我的资料');
    expect(await stage.says('王妈妈', '看全部')).toContain('王妈妈');
  });
});
