import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAges, readAnnouncement, resolveBoundary } from '../../../src/understand/index.js';

/** Tuesday 28 July 2026, 10:00. */
const here = { now: Date.parse('2026-07-28T02:00:00Z'), timeZone: 'Asia/Shanghai' };
const read = (words: string) => readAnnouncement(`太极课 8月5日9:00-10:00 社区广场 ${words}`, here);

/** The ages of an announcement, and which age must be asked about. */
function agesOf(words: string) {
  const { minAge, maxAge, notes } = read(words);
  const asked = notes.find(({ type }) => type === 'boundUnclear');
  return [minAge, maxAge, asked?.type === 'boundUnclear' ? `${asked.age} ${asked.side}${asked.shutOut ? ' shut out' : ''}` : undefined];
}

describe('who is shut out', () => {
  it.each([
    ['50岁以下勿报', 50, undefined, '50 min shut out'],
    ['6岁以下请勿报名', 6, undefined, '6 min shut out'],
    ['6岁以下的小朋友请不要报名哦', 6, undefined, '6 min shut out'],
    ['6岁以下，请勿报名', 6, undefined, '6 min shut out'],
    ['谢绝6岁以下儿童参加', 6, undefined, '6 min shut out'],
    ['除6岁以下儿童外', 6, undefined, '6 min shut out'],
    ['超过70岁的老人谢绝参加', undefined, 70, '70 max shut out'],
    ['no under 18s', 18, undefined, '18 min shut out'],
    ['under 18s not allowed', 18, undefined, '18 min shut out'],
    ['6岁及以下勿报', 7, undefined, undefined],
    ['12岁以下（含12岁）不能参加', 13, undefined, undefined],
    ['12岁以下（不含）不能参加', 12, undefined, undefined],
    ['不满50岁勿报', 50, undefined, undefined],
    ['未满18岁谢绝参加', 18, undefined, undefined],
    ['未成年人谢绝参加', 18, undefined, undefined],
    ['65岁以上不建议参加', undefined, 64, undefined],
    ['不适合65岁以上老人', undefined, 64, undefined],
    ['70岁以上的一律不收！', undefined, 69, undefined],
    ['不满6岁、65岁以上请勿报名', 6, 64, undefined],
    ['18-70岁，65岁以上勿报', 18, 64, undefined],
    ['60岁以上及孕妇谢绝参加', undefined, 59, undefined],
    ['60岁以上老人、孕妇勿报', undefined, 59, undefined],
    // Who is named as welcome is not shut out.
    ['50-70岁，50岁以下勿报', 50, 70, undefined],
    ['适合6岁以上，不适合6岁以下', 6, undefined, undefined],
  ])('%s leaves %s–%s, and asks about %s', (words, min, max, asked) => {
    expect(agesOf(words)).toEqual([min, max, asked]);
    expect(read(words).notes).toContainEqual(expect.objectContaining({ type: 'agesShutOut' }));
  });

  it.each([
    '60-70岁谢绝参加',
    '非60岁以上老人勿报',
    '超过70岁的老人请不要爬',
    '6岁以下、超过65岁勿报',
    '谢绝6岁以下儿童单独参加',
    '小学生勿报',
    '不接收6岁以下的孩子',
    '6岁以下孩子就不要带了',
    '65岁以上老人慎报',
    '6岁以下小孩不占名额',
  ])('%s sets no limit and is told as not understood', (words) => {
    expect(agesOf(words)).toEqual([undefined, undefined, undefined]);
    expect(read(words).notes).toContainEqual({ type: 'unreadAges', text: words });
  });

  it.each([
    ['6岁以上 名额不限', 6, undefined],
    ['6-12岁，请勿迟到', 6, 12],
    ['18岁以上，不能参加请提前说', 18, undefined],
    ['不超过12岁', undefined, 12],
  ])('control: %s shuts nobody out beside', (words, min, max) => {
    expect(agesOf(words)).toEqual([min, max, undefined]);
    expect(read(words).notes).toEqual([]);
  });

  it('never lets in whom an announcement keeps out, whatever its words', () => {
    const bounds = fc.oneof(
      fc
        .constantFrom('以下', '及以下', '以内')
        .map((word) => ({ word: (age: number) => `${age}岁${word}`, out: (age: number) => age - 1 })),
      fc.constantFrom('不满', '未满', '不到').map((word) => ({ word: (age: number) => `${word}${age}岁`, out: (age: number) => age - 1 })),
      fc.constantFrom('以上', '及以上').map((word) => ({ word: (age: number) => `${age}岁${word}`, out: (age: number) => age + 1 })),
      fc.constantFrom('超过', '大于').map((word) => ({ word: (age: number) => `${word}${age}岁`, out: (age: number) => age + 1 })),
    );
    const who = fc.constantFrom('', '儿童', '的', '的小朋友', '老人', '者', '人群', '及孕妇', '老人、高血压患者', '孩子就');
    const no = fc.constantFrom(
      '勿',
      '请勿',
      '不要',
      '不能',
      '不得',
      '不可',
      '谢绝',
      '不建议',
      '不宜',
      '请不要',
      '一律不得',
      '恕不',
      '别',
      '非请勿',
    );
    const what = fc.constantFrom('报', '报名', '参加', '入内', '来', '', '玩', '独自前往');
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 99 }), bounds, who, no, what, (age, { word, out }, people, never, does) => {
        const { minAge = 0, maxAge = 120, ...rest } = read(`${word(age)}${people}${never}${does}`);
        if (rest.notes.some(({ type }) => type === 'unreadAges' || type === 'ageCondition')) expect([minAge, maxAge]).toEqual([0, 120]);
        else expect(out(age) < minAge || out(age) > maxAge).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('is understood as an answer too', () => {
    expect(parseAges('不满50岁勿报')).toEqual({ ok: true, min: 50, notes: [] });
    expect(parseAges('50岁以下勿报')).toEqual({
      ok: true,
      min: 50,
      notes: [{ type: 'boundUnclear', age: 50, side: 'min', shutOut: true }],
    });
    expect(parseAges('60-70岁勿报')).toEqual({ ok: false, reason: 'unreadable' });
  });

  it.each([
    ['含', 'exclusive'],
    ['含50岁', 'exclusive'],
    ['不含', 'inclusive'],
    ['not included', 'inclusive'],
    ['能来', 'inclusive'],
    ['50岁的能来', 'inclusive'],
    ['不能来', 'exclusive'],
    ['50岁', undefined],
  ])('of who may not come, %s makes the age %s', (answer, boundary) => {
    expect(resolveBoundary(answer, { shutOut: true })).toBe(boundary);
  });
});

describe('what holds for some ages only', () => {
  it.each([
    ['70岁以上老人需家属陪同', { required: true, fromAge: 70 }],
    ['7岁以下儿童须家长陪同', { required: true, upToAge: 7 }],
    ['12岁以下须有家长陪同', { required: true, upToAge: 12 }],
    ['7岁以下儿童，须家长陪同', { required: true, upToAge: 7 }],
    ['7岁以下的小朋友请由一名家长全程陪同', { required: true, upToAge: 7, perParticipant: 1 }],
    ['不满18岁需监护人签字同意', { required: true, upToAge: 17 }],
    ['10岁以上无需家长陪同', { required: false, fromAge: 10 }],
    ['over 70s must be accompanied by an adult', { required: true, fromAge: 71 }],
    ['60岁以上免费', undefined],
    ['3-6岁免费', undefined],
    ['18岁以上须本人签到', undefined],
    ['6岁以下儿童不得单独参加', { required: true, upToAge: 6 }],
    ['18岁以下孩子不能单独参加，须家长陪同', { required: true, upToAge: 18 }],
    ['65岁以上老人可由子女代报', undefined],
    ['free for over 60s', undefined],
  ])('%s is told, and is no limit', (words, companions) => {
    expect(read(words)).toMatchObject({ notes: [{ type: 'ageCondition', text: words }], rest: [] });
    expect(agesOf(words)).toEqual([undefined, undefined, undefined]);
    expect(read(words).companions).toEqual(companions);
    // Beside a limit it changes nothing of it.
    expect(agesOf(`18-30岁，${words}`)).toEqual([18, 30, undefined]);
  });

  it.each([
    ['6-12岁儿童须由家长陪同', 6, 12, { required: true }],
    ['3岁以上 需家长陪同', 3, undefined, { required: true }],
    ['欢迎60岁以上老人免费参加', 60, undefined, undefined],
    ['对象：7-9岁儿童须家长陪同', 7, 9, { required: true }],
    ['60岁以上（免费）', 60, undefined, undefined],
  ])('control: %s says who may come', (words, min, max, companions) => {
    expect(agesOf(words)).toEqual([min, max, undefined]);
    expect(read(words).companions).toEqual(companions);
  });

  it.each(['孕期12周以上', '怀孕12周以上', '6个月以上'])('%s is no age', (words) => {
    expect(agesOf(words)).toEqual([undefined, undefined, undefined]);
    expect(read(words).rest).toEqual([words]);
  });

  it('of 60岁以上居民优先 nothing is a limit', () => {
    expect(agesOf('60岁以上居民优先')).toEqual([undefined, undefined, undefined]);
    expect(read('60岁以上居民优先').rest).toEqual(['60岁以上居民优先']);
  });
});
