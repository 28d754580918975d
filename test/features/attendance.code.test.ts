import { describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { group } from '../support/house.js';
import { onStage } from './onStage.js';
import { artClass, type Stage } from './stage.js';

const li = '社工小李';
const mother = '王妈妈';

describe.each(databases)('the code at the place and leave, on $name', ({ open }) => {
  let stage: Stage;
  let storage: Storage;
  onStage(open, async (ground) => {
    ({ stage, storage } = ground);
    await stage.claims(li);
  });
  const states = async () => (await storage.read.attendance.findMany()).map(({ state }) => state).sort();
  const signUp = (...children: string[]) => stage.joins(mother, ...children);
  /** The art class with two children, and its code: made the evening before. Gives the code. */
  const withCode = async () => {
    await stage.publish();
    await signUp('王小明 2018-05-20', '王小红 2019-05-20');
    stage.house.setClock('2026-07-31T20:00');
    await stage.talks(li, '签到');
    return codeIn(await stage.says(li, '现场码'));
  };
  const codeIn = (said: string) => /现场码：(\d{3} \d{3})/u.exec(said)?.[1] ?? '';
  const during = () => stage.house.setClock('2026-08-01T10:10');

  test('a parent writes it and all their children are here; once more is said kindly; nothing is used up', async () => {
    const code = await withCode();
    const sheet = stage.house.adapter.shown(li).at(-1)?.file;
    expect([sheet?.name, sheet?.mimeType]).toEqual(['签到码.png', 'image/png']);
    during();
    expect(await stage.says(mother, `签到 ${code}`)).toBe('王小明、王小红签到了。\n要是有谁没来，请跟工作人员说一声。');
    expect(await states()).toEqual(['attended', 'attended']);
    expect(await stage.says(mother, `签到${code}`)).toBe('王小明、王小红已经签过了。');
    // A neighbour may use it too, and the bare digits do.
    await stage.says('李妈妈', '你好');
    expect(await stage.says('李妈妈', code.replace(' ', ''))).toContain('您家还没有人报上');
    expect(stage.buttons('李妈妈')[0]).toBe('看看这个活动');
    await stage.presses('李妈妈', '看看这个活动');
    expect(stage.heard('李妈妈').at(-1)).toContain(artClass);
    expect(await stage.says(li, '签到')).toContain('到2\n1 王小明 ✓到\n2 王小红 ✓到');
  });

  test('a birth date is no code: it is answered kindly, with nothing written down as a wrong one', async () => {
    for (const date of ['2018-1-1', '180520', '2018-2-30', '二〇一八年五月二十日']) {
      for (const name of [mother, li]) {
        expect(await stage.says(name, date), date).toContain('这像是生日，我没有记。');
        expect(stage.buttons(name)).toEqual(['报名', '我的家人', '返回', '找人帮忙']);
      }
    }
    expect(await storage.read.auditEntry.count({ where: { action: 'code.wrong' } })).toBe(0);
    // Control: six other digits are looked up.
    expect(await stage.says(mother, '483629')).toContain('这个码不对');
    expect(await storage.read.auditEntry.count({ where: { action: 'code.wrong' } })).toBe(1);
    await stage.talks(mother, '我的家人', '添加孩子', '爸妈', '王小明');
    expect(await stage.says(mother, '2018-1-1')).toContain('要记下王小明的名字和出生日期');
  });

  test('a grandmother who holds places hears that nobody is named for them, not that nobody of hers signed up', async () => {
    const code = await withCode();
    const grandmother = '幸福奶奶';
    await stage.inGroup(grandmother, '带1个孩子', { mentioned: true });
    await stage.says(grandmother, '退出');
    during();
    // As it is where the release is not due yet.
    await storage.read.signUp.updateMany({ where: { heldFor: 'participant' }, data: { status: 'held' } });
    expect(await stage.says(grandmother, code)).toBe(`“${artClass}”您家占了位，还没填是谁来，请跟工作人员说一声，他们帮您补上。`);
    expect(await states()).toEqual([]);
    expect(await stage.says(li, '签到')).toContain('3 占位，还没填是谁（幸福奶奶报的）');
    const { id, dependantId } = await storage.read.signUp.findFirstOrThrow({ where: { position: 2 } });
    expect(dependantId).not.toBeNull();
    await storage.read.signUp.update({ where: { id }, data: { status: 'held', heldFor: 'consent' } });
    expect(await stage.says(mother, code)).toContain(`王小明签到了。\n王小红在“${artClass}”还只是占位，差监护人同意`);
  });

  test('whoever staff wrote down as absent or on leave and comes late is here', async () => {
    const code = await withCode();
    during();
    await stage.talks(li, '签到', '缺 1', '假 2');
    await stage.says(mother, `签到 ${code}`);
    expect(await states()).toEqual(['attended', 'attended']);
  });

  test.each([
    ['2026-08-01T08:59', '8月1日 09:00才开始签到'],
    ['2026-08-01T09:00', '签到了'],
    ['2026-08-01T12:00', '签到了'],
    ['2026-08-01T12:01', '的签到8月1日 12:00就结束了'],
  ])('it is good from an hour before until half an hour after: at %s', async (now, said) => {
    const code = await withCode();
    stage.house.setClock(now);
    expect(await stage.says(mother, `签到 ${code}`)).toContain(said);
    expect(await states()).toHaveLength(said === '签到了' ? 2 : 0);
  });

  test('it stays the same until staff change it; the old one is told from a wrong one, and counts as no wrong try', async () => {
    const old = await withCode();
    await stage.talks(li, '回签到名单');
    expect(codeIn(await stage.says(li, '现场码'))).toBe(old);
    const fresh = codeIn(await stage.says(li, '换一个码'));
    expect(fresh).not.toBe(old);
    during();
    for (let tries = 0; tries < 6; tries += 1) expect(await stage.says(mother, `签到 ${old}`)).toBe('这个码换过了，请看现场新贴的。');
    expect(await stage.says(mother, `签到 ${fresh}`)).toContain('签到了');
    expect(await storage.read.auditEntry.count({ where: { action: 'attendance.code' } })).toBe(2);
  });

  test('wrong ones are counted, and after five nothing is looked at for an hour', async () => {
    const code = await withCode();
    during();
    for (let tries = 0; tries < 5; tries += 1) expect(await stage.says(mother, '签到 999999')).toContain('这个码不对');
    expect(await stage.says(mother, `签到 ${code}`)).toContain('错得太多了');
    expect(await states()).toEqual([]);
    stage.house.setClock('2026-08-01T11:11');
    expect(await stage.says(mother, `签到 ${code}`)).toContain('签到了');
  });

  test.each(['签到 111111', '签到 012345', '110010', '１００００１'])(
    '%s has six digits: it is a wrong code, and counts as one',
    async (said) => {
      const code = await withCode();
      during();
      for (let tries = 0; tries < 5; tries += 1) expect(await stage.says(mother, said)).toBe('这个码不对，请照现场贴的再写一次。');
      expect(await stage.says(mother, said)).toContain('错得太多了');
      expect(await stage.says(mother, `签到 ${code}`)).toContain('错得太多了');
      expect(await states()).toEqual([]);
    },
  );

  test('what is no code asks for it, and the digits may follow alone; a code is only good for its session', async () => {
    const code = await withCode();
    during();
    expect(await stage.says(mother, '签到')).toBe('请把现场贴的6位数字发给我。没看到就问工作人员。');
    expect(await stage.says(mother, '王小明')).toContain('现场码是6位数字');
    expect(await stage.says(mother, code)).toContain('签到了');
    await storage.read.event.updateMany({ data: { status: 'cancelled' } });
    expect(await stage.says(mother, code)).toBe('这一场不办了，不用签到。');
    await storage.read.session.updateMany({ data: { status: 'dropped' } });
    expect(await stage.says(mother, code)).toBe('这一场不办了，不用签到。');
  });

  test('a session that is moved takes its code along', async () => {
    const code = await withCode();
    await stage.talks(li, '管理', '1', '改时间或地点', '1 8月8日', '确认改动');
    during();
    expect(await stage.says(mother, code)).toContain('8月8日 09:00才开始签到');
    stage.house.setClock('2026-08-08T10:00');
    expect(await stage.says(mother, code)).toContain('签到了');
  });

  test('in a group it is answered in private, and no name is said in the group', async () => {
    const code = await withCode();
    during();
    const { group: there, privately } = await stage.inGroup(mother, `签到 ${code}`, { mentioned: true });
    expect(there.join()).not.toContain('王');
    expect(there).toHaveLength(1);
    expect(privately.join()).toContain('王小明、王小红签到了');
    expect(stage.heard(group.id).join()).not.toContain('小明');
    const bare = await stage.inGroup(mother, `签到 ${code}`);
    expect([...bare.group, ...bare.privately]).toEqual([]);
  });

  test('of a couple who signed up each for themselves, one does not check the other in', async () => {
    await stage.publish({ title: '书法班', minAge: 18, maxAge: null });
    for (const one of ['王爸爸', mother]) await stage.talks(one, '报名', '1', '1');
    await storage.read.household.create({
      data: { id: 'home', members: { create: [{ personId: await stage.personId('王爸爸') }, { personId: await stage.personId(mother) }] } },
    });
    stage.house.setClock('2026-08-01T10:00');
    await stage.says(li, '签到');
    const code = codeIn(await stage.says(li, '现场码'));
    expect(await stage.says(mother, code)).toBe('王妈妈签到了。');
    expect(await states()).toEqual(['attended']);
  });

  const series = async () => {
    const day = (date: string) => ({ date, start: '10:00', end: '11:30', place: '一楼' });
    await stage.publish({ sessions: ['2026-08-01', '2026-08-08', '2026-08-15'].map(day) });
    await signUp('王小明 2018-05-20');
  };

  test('of an event that is once the roster names no session', async () => {
    await stage.publish();
    await signUp('王小明 2018-05-20');
    await stage.talks(li, '签到', '假 1');
    expect(await stage.says(li, '名单')).toContain('\n请假1人\n');
    expect(await stage.talks(li, '/language en', '/roster')).toContain('\n1 on leave\n');
  });

  test('leave for one session: the place stays, staff see it in the list and the roster, and it is taken back the same way', async () => {
    await series();
    expect(await stage.says(mother, '我的报名')).toContain('王小明');
    expect(stage.buttons(mother)).toContain(`请假：王小明 · ${artClass}`);
    expect(await stage.says(mother, '2')).toBe(`王小明 · ${artClass}，哪一节来不了？名额会留着。`);
    expect(await stage.says(mother, '2')).toBe('好，王小明 8月8日(周六) 10:00–11:30这一节请假了，名额留着。');
    expect(await states()).toEqual(['leave']);
    expect(await stage.says(mother, '我的报名')).toMatch(/报上了\n　请假：8月8日\(周六\)$/u);
    expect(await stage.list()).toEqual(['王小明 confirmed']);
    expect(await stage.says(li, '名单')).toContain('第2节请假1人');
    await stage.talks(li, '签到');
    stage.house.setClock('2026-08-08T09:00');
    expect(await stage.talks(li, '签到', '1')).toContain('到0 假1\n1 王小明 假');
    stage.house.setClock('2026-08-02T09:00');
    await stage.says(mother, '请假');
    expect(stage.buttons(mother)[0]).toBe('收回请假：第2节 8月8日(周六) 10:00–11:30');
    expect(await stage.says(mother, '1')).toContain('请假收回了');
    for (const words of ['8月8日请假', '请假 8月8日', '我8月8日要请假']) {
      expect(await stage.says(mother, words)).toContain('8月8日(周六) 10:00–11:30这一节请假了');
      await stage.presses(mother, '收回请假');
      expect(stage.heard(mother).at(-1)).toContain('请假收回了');
    }
    expect(await stage.says(mother, '8月9日请假')).toContain('那天没有您报的课');
    expect(await states()).toEqual([]);
    // Everything of their own stands in the record.
    await stage.talks(mother, '请假', '1');
    expect(await stage.says(mother, '导出我的资料')).toContain('8月8日(周六) 10:00：王小明，请假');
  });

  test('not once it has begun, not where staff have marked already, and not for an event of one session', async () => {
    await series();
    await stage.says(mother, '请假');
    const first = stage.house.adapter.shown(mother).at(-1)?.choices[0]?.value ?? '';
    stage.house.setClock('2026-08-01T10:00');
    await stage.forges(mother, first);
    expect(stage.heard(mother).at(-1)).toContain('这一节已经开始了');
    await stage.says(mother, '请假');
    expect(stage.buttons(mother)[0]).toContain('第2节');
    stage.house.setClock('2026-08-08T09:00');
    await stage.talks(li, '签到', '1', '缺 1');
    expect(await stage.talks(mother, '请假', '1')).toContain('工作人员已经记过了');
    expect(await states()).toEqual(['absent']);
    await storage.read.session.deleteMany({ where: { number: { gt: 1 } } });
    stage.house.setClock('2026-07-29T10:00');
    expect(await stage.says(mother, '请假')).toContain('没有可以请假的');
    await stage.says(mother, '我的报名');
    expect(stage.buttons(mother).join()).not.toContain('请假');
  });

  test('nobody asks for leave from what was put off, and is told so; control: before it was, they could', async () => {
    await series();
    expect(await stage.says(mother, '请假')).toContain('哪一节来不了');
    await storage.read.event.updateMany({ data: { status: 'postponed' } });
    expect(await stage.says(mother, '请假')).toBe(`“${artClass}”的新时间还没定，不用请假。定了会告诉您。`);
  });
});
