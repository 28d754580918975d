import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buttonsOf, createRegistry, menuChoices, menuOf, pagesOf, type Command, type Feature, type Item } from '../../src/command/index.js';
import { pressedValue, typedValue } from '../../src/command/menu.js';
import { texts } from '../support/house.js';

const t = texts.in('zh-CN');
const items = (count: number): Item[] => Array.from({ length: count }, (_, n) => ({ label: `活动${n + 1}`, line: `/event ${n + 1}` }));
const keys = (choices: ReturnType<typeof menuChoices>) => choices.map(({ key, label }) => `${key} ${label}`);

describe('a menu', () => {
  test('of up to eight stands on one page', () => {
    expect(keys(menuChoices(t, items(8), pagesOf('events', '')))).toEqual([
      ...Array.from({ length: 8 }, (_, n) => `${n + 1} 活动${n + 1}`),
      '0 返回',
      '9 找人帮忙',
    ]);
    expect(keys(menuChoices(t, []))).toEqual(['0 返回', '9 找人帮忙']);
  });

  test('of more pages seven by seven, with 8 for more, round to the first', () => {
    const page = (args: string) => menuChoices(t, items(9), pagesOf('events', args));
    expect(keys(page(''))).toEqual([...Array.from({ length: 7 }, (_, n) => `${n + 1} 活动${n + 1}`), '8 更多', '0 返回', '9 找人帮忙']);
    expect(page('').find(({ key }) => key === '8')?.value).toBe('/events 2');
    expect(keys(page('2'))).toEqual(['1 活动8', '2 活动9', '8 回第一页', '0 返回', '9 找人帮忙']);
    expect(page('2').find(({ key }) => key === '8')?.value).toBe('/events 1');
    expect(keys(page('3'))).toEqual(keys(page('')));
    for (const odd of ['0', '-1', 'x', '99999', '1.5', '__proto__']) expect(keys(page(odd)).length).toBeGreaterThan(2);
  });

  test('offers every entry once, each under a digit of its own', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), (count) => {
        const seen: string[] = [];
        let args = '';
        do {
          const choices = menuChoices(t, items(count), pagesOf('events', args));
          expect(new Set(choices.map(({ key }) => key)).size).toBe(choices.length);
          expect(choices.every(({ key }) => /^\d$/u.test(key ?? ''))).toBe(true);
          seen.push(...choices.map(({ value }) => value).filter((value) => value.startsWith('/event ')));
          args = choices.find(({ key, value }) => key === '8' && value.startsWith('/events '))?.value.split(' ')[1] ?? '1';
        } while (args !== '1');
        expect(seen).toEqual(items(count).map(({ line }) => line));
      }),
    );
  });

  test('gives its values to its own buttons only, and carries none of them', () => {
    const menu = menuOf({ text: '', choices: [{ key: '1', label: '删掉王小明', value: '/child-forget d1' }] }, 'tok', 0);
    const [button] = buttonsOf(menu);
    expect(button?.value).toBe('m:tok:0');
    expect(pressedValue(menu, 'm:tok:0')).toBe('/child-forget d1');
    expect(pressedValue({ ...menu, token: 'new' }, 'm:tok:0')).toBeNull();
    expect(pressedValue(undefined, 'm:tok:0')).toBeNull();
  });

  test('knows a label in whatever width and capitals', () => {
    const menu = menuOf({ text: '', choices: [{ key: '1', label: 'English', value: '/language en' }] }, 'tok', 0);
    expect(typedValue(menu, 'ｅｎｇｌｉｓｈ')).toBe('/language en');
    expect(typedValue(menu, 'Englishman')).toBeNull();
  });
});

describe('the registry', () => {
  const command = (name: string, words: string[] = []): Command<null> => ({
    name,
    words,
    for: 'everyone',
    inGroup: 'there',
    answer: () => Promise.resolve({}),
  });
  const feature = (name: string, more: Partial<Feature<null>>): Feature<null> => ({
    name,
    commands: [],
    dialogs: [],
    effects: [],
    ...more,
  });
  const never = () => Promise.reject(new Error());
  const room = { name: 'd', subjectKey: 'd.subject', for: 'everyone' as const, open: never, step: never };
  const runner = { type: 'e', run: () => Promise.resolve() };

  test.each([
    ['commands', { commands: [command('a')] }, { commands: [command('a')] }],
    ['words', { commands: [command('a', ['报名'])] }, { commands: [command('b', ['报名'])] }],
    ['dialogs', { dialogs: [room] }, { dialogs: [room] }],
    ['effects', { effects: [runner] }, { effects: [runner] }],
  ])('refuses two %s of one name', (_what, one, other) => {
    expect(() => createRegistry([feature('one', one), feature('other', other)])).toThrow('is registered twice');
    expect(() => createRegistry([feature('one', one)])).not.toThrow();
  });

  test('runs no effect that nobody knows', () => {
    expect(() => createRegistry<null>([]).effect('__proto__')).toThrow('No feature runs');
  });
});
