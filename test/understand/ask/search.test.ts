import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSearch } from '../../../src/understand/index.js';

/** Tuesday 28 July 2026, 10:00. */
const here = { now: Date.parse('2026-07-28T02:00:00Z'), timeZone: 'Asia/Shanghai' };
const days = (from: string, to = from) => ({ from: `2026-${from}`, to: `2026-${to}` });

describe('readSearch', () => {
  it.each([
    ['什么时候有书法课', { words: ['书法'] }],
    ['书法课什么时候上', { words: ['书法'] }],
    ['有没有书法班？', { words: ['书法'] }],
    ['亲子活动有吗', { words: ['亲子'] }],
    ['这周末有什么活动', { ...days('08-01', '08-02'), words: [] }],
    ['下周末有活动吗', { ...days('08-08', '08-09'), words: [] }],
    ['这周有啥活动', { ...days('07-28', '08-02'), words: [] }],
    ['下周有没有广场舞', { ...days('08-03', '08-09'), words: ['广场舞'] }],
    ['明天有活动吗', { ...days('07-29'), words: [] }],
    ['今晚有电影吗', { ...days('07-28'), words: ['电影'] }],
    ['下周六上午有活动吗', { ...days('08-08'), words: [] }],
    ['下个月有哪些讲座', { ...days('08-01', '08-31'), words: ['讲座'] }],
    ['8月有什么活动', { ...days('08-01', '08-31'), words: [] }],
    ['中秋节有活动吗', { ...days('09-25'), words: [] }],
    ['最近有啥好玩的活动', { ...days('07-28', '08-11'), words: [] }],
    ['请问这周还有名额的活动有哪些？', { ...days('07-28', '08-02'), withPlaces: true, words: [] }],
    ['还有名额的', { withPlaces: true, words: [] }],
    ['哪些活动还有名额', { withPlaces: true, words: [] }],
    ['有没有适合6岁孩子的', { age: 6, words: [] }],
    ['六岁能报什么班', { age: 6, words: [] }],
    ['老人的活动', { sector: 'elderly', words: [] }],
    ['有适合老人的活动吗', { sector: 'elderly', words: [] }],
    ['孩子能参加什么活动', { sector: 'youth', words: [] }],
    ['党员活动', { sector: 'party', words: [] }],
    ['志愿活动', { sector: 'volunteering', words: [] }],
    ['有没有妇女活动', { sector: 'women', words: [] }],
    ['有什么助残活动', { sector: 'specialNeeds', words: [] }],
    ['节日活动有哪些', { sector: 'festivals', words: [] }],
    ['社区社会组织的活动', { sector: 'organisations', words: [] }],
    ['居委会的活动', { sector: 'committee', words: [] }],
    ['共益堂有活动吗', { sector: 'commons', words: [] }],
    ["what's on this week", { ...days('07-28', '08-02'), words: [] }],
    ['any classes for kids this weekend?', { ...days('08-01', '08-02'), sector: 'youth', words: [] }],
    ['when is the calligraphy class', { words: ['calligraphy'] }],
    ['is there a yoga class tomorrow', { ...days('07-29'), words: ['yoga'] }],
    ['what activities are there for 6 year olds', { age: 6, words: [] }],
    ['events for seniors', { sector: 'elderly', words: [] }],
    ['events with places left', { withPlaces: true, words: [] }],
  ])('understands %s', (text, search) => {
    expect(readSearch(text, here)).toEqual(search);
  });

  it.each(
    '张三|明天|8月1日|明天见|老人|活动|书法课|孩子|6岁|6-12岁|2|好的|谢谢|有|吗|什么|什么时候|有没有|我明天没有活动|明天的活动取消了吗|老人的活动室在哪|怎么报名|报名了吗|活动什么时候开始|有空吗|有机会吗|适合老人|社区二楼|名额20人|老人优先|我想参加书法课|书法课在哪上|明天的课我不去了|我家孩子6岁|孩子们都喜欢这个活动|今天的活动真好|美术课 8月1日10:00 二楼 20人|明天下午三点|what|hello|events|is there|when is it|when|Anna|what a nice event'.split(
      '|',
    ),
  )('leaves alone %s', (text) => {
    expect(readSearch(text, here)).toBeNull();
  });

  it('never throws, and gives days in order and an age of people', () => {
    const words = fc
      .array(
        fc.constantFrom(
          ...'什么时候,有,没有,书法课,活动,吗,这周末,下个月,明天,8月,适合,6岁,孩子,老人,的,还有名额,哪些,?,what is on,this week,for kids,events'.split(
            ',',
          ),
        ),
        { maxLength: 7 },
      )
      .map((all) => all.join(''));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), words), (text) => {
        const read = readSearch(text, here);
        if (read === null) return;
        expect((read.from ?? '') <= (read.to ?? '')).toBe(true);
        expect(read.age ?? 0).toBeLessThanOrEqual(120);
        for (const word of read.words) expect(word.trim()).not.toBe('');
        expect(readSearch(text, here)).toEqual(read);
      }),
    );
  });
});
