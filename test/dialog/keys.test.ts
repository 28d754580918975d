import { describe, expect, test } from 'vitest';
import { engineKeys, means, requiredKeys, type Word } from '../../src/dialog/index.js';
import { camp } from './sample/camp.js';
import { newEvent } from './sample/newEvent.js';
import { texts } from './sample/texts.js';

describe.each(['zh-CN', 'en'] as const)('texts in %s', (locale) => {
  const { t, keys } = texts(locale);

  test('the engine has all its words, and none that it does not use', () => {
    const own = keys.filter((key) => key.startsWith('dialog.'));
    expect(own.toSorted()).toEqual(engineKeys.map((key) => `dialog.${key}`).toSorted());
  });

  test.each([camp, newEvent])('$name has all its words', (dialog) => {
    expect(requiredKeys(dialog).filter((key) => !keys.includes(key))).toEqual([]);
  });

  test('negative control: a text that is missing is found', () => {
    expect(requiredKeys({ ...camp, name: 'nowhere', wordsOf: 'nowhere' }).filter((key) => !keys.includes(key))).toContain(
      'nowhere.session.ask',
    );
  });

  test.each([
    ['back', 'back'],
    ['leave', 'leave'],
    ['help', 'help'],
    ['skip', 'skip'],
    ['more', 'more'],
    ['restart', 'restart'],
    ['continue', 'continue'],
    ['agree', 'agree'],
    ['refuse', 'refuse'],
    ['people.another', 'add'],
    ['people.done', 'done'],
  ] as const)('the label %s is understood when typed', (key, word: Word) => {
    expect(means(t(`dialog.${key}`), word)).toBe(true);
  });
});

describe('words', () => {
  test.each([
    ['返回', 'back'],
    [' 返回。', 'back'],
    ['BACK!', 'back'],
    ['退出', 'leave'],
    ['不报了！', 'leave'],
    ['？', 'help'],
    ['?', 'help'],
    ['ｈｅｌｐ', 'help'],
    ['重来', 'restart'],
    ['跳过~', 'skip'],
  ] as const)('%j means %s', (text, word) => {
    expect(means(text, word)).toBe(true);
  });

  test.each(['我要返回老家', '退出群聊怎么弄', '不同意', '帮助老人', ''])('%j is not for the engine', (text) => {
    for (const word of ['back', 'leave', 'help', 'restart', 'skip', 'agree'] as const) expect(means(text, word)).toBe(false);
  });
});
