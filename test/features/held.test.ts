import { describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { group } from '../support/house.js';
import { onStage } from './onStage.js';
import { artClass, person, type Stage } from './stage.js';

const grandmother = { id: '幸福奶奶', name: '幸福奶奶' };

describe.each(databases)('held places on $name', ({ open }) => {
  let stage: Stage;
  let storage: Storage;
  onStage(open, (ground) => {
    ({ stage, storage } = ground);
  });

  const shown = () => stage.house.adapter.shown(group.id);
  const card = () => shown().find(({ text }) => text.includes('【报名】'))?.text ?? '';
  /** Somebody without a private chat writes in the group; gives what they were told there. */
  const inGroup = async (
    text: string,
    from: { id: string; name: string } = grandmother,
    extra: { mentioned?: boolean; replyTo?: string } = {},
  ) => {
    const before = shown().length;
    await stage.house.adapter.says(from, group.id, text, extra);
    await stage.house.app.settle();
    return shown()
      .slice(before)
      .map((message) => message.text)
      .join('\n');
  };
  const toUs = { mentioned: true };
  const codeIn = (text: string): string => /\d{4}-\d{4}/u.exec(text)?.[0] ?? '';
  const rows = () => storage.read.signUp.findMany({ orderBy: { position: 'asc' } });
  const statuses = async () => (await rows()).map(({ status, heldFor }) => `${status} ${heldFor ?? '-'}`);

  test('are taken in the group by a number, use places, and show no name', async () => {
    await stage.publish({ capacity: 3 });
    expect(await inGroup('报名')).toBe(`报“${artClass}”吗？8月1日(周六) 10:00–11:30`);
    const said = await inGroup('2');
    expect(said).toContain('先占2个位，留到7月29日(周三) 18:00。名字别发群里。');
    expect(codeIn(said)).not.toBe('');
    expect(card()).toContain('已报 2/3 · 还有1个名额');
    expect(await statuses()).toEqual(['held participant', 'held participant']);
  });

  test('asked for twice are the same places', async () => {
    await stage.publish();
    await inGroup('带2个孩子', grandmother, toUs);
    expect(await inGroup('带2个孩子', grandmother, toUs)).toContain('您已经占了2个位');
    expect(await statuses()).toHaveLength(2);
  });

  test('more than five are for staff', async () => {
    await stage.publish();
    expect(await inGroup('带6个孩子', grandmother, toUs)).toBe('一次最多占5个位，更多请找社工。');
    expect(await statuses()).toEqual([]);
  });

  test.each(['带2个孩子', '报名 带2个孩子'])('%s counts with a mention or as an answer to the card, and not by itself', async (words) => {
    await stage.publish();
    expect(await inGroup(words)).toBe('');
    const replyTo = shown()[0]?.id ?? '';
    expect(await inGroup(words, grandmother, { replyTo })).toContain('先占2个位');
  });

  test('by somebody with a private chat go on there at once', async () => {
    await stage.publish();
    const said = await stage.inGroup('王妈妈', '带2个孩子', toUs);
    expect(said.group.join('\n')).toContain('先占2个位');
    expect(await stage.talks('王妈妈', '爸妈', '王小明 2018-05-20', '1', '王小红 2019-11-02', '2', '同意', '1')).toContain(
      '王小明、王小红报上了',
    );
    expect(await stage.list()).toEqual(['王小明 confirmed', '王小红 confirmed']);
  });

  test('fewer are named than were held: the others stay, and can be given back', async () => {
    await stage.publish();
    await stage.inGroup('王妈妈', '带2个孩子', toUs);
    expect(await stage.talks('王妈妈', '爸妈', '王小明 2018-05-20', '2', '同意', '1')).toContain('还占着1个位没填是谁');
    expect(await stage.says('王妈妈', '我的报名')).toContain('占的位 · 美术公益课堂第四节');
    expect(await statuses()).toEqual(['confirmed -', 'held participant']);
  });

  test('a parent fills them in by the code, once; whoever holds them keeps nothing', async () => {
    await stage.publish({ capacity: 2 });
    const code = codeIn(await inGroup('带2个孩子', grandmother, toUs));
    expect(await stage.says('幸福妈妈', code)).toContain('您是孩子的：');
    await stage.talks('幸福妈妈', '爸妈', '刘小宝 2018-03-05', '1', '刘小贝 2019-06-01', '2', '同意', '1');
    expect(await stage.list()).toEqual(['刘小宝 confirmed', '刘小贝 confirmed']);
    expect((await rows()).map(({ registrantId }) => registrantId)).toEqual(Array(2).fill(await stage.personId('幸福妈妈')));
    expect(await stage.says('路人', code)).toContain('已经有人用这个码填好了');
    expect(await inGroup('是吗')).toBe('');
    expect(shown().at(-1)).toMatchObject({
      text: `您占的“${artClass}”的2个位，孩子爸妈用您给的码填好了。`,
      mention: { name: '幸福奶奶' },
    });
    expect(await stage.says('幸福妈妈', code)).not.toContain('您是孩子的');
    expect(await storage.read.consent.count()).toBe(2);
  });

  test('are filled in by guardians alone: whoever is none takes nothing by the code, which stays good', async () => {
    await stage.publish({ capacity: 5 });
    const code = codeIn(await inGroup('带1个孩子', grandmother, toUs));
    for (const bond of ['都不是', '爷爷奶奶、外公外婆'])
      expect(await stage.talks('钱阿姨', code, bond)).toBe(
        '谢谢您。这个要孩子的爸妈或其他监护人来填，码还能用，请转给他们。想给自己家孩子报名，发“报名”就行。',
      );
    // She is known to be none by now, and is not asked again.
    await stage.talks('钱阿姨', '报名', '都不是', '1', '1');
    expect(await stage.says('钱阿姨', code)).toContain('码还能用，请转给他们');
    expect(await statuses()).toEqual(['held participant', 'held participant']);
    expect(await stage.talks('钱妈妈', code, '爸妈', '钱小宝 2018-01-01', '2', '同意', '1')).toContain('钱小宝报上了');
    expect(await statuses()).toEqual(['confirmed -', 'held participant']);
  });

  test('refused by a parent stand as they were: the code stays good, and whoever holds them is told without a name', async () => {
    await stage.publish();
    const code = codeIn(await inGroup('带1个孩子', grandmother, toUs));
    expect(await stage.talks('钱妈妈', code, '爸妈', '钱小宝 2018-01-01', '2', '不同意')).toBe(
      '好，什么都没有记下，也没有报名。占的1个位还留着，留到7月29日(周三) 18:00。改主意了，再把码发给我。',
    );
    expect(shown().at(-1)?.text).toBe(`您占的“${artClass}”的1个位，孩子爸妈没有同意，还没算报上。不要了就取消，让给别人。`);
    expect(await statuses()).toEqual(['held participant']);
    expect(await stage.talks('钱妈妈', code, '退出')).toContain('占的1个位还留着');
  });

  test('are not filled in by their own code but by its holder’s own button', async () => {
    await stage.publish();
    await stage.talks('邻居', '报名', '都不是', '1', '1');
    const code = codeIn(await stage.says('邻居', '要一个码给孩子爸妈'));
    expect(await stage.says('邻居', code)).toBe('这是您自己的码，请转给孩子爸妈。');
    expect(stage.buttons('邻居')).not.toContain('我就是爸妈，我来填');
    await stage.says('邻居', '我的报名');
    expect(stage.buttons('邻居').join()).not.toContain('填是谁');
    const event = await storage.read.event.findFirstOrThrow();
    await stage.forges('邻居', `/fill ${event.ref}`);
    const mine = codeIn(await inGroup('带1个孩子', grandmother, toUs));
    expect(await stage.says('幸福奶奶', mine)).toBe('这是您自己的码，请转给孩子爸妈。');
    expect(await stage.says('幸福奶奶', '我就是爸妈，我来填')).toContain('您是孩子的：');
    expect(await stage.says('幸福奶奶', '爷爷奶奶、外公外婆')).toBe(
      '孩子的名字要爸妈或其他监护人来填。您可以要个码给孩子爸妈。\n占的1个位还留着，留到7月29日(周三) 18:00。',
    );
    expect(stage.buttons('幸福奶奶')[0]).toBe('要一个码给孩子爸妈');
  });

  test('whose holder may name children lead on to who it is for, and leaving says that they stand', async () => {
    await stage.publish();
    await stage.inGroup('王妈妈', '带1个孩子', toUs);
    await stage.talks('王妈妈', '爸妈', '退出');
    expect(await stage.talks('王妈妈', '我的报名', '填是谁：美术公益课堂第四节')).toContain('您是孩子的：');
    expect(await stage.talks('王妈妈', '爸妈')).toContain('孩子叫什么名字');
    expect(await stage.says('王妈妈', '退出')).toBe('好，先不填。占的1个位还留着，留到7月29日(周三) 18:00。想填了，发“我的报名”。');
  });

  const filledByMother = async () => {
    const code = codeIn(await stage.talks('王妈妈', '退出', '我的报名', '要码给孩子爸妈：美术公益课堂第四节'));
    await stage.talks('王妈妈', '我的报名', '填是谁：美术公益课堂第四节', '爸妈');
    await stage.talks('幸福妈妈', code, '爸妈', '刘小宝 2018-03-05', '2', '同意', '1');
  };
  const givenBack = async () => {
    const { id } = await storage.read.signUp.findFirstOrThrow();
    await storage.transaction(async (tx) => void (await tx.signUp.update({ where: { id }, data: { status: 'cancelled' } })));
  };
  test.each([
    ['filled in meanwhile', filledByMother, '已经有人用这个码填好了'],
    ['free again', () => stage.passes(32 * 60), '占的位到时间，先放出来了'],
    ['given back', givenBack, '占的位已经取消了'],
  ] as const)('%s are not taken anew by a form that stands open', async (_what, happens, said) => {
    await stage.publish();
    await stage.inGroup('王妈妈', '带1个孩子', toUs);
    await stage.says('王妈妈', '爸妈');
    await happens();
    const before = await statuses();
    expect(await stage.says('王妈妈', '王小明 2018-05-20')).toContain(said);
    expect(await statuses()).toEqual(before);
  });

  test('a parent who fills in one of two is told of the other, and fills it in by the same code; nothing new is taken', async () => {
    await stage.publish({ capacity: 2 });
    const code = codeIn(await inGroup('带2个孩子', grandmother, toUs));
    const said = await stage.talks('幸福妈妈', code, '爸妈', '刘小宝 2018-03-05', '2', '同意', '1');
    expect(said).toContain('还占着1个位没填是谁，要填的话，再把那个码发给我。');
    expect(await statuses()).toEqual(['confirmed -', 'held participant']);
    await stage.talks('幸福妈妈', code, '2', '刘小贝 2019-06-01', '2', '同意', '1');
    expect(await stage.list()).toEqual(['刘小宝 confirmed', '刘小贝 confirmed']);
    // All are filled, so the code is over.
    expect(await stage.says('幸福妈妈', code)).toContain('您已经用过了');
  });

  test('two who confirm with one code: one has the places, the other is told', async () => {
    await stage.publish({ capacity: 1 });
    const code = codeIn(await inGroup('带1个孩子', grandmother, toUs));
    for (const [parent, child] of [
      ['幸福妈妈', '刘小宝 2018-03-05'],
      ['路人', '路小路 2018-04-01'],
    ] as const)
      await stage.talks(parent, code, '爸妈', child, '2', '同意');
    const { adapter, app } = stage.house;
    await Promise.all(['幸福妈妈', '路人'].map((name) => adapter.says(person(name), name, '1')));
    await app.settle();
    const list = await stage.list();
    expect(list.filter((line) => line.endsWith('confirmed'))).toHaveLength(1);
    expect(list).toHaveLength(1);
    const told = ['幸福妈妈', '路人'].map((name) => stage.heard(name).at(-1) ?? '');
    expect(told.filter((text) => text.includes('报上了'))).toHaveLength(1);
  });

  test('are reminded of once, in the group, and then go to whoever waits', async () => {
    await stage.publish({ capacity: 1 });
    await inGroup('带1个孩子', grandmother, toUs);
    await stage.joins('张爸爸', '张乐 2017-03-08');
    const before = shown().length;
    await stage.passes(29 * 60);
    await stage.house.app.tick();
    expect(
      shown()
        .slice(before)
        .map(({ text, mention }) => `@${mention?.name} ${text}`),
    ).toEqual([`@幸福奶奶 “${artClass}”占的1个位只留到7月29日(周三) 18:00，请让孩子爸妈来填，或者回9找人帮忙。`]);
    await stage.passes(3 * 60);
    expect(shown().at(-1)?.text).toBe(`“${artClass}”占的1个位到时间了，先放出来了。还想去的话，再回“报名”。`);
    expect(await statuses()).toEqual(['released participant', 'offered -']);
    expect(stage.heard('张爸爸').at(-1)).toContain('轮到张乐了');
  });

  test('may be filled in by the holder themselves, also after the sign-up was closed', async () => {
    const ref = await stage.publish({ capacity: 1 });
    const code = codeIn(await inGroup('带1个孩子', grandmother, toUs));
    await stage.claims('社工小李');
    await stage.talks('社工小李', '管理', '1', '停止报名');
    expect(await stage.talks('幸福妈妈', code, '爸妈', '刘小宝 2018-03-05', '2', '同意', '1')).toContain('刘小宝报上了');
    expect(await stage.says('路人', `/join ${ref}`)).toContain('现在不收报名了');
  });

  test('never oversell: of three places one is held, and three more want in', async () => {
    await stage.publish({ capacity: 3 });
    await inGroup('带1个孩子', grandmother, toUs);
    const parents = ['甲妈妈', '乙妈妈', '丙妈妈'];
    for (const [n, name] of parents.entries()) await stage.talks(name, '报名', '爸妈', `孙小${'一二三'[n]} 2018-01-0${n + 1}`, '2', '同意');
    const { adapter, app } = stage.house;
    await Promise.all(parents.map((name) => adapter.says(person(name), name, '1')));
    await app.settle();
    const taken = (await rows()).filter(({ status }) => status === 'held' || status === 'confirmed');
    expect(taken).toHaveLength(3);
    expect((await rows()).filter(({ status }) => status === 'waiting')).toHaveLength(1);
  });

  describe('for a child whose guardian has not agreed', () => {
    /** A mother with a child in the family, and a grandmother of the household whom staff have not confirmed. */
    const family = async () => {
      await stage.talks('幸福妈妈', '我的家人', '添加孩子', '爸妈', '刘小宝', '2018-03-05', '同意', '1');
      const code = codeIn(await stage.talks('幸福妈妈', '我的家人', '请家人加入'));
      await stage.talks('刘奶奶', code, '爷爷奶奶、外公外婆', '1');
    };

    test('a grandmother holds the place, and a parent who agrees by the code makes it count', async () => {
      await stage.publish({ capacity: 1 });
      await family();
      const said = await stage.talks('刘奶奶', '报名', '1', '1');
      expect(said).toContain('先给刘小宝占位，留到7月29日(周三) 18:00');
      expect(await statuses()).toEqual(['held consent']);
      await stage.passes(1);
      const code = codeIn(await stage.says('刘奶奶', '要一个码给孩子爸妈'));
      expect(await stage.says('幸福妈妈', code)).toContain('要您同意才算数');
      await stage.talks('幸福妈妈', '同意', '1');
      expect(await statuses()).toEqual(['confirmed -']);
      expect(stage.heard('刘奶奶').at(-1)).toBe(`刘小宝的监护人同意了，“${artClass}”报上了。`);
    });

    test('a parent who refuses gives the place on', async () => {
      await stage.publish({ capacity: 1 });
      await family();
      await stage.talks('刘奶奶', '报名', '1', '1');
      await stage.passes(1);
      const code = codeIn(await stage.says('刘奶奶', '要一个码给孩子爸妈'));
      await stage.talks('幸福妈妈', code, '不同意', '1');
      expect(await statuses()).toEqual(['cancelled consent']);
    });

    test('given back and taken back it is held still, not confirmed', async () => {
      await stage.publish();
      await family();
      await stage.talks('刘奶奶', '报名', '1', '1');
      await stage.talks('刘奶奶', '我的报名', '2', '1');
      expect(await statuses()).toEqual(['leaving consent']);
      await stage.says('刘奶奶', '撤销');
      expect(await statuses()).toEqual(['held consent']);
    });

    test('whoever waits without it and is offered a place has it held', async () => {
      await stage.publish({ capacity: 1 });
      await family();
      await stage.joins('张爸爸', '张乐 2017-03-08');
      await stage.talks('刘奶奶', '报名', '1', '1');
      await stage.talks('张爸爸', '我的报名', '1', '1');
      await stage.passes(10);
      await stage.says('刘奶奶', '1');
      expect(await statuses()).toEqual(['cancelled -', 'held consent']);
    });
  });

  test('a neighbour who is nothing to the child can only hold places, and writes no name', async () => {
    await stage.publish();
    expect(await stage.talks('邻居', '报名', '都不是')).toBe(`“${artClass}”先占几个位？孩子的名字等爸妈来填。`);
    const said = await stage.talks('邻居', '2个', '1');
    expect(said).toContain('先占2个位，留到7月29日(周三) 18:00。孩子爸妈来填了名字、同意了，才算报上。');
    expect(await statuses()).toEqual(['held participant', 'held participant']);
    expect(await storage.read.dependant.count()).toBe(0);
  });

  test('several without a name are one line: one of them is given back, or all, and all are taken back at once', async () => {
    await stage.publish();
    await stage.talks('邻居', '报名', '都不是', '3', '1');
    const said = await stage.says('邻居', '我的报名');
    expect(said.split('占的')).toHaveLength(2);
    expect(said).toContain('占的3个位 · 美术公益课堂第四节');
    const give = stage.buttons('邻居').filter((label) => label.startsWith('取消'));
    expect(give).toEqual(['取消占的1个位 · 美术公益课堂第四节', '取消占的3个位 · 美术公益课堂第四节']);
    expect(await stage.talks('邻居', give[0] ?? '', '1')).toContain(`取消好了：“${artClass}”占的1个位不要了。`);
    expect(await stage.talks('邻居', '我的报名', '取消占的2个位 · 美术公益课堂第四节')).toContain('占的2个位 · 美术公益课堂第四节');
    expect(await stage.says('邻居', '1')).toContain(`取消好了：“${artClass}”占的2个位不要了。`);
    expect(await statuses()).toEqual(Array(3).fill('leaving participant'));
    expect(await stage.says('邻居', '撤销')).toBe(`恢复好了，“${artClass}”占的3个位还留着。`);
    expect(await statuses()).toEqual(Array(3).fill('held participant'));
  });

  test('whoever holds some already is told that the number is the one in all', async () => {
    await stage.publish();
    await stage.talks('邻居', '报名', '都不是', '2', '1');
    expect(await stage.says('邻居', '报名')).toBe(`“${artClass}”先占几个位？孩子的名字等爸妈来填。已经占了2个，请回一共要几个。`);
    expect(await stage.says('邻居', '3')).toContain('一共占几个位：3');
    await stage.says('邻居', '1');
    expect(await statuses()).toEqual(Array(3).fill('held participant'));
    await stage.says('邻居', '/language en');
    expect(await stage.says('邻居', '/join')).toContain('3 are held already; send how many in all.');
    await stage.talks('邻居', 'leave', '/mine');
    expect(await stage.presses('邻居', `Cancel 1 held place · ${artClass}`)).toEqual({});
    expect(await stage.says('邻居', '1')).toContain(`Given back: 1 held place at “${artClass}”`);
    expect(await stage.says('邻居', 'undo')).toBe(`Brought back: 1 held place at “${artClass}”.`);
  });

  test('whoever presses 1 once more calls nobody; staff are told once, and asked again it is said that they know', async () => {
    await stage.publish();
    await stage.talks('邻居', '报名', '都不是', '1', '1');
    expect(await stage.says('邻居', '1')).toContain('把这个码告诉孩子爸妈');
    expect(await stage.says('邻居', '1')).toContain('您的报名');
    expect(await storage.read.task.count()).toBe(0);
    const onPaper = () => stage.talks('邻居', '我的报名', '要码给孩子爸妈：美术公益课堂第四节', '爸妈来社区填纸质的');
    expect(await onPaper()).toContain('好，社工知道了');
    expect(await stage.says('邻居', '1')).toContain('您的报名');
    expect(await onPaper()).toContain('已经告诉社工了，不用再说。');
    expect(await storage.read.task.count()).toBe(1);
    await stage.says('邻居', '/language en');
    expect(await stage.talks('邻居', '/mine', '1', 'The parents sign on paper')).toContain('Staff know already.');
    // Control: once it was seen to, it may be asked for again.
    await storage.read.task.updateMany({ data: { doneAt: new Date(stage.house.now()) } });
    expect(await stage.talks('邻居', '/mine', '1', 'The parents sign on paper')).toContain('All right, staff know');
    expect(await storage.read.task.count()).toBe(2);
  });

  test('their code is good until all are filled in, and says so; how many are left is not read back from before', async () => {
    await stage.publish();
    const said = await stage.talks('邻居', '报名', '都不是', '2', '1', '要一个码给孩子爸妈');
    expect(said).toContain('位填满以前都能用');
    expect(said).not.toContain('只能用一次');
    const code = codeIn(said);
    await stage.talks('王妈妈', code, '爸妈', '王小明 2018-05-20', '2', '同意');
    expect(await stage.talks('李妈妈', code, '爸妈', '李小红 2018-05-20', '2', '同意')).toContain(
      `“${artClass}”先占了位，等孩子爸妈来填。`,
    );
    await stage.says('王妈妈', '1');
    await stage.says('李妈妈', '1');
    expect(await stage.list()).toEqual(['王小明 confirmed', '李小红 confirmed']);
    await stage.talks('邻居', '/language en', '/join', '1', '1');
    expect(await stage.says('邻居', '1')).toContain('as long as a place is still to be filled in');
  });

  test('staff hold them longer or let them go, and the holder hears of it', async () => {
    const ref = await stage.publish({ capacity: 1 });
    await stage.talks('邻居', '报名', '都不是', '1', '1');
    await stage.claims('社工小李');
    await stage.passes(24 * 60);
    expect(await stage.talks('社工小李', '管理', '1', '看占位')).toContain('的占位：');
    expect(await stage.talks('社工小李', '1', '再留一段时间')).toContain('好，留到7月30日(周四) 18:00');
    expect(stage.heard('邻居').at(-1)).toContain('留到7月30日(周四) 18:00');
    // What was planned for its first end does nothing any more.
    await stage.passes(9 * 60);
    expect(await statuses()).toEqual(['held participant']);
    const [row] = await rows();
    expect(await stage.forges('邻居', `/hold-release ${row?.id}`)).not.toEqual({});
    expect(await statuses()).toEqual(['held participant']);
    await stage.talks('社工小李', '管理', '1', '看占位', '1', '不留了，放出来');
    expect(await statuses()).toEqual(['released participant']);
    expect(stage.heard('邻居').at(-1)).toContain('放出来了');
    expect(ref).not.toBe('');
  });
});

describe.each(databases)('grown-ups in the group on $name', ({ open }) => {
  let stage: Stage;
  let storage: Storage;
  onStage(open, async (ground) => {
    ({ stage, storage } = ground);
    await stage.publish({ title: '书法班', minAge: 18, maxAge: null, capacity: 3 });
  });
  const says = async (text: string, from = { id: '王叔', name: '王叔' }, mentioned = true) => {
    const before = stage.house.adapter.shown(group.id).length;
    await stage.house.adapter.says(from, group.id, text, { mentioned });
    await stage.house.app.settle();
    return stage.house.adapter
      .shown(group.id)
      .slice(before)
      .map((message) => message.text)
      .join('\n');
  };
  const rows = async () =>
    (await storage.read.signUp.findMany({ orderBy: { position: 'asc' } })).map(
      ({ participant, status, guestName }) => `${participant.slice(0, 1)} ${status}${guestName === null ? '' : ' named'}`,
    );

  test('who need no private chat are in by a word', async () => {
    expect(await says('报名', undefined, false)).toContain('报“书法班”吗？');
    expect(await says('1', undefined, false)).toBe('报上“书法班”了，一共1位。');
    expect(await says('报名', undefined, false)).toContain('报“书法班”吗？');
    expect(await says('1', undefined, false)).toBe('您已经报过“书法班”了。');
    expect(await rows()).toEqual(['p confirmed']);
  });

  test('+2 is asked about: two with the writer, or besides; whoever does not fit waits', async () => {
    for (const text of ['+2', '报名 2人', '报名+2']) expect(await says(text)).toBe('报“书法班”，一共几位？');
    expect(await rows()).toEqual([]);
    expect(await says('2', undefined, false)).toBe('报上“书法班”了，一共3位。');
    expect(await says('+1', { id: '李姐', name: '李姐' })).toContain('报“书法班”吗？');
    await says('+2', { id: '李姐', name: '李姐' });
    expect(await says('1', { id: '李姐', name: '李姐' }, false)).toContain('名额满了，2位先排候补，第1位起');
    expect(await rows()).toEqual(['p confirmed', 'g confirmed', 'g confirmed', 'p waiting', 'g waiting']);
  });

  test('a guest by name is kept sealed, is in once, and is not said in the group', async () => {
    const said = await says('报名 张三');
    expect(said).toBe('报上“书法班”了，一共1位。');
    expect(await says('报名 张三')).toBe('您已经报过“书法班”了。');
    expect(await rows()).toEqual(['g confirmed named']);
    const [row] = await storage.read.signUp.findMany();
    expect(Buffer.from(row?.guestName ?? []).toString('utf8')).not.toContain('张三');
    await stage.claims('社工小李');
    expect(await stage.talks('社工小李', '名单')).toContain('张三');
  });

  test('取消报名 and 撤销 work without a private chat, in numbers alone', async () => {
    await says('带2个人');
    expect(await says('取消报名', undefined, false)).toContain('您在“书法班”报了3个，要取消哪些？');
    expect(await says('1', undefined, false)).toBe('好，“书法班”的报名取消了。点错了，10分钟内回2就恢复。');
    // Whoever sends the 1 twice has not changed their mind.
    expect(await says('1', undefined, false)).toBe('好，到时候见。');
    expect(await rows()).toEqual(['p leaving', 'g leaving', 'g leaving']);
    expect(await says('撤销')).toBe('好，恢复了，“书法班”的3个报名都还在。');
    expect(await rows()).toEqual(['p confirmed', 'g confirmed', 'g confirmed']);
    await says('取消报名');
    await says('1', undefined, false);
    expect(await says('撤销', undefined, false)).toBe('');
    expect(await says('撤销')).toBe('好，恢复了，“书法班”的3个报名都还在。');
    expect(await says('撤销')).toContain('没有可以恢复的');
    expect(await says('取消报名', { id: '李姐', name: '李姐' })).toBe('您没有报这个活动。');
  });

  test('取消报名 by nobody’s name is for nobody while two lists are open; called by name it is for the one that somebody is in', async () => {
    await says('带1个人');
    await stage.publish({ title: '合唱队', minAge: 18, maxAge: null });
    expect(await says('取消报名', undefined, false)).toBe('');
    expect(await says('取消报名')).toContain('您在“书法班”报了2个');
  });

  test.each(['报名 110101201805200011', '报名 13800138000', '报名 王小明 2018-5-20', '我的电话13800138000', '/join 13800138000'])(
    '%s to the bot is told not to belong here, and nothing comes of it',
    async (words) => {
      const said = await says(words);
      expect(said).toBe('身份证号、电话和生日别发在群里，谁都看得到，请撤回那一条。要报名，点我头像私聊我就行。');
      expect(await says(words, undefined, words.startsWith('/'))).toBe(words.startsWith('/') ? said : '');
      expect(await rows()).toEqual([]);
    },
  );

  test.each(['报名 😀😀', '报名 <b>x</b>'])('%s is asked about the one event that is open, never which of several', async (words) => {
    expect(await says(words)).toContain('报“书法班”吗？');
    expect(await rows()).toEqual([]);
  });

  test('我不去了 gives it back; of several it is asked first', async () => {
    await says('带2个人');
    expect(await says('我不去了')).toContain('您在“书法班”报了3个，要取消哪些？');
    expect(await says('0', undefined, false)).toBe('好，不取消，报名都还在。');
    expect(await rows()).toEqual(['p confirmed', 'g confirmed', 'g confirmed']);
    await says('我不去了');
    expect(await says('1', undefined, false)).toContain('“书法班”的报名取消了');
    expect(await rows()).toEqual(['p leaving', 'g leaving', 'g leaving']);
    expect(await says('我不去了')).toBe('您没有报这个活动。');
  });
});
