import { describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { group } from '../support/house.js';
import { onStage } from './onStage.js';
import { artClass, type Stage } from './stage.js';

const announcement = '新活动 书法班 8月5日19:00-20:30 党群活动中心一楼 名额2人 18岁以上';

describe.each(databases)('drafts and templates, on $name', ({ open }) => {
  let storage: Storage;
  let stage: Stage;
  onStage(open, async (ground) => {
    ({ storage, stage } = ground);
    await stage.claims('社工小李');
  });
  const statuses = async () =>
    (await storage.read.event.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })).map(
      ({ title, status }) => `${title} ${status}`,
    );
  const becomesStaff = async (name: string) => {
    await stage.says(name, '你好');
    const role = { id: `role-${name}`, communityId: stage.house.community.id, personId: await stage.personId(name), role: 'organiser' };
    await storage.read.role.create({ data: role });
  };

  test('what is kept as a draft is seen by staff alone, joined by nobody, and goes on where it stood', async () => {
    expect(await stage.talks('社工小李', announcement, '存草稿')).toContain('存好了草稿“书法班”');
    expect(await statuses()).toEqual(['书法班 draft']);
    expect([
      await storage.read.card.count(),
      await storage.read.session.count(),
      await storage.read.occurrence.count({ where: { kind: { startsWith: 'session' } } }),
    ]).toEqual([0, 0, 0]);
    const { ref } = await storage.read.event.findFirstOrThrow();
    expect(await stage.says('王妈妈', '活动')).toContain('眼下没有可以报名的活动');
    expect(await stage.says('王妈妈', '/events 书法')).toContain('没找到合适的活动');
    expect(await stage.says('王妈妈', `/join ${ref}`)).toContain('没找到这个活动');
    await stage.forges('王妈妈', `c:${ref}:join`, group.id);
    expect(stage.heard('王妈妈').join()).not.toContain('书法班');

    expect(await stage.says('社工小李', '管理')).toBe('您要看哪个活动？');
    expect(stage.buttons('社工小李')).toContain('草稿（1份）');
    await stage.talks('社工小李', '草稿（1份）', '1');
    expect(await stage.says('社工小李', '接着写')).toContain('3 时间：8月5日(周三) 19:00–20:30');
    expect(await stage.talks('社工小李', '7 毛笔', '确认发布')).toContain('发布好了');
    // Control: published, the same reference is joined.
    expect(await statuses()).toEqual(['书法班 published']);
    expect((await storage.read.event.findFirstOrThrow()).ref).toBe(ref);
    expect(await stage.says('王妈妈', `/join ${ref}`)).toContain('给谁报名“书法班”？');
    expect(stage.heard(group.id).at(-1)).toContain('请带：毛笔');
    const written = (await storage.read.auditEntry.findMany()).map(({ action }) => action).filter((action) => action.startsWith('event.'));
    expect(written.sort()).toEqual(['event.draft', 'event.publish']);
  });

  test('a form is put aside at any question, with what is half said; without a name it cannot be', async () => {
    await stage.says('社工小李', '新活动');
    expect(await stage.says('社工小李', '存草稿')).toContain('先写个名称');
    expect(await stage.talks('社工小李', '趣味运动会', '8月8日', '存草稿')).toContain('存好了草稿“趣味运动会”');
    expect(await stage.talks('社工小李', '管理', '1', '1', '接着写')).toContain('在什么地方');
    const form = await stage.says('社工小李', '社区广场');
    expect(form).toContain('8月8日(周六)');
    expect(form).toContain('还没写几点');
    // Kept again it is the same draft.
    await stage.says('社工小李', '存草稿');
    expect(await statuses()).toEqual(['趣味运动会 draft']);
  });

  test.each(['新活动', '活动', '/events', '新活动 剪纸课'])(
    'a question that publishing has left open keeps its value, also where %s is written in between',
    async (command) => {
      await stage.talks('社工小李', '太极拳 8月4日早7点到8点 文化广场 50岁以下 名额10人');
      expect(await stage.says('社工小李', '确认发布')).toContain('50岁的能来吗？回“含”或“不含”。');
      const between = await stage.says('社工小李', command);
      if (between.includes('没填完')) await stage.says('社工小李', '1');
      expect(stage.heard('社工小李').at(-1)).toContain('50岁的能来吗？回“含”或“不含”。');
      expect(await stage.says('社工小李', '返回')).toContain('50岁算不算');
      expect(await stage.says('社工小李', '确认发布')).toContain('50岁的能来吗');
      expect(await storage.read.event.count()).toBe(0);
      await stage.talks('社工小李', command, ...(between.includes('没填完') ? ['1'] : []), '不含', '确认发布');
      expect(await storage.read.event.findFirstOrThrow()).toMatchObject({ maxAge: 49, status: 'published' });
    },
  );

  test('only the form of a new event is put aside, in English too; elsewhere the words mean nothing', async () => {
    await stage.publish();
    await stage.talks('社工小李', '管理', '1', '改时间或地点');
    expect(await stage.says('社工小李', '存草稿')).toContain('没看懂');
    await stage.says('社工小李', '退出');
    await stage.talks('社工小李', '/language en', '/new', 'Fun run');
    expect(await stage.says('社工小李', 'save draft')).toContain('“Fun run” is kept as a draft');
    expect(await statuses()).toContain('Fun run draft');
  });

  test('of two who go on with one draft the second publishes nothing', async () => {
    await becomesStaff('社工小周');
    await stage.talks('社工小李', announcement, '存草稿');
    for (const name of ['社工小李', '社工小周']) await stage.talks(name, '管理', '1', '1', '接着写');
    await Promise.all(['社工小李', '社工小周'].map((name) => stage.says(name, '确认发布')));
    await stage.house.app.settle();
    expect(await statuses()).toEqual(['书法班 published']);
    expect(stage.heard(group.id)).toHaveLength(1);
    const last = ['社工小李', '社工小周'].map((name) => stage.heard(name).at(-1) ?? '');
    expect(last.filter((text) => text.includes('刚被别人改过，或者已经发布'))).toHaveLength(1);
  });

  test('nor does the second overwrite what the first has kept; control: with the old revision it would', async () => {
    await becomesStaff('社工小周');
    await stage.talks('社工小李', announcement, '存草稿');
    for (const name of ['社工小李', '社工小周']) await stage.talks(name, '管理', '1', '1', '接着写');
    await stage.talks('社工小李', '1 硬笔书法班', '存草稿');
    expect(await stage.talks('社工小周', '1 毛笔书法班', '存草稿')).toContain('刚被别人改过');
    expect(await statuses()).toEqual(['硬笔书法班 draft']);
    await stage.talks('社工小周', '管理', '1', '1', '接着写');
    await stage.talks('社工小李', '管理', '1', '1', '接着写', '1 软笔书法班', '存草稿');
    await storage.read.event.updateMany({ data: { revision: { decrement: 1 } } });
    await stage.talks('社工小周', '1 毛笔书法班', '存草稿');
    expect(await statuses()).toEqual(['毛笔书法班 draft']);
  });

  test('a draft is deleted after it was asked once, and never what is published', async () => {
    await stage.talks('社工小李', announcement, '存草稿');
    const { id } = await storage.read.event.findFirstOrThrow();
    expect(await stage.talks('社工小李', '管理', '1', '1', '删掉')).toContain('真的删吗');
    expect(await statuses()).toEqual(['书法班 draft']);
    await storage.read.event.update({ where: { id }, data: { status: 'published' } });
    expect(await stage.says('社工小李', '1')).toContain('已经不在了');
    await storage.read.event.update({ where: { id }, data: { status: 'draft' } });
    expect(await stage.talks('社工小李', '管理', '1', '1', '删掉', '1')).toContain('“书法班”删掉了');
    expect(await statuses()).toEqual([]);
    expect(await storage.read.auditEntry.count({ where: { action: 'event.discard' } })).toBe(1);
  });

  test('an event is kept as a template, renamed, used as often as wanted, and removed', async () => {
    await stage.publish();
    await stage.talks('社工小李', '管理', '1', '8');
    expect(await stage.says('社工小李', '存成模板')).toContain(`“${artClass}”存成模板了`);
    await stage.talks('社工小李', '管理', '模板（1个）', '1', '改名', '美术公益课堂');
    expect(await stage.says('社工小李', '1')).toContain('模板改叫“美术公益课堂”了');
    for (const day of ['8月8日', '8月15日']) {
      expect(await stage.talks('社工小李', '管理', '模板（1个）', '1', '用它办新活动')).toContain('还没写哪天');
      expect(await stage.says('社工小李', '确认发布')).toContain('这一项还没定下来');
      const form = await stage.says('社工小李', day);
      expect(form).toContain(`1 名称：美术公益课堂`);
      for (const line of ['10:00–11:30', '4 地点：党群活动中心二楼', '5 名额：20人', '6 年龄：6–12岁', '7 要带：彩笔'])
        expect(form).toContain(line);
      expect(await stage.says('社工小李', '确认发布')).toContain('发布好了');
    }
    expect(await statuses()).toEqual([
      `${artClass} published`,
      '美术公益课堂 template',
      '美术公益课堂 published',
      '美术公益课堂 published',
    ]);
    await stage.talks('社工小李', '管理', '模板（1个）', '1', '删掉', '1');
    expect(await storage.read.event.count({ where: { status: 'template' } })).toBe(0);
  });

  test('a series that is held again keeps its rhythm and its hours from the first day that staff name', async () => {
    await stage.talks(
      '社工小李',
      '新活动 书法班 8月5日19:00-20:30、8月8日9:00-10:30、8月12日19:00-20:30 党群活动中心一楼 名额2人 18岁以上',
      '1',
    );
    expect(await stage.says('社工小李', '确认发布')).toContain('发布好了');
    const again = await stage.talks('社工小李', '管理', '1', '更多', '照这个再办一次');
    expect(again).toContain('19:00，共3节，照原来的间隔');
    expect(await stage.says('社工小李', '3 9月2日')).toContain(
      '9月2日(周三) 19:00–20:30、9月5日(周六) 09:00–10:30、9月9日(周三) 19:00–20:30',
    );
    expect(await stage.says('社工小李', '确认发布')).toContain('发布好了');
    const sessions = await storage.read.session.findMany({ orderBy: { startsAt: 'asc' } });
    expect(sessions.slice(3).map(({ startsWall }) => startsWall)).toEqual(['2026-09-02T19:00', '2026-09-05T09:00', '2026-09-09T19:00']);
    // Another rule altogether takes their place.
    await stage.talks('社工小李', '管理', '1', '更多', '照这个再办一次');
    expect(await stage.says('社工小李', '3 9月3日19:00-20:00')).toContain('3 时间：9月3日(周四) 19:00–20:00\n');
  });

  test('residents and other communities reach neither', async () => {
    await stage.talks('社工小李', announcement, '存草稿');
    await storage.read.community.create({ data: { id: 'other', name: '别的社区', timeZone: 'Asia/Shanghai', locale: 'zh-CN' } });
    await stage.talks('社工小李', '管理', '1');
    const open = stage.house.adapter.shown('社工小李').at(-1)?.choices[0]?.value ?? '';
    await storage.read.event.updateMany({ data: { communityId: 'other' } });
    await stage.forges('社工小李', open);
    expect(stage.heard('社工小李').at(-1)).toContain('已经不在了');
    expect(await stage.says('王妈妈', '/drafts')).not.toContain('书法班');
  });
});
