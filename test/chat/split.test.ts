import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitText } from '../../src/chat/index.js';

const withoutBlanks = (text: string): string => text.replaceAll(/\s/gu, '');

describe('a text that is longer than a message', () => {
  it.each([
    ['between paragraphs', '第一段的话。还有一句\n\n第二段的话', 16, ['第一段的话。还有一句', '第二段的话']],
    ['between lines', '活动：书法班\n时间：周六\n地点：二楼', 14, ['活动：书法班\n时间：周六', '地点：二楼']],
    ['after a sentence', '明天有沙尘。美术课不上了。名额给您留着', 14, ['明天有沙尘。美术课不上了。', '名额给您留着']],
    ['after a sentence with its quote', '她说：“好的。”然后就报上名了', 9, ['她说：“好的。”', '然后就报上名了']],
    ['after a comma', '带上彩笔、水杯、围裙和一件旧衣服', 9, ['带上彩笔、水杯、', '围裙和一件旧衣服']],
    ['between words', 'bring your own brushes', 12, ['bring your', 'own brushes']],
    ['not inside a number with a point', 'costs 12.50 today ok', 11, ['costs 12.50', 'today ok']],
    ['anywhere where there is nothing better', '一二三四五六', 4, ['一二三四', '五六']],
    ['but never inside an emoji', '👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 12, ['👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦']],
    ['and not so early that many small ones come of it', '好。一二三四五六七八九十', 8, ['好。一二三四五六', '七八九十']],
  ])('is cut %s', (_where, text, max, pieces) => {
    expect(splitText(text, max)).toEqual(pieces);
  });

  it('stays whole where it fits, also with blanks at its ends', () => {
    for (const text of ['', '  ', '\n好\n', '1234']) expect(splitText(text, 4)).toEqual([text]);
  });

  it('loses nothing but blanks at the cuts, and keeps every piece within its room', () => {
    const part = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('\n', '\n\n', ' ', '。', '，', '👨‍👩‍👧‍👦', '王小明', '\ud800'));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 60 }), fc.integer({ min: 2, max: 40 }), (parts, max) => {
        const text = parts.join('');
        const pieces = splitText(text, max);
        expect(withoutBlanks(pieces.join(''))).toBe(withoutBlanks(text));
        for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(max);
        if (pieces.length > 1) for (const piece of pieces) expect(piece).toBe(piece.trim());
      }),
    );
  });

  it('cuts no sign that fits into a message', () => {
    const sign = fc.constantFrom('👨‍👩‍👧‍👦', '🇨🇳', 'é', '王', 'a', '👍🏽');
    fc.assert(
      fc.property(fc.array(sign, { minLength: 1, maxLength: 40 }), fc.integer({ min: 11, max: 30 }), (signs, max) => {
        const segments = (text: string) => [...new Intl.Segmenter('zh').segment(text)].map(({ segment }) => segment);
        expect(splitText(signs.join(''), max).flatMap(segments)).toEqual(segments(signs.join('')));
      }),
    );
  });
});
