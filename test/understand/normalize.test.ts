import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanLine, normalize } from '../../src/understand/index.js';
import { clean, fold } from '../../src/understand/normalize.js';

describe('normalize', () => {
  it.each([
    ['８月１日１０：００－１１：３０', '8月1日10:00-11:30'],
    ['６～１２岁，（含）', '6~12岁,(含)'],
    ['  明天 \t 下午\n三点  ', '明天 下午 三点'],
    ['王\u200b小\u202e明\u0000', '王小明'],
    ['上午１０點', '上午10点'],
    ['10∶30—11∶30', '10:30-11:30'],
    ['画画🎨👨‍👩‍👧', '画画🎨👨‍👩‍👧'],
  ])('makes %j readable', (written, read) => {
    expect(normalize(written)).toBe(read);
  });

  it('folds without moving anything', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const plain = clean(text);
        expect(fold(plain)).toHaveLength(plain.length);
      }),
    );
  });
});

describe('cleanLine', () => {
  it.each([
    ['  美术课（第四节）\n', '美术课（第四节）'],
    ['陈垚', '陈垚'],
    ['a\u200eb\u0007c', 'abc'],
    ['家庭👨‍👩‍👧日', '家庭👨‍👩‍👧日'],
    ['王\u200d明', '王明'],
  ])('keeps of %j what people see', (written, line) => {
    expect(cleanLine(written, { max: 20 })).toEqual({ ok: true, line });
  });

  it('refuses nothing and too much', () => {
    expect(cleanLine(' \u200b\n', { max: 5 })).toEqual({ ok: false, reason: 'empty' });
    expect(cleanLine('一二三四五六', { max: 5 })).toEqual({ ok: false, reason: 'tooLong' });
    expect(cleanLine('𠮷𠮷𠮷𠮷𠮷', { max: 5 })).toEqual({ ok: true, line: '𠮷𠮷𠮷𠮷𠮷' });
    expect(cleanLine('长'.repeat(100_000), { max: 5 })).toEqual({ ok: false, reason: 'tooLong' });
  });

  it('stores one visible line of any text, and does not change it again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const read = cleanLine(text, { max: 40 });
        if (!read.ok) return;
        // oxlint-disable-next-line no-control-regex -- that none is left is what is tested
        expect(read.line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|^\s|\s$|\s\s/u);
        expect(cleanLine(read.line, { max: 40 })).toEqual(read);
      }),
    );
  });
});
