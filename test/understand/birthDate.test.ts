import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageOn, parseBirthDate, readsAsDate } from '../../src/understand/index.js';

const today = '2026-07-28';

describe('parseBirthDate', () => {
  it.each([
    '2018-05-20',
    '2018/5/20',
    '2018.5.20',
    '2018 5 20',
    '2018年5月20日',
    '2018年5月20号',
    '２０１８年５月２０日',
    '20180520',
    '二〇一八年五月二十日',
    '二零一八年五月二十',
    '18年5月20日',
    '20/5/2018',
    '生日：2018-05-20',
    '2018年5月20日出生',
    '20 May 2018',
    '20th May 2018',
    'May 20, 2018',
    'may 20 2018',
    '2018 May 20',
    '20-May-2018',
    'born on 20 May 2018',
  ])('reads %s', (text) => {
    expect(parseBirthDate(text, { today })).toEqual({ ok: true, date: '2018-05-20' });
  });

  it.each([
    ['2018年5月', 'unreadable'],
    ['30 February 2018', 'noSuchDay'],
    ['20 May 2030', 'future'],
    ['May 2018', 'unreadable'],
    ['20 Mai 2018', 'unreadable'],
    ['03/04/2018', 'ambiguous'],
    ['５月２０日', 'unreadable'],
    ['八岁', 'unreadable'],
    ['农历2018年五月二十', 'unreadable'],
    ['', 'unreadable'],
    ['2018-05-20 上午', 'unreadable'],
    ['2018年2月30日', 'noSuchDay'],
    ['2019-02-29', 'noSuchDay'],
    ['2018-13-01', 'noSuchDay'],
    ['20180500', 'noSuchDay'],
    ['2026-07-29', 'future'],
    ['2062-05-20', 'future'],
    ['1905-07-28', 'tooOld'],
    ['0018-05-20', 'tooOld'],
    ['05/06/2018', 'ambiguous'],
    ['180520', 'ambiguous'],
    ['18-5-20', 'ambiguous'],
    ['000000201805200000', 'idNumber'],
    ['身份证 000000 20180520 000X', 'idNumber'],
  ])('refuses case %#', (text, reason) => {
    expect(parseBirthDate(text, { today })).toEqual({ ok: false, reason });
  });

  it('takes two digits of a year as the latest that has begun', () => {
    expect(parseBirthDate('98年1月2日', { today })).toEqual({ ok: true, date: '1998-01-02' });
    expect(parseBirthDate('26年1月2日', { today })).toEqual({ ok: true, date: '2026-01-02' });
  });

  it('reads today, and 120 years ago', () => {
    expect(parseBirthDate(today, { today })).toEqual({ ok: true, date: today });
    expect(parseBirthDate('1906-07-28', { today })).toEqual({ ok: true, date: '1906-07-28' });
  });

  it('gives a day back that was printed in any of its forms', () => {
    const day = fc.date({ min: new Date('1907-01-01'), max: new Date('2026-07-28'), noInvalidDate: true });
    const digits = (text: string): string => text.replace(/\d/g, (digit) => '〇一二三四五六七八九'[Number(digit)] ?? '');
    const spoken = (n: number): string =>
      `${n >= 20 ? digits(String(Math.floor(n / 10))) : ''}${n >= 10 ? '十' : ''}${n % 10 === 0 ? '' : digits(String(n % 10))}`;
    fc.assert(
      fc.property(day, (at) => {
        const date = at.toISOString().slice(0, 10);
        const [y = '', m = '', d = ''] = date.split('-');
        const [month, inMonth] = [Number(m), Number(d)];
        for (const text of [
          date,
          `${y}/${month}/${inMonth}`,
          `${y}.${m}.${d}`,
          `${y}${m}${d}`,
          `${y}年${month}月${inMonth}日`,
          `${digits(y)}年${spoken(month)}月${spoken(inMonth)}日`,
        ]) {
          expect(parseBirthDate(text, { today })).toEqual({ ok: true, date });
        }
      }),
    );
  });

  it('never throws and never gives a day that is not there', () => {
    const signs = fc.string({ unit: fc.constantFrom(...'0123456789-/.年月日〇一二十 '.split('')) });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), signs), (text) => {
        const read = parseBirthDate(text, { today });
        if (read.ok) expect(new Date(`${read.date}T00:00:00Z`).toISOString().slice(0, 10)).toBe(read.date);
      }),
    );
  });
});

describe('readsAsDate', () => {
  it.each([
    '2018-1-1',
    '2018-2-30',
    '2030-5-20',
    '180520',
    '201811',
    '18-05-20',
    '05/06/2018',
    '二〇一八年五月二十日',
    '20 May 2018',
    '生日2018.5.20',
  ])('knows %s', (text) => expect(readsAsDate(text)).toBe(true));
  it.each(['483629', '483 629', '201', '2018', '8306-2741', '13900001111', '000000201805200000', '5月', '990099', '3个'])(
    'leaves %s',
    (text) => expect(readsAsDate(text)).toBe(false),
  );

  it('is never true of a code of a place, however it is spaced', () => {
    const digit = fc.constantFrom('2', '3', '4', '5', '6', '7', '8', '9');
    fc.assert(
      fc.property(
        fc.array(digit, { minLength: 6, maxLength: 6 }),
        fc.constantFrom('', ' ', '-'),
        fc.constantFrom(1, 2, 3),
        (digits, gap, size) => {
          const groups = Array.from({ length: 6 / size }, (_, at) => digits.slice(at * size, (at + 1) * size).join(''));
          expect(readsAsDate(groups.join(gap))).toBe(false);
        },
      ),
    );
  });
});

describe('ageOn', () => {
  it.each([
    ['2018-05-20', '2026-05-19', 7],
    ['2018-05-20', '2026-05-20', 8],
    ['2018-05-20', '2018-05-20', 0],
    ['2016-02-29', '2026-02-28', 9],
    ['2016-02-29', '2026-03-01', 10],
    ['2026-07-28', '2026-07-01', -1],
  ])('%s is on %s %i years old', (birthDate, day, age) => {
    expect(ageOn(birthDate, day)).toBe(age);
  });
});
