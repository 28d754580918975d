import { describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { group } from '../support/house.js';
import { onStage } from './onStage.js';
import type { Stage } from './stage.js';

describe.each(databases)('what people say in their own words, on $name', ({ open }) => {
  let stage: Stage;
  let storage: Storage;
  onStage(open, async (ground) => {
    ({ stage, storage } = ground);
    await stage.claims('社工小李');
    await stage.publish();
  });

  test('leads where they want to go', async () => {
    await stage.joins('王妈妈', '王小明 2018-05-20');
    expect(await stage.says('王妈妈', '我不去了')).toContain('真的取消吗');
    expect(stage.buttons('王妈妈')[0]).toContain('取消报名');
    expect(await stage.says('王妈妈', '改名字')).toBe('要改谁的名字？');
    expect(stage.buttons('王妈妈').slice(0, 2)).toEqual(['我自己的称呼', '王小明（2018-05-20）']);
    expect(await stage.says('张爸爸', '改名字')).toBe('您希望我怎么称呼您？');
    await stage.says('张爸爸', '退出');
    expect(await stage.says('张爸爸', '退出这个家')).toBe('您现在没有和家人在一起登记，不用离开。');
    expect(await stage.says('王妈妈', '退出这个家')).toContain('先取消了才能离开');
    expect(await stage.says('张爸爸', '求助')).toContain('好，社工会找您。');
    expect(await stage.says('李奶奶', '找社工')).toContain('好，社工会找您。');
    expect(await stage.says('李奶奶', '我要给孙子报名')).toContain('您是孩子的');
  });

  test('怎么报名 is answered in a line with the button; in a group only to whoever speaks to the bot', async () => {
    expect(await stage.says('张爸爸', '怎么报名')).toContain('发“报名”，我一步一步问您');
    expect(stage.buttons('张爸爸')).toEqual(['报名', '返回', '找人帮忙']);
    expect(await stage.inGroup('张爸爸', '怎么报名')).toEqual({ group: [], privately: [] });
    const asked = await stage.inGroup('张爸爸', '怎么报名', { mentioned: true });
    expect(asked.group).toEqual(['想报名，点活动下面的“报名”，或者在下面回“报名”。别的事请私聊我，发“帮助”。']);
    expect(stage.heard(group.id).at(-1)).toBe(asked.group[0]);
  });

  test('a role of the team reads in the help what it may do, and is told who may do the rest', async () => {
    await stage.talks('小陈', '你好');
    const personId = await stage.personId('小陈');
    const { id: communityId } = stage.house.community;
    expect(await stage.says('小陈', '名单')).toContain('请先发：工作人员认证');
    await storage.read.role.create({ data: { id: 'r', communityId, personId, role: 'check-in helper' } });
    expect(await stage.says('小陈', '帮助')).toContain('\n\n您是签到员，还可以：\n签到 — 点名，谁到了、谁没来\n');
    expect(await stage.says('小陈', '名单')).toBe('这个要管理员或组织者来做。您是签到员，能做什么，发“帮助”看看。');
    await storage.read.role.update({ where: { id: 'r' }, data: { role: 'case worker' } });
    expect(await stage.says('小陈', '帮助')).toContain('您是个案社工：');
    expect(await stage.says('小陈', '待办')).toBe('这个要管理员或组织者来做。您是个案社工，能做什么，发“帮助”看看。');
    expect(await stage.says('小陈', '设置')).toBe('这个只有管理员能用。');
  });

  test('a wrong code asks to check with whoever invited, unless nobody is there yet who could have', async () => {
    expect(await stage.says('小陈', '认证 ABCD-9999')).toBe('这个码不对，或者已经用过了。请跟邀请您的人核对一下，再发一次。');
    await storage.read.role.deleteMany();
    expect(await stage.says('小陈', '认证 ABCD-9999')).toContain('请照着启动时显示的那个再发一次');
  });

  test('a no says that nothing was done', async () => {
    await stage.joins('王妈妈', '王小明 2018-05-20');
    expect(await stage.talks('王妈妈', '撤回同意', '0')).toBe('好，没有撤回，报名照旧。');
    expect(await stage.list()).toEqual(['王小明 confirmed']);
    await stage.talks('李奶奶', '大字简明', '大字简明');
    expect(await stage.says('李奶奶', '0')).toContain('好，还是大字简明。');
  });

  test('how a neighbour is reached is no single digit', async () => {
    await stage.talks('社工小李', '代报名', '1', '张大爷');
    expect(await stage.says('社工小李', '1')).toContain('这样还找不到人');
    expect(await stage.says('社工小李', '找楼长')).toContain('张大爷');
  });

  test('a grandparent finds where to be confirmed: at the end of the sign-up, and among the family, in simple mode too', async () => {
    await stage.talks('李奶奶', '报名', '3', '1', '1');
    // Without a child written down there is nothing to confirm, and the button would lead nowhere.
    expect(stage.buttons('李奶奶')).toContain('要一个码给孩子爸妈');
    expect(stage.buttons('李奶奶')).not.toContain('我是监护人，请社工确认');
    await stage.joins('王妈妈', '王小明 2018-05-20');
    const code = /\d{4}-\d{4}/u.exec(await stage.says('王妈妈', '请家人加入'))?.[0] ?? '';
    await stage.talks('李奶奶', code, '爷爷奶奶、外公外婆', '1');
    await stage.says('李奶奶', '我的家人');
    expect(stage.buttons('李奶奶')).toContain('我是监护人，请社工确认');
    await stage.says('李奶奶', '大字简明');
    expect(await stage.says('李奶奶', '我的家人')).toMatch(/\n回\d：我是监护人，请社工确认\n/u);
    // Control: a parent is asked nothing of the kind.
    expect(await stage.says('王妈妈', '我的家人')).not.toContain('确认');
    expect(stage.buttons('王妈妈')).not.toContain('我是监护人，请社工确认');
  });
});
