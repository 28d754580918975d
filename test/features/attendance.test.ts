import { describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { group } from '../support/house.js';
import { onStage } from './onStage.js';
import { type Stage } from './stage.js';

const li = '社工小李';
const chen = '社工小陈';
const adults = { title: '书法班', minAge: 18, maxAge: null, bring: null } as const;

describe.each(databases)('checking in from the list, on $name', ({ open }) => {
  let stage: Stage;
  let storage: Storage;
  onStage(open, async (ground) => {
    ({ stage, storage } = ground);
    await stage.claims(li);
  });
  const join = async (...names: string[]) => {
    for (const one of names) await stage.talks(one, '报名', '1', '1');
  };
  const appoint = async (person: string, role: string) => {
    await stage.says(person, '你好');
    const personId = await stage.personId(person);
    await storage.read.role.create({ data: { id: `role ${person}`, communityId: stage.house.community.id, personId, role } });
  };
  /** The calligraphy class on its day, with three who have a place. */
  const onTheDay = async () => {
    await stage.publish(adults);
    await join('张三', '李四', '王五');
    stage.house.setClock('2026-08-01T09:50');
  };
  /** Who is marked how: `张三 attended`. */
  const marks = async () => {
    const rows = await storage.read.attendance.findMany({ include: { signUp: true } });
    const people = new Map((await storage.read.person.findMany()).map((person) => [person.id, person.name]));
    return rows.map(({ signUp, state }) => `${people.get(signUp.participant.slice(2)) ?? signUp.participant} ${state}`).sort();
  };
  const audited = async (action: string) =>
    (await storage.read.auditEntry.findMany({ where: { action }, orderBy: [{ at: 'asc' }, { id: 'asc' }] })).map(({ subject }) => subject);

  test('by number, by name and all the rest at once; the head counts, and each marking leaves one row with numbers and no name', async () => {
    await onTheDay();
    expect(await stage.says(li, '签到')).toBe(
      [
        '书法班',
        '8月1日(周六) 10:00–11:30',
        '到0 未到3',
        '1 张三',
        '2 李四',
        '3 王五',
        '来了写号码或名字，比如“1 3 5”“1-5”。没来写“缺 3”，请假写“假 3”。',
      ].join('\n'),
    );
    expect(await stage.says(li, '１、３')).toContain(
      '记好了，到了：1 张三、3 王五。\n\n书法班\n8月1日(周六) 10:00–11:30\n到2 未到1\n1 张三 ✓到\n2 李四\n3 王五 ✓到',
    );
    expect(await stage.says(li, '缺 王五')).toContain('到1 缺1 未到1');
    expect(await stage.says(li, '其余都缺')).toContain('记好了，没来：2 李四。');
    expect(await marks()).toEqual(['张三 attended', '李四 absent', '王五 absent']);
    const [event] = await storage.read.event.findMany();
    expect(await audited('attendance.mark')).toEqual([`${event?.id} 2 0 0`, `${event?.id} 0 1 0`, `${event?.id} 0 1 0`]);
    expect(await audited('roster.seen')).toEqual([event?.id]);
    expect(await stage.says(li, '操作记录')).toContain('社工小李给“书法班”记了签到：到2');
  });

  test('who is marked is not marked again, and 全到 leaves them as they are', async () => {
    await onTheDay();
    await stage.talks(li, '签到', '1', '缺 2');
    expect(await stage.says(li, '1')).toContain('之前就签过了：1 张三。');
    // What came before it can still be taken back.
    expect(stage.buttons(li)).toContain('撤销');
    expect(await stage.says(li, '全到')).toContain('记好了，到了：3 王五。');
    expect(await marks()).toEqual(['张三 attended', '李四 absent', '王五 attended']);
    expect(await audited('attendance.mark')).toHaveLength(3);
    // The words count without the button too.
    expect(await stage.says(li, '其余都缺')).toContain('都记过了。');
  });

  test('a button pressed twice marks once', async () => {
    await onTheDay();
    await stage.says(li, '签到');
    const all =
      stage.house.adapter
        .shown(li)
        .at(-1)
        ?.choices.find(({ label }) => label === '全到')?.value ?? '';
    await stage.forges(li, all);
    expect((await stage.forges(li, all)).notice).toContain('过时');
    expect(await audited('attendance.mark')).toHaveLength(1);
  });

  test('撤销 takes back the last marking alone, and what stood there before comes back', async () => {
    await onTheDay();
    await stage.talks(li, '签到', '1 2', '缺 2 3');
    expect(await stage.says(li, '撤销')).toContain('撤了，2人回到原来的样子。');
    expect(await marks()).toEqual(['张三 attended', '李四 attended']);
    expect(await audited('attendance.undo')).toHaveLength(1);
    // The one before has no button any more.
    expect(stage.buttons(li)).not.toContain('撤销');
  });

  test('撤销 stays on the next page, and says kindly after ten minutes that it is too late', async () => {
    await onTheDay();
    await stage.talks(li, '签到', '1');
    await stage.passes(11);
    expect(await stage.says(li, '撤销')).toContain('过了10分钟');
    expect(await marks()).toEqual(['张三 attended']);
  });

  test('撤销 takes back the last marking whatever was said in between, never a sign-up, and leaves the list open', async () => {
    await onTheDay();
    await stage.publish({ ...adults, title: '合唱团', date: '2026-08-03' });
    await stage.talks(li, '报名', '2', '1', '1');
    await stage.talks(li, '我的报名', '1', '1');
    const mine = async () =>
      (await storage.read.signUp.findMany({ where: { registrantId: await stage.personId(li) } })).map(({ status }) => status);
    expect(await mine()).toEqual(['leaving']);
    await stage.talks(li, '签到', '全到');
    for (const between of ['其余都缺', '9', '1', '谢谢', '赵六', '现场码', '签到']) await stage.says(li, between);
    expect(stage.buttons(li)).toContain('撤销');
    expect(await stage.says(li, '撤销！')).toContain('撤了，3人回到原来的样子。\n\n书法班');
    expect(await marks()).toEqual([]);
    for (const word of ['撤销', '撤消', 'undo', '/撤销', '撤销。'])
      expect(await stage.says(li, word)).toContain('现在没有可以撤的。\n\n书法班');
    expect(await mine()).toEqual(['leaving']);
    expect(await stage.says(li, '缺 2 3')).toContain('记好了，没来：2 李四、3 王五。');
    // One by one it is the same.
    await stage.talks(li, '一个一个点', '1');
    await stage.passes(11);
    expect(await stage.says(li, '撤销')).toContain('过了10分钟');
    expect(await stage.talks(li, '换一个活动', '撤销')).not.toContain('书法班\n');
  });

  test('whoever asked for leave is marked as they are seen, and it is said that there was a leave', async () => {
    await onTheDay();
    await stage.talks(li, '签到', '假 2 3');
    expect(await stage.says(li, '1-2')).toContain('记好了，到了：1 张三、2 李四。\n2 李四之前请了假，这次记成到了。\n\n');
    expect(await stage.says(li, '缺 3')).toContain('记好了，没来：3 王五。\n3 王五之前请了假，这次记成没来。\n\n');
    expect(await marks()).toEqual(['张三 attended', '李四 attended', '王五 absent']);
    expect(await stage.says(li, '撤销')).toContain('到2 假1');
    // The rest are only those of whom nothing is known.
    await stage.says(li, '全到');
    expect(await marks()).toEqual(['张三 attended', '李四 attended', '王五 leave']);
  });

  test('撤销 is about the list that is open: what was marked in another stays', async () => {
    await onTheDay();
    await stage.publish({ ...adults, title: '剪纸课', start: '14:00', end: '15:00' });
    await stage.talks('张三', '报名', '2', '1', '1');
    await stage.talks(li, '签到', '1', '全到', '换一个活动', '2');
    expect(await stage.says(li, '撤销')).toContain('现在没有可以撤的。\n\n剪纸课');
    expect(await stage.talks(li, '换一个活动', '1', '撤销')).toContain('撤了，3人回到原来的样子。\n\n书法班');
  });

  test('撤销 leaves what another changed meanwhile', async () => {
    await onTheDay();
    await appoint(chen, 'organiser');
    await stage.talks(li, '签到', '1 2');
    await stage.talks(chen, '签到', '缺 2');
    expect(await stage.says(li, '撤销')).toContain('撤了，1人回到原来的样子。\n另有1人后来改过，没有动。');
    expect(await marks()).toEqual(['李四 absent']);
    await stage.talks(li, '签到', '1');
    await stage.talks(chen, '签到', '缺 1');
    expect(await stage.says(li, '撤销')).toContain('没有可撤的，后来都改过了。');
    expect(await marks()).toEqual(['张三 absent', '李四 absent']);
  });

  test('a number means who stood there when the list was shown', async () => {
    await onTheDay();
    await stage.says(li, '签到');
    await storage.read.signUp.updateMany({
      where: { participant: `p:${await stage.personId('张三')}` },
      data: { status: 'cancelled' },
    });
    expect(await stage.says(li, '1')).toContain('名单刚有变动，号码和您看到的不一样了，没有记。');
    expect(await marks()).toEqual([]);
    // Names say it all the same, and the list shown anew counts.
    await stage.says(li, '王五');
    await stage.says(li, '1');
    expect(await marks()).toEqual(['李四 attended', '王五 attended']);
  });

  test('whoever is checked in does not cancel any more, and with somebody who does no number means another', async () => {
    await stage.publish(adults);
    await join('张三', '李四', '王五');
    await stage.says('王五', '我的报名');
    stage.house.setClock('2026-08-01T10:05');
    await stage.talks('王五', '1');
    await stage.talks(li, '签到', '3');
    // It was asked before, and the answer comes after: the same.
    expect(await stage.says('王五', '1')).toBe('王五已经签到“书法班”了，这里不能再取消。有事先走，或者签错了，请跟现场的工作人员说一声。');
    expect(await stage.talks('王五', '我的报名', '1')).toContain('已经签到“书法班”了，这里不能再取消');
    expect(await stage.list()).toEqual(['张三 confirmed', '李四 confirmed', '王五 confirmed']);
    // Whoever is not here yet may: the list that staff see is an older one, and its numbers mark nobody.
    expect(await stage.talks('张三', '我的报名', '1', '1')).toContain('取消好了');
    expect(await stage.says(li, '缺 1')).toContain('名单刚有变动，号码和您看到的不一样了，没有记。');
    expect(stage.heard(li).at(-1)).toContain('1 李四\n2 王五 ✓到');
    await stage.says('张三', '撤销');
    expect(await stage.says(li, '1')).toContain('没有记');
    await stage.talks('张三', '我的报名', '1', '1');
    expect(await stage.says(li, '1-3')).toContain('没有记');
    expect(await marks()).toEqual(['王五 attended']);
    await stage.says('张三', '撤销');
    // A name is a name; that the numbers are others is said.
    expect(await stage.says(li, '李四')).toContain('记好了，到了：2 李四。\n名单刚有变动，号码和刚才不一样了，请看下面的。');
    expect(await stage.says(li, '缺 1')).toContain('没来：1 张三');
  });

  test('nor does whoever is only in the group', async () => {
    stage.house.setClock('2026-08-01T09:00');
    await stage.publish();
    const grandmother = { id: '幸福奶奶', name: '幸福奶奶' };
    await stage.house.adapter.says(grandmother, group.id, '带1个孩子', { mentioned: true });
    await storage.read.signUp.updateMany({ data: { status: 'held' } });
    await stage.talks(li, '签到', '1');
    await stage.house.adapter.says(grandmother, group.id, '我不去了', { mentioned: true });
    await stage.house.app.settle();
    expect(stage.heard(group.id).at(-1)).toBe('已经签到了，这里不能再取消。有事请跟工作人员说一声。');
    expect((await storage.read.signUp.findFirstOrThrow()).status).toBe('held');
  });

  test('whoever came to the first of several sessions gives the rest back once it is over, not before', async () => {
    const day = (date: string) => ({ date, start: '10:00', end: '11:30', place: '一楼' });
    await stage.publish({ ...adults, sessions: ['2026-08-01', '2026-08-08'].map(day) });
    await join('张三');
    stage.house.setClock('2026-08-01T10:05');
    await stage.talks(li, '签到', '1', '全到');
    expect(await stage.talks('张三', '我的报名', '1')).toContain('这里不能再取消');
    stage.house.setClock('2026-08-01T11:31');
    expect(await stage.talks('张三', '我的报名', '1', '1')).toContain('取消好了');
  });

  test('one by one, by pressing', async () => {
    await onTheDay();
    await stage.says(li, '签到');
    expect(await stage.says(li, '一个一个点')).toBe('1 张三，来了吗？\n到0 未到3');
    await stage.presses(li, '到');
    expect(stage.heard(li).at(-1)).toBe('记好了，到了：1 张三。\n2 李四，来了吗？\n到1 未到2');
    expect(await stage.says(li, '4')).toContain('3 王五，来了吗？');
    expect(await stage.says(li, '2')).toContain('记好了，没来：3 王五。\n点完了。');
    expect(await marks()).toEqual(['张三 attended', '王五 absent']);
    expect(await stage.says(li, '撤销')).toContain('到1 未到2');
  });

  test('before the day only leave can be written, and long after it nothing', async () => {
    await stage.publish(adults);
    await join('张三', '李四');
    await stage.talks(li, '管理', '1');
    expect(await stage.says(li, '签到')).toContain('签到到8月1日(周六)那天才开始。先请假的现在就能记，比如“假 3”。');
    expect(stage.buttons(li)).toEqual(['现场码', '换一个活动', '返回', '找人帮忙']);
    expect(await stage.says(li, '1')).toContain('签到到8月1日(周六)那天才开始，现在只能先记请假');
    expect(await stage.says(li, '假 2')).toContain('到0 假1 未到1');
    stage.house.setClock('2026-08-31T11:00');
    expect(await stage.says(li, '1')).toContain('记好了');
    stage.house.setClock('2026-09-01T11:00');
    expect(await stage.says(li, '2')).toContain('过去30天了');
    expect(await marks()).toEqual(['张三 attended', '李四 leave']);
  });

  test('who waits is not marked; a place held for somebody unnamed is a number and can come', async () => {
    await stage.publish({ capacity: 2 });
    await stage.joins('王妈妈', '王小明 2018-05-20');
    await stage.house.adapter.says({ id: '幸福奶奶', name: '幸福奶奶' }, group.id, '带1个孩子', { mentioned: true });
    await stage.joins('李妈妈', '李小红 2018-05-20');
    stage.house.setClock('2026-08-01T09:00');
    await stage.says(li, '签到');
    await storage.read.signUp.updateMany({ where: { heldFor: 'participant' }, data: { status: 'held' } });
    expect(await stage.talks(li, '换一个活动', '1')).toContain('到0 未到2\n1 王小明\n2 占位，还没填是谁（幸福奶奶报的）\n来了');
    expect(await stage.says(li, '2 3')).toContain('记好了，到了：2 占位，还没填是谁（幸福奶奶报的）。\n名单上没找到：3。');
    expect(await marks()).toEqual([expect.stringMatching(/^h:.* attended$/u)]);
  });

  test('thanks and a pasted announcement mark nobody; a name nobody has is said', async () => {
    await onTheDay();
    await stage.says(li, '签到');
    expect(await stage.says(li, '谢谢')).toContain('不用谢');
    expect(await stage.says(li, '赵六')).toContain('名单上没找到：赵六。');
    expect(await stage.says(li, `剪纸课 8月9日10:00-11:30 党群活动中心二楼 名额3人\n${'欢迎来。'.repeat(100)}`)).toContain('剪纸课');
    expect(await marks()).toEqual([]);
  });

  test('30 names a page; everybody of 300 can be marked by number and in one go', async () => {
    await stage.publish({ ...adults, capacity: null });
    const { id: eventId } = await storage.read.event.findFirstOrThrow();
    const people = Array.from({ length: 300 }, (_, at) => ({ id: `n${String(at).padStart(3, '0')}`, name: `邻居${at + 1}` }));
    await storage.read.person.createMany({ data: people });
    await storage.read.signUp.createMany({
      data: people.map(({ id }, at) => ({
        id: `s${id}`,
        communityId: stage.house.community.id,
        eventId,
        scope: 'all',
        participant: `p:${id}`,
        party: `p:${id}`,
        registrantId: id,
        status: 'confirmed',
        position: at + 1,
        createdAt: new Date(0),
        updatedAt: new Date(0),
      })),
    });
    stage.house.setClock('2026-08-01T10:00');
    const first = await stage.says(li, '签到');
    expect(first).toContain('30 邻居30\n第1页，共10页');
    expect(first).not.toContain('邻居31');
    expect(await stage.says(li, '下一页')).toContain('31 邻居31');
    expect(await stage.says(li, '5-260')).toContain('记好了，256人到了。\n\n书法班\n8月1日(周六) 10:00–11:30\n到256 未到44\n31 邻居31 ✓到');
    // The button to take it back is there on other pages too.
    await stage.says(li, '下一页');
    expect(await stage.says(li, '撤销')).toContain('撤了，256人回到原来的样子。');
    await stage.talks(li, '缺 1-100', '全到');
    expect(
      (await storage.read.attendance.groupBy({ by: ['state'], _count: true, orderBy: { state: 'asc' } })).map(({ _count }) => _count),
    ).toEqual([100, 200]);
    expect(await stage.says(li, '撤销')).toContain('到0 缺100 未到200');
  });

  test('a helper checks in and sees nothing else; whoever is one no longer is refused by an old button', async () => {
    await onTheDay();
    await appoint(chen, 'check-in helper');
    await stage.says(chen, '开始');
    expect(stage.buttons(chen)[0]).toBe('签到');
    expect(await stage.says(chen, '1')).toContain('1 张三\n2 李四');
    await stage.says(chen, '1');
    expect(await marks()).toEqual(['张三 attended']);
    for (const word of ['名单', '管理', '待办', '新活动']) expect(await stage.says(chen, word)).toContain('这个要管理员或组织者来做。');
    expect(await stage.says(chen, '签到')).toContain('张三 ✓到');
    await storage.read.role.deleteMany({ where: { role: 'check-in helper' } });
    expect(await stage.says(chen, '2')).toContain('这个只有工作人员和签到员能用。');
    await stage.presses(chen, '全到').catch(() => undefined);
    expect(await marks()).toEqual(['张三 attended']);
    expect(await stage.says(chen, '签到')).toContain('6位数字');
    // Residents who are no staff see no list.
    expect(stage.buttons(chen)).not.toContain('全到');
  });

  test('of two events today it is asked which; of a series the session of today is the first', async () => {
    await stage.publish(adults);
    await stage.publish({ ...adults, title: '剪纸课', start: '14:00', end: '15:00' });
    const day = (date: string) => ({ date, start: '19:00', end: '20:00', place: '一楼' });
    await stage.publish({ ...adults, title: '合唱团', sessions: ['2026-07-25', '2026-08-01', '2026-08-08'].map(day) });
    stage.house.setClock('2026-08-01T13:30');
    expect(await stage.says(li, '签到')).toBe('给哪个活动签到？');
    expect(stage.buttons(li).slice(0, 3)).toEqual([
      '8月1日(周六) 14:00–15:00 剪纸课',
      '8月1日(周六) 19:00–20:00 合唱团',
      '8月1日(周六) 10:00–11:30 书法班',
    ]);
    // Its name says it as well, or a part that no other has.
    for (const name of ['书法班', '“书法班”', '书法'])
      expect(await stage.talks(li, '签到', name)).toContain('书法班\n8月1日(周六) 10:00–11:30\n到0');
    expect(await stage.talks(li, '签到', '剪纸')).toContain('剪纸课\n8月1日');
    expect(await stage.talks(li, '签到', '太极拳')).toBe('没找到叫这个名字的活动，请回前面的数字。\n给哪个活动签到？');
    expect(await stage.says(li, '2')).toBe('“合唱团”，给哪一节签到？');
    expect(stage.buttons(li).slice(0, 3)).toEqual([
      '第2节 8月1日(周六) 19:00–20:00',
      '第1节 7月25日(周六) 19:00–20:00',
      '第3节 8月8日(周六) 19:00–20:00',
    ]);
    expect(await stage.says(li, '1')).toContain('合唱团\n第2节 8月1日(周六) 19:00–20:00\n到0\n还没有人报上。');
  });

  test('what was marked stays with a session that moves, with one that is dropped, and with whoever cancels', async () => {
    await onTheDay();
    await stage.talks(li, '签到', '1 2');
    await stage.talks(li, '管理', '1', '改时间或地点', '1 8月2日', '确认改动');
    expect(await marks()).toEqual(['张三 attended', '李四 attended']);
    expect(await stage.says(li, '签到')).toContain('8月2日(周日) 10:00–11:30\n到2 未到1');
    await stage.talks(li, '名单', '1', '取消这个报名', '1');
    await stage.passes(11);
    expect(await stage.says(li, '签到')).toContain('到1 未到1');
    expect(await marks()).toEqual(['张三 attended', '李四 attended']);
    await storage.read.event.updateMany({ data: { status: 'cancelled' } });
    expect(await stage.says(li, '全到')).toContain('“书法班”取消了，不用签到。');
    await storage.read.session.updateMany({ data: { status: 'dropped' } });
    expect(await stage.says(li, '签到')).toBe('眼下没有可以签到的活动。');
    expect(await stage.says('李四', '导出我的资料')).toBeTruthy();
    expect(await marks()).toHaveLength(2);
  });

  test('of a child who is deleted only the count stays of what was marked', async () => {
    await stage.publish();
    await stage.joins('王妈妈', '王小明 2018-05-20');
    stage.house.setClock('2026-08-01T09:00');
    await stage.talks(li, '签到', '1');
    expect(await storage.read.attendance.count()).toBe(1);
    await stage.passes(6 * 60);
    await stage.talks('王妈妈', '我的家人', '1', '删掉', '1');
    expect((await storage.read.dependant.findMany()).map(({ name, birthDate }) => [name.length, birthDate])).toEqual([[0, null]]);
    expect(await storage.read.attendance.count()).toBe(1);
  });

  test('the file of the roster has a column for the session', async () => {
    await onTheDay();
    await stage.talks(li, '签到', '1', '缺 2');
    await stage.talks(li, '管理', '1', '导出名单', '要 CSV 格式');
    const csv = stage.house.adapter.shown(li).at(-1)?.file?.data ?? new Uint8Array();
    const [head = '', ...rows] = new TextDecoder().decode(csv).trim().split('\r\n');
    expect(head.split(',').at(-1)).toBe('8月1日(周六)');
    expect(rows.map((row) => row.split(',').at(-1))).toEqual(['到', '缺', '']);
  });

  test('two who mark at once: nothing is lost, and everybody stands as one of them said', async () => {
    await onTheDay();
    await appoint(chen, 'organiser');
    await Promise.all([stage.says(li, '签到'), stage.says(chen, '签到')]);
    await Promise.all([stage.says(li, '1 2'), stage.says(chen, '缺 2 3')]);
    expect([await marks()]).toContainEqual(['张三 attended', expect.stringMatching(/^李四 (attended|absent)$/u), '王五 absent']);
    expect(await audited('attendance.mark')).toHaveLength(2);
  });
});
