import { describe, expect, test } from 'vitest';
import { inOrder, markingTime, orderOf, sameOrder, type Listed } from '../../src/features/attendance/rules.js';
import { readMarking, readRest } from '../../src/features/attendance/words.js';
import type { SessionView } from '../../src/programme/index.js';
import { at } from '../support/house.js';

const names = ['王小明', '李小红', '张三', '', '到小红', '李小红', 'Lily Wang', '王五'];
// Number 3 of the roster waits, so she is not on this list.
const list: Listed[] = names
  .map((name, place) => ({ signUpId: `s${place + 1}`, number: place + 1, name, held: name === '', by: '', mark: null }))
  .filter(({ number }) => number !== 3);

describe('what staff write under the list', () => {
  test.each([
    ['1', 'attended', [1]],
    ['1 2 5', 'attended', [1, 2, 5]],
    ['1、2，5', 'attended', [1, 2, 5]],
    ['１，２', 'attended', [1, 2]],
    ['1-4', 'attended', [1, 2, 4]],
    ['４～１', 'attended', [1, 2, 4]],
    ['1到4', 'attended', [1, 2, 4]],
    ['1至2 8', 'attended', [1, 2, 8]],
    ['1号 2号', 'attended', [1, 2]],
    ['1和2', 'attended', [1, 2]],
    ['到 1 2', 'attended', [1, 2]],
    ['1 2到了', 'attended', [1, 2]],
    ['缺 2', 'absent', [2]],
    ['缺2', 'absent', [2]],
    ['2号没来', 'absent', [2]],
    ['absent 1-2', 'absent', [1, 2]],
    ['假 8', 'leave', [8]],
    ['王五请假', 'leave', [8]],
    ['王小明 王五', 'attended', [1, 8]],
    ['小明', 'attended', [1]],
    ['lily wang、王五', 'attended', [7, 8]],
    ['缺 Lily Wang', 'absent', [7]],
    ['到小红', 'attended', [5]],
    ['1 1 1', 'attended', [1]],
  ] as const)('%s', (text, state, numbers) => {
    const told = readMarking(text, list);
    expect([told.state, told.chosen.map(({ number }) => number), told.unknown, told.several]).toEqual([state, numbers, [], []]);
  });

  test.each([
    ['全到', 'attended'],
    ['都来了。', 'attended'],
    ['其余都缺', 'absent'],
    ['剩下的没来', 'absent'],
    ['全到 1', null],
  ])('%s is said of the rest', (text, state) => {
    expect(readRest(text)).toBe(state);
  });

  test('what fits nobody is named, and a name of two asks for the number', () => {
    expect(readMarking('1 3 40 老赵', list)).toMatchObject({ chosen: [{ number: 1 }], unknown: ['3', '40', '老赵'] });
    expect(readMarking('李小红', list)).toMatchObject({ chosen: [], several: [{ name: '李小红', numbers: [2, 6] }] });
    // One letter is no name.
    expect(readMarking('王', list)).toMatchObject({ chosen: [], unknown: ['王'] });
    expect(readMarking('缺', list)).toMatchObject({ chosen: [], unknown: ['缺'] });
  });
});

const session = (number: number, day: string, start = '10:00', end = '11:30'): SessionView => {
  const [startsWall, endsWall] = [`${day}T${start}`, `${day}T${end}`];
  const times = { startsWall, endsWall, startsAt: at(startsWall), endsAt: at(endsWall) };
  return { id: `s${number}`, number, ...times, timeZone: 'Asia/Shanghai', place: '二楼', revision: 0, postponed: false };
};

describe('times', () => {
  test.each([
    ['2026-07-31T23:59', 'early'],
    ['2026-08-01T00:00', 'open'],
    ['2026-08-31T11:30', 'open'],
    ['2026-08-31T11:31', 'over'],
  ])('at %s marking is %s', (now, time) => {
    expect(markingTime(session(1, '2026-08-01'), at(now))).toBe(time);
  });

  test('what is on now comes first, then what comes next today, what was, and what will be', () => {
    const all = [
      session(1, '2026-07-25'),
      session(2, '2026-08-01', '08:00', '09:00'),
      session(3, '2026-08-01', '14:00', '15:00'),
      session(4, '2026-08-01', '10:00', '11:30'),
      session(5, '2026-08-08'),
      session(6, '2026-07-18'),
    ];
    expect(inOrder(all, at('2026-08-01T10:30')).map(({ number }) => number)).toEqual([4, 3, 2, 1, 6, 5]);
  });
});

test('whoever comes behind changes no number, whoever leaves does', () => {
  const people = ['a', 'b', 'c'].map((id) => ({ id }));
  const seen = orderOf(people);
  expect(sameOrder(people, seen)).toBe(true);
  expect(sameOrder([...people, { id: 'd' }], seen)).toBe(true);
  expect(sameOrder([{ id: 'b' }, { id: 'c' }, { id: 'd' }], seen)).toBe(false);
  expect(sameOrder([{ id: 'a' }], seen)).toBe(false);
});
