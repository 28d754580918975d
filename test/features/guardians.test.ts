import { describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { onStage } from './onStage.js';
import type { Stage } from './stage.js';

const birth = '2018-05-20';

describe.each(databases)('the right of a guardian on $name', ({ open }) => {
  let stage: Stage;
  let storage: Storage;
  onStage(open, (ground) => void ({ stage, storage } = ground));

  const adds = (parent: string, child: string) => stage.talks(parent, '我的家人', '添加孩子', '爸妈', `${child} ${birth}`, '同意', '1');
  const codeOf = async (host: string, word = '请家人加入') => (await stage.says(host, word)).match(/\d{4}-\d{4}/u)?.[0] ?? '';
  /** Somebody comes in by a code of the host, as this. */
  const joins = async (host: string, name: string, bond: string) => stage.talks(name, await codeOf(host), bond, '1');
  const family = async (name: string) => (await stage.says(name, '我的家人')).split('\n');
  const links = async (first: string, second: string) => {
    await stage.says(second, '你好');
    const code = await codeOf(first, '绑定账号');
    await stage.talks(second, code, '1');
    return stage.says(first, '1');
  };

  describe('when two households become one', () => {
    test('nobody becomes guardian of the other side’s child; the question says that all rights stay', async () => {
      await adds('前妻', '王小明');
      await adds('新妻', '李小红');
      await joins('前妻', '爸', '爸妈');
      await joins('新妻', '爸', '爸妈');
      await stage.talks('爸', '合成一家', '1');
      expect(stage.heard('前妻').at(-1)).toContain('谁是哪个孩子的爸妈、监护人，都照旧');
      await stage.says('前妻', '1');
      await stage.says('新妻', '1');
      expect(await family('新妻')).toEqual(
        expect.arrayContaining(['大人：前妻（王小明的爸妈）、新妻（李小红的爸妈）、爸（爸妈）', '孩子：王小明、李小红']),
      );
      await stage.says('新妻', '我的家人');
      expect(await stage.says('新妻', `王小明（${birth}）`)).toContain('由孩子的爸妈或监护人来改');
      const ming = await storage.read.dependant.findFirstOrThrow({ orderBy: { createdAt: 'asc' } });
      await stage.forges('新妻', `/child-forget-yes ${ming.id}`);
      expect(await storage.read.dependant.count()).toBe(2);
      const record = await stage.talks('新妻', '我的资料', '看全部、导出');
      for (const line of ['您是孩子的：爸妈', '只是对王小明，您是：别的关系']) expect(record).toContain(line);
      // What is asked of staff names every child for whom it would count.
      await stage.claims('社工小李');
      expect(await stage.talks('新妻', '我的家人', '我是孩子的谁', '爸妈')).toContain('告诉社工了');
      // A child who comes later is whoever's it is that writes it down.
      await stage.talks('新妻', '我的家人', '添加孩子', `李小蓝 ${birth}`, '同意', '1');
      await stage.says('前妻', '我的家人');
      expect(await stage.says('前妻', `李小蓝（${birth}）`)).toContain('由孩子的爸妈或监护人来改');
      // The own child is theirs still.
      await stage.says('前妻', '我的家人');
      await stage.says('前妻', `王小明（${birth}）`);
      expect(stage.buttons('前妻').slice(0, 2)).toEqual(['改名字或生日', '删掉']);
    });

    test('nobody’s right is less, and whoever is no guardian is not asked beside one', async () => {
      await adds('舅', '赵小红');
      await joins('舅', '姨', '都不是');
      await adds('姨2', '赵小蓝');
      await joins('姨2', '舅', '都不是');
      const quiet = stage.heard('姨').length;
      await stage.talks('舅', '合成一家', '1');
      expect(stage.heard('姨')).toHaveLength(quiet);
      await stage.says('姨2', '1');
      expect(stage.heard('姨').at(-1)).toContain('合成一家了');
      expect(await family('舅')).toContain('大人：舅（赵小红的爸妈）、姨（都不是）、姨2（赵小蓝的爸妈）');
      await stage.publish();
      await stage.talks('姨2', '报名', '全部', '同意', '1');
      expect((await stage.list()).sort()).toEqual(['赵小红 held', '赵小蓝 confirmed']);
      await stage.says('舅', '我的家人');
      await stage.says('舅', `赵小红（${birth}）`);
      expect(stage.buttons('舅').slice(0, 2)).toEqual(['改名字或生日', '删掉']);
      // Nor does the last guardian of one child leave it to the guardian of another.
      expect(await stage.says('舅', '离开这个家')).toContain('孩子就只剩');
      // A guardian of another child is not asked to leave, nor is that child deleted: both would be refused.
      expect(stage.buttons('舅')).toEqual(['请姨离开这个家', '我的报名', '返回', '找人帮忙']);
    });

    test('of a child that both sides have written down the guardians of both are guardians, who were told so before', async () => {
      await adds('妈', '王小明');
      await adds('爸', '王小明');
      await joins('妈', '爸', '都不是');
      await stage.talks('爸', '合成一家', '是', '1');
      expect(stage.heard('妈').at(-1)).toContain('王小明两边都记着，会记成一个，两边的监护人都能替王小明同意、改信息');
      await stage.says('妈', '1');
      expect(await family('妈')).toContain('大人：妈（爸妈）、爸（爸妈）');
    });
  });

  describe('when two accounts become one person', () => {
    test.each([
      ['妈', '板'],
      ['板', '妈'],
    ])('it stays, whichever made the code (%s); staff are asked, and it is theirs meanwhile', async (first, second) => {
      await adds('妈', '王小明');
      await joins('妈', '板', '都不是');
      expect(await links(first, second)).toContain('您的两个账号说的不一样');
      expect((await family('妈'))[0]).toMatch(/^大人：.+（爸妈）$/u);
      await stage.publish();
      await stage.talks('板', '报名', '王小明', '同意', '1');
      expect(await stage.list()).toEqual(['王小明 confirmed']);
      await stage.claims('社工小李');
      expect(await stage.talks('社工小李', '待办', '1')).toContain('一个是孩子的监护人，另一个说过不是');
    });

    test('control: where both say the same nobody is asked', async () => {
      await adds('妈', '王小明');
      await joins('妈', '板', '爸妈');
      expect(await links('妈', '板')).not.toContain('不一样');
      expect(await storage.read.task.count()).toBe(0);
    });
  });

  describe('when somebody comes in', () => {
    test('guardians alone ask people in; control: where nobody is guardian, everybody does', async () => {
      await adds('妈', '王小明');
      await joins('妈', '路人', '都不是');
      expect(await stage.says('路人', '请家人加入')).toBe('请家人加入，要孩子的爸妈或监护人来请。请跟妈说一声。');
      await storage.read.householdMember.updateMany({ where: { personId: await stage.personId('妈') }, data: { bond: 'other' } });
      const code = await codeOf('路人');
      // Nor does a code help whose maker may not ask in any more.
      await storage.read.householdMember.updateMany({ where: { personId: await stage.personId('妈') }, data: { bond: 'parent' } });
      expect(await stage.says('路人二', code)).toContain('过期');
      await storage.read.householdMember.updateMany({ where: { personId: await stage.personId('妈') }, data: { bond: 'other' } });
      expect(await stage.talks('路人二', code, '爸妈', '1')).toContain('好，您加入了');
    });

    test('a code for a consent makes nobody guardian beside those who are there', async () => {
      await adds('妈', '王小明');
      await joins('妈', '路人', '都不是');
      await stage.publish();
      await stage.talks('路人', '报名', '王小明', '1');
      const code = (await stage.says('路人', '要一个码给孩子爸妈')).match(/\d{4}-\d{4}/u)?.[0] ?? '';
      expect(code).not.toBe('');
      expect(await stage.says('路人二', code)).toContain('孩子已经有监护人在这里了');
      expect(await storage.read.householdMember.count()).toBe(2);
      // The code stays good for the guardian.
      stage.house.advance(60_000);
      expect(await stage.talks('妈', code, '同意', '1')).toContain('谢谢，记下了');
      expect(await stage.list()).toEqual(['王小明 confirmed']);
    });

    test('the family hears of it each time, also of whoever was there before', async () => {
      await adds('妈', '王小明');
      await joins('妈', '姑', '都不是');
      expect(stage.heard('妈').at(-1)).toContain('姑加入了您家（都不是）');
      await stage.talks('妈', '我的家人', '姑（都不是）', '1', '1');
      stage.house.advance(60_000);
      await joins('妈', '姑', '爸妈');
      expect(stage.heard('妈').at(-1)).toContain('姑加入了您家（爸妈）');
    });
  });

  describe('to hear what concerns the child', () => {
    const place = async () => {
      await stage.publish();
      await stage.talks('妈', '报名', '王小明', '同意', '1');
    };

    test.each([
      ['爸', '妈'],
      ['妈', '爸'],
    ])('%s takes the consent back: the others hear who did so, and nobody is told what they said themselves', async (who, other) => {
      await adds('妈', '王小明');
      await joins('妈', '爸', '爸妈');
      await place();
      const before = stage.heard(who).length;
      await stage.talks(who, '撤回同意', '王小明 · 美术公益课堂第四节', '1');
      expect(stage.heard(other).at(-1)).toBe(`${who}撤回了同意，王小明不参加“美术公益课堂第四节”了，报名取消了。改主意了，请再报一次名。`);
      expect(stage.heard(who).slice(before).join()).not.toContain('监护人没有同意');
      expect(stage.heard(who).at(-1)).toContain('撤回了：王小明不参加');
    });

    test('who is no guardian gives a place back: the guardians hear of it, and may restore it', async () => {
      await adds('妈', '王小明');
      await joins('妈', '姑', '都不是');
      await place();
      const quiet = stage.heard('姑').length;
      await stage.talks('姑', '我的报名', '取消王小明 · 美术公益课堂第四节', '1');
      expect(stage.heard('妈').at(-1)).toBe('姑取消了王小明的“美术公益课堂第四节”报名。10分钟内可以恢复，过了就让给别人。');
      expect(await stage.list()).toEqual(['王小明 leaving']);
      await stage.presses('妈', '恢复报名');
      expect(await stage.list()).toEqual(['王小明 confirmed']);
      // Control: who does it themselves is not told, nor is who answers for no child.
      await stage.talks('妈', '我的报名', '取消王小明 · 美术公益课堂第四节', '1');
      expect(stage.heard('妈').at(-1)).toContain('取消好了');
      expect(
        stage
          .heard('姑')
          .slice(quiet)
          .filter((text) => text.includes('妈取消了')),
      ).toEqual([]);
    });

    test('messages go to the account that somebody used last, whichever was linked last', async () => {
      await adds('妈', '王小明');
      expect(await links('妈', '板')).toContain('合好了');
      await joins('妈', '姑', '都不是');
      expect(stage.heard('妈').at(-1)).toContain('姑加入了您家');
      expect(stage.heard('板').join()).not.toContain('姑加入');
      await stage.says('板', '你好');
      stage.house.advance(60_000);
      await joins('板', '舅', '都不是');
      expect(stage.heard('板').at(-1)).toContain('舅加入了您家');
      expect(stage.heard('妈').join()).not.toContain('舅加入');
      // Where that account cannot be written to, the other one hears.
      await storage.read.identity.updateMany({ where: { externalId: '板' }, data: { privateChat: null } });
      await stage.talks('舅', '离开这个家', '1');
      expect(stage.heard('妈').at(-1)).toContain('舅离开了您家');
    });

    test('a code for held places is good after whoever made it has linked two accounts', async () => {
      await stage.publish();
      await stage.talks('奶', '报名', '爷爷奶奶、外公外婆', '1', '1');
      const code = (await stage.says('奶', '要一个码给孩子爸妈')).match(/\d{4}-\d{4}/u)?.[0] ?? '';
      expect(await links('奶', '奶二')).toContain('合好了');
      expect(await stage.says('奶', code)).toContain('这是您自己的码');
      expect(await stage.says('妈', code)).toBe('给孩子报名“美术公益课堂第四节”。您是孩子的：');
      await stage.talks('妈', '爸妈', `王小明 ${birth}`, '就这些', '同意', '1');
      expect(await stage.list()).toEqual(['王小明 confirmed']);
    });
  });

  describe('when a guardian deletes their own data', () => {
    test('children are not left to somebody who is none; once that is settled, it goes on', async () => {
      await adds('妈', '王小明');
      await joins('妈', '姑', '都不是');
      expect(await stage.says('妈', '删除我的资料')).toContain('王小明就只剩姑照看');
      expect(stage.buttons('妈').slice(0, 2)).toEqual(['请姑离开这个家', '删掉王小明的信息']);
      await stage.talks('妈', '请姑离开这个家', '1');
      expect(await stage.says('妈', '删除我的资料')).toContain('只有您在照看的一起删：王小明');
      expect(await stage.says('妈', '删除')).toContain('都删掉了');
    });

    test('nor where they became the last one only after the list was read; control: another guardian stays, and it is done', async () => {
      await adds('妈', '王小明');
      await joins('妈', '爸', '爸妈');
      expect(await stage.says('妈', '删除我的资料')).toContain('还有别的大人照看的会留下：王小明');
      const says = async (bond: string) =>
        storage.read.householdMember.updateMany({ where: { personId: await stage.personId('爸') }, data: { bond } });
      await says('other');
      expect(await stage.says('妈', '删除')).toContain('王小明就只剩爸照看');
      await says('parent');
      await stage.talks('妈', '删除我的资料', '删除');
      expect(await stage.says('爸', '我的家人')).toContain('孩子：王小明');
      expect(stage.heard('爸').some((text) => text.includes('有一位大人删除了自己的资料'))).toBe(true);
    });
  });

  describe('taken back by staff, where a guardian asks for it', () => {
    const asks = async () => {
      await stage.claims('社工小李');
      await adds('妈', '王小明');
      await joins('妈', '爸二', '爸妈');
      await stage.talks('妈', '我的家人', '爸二（爸妈）');
      expect(stage.heard('妈').at(-1)).toContain('您不能自己请爸二离开');
      expect(await stage.says('妈', '有什么不对，请社工来看')).toContain('告诉社工了');
      expect(stage.heard('社工小李').at(-1)).toContain('妈说家里有一位大人不对');
      expect(await stage.talks('社工小李', '待办', '1')).toContain('说爸二不该是孩子的监护人，或者不该在这个家里。孩子：王小明');
      return stage.says('社工小李', '看看怎么办');
    };

    test('somebody wrong is taken out: both sides hear of it, and it stands in the log', async () => {
      await asks();
      expect(await stage.talks('社工小李', '请TA离开这个家', '1')).toBe('好，爸二不在这个家了。');
      expect(stage.heard('爸二').at(-1)).toContain('社工请您离开了一个家');
      expect(stage.heard('妈').at(-1)).toBe('社工请爸二离开了您家。');
      expect(await stage.says('爸二', '我的家人')).toContain('还没有记下家人');
      expect(await stage.says('社工小李', '待办')).toBe('没有待办的事。');
      expect(await storage.read.auditEntry.count({ where: { action: 'household.out' } })).toBe(1);
    });

    test('or is no guardian any more, and can then be asked to leave by one', async () => {
      await asks();
      await stage.talks('社工小李', '不再是监护人', '1');
      expect(stage.heard('妈').at(-1)).toBe('社工记下了：爸二不再是孩子的监护人。');
      await stage.says('爸二', '我的家人');
      expect(await stage.says('爸二', `王小明（${birth}）`)).toContain('由孩子的爸妈或监护人来改');
      await stage.talks('妈', '我的家人', '爸二（都不是）', '1', '1');
      expect(stage.heard('妈').at(-1)).toBe('好，爸二不在您家了。');
    });

    test('no child is left without a guardian by it, and nobody decides about their own family; an old button does nothing', async () => {
      await asks();
      const bondsTo = async (bond: string) =>
        storage.read.householdMember.updateMany({ where: { personId: await stage.personId('妈') }, data: { bond } });
      await stage.says('社工小李', '不再是监护人');
      await bondsTo('other');
      expect(await stage.says('社工小李', '1')).toContain('唯一的监护人');
      await bondsTo('parent');
      const { householdId } = await storage.read.householdMember.findFirstOrThrow();
      const seat = { householdId, personId: await stage.personId('社工小李') };
      await storage.read.householdMember.create({ data: { ...seat, bond: 'other' } });
      await stage.talks('社工小李', '待办', '1', '看看怎么办', '不再是监护人');
      expect(await stage.says('社工小李', '1')).toContain('这是您自己家的事');
      await storage.read.householdMember.delete({ where: { householdId_personId: seat } });
      await stage.talks('社工小李', '待办', '1', '看看怎么办', '不再是监护人');
      await storage.read.role.deleteMany({ where: { personId: await stage.personId('社工小李') } });
      await stage.says('社工小李', '1');
      expect(await storage.read.householdMember.count({ where: { bond: 'parent' } })).toBe(2);
    });

    test('a grandparent whom staff confirm: the parents hear of it, and how to object', async () => {
      await stage.claims('社工小李');
      await adds('妈', '王小明');
      await joins('妈', '奶', '爷爷奶奶、外公外婆');
      await stage.talks('奶', '我的家人', '我是监护人，请社工确认');
      await stage.talks('社工小李', '待办', '1', '看过材料，确认');
      expect(stage.heard('妈').at(-1)).toContain('社工看过材料，确认奶也是孩子的监护人');
      await stage.talks('妈', '我的家人', '奶（爷爷奶奶、外公外婆）', '有什么不对，请社工来看');
      await stage.talks('社工小李', '待办', '1', '看看怎么办', '不再是监护人', '1');
      expect(await storage.read.householdMember.findFirstOrThrow({ where: { bond: 'grandparent' } })).toMatchObject({ confirmedBy: null });
    });
  });

  describe('about a consent', () => {
    test('who agrees reads what was answered for the child', async () => {
      await adds('妈', '王小明');
      await joins('妈', '奶', '爷爷奶奶、外公外婆');
      await stage.publish();
      await storage.read.event.updateMany({
        data: { questions: JSON.stringify([{ text: '有没有过敏？', options: [], optional: false }]) },
      });
      await stage.talks('奶', '报名', '王小明', '花生', '1');
      expect(await stage.presses('妈', '看清楚再定')).toBeDefined();
      expect(stage.heard('妈').at(-1)).toContain('王小明已经填了：有没有过敏？ 花生');
    });

    test('one on paper is taken back by staff when its guardian says so: the sign-up ends, and whoever signed up hears of it', async () => {
      await stage.claims('社工小李');
      await adds('妈', '王小明');
      await joins('妈', '奶', '爷爷奶奶、外公外婆');
      await stage.publish();
      await stage.talks('奶', '报名', '王小明', '1');
      await stage.says('奶', '爸妈来社区填纸质的');
      await stage.talks('社工小李', '待办', '1', '收到了，记下来', '妈', '1');
      expect(await stage.list()).toEqual(['王小明 confirmed']);
      await stage.talks('社工小李', '名单', '1', '监护人要撤回同意');
      expect(stage.heard('社工小李').at(-1)).toContain('妈在纸上同意过王小明参加');
      expect(await stage.says('社工小李', '1')).toContain('撤回了：王小明不参加');
      expect(await stage.list()).toEqual(['王小明 cancelled']);
      expect(await storage.read.consent.count({ where: { withdrawnAt: null, method: 'paper' } })).toBe(0);
      for (const name of ['奶', '妈']) expect(stage.heard(name).at(-1)).toContain('妈到社区撤回了纸质同意，王小明不参加');
      expect(await storage.read.auditEntry.count({ where: { action: 'consent.withdraw' } })).toBe(1);
    });

    test('what is said before the family’s entry is withdrawn is what happens', async () => {
      await adds('妈', '王小明');
      expect(await stage.says('妈', '撤回同意')).toContain('监护人同意的记录只留编号，最晚留到2029年');
    });
  });
});
