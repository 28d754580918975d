import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNumber } from '../../src/understand/index.js';
import { readNumeral } from '../../src/understand/numbers.js';

/** Prints a number below a million as it is said. */
function inChinese(value: number): string {
  if (value >= 10_000) {
    const rest = value % 10_000;
    return `${inChinese(Math.floor(value / 10_000))}万${rest === 0 ? '' : `${rest < 1000 ? '零' : ''}${inChinese(rest)}`}`;
  }
  const digits = '零一二三四五六七八九';
  if (value === 0) return '零';
  const signs = String(value)
    .split('')
    .map((digit, at, all) => (digit === '0' ? '零' : `${digits[Number(digit)]}${['', '十', '百', '千'][all.length - 1 - at]}`))
    .join('')
    .replace(/零+/g, '零')
    .replace(/零$/, '');
  return value < 20 && value > 9 ? signs.replace(/^一/, '') : signs;
}

describe('parseNumber', () => {
  it.each([
    ['3', 3],
    ['３', 3],
    ['三', 3],
    ['十二', 12],
    ['二十', 20],
    ['两', 2],
    ['两个', 2],
    ['两个孩子', 2],
    ['俩', 2],
    ['一百', 100],
    ['1,000', 1000],
    ['1，000', 1000],
    ['一百零五', 105],
    ['一百二', 120],
    ['两千零一', 2001],
    ['三万五', 35_000],
    ['二〇', 20],
    ['廿五', 25],
    ['20人', 20],
    ['2️⃣', 2],
    ['+1', 1],
    ['零', 0],
  ])('reads %s', (text, value) => {
    expect(parseNumber(text)).toEqual({ ok: true, value });
  });

  it.each(['', 'x', '三四', '十几', '1.5', '1e5', '0x10', 'NaN', 'Infinity', '1,00', '百', '__proto__', '一二三', '你好'])(
    'does not read %j',
    (text) => {
      expect(parseNumber(text)).toEqual({ ok: false, reason: 'unreadable' });
    },
  );

  it('does not look at a text that is too long for an answer', () => {
    expect(parseNumber('1'.repeat(201))).toEqual({ ok: false, reason: 'unreadable' });
  });

  it.each(['-1', '负三', '99999999999999999999', '一百亿', '11'])('finds %s out of range', (text) => {
    expect(parseNumber(text, { min: 0, max: 10 })).toEqual({ ok: false, reason: 'outOfRange' });
  });

  it('gives a number back in digits and in Chinese', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999 }), (value) => {
        expect(parseNumber(String(value))).toEqual({ ok: true, value });
        expect(parseNumber(inChinese(value))).toEqual({ ok: true, value });
      }),
    );
  });

  it('gives a whole number within the bounds or a reason, whatever is written', () => {
    const signs = fc.string({ unit: fc.constantFrom(...'0123456789零一二两三十百千万亿负-,.+个人 '.split('')) });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), signs), (text) => {
        const read = parseNumber(text, { min: 1, max: 500 });
        if (read.ok) expect(Number.isInteger(read.value) && read.value >= 1 && read.value <= 500).toBe(true);
      }),
    );
  });
});

describe('readNumeral', () => {
  it('is undefined for a text that is more than a number', () => {
    expect(readNumeral('二十人')).toBeUndefined();
    expect(readNumeral('')).toBeUndefined();
  });
});
