import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAges } from '../../src/understand/index.js';

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
  ])('reads %s', (text, ages) => {
    expect(parseAges(text)).toEqual({ ok: true, ...ages, notes: [] });
  });

  it('tells that 以下 may leave the bound out', () => {
    expect(parseAges('12岁以下')).toEqual({ ok: true, max: 12, notes: [{ type: 'boundUnclear', age: 12 }] });
    expect(parseAges('6岁以上12岁以下')).toEqual({ ok: true, min: 6, max: 12, notes: [{ type: 'boundUnclear', age: 12 }] });
  });

  it.each([
    ['6岁', 'unreadable'],
    ['3-6年级', 'unreadable'],
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
