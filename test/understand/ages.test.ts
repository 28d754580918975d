import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAges, resolveBoundary, withBoundary } from '../../src/understand/index.js';

describe('parseAges', () => {
  it.each([
    ['6-12岁', { min: 6, max: 12 }],
    ['6～12周岁', { min: 6, max: 12 }],
    ['６到１２岁', { min: 6, max: 12 }],
    ['六至十二岁', { min: 6, max: 12 }],
    ['6岁—12岁', { min: 6, max: 12 }],
    ['6-12', { min: 6, max: 12 }],
    ['适合6-12岁儿童', { min: 6, max: 12 }],
    ['6岁至未满14岁', { min: 6, max: 13 }],
    ['6岁以上', { min: 6 }],
    ['年满18周岁', { min: 18 }],
    ['60周岁以上老人', { min: 60 }],
    ['12岁及以下', { max: 12 }],
    ['12岁以下（含12岁）', { max: 12 }],
    ['12岁以下（不含）', { max: 11 }],
    ['不满7岁', { max: 6 }],
    ['未成年人', { max: 17 }],
    ['成人', { min: 18 }],
    ['不限', {}],
    ['年龄不限', {}],
    ['老少皆宜', {}],
    ['7岁及以下', { max: 7 }],
    ['7周岁以上', { min: 7 }],
    ['7岁以上（不含7岁）', { min: 8 }],
    ['60岁以上老人', { min: 60 }],
    ['ages 6-12', { min: 6, max: 12 }],
    ['6 to 12 years old', { min: 6, max: 12 }],
    ['60+', { min: 60 }],
    ['18 and over', { min: 18 }],
    ['adults', { min: 18 }],
  ])('reads %s', (text, ages) => {
    expect(parseAges(text)).toEqual({ ok: true, ...ages, notes: [] });
  });

  it('tells that 以下 may leave the bound out', () => {
    expect(parseAges('12岁以下')).toEqual({ ok: true, max: 12, notes: [{ type: 'boundUnclear', age: 12, side: 'max' }] });
    expect(parseAges('6岁以上12岁以下')).toEqual({ ok: true, min: 6, max: 12, notes: [{ type: 'boundUnclear', age: 12, side: 'max' }] });
  });

  it('tells that 超过 and under may leave the bound out too', () => {
    expect(parseAges('超过7岁')).toEqual({ ok: true, min: 7, notes: [{ type: 'boundUnclear', age: 7, side: 'min' }] });
    expect(parseAges('under 7')).toEqual({ ok: true, max: 7, notes: [{ type: 'boundUnclear', age: 7, side: 'max' }] });
  });

  it.each([
    ['小学生', 6, 12],
    ['一到三年级', 6, 9],
    ['3-6年级', 8, 12],
    ['一年级', 6, 7],
    ['三年级以下', 6, 9],
    ['初中生', 12, 15],
    ['中小学生', 6, 18],
    ['grades 1-3', 6, 9],
  ])('takes the usual ages of %s, and says so', (text, minAge, maxAge) => {
    expect(parseAges(text)).toEqual({ ok: true, min: minAge, max: maxAge, notes: [{ type: 'gradeAges', text, minAge, maxAge }] });
  });

  it.each([
    ['6岁', 'unreadable'],
    ['6-3年级', 'unreadable'],
    ['小朋友', 'unreadable'],
    ['6个月-3岁', 'unreadable'],
    ['6-12岁和老人', 'unreadable'],
    ['', 'unreadable'],
    ['12-6岁', 'reversed'],
    ['6-200岁', 'outOfRange'],
    ['不满0岁', 'outOfRange'],
  ])('refuses %s: %s', (text, reason) => {
    expect(parseAges(text)).toEqual({ ok: false, reason });
  });

  it('gives bounds in order or a reason, whatever is written', () => {
    const signs = fc.string({ unit: fc.constantFrom(...'0123456789一二十岁周以上下不满含()-~及 '.split('')) });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), signs), (text) => {
        const read = parseAges(text);
        if (read.ok) expect((read.min ?? 0) >= 0 && (read.min ?? 0) <= (read.max ?? 120) && (read.max ?? 0) <= 120).toBe(true);
      }),
    );
  });
});

describe('resolveBoundary', () => {
  it.each([
    ['含', 'inclusive'],
    ['含7岁', 'inclusive'],
    ['7岁算', 'inclusive'],
    ['包括', 'inclusive'],
    ['Inclusive', 'inclusive'],
    ['不含', 'exclusive'],
    ['不包括7岁', 'exclusive'],
    ['7岁不算', 'exclusive'],
    ['exclusive', 'exclusive'],
    ['', undefined],
    ['含糊', undefined],
    ['7岁', undefined],
    ['含'.repeat(100_000), undefined],
  ])('reads case %#', (text, boundary) => {
    expect(resolveBoundary(text)).toBe(boundary);
  });

  it('settles an unclear bound on either side, and nothing else', () => {
    const under = parseAges('7岁以下');
    const over = parseAges('超过7岁');
    const clear = parseAges('6-12岁');
    if (!under.ok || !over.ok || !clear.ok) throw new Error('These are readable.');
    expect(withBoundary(under, 'inclusive')).toMatchObject({ max: 7, notes: [] });
    expect(withBoundary(under, 'exclusive')).toMatchObject({ max: 6, notes: [] });
    expect(withBoundary(over, 'inclusive')).toMatchObject({ min: 7, notes: [] });
    expect(withBoundary(over, 'exclusive')).toMatchObject({ min: 8, notes: [] });
    expect(withBoundary(clear, 'exclusive')).toEqual(clear);
  });
});
