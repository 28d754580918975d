import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEvents, on, type DomainEvent } from '../../src/events/index.js';
import { paperAsked } from '../../src/features/profile/paper.dialog.js';
import { createCodes, createFamilies, makeConsentCode } from '../../src/people/index.js';
import type { Storage, Tx } from '../../src/storage/index.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { countingIds, group } from '../support/house.js';
import { profileParts } from '../support/profile.js';
import { artClass, openStage, type Stage } from './stage.js';

const day = 24 * 60 * 60 * 1000;
const idNumber = '110101201805201234';

describe.each(databases)('families on $name', ({ open }) => {
  let database: TestDatabase;
  let storage: Storage;
  let stage: Stage;
  let heard: DomainEvent[];
  const names = ['consent.given', 'consent.refused', 'consent.withdrawn'] as const;

  beforeEach(async () => {
    database = await open();
    storage = database.storage;
    heard = [];
    const subscriptions = names.map((name) => on<Tx, typeof name>(name, (_tx, event) => Promise.resolve(void heard.push(event))));
    stage = await openStage(storage, { subscriptions });
  });
  afterEach(async () => {
    await stage.house.app.stop();
    await database.close();
  });

  const ids = countingIds('t');
  const context = async (name: string) => ({
    communityId: stage.house.community.id,
    actorId: await stage.personId(name),
    now: stage.house.now(),
    newId: ids.id,
  });

  /** The grandmother has signed a child up, and has a code for its parents. */
  const handOn = async (): Promise<{ code: string; childId: string; eventId: string }> => {
    await stage.publish();
    await stage.says('幸福奶奶', '你好');
    const by = await context('幸福奶奶');
    const families = createFamilies(stage.house.sealer);
    const codes = createCodes({ sealer: stage.house.sealer, make: () => '8306-7001' });
    const event = await storage.read.event.findFirstOrThrow();
    return storage.transaction(async (tx) => {
      const [child] = await families.add(tx, by.actorId, [{ name: '刘小宝', birthDate: '2018-03-05' }], ids.id);
      const asked = { eventId: event.id, dependantIds: [child?.id ?? ''] };
      const made = { communityId: by.communityId, createdBy: by.actorId, expiresAt: by.now + day, now: by.now };
      return { code: await makeConsentCode(tx, codes, asked, made), childId: child?.id ?? '', eventId: event.id };
    });
  };

  test('a parent consents by a code that was handed on: asked first what they are, told everything, and in the household from then on', async () => {
    const { code, childId, eventId } = await handOn();
    const asked = await stage.says('刘妈妈', code.replace('-', ''));
    expect(asked).toBe(`孩子报了“${artClass}”，等监护人定。您是孩子的：`);
    expect(stage.heard('刘妈妈').join('\n')).not.toContain('刘小宝');
    const full = await stage.says('刘妈妈', '爸妈');
    for (const part of ['刘小宝', artClass, '点名、核对年龄', '8月1日(周六) 10:00–11:30', '党群活动中心二楼', '社工小陈', '撤回同意'])
      expect(full).toContain(part);
    expect(heard).toEqual([]);
    expect(await stage.talks('刘妈妈', '同意', '1')).toContain('谢谢，记下了：您同意刘小宝参加');
    const guardianId = await stage.personId('刘妈妈');
    expect(heard).toEqual([{ type: 'consent.given', dependantId: childId, eventId, guardianId }]);
    expect(await storage.read.consent.findFirstOrThrow()).toMatchObject({
      dependantId: childId,
      eventId,
      guardianId,
      method: 'chat',
      recordedBy: null,
      withdrawnAt: null,
      textVersion: 'code-3',
    });
    expect(await stage.says('刘妈妈', '我的家人')).toContain('刘妈妈（爸妈）');
    expect(await stage.says('刘妈妈', code)).toContain('您已经用过了');
    expect(await stage.says('路人', code)).toContain('这个码已经有人用过了');
  });

  test('a parent may refuse: nothing is kept, they are not in the household, and whoever holds the place hears of it', async () => {
    const { code, childId, eventId } = await handOn();
    expect(await stage.talks('刘妈妈', code, '1', '不同意', '1')).toContain('您不同意刘小宝参加');
    expect(heard).toEqual([{ type: 'consent.refused', dependantId: childId, eventId, guardianId: await stage.personId('刘妈妈') }]);
    expect(await storage.read.consent.count()).toBe(0);
    expect(await storage.read.householdMember.count()).toBe(1);
  });

  test('whoever is no guardian cannot decide, sees no name, and the code stays good for the parents', async () => {
    const { code } = await handOn();
    for (const [name, bond] of [
      ['邻居', '都不是'],
      ['刘爷爷', '爷爷奶奶、外公外婆'],
    ] as const) {
      expect(await stage.talks(name, code, bond)).toContain('要爸妈或其他监护人来定');
      expect(stage.heard(name).join('\n')).not.toContain('刘小宝');
    }
    expect([await storage.read.consent.count(), heard.length]).toEqual([0, 0]);
    // Whoever has said so in the family already is not asked until they say something else.
    await storage.read.householdMember.updateMany({ data: { bond: 'grandparent' } });
    expect(await stage.says('幸福奶奶', code)).toContain('要爸妈或其他监护人来定');
    expect(await stage.talks('刘妈妈', code, '1', '同意', '1')).toContain('谢谢');
  });

  test.each([
    (code: string) => `${code}。`,
    (code: string) => `请用${code}加入`,
    (code: string) => `把这个码告诉孩子爸妈：${code}\n请他们私聊我，发这几个数字就行。`,
  ])('a code is found in what somebody writes or hands on around it', async (around) => {
    const { code } = await handOn();
    expect(await stage.says('刘妈妈', around(code))).toBe(`孩子报了“${artClass}”，等监护人定。您是孩子的：`);
  });

  test('a code in the middle of a form asks whether to put the form aside; a wrong one is a wrong answer, and counts', async () => {
    const { code } = await handOn();
    await stage.talks('刘妈妈', '我的家人', '添加孩子');
    expect(await stage.says('刘妈妈', code)).toContain('先离开它吗');
    expect(await stage.says('刘妈妈', '2')).toBe(`孩子报了“${artClass}”，等监护人定。您是孩子的：`);
    await stage.talks('刘妈妈', '退出', '我的家人', '添加孩子');
    for (let tries = 0; tries < 5; tries += 1) expect(await stage.says('刘妈妈', '8999-9999')).not.toContain('先离开它吗');
    await stage.says('刘妈妈', '退出');
    expect(await stage.says('刘妈妈', code)).toContain('错得太多了');
  });

  test.each([
    [true, ['码别发在群里，谁都看得到。请点我头像，私聊发给我。']],
    [false, []],
  ])('a code that gives rights is void once it was in the group; the bot was spoken to: %s', async (mentioned, answer) => {
    await handOn();
    const code = /\d{4}-\d{4}/u.exec(await stage.says('刘妈妈', '请家人加入'))?.[0] ?? '';
    const said = await stage.inGroup('路人', `码是${code}`, { mentioned });
    expect(said.group).toEqual(answer);
    expect(stage.heard('刘妈妈').at(-1)).toContain('我把它作废了');
    expect(await stage.says('刘爸爸', code)).toContain('过期');
  });

  test('a code in the group that is none, or gives no right, is answered alike and stays as it was', async () => {
    const { code } = await handOn();
    for (const one of [code, '8999-9999'])
      expect((await stage.inGroup('路人', one, { mentioned: true })).group).toEqual(['码别发在群里，谁都看得到。请点我头像，私聊发给我。']);
    expect(await stage.says('刘妈妈', code)).toBe(`孩子报了“${artClass}”，等监护人定。您是孩子的：`);
  });

  test('two parents who confirm one code at once: one of them has decided', async () => {
    const { code } = await handOn();
    for (const name of ['刘妈妈', '刘爸爸']) await stage.talks(name, code, '1', '同意');
    await Promise.all(['刘妈妈', '刘爸爸'].map((name) => stage.says(name, '1')));
    expect(heard).toHaveLength(1);
    expect(await storage.read.consent.count()).toBe(1);
    const last = ['刘妈妈', '刘爸爸'].map((name) => stage.heard(name).at(-1) ?? '');
    expect(last.filter((text) => text.includes('谢谢'))).toHaveLength(1);
    expect(last.filter((text) => text.includes('定好了'))).toHaveLength(1);
  });

  test('a code is over with the event that it is about', async () => {
    const { code } = await handOn();
    await storage.read.event.updateMany({ data: { status: 'cancelled' } });
    expect(await stage.says('刘妈妈', code)).toContain('过期');
  });

  test('a consent is taken back by one word, after it was said what follows; nobody else can', async () => {
    const { code, childId, eventId } = await handOn();
    await stage.talks('刘妈妈', code, '1', '同意', '1');
    heard.length = 0;
    expect(await stage.says('路人', '撤回同意')).toBe('没有可以撤回的同意。');
    const { id } = await storage.read.consent.findFirstOrThrow();
    await stage.says('路人', `/withdraw-yes ${id}`);
    expect(await stage.says('刘妈妈', '撤回同意')).toContain('报名会取消，名额让给别人');
    expect(heard).toEqual([]);
    expect(await stage.says('刘妈妈', '1')).toContain('撤回了：刘小宝不参加');
    expect(heard).toEqual([{ type: 'consent.withdrawn', dependantId: childId, eventId, guardianId: await stage.personId('刘妈妈') }]);
    expect((await storage.read.consent.findFirstOrThrow()).withdrawnAt?.getTime()).toBe(stage.house.now());
    expect(await stage.says('刘妈妈', '撤回同意')).toBe('没有可以撤回的同意。');
    expect(await stage.says('刘妈妈', '撤销')).toBe('同意撤回了，“撤销”恢复不了。改主意了，请再报一次名。');
    expect(await storage.read.auditEntry.count({ where: { action: 'consent.withdraw' } })).toBe(1);
  });

  test('a consent on paper is written down by staff from their tasks, with who signed and who wrote', async () => {
    const { childId, eventId } = await handOn();
    await stage.claims('社工小李');
    const by = await context('幸福奶奶');
    const events = createEvents<Tx>();
    events.add([paperAsked(profileParts(stage.house.sealer))]);
    const ask = () =>
      storage.transaction((tx) => events.emit(tx, { type: 'paper.asked', eventId, dependantIds: [childId], registrantId: by.actorId }, by));
    await ask();
    await ask();
    expect(await stage.says('社工小李', '待办')).toContain('有1件事');
    expect(await stage.says('社工小李', '1')).toContain(`刘小宝参加“${artClass}”的纸质同意书`);
    await stage.talks('社工小李', '收到了，记下来', idNumber);
    expect(await stage.talks('社工小李', '王建国', '爸妈', '1')).toContain('记下了：王建国同意刘小宝参加');
    const consent = await storage.read.consent.findFirstOrThrow();
    expect(consent).toMatchObject({
      method: 'paper',
      textVersion: 'paper-1',
      recordedBy: await stage.personId('社工小李'),
      dependantId: childId,
      eventId,
    });
    const guardian = await storage.read.person.findUniqueOrThrow({ where: { id: consent.guardianId }, include: { identities: true } });
    expect([guardian.name, guardian.identities]).toEqual(['王建国', []]);
    expect(heard).toEqual([{ type: 'consent.given', dependantId: childId, eventId, guardianId: consent.guardianId }]);
    expect(await stage.says('社工小李', '待办')).toBe('没有待办的事。');
    expect(await storage.read.auditEntry.count({ where: { action: 'consent.paper' } })).toBe(1);
  });

  test('a household code is worth nothing once who made it has left; control: while they are there it is', async () => {
    await stage.talks('王妈妈', '我的家人', '添加孩子', '爸妈', '王小明', '2018-05-20', '同意', '1');
    const code = (await stage.says('王妈妈', '请家人加入')).match(/\d{4}-\d{4}/u)?.[0] ?? '';
    expect(await stage.says('王爸爸', code)).toBe('王妈妈请您加入一个家。您是那家孩子的：');
    await stage.says('王爸爸', '退出');
    const { householdId } = await storage.read.householdMember.findFirstOrThrow();
    await storage.read.person.create({ data: { id: 'aunt', name: '姑姑' } });
    await storage.read.householdMember.create({ data: { householdId, personId: 'aunt', bond: 'guardian' } });
    await stage.talks('王妈妈', '离开这个家', '1');
    expect(await stage.says('王爸爸', code)).toContain('过期');
  });

  test('whose home a code leads to stands before the question: who asked them in, and nobody else who lives there', async () => {
    await stage.talks('王妈妈', '我的家人', '添加孩子', '爸妈', '王小明', '2018-05-20', '同意', '1');
    const { householdId } = await storage.read.householdMember.findFirstOrThrow();
    await storage.read.person.create({ data: { id: 'aunt', name: '姑姑' } });
    await storage.read.householdMember.create({ data: { householdId, personId: 'aunt', bond: 'other' } });
    const code = (await stage.says('王妈妈', '请家人加入')).match(/\d{4}-\d{4}/u)?.[0] ?? '';
    expect(await stage.says('王爸爸', code)).toBe('王妈妈请您加入一个家。您是那家孩子的：');
    expect(await stage.says('王爸爸', '1')).toContain('王妈妈请您加入一个家。加入以后，一家人都能看到孩子');
    expect(stage.heard('王爸爸').join('\n')).not.toContain('姑姑');
    await stage.talks('王爸爸', '退出', '/language en');
    expect(await stage.says('王爸爸', code)).toBe('王妈妈 asks you into a family. To its children you are:');
  });

  test('of two who confirm one household code at once one is in', async () => {
    await stage.talks('王妈妈', '我的家人', '添加孩子', '爸妈', '王小明', '2018-05-20', '同意', '1');
    const code = (await stage.says('王妈妈', '请家人加入')).match(/\d{4}-\d{4}/u)?.[0] ?? '';
    for (const name of ['王爸爸', '路人']) await stage.talks(name, code, '1');
    await Promise.all(['王爸爸', '路人'].map((name) => stage.says(name, '1')));
    expect(await storage.read.householdMember.count()).toBe(2);
    expect(stage.house.logged.filter((line) => /failed/u.test(line))).toEqual([]);
  });

  test('the log says whose household it was, which event a consent was for, and whose task was done; no child is named in it', async () => {
    const { code } = await handOn();
    await stage.claims('社工小李');
    await stage.talks('刘妈妈', code, '1', '同意', '1');
    await stage.talks('刘妈妈', '撤回同意', '1');
    await stage.talks('刘妈妈', '找人');
    await stage.talks('社工小李', '待办', '1', '办好了');
    const log = await stage.says('社工小李', '操作记录');
    for (const line of [
      '刘妈妈加入了一个家（大人：幸福奶奶、刘妈妈）',
      `刘妈妈撤回了一份同意（“${artClass}”）`,
      '社工小李办好了刘妈妈的一件待办',
    ])
      expect(log).toContain(line);
    expect(log).not.toContain('刘小宝');
    await stage.talks('王妈妈', '我的家人', '添加孩子', '爸妈', '王小明', '2018-05-20', '同意', '1');
    await stage.talks('王妈妈', '撤回同意', '1');
    await stage.says('路人', '8999-9999');
    const later = await stage.says('社工小李', '操作记录');
    for (const line of ['王妈妈撤回了一份同意（“家人资料”）', '路人发了一个用不了的码']) expect(later).toContain(line);
    // A consent stands in the record of the family, too.
    expect(await stage.says('幸福奶奶', '导出我的资料')).toContain(`刘妈妈撤回了一份同意（“${artClass}”）`);
    await stage.talks('幸福奶奶', '离开这个家', '1');
    expect(await stage.says('社工小李', '操作记录')).toContain('幸福奶奶离开了一个家（大人：刘妈妈）');
  });

  test('help makes one task an hour, tells staff once, and leaves what is being filled in as it is', async () => {
    await stage.claims('社工小李');
    await stage.publish();
    const before = stage.heard('社工小李').length;
    await stage.talks('王妈妈', '报名', '爸妈', '王小明');
    expect(await stage.says('王妈妈', '帮忙')).toContain('年、月、日都要');
    expect(stage.buttons('王妈妈')).toEqual(['返回', '找人帮忙']);
    expect(await stage.says('王妈妈', '找人帮忙')).toBe('好，社工会找您。');
    expect(await stage.says('王妈妈', '找人')).toBe('好，社工会找您。');
    expect(await stage.says('王妈妈', '2018-05-20')).toContain('还有谁？');
    // 9 first says how it goes, and fetches somebody the second time.
    expect(await stage.says('王妈妈', '9')).toContain('还有谁？');
    expect(await stage.says('王妈妈', '9')).toBe('好，社工会找您。');
    expect(stage.heard('社工小李').slice(before)).toEqual(['王妈妈想请人帮忙，在私聊。发“待办”可以看。']);
    expect(await storage.read.task.count()).toBe(1);
    stage.house.advance(61 * 60 * 1000);
    await stage.inGroup('王妈妈', '找人帮忙', { mentioned: true });
    expect(stage.heard(group.id).at(-1)).toBe('好，社工会找您。');
    expect(stage.heard('社工小李').at(-1)).toContain('在群里（居民群）');
    expect(await storage.read.task.count()).toBe(2);
    const payloads = (await storage.read.task.findMany()).map(({ payload }) => Buffer.from(payload ?? []).toString('utf8')).join('');
    expect(payloads).not.toContain('王妈妈');
  });

  test('staff who ask for help are told where it is, and residents see no tasks', async () => {
    await stage.claims('社工小李');
    expect(await stage.says('社工小李', '找人')).toContain('您自己就是工作人员');
    expect(await storage.read.task.count()).toBe(0);
    expect(await stage.says('王妈妈', '待办')).toContain('只有工作人员能用');
  });

  test('of two who finish a task the second hears who was first', async () => {
    await stage.claims('社工小李');
    await stage.talks('王妈妈', '你好', '9');
    await stage.talks('社工小李', '待办', '1');
    const task = await storage.read.task.findFirstOrThrow();
    await storage.read.role.create({
      data: { id: 'r', communityId: stage.house.community.id, personId: await stage.personId('王妈妈'), role: 'organiser' },
    });
    await stage.talks('王妈妈', '待办', '1', '办好了');
    expect(await stage.says('社工小李', '办好了')).toBe('这件事王妈妈已经办好了。');
    expect(await storage.read.auditEntry.findFirstOrThrow({ where: { action: 'task.done' } })).toMatchObject({ subject: task.id });
  });

  test('elder mode spells the choices out, offers less, and 9 always fetches somebody; it is left as easily', async () => {
    await stage.publish();
    expect(await stage.talks('李奶奶', '大字简明', '1')).toMatch(/\n回1：看活动\n回2：我的报名\n回9：找人帮忙$/u);
    expect(stage.buttons('李奶奶')).toEqual([]);
    expect(await stage.says('李奶奶', '报名')).toContain('\n回0：不要了\n回9：找人帮忙');
    await stage.talks('李奶奶', '2', '李小花', '2018-05-20');
    expect(stage.heard('李奶奶').at(-1)).toContain('\n回9：找人帮忙');
    expect(await stage.says('李奶奶', '9')).toBe('好，社工会找您。');
    expect(await stage.says('李奶奶', '2')).toContain('要您同意一件事');
    await stage.talks('李奶奶', '退出', '大字简明');
    expect(await stage.says('李奶奶', '1')).toContain('好，变回原来的样子了。');
    await stage.says('李奶奶', '你好');
    expect(stage.buttons('李奶奶')).toEqual(['看活动', '报名', '我的报名', '我的家人', '找人帮忙']);
  });

  test('elder mode in the middle of a form is on at once, and the question is asked again', async () => {
    await stage.publish();
    const asked = await stage.talks('李奶奶', '报名', '2');
    expect(await stage.says('李奶奶', '大字简明')).toContain(asked.split('\n').at(-1) ?? asked);
    expect(stage.heard('李奶奶').at(-1)).toContain('\n回9：找人帮忙');
    expect(stage.heard('李奶奶').at(-2)).toContain('好，以后我一次只说一件事');
    expect(stage.heard('李奶奶').join()).not.toContain('没填完');
    expect((await storage.read.person.findFirstOrThrow({ where: { name: '李奶奶' } })).elder).toBe(true);
    await stage.says('李奶奶', '大字简明');
    expect(stage.heard('李奶奶').at(-2)).toBe('现在就是大字简明。');
    expect(await stage.talks('李奶奶', '李小花', '2018-05-20')).toContain('李小花');
  });

  test('an ID number in place of a name is refused and stands nowhere', async () => {
    await stage.claims('社工小李');
    await stage.talks('王妈妈', '我的家人', '添加孩子', '爸妈', idNumber, '退出');
    await stage.talks('王妈妈', '我的家人', '添加家里老人', idNumber, '退出');
    await stage.talks('王妈妈', '我的资料', '改称呼', idNumber, '退出');
    for (const text of stage.heard('王妈妈')) expect(text).not.toContain(idNumber);
    const rows = [await storage.read.dependant.findMany(), await storage.read.person.findMany(), await storage.read.task.findMany()];
    expect(rows[0]).toEqual([]);
    expect(JSON.stringify(rows)).not.toContain(idNumber);
    for (const { key, state } of await storage.read.conversation.findMany())
      expect(stage.house.sealer.open(state, `conversation:${key}`)).not.toContain(idNumber);
  });

  test.each([
    ['2018-02-30', '没有这一天'],
    ['2030-05-20', '还没到'],
    ['2月30日', '没看懂'],
  ])('a birth date of %s is asked again', async (written, why) => {
    await stage.talks('王妈妈', '我的家人', '添加孩子', '爸妈', '王小明');
    expect(await stage.says('王妈妈', written)).toContain(why);
    expect(await storage.read.dependant.count()).toBe(0);
  });

  test('twins with one name are two, and one written twice is one', async () => {
    const child = ['王小明', '2018-05-20'];
    await stage.talks('王妈妈', '我的家人', '添加孩子', '爸妈', ...child, '同意', '1');
    expect(await stage.talks('王妈妈', '我的家人', '添加孩子', ...child, '不是', '同意', '1')).toContain('已经记过了');
    expect(await storage.read.dependant.count()).toBe(1);
    await stage.talks('王妈妈', '我的家人', '添加孩子', ...child, '是', '同意', '1');
    expect(await storage.read.dependant.count()).toBe(2);
  });
});
