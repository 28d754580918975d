import { describe, expect, test } from 'vitest';
import { open } from '../../src/dialog/index.js';
import { talk, world } from './sample/driver.js';
import { newEvent } from './sample/newEvent.js';

const answers = { title: '美术课', kind: 'class', day: '2026-08-02', place: '一楼', capacity: 10 } as const;
const form = () => talk(newEvent, open(newEvent, world({}), { answers }), world({}));

describe('corrections by number at a form', () => {
  test.each<[string, object]>([
    ['3 2026-08-09', { day: '2026-08-09' }],
    ['1 手工课 5 20', { title: '手工课', capacity: 20 }],
    ['3 周六 4 二楼 5 20人', { day: '2026-08-01', place: '二楼', capacity: 20 }],
    ['３ 2026-08-09', { day: '2026-08-09' }],
    ['3、2026-08-09', { day: '2026-08-09' }],
    ['3：2026-08-09', { day: '2026-08-09' }],
    ['3改成2026-08-09', { day: '2026-08-09' }],
    ['3. 2026-08-09', { day: '2026-08-09' }],
    ['3 周六 5 20人', { day: '2026-08-01', capacity: 20 }],
    ['3 周六\n5 20人', { day: '2026-08-01', capacity: 20 }],
    ['3 周六；5 20', { day: '2026-08-01', capacity: 20 }],
    ['2 外出', { kind: 'outing' }],
    ['5 无', { capacity: null }],
    ['1 手工课 第 5 节', { title: '手工课 第 5 节' }],
    ['4 二楼; 三号门', { place: '二楼; 三号门' }],
    ['1 <b>课</b>', { title: '<b>课</b>' }],
  ])('%j', (written, changed) => {
    const one = form();
    one.say(written);
    expect(one.last.state?.answers).toEqual({ ...answers, ...changed });
  });

  test.each([
    ['1 手工课 4 三楼', '可以有几种看法'],
    ['3 周六\n3 2026-08-09', '可以有几种看法'],
    ['8月1日', '没看懂'],
    ['9 什么', '没看懂'],
    ['周六', '没看懂'],
    ['3 改天', '日期没看懂'],
    ['2 3', '请回前面的数字'],
    ['3 周六 5 很多', '名额请写数字'],
    ['5 0', '至少1'],
    ['5 1 2 3 4 5 6 1 2 3 4 5 6', '名额请写数字'],
  ])('%j changes nothing: %s', (written, why) => {
    const one = form();
    one.say(written);
    expect(one.shown).toContain(why);
    expect(one.last.state?.answers).toEqual(answers);
  });

  test('several at once are undone at once', () => {
    const one = form();
    one.say('3 周六 5 20人');
    one.say('返回');
    expect(one.last.state?.answers).toEqual(answers);
    expect(one.shown).toMatch(/^< 好，刚才改的那一处退回去了。\n/);
  });

  test('an answer that no longer applies goes, and comes back with the undo', () => {
    const one = form();
    one.say('2 外出');
    one.say('1');
    expect(one.last.state?.answers).toMatchObject({ bus: true });
    one.say('2 节日');
    expect(one.last.state?.answers).not.toHaveProperty('bus');
    expect(one.shown).not.toContain('大巴');
    one.say('返回');
    expect(one.last.state?.answers).toMatchObject({ kind: 'outing', bus: true });
  });
});
