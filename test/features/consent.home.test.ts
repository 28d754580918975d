import { describe, expect, test } from 'vitest';
import { noEvent } from '../../src/people/index.js';
import type { Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { group } from '../support/house.js';
import { onStage } from './onStage.js';
import { artClass, type Stage } from './stage.js';

describe.each(databases)('a place held at home for want of a guardian’s consent on $name', ({ open }) => {
  let stage: Stage;
  let storage: Storage;
  onStage(open, async (ground) => {
    ({ stage, storage } = ground);
    await stage.publish({ capacity: 1 });
    await stage.talks('幸福妈妈', '我的家人', '添加孩子', '爸妈', '刘小宝', '2018-03-05', '同意', '1');
    for (const [name, bond] of [
      ['刘奶奶', '爷爷奶奶、外公外婆'],
      ['刘姑姑', '都不是'],
    ] as const)
      await stage.talks(name, codeIn(await stage.says('幸福妈妈', '请家人加入')), bond, '1');
    await stage.talks('刘奶奶', '报名', '1', '1');
    await stage.passes(1);
  });
  const codeIn = (text: string): string => /\d{4}-\d{4}/u.exec(text)?.[0] ?? '';
  const states = async () => (await storage.read.signUp.findMany()).map(({ status, heldFor }) => `${status} ${heldFor ?? '-'}`);
  const told = `刘奶奶给刘小宝先占了“${artClass}”的位，留到7月29日(周三) 18:00。您同意了才算报上。`;

  test('is said to the guardians at once, and their yes makes it count', async () => {
    expect(stage.heard('幸福妈妈').at(-1)).toBe(told);
    expect(stage.heard('刘姑姑').join('\n')).not.toContain('占了');
    expect(await stage.says('幸福妈妈', '1')).toContain('刘小宝报了“美术公益课堂第四节”，要您同意才算数。');
    await stage.talks('幸福妈妈', '同意', '1');
    expect(await states()).toEqual(['confirmed -']);
    expect(await storage.read.consent.count({ where: { eventId: { not: noEvent } } })).toBe(1);
    expect(stage.heard('刘奶奶').at(-1)).toBe(`刘小宝的监护人同意了，“${artClass}”报上了。`);
  });

  test('can be decided later: 我的报名 and 报名 of a guardian lead to the same text, and nobody else is offered it', async () => {
    await stage.says('幸福妈妈', '0');
    expect(stage.buttons('幸福妈妈')[0]).toBe('我是孩子爸妈，同意：美术公益课堂第四节');
    expect(await stage.says('幸福妈妈', '1')).toContain('要您同意才算数');
    await stage.says('幸福妈妈', '退出');
    expect(await stage.says('幸福妈妈', '报名')).toContain('要您同意才算数');
    await stage.says('刘姑姑', '我的报名');
    expect(stage.buttons('刘姑姑').join()).not.toContain('爸妈');
    await stage.says('刘奶奶', '我的报名');
    expect(stage.buttons('刘奶奶')[0]).toContain('要码给孩子爸妈');
    // What no menu offers her does not work either.
    const event = await storage.read.event.findFirstOrThrow();
    await stage.forges('刘姑姑', `/consent-to ${event.id}`);
    expect(await states()).toEqual(['held consent']);
  });

  test('and refused is on its way to others; whoever held it and the other guardians are told', async () => {
    await stage.talks('刘爸爸', codeIn(await stage.talks('幸福妈妈', '请家人加入')), '爸妈', '1');
    await stage.talks('幸福妈妈', '我的报名', '1', '不同意', '1');
    expect(await states()).toEqual(['cancelled consent']);
    for (const name of ['刘奶奶', '刘爸爸'])
      expect(stage.heard(name).at(-1)).toBe(`刘小宝的监护人没有同意参加“${artClass}”，报名取消了。有问题请找社工。`);
  });

  test('is settled once: the father who decides after the mother is told so', async () => {
    await stage.talks('刘爸爸', codeIn(await stage.talks('幸福妈妈', '请家人加入')), '爸妈', '1');
    await stage.talks('刘爸爸', '报名', '不同意');
    await stage.talks('幸福妈妈', '报名', '同意', '1');
    expect(await stage.says('刘爸爸', '1')).toBe('这件事已经定好了，或者占的位到时间放出来了，现在不用您定。');
    expect(await states()).toEqual(['confirmed -']);
  });

  test('in the middle of something else asks first whether to put that aside', async () => {
    await stage.talks('幸福妈妈', '我的家人', '添加孩子');
    await stage.presses('幸福妈妈', '看清楚再定');
    expect(stage.heard('幸福妈妈').at(-1)).toContain('先离开');
    expect(await stage.says('幸福妈妈', '2')).toContain('要您同意才算数');
  });

  test('whose time is over is free again, and both are told', async () => {
    await stage.passes(32 * 60);
    expect(await states()).toEqual(['released consent']);
    const text = `“${artClass}”给刘小宝占的位到时间了，还没填好，名额先放出来了。还想去的话，请再报一次名。`;
    expect([stage.heard('刘奶奶').at(-1), stage.heard('幸福妈妈').at(-1)]).toEqual([text, text]);
    expect(stage.heard(group.id).join()).not.toContain('刘小宝');
  });

  test('that staff let go: both are told', async () => {
    await stage.claims('社工小李');
    await stage.talks('社工小李', '管理', '1', '看占位', '1', '不留了，放出来');
    const text = `“${artClass}”给刘小宝占的位放出来了。有问题请找社工。`;
    expect([stage.heard('刘奶奶').at(-1), stage.heard('幸福妈妈').at(-1)]).toEqual([text, text]);
  });
});
