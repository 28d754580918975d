import { describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { group } from '../support/house.js';
import { onStage } from './onStage.js';
import { artClass, type Stage } from './stage.js';

const li = '社工小李';

describe.each(databases)('staff sign up somebody without a phone, on $name', ({ open }) => {
  let stage: Stage;
  let storage: Storage;
  onStage(open, async (ground) => {
    ({ stage, storage } = ground);
    await stage.claims(li);
  });
  const rows = () => storage.read.signUp.findMany({ orderBy: { position: 'asc' } });
  const audited = async (action: string) => storage.read.auditEntry.count({ where: { action } });
  const begin = () => stage.talks(li, '代报名', '1');
  const add = (name: string, reach = '跳过') => stage.talks(li, name, reach, '1', '1');

  test('a grown-up: name and how to reach them, sealed; who wrote it down stays with it', async () => {
    await stage.publish({ title: '书法班', minAge: 18, maxAge: null });
    expect(await stage.talks(li, '管理', '1', '更多', '代报名')).toBe('给哪位邻居报名？写名字。');
    expect(await add('赵爷爷', '13912345678')).toContain('给谁报名“书法班”？');
    expect(await stage.talks(li, '1', '1')).toContain('好，替赵爷爷报了“书法班”。\n赵爷爷报上了。');
    const [row] = await rows();
    expect(row).toMatchObject({ status: 'confirmed', recordedBy: await stage.personId(li) });
    expect(row?.participant).toBe(`p:${row?.registrantId}`);
    const person = await storage.read.person.findUniqueOrThrow({ where: { id: row?.registrantId ?? '' } });
    expect(Buffer.from(person.reach ?? []).toString('utf8')).not.toContain('139');
    expect([await audited('person.add'), await audited('signup.recorded')]).toEqual([1, 1]);
    // Written down once, they can be chosen, and cannot be signed up twice.
    expect(await begin()).toContain('没有手机的邻居');
    expect(await stage.says(li, '赵爷爷')).toContain('· 赵爷爷：已经报过');
    expect(await rows()).toHaveLength(1);
    // The roster and the details say one thing: they did not do it themselves.
    await stage.says(li, '退出');
    expect(await stage.says(li, '名单')).toContain('1. 赵爷爷 · 社工小李代报');
    const details = await stage.says(li, '1');
    expect(details).toContain('\n社工小李代报，7月28日 10:00');
    expect(details).not.toContain('自己报的');
  });

  test('a child whose guardian has signed on paper has the place; the guardian belongs to the household', async () => {
    await stage.publish({ capacity: 1 });
    await begin();
    await add('赵爷爷');
    expect(await stage.talks(li, '赵小宝 2018-05-20', '2')).toBe('赵小宝的监护人签了纸质同意书吗？没签就先占位。');
    expect(await stage.talks(li, '是', '赵妈妈')).toBe('赵妈妈是孩子的：');
    expect(await stage.talks(li, '1', '1')).toContain('赵小宝报上了');
    expect(await stage.list()).toEqual(['赵小宝 confirmed']);
    expect(await storage.read.consent.findFirstOrThrow()).toMatchObject({
      method: 'paper',
      textVersion: 'paper-1',
      recordedBy: await stage.personId(li),
    });
    const guardian = await storage.read.person.findFirstOrThrow({ where: { name: '赵妈妈' } });
    expect(await storage.read.householdMember.count({ where: { personId: guardian.id, bond: 'parent' } })).toBe(1);
  });

  test('without the paper the place is held, and a task waits for it', async () => {
    await stage.publish({ capacity: 1 });
    await begin();
    await add('赵爷爷');
    expect(await stage.talks(li, '赵小宝 2018-05-20', '2', '不是', '1')).toContain('先给赵小宝占位，留到7月29日(周三) 18:00');
    expect((await rows()).map(({ status, heldFor }) => [status, heldFor])).toEqual([['held', 'consent']]);
    expect(await stage.talks(li, '待办', '1')).toContain('赵小宝');
    await stage.talks(li, '1', '赵妈妈', '1', '1');
    expect((await rows()).map(({ status, heldFor }) => [status, heldFor])).toEqual([['confirmed', null]]);
  });

  test('places that a grandmother holds in the group are filled in from her paper, and she hears of it there in numbers', async () => {
    await stage.publish({ capacity: 2 });
    await stage.house.adapter.says({ id: '幸福奶奶', name: '幸福奶奶' }, group.id, '带2个孩子', { mentioned: true });
    await stage.house.app.settle();
    await stage.talks(li, '管理', '1', '看占位', '1');
    expect(await stage.says(li, '纸质填好了')).toContain(`给谁报名“${artClass}”？`);
    await stage.talks(li, '刘小宝 2018-03-05', '1', '刘小贝 2019-06-01', '2', '是', '幸福妈妈', '2', '1');
    expect(await stage.list()).toEqual(['刘小宝 confirmed', '刘小贝 confirmed']);
    const told = stage.house.adapter.shown(group.id).findLast(({ mention }) => mention?.id === '幸福奶奶');
    expect(told?.text).toBe(`社工替您报好了“${artClass}”，2个。`);
  });

  test('a paper whose signer has no account is taken back by staff alone, for one child; the holder hears of it', async () => {
    await stage.publish({ capacity: 2 });
    await stage.says('幸福奶奶', '你好');
    await stage.talks('幸福奶奶', '报名', '都不是', '2', '1');
    await stage.talks(li, '管理', '1', '看占位', '1', '纸质填好了');
    await stage.talks(li, '刘小宝 2018-03-05', '1', '刘小贝 2019-06-01', '2', '是', '幸福妈妈', '1', '1');
    expect(await stage.list()).toEqual(['刘小宝 confirmed', '刘小贝 confirmed']);
    expect(await stage.talks(li, '名单', '1')).toContain('纸质同意书：幸福妈妈签的');
    expect(await stage.says(li, '监护人要撤回同意')).toBe(
      `幸福妈妈在纸上同意过刘小宝参加“${artClass}”。撤回以后，报名会取消，名额让给别人。是监护人自己来说的吗？`,
    );
    // Whoever is staff no more does nothing by the same question.
    const chen = '社工小陈二';
    await stage.says(chen, '你好');
    const role = { id: 'r2', communityId: stage.house.community.id, personId: await stage.personId(chen), role: 'organiser' };
    await storage.read.role.create({ data: role });
    expect(await stage.talks(chen, '名单', '1', '监护人要撤回同意')).toContain('是监护人自己来说的吗？');
    await storage.read.role.delete({ where: { id: 'r2' } });
    expect(await stage.says(chen, '1')).toContain('工作人员');
    expect(await stage.list()).toEqual(['刘小宝 confirmed', '刘小贝 confirmed']);
    expect(await stage.says(li, '1')).toContain('撤回了：刘小宝不参加');
    expect(await stage.list()).toEqual(['刘小宝 cancelled', '刘小贝 confirmed']);
    expect(stage.heard('幸福奶奶').at(-1)).toContain(`幸福妈妈到社区撤回了纸质同意，刘小宝不参加“${artClass}”了`);
    expect(await storage.read.consent.count({ where: { withdrawnAt: { not: null } } })).toBe(1);
    // Control: of a consent that was given in the chat nothing of the kind is offered.
    await stage.joins('王妈妈', '王小明 2018-05-20');
    await stage.talks(li, '名单', '王小明', '2');
    expect(stage.buttons(li).join()).not.toContain('撤回同意');
  });

  test('a full event puts them in line, an ID number is no name, and whoever is staff no longer signs nobody up', async () => {
    await stage.publish({ title: '书法班', minAge: 18, maxAge: null, capacity: 1 });
    await stage.talks('张爸爸', '报名', '1', '1');
    await begin();
    expect(await stage.says(li, '赵爷爷 620102195001011234')).toContain('身份证号');
    await add('赵爷爷');
    expect(await stage.talks(li, '1', '1')).toContain('赵爷爷排在候补第1位');
    await begin();
    await stage.talks(li, '新写一位', '钱奶奶');
    await storage.read.role.deleteMany();
    expect(await stage.says(li, '1')).toContain('这个只有工作人员能用');
    expect(await rows()).toHaveLength(2);
  });
});
