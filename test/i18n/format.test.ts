import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clock, day, list, locales } from '../../src/i18n/index.js';
import { at, timeZone } from '../support/house.js';

const now = at('2026-07-28T10:00');

describe('day', () => {
  test.each([
    ['2026-08-01T10:00', '8月1日(周六)', 'Sat 1 August'],
    ['2026-08-02', '8月2日(周日)', 'Sun 2 August'],
    ['2027-01-04T09:00', '2027年1月4日(周一)', 'Mon 4 January 2027'],
    ['2024-02-29T09:00', '2024年2月29日(周四)', 'Thu 29 February 2024'],
  ])('%s', (wall, chinese, english) => {
    expect(day(wall, 'zh-CN', now, timeZone)).toBe(chinese);
    expect(day(wall, 'en', now, timeZone)).toBe(english);
  });

  test('names the year by the calendar of the community, not of the computer', () => {
    const newYear = at('2027-01-01T00:30');
    expect(day('2027-01-04', 'zh-CN', newYear, timeZone)).toBe('1月4日(周一)');
    expect(day('2027-01-04', 'zh-CN', newYear, 'Europe/Berlin')).toBe('2027年1月4日(周一)');
  });
});

describe('clock', () => {
  test.each([
    ['2026-08-01T10:00', '2026-08-01T11:30', '10:00–11:30', '10:00–11:30'],
    ['2026-08-01T10:00', null, '10:00', '10:00'],
    ['2026-12-31T22:00', '2027-01-01T01:00', '22:00 – 2027年1月1日(周五) 01:00', '22:00 – Fri 1 January 2027 01:00'],
  ])('from %s to %s', (starts, ends, chinese, english) => {
    expect(clock(starts, ends, 'zh-CN', now, timeZone)).toBe(chinese);
    expect(clock(starts, ends, 'en', now, timeZone)).toBe(english);
  });
});

test('list', () => {
  expect(list(['王小明'], 'zh-CN')).toBe('王小明');
  expect(list(['王小明', '王小红', '张乐'], 'zh-CN')).toBe('王小明、王小红、张乐');
  expect(list(['Ann', 'Bo'], 'en')).toBe('Ann and Bo');
  expect(list(['Ann', 'Bo', 'Cy'], 'en')).toBe('Ann, Bo and Cy');
  expect(list([], 'en')).toBe('');
});

test('every wall time can be shown, from every moment', () => {
  const wall = fc
    .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 16));
  const moment = fc.integer({ min: -2_208_988_800_000, max: 7_258_032_000_000 });
  const zone = fc.constantFrom('Asia/Shanghai', 'America/St_Johns', 'Pacific/Kiritimati');
  fc.assert(
    fc.property(wall, fc.option(wall), moment, zone, fc.constantFrom(...locales), (starts, ends, now, zone, locale) => {
      expect(day(starts, locale, now, zone)).toContain(String(Number(starts.slice(8, 10))));
      expect(clock(starts, ends, locale, now, zone)).toContain(starts.slice(11));
    }),
  );
});
