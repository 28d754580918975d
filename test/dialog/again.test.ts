import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { open } from '../../src/dialog/index.js';
import { talk, world } from './sample/driver.js';
import { newEvent } from './sample/newEvent.js';

const answers = { title: '美术课', kind: 'class', day: '2026-08-02', place: '一楼', capacity: 10 } as const;
const form = (...lines: string[]) => {
  const one = talk(newEvent, open(newEvent, world({}), { answers }), world({}));
  for (const line of lines) one.say(line);
  return one;
};
const long = `1 ${'长'.repeat(50)}`;

describe('a form that asks one field again', () => {
  test.each<[string, string[], object]>([
    ['a correction of another field is one, and the name stays', [long, '6 6-12岁'], { ages: { min: 6, max: 12 } }],
    ['the same after a refused number', ['5 -3', '3 周六'], { day: '2026-08-01' }],
    ['several lines are several corrections', [long, '6 6-12岁\n5 30人'], { ages: { min: 6, max: 12 }, capacity: 30 }],
    ['several in one line too', [long, '3 周六 5 30人'], { day: '2026-08-01', capacity: 30 }],
    ['the refused number once more is the same field', [long, '1 手工课'], { title: '手工课' }],
    ['without its number too', [long, '手工课'], { title: '手工课' }],
    ['what fits only the asked field is its answer', [long, '3 什么时候都行'], { title: '3 什么时候都行' }],
    ['a number that is no field is an answer', ['5 -3', '30'], { capacity: 30 }],
    ['its own number is an answer', ['5 -3', '5'], { capacity: 5 }],
    ['where the field was chosen, its own answer comes first', ['4', '1 号楼'], { place: '1 号楼' }],
    ['and a bare number too', ['5', '3'], { capacity: 3 }],
    ['but what cannot be its answer may be for another', ['3', '5 30人'], { capacity: 30 }],
    ['also after a wrong answer in between', ['5 -3', '很多', '3 周六'], { day: '2026-08-01' }],
    ['a choice is chosen by its own menu', ['2 9', '3'], { kind: 'outing' }],
  ])('%s', (_name, lines, changed) => {
    expect(form(...lines).last.state?.answers).toEqual({ ...answers, ...changed });
  });

  test('says which field was not changed, also the second time', () => {
    const one = form('5 -3');
    expect(one.shown).toMatch(/^< 第5项“名额”没改成。/);
    one.say('-4');
    expect(one.shown).toMatch(/^< 第5项“名额”没改成。/);
  });

  test('a bare number of another field at a question that takes words opens that field', () => {
    const one = form(long, '3');
    expect(one.shown).toMatch(/^< 哪一天？/);
    expect(one.last.state?.answers).toEqual(answers);
  });

  test('what can be both is asked: a bare number', () => {
    const asked = form('5 -3', '3');
    expect(asked.shown).toBe('< “3”是哪个意思？\n  [1 名额：3] [2 改第3项（日期）] [0 返回] [9 帮忙]');
    expect(form('5 -3', '3', '1').last.state).toMatchObject({ at: { place: 'readBack' }, answers: { ...answers, capacity: 3 } });
    expect(form('5 -3', '3', '2').last.state).toMatchObject({ at: { place: 'question', key: 'day' }, answers });
    expect(form('5 -3', '3', '2', '周六').last.state?.answers).toEqual({ ...answers, day: '2026-08-01' });
    expect(form('5 -3', '3', '0').last.state).toMatchObject({ at: { place: 'question', key: 'capacity' }, answers });
    expect(form('5 -3', '3', '哪个').shown).toMatch(/^< 我没看懂，请回前面的数字。/);
    const pressed = form('5 -3', '3');
    pressed.press('名额：3');
    expect(pressed.last.state?.answers).toEqual({ ...answers, capacity: 3 });
    const resumed = form('5 -3', '3');
    resumed.resume();
    resumed.say('1');
    expect(resumed.shown).toContain('“3”是哪个意思？');
  });

  test('what can be both is asked: words for two fields that take any', () => {
    const asked = form(long, '4 二楼');
    expect(asked.shown).toContain('[1 名称：4 二楼] [2 改第4项，地点：二楼]');
    expect(form(long, '4 二楼', '1').last.state?.answers).toEqual({ ...answers, title: '4 二楼' });
    expect(form(long, '4 二楼', '2').last.state?.answers).toEqual({ ...answers, place: '二楼' });
  });

  test('what was taken is undone at once', () => {
    expect(form(long, '6 6-12岁', '返回').last.state?.answers).toEqual(answers);
  });
});

describe('whatever stands behind a number', () => {
  const values: Readonly<Record<string, readonly [string, unknown][]>> = {
    3: [
      ['周六', '2026-08-01'],
      ['2026-09-09', '2026-09-09'],
    ],
    5: [
      ['30人', 30],
      ['12', 12],
    ],
    6: [['6-12岁', { min: 6, max: 12 }]],
  };
  const keys: Readonly<Record<string, string>> = { 3: 'day', 5: 'capacity', 6: 'ages' };
  const refused: Readonly<Record<string, string>> = { 1: long, 3: '3 某天', 4: `4 ${'远'.repeat(40)}`, 5: '5 0', 6: '6 某岁' };
  const field = fc.constantFrom('3', '5', '6');
  const correction = field.chain((n) => fc.constantFrom(...(values[n] ?? [])).map(([text, value]) => ({ n, text, value })));

  test('a correction of another field changes that field and no other, whichever was refused before', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(refused)),
        correction,
        fc.constantFrom(' ', '、', '：', '改成'),
        (asked, { n, text, value }, gap) => {
          fc.pre(asked !== n);
          const one = form(refused[asked] ?? '', `${n}${gap}${text}`);
          expect(one.last.state).toMatchObject({ at: { place: 'readBack' } });
          expect(one.last.state?.answers).toEqual({ ...answers, [keys[n] ?? '']: value });
        },
      ),
    );
  });

  test('no line at a refused field changes another unless it begins with that field’s number', () => {
    const line = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.constantFrom('周六', '30人', '6-12岁', '二楼', '课', '8月1日'),
    );
    fc.assert(
      fc.property(fc.constantFrom('1', '4', '5'), line, (asked, text) => {
        fc.pre(!/^\s*[\d０-９]/u.test(text));
        const key = { 1: 'title', 4: 'place', 5: 'capacity' }[asked] ?? '';
        const after = form(refused[asked] ?? '', text).last.state?.answers ?? answers;
        expect({ ...after, [key]: null }).toEqual({ ...answers, [key]: null });
      }),
      { numRuns: 300 },
    );
  });

  test('control: a field that was not refused takes such a line as its answer', () => {
    expect(form('1', '6 6-12岁').last.state?.answers).toEqual({ ...answers, title: '6 6-12岁' });
  });
});

describe('0 where an answer is written', () => {
  test('goes back where no number can be the answer, and leaves at the first question', () => {
    const changing = form('1', '0');
    expect(changing.last.state).toMatchObject({ at: { place: 'readBack' }, answers });
    const first = talk(newEvent, open(newEvent, world({})), world({}));
    expect(first.shown).toContain('[0 不要了]');
    first.say('0');
    expect(first.last.ended).toBe('left');
  });

  test.each(['0', '０', '0。', '0️⃣'])('%j', (zero) => {
    expect(form('4', zero).last.state).toMatchObject({ at: { place: 'readBack' }, answers });
  });

  test('is an answer where a number can be one', () => {
    expect(form('5', '0').shown).toContain('至少1');
    expect(form('3', '0').shown).toContain('日期没看懂');
  });
});
