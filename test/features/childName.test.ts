import { describe, expect, test } from 'vitest';
import { databases } from '../support/databases.js';
import { onStage } from './onStage.js';
import type { Stage } from './stage.js';

describe.each(databases)('the name of a child ($name)', ({ open }) => {
  let stage: Stage;
  onStage(open, (ground) => {
    ({ stage } = ground);
  });

  test('is no answer, question, day, description or command, in the sign-up and among one’s family', async () => {
    await stage.publish();
    for (const begin of [
      ['报名', '爸妈'],
      ['我的家人', '添加孩子', '爸妈'],
    ]) {
      await stage.talks('王妈妈', ...begin);
      for (const none of ['同意', '删除', '什么时候有空', '二〇一八年五月二十日', '别人家孩子', '社区 王小明'])
        expect(await stage.says('王妈妈', none), none).toContain('像名字');
      expect(await stage.says('王妈妈', '何时')).toContain('何时是哪天');
      await stage.says('王妈妈', '退出');
    }
  });

  test('is asked once more after a command was called there, which asks first', async () => {
    await stage.talks('王妈妈', '我的家人', '添加孩子', '爸妈');
    expect(await stage.says('王妈妈', '撤销')).toContain('先离开它吗？');
    expect(await stage.says('王妈妈', '1')).toContain('孩子叫什么名字？');
  });
});
