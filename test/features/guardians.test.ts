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
});
