import { describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { createNotes } from '../../src/people/index.js';
import { databases } from '../support/databases.js';
import { everythingIn } from '../support/everything.js';
import { onStage } from './onStage.js';
import { artClass, type Stage } from './stage.js';

const li = '社工小李';
const chen = '社工小陈';

describe.each(databases)('a note of staff beside a sign-up, on $name', ({ open }) => {
  let stage: Stage;
  let storage: Storage;
  onStage(open, async (ground) => {
    ({ stage, storage } = ground);
    await stage.claims(li);
    await stage.publish();
    await stage.joins('王妈妈', '王小明 2018-05-20');
  });
  const audited = () => storage.read.auditEntry.count({ where: { action: 'signup.note' } });
  const writes = (name: string, note: string) => stage.talks(name, '名单', '1', '1', note, '1');
  const kept = async () => {
    const { id, note } = await storage.read.signUp.findFirstOrThrow();
    return note === null ? null : createNotes(stage.house.sealer).open(id, note);
  };
  const secondStaff = async () => {
    await stage.says(chen, '你好');
    const data = { id: 'chen', communityId: stage.house.community.id, personId: await stage.personId(chen), role: 'organiser' };
    await storage.read.role.create({ data });
  };

  test('is kept sealed, marked on the roster, shown to staff, and written down', async () => {
    expect(await writes(li, '对花生过敏')).toContain('记下了，只有工作人员和本人能看到');
    expect(await kept()).toBe('对花生过敏');
    await stage.says(li, '你好');
    expect(await everythingIn(storage)).not.toContain('对花生过敏');
    expect(await stage.says(li, '名单')).toContain('1. 王小明（8岁） · 王妈妈报的 · 有备注');
    expect(await stage.says(li, '1')).toContain('备注：对花生过敏');
    expect(await audited()).toBe(1);
    expect(await stage.says(li, '操作记录')).toContain(`社工小李改了“${artClass}”里王妈妈的报名的备注`);
  });

  test('is no business of other residents, and stands in the person’s own data', async () => {
    await writes(li, '对花生过敏');
    await stage.joins('张爸爸', '张乐乐 2017-03-08');
    for (const name of ['张爸爸', '王妈妈'])
      for (const words of ['我的报名', '活动', '我的资料', '我的家人']) expect(await stage.says(name, words)).not.toContain('花生');
    expect(stage.heard('group').join()).not.toContain('花生');
    expect(await stage.says('张爸爸', '导出我的资料')).not.toContain('花生');
    expect(await stage.says('王妈妈', '导出我的资料')).toContain(`“${artClass}” 王小明：工作人员的备注“对花生过敏”`);
    await stage.says('王妈妈', '存成一个文件');
    expect(new TextDecoder().decode(stage.house.adapter.shown('王妈妈').at(-1)?.file?.data)).toContain('花生');
  });

  test('is read before it is changed, and taken away by a word', async () => {
    await writes(li, '对花生过敏');
    expect(await stage.talks(li, '名单', '1', '改备注')).toContain('现在的备注：对花生过敏');
    expect(await stage.says(li, '删除')).toContain('备注：（不要备注）');
    expect(await stage.says(li, '1')).toBe('好，没有备注了。');
    expect(await kept()).toBeNull();
    expect(await audited()).toBe(2);
  });

  test.each([
    ['身份证620102201805200011', '身份证号'],
    ['字'.repeat(201), '最多200个字'],
    ['👨‍👩‍👧'.repeat(200), '最多200个字'],
  ])('is refused: %s', async (note, why) => {
    await stage.talks(li, '名单', '1', '1');
    expect(await stage.says(li, note)).toContain(why);
    expect(await stage.says(li, '退出')).toContain('什么都没有记下');
    expect(await kept()).toBeNull();
  });

  test.each(['𠮷'.repeat(200), '<b>注意</b> {{name}} %_', '  两边  空格  '])('is kept as it was written: %s', async (note) => {
    await writes(li, note);
    expect(await kept()).toBe(note.trim().replace(/\s+/gu, ' '));
  });

  test('of two who write at once the last counts, and both are written down', async () => {
    await secondStaff();
    await stage.talks(li, '名单', '1', '1', '对花生过敏');
    await stage.talks(chen, '名单', '1', '1', '奶奶来接');
    await stage.says(chen, '1');
    await stage.says(li, '1');
    expect(await kept()).toBe('对花生过敏');
    const rows = await storage.read.auditEntry.findMany({ where: { action: 'signup.note' }, orderBy: { id: 'asc' } });
    expect(rows.map(({ actorId }) => actorId)).toEqual([await stage.personId(chen), await stage.personId(li)]);
  });

  test('is not written beside a sign-up that was cancelled meanwhile, at any step', async () => {
    await stage.talks(li, '名单', '1');
    await stage.talks('王妈妈', '我的报名', '1', '1');
    expect(await stage.says(li, '1')).toContain('这个报名已经不在名单上了');
    await stage.says('王妈妈', '撤销');
    await stage.talks(li, '名单', '1', '1', '对花生过敏');
    await stage.talks('王妈妈', '我的报名', '1', '1');
    expect(await stage.says(li, '1')).toContain('这个报名已经不在名单上了');
    expect(await kept()).toBeNull();
    expect(await audited()).toBe(0);
  });

  test('is not written by whoever is staff no more in the middle of it', async () => {
    await stage.talks(li, '名单', '1', '1', '对花生过敏');
    await storage.read.role.deleteMany();
    expect(await stage.says(li, '1')).toContain('这个只有工作人员能用');
    expect(await kept()).toBeNull();
    // Control: with the role it is.
    const personId = await stage.personId(li);
    await storage.read.role.create({ data: { id: 'r', communityId: stage.house.community.id, personId, role: 'organiser' } });
    await writes(li, '对花生过敏');
    expect(await kept()).toBe('对花生过敏');
  });

  test('goes with the sign-up: when the person is deleted, and when the child is', async () => {
    await writes(li, '对花生过敏');
    await stage.talks('王妈妈', '删除我的资料', '删除');
    expect((await storage.read.signUp.findMany()).map(({ note }) => note)).toEqual([null]);
    await stage.joins('张爸爸', '张乐乐 2017-03-08');
    await writes(li, '奶奶来接');
    expect(await storage.read.signUp.count({ where: { note: { not: null } } })).toBe(1);
    await storage.read.dependant.deleteMany({ where: { signUps: { some: { note: { not: null } } } } });
    expect(await storage.read.signUp.count({ where: { note: { not: null } } })).toBe(0);
  });
});
