import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readChildName } from '../../src/understand/index.js';

const surnames = ['王', '何', '常', '安', '孙', '那', '万', '要', '时', '宝', '年', '欧阳', '公孙', '司马', '上官', '诸葛'];
// Each of them is part of something that is refused.
const letters = Array.from('时好儿月年日一五十子涵男女宝家明有为可行同意对是要凡道了大小老妹安吉知名');

describe('the name of a child', () => {
  it.each([
    '何时',
    '常好',
    '安吉儿',
    '孙子涵',
    '公孙子',
    '晏几道',
    '李不凡',
    '袁了凡',
    '阿的江',
    '那英',
    '林三月',
    '王一年',
    '李同意',
    '张小宝',
    '李宝宝',
    '王大宝',
    '欧阳娜娜',
    '阿不都·热西提',
    '买买提吐尔逊·阿不都热合曼',
    'Can Yücel',
    'Link Zhang',
    'Will Smith',
    'Anna-Maria O’Brien',
    '我叫王小明',
  ])('is accepted: %s', (text) => {
    expect(readChildName(text)).toMatchObject({ ok: true });
  });

  it.each([
    '同意',
    '不同意',
    '删除',
    '好的',
    '是的',
    '没有',
    '不知道',
    '我不知道',
    '什么时候有书法课',
    '明天有课吗',
    '怎么报名',
    '我要报名',
    '二〇一八年五月二十日',
    '二零一八年五月',
    '一八年五月二十',
    '五月二十号',
    '农历八月初五',
    '别人家孩子',
    '别人家的',
    '孩子',
    '两个孩子',
    '孙子',
    '大孙子',
    '外孙女',
    '我家老大',
    '老二',
    '妈妈',
    '小学生',
    'my son',
    'when is the class',
    'yes',
  ])('is refused: %s', (text) => {
    expect(readChildName(text)).toEqual({ ok: false, reason: 'notAName' });
  });

  it('is never a word of a command with something behind it, unless it is a Latin name', () => {
    const calls = (text: string) => /^(?:社区|link) /iu.test(text);
    expect(readChildName('社区 王小明', calls)).toEqual({ ok: false, reason: 'notAName' });
    expect(readChildName('社区 王小明')).toMatchObject({ ok: true });
    expect(readChildName('Link Zhang', calls)).toMatchObject({ ok: true });
  });

  it('may have any of these letters behind a surname, and behind ·', () => {
    const given = fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 2 }).map((some) => some.join(''));
    fc.assert(
      fc.property(fc.constantFrom(...surnames.filter((one) => !'年时宝'.includes(one))), given, (surname, name) => {
        // Somebody's grandchild, and nobody's name.
        fc.pre(!/^孙(?:子|女儿?)$/u.test(`${surname}${name}`));
        expect(readChildName(`${surname}${name}`)).toEqual({ ok: true, name: `${surname}${name}` });
        expect(readChildName(`阿依${name}·${surname}${name}`)).toMatchObject({ ok: true });
      }),
    );
  });

  it('is never a question, a day or somebody’s child, whoever is named in it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...surnames),
        fc.constantFrom('什么时候来', '几岁了吗', '家孩子', '家的', '报名', '有没有空', '不去了', '的小朋友'),
        (surname, rest) => {
          expect(readChildName(`${surname}${rest}`)).toMatchObject({ ok: false });
        },
      ),
    );
  });
});
