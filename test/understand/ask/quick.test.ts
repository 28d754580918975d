import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readQuickSignUp } from '../../../src/understand/index.js';

describe('readQuickSignUp', () => {
  it.each([
    ['报名', { names: [] }],
    ['我报名', { names: [] }],
    ['+1', { names: [] }],
    ['报名 张三', { names: ['张三'] }],
    ['报名张三、李四', { names: ['张三', '李四'] }],
    ['报名：小满，毛毛', { names: ['小满', '毛毛'] }],
    ['帮我报名 王小明', { names: ['王小明'] }],
    ['给张三报名', { names: ['张三'] }],
    ['sign up Anna Li', { names: ['Anna Li'] }],
    ['带2个孩子', { names: [], children: 2 }],
    ['我带两个孩子', { names: [], children: 2 }],
    ['报名 带2个孩子', { names: [], children: 2 }],
    ['我和孩子', { names: [], children: 1 }],
    ['with 2 kids', { names: [], children: 2 }],
    ['+2', { names: [], places: 2 }],
    ['报名 2人', { names: [], places: 2 }],
    ['报名两个', { names: [], places: 2 }],
    ['＋２', { names: [], places: 2 }],
    ['我和老伴', { names: [], extra: 1 }],
    ['报名 我和老伴', { names: [], extra: 1 }],
    ['我俩报名', { names: [], extra: 1 }],
    ['三个人报名', { names: [], extra: 2 }],
    ['我们一家三口', { names: [], extra: 2 }],
    ['我带1个大人', { names: [], extra: 1 }],
  ])('joins for %s', (text, rest) => {
    expect(readQuickSignUp(text)).toEqual({ type: 'join', ...rest });
  });

  it.each([
    '我不去了',
    '取消',
    '取消报名',
    '来不了了',
    '去不了',
    '不参加了',
    '不好意思，临时有事来不了了',
    '孩子生病了来不了',
    '我家宝宝发烧了，去不了了',
    "can't make it",
    'cancel',
  ])('leaves for %s', (text) => {
    expect(readQuickSignUp(text)).toEqual({ type: 'leave' });
  });

  it.each(
    '怎么报名|报名了吗|老王也报名|爬山的扣1|报名成功|报名表|报名时间|报名方式|报名点在哪|报名的人多吗|取消吗|别取消|不取消|怎么取消|我去|带孩子|带2个苹果|明天不去|去不去|不去|张三|报名链接|报名 13900000000|报名 100|3个人|+100|+0|1|我和你|我们去吃饭|三个人参加了|报名从明天开始|cancel culture|我和老伴吵架了|join us|sign up form|帮孩子报名|报名处|报名需要什么|接龙 报名'.split(
      '|',
    ),
  )('leaves alone %s', (text) => {
    expect(readQuickSignUp(text)).toBeNull();
  });

  it('never throws, and gives names and numbers within bounds', () => {
    const words = fc
      .array(fc.constantFrom(...'报名, ,张三,、,李四,带,2个,孩子,我,和,老伴,+,3,取消,了,不去,一家,三口,:'.split(',')), { maxLength: 7 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), words), (text) => {
        const read = readQuickSignUp(text);
        if (read?.type !== 'join') return;
        expect(read.names.length).toBeLessThanOrEqual(10);
        for (const name of read.names) expect(text.normalize('NFKC')).toContain(name);
        for (const many of [read.children ?? 1, read.extra ?? 1]) expect(many >= 1 && many <= 20).toBe(true);
      }),
    );
  });
});
