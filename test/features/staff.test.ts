import { describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { sqlite } from '../support/databases.js';
import { code, group } from '../support/house.js';
import { onStage } from './onStage.js';
import { type Stage } from './stage.js';

const refused = '这个只有工作人员能用。您要是工作人员，请先发：工作人员认证 加上认证码。';
const announcement = '新活动 书法班 8月5日19:00-20:30 党群活动中心一楼 名额2人 18岁以上';

describe('what is for staff', () => {
  let storage: Storage;
  let stage: Stage;
  onStage(sqlite.open, (ground) => {
    ({ storage, stage } = ground);
  });
  const demote = () => storage.read.role.deleteMany();
  const newest = (name: string, label: string) => {
    const choices = stage.house.adapter.shown(name).flatMap((message) => message.choices);
    return choices.findLast((choice) => choice.label === label)?.value ?? '';
  };

  test.each(['/new', announcement, '管理', '名单', '/roster', '/manage 1'])(
    '%s by a resident is refused kindly in private',
    async (text) => {
      await stage.publish();
      expect(await stage.says('王妈妈', text)).toBe(refused);
      expect(await storage.read.event.count()).toBe(1);
      expect(await storage.read.auditEntry.count({ where: { action: 'roster.seen' } })).toBe(0);
    },
  );

  test.each(['/new', '/roster', '/manage'])('%s by a resident in the group shows nobody up', async (text) => {
    await stage.publish();
    expect(await stage.inGroup('王妈妈', text)).toEqual({ group: [], privately: [] });
    expect((await stage.inGroup('王妈妈', '名单', { mentioned: true })).group).toEqual([]);
  });

  test('commands of menus cannot be typed, by staff either', async () => {
    const ref = await stage.publish();
    await stage.claims('社工小李');
    for (const line of [`/move ${ref}`, `/manage-event ${ref}`, `/post-again ${ref}`, '/child-add', '/me-name'])
      expect(await stage.says('社工小李', line)).toContain('这句我没看懂');
  });

  test('a resident who pastes an announcement publishes nothing', async () => {
    await stage.says('王妈妈', '书法班 8月5日19:00-20:30 党群活动中心一楼 名额2人');
    await stage.says('王妈妈', '确认发布');
    expect(await storage.read.event.count()).toBe(0);
  });

  test('a code makes staff once; in the group it is answered in private, with a word of advice', async () => {
    const { group: inGroup, privately } = await stage.inGroup('社工小李', `/claim ${code}`);
    expect(inGroup).toEqual(['我私聊回您了。']);
    expect(privately).toEqual([expect.stringContaining('下次请私聊发认证码')]);
    expect(await stage.says('刘叔叔', `/claim ${code}`)).toContain('不对，或者已经用过了');
    expect(await stage.says('社工小李', `/claim ${code}`)).toContain('您已经认证过了');
    expect(await storage.read.role.count()).toBe(1);
  });

  test('whoever is staff no more is not by the code used before', async () => {
    await stage.claims('社工小李');
    await demote();
    expect(await stage.says('社工小李', `/claim ${code}`)).toContain('不对，或者已经用过了');
    expect(await stage.says('社工小李', '名单')).toBe(refused);
  });

  test('an old button of whoever is staff no more is refused; the same button works for staff', async () => {
    await stage.publish();
    await stage.claims('社工小李');
    await stage.talks('社工小李', '管理', '1');
    const roster = newest('社工小李', '看名单');
    await demote();
    await stage.forges('社工小李', roster);
    expect(stage.heard('社工小李').at(-1)).toBe(refused);
    expect(await storage.read.auditEntry.count({ where: { action: 'roster.seen' } })).toBe(0);
    const [person] = await storage.read.identity.findMany({ where: { externalId: '社工小李' } });
    await storage.read.role.create({
      data: { id: 'again', communityId: stage.house.community.id, personId: person?.personId ?? '', role: 'organiser' },
    });
    await stage.forges('社工小李', roster);
    expect(stage.heard('社工小李').at(-1)).toContain('还没有人报名');
    expect(await storage.read.auditEntry.count({ where: { action: 'roster.seen' } })).toBe(1);
  });

  test('a form that was open when somebody stopped being staff publishes and moves nothing', async () => {
    await stage.publish();
    await stage.claims('社工小李');
    await stage.says('社工小李', announcement);
    await demote();
    expect(await stage.says('社工小李', '确认发布')).toBe(refused);
    expect(await storage.read.event.count()).toBe(1);
  });

  test('nor does an open form of moving', async () => {
    await stage.publish();
    await stage.claims('社工小李');
    await stage.talks('社工小李', '管理', '1', '3', '1 8月2日');
    await demote();
    expect(await stage.says('社工小李', '确认改动')).toBe(refused);
    expect((await storage.read.session.findFirstOrThrow()).startsWall).toBe('2026-08-01T10:00');
  });

  test('publishing twice, pressed or typed, makes one event and one card', async () => {
    await stage.claims('社工小李');
    await stage.says('社工小李', announcement);
    const yes = newest('社工小李', '确认发布');
    await Promise.all([stage.forges('社工小李', yes), stage.forges('社工小李', yes)]);
    await stage.says('社工小李', '确认发布');
    expect(await storage.read.event.count()).toBe(1);
    expect(stage.heard(group.id)).toHaveLength(1);
    expect(await storage.read.auditEntry.count({ where: { action: 'event.publish' } })).toBe(1);
  });

  test('families are counted where a correction says so', async () => {
    await stage.claims('社工小李');
    await stage.says('社工小李', announcement);
    expect(await stage.says('社工小李', '5 20个家庭')).toContain('5 名额：20');
    await stage.says('社工小李', '确认发布');
    expect(await storage.read.event.findFirstOrThrow()).toMatchObject({ unit: 'household', capacity: 20 });
  });

  test('a second meeting that could not be read is not lost without a word: staff settle it first', async () => {
    await stage.claims('社工小李');
    const said = await stage.says('社工小李', '上午10:00美术课 8月1日 社区二楼 下午2点书法课');
    expect(said).toContain('好像写了不止一场');
    await stage.says('社工小李', '确认发布');
    expect(await storage.read.event.count()).toBe(0);
  });

  test('an announcement that leaves things open is asked about before anything is published', async () => {
    await stage.claims('社工小李');
    expect(await stage.says('社工小李', '新活动 趣味运动会')).toContain('什么时候？');
    expect(await stage.says('社工小李', '8月8日')).toContain('几点到几点？');
    expect(await stage.says('社工小李', '下午3点')).toContain('在什么地方？');
    expect(await stage.says('社工小李', '社区广场')).toContain('我是这样看的');
    expect(await storage.read.event.count()).toBe(0);
    expect(await stage.says('社工小李', '对')).toContain('发布好了');
    expect(stage.heard(group.id).at(-1)).toContain('时间：8月8日(周六) 15:00\n');
  });

  test('the roster has full names and ages, for staff alone, and each look is written down', async () => {
    await stage.publish();
    await stage.joins('王妈妈', '王小明 2018-05-20');
    await stage.claims('社工小李');
    expect(await stage.says('社工小李', '名单')).toContain('1. 王小明（8岁） · 王妈妈报的');
    expect(await storage.read.auditEntry.count({ where: { action: 'roster.seen' } })).toBe(1);
  });

  test('with many events every menu pages, and each can be reached', async () => {
    for (let n = 1; n <= 9; n += 1) await stage.publish({ title: `活动${n}`, minAge: 18, maxAge: null, date: `2026-08-0${n}` });
    await stage.claims('社工小李');
    expect(await stage.talks('社工小李', '管理', '8', '2')).toContain('活动9');
    expect(await stage.talks('王妈妈', '活动', '8', '2')).toContain('活动9');
    expect(await stage.talks('张爸爸', '报名', '8', '2')).toBe('给谁报名“活动9”？');
    expect(stage.buttons('张爸爸')).toEqual(['我自己', '不要了', '帮忙']);
  });

  test('an event of another community is not there', async () => {
    const ref = await stage.publish();
    await storage.read.community.create({ data: { id: 'other', name: '别的社区', timeZone: 'Asia/Shanghai', locale: 'zh-CN' } });
    await storage.read.event.updateMany({ data: { communityId: 'other' } });
    await stage.claims('社工小李');
    expect(await stage.says('社工小李', '管理')).toBe('还没有活动。');
    expect(await stage.says('社工小李', `/roster ${ref}`)).toBe('还没有活动。');
    expect(await stage.says('王妈妈', '活动')).toContain('眼下没有可以报名的活动');
    expect(await stage.says('王妈妈', `/join ${ref}`)).toContain('没找到这个活动');
  });
});
