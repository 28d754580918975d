import { beforeEach, describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { onStage } from './onStage.js';
import type { Stage } from './stage.js';

const birth = '2018-05-20';
const minute = 60 * 1000;
const is = '我是孩子的谁';
const day = 24 * 60 * minute;

describe.each(databases)('a household on $name', ({ open }) => {
  let stage: Stage;
  let storage: Storage;
  onStage(open, (ground) => void ({ stage, storage } = ground));

  /** A parent writes a child down; with a household of theirs where they have several. */
  const adds = (parent: string, child: string) => stage.talks(parent, '我的家人', '添加孩子', '爸妈', `${child} ${birth}`, '同意', '1');
  /** A member of the first household of somebody, without the talk. */
  const joins = async (host: string, name: string, bond: string | null) => {
    await stage.says(name, '你好');
    const { householdId } = await storage.read.householdMember.findFirstOrThrow({ where: { personId: await stage.personId(host) } });
    await storage.read.householdMember.create({ data: { householdId, personId: await stage.personId(name), bond } });
    return householdId;
  };
  /** Of whom only the proof of a consent is left: how long the name is, and the birth date. */
  const proofs = async () => (await storage.read.dependant.findMany()).map(({ name, birthDate }) => [name.length, birthDate]);
  const childId = async () => (await storage.read.dependant.findFirstOrThrow()).id;
  const audits = async (action: string) => storage.read.auditEntry.findMany({ where: { action } });
  const bondOf = async (name: string) =>
    storage.read.householdMember.findFirstOrThrow({
      where: { personId: await stage.personId(name) },
      select: { bond: true, confirmedBy: true },
    });

  describe('where there is a guardian', () => {
    beforeEach(async () => {
      await adds('王妈妈', '王小明');
    });

    test('nobody else corrects or deletes a child, also by an old button; control: where nobody is guardian, everybody may', async () => {
      await joins('王妈妈', '王奶奶', 'grandparent');
      expect(await stage.talks('王奶奶', '我的家人', '1')).toContain('王小明的信息由孩子的爸妈或监护人来改');
      expect(stage.buttons('王奶奶')).toEqual(['返回', '找人帮忙']);
      const says = async (bond: string) =>
        storage.read.householdMember.updateMany({ where: { personId: await stage.personId('王妈妈') }, data: { bond } });
      for (const [button, ...then] of [['改名字或生日'], ['改名字或生日', '改名字'], ['删掉'], ['删掉', '全部删掉']]) {
        await says('other');
        await stage.talks('王奶奶', '我的家人', '1', ...(then.length > 0 ? [button ?? ''] : []));
        await says('parent');
        expect(await stage.says('王奶奶', then[0] ?? button ?? '')).toContain('由孩子的爸妈或监护人来改');
      }
      expect(await storage.read.dependant.count()).toBe(1);
      await says('other');
      expect(await stage.talks('王奶奶', '我的家人', '1', '删掉', '1')).toBe('王小明的信息都删掉了。');
    });

    test('whoever is guardian no more when they confirm changes nothing', async () => {
      await joins('王妈妈', '王爸爸', 'parent');
      await stage.talks('王爸爸', '我的家人', '1', '改名字或生日', '改名字', '王大明');
      await storage.read.householdMember.updateMany({ where: { personId: await stage.personId('王爸爸') }, data: { bond: 'other' } });
      expect(await stage.says('王爸爸', '1')).toContain('由孩子的爸妈或监护人来改');
      expect(await stage.says('王妈妈', '我的家人')).toContain('孩子：王小明');
      expect(await audits('family.correct')).toEqual([]);
    });

    test('the other guardians hear what one of them changes, without a birth date; who is none does not', async () => {
      await joins('王妈妈', '王爸爸', 'parent');
      await joins('王妈妈', '姑姑', 'other');
      const quiet = stage.heard('姑姑').length;
      await stage.talks('王爸爸', '我的家人', '1', '改名字或生日', '改名字', '王大明', '1');
      expect(stage.heard('王妈妈').at(-1)).toContain('王爸爸把王小明的名字改成了王大明');
      await stage.talks('王爸爸', '我的家人', '1', '改名字或生日', '改生日', '2018-06-20', '1');
      expect(stage.heard('王妈妈').at(-1)).toBe('王爸爸改了王大明的生日。请在“我的家人”里看看对不对。');
      await stage.talks('王爸爸', '我的家人', '1', '删掉', '1');
      expect(stage.heard('王妈妈').at(-1)).toBe('王爸爸把王大明的信息删掉了。');
      expect(stage.heard('姑姑')).toHaveLength(quiet);
    });

    test('one of the two is corrected and read back; what stays the same is not written down', async () => {
      expect(await stage.talks('王妈妈', '我的家人', '1', '改名字或生日')).toContain('要改哪一样');
      const readBack = await stage.talks('王妈妈', '改名字', '王小明');
      expect(readBack).toContain('名字：王小明');
      expect(readBack).not.toContain('生日');
      expect(await stage.says('王妈妈', '1')).toBe('王小明的信息没有变，不用改。');
      expect(await audits('family.correct')).toEqual([]);
      const other = await stage.talks('王妈妈', '我的家人', '1', '改名字或生日', '改生日', '2018-06-01');
      expect(other).not.toContain('王小明\n');
      expect(await stage.says('王妈妈', '1')).toBe('改好了：王小明。');
      expect(await audits('family.correct')).toHaveLength(1);
    });

    test('a guardian takes somebody out who is none: they see nothing any more, their code is worth nothing, and they are told', async () => {
      const ref = await stage.publish();
      await joins('王妈妈', '路人', 'other');
      const code = (await stage.says('路人', '请家人加入')).match(/\d{4}-\d{4}/u)?.[0] ?? '';
      await storage.read.signUp.create({
        data: {
          id: 's1',
          communityId: stage.house.community.id,
          eventId: (await storage.read.event.findFirstOrThrow({ where: { ref } })).id,
          scope: 'all',
          participant: `d:${await childId()}`,
          dependantId: await childId(),
          party: `d:${await childId()}`,
          registrantId: await stage.personId('路人'),
          status: 'confirmed',
          position: 1,
          createdAt: new Date(stage.house.now()),
          updatedAt: new Date(stage.house.now()),
        },
      });
      expect(await stage.talks('王妈妈', '我的家人', '路人（都不是）')).toBe('路人（都不是）');
      expect(await stage.says('王妈妈', '1')).toContain('要请路人离开您家吗');
      expect(await stage.says('王妈妈', '1')).toBe('好，路人不在您家了。');
      expect(stage.heard('路人').at(-1)).toContain('王妈妈把您从他们家里移出来了');
      expect(await stage.says('路人', '我的家人')).toContain('还没有记下家人');
      expect(await stage.says('路人', '我的报名')).not.toContain('王小明');
      expect(await stage.says('王妈妈', '我的报名')).toContain('王小明');
      expect(await stage.says('邻居', code)).not.toContain('您是孩子的');
      expect(await audits('household.out')).toHaveLength(1);
    });

    test('somebody is taken out only by a guardian, and only who is none by then', async () => {
      await joins('王妈妈', '姑姑', 'other');
      const says = async (name: string, bond: string) =>
        storage.read.householdMember.updateMany({ where: { personId: await stage.personId(name) }, data: { bond } });
      await stage.says('姑姑', '我的家人');
      expect(stage.buttons('姑姑').join()).not.toContain('王妈妈');
      await stage.talks('王妈妈', '我的家人', '姑姑（都不是）', '1');
      await says('姑姑', 'guardian');
      expect(await stage.says('王妈妈', '1')).toContain('姑姑也是孩子的监护人');
      await says('姑姑', 'other');
      await stage.talks('王妈妈', '我的家人', '姑姑（都不是）', '1');
      await says('王妈妈', 'other');
      expect(await stage.says('王妈妈', '1')).toContain('刚刚有变化');
      expect(await storage.read.householdMember.count()).toBe(2);
    });

    test('one guardian does not take out another: staff can help', async () => {
      await joins('王妈妈', '王爸爸', 'parent');
      expect(await stage.talks('王妈妈', '我的家人', '王爸爸（爸妈）')).toContain('王爸爸也是孩子的监护人');
      expect(await stage.says('王妈妈', '9')).toContain('社工会找您');
      expect(await storage.read.task.count({ where: { kind: 'help' } })).toBe(1);
    });

    test('the last guardian does not leave children to others; taken out first, or with the entry deleted, it goes', async () => {
      await joins('王妈妈', '路人', 'other');
      expect(await stage.says('王妈妈', '离开这个家')).toContain('孩子就只剩路人照看');
      expect(stage.buttons('王妈妈').slice(0, 2)).toEqual(['请路人离开这个家', '删掉王小明的信息']);
      await stage.talks('王妈妈', '离开这个家', '删掉王小明的信息', '1');
      expect(await stage.talks('王妈妈', '离开这个家', '1')).toBe('好，您已经离开这个家了。');
      expect(stage.heard('路人').at(-1)).toContain('王妈妈离开了您家');
    });

    test('what would be refused for want of a cancelled sign-up is not offered: it is said what has to be done first', async () => {
      await stage.publish();
      await stage.talks('王妈妈', '报名', '王小明', '同意', '1');
      expect(await stage.says('王妈妈', '离开这个家')).toBe('还有没结束的报名，先取消了才能离开。');
      await joins('王妈妈', '路人', 'other');
      expect(await stage.says('王妈妈', '离开这个家')).toContain('\n王小明还有没结束的报名，要先取消，才能删。');
      expect(stage.buttons('王妈妈')).toEqual(['请路人离开这个家', '我的报名', '返回', '找人帮忙']);
      expect(await stage.says('王妈妈', '删除我的资料')).toContain('\n王小明还有没结束的报名，要先取消，才能删。');
      expect(stage.buttons('王妈妈')).toEqual(['请路人离开这个家', '我的报名', '返回', '找人帮忙']);
      await stage.says('王妈妈', '/language en');
      expect(await stage.says('王妈妈', 'leave family')).toContain('王小明 still has a sign-up that is not over');
      // Control: with the sign-up given back it is offered.
      await stage.talks('王妈妈', '/language zh-CN', '我的报名', '1', '1', '离开这个家');
      expect(stage.buttons('王妈妈')).toContain('删掉王小明的信息');
      await stage.talks('王妈妈', '请路人离开这个家', '1');
      expect(await stage.says('王妈妈', '离开这个家')).toBe('还有没结束的报名，先取消了才能离开。');
      await stage.passes(11);
      expect(await stage.says('王妈妈', '离开这个家')).toContain('家里只有您一个大人了');
    });

    test('what somebody signed up goes to those who stay, as it was said', async () => {
      await stage.publish();
      await joins('王妈妈', '王爸爸', 'parent');
      await stage.talks('王妈妈', '报名', '王小明', '同意', '1');
      expect(await stage.list()).toEqual(['王小明 confirmed']);
      expect(await stage.says('王妈妈', '离开这个家')).toContain('您给他们报的名归王爸爸管，您这里就看不到了');
      await stage.says('王妈妈', '1');
      expect(await stage.says('王妈妈', '我的报名')).not.toContain('王小明');
      expect(stage.heard('王爸爸').at(-1)).toContain('以后归您管');
      expect((await storage.read.signUp.findFirstOrThrow()).registrantId).toBe(await stage.personId('王爸爸'));
      expect(await stage.says('王妈妈', '撤回同意')).toContain('王小明');
    });

    test('who was told that another stays is asked anew once that other has left', async () => {
      await joins('王妈妈', '王爸爸', 'parent');
      for (const name of ['王妈妈', '王爸爸']) expect(await stage.says(name, '离开这个家')).toContain('都留给');
      await stage.says('王爸爸', '1');
      expect(await stage.says('王妈妈', '1')).toContain('家里只有您一个大人了');
      expect(await storage.read.dependant.count()).toBe(1);
      expect(stage.heard('王妈妈').at(-1)).toContain('您家刚刚有变化，请再看一遍');
      expect(await stage.says('王妈妈', '1')).toBe('好，您已经离开这个家了。');
      expect(await proofs()).toEqual([[0, null]]);
    });

    test('the consent under which a child was written down is kept, shown, and taken back by the same word with its entry', async () => {
      await joins('王妈妈', '王爸爸', 'parent');
      expect(await storage.read.consent.findFirstOrThrow()).toMatchObject({
        purpose: 'family',
        eventId: '',
        textVersion: 'family-1',
        method: 'chat',
        guardianId: await stage.personId('王妈妈'),
        withdrawnAt: null,
      });
      const record = await stage.talks('王妈妈', '我的资料', '看全部、导出');
      expect(record).toContain('同意在费家营社区记下王小明的家人资料');
      await stage.publish();
      await stage.talks('王妈妈', '报名', '王小明', '同意', '1');
      await stage.says('王妈妈', '撤回同意');
      expect(stage.buttons('王妈妈').slice(0, 2).sort()).toEqual(['王小明 · 家人资料', '王小明 · 美术公益课堂第四节']);
      expect(await stage.says('王妈妈', '王小明 · 家人资料')).toContain('请先在“我的报名”里取消');
      await stage.talks('王妈妈', '撤回同意', '王小明 · 美术公益课堂第四节', '1');
      expect(await stage.says('王妈妈', '撤回同意')).toContain('名字和生日马上删掉');
      expect(await storage.read.dependant.count()).toBe(1);
      expect(await stage.says('王妈妈', '1')).toBe('撤回了，王小明的信息都删掉了。');
      expect(await proofs()).toEqual([[0, null]]);
      expect(await storage.read.consent.count({ where: { withdrawnAt: null } })).toBe(0);
      expect(stage.heard('王爸爸').at(-1)).toBe('王妈妈把王小明的信息删掉了。');
      expect(await audits('consent.withdraw')).toHaveLength(2);
    });

    test('whoever is no guardian cannot take that consent back', async () => {
      await joins('王妈妈', '姑姑', 'other');
      expect(await stage.says('姑姑', '撤回同意')).toBe('没有可以撤回的同意。');
      // Also who gave it, once they are none any more: the question was open.
      await stage.says('王妈妈', '撤回同意');
      await storage.read.householdMember.updateMany({ where: { personId: await stage.personId('王妈妈') }, data: { bond: 'other' } });
      expect(await stage.says('王妈妈', '1')).toBe('没有可以撤回的同意。');
      expect(await storage.read.dependant.count()).toBe(1);
    });
  });

  describe('what somebody is to the children', () => {
    beforeEach(async () => {
      await adds('王妈妈', '王小明');
      await joins('王妈妈', '李奶奶', 'grandparent');
      await stage.claims('社工小李');
    });

    test('whoever said to be no parent becomes one when staff confirm it, who see whom it is about; every change is written down', async () => {
      expect(await stage.talks('李奶奶', '我的家人', is, '爸妈')).toContain('告诉社工了');
      expect(await bondOf('李奶奶')).toEqual({ bond: 'grandparent', confirmedBy: null });
      expect(await stage.talks('社工小李', '待办', '1')).toContain('说自己是孩子的爸妈，想当监护人。孩子：王小明');
      expect(await stage.says('社工小李', '1')).toContain('李奶奶现在可以替王小明同意');
      expect(await bondOf('李奶奶')).toMatchObject({ bond: 'parent', confirmedBy: await stage.personId('社工小李') });
      expect(await stage.says('社工小李', '操作记录')).toContain('社工小李记下：李奶奶是孩子的“爸妈”');
    });

    test('the question about a new child leads to no other bond; where somebody is guardian nobody becomes one by saying so, but what gives no rights is free', async () => {
      expect(await stage.talks('李奶奶', '我的家人', '添加孩子')).toContain('要爸妈或其他监护人来记');
      expect(await bondOf('李奶奶')).toEqual({ bond: 'grandparent', confirmedBy: null });
      await joins('王妈妈', '王爸爸', null);
      expect(await stage.talks('王爸爸', '我的家人', is, '爸妈')).toContain('告诉社工了');
      expect(await stage.talks('王爸爸', '我的家人', '添加孩子')).toContain('要爸妈或其他监护人来记');
      expect(await bondOf('王爸爸')).toEqual({ bond: null, confirmedBy: null });
      expect(await stage.talks('李奶奶', '我的家人', is, '都不是')).toBe('记下了，您是孩子的都不是。');
      // Control: where nobody is guardian, it is free.
      await storage.read.householdMember.updateMany({ where: { personId: await stage.personId('王妈妈') }, data: { bond: 'other' } });
      expect(await stage.talks('王爸爸', '我的家人', is, '爸妈')).toBe('记下了，您是孩子的爸妈。');
      expect(await audits('household.bond')).toHaveLength(3);
    });

    test('what staff confirmed counts for the children who were there by then', async () => {
      await stage.publish();
      await stage.talks('李奶奶', '我的家人', is, '爷爷奶奶、外公外婆', '我是监护人，请社工确认');
      await stage.talks('社工小李', '待办', '1', '1');
      expect(stage.heard('李奶奶').at(-1)).toBe('社工确认好了，您现在可以替王小明同意。');
      stage.house.advance(minute);
      await stage.talks('王妈妈', '我的家人', '添加孩子', `王小红 ${birth}`, '同意', '1');
      await stage.talks('李奶奶', '报名', '全部', '同意', '1');
      expect((await stage.list()).sort()).toEqual(['王小明 confirmed', '王小红 held']);
      // For the new one staff are asked anew.
      await stage.talks('李奶奶', '我的家人', is, '爷爷奶奶、外公外婆', '1');
      expect(await stage.talks('社工小李', '待办', '1')).toContain('王小明、王小红');
      await stage.says('社工小李', '1');
      expect(stage.heard('李奶奶').at(-1)).toContain('王小明、王小红');
    });

    test('without a child nothing is sent to staff', async () => {
      await stage.talks('王妈妈', '我的家人', '1', '删掉', '1');
      expect(await stage.talks('李奶奶', '我的家人', is, '爸妈')).toContain('您家还没有记下孩子');
      expect(stage.buttons('李奶奶').slice(0, 2)).toEqual(['没有别的监护人，找社工', '请家人加入']);
      expect(await storage.read.task.count()).toBe(0);
      // Where there is no other guardian, one press fetches somebody: no circle.
      await stage.says('李奶奶', '1');
      expect(await storage.read.task.count()).toBe(1);
    });
  });

  describe('of somebody who has two', () => {
    beforeEach(async () => {
      await adds('前妻', '张小一');
      await adds('新妻', '张小二');
      await joins('前妻', '张爸爸', 'parent');
      await joins('新妻', '张爸爸', 'parent');
    });
    const housesOf = async (name: string) => {
      const { households } = await storage.read.person.findUniqueOrThrow({
        where: { id: await stage.personId(name) },
        include: { households: { include: { household: { include: { dependants: true } } } } },
      });
      return households.map(({ household }) => household.dependants.length);
    };

    test('it is asked which one a new child, an older relative and a code are for', async () => {
      expect(await stage.talks('张爸爸', '我的家人', '添加孩子')).toContain('是哪个家');
      expect(stage.buttons('张爸爸').slice(0, 2)).toEqual(['和前妻的家', '和新妻的家']);
      await stage.talks('张爸爸', '和新妻的家', `张小三 ${birth}`, '同意', '1');
      expect([await housesOf('前妻'), await housesOf('新妻')]).toEqual([[1], [2]]);
      await stage.talks('张爸爸', '我的家人', '添加家里老人', '和新妻的家', '张奶奶', '1');
      expect([await housesOf('前妻'), await housesOf('新妻')]).toEqual([[1], [3]]);
      const code = (await stage.talks('张爸爸', '请家人加入', '和新妻的家')).match(/\d{4}-\d{4}/u)?.[0] ?? '';
      await stage.talks('张爷爷', code, '爷爷奶奶、外公外婆');
      expect(stage.heard('张爷爷').join()).not.toMatch(/新妻|前妻/u);
      await stage.talks('张爷爷', '1', '我的家人');
      expect(stage.heard('张爷爷').join()).toContain('新妻');
      expect(stage.heard('张爷爷').join()).not.toContain('前妻');
      expect(await stage.talks('张爸爸', '我的家人', '更多', is)).toContain('是哪个家');
    });

    test('who has left the household in the middle writes nothing down elsewhere', async () => {
      await stage.talks('张爸爸', '我的家人', '添加孩子', '和新妻的家', `张小三 ${birth}`, '同意');
      const { householdId } = await storage.read.householdMember.findFirstOrThrow({ where: { personId: await stage.personId('新妻') } });
      await storage.read.householdMember.deleteMany({ where: { householdId, personId: await stage.personId('张爸爸') } });
      await stage.says('张爸爸', '1');
      expect(await storage.read.dependant.count()).toBe(2);
    });

    test('they become one when the others of both have agreed, one after the other; then it cannot be answered again', async () => {
      const before = stage.heard('新妻').length;
      expect(await stage.talks('张爸爸', '我的家人', '合成一家', '1')).toContain('我先问问');
      expect(await storage.read.household.count()).toBe(2);
      const first = stage.heard('新妻').length > before ? '新妻' : '前妻';
      const second = first === '新妻' ? '前妻' : '新妻';
      expect(stage.heard(first).at(-1)).toContain('都能看到对方的孩子和报名，合了就分不开');
      expect(stage.heard(second).join()).not.toContain('合成一家');
      expect(await stage.says(first, '1')).toContain('还要另一边也同意');
      expect(await storage.read.household.count()).toBe(2);
      expect(await stage.says(second, '1')).toContain('合成一家了');
      expect(await storage.read.household.count()).toBe(1);
      expect(stage.heard('张爸爸').at(-1)).toContain('都同意了，合成一家了');
      expect(stage.heard(first).at(-1)).toContain('合成一家了');
      expect(await audits('household.agree')).toHaveLength(2);
    });

    test('a no ends it, and whoever asked is told; a forged, foreign, late or second answer changes nothing', async () => {
      const before = stage.heard('新妻').length;
      await stage.talks('张爸爸', '我的家人', '合成一家', '1');
      const first = stage.heard('新妻').length > before ? '新妻' : '前妻';
      for (const who of ['路人', '张爸爸']) {
        await stage.says(who, '8306-0001');
        await stage.forges(who, '/merge-yes 8306-0001');
      }
      expect(await storage.read.household.count()).toBe(2);
      expect(await stage.says(first, '0')).toContain('那就不合');
      expect(stage.heard('张爸爸').at(-1)).toContain('没有同意');
      await stage.presses(first, '同意合成一家');
      expect(await storage.read.household.count()).toBe(2);
      await stage.talks('张爸爸', '我的家人', '合成一家', '1');
      stage.house.advance(day + minute);
      await stage.presses(first, '同意合成一家');
      expect(stage.heard(first).at(-1)).toContain('已经过去了');
      expect(await storage.read.household.count()).toBe(2);
    });

    test('both sides are shown apart, and a child on both sides is asked for as one child', async () => {
      await stage.talks('新妻', '我的家人', '添加孩子', `张小一 ${birth}`, '同意', '1');
      expect(await stage.talks('张爸爸', '我的家人', '更多', '合成一家')).toBe('两边都记着张小一，是同一个孩子吗？');
      expect(await stage.says('张爸爸', '是')).toMatch(/第1边，和新妻的家：[\s\S]*第2边，和前妻的家：/u);
    });
  });

  test('a household in which nobody else is becomes one with another at once', async () => {
    await adds('王爸爸', '王小明');
    await stage.says('王妈妈', '你好');
    await adds('王妈妈', '王小红');
    const { householdId } = await storage.read.householdMember.findFirstOrThrow({ where: { personId: await stage.personId('王爸爸') } });
    await storage.read.householdMember.update({
      where: { householdId_personId: { householdId, personId: await stage.personId('王爸爸') } },
      data: { personId: await stage.personId('王妈妈') },
    });
    expect(await stage.talks('王妈妈', '我的家人', '合成一家', '1')).toContain('合成一家了');
    expect(await storage.read.household.count()).toBe(1);
  });

  test('name and birth date go in one line; a day that cannot be is said, and the name is kept', async () => {
    expect(await stage.talks('王妈妈', '我的家人', '添加孩子', '爸妈', '王小明 2018-2-30')).toMatch(/没有这一天[\s\S]*王小明是哪天生的/u);
    expect(await stage.talks('王妈妈', birth, '同意')).toContain('名字：王小明');
    await stage.says('王妈妈', '1');
    expect(await stage.talks('王妈妈', '我的家人', '添加孩子', '王小红 2030-1-1')).toContain('还没到呢');
    expect(await stage.talks('王妈妈', '退出', '我的家人', '添加孩子', '王小红 2019-1-1')).toContain('同意');
    await stage.publish();
    expect(await stage.talks('张爸爸', '报名', '爸妈', '张乐 2018-2-30')).toMatch(/没有这一天[\s\S]*张乐是哪天出生的/u);
  });

  test('who comes second with a household code hears that somebody else used it', async () => {
    await adds('王妈妈', '王小明');
    const code = (await stage.says('王妈妈', '请家人加入')).match(/\d{4}-\d{4}/u)?.[0] ?? '';
    await stage.talks('王爸爸', code, '爸妈');
    await stage.talks('路人', code, '都不是', '1');
    expect(await stage.says('王爸爸', '1')).toContain('这个码已经有人用过了');
    expect(await storage.read.householdMember.count()).toBe(2);
  });

  test('nobody but staff calls themselves staff', async () => {
    for (const name of ['社工小李', '社 工 小李', '管理员', '小邻']) {
      expect(await stage.talks('路人', '我的资料', '改称呼', name)).toContain('容易被当成工作人员');
      await stage.says('路人', '退出');
    }
    await stage.claims('李姐');
    expect(await stage.talks('李姐', '我的资料', '改称呼', '社工小李', '1')).toBe('好，以后叫您社工小李。');
  });
});
