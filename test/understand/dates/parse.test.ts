import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDate, parseDateTime, parseTimeRange } from '../../../src/understand/index.js';

/** Tuesday 28 July 2026, 10:00. */
const here = { now: Date.parse('2026-07-28T02:00:00Z'), timeZone: 'Asia/Shanghai' };

/** A result as one line: `2026-08-01 10:00-11:30 note note`, or `✗ reason`. */
function told(text: string, context = here): string {
  const read = parseDateTime(text, context);
  if (!read.ok) return `✗ ${read.reason}`;
  const time = read.start === undefined ? [] : [read.end === undefined ? read.start : `${read.start}-${read.end}`];
  const notes = read.notes.filter(({ type }) => type !== 'yearAssumed').map(({ type }) => type);
  return [...(read.date === undefined ? [] : [read.date]), ...time, ...notes].join(' ');
}

describe('parseDateTime', () => {
  it.each([
    ['明天下午三点', '2026-07-29 15:00'],
    ['下周六上午9点半', '2026-08-08 09:30'],
    ['8月1日10:00', '2026-08-01 10:00'],
    ['8月1日10:00-11:30', '2026-08-01 10:00-11:30'],
    ['后天晚上七点', '2026-07-30 19:00'],
    ['8月5日9:00-11:30', '2026-08-05 09:00-11:30'],
    ['今晚8点', '2026-07-28 20:00'],
    ['大后天上午十点', '2026-07-31 10:00'],
    ['周五晚上7点', '2026-07-31 19:00'],
    ['本周六上午10点', '2026-08-01 10:00'],
    ['本周六', '2026-08-01'],
    ['星期三晚上八点半', '2026-07-29 20:30'],
    ['八月五号上午九点', '2026-08-05 09:00'],
    ['明早8点', '2026-07-29 08:00'],
    ['三天后', '2026-07-31'],
    ['凌晨两点', '02:00'],
    ['礼拜天上午十点', '2026-08-02 10:00'],
    ['明天下午3：30', '2026-07-29 15:30'],
    ['周日早上九点', '2026-08-02 09:00'],
    ['周日早上', '2026-08-02 timeVague'],
    ['下下周三', '2026-08-12'],
    ['下午2点到4点', '14:00-16:00'],
    ['七点一刻', '07:15 meridiemAssumed'],
    ['下月15日上午9点', '2026-08-15 09:00'],
    ['8/5 14:00', '2026-08-05 14:00'],
    ['8.5 14:00', '2026-08-05 14:00'],
    ['08-05 14:00', '2026-08-05 14:00'],
    ['傍晚六点', '18:00'],
    ['21号下午三点', '2026-08-21 15:00 rolledOver'],
    ['下个月1号', '2026-08-01'],
    ['一周后', '2026-08-04'],
    ['两个星期后下午三点', '2026-08-11 15:00'],
    ['８月１日１０点', '2026-08-01 10:00 meridiemAssumed'],
    ['2026年8月1日', '2026-08-01'],
    ['二〇二六年八月一日上午十点', '2026-08-01 10:00'],
    ['26年8月1日', '2026-08-01'],
    ['2026-08-01T10:00', '2026-08-01 10:00'],
    ['20260801', '2026-08-01'],
    ['8.1', '2026-08-01'],
    ['8月1', '2026-08-01'],
    ['10点', '10:00 meridiemAssumed'],
    ['14:30', '14:30'],
    ['晚7点半', '19:30'],
    ['7点', '07:00 meridiemAssumed'],
    ['3点', '15:00 meridiemAssumed'],
    ['02:00', '02:00'],
    ['今天7点', '2026-07-28 19:00 meridiemAssumed'],
    ['周六(8月1日)上午9点', '2026-08-01 09:00'],
    ['8月1日（星期六）上午9：00—11：00', '2026-08-01 09:00-11:00'],
    ['上午9-11点半', '09:00-11:30'],
    ['10:00一11:30', '10:00-11:30'],
    ['差一刻八点', '07:45 meridiemAssumed'],
    ['中午12点半', '12:30'],
    ['2点到下午4点', '14:00-16:00'],
    ['上午9点到2点', '09:00-14:00 meridiemAssumed'],
    ['元旦', '2027-01-01 rolledOver'],
    ['三八节', '2027-03-08 rolledOver'],
    ['八一', '2026-08-01'],
    ['教师节上午九点', '2026-09-10 09:00'],
    ['国庆', '2026-10-01'],
    ['国庆节上午10点', '2026-10-01 10:00'],
    ['中秋节下午3点', '2026-09-25 15:00'],
    ['重阳节', '2026-10-18'],
    ['明年重阳', '2027-10-08'],
    ['2027年端午节', '2027-06-09'],
    ['明年中秋', '2027-09-15'],
    ['春节', '2027-02-06 rolledOver'],
    ['除夕晚上8点', '2027-02-05 20:00 rolledOver'],
    ['元宵节', '2027-02-20 rolledOver'],
    ['清明', '2027-04-05 rolledOver'],
    ['腊八', '2027-01-15 rolledOver'],
    ['冬至', '2026-12-22'],
    ['大年初三', '2027-02-08 rolledOver'],
    ['母亲节', '2027-05-09 rolledOver'],
    ['农历八月十五', '2026-09-25'],
    ['农历九月初九上午9点', '2026-10-18 09:00'],
    ['农历腊月廿三', '2027-01-30'],
    ['九月初九上午9点', '2026-10-18 09:00'],
    ['腊月初八', '2027-01-15'],
    ['正月十五', '2027-02-20'],
    ['腊月廿三', '2027-01-30'],
    ['8月第一个周六', '2026-08-01'],
    ['本月最后一个周五晚7点', '2026-07-31 19:00'],
    ['下个月第二个星期日', '2026-08-09'],
    ['本月最后一天', '2026-07-31'],
    ['8月1日建军节上午9点', '2026-08-01 09:00'],
    ['7:00pm-9:00pm', '19:00-21:00'],
    ['约下午3点', '15:00 approximate'],
    ['今晚(周二)8点', '2026-07-28 20:00'],
    ['改到8月2日下午3点', '2026-08-02 15:00'],
  ])('reads %s', (text, result) => {
    expect(told(text)).toBe(result);
  });

  it.each([
    ['day after tomorrow 7pm', '2026-07-30 19:00'],
    ['the day after tomorrow at 7', '2026-07-30 07:00 meridiemAssumed'],
    ['tomorrow noon', '2026-07-29 12:00'],
    ['tonight at 8', '2026-07-28 20:00'],
    ['tomorrow afternoon at 3', '2026-07-29 15:00'],
    ['this evening 7:30', '2026-07-28 19:30'],
    ['last Friday of this month', '2026-07-31'],
    ['the last Friday of next month 3pm', '2026-08-28 15:00'],
    ['first Saturday of August', '2026-08-01'],
    ['last day of this month', '2026-07-31'],
    ['next Wed 3pm', '2026-08-05 15:00 nextUnclear'],
    ['next Monday', '2026-08-03'],
    ['this Friday 7pm', '2026-07-31 19:00'],
    ['Friday 7pm', '2026-07-31 19:00'],
    ['on Fri at 7pm', '2026-07-31 19:00'],
    ['sat 10am', '2026-08-01 10:00'],
    ['Aug 1 10am-11:30am', '2026-08-01 10:00-11:30'],
    ['August 1st, 2026, 10:00-11:30', '2026-08-01 10:00-11:30'],
    ['1 Aug 2026 at 10am', '2026-08-01 10:00'],
    ['Saturday, August 1, 10-11:30am', '2026-08-01 10:00-11:30'],
    ['Aug 1 from 2 to 4pm', '2026-08-01 14:00-16:00'],
    ['Aug 1 between 2 and 4pm', '2026-08-01 14:00-16:00'],
    ['from 3 to 5', '15:00-17:00 meridiemAssumed'],
    ['five minutes to eight in the evening', '19:55'],
    ['Aug 1 10am-2pm', '2026-08-01 10:00-14:00'],
    ['Aug 1 10am to noon', '2026-08-01 10:00-12:00'],
    ['the 1st of next month', '2026-08-01'],
    ['the 15th at 3pm', '2026-08-15 15:00 rolledOver'],
    ['in two weeks', '2026-08-11'],
    ['3 days later', '2026-07-31'],
    ['a week from now', '2026-08-04'],
    ['noon', '12:00'],
    ['half past seven', '07:30 meridiemAssumed'],
    ['quarter to eight in the evening', '19:45'],
    ["seven o'clock in the evening", '19:00'],
    ['7pm', '19:00'],
    ['7 p.m.', '19:00'],
    ['10.30am', '10:30'],
    ['3 in the afternoon', '15:00'],
    ['Mid-Autumn Festival 3pm', '2026-09-25 15:00'],
    ['Christmas Eve 7pm', '2026-12-24 19:00'],
  ])('reads in English %s', (text, result) => {
    expect(told(text)).toBe(result);
  });

  it.each([
    ['8月1日周五', '2026-08-01 weekdayMismatch'],
    ['下周六 8月1日', '2026-08-01 dayMismatch'],
    ['7月1日', '2027-07-01 rolledOver'],
    ['昨天', '2026-07-27 past'],
    ['本周一', '2026-07-27 past'],
    ['今天上午9点', '2026-07-28 09:00 past'],
    ['周二上午9点', '2026-08-04 09:00 rolledOver'],
    ['周二下午3点', '2026-07-28 15:00'],
    ['晚上10点到凌晨1点', '22:00-01:00 endsNextDay'],
    ['20:00-次日2:00', '20:00-02:00 endsNextDay'],
    ['20:00-24:00', '20:00-00:00 endsNextDay'],
  ])('tells what is odd about %s', (text, result) => {
    expect(told(text)).toBe(result);
  });

  it.each([
    ['月底', 'vague'],
    ['周末', 'vague'],
    ['下午', 'vague'],
    ['下周', 'vague'],
    ['8月', 'vague'],
    ['初五', 'vague'],
    ['初五早上九点半', 'vague'],
    ['小年', 'festival'],
    ['正月', 'festival'],
    ['国庆期间', 'vague'],
    ['春节前', 'vague'],
    ['this weekend', 'vague'],
    ['end of the month', 'vague'],
    ['every Wed 7pm', 'recurring'],
    ['Feb 30', 'noSuchDay'],
    ['9月第五个周六', 'noSuchDay'],
    ['农历八月三十一', 'noSuchDay'],
    ['midnight', 'ambiguous'],
    ['Aug 1 7pm Aug 2', 'several'],
    ['每周六', 'recurring'],
    ['8月1日-3日', 'several'],
    ['8.1-8.5', 'several'],
    ['8月1日 8月8日', 'several'],
    ['周六日', 'several'],
    ['上午9:00-10:30,下午2:00-3:30', 'several'],
    ['2月30日', 'noSuchDay'],
    ['2027年2月29日', 'noSuchDay'],
    ['13月1日', 'noSuchDay'],
    ['32号', 'noSuchDay'],
    ['13/5', 'noSuchDay'],
    ['25:00', 'noSuchTime'],
    ['10:75', 'noSuchTime'],
    ['24:00', 'noSuchTime'],
    ['11:30-10:00', 'endsBeforeStart'],
    ['10:00-10:00', 'endsBeforeStart'],
    ['22:00-02:00', 'endsBeforeStart'],
    ['晚上12点', 'ambiguous'],
    ['上午15点', 'contradiction'],
    ['明天下午三点见', 'unreadable'],
    ['晚一点', 'unreadable'],
    ['8月1日10:00前', 'unreadable'],
    ['周六上午十点二楼', 'unreadable'],
    ['八月十五', 'unreadable'],
    ['6-12岁', 'unreadable'],
    ['三百年后', 'unreadable'],
    ['', 'unreadable'],
    ['明天'.repeat(50_000), 'unreadable'],
  ] as const)('refuses case %#', (text, reason) => {
    expect(told(text)).toBe(`✗ ${reason}`);
  });

  it('says how far a day of next year is, and which weekday was written', () => {
    expect(parseDateTime('7月1日', here)).toMatchObject({
      notes: [
        { type: 'yearAssumed', year: 2027 },
        { type: 'rolledOver', days: 338 },
      ],
    });
    expect(parseDateTime('2026年8月1日周五', here)).toMatchObject({ notes: [{ type: 'weekdayMismatch', written: 5, actual: 6 }] });
  });

  it('counts days where the text was written', () => {
    // Already 29 July in Shanghai, still 28 July in Berlin and Honolulu.
    const now = Date.parse('2026-07-28T20:00:00Z');
    expect(told('明天', { now, timeZone: 'Asia/Shanghai' })).toBe('2026-07-30');
    expect(told('明天', { now, timeZone: 'Europe/Berlin' })).toBe('2026-07-29');
    expect(told('明天', { now, timeZone: 'Pacific/Honolulu' })).toBe('2026-07-29');
  });

  it('knows the hours that summer time skips and repeats', () => {
    const berlin = { now: Date.parse('2026-03-01T12:00:00Z'), timeZone: 'Europe/Berlin' };
    expect(told('3月29日凌晨2点半', berlin)).toBe('✗ noSuchTime');
    expect(told('3月29日01:30-02:30', berlin)).toBe('✗ noSuchTime');
    expect(told('3月29日03:30', berlin)).toBe('2026-03-29 03:30');
    expect(told('10月25日凌晨2点半', berlin)).toBe('2026-10-25 02:30 timeTwice');
    expect(told('3月29日凌晨2点半', { ...berlin, timeZone: 'Asia/Shanghai' })).toBe('2026-03-29 02:30');
  });

  it('throws for a zone that does not exist: that is a fault of the configuration', () => {
    expect(() => parseDateTime('明天', { ...here, timeZone: 'Mars/Olympus' })).toThrow(RangeError);
  });

  it('does not look at the zone of the process', () => {
    const phrases = ['明天下午三点', '周日早上九点', '21号下午三点', '8月1日10:00-11:30', '今天7点', '一周后'];
    const before = process.env['TZ'];
    const results = ['UTC', 'Asia/Shanghai', 'America/St_Johns', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'].map((zone) => {
      process.env['TZ'] = zone;
      return { read: phrases.map((phrase) => told(phrase)).join('\n'), local: new Date(here.now).toString() };
    });
    process.env['TZ'] = before;
    expect(new Set(results.map(({ read }) => read)).size).toBe(1);
    // The zones were really set: what does look at them differs.
    expect(new Set(results.map(({ local }) => local)).size).toBe(5);
  });

  it('gives back a moment that was printed in any of its forms', () => {
    const digits = '零一二三四五六七八九';
    const spoken = (n: number): string =>
      n === 0 ? '零' : `${n >= 20 ? digits[Math.floor(n / 10)] : ''}${n >= 10 ? '十' : ''}${n % 10 === 0 ? '' : digits[n % 10]}`;
    const two = (n: number): string => String(n).padStart(2, '0');
    const part = (hour: number): string => (hour < 6 ? '凌晨' : hour < 12 ? '上午' : hour < 13 ? '中午' : hour < 18 ? '下午' : '晚上');
    const within = (hour: number): number => (hour > 12 ? hour - 12 : hour);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 363 }),
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 0, max: 59 }),
        (days, hour, minute) => {
          const at = new Date(Date.UTC(2026, 6, 29 + days));
          const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()];
          const weekday = `周${'日一二三四五六'[at.getUTCDay()]}`;
          const said = minute === 0 ? '' : minute < 10 ? `零${spoken(minute)}分` : spoken(minute);
          const expected = { ok: true, date: `${year}-${two(month)}-${two(day)}`, start: `${two(hour)}:${two(minute)}` };
          for (const text of [
            `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`,
            `${year}年${month}月${day}日${weekday}${two(hour)}:${two(minute)}`,
            `${month}月${day}日(${weekday})${part(hour)}${within(hour)}点${two(minute)}分`,
            `${month}/${day} ${two(hour)}:${two(minute)}`,
            `${spoken(month)}月${spoken(day)}号${part(hour)}${spoken(within(hour))}点${said}`,
          ]) {
            expect(parseDateTime(text, here), text).toMatchObject(expected);
          }
        },
      ),
    );
  });

  it('never throws, and gives only days and times that are there', () => {
    const words = fc.array(
      fc.constantFrom(
        '8月',
        '1日',
        '2月30日',
        '明天',
        '下周',
        '周六',
        '下午',
        '晚上',
        '3点',
        '半',
        '10:00',
        '25:00',
        '-',
        '到',
        ' ',
        ',',
        '(',
        ')',
        '后',
        '每',
        '月底',
        '十',
        '一',
        '2026',
        '年',
        '.',
        '/',
        '号',
      ),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          words.map((all) => all.join('')),
        ),
        (text) => {
          const read = parseDateTime(text, here);
          if (!read.ok) return;
          if (read.date !== undefined) expect(new Date(`${read.date}T00:00:00Z`).toISOString().slice(0, 10)).toBe(read.date);
          for (const time of [read.start, read.end]) if (time !== undefined) expect(time).toMatch(/^([01]\d|2[0-3]):[0-5]\d$/);
          expect(read.date ?? read.start).toBeDefined();
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('parseDate', () => {
  it('reads a day alone', () => {
    expect(parseDate('下周六', here)).toEqual({ ok: true, date: '2026-08-08', notes: [] });
    expect(parseDate('昨天', here)).toEqual({ ok: true, date: '2026-07-27', notes: [{ type: 'past' }] });
  });

  it.each([
    ['8月2日上午10点', 'unreadable'],
    ['10点', 'unreadable'],
    ['明天下午', 'unreadable'],
    ['月底', 'vague'],
    ['2月30日', 'noSuchDay'],
  ])('refuses %s', (text, reason) => {
    expect(parseDate(text, here)).toEqual({ ok: false, reason });
  });
});

describe('parseTimeRange', () => {
  it.each([
    ['10:00-11:30', { start: '10:00', end: '11:30' }],
    ['10.30-11.30', { start: '10:30', end: '11:30' }],
    ['下午两点半', { start: '14:30' }],
    ['时间：晚上7点到9点', { start: '19:00', end: '21:00' }],
  ])('reads %s', (text, times) => {
    expect(parseTimeRange(text)).toEqual({ ok: true, ...times, notes: [] });
  });

  it.each([
    ['8月1日10:00', 'unreadable'],
    ['明天', 'unreadable'],
    ['11:30-10:00', 'endsBeforeStart'],
    ['9:00-10:00 14:00-15:00', 'several'],
  ])('refuses %s', (text, reason) => {
    expect(parseTimeRange(text)).toEqual({ ok: false, reason });
  });

  it('knows the day where it is told', () => {
    const berlin = { now: Date.parse('2026-03-01T12:00:00Z'), timeZone: 'Europe/Berlin' };
    expect(parseTimeRange('02:30', { ...berlin, date: '2026-03-29' })).toEqual({ ok: false, reason: 'noSuchTime' });
    expect(parseTimeRange('02:30', { ...berlin, date: '2026-03-30' })).toEqual({ ok: true, start: '02:30', notes: [] });
  });
});
