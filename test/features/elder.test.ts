import { describe, expect, test } from 'vitest';
import { databases } from '../support/databases.js';
import { onStage } from './onStage.js';
import type { Stage } from './stage.js';

const hasHan = /\p{Script=Han}/u;

describe.each(databases)('simple mode ($name)', ({ open }) => {
  let stage: Stage;
  onStage(open, (ground) => {
    ({ stage } = ground);
  });

  test('is on, off and in another language for the whole of the answer that says so', async () => {
    expect(await stage.says('李奶奶', '大字简明')).toMatch(/\n回1：开始\n回0：返回\n回9：找人帮忙$/u);
    const english = await stage.says('李奶奶', '/language en');
    expect(english).toContain('All right, English from now on.');
    expect(english).toMatch(/\n1: What is on\n2: .*\n9: Ask a person$/u);
    expect(english).not.toMatch(hasHan);
    expect(await stage.says('李奶奶', '/language zh-CN')).toMatch(/^好，以后说中文。\n回1：看活动\n回2：我的报名\n回9：找人帮忙$/u);
    await stage.talks('李奶奶', '大字简明', '1');
    expect(stage.heard('李奶奶').at(-1)).toBe('好，变回原来的样子了。');
    expect(stage.buttons('李奶奶')).toEqual(['返回', '找人帮忙']);
  });

  test('has a short help, and says at every question that 0 goes back and 9 fetches somebody', async () => {
    await stage.claims('社工小李');
    await stage.publish();
    await stage.says('李奶奶', '大字简明');
    const help = await stage.says('李奶奶', '帮助');
    expect(help.split('\n')).toHaveLength(8);
    expect(help).toMatch(/\n回1：更多\n回0：返回\n回9：找人帮忙$/u);
    expect(await stage.says('李奶奶', '1')).toContain('绑定账号 — ');
    expect(await stage.says('李奶奶', '9')).toBe('好，社工会找您。\n想让我说得更简单些，就发“大字简明”。'.split('\n')[0]);
    expect(await stage.talks('李奶奶', '报名', '爸妈', '李小花')).toMatch(/\n回0：返回\n回9：找人帮忙$/u);
    expect(await stage.says('李奶奶', '9')).toBe('好，社工会找您。');
    expect(await stage.says('李奶奶', '0')).toContain('孩子叫什么名字？');
  });
});
