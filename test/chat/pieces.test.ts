import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asShown, piecesOf, splitText, type Outbound } from '../../src/chat/index.js';

const everything = { buttons: true, files: true, mentions: true, replies: true, maxText: 12 };
const file = { name: '名单.csv', mimeType: 'text/csv', data: new Uint8Array([1]), instead: '这里看不了文件' };
const message: Outbound = {
  text: '第一段的话\n第二段的话\n第三段的话',
  choices: [{ key: '1', label: '好', value: 'v1' }],
  file,
  replyTo: 'm1',
  mention: { id: 'wang', name: '王妈妈' },
};

describe('a message as a platform shows it', () => {
  it('is as it is where everything can be shown', () => {
    expect(asShown(message, everything)).toEqual(message);
  });

  it('has lines for what cannot be shown, and no answer where there are none', () => {
    const nothing = { buttons: false, files: false, mentions: false, replies: false };
    expect(asShown({ ...message, text: '名单在这里' }, { ...everything, ...nothing })).toEqual({
      text: '@王妈妈 名单在这里\n这里看不了文件\n1 好',
    });
  });

  it('comes in pieces: the first answers and mentions, the last has the choices and the file', () => {
    const { choices, replyTo, mention } = message;
    expect(piecesOf(message, everything)).toEqual([
      { shown: { text: '第一段的话\n第二段的话', replyTo, mention } },
      { shown: { text: '第三段的话', choices, file }, rest: { text: '第三段的话', choices, file } },
    ]);
  });

  it('is in what is left after any of its pieces as it would have come', () => {
    const part = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('\n', '\n\n', ' ', '。', '，', '王小明', '\ud800'));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), fc.integer({ min: 2, max: 30 }), (parts, maxText) => {
        const pieces = piecesOf({ ...message, text: parts.join('') }, { ...everything, maxText });
        expect(pieces.map(({ shown }) => shown.text)).toEqual(splitText(parts.join(''), maxText));
        for (const [at, { rest }] of pieces.entries())
          if (rest)
            expect(piecesOf(rest, { ...everything, maxText }).map(({ shown }) => shown)).toEqual(
              pieces.slice(at).map(({ shown }) => shown),
            );
      }),
    );
  });
});
