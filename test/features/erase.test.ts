import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createFamilies } from '../../src/people/index.js';
import type { Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { everythingIn } from '../support/everything.js';
import { at, group } from '../support/house.js';
import { onStage } from './onStage.js';
import { type Stage } from './stage.js';

const mother = '王妈妈';
const secrets = [mother, '王小明', '2018-05-20', '天天'];

describe.each(databases)('deleting oneself on $name', ({ name, open }) => {
  let storage: Storage;
  let stage: Stage;
  onStage(open, (ground) => {
    ({ storage, stage } = ground);
  });

  const signUp = () => stage.talks(mother, '报名', '爸妈', '王小明 2018-05-20', '2', '同意', '1');
  const asks = () => stage.says(mother, '删除我的资料');
  const erases = async () => {
    await asks();
    return stage.says(mother, '删除');
  };
  const night = async () => {
    stage.house.setClock('2026-07-29T03:30');
    await stage.house.app.tick();
    await stage.house.app.settle();
  };
  const found = async (text: Promise<string>) => {
    const all = await text;
    return secrets.filter((secret) => all.includes(secret));
  };
  const onDisk = async () => {
    const path = storage.file?.path ?? '';
    const names = (await readdir(dirname(path))).filter((file) => file.startsWith(basename(path)));
    return (await Promise.all(names.map((file) => readFile(join(dirname(path), file), 'utf8')))).join('');
  };

  test('leaves no name and no birth date in any table, nor in the file; control: before, they are there', async () => {
    await stage.publish();
    await stage.inGroup(mother, '报名');
    await stage.talks(mother, '爸妈', '王小明 2018-05-20', '2', '同意', '1');
    await stage.claims('社工小李');
    await stage.says('社工小李', '名单');
    await stage.says(mother, '报名');
    expect((await found(everythingIn(storage))).sort()).toEqual([mother].sort());
    // Sealed, but readable with the key.
    const [child] = await storage.read.dependant.findMany();
    expect(child && createFamilies(stage.house.sealer).read(child)).toMatchObject({ name: '王小明', birthDate: '2018-05-20' });
    await stage.talks(mother, '删除我的资料', '2');
    expect(await stage.says(mother, '删除')).toContain('都删掉了');
    await night();
    expect(await found(everythingIn(storage))).toEqual([]);
    if (name === 'sqlite') expect(await found(onDisk())).toEqual([]);
    expect(await storage.read.dependant.findMany()).toMatchObject([{ id: child?.id, name: new Uint8Array(), birthDate: null }]);
  });

  test.each(name === 'sqlite' ? ['file'] : [])('control: until the night the %s still holds what was deleted', async () => {
    await signUp();
    await erases();
    expect(await found(onDisk())).toContain(mother);
    await night();
    expect(await found(onDisk())).toEqual([]);
  });

  test('keeps the proofs it names, by ids: the consent with its wording and time, and what was done', async () => {
    await stage.publish();
    await signUp();
    const personId = await stage.personId(mother);
    expect(await asks()).toContain('最晚留到2029年7月28日');
    await stage.says(mother, '删除');
    expect(await storage.read.consent.findMany()).toMatchObject([
      { guardianId: personId, textVersion: '2', givenAt: new Date(at('2026-07-28T10:00')) },
    ]);
    expect(await storage.read.auditEntry.findMany({ where: { actorId: personId } })).toMatchObject([
      { action: 'person.erased', subject: personId },
    ]);
    stage.house.setClock('2029-07-28T09:00');
    await stage.house.app.tick();
    expect(await storage.read.consent.count()).toBe(1);
    stage.house.setClock('2029-07-30T09:00');
    await stage.house.app.tick();
    expect(await storage.read.consent.count()).toBe(0);
    expect(await storage.read.auditEntry.count({ where: { actorId: personId } })).toBe(0);
  });

  test('gives the places back first, in every community, and the card says so', async () => {
    await stage.publish();
    await signUp();
    expect(stage.heard(group.id).at(-1)).toContain('已报 1/20');
    await erases();
    expect(stage.heard(group.id).at(-1)).toContain('已报 0/20');
    expect((await storage.read.signUp.findMany()).map(({ status }) => status)).toEqual(['cancelled']);
  });

  test('a sign-up that is over is still counted', async () => {
    await stage.publish();
    await signUp();
    await storage.read.event.updateMany({ data: { status: 'ended' } });
    await erases();
    expect((await storage.read.signUp.findMany()).map(({ status }) => status)).toEqual(['confirmed']);
  });

  test('children whom another grown-up looks after stay with them, and so do their sign-ups', async () => {
    await stage.publish();
    await signUp();
    await stage.says('王爸爸', '你好');
    const [household] = await storage.read.household.findMany();
    const father = await stage.personId('王爸爸');
    await storage.read.householdMember.create({ data: { householdId: household?.id ?? '', personId: father, bond: 'parent' } });
    expect(await asks()).toContain('还有别的大人照看的会留下：王小明');
    await stage.says(mother, '删除');
    expect(await stage.list()).toEqual(['王小明 confirmed']);
    expect(await storage.read.signUp.findMany()).toMatchObject([{ registrantId: father }]);
    expect(await stage.says('王爸爸', '我的报名')).toContain('王小明');
  });

  /** Somebody else looks after the children, too. */
  const livesWith = async (name: string, bond: string | null = null) => {
    await stage.says(name, '你好');
    const { householdId } = await storage.read.householdMember.findFirstOrThrow({ where: { personId: await stage.personId(mother) } });
    await storage.read.householdMember.create({ data: { householdId, personId: await stage.personId(name), bond } });
  };

  test('whoever looks after the children from now on is told, and the roster does not say that they signed up', async () => {
    await stage.publish();
    await signUp();
    await livesWith('王姑姑', 'other');
    await livesWith('王爸爸', 'parent');
    await stage.claims('社工小李');
    await erases();
    const told = stage.heard('王爸爸').at(-1) ?? '';
    expect(told).toBe(
      '您家有一位大人删除了自己的资料。王小明的信息都还在。\n“美术公益课堂第四节”的报名也转给您了，照常来就行；有变化我会告诉您。',
    );
    // The aunt stays, too, and the sign-up is not hers.
    expect(stage.heard('王姑姑').at(-1)).toBe(told.split('\n')[0]);
    expect(await stage.says('社工小李', '名单')).toContain('1. 王小明（8岁） · 家人报的，现在由王爸爸照看');
    expect(await stage.says('社工小李', '1')).toContain('\n家人报的，现在由王爸爸照看，');
    expect(await stage.says('社工小李', '查人 王小明')).toContain('家人报的，现在由王爸爸照看');
    expect(await stage.says('社工小李', '操作记录')).toContain('有家人删除了资料，“美术公益课堂第四节”的一个报名转给了王爸爸');
    await night();
    expect(await everythingIn(storage)).not.toContain(mother);
  });

  test('what the list did not say does not go: who was to look after the children has left meanwhile, and the list is shown anew', async () => {
    await stage.publish();
    await signUp();
    await livesWith('王爸爸', 'parent');
    expect(await asks()).toContain('还有别的大人照看的会留下：王小明');
    await stage.talks('王爸爸', '离开这个家', '1');
    const again = await stage.says(mother, '删除');
    expect(again).toContain('还没有删。请再看一遍');
    expect(again).toContain('只有您在照看的一起删：王小明');
    expect(await stage.list()).toEqual(['王小明 confirmed']);
    // Control: as the list says now, it goes.
    expect(await stage.says(mother, '删除')).toContain('都删掉了');
    expect((await storage.read.signUp.findMany()).map(({ status }) => status)).toEqual(['cancelled']);
  });

  test('one who leaves and one who is deleted at once do not leave a child to nobody', async () => {
    await stage.publish();
    await signUp();
    await livesWith('王爸爸', 'parent');
    await asks();
    await stage.says('王爸爸', '离开这个家');
    await Promise.all([stage.says(mother, '删除'), stage.says('王爸爸', '1')]);
    expect(await stage.list()).toEqual(['王小明 confirmed']);
    expect(await storage.read.householdMember.count({ where: { household: { dependants: { some: {} } } } })).toBe(1);
  });

  test('names the other accounts that go with this one; a list from before they were one is shown anew', async () => {
    await stage.says('平板', '你好');
    await asks();
    const identity = {
      personId: await stage.personId(mother),
      platform: 'web',
      account: 'a',
      externalId: 'w',
      name: '王妈妈',
      privateChat: 'w',
    };
    await storage.read.identity.create({ data: { id: 'i', ...identity } });
    expect(await stage.says(mother, '删除')).toContain('一起删掉的还有您绑定的账号：王妈妈（网页）。');
    expect(await stage.says(mother, '删除')).toContain('都删掉了');
    expect(await storage.read.identity.count()).toBe(1);
  });

  test('a child that is deleted by itself leaves the same proofs for as long, and the question says so', async () => {
    await stage.publish();
    await signUp();
    await storage.read.event.updateMany({ data: { status: 'ended' } });
    const sure = await stage.talks(mother, '我的家人', '1', '删掉');
    expect(sure).toContain('监护人同意的记录只留编号，最晚留到2029年7月28日');
    expect(await stage.says(mother, '1')).toContain('王小明的信息都删掉了');
    expect(await storage.read.dependant.findMany()).toMatchObject([{ name: new Uint8Array(), birthDate: null }]);
    expect(await storage.read.consent.findMany()).toMatchObject([{ guardianId: await stage.personId(mother), textVersion: '2' }]);
    expect((await storage.read.signUp.findMany()).map(({ status }) => status)).toEqual(['confirmed']);
    // To its family it is gone altogether.
    expect(await stage.says(mother, '我的家人')).toContain('还没有记下家人');
    expect(await stage.says(mother, '撤回同意')).toBe('没有可以撤回的同意。');
    expect(await stage.says(mother, '导出我的资料')).toContain('同意以前家里的人参加');
    stage.house.setClock('2029-07-30T09:00');
    await stage.house.app.tick();
    expect(await storage.read.consent.count()).toBe(0);
  });

  test('the last one to leave a household leaves the same proofs, too', async () => {
    await stage.publish();
    await signUp();
    await storage.read.event.updateMany({ data: { status: 'ended' } });
    expect(await stage.talks(mother, '离开这个家')).toContain('监护人同意的记录只留编号，最晚留到2029年7月28日');
    expect(await stage.says(mother, '1')).toContain('您已经离开这个家了');
    expect(await storage.read.consent.count()).toBe(1);
    expect(await storage.read.dependant.findMany()).toMatchObject([{ name: new Uint8Array(), birthDate: null }]);
  });

  test('takes what waits for them, was set aside, or is half filled in, in private and in the group', async () => {
    await stage.publish();
    await signUp();
    await stage.says('社工小李', '你好');
    const personId = await stage.personId(mother);
    const queue = `memory:test:${mother}`;
    const payload = new TextEncoder().encode('x');
    for (const state of ['waiting', 'quarantined'])
      await storage.read.inbox.create({
        data: {
          uid: state,
          queue,
          state,
          payload,
          receivedAt: 9_999_999_999_999n,
          dueAt: 9_999_999_999_999n,
        },
      });
    const [community] = await storage.read.community.findMany();
    const where = {
      communityId: community?.id ?? '',
      platform: 'memory',
      account: 'test',
      chat: mother,
      kind: 'change',
      lane: 1,
      createdAt: 0n,
      notBefore: 9_999_999_999_999n,
    };
    await storage.read.outbox.create({ data: { ...where, state: 'ready', payload, dedupeKey: 'later' } });
    await storage.read.conversation.create({ data: { key: `memory:test:${group.id}:${mother}`, state: payload, updatedAt: 0n } });
    await storage.read.task.create({
      data: { id: 't', communityId: community?.id ?? '', kind: 'help', key: 'k', personId, payload, createdAt: new Date(0) },
    });
    await storage.read.code.create({
      data: {
        hash: 'h',
        communityId: community?.id ?? '',
        kind: 'link',
        createdBy: personId,
        payload,
        createdAt: new Date(0),
        expiresAt: new Date(9_999_999_999_999),
      },
    });
    // What waits in the queue holds it, so that message goes first.
    await storage.read.inbox.update({ where: { uid: 'waiting' }, data: { state: 'quarantined' } });
    await erases();
    expect(await storage.read.inbox.count({ where: { OR: [{ payload: { not: null } }, { queue }] } })).toBe(0);
    expect(await storage.read.outbox.count({ where: { OR: [{ payload: { not: null } }, { dedupeKey: 'later' }] } })).toBe(0);
    expect(await storage.read.conversation.findMany({ where: { key: { contains: mother } } })).toEqual([]);
    expect(await storage.read.task.findMany()).toMatchObject([{ payload: null, personId }]);
    expect(await storage.read.code.count()).toBe(0);
  });

  test('names everybody who goes, older people too', async () => {
    await stage.publish();
    await signUp();
    await stage.talks(mother, '我的家人', '添加家里老人', '王爷爷', '1');
    expect(await asks()).toContain('王小明、王爷爷');
    await stage.says(mother, '删除');
    await night();
    expect(await everythingIn(storage)).not.toContain('王爷爷');
  });

  test('twice deletes once; whoever comes back is somebody new', async () => {
    await signUp();
    const before = await stage.personId(mother);
    await erases();
    expect(await stage.says(mother, '删除')).toContain('我是费家营社区的小邻');
    expect(await stage.personId(mother)).not.toBe(before);
    expect(await stage.says(mother, '我的家人')).toContain('还没有记下家人');
    expect(await storage.read.auditEntry.count({ where: { action: 'person.erased' } })).toBe(1);
  });

  test('the same message again deletes nobody who has come back', async () => {
    await erases();
    const [last] = stage.house.adapter.updates.slice(-1);
    await stage.says(mother, '你好');
    const again = await stage.personId(mother);
    if (last) await stage.house.adapter.deliver(last);
    expect(await stage.personId(mother)).toBe(again);
    await night();
    // Nor does the night take away what they have opened since.
    expect(await stage.says(mother, '1')).toContain('眼下没有可以报名的活动');
  });

  test('needs the word, typed, within half an hour of the list', async () => {
    await stage.says(mother, '你好');
    expect(await asks()).toContain('请打两个字：删除');
    expect(stage.buttons(mother)).toEqual(['先导出一份', '不删']);
    const token = stage.house.adapter.shown(mother).at(-1)?.choices[0]?.value.split(':')[1];
    for (const place of [2, 3]) await stage.forges(mother, `m:${token}:${place}`);
    for (const text of ['删', '删除吧', '不删除', '2', '删除我']) await stage.says(mother, text);
    expect(await storage.read.person.count({ where: { name: mother } })).toBe(1);
    await asks();
    stage.house.advance(31 * 60_000);
    expect(await stage.says(mother, '删除')).toContain('请打两个字：删除');
    expect(await storage.read.person.count({ where: { name: mother } })).toBe(1);
    expect(await stage.says(mother, '删除')).toContain('都删掉了');
  });

  test('is refused to the last administrator, with the way out', async () => {
    await stage.claims(mother);
    expect(await asks()).toContain('您是费家营社区唯一的管理员');
    expect(await stage.says(mother, '删除')).not.toContain('都删掉了');
    const [role] = await storage.read.role.findMany();
    await stage.says('社工小李', '你好');
    await storage.read.role.create({
      data: { id: 'r', communityId: role?.communityId ?? '', personId: await stage.personId('社工小李'), role: 'administrator' },
    });
    expect(await erases()).toContain('都删掉了');
    expect(await storage.read.role.count()).toBe(1);
  });

  test('a button of before is a stranger’s afterwards', async () => {
    await stage.publish();
    await stage.says(mother, '我的资料');
    const button = stage.house.adapter.shown(mother).at(-1)?.choices[0]?.value ?? '';
    await erases();
    expect(await stage.forges(mother, button)).toEqual({ notice: '这个按钮过时了，看最新一条就行。' });
  });
});
