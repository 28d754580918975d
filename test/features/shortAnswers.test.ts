import { describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { onStage } from './onStage.js';
import type { Stage } from './stage.js';

describe.each(databases)('short answers, on $name', ({ open }) => {
  let stage: Stage;
  let storage: Storage;
  onStage(open, (ground) => {
    ({ stage, storage } = ground);
  });
  const offered = async () => {
    await stage.publish({ capacity: 1 });
    await stage.joins('王妈妈', '王小明 2018-05-20');
    await stage.joins('李妈妈', '李天 2018-02-02');
    await stage.talks('王妈妈', '我的报名', '1', '1');
    await stage.passes(10);
  };

  test.each(['好', '好的', '行', '可以', '好的。'])('%s is a yes to an offer that was read last', async (yes) => {
    await offered();
    expect(await stage.says('李妈妈', yes)).toContain('李天报上');
  });

  test('control: with nothing asked, or something else seen since, they are what they were, and 收到 is never a yes', async () => {
    await offered();
    expect(await stage.says('李妈妈', '收到')).not.toContain('报上');
    expect(await stage.says('王妈妈', '好的')).not.toContain('报上');
    await stage.passes(1);
    await stage.says('李妈妈', '活动');
    expect(await stage.says('李妈妈', '好的')).not.toContain('报上');
    expect(await stage.list()).toEqual(['王小明 cancelled', '李天 offered']);
  });

  test('不用 is a no to it', async () => {
    await offered();
    expect(await stage.says('李妈妈', '不用')).toContain('这次不要了');
  });

  /** 李天 and 李地 wait together for one place that is free, and are asked whether one may go first. */
  const pairAsked = async () => {
    await stage.publish({ capacity: 1 });
    await stage.talks('李妈妈', '报名', '爸妈', '李天 2018-02-02', '1', '李地 2019-02-02', '2', '是', '同意', '1');
    stage.house.setClock('2026-07-31T10:00');
    await stage.passes(0);
    expect(stage.heard('李妈妈').at(-1)).toContain('先去一个行吗');
  };

  test('好 is a yes to the question whether one of two may go first', async () => {
    await pairAsked();
    await stage.says('李妈妈', '好');
    expect(await stage.list()).toEqual(['李天 offered', '李地 waiting']);
  });

  test('that question can be answered from 我的报名 too, whatever was looked at since', async () => {
    await pairAsked();
    await stage.talks('李妈妈', '活动', '我的报名');
    await stage.presses('李妈妈', '先去一个也行：李天、李地');
    expect(await stage.list()).toEqual(['李天 offered', '李地 waiting']);
  });

  test('是我 and 好 make one of two accounts', async () => {
    await stage.publish();
    await stage.joins('王妈妈', '王小明 2018-05-20');
    const code = /\d{4}-\d{4}/u.exec(await stage.says('王妈妈', '绑定账号'))?.[0] ?? '';
    await stage.talks('妈妈平板', code, '1');
    expect(await stage.says('王妈妈', '是我')).toContain('合好了');
  });

  test('in a question of the event 0 goes back and 9 helps, and it is said how a 0 is written', async () => {
    await stage.publish({ minAge: 18, maxAge: null });
    await storage.transaction((tx) =>
      tx.event.updateMany({
        data: {
          questions: JSON.stringify([
            { text: '带几个小孩', options: [], optional: false },
            { text: '有没有过敏', options: [], optional: false },
          ]),
        },
      }),
    );
    expect(await stage.talks('王妈妈', '报名', '1')).toContain('带几个小孩\n0是返回，9是帮忙。答案就是0或9的话，请写“0个”“9个”');
    expect(await stage.says('王妈妈', '9')).toContain('没有就写“没有”');
    expect(await stage.says('王妈妈', '0')).toContain('给谁报名');
    await stage.talks('王妈妈', '1', '0个');
    expect(stage.heard('王妈妈').at(-1)).toBe('有没有过敏');
    expect(
      stage.house.adapter
        .shown('王妈妈')
        .at(-1)
        ?.choices.map(({ key }) => key),
    ).toEqual(['0', '9']);
    // Other numbers are answers as before.
    expect(await stage.says('王妈妈', '2')).toContain('带几个小孩 0个；有没有过敏 2');
  });

  test('a number in the group means nothing that stood there before somebody was asked in private', async () => {
    await stage.publish({ minAge: 18, maxAge: null });
    await stage.says('王妈妈', '你好');
    await stage.inGroup('王妈妈', '报名 张三', { mentioned: true });
    const heard = await stage.inGroup('王妈妈', '我的报名', { mentioned: true });
    expect(heard.privately.join()).toContain('张三');
    await stage.inGroup('王妈妈', '1');
    expect((await storage.read.signUp.findMany()).map(({ status }) => status)).toEqual(['confirmed']);
    // Control: while nothing else was asked, 1 answers what stands there.
    await stage.inGroup('王妈妈', '报名 李四', { mentioned: true });
    const { group: asked } = await stage.inGroup('王妈妈', '2');
    expect(asked.join()).toContain('要取消哪些');
  });
});
