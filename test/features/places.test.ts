import { describe, expect, test } from 'vitest';
import { createFamilies } from '../../src/people/index.js';
import type { Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { group } from '../support/house.js';
import { onStage } from './onStage.js';
import { artClass, type Stage } from './stage.js';

/** Writes sign-ups of children straight into the tables: only the last ones are worth a talk. */
async function fill(stage: Stage, storage: Storage, parent: string, count: number) {
  await stage.says(parent, '你好');
  const registrantId = await stage.personId(parent);
  const { id: eventId, communityId } = await storage.read.event.findFirstOrThrow();
  const families = createFamilies(stage.house.sealer);
  let ids = 0;
  const children = Array.from({ length: count }, (_, n) => ({
    name: `${parent.slice(0, 1)}家${'一二三四五六七八九十'[n] ?? n}`,
    birthDate: '2018-03-01',
  }));
  await storage.transaction(async (tx) => {
    const added = await families.add(tx, registrantId, children, () => `${parent}${(ids += 1)}`);
    const at = new Date(stage.house.now());
    const { _max } = await tx.signUp.aggregate({ _max: { position: true } });
    for (const [n, { id }] of added.entries()) {
      const position = (_max.position ?? 0) + n + 1;
      const participant = `d:${id}`;
      const row = { id: `s-${id}`, communityId, eventId, scope: 'all', participant, party: participant, dependantId: id, registrantId };
      await tx.signUp.create({ data: { ...row, status: 'confirmed', position, createdAt: at, updatedAt: at } });
    }
  });
}

describe.each(databases)('places on $name', ({ open }) => {
  let storage: Storage;
  let stage: Stage;
  onStage(open, (ground) => {
    ({ storage, stage } = ground);
  });
  const card = () => stage.heard(group.id)[0] ?? '';
  const told = (name: string, since: number) => stage.heard(name).slice(since);
  const joins = (name: string, ...children: string[]) => stage.joins(name, ...children);

  /** Signs two children up where there is not room for both, each for themselves. */
  const joinsApart = (name: string, one: string, other: string) =>
    stage.talks(name, '报名', '爸妈', one, '1', other, '2', '不是', '同意', '1');

  test('the 21st child stands first on the waiting list and is offered the place when one is given back', async () => {
    await stage.publish();
    for (const parent of ['甲妈妈', '乙妈妈']) await fill(stage, storage, parent, 10);
    const answer = await joinsApart('王妈妈', '王小明 2018-05-20', '王小红 2019-11-02');
    expect(answer).toContain('名额满了，王小明排在候补第1位。');
    expect(answer).toContain('名额满了，王小红排在候补第2位。');
    expect(answer).not.toContain('报上了');
    expect(card()).toContain('已报 20/20 · 名额满了，2人在候补');
    const before = stage.heard('王妈妈').length;

    await stage.talks('甲妈妈', '我的报名', '1', '1');
    expect(stage.heard('甲妈妈').at(-1)).toContain(`取消好了：甲家一不去“${artClass}”了。`);
    // Until it is too late to take it back, the place is nobody else's.
    expect(told('王妈妈', before)).toEqual([]);
    expect(card()).toContain('已报 19/20 · 有1个位正在留给候补 · 2人在候补');
    await stage.passes(10);
    expect(told('王妈妈', before)).toEqual([expect.stringContaining(`好消息，“${artClass}”空出名额，轮到王小明了。`)]);
    expect((await stage.list()).slice(-2)).toEqual(['王小明 offered', '王小红 waiting']);
    expect(await stage.says('王妈妈', '1')).toContain(`好，王小明报上“${artClass}”了。`);
    expect((await stage.list()).slice(-2)).toEqual(['王小明 confirmed', '王小红 waiting']);
    expect((await stage.list()).filter((line) => line.endsWith('confirmed'))).toHaveLength(20);
    expect(card()).toContain('已报 20/20 · 名额满了，1人在候补');
  });

  test('whoever waited and gives up moves nobody but those behind', async () => {
    await stage.publish({ capacity: 1 });
    await joins('张爸爸', '张乐 2017-03-08');
    await joins('王妈妈', '王小明 2018-05-20');
    await stage.talks('王妈妈', '我的报名', '1', '1');
    expect(await stage.list()).toEqual(['张乐 confirmed', '王小明 cancelled']);
    const answer = await stage.talks('刘阿姨', '报名', '爸妈', '甜甜 2018-02-02', '2', '同意', '1');
    expect(answer).toContain('甜甜排在候补第1位');
  });

  test('nobody gets the place of whoever gives it back when the event has begun', async () => {
    await stage.publish({ capacity: 1 });
    await joins('张爸爸', '张乐 2017-03-08');
    await joins('王妈妈', '王小明 2018-05-20');
    stage.house.setClock('2026-08-01T10:30');
    await stage.talks('张爸爸', '我的报名', '1', '1');
    await stage.passes(10);
    expect(await stage.list()).toEqual(['张乐 cancelled', '王小明 waiting']);
  });

  test('cancelling is asked about, happens once, and coming back stands at the end', async () => {
    await stage.publish({ capacity: 1 });
    await joins('张爸爸', '张乐 2017-03-08');
    await joins('王妈妈', '王小明 2018-05-20');
    expect(await stage.talks('张爸爸', '我的报名', '1')).toContain('真的取消吗？');
    expect(await stage.list()).toEqual(['张乐 confirmed', '王小明 waiting']);
    const yes = stage.house.adapter.shown('张爸爸').at(-1)?.choices[0]?.value ?? '';
    await stage.forges('张爸爸', yes);
    await stage.forges('张爸爸', yes);
    expect(await stage.list()).toEqual(['张乐 leaving', '王小明 waiting']);
    await stage.passes(10);
    expect(await stage.list()).toEqual(['张乐 cancelled', '王小明 offered']);
    await stage.says('王妈妈', '要');
    expect(stage.heard('王妈妈').filter((text) => text.includes('好消息'))).toHaveLength(1);
    // The child is known now: chosen, consented, read back.
    expect(await stage.talks('张爸爸', '报名', '1', '1', '1')).toContain('张乐排在候补第1位');
    expect(await stage.list()).toEqual(['王小明 confirmed', '张乐 waiting']);
  });

  test('nobody cancels what is somebody else’s, typed or forged', async () => {
    await stage.publish();
    await joins('王妈妈', '王小明 2018-05-20');
    const { id } = await storage.read.signUp.findFirstOrThrow();
    const { ref } = await storage.read.event.findFirstOrThrow();
    const button = stage.house.adapter.shown('王妈妈').findLast(({ choices }) => choices.length > 0)?.choices[0]?.value ?? '';
    for (const text of [`/mine-cancel ${id}`, `/mine-cancel-yes ${id}`, `mine-cancel-yes ${id}`, '取消王小明'])
      await stage.says('路人', text);
    for (const value of [`/mine-cancel-yes ${id}`, `c:${id}:mine-cancel-yes`, `c:${ref}:mine-cancel-yes`, button, 'm:tok:0'])
      await stage.forges('路人', value);
    expect(await stage.list()).toEqual(['王小明 confirmed']);
    expect(stage.heard('路人').join('\n')).not.toContain('王小明');
    // Control: with the sign-up made theirs, the same way is open.
    await storage.read.signUp.updateMany({ data: { registrantId: await stage.personId('路人') } });
    await stage.talks('路人', '我的报名', '1', '1');
    expect(await stage.list()).toEqual(['王小明 leaving']);
  });

  test('a second 确认, pressed or typed, signs nobody up twice', async () => {
    await stage.publish();
    await stage.talks('王妈妈', '报名', '爸妈', '王小明 2018-05-20', '2', '同意');
    const yes = stage.house.adapter.shown('王妈妈').at(-1)?.choices[0]?.value ?? '';
    await Promise.all([stage.forges('王妈妈', yes), stage.forges('王妈妈', yes)]);
    expect(stage.heard('王妈妈').at(-1)).toContain('已经办好了');
    expect(await stage.says('王妈妈', '1')).toContain('已经办好了');
    expect(await stage.list()).toEqual(['王小明 confirmed']);
    expect(await storage.read.consent.count()).toBe(1);
    expect(stage.heard('王妈妈').filter((text) => text.includes('报上了'))).toHaveLength(1);
    expect(card()).toContain('已报 1/20');
  });

  test('a child who is thirteen needs a consent, also for an event after the fourteenth birthday', async () => {
    await stage.publish({ maxAge: 16 });
    expect(await stage.talks('张爸爸', '报名', '爸妈', '张欢 2012-08-01', '2')).toContain('还要您同意一件事');
  });

  test('a corrected birth date that makes a child younger asks for the consent, and staff hear of an age that does not fit', async () => {
    await stage.publish({ maxAge: 16 });
    await stage.claims('社工小李');
    expect(await stage.talks('张爸爸', '报名', '爸妈', '张欢 2012-01-01', '2', '1')).toContain('张欢报上了');
    expect(await storage.read.consent.count()).toBe(0);
    expect(await stage.talks('张爸爸', '我的家人', '1', '改名字或生日', '改生日', '2022-09-01')).toContain('同意');
    await stage.talks('张爸爸', '同意', '1');
    // To the event, and to standing among the family.
    expect(await storage.read.consent.findMany({ select: { purpose: true }, orderBy: { purpose: 'asc' } })).toEqual([
      { purpose: 'family' },
      { purpose: expect.stringContaining('signup:') },
    ]);
    expect(stage.heard('社工小李').at(-1)).toContain('年龄对不上');
    expect(stage.heard('张爸爸').join()).toContain('年龄对不上了。名额先留着');
  });

  test('whoever confirms what has meanwhile been moved sees the new day first, and consents anew', async () => {
    await stage.publish();
    await stage.claims('社工小李');
    await stage.talks('王妈妈', '报名', '爸妈', '王小明 2018-05-20', '2', '同意');
    await stage.talks('社工小李', '管理', '1', '改时间或地点', '1 8月3日', '确认改动');
    expect(await stage.says('王妈妈', '1')).toContain('“活动”刚刚有变动，请再看一遍。');
    expect(await stage.list()).toEqual([]);
    expect(await stage.says('王妈妈', '同意')).toContain('8月3日(周一)');
    expect(await stage.says('王妈妈', '1')).toContain('王小明报上了');
  });

  test('a refused consent leaves nothing behind', async () => {
    await stage.publish();
    const answer = await stage.talks('王妈妈', '报名', '爸妈', '王小明 2018-05-20', '2', '不同意');
    expect(answer).toContain('这次没有报名，也没有新记什么');
    expect([await storage.read.dependant.count(), await storage.read.consent.count(), await storage.read.signUp.count()]).toEqual([
      0, 0, 0,
    ]);
  });

  test('who is signed up already, or has not the age, is shown and cannot be chosen', async () => {
    await stage.publish();
    await joins('王妈妈', '王小明 2018-05-20');
    expect(await stage.talks('王妈妈', '报名')).toContain('· 王小明（8岁）：已经报过');
    expect(await stage.talks('王妈妈', '加一个孩子', '王宝宝 2024-05-20')).toContain('王宝宝');
    expect(await stage.list()).toEqual(['王小明 confirmed']);
  });

  test('a moved event is told once to everybody who signed up, with all their children, also those who wait', async () => {
    await stage.publish({ capacity: 2 });
    await joins('王妈妈', '王小明 2018-05-20', '王小红 2019-11-02');
    await joins('张爸爸', '张乐 2017-03-08');
    await stage.claims('社工小李');
    await stage.says('张爸爸', '/language');
    await stage.says('张爸爸', 'English');
    const before = { wang: stage.heard('王妈妈').length, zhang: stage.heard('张爸爸').length };
    await stage.talks('社工小李', '管理', '1', '改时间或地点', '1 8月2日');
    const confirm = stage.house.adapter.shown('社工小李').at(-1)?.choices[0]?.value ?? '';
    await Promise.all([stage.forges('社工小李', confirm), stage.forges('社工小李', confirm)]);
    expect(stage.heard('社工小李').filter((text) => text.includes('改好了'))).toEqual(['改好了，已通知2家。']);
    expect(told('王妈妈', before.wang)).toEqual([
      [
        `“${artClass}”有变动（王小明、王小红）。`,
        '原来：8月1日(周六) 10:00–11:30，党群活动中心二楼',
        '现在：8月2日(周日) 10:00–11:30，党群活动中心二楼',
        '名额给您留着。',
        '来不了的话，发“我的报名”取消。',
      ].join('\n'),
    ]);
    expect(told('张爸爸', before.zhang)).toEqual([
      expect.stringContaining(`“${artClass}” has changed (张乐).\nBefore: Sat 1 August 10:00–11:30`),
    ]);
    // Who waits must not think that a place is theirs.
    expect(told('张爸爸', before.zhang).join()).toContain('You are still on the waiting list');
    expect(card()).toContain('8月2日(周日)');
    expect((await storage.read.session.findFirstOrThrow()).startsWall).toBe('2026-08-02T10:00');
  });

  test('a move by staff who speak English reaches people in the language of their community', async () => {
    await stage.publish({ capacity: 1 });
    await joins('王妈妈', '王小明 2018-05-20');
    await joins('张爸爸', '张乐 2017-03-08');
    await stage.claims('社工小李');
    await stage.talks('社工小李', '/language en', '/manage', '1', '3', '1 8月2日', 'Confirm the change');
    expect(stage.heard('王妈妈').at(-1)).toContain('有变动（王小明）');
    // The same where a place goes on.
    await stage.talks('王妈妈', '/language en', '/mine', '1', '1');
    await stage.passes(10);
    expect(stage.heard('张爸爸').at(-1)).toContain('好消息');
  });

  test('a form left as it is tells nobody', async () => {
    await stage.publish();
    await joins('王妈妈', '王小明 2018-05-20');
    await stage.claims('社工小李');
    const before = stage.heard('王妈妈').length;
    expect(await stage.talks('社工小李', '管理', '1', '3', '确认改动')).toBe('时间和地点都没变，没有通知大家。');
    expect(told('王妈妈', before)).toEqual([]);
  });

  test('the card closes when the event begins and says when it is over; a moved event keeps its new hours', async () => {
    await stage.publish();
    await stage.claims('社工小李');
    await stage.talks('社工小李', '管理', '1', '3', '1 8月2日', '确认改动');
    const due = async (wall: string) => {
      stage.house.setClock(wall);
      await stage.house.app.tick();
      await stage.house.app.settle();
      return { last: card().split('\n').at(-1), buttons: stage.house.adapter.shown(group.id)[0]?.choices.length };
    };
    expect(await due('2026-08-01T12:00')).toEqual({ last: '点“报名”，或者引用这条回“报名”。', buttons: 1 });
    expect(await due('2026-08-02T10:00')).toEqual({ last: '报名已经截止。', buttons: 0 });
    expect(await due('2026-08-02T11:30')).toEqual({ last: '活动已经结束，谢谢大家。', buttons: 0 });
    expect((await storage.read.event.findFirstOrThrow()).status).toBe('ended');
  });

  test('an event that begins while somebody fills in takes nobody any more, and says so', async () => {
    await stage.publish({ date: '2026-07-28', start: '10:30', end: '12:00' });
    await stage.talks('王妈妈', '报名', '爸妈', '王小明 2018-05-20', '2', '同意');
    stage.house.setClock('2026-07-28T10:30');
    expect(await stage.says('王妈妈', '1')).toContain('刚刚报名截止了');
    expect(await stage.list()).toEqual([]);
  });

  describe('companions', () => {
    const staffPublishes = async (companions: string) => {
      await stage.claims('社工小李');
      await stage.talks('社工小李', '新活动 亲子课 8月8日15:00-16:00 社区广场 名额3人 6-12岁', `9 ${companions}`, '确认发布');
    };

    test('take no place unless staff say so', async () => {
      await staffPublishes('可以陪');
      await stage.talks('王妈妈', '报名', '爸妈', '王小明 2018-05-20', '2', '同意', '1');
      expect(stage.heard(group.id)[0]).toContain('已报 1/3');
    });

    test('take places where they do, and whoever needs more than are left waits', async () => {
      await staffPublishes('可以陪，也占名额');
      expect(await stage.talks('王妈妈', '报名', '爸妈', '王小明 2018-05-20', '2')).toContain('还有几个大人一起来？');
      expect(await stage.says('王妈妈', '六个')).toContain('最多5个大人');
      await stage.talks('王妈妈', '1', '同意', '1');
      expect(stage.heard(group.id)[0]).toContain('已报 2/3');
      expect(await stage.talks('张爸爸', '报名', '爸妈', '张乐 2017-03-08', '2', '1个', '同意', '1')).toContain('张乐排在候补第1位');
      expect(stage.heard(group.id)[0]).toContain('已报 2/3');
    });
  });
});
