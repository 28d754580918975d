import { describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { group } from '../support/house.js';
import { onStage } from './onStage.js';
import { type Stage } from './stage.js';

const li = '社工小李';
const announcement = '新活动 书法班 8月5日19:00-20:30 党群活动中心一楼 名额2人 18岁以上';

describe.each(databases)("the staff's form takes as a value what is one, on $name", ({ open }) => {
  let stage: Stage;
  let storage: Storage;
  onStage(open, async (ground) => {
    ({ stage, storage } = ground);
    await stage.claims(li);
  });
  const event = () => storage.read.event.findFirstOrThrow();

  test('a button of the form, an entry of a menu and a bare number are no name and no place', async () => {
    await stage.talks(li, announcement, '1');
    for (const said of ['确认发布', '确认修改', '导出名单', '2', '２.', '确认']) {
      const answer = await stage.says(li, said);
      expect(answer).toContain(`“${said}”不像名称，我没有记。\n`);
      expect(answer).toContain('\n活动叫什么？');
    }
    expect(await stage.says(li, '写字班')).toContain('1 名称：写字班');
    await stage.says(li, '4');
    expect(await stage.says(li, '确认发布')).toBe('“确认发布”不像地点，我没有记。\n在什么地方？');
    expect(await stage.says(li, '返回')).toContain('4 地点：党群活动中心一楼');
    // A line with the number says it as little.
    expect(await stage.says(li, '1 确认发布')).toContain('第1项“名称”没改成。“确认发布”不像名称，我没有记。');
    expect(await stage.talks(li, '返回', '确认发布')).toContain('发布好了');
    expect(await event()).toMatchObject({ title: '写字班' });
    // Nor while an event is changed; asked for the first time it is no different.
    expect(await stage.talks(li, '管理', '1', '改其他内容', '1', '确认修改')).toContain('不像名称');
    expect(await stage.talks(li, '返回', '退出', '新活动', '确认发布')).toContain('“确认发布”不像名称');
  });

  test('the number of the field that is open is no part of its value', async () => {
    await stage.talks(li, announcement, '7');
    expect(await stage.says(li, '7 彩笔')).toContain('7 要带：彩笔');
    await stage.says(li, '15');
    expect(await stage.says(li, '15 穿几码：S/M')).toContain('15 报名要答：穿几码（S/M）');
    await stage.says(li, '15');
    expect(await stage.says(li, '15、穿几码：S/M\n有没有过敏')).toContain('有没有过敏');
    await stage.says(li, '5');
    expect(await stage.says(li, '5 30')).toContain('5 名额：30人');
    // Another field behind it is another field.
    await stage.says(li, '7');
    const both = await stage.says(li, '7 毛笔 5 12');
    expect(both).toContain('7 要带：毛笔');
    expect(both).toContain('5 名额：12人');
    await stage.says(li, '1');
    expect(await stage.says(li, '1 2')).toContain('“2”不像名称');
    await stage.talks(li, '返回', '确认发布');
    expect(stage.heard(group.id).at(-1)).toContain('请带：毛笔');
    expect(await event()).toMatchObject({ title: '书法班' });
  });

  test('no name, and digits, are no name of a neighbour, a child or a guardian', async () => {
    await stage.publish({ capacity: 5 });
    await stage.talks(li, '代报名', '1');
    expect(await stage.says(li, '赵小虎 2017-1-1')).toContain('这里写大人的名字，不带数字。');
    for (const said of ['没有', '无', '不知道', '没有名字']) expect(await stage.says(li, said)).toContain('这不太像名字');
    await stage.talks(li, '赵爷爷', '跳过', '1', '1');
    for (const said of ['不知道', '无']) expect(await stage.says(li, said)).toContain('这不像名字');
    expect(await stage.says(li, '赵小虎 8岁')).toContain('不写数字');
    await stage.talks(li, '赵小虎 2018-1-1', '2', '是');
    expect(await stage.says(li, '没有')).toContain('这不太像名字');
    expect(await stage.says(li, '赵妈妈3')).toContain('名字里没有数字');
    expect(await stage.talks(li, '赵妈妈', '1', '1')).toContain('赵小虎报上了');
    expect((await storage.read.person.findMany()).map(({ name }) => name).sort()).toEqual(expect.arrayContaining(['赵妈妈', '赵爷爷']));
    expect(await stage.talks(li, '名单', '1')).toContain('纸质同意书：赵妈妈签的，');
  });
});
