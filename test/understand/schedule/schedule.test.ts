import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { parseSchedule } from '../../../src/understand/index.js';

/** Tuesday 28 July 2026, 10:00. */
const here = { now: Date.parse('2026-07-28T02:00:00Z'), timeZone: 'Asia/Shanghai' };

/** A result as one line: how many, the first two and the last, and the notes; or `✗ reason`. */
function told(text: string, context = here): string {
  const read = parseSchedule(text, context);
  if (!read.ok) return `✗ ${read.reason}`;
  const shown = read.sessions.map(({ date, start, end }) => `${date.slice(5)} ${start}${end === undefined ? '' : `-${end}`}`);
  const some = shown.length <= 3 ? shown : [...shown.slice(0, 2), '…', ...shown.slice(-1)];
  return [
    shown.length,
    ...(read.recurring ? ['again'] : []),
    ...(read.alternatives ? ['choice'] : []),
    some.join(', '),
    ...read.notes.map(({ type }) => type),
  ].join(' ');
}

describe('parseSchedule', () => {
  it.each([
    ['8月1日上午9:00-10:30、8月3日下午2点', '2 08-01 09:00-10:30, 08-03 14:00'],
    ['第一场：8月1日10:00-11:00；第二场：8月8日14:00-15:00', '2 08-01 10:00-11:00, 08-08 14:00-15:00'],
    ['8月2日 8:00-10:00,14:00-16:00', '2 08-02 08:00-10:00, 08-02 14:00-16:00'],
    ['8月1日、8月8日、8月15日 9:00-11:00', '3 08-01 09:00-11:00, 08-08 09:00-11:00, 08-15 09:00-11:00'],
    ['8月1、3、5日 上午9点', '3 08-01 09:00, 08-03 09:00, 08-05 09:00'],
    ['上午9点 8月1日、8月2日', '2 08-01 09:00, 08-02 09:00'],
    ['8月1日(周六)9:00-11:00、8月2日(周日)14:00-16:00', '2 08-01 09:00-11:00, 08-02 14:00-16:00'],
    ['明天和后天上午9点', '2 07-29 09:00, 07-30 09:00'],
    ['本周六、日上午9点', '2 08-01 09:00, 08-02 09:00'],
    ['中秋节下午3点', '1 09-25 15:00'],
    ['今天7点', '1 07-28 19:00 meridiemAssumed'],
    ['8月1日或8月8日 上午9点', '2 choice 08-01 09:00, 08-08 09:00'],
    ['Sat Aug 1 10am, Sun Aug 2 2pm', '2 08-01 10:00, 08-02 14:00'],
    ['8月1日至3日 9:00-11:00', '3 again 08-01 09:00-11:00, 08-02 09:00-11:00, 08-03 09:00-11:00'],
    ['12月31日至1月2日 9:00-10:00', '3 again 12-31 09:00-10:00, 01-01 09:00-10:00, 01-02 09:00-10:00'],
    ['下周一至周五 上午9-11点', '5 again 08-03 09:00-11:00, 08-04 09:00-11:00, …, 08-07 09:00-11:00'],
    ['Aug 1 to Aug 3, 9am-11am', '3 again 08-01 09:00-11:00, 08-02 09:00-11:00, 08-03 09:00-11:00'],
    ['每周三晚7点 共8次', '8 again 07-29 19:00, 08-05 19:00, …, 09-16 19:00'],
    ['周三晚7点 共8次', '8 again 07-29 19:00, 08-05 19:00, …, 09-16 19:00'],
    ['每周五晚七点半至九点 共十次', '10 again 07-31 19:30-21:00, 08-07 19:30-21:00, …, 10-02 19:30-21:00'],
    ['每周二、四 19:00-20:30 共12节', '12 again 07-28 19:00-20:30, 07-30 19:00-20:30, …, 09-03 19:00-20:30'],
    ['每周二上午9点 共2次', '2 again 08-04 09:00, 08-11 09:00'],
    ['每周二19:00-20:30、周四14:00-15:30 共3次', '3 again 07-28 19:00-20:30, 07-30 14:00-15:30, 08-04 19:00-20:30'],
    ['8月5日起每周三晚7点到8点半 共8次', '8 again 08-05 19:00-20:30, 08-12 19:00-20:30, …, 09-23 19:00-20:30'],
    ['从8月5日开始，每周三晚上7点，连续8周', '8 again 08-05 19:00, 08-12 19:00, …, 09-23 19:00'],
    ['每周三下午3:00—4:30，共6次（8月5日开课）', '6 again 08-05 15:00-16:30, 08-12 15:00-16:30, …, 09-09 15:00-16:30'],
    ['每周三晚7点 共8次，每次1.5小时', '8 again 07-29 19:00-20:30, 08-05 19:00-20:30, …, 09-16 19:00-20:30'],
    ['8月8日起每周六、周日 上午9:30－11:00，为期一个月', '10 again 08-08 09:30-11:00, 08-09 09:30-11:00, …, 09-06 09:30-11:00'],
    ['8月1日至8月31日，每周三、周五19:00-20:00', '8 again 08-05 19:00-20:00, 08-07 19:00-20:00, …, 08-28 19:00-20:00'],
    ['8月3日-14日 周一至周五 9:00-11:00', '10 again 08-03 09:00-11:00, 08-04 09:00-11:00, …, 08-14 09:00-11:00'],
    ['8月每周六上午9点', '5 again 08-01 09:00, 08-08 09:00, …, 08-29 09:00'],
    ['周二/周四 19:00 共2次', '2 again 07-28 19:00, 07-30 19:00'],
    ['周一、三、五 9:00-10:00 8月3日-8月7日', '3 again 08-03 09:00-10:00, 08-05 09:00-10:00, 08-07 09:00-10:00'],
    ['8月3日至14日 9:00-11:00 周末不上课', '10 again 08-03 09:00-11:00, 08-04 09:00-11:00, …, 08-14 09:00-11:00'],
    ['8月1日到8月4日 除周末外每天上午9点', '2 again 08-03 09:00, 08-04 09:00'],
    ['8月1日起每天早上6点半 连续21天', '21 again 08-01 06:30, 08-02 06:30, …, 08-21 06:30'],
    ['明天起连续三天上午9点', '3 again 07-29 09:00, 07-30 09:00, 07-31 09:00'],
    ['每周六上午9:00、下午2:00 共3次', '3 again 08-01 09:00, 08-01 14:00, 08-08 09:00'],
    ['daily 6:30am Aug 1-21', '21 again 08-01 06:30, 08-02 06:30, …, 08-21 06:30'],
    ['Mon-Fri 9-11am Aug 3-14', '10 again 08-03 09:00-11:00, 08-04 09:00-11:00, …, 08-14 09:00-11:00'],
    ['每晚7点半 8月1日起 共5次', '5 again 08-01 19:30, 08-02 19:30, …, 08-05 19:30'],
    ['每天早上8点 8月1日-8月3日', '3 again 08-01 08:00, 08-02 08:00, 08-03 08:00'],
    ['每周三晚7点到8月底，8月12日停课', '4 again 07-29 19:00, 08-05 19:00, …, 08-26 19:00'],
    ['每月第一个周六上午9点 共6次', '6 again 08-01 09:00, 09-05 09:00, …, 01-02 09:00'],
    ['每月最后一个周日下午2点 共2次', '2 again 08-30 14:00, 09-27 14:00'],
    ['每月15号下午3点到年底', '5 again 08-15 15:00, 09-15 15:00, …, 12-15 15:00'],
    ['每月1号、15号上午9点 共4次', '4 again 08-01 09:00, 08-15 09:00, …, 09-15 09:00'],
    ['every Wed 7pm for 8 weeks', '8 again 07-29 19:00, 08-05 19:00, …, 09-16 19:00'],
    ['every Tue and Thu 7-8:30pm, 12 sessions', '12 again 07-28 19:00-20:30, 07-30 19:00-20:30, …, 09-03 19:00-20:30'],
    ['weekdays Aug 3 - Aug 14, 9:00-11:00', '10 again 08-03 09:00-11:00, 08-04 09:00-11:00, …, 08-14 09:00-11:00'],
    ['the first Saturday of every month at 9am, 6 sessions', '6 again 08-01 09:00, 09-05 09:00, …, 01-02 09:00'],
    ['Mondays and Wednesdays 6pm from Aug 3 for 4 weeks', '8 again 08-03 18:00, 08-05 18:00, …, 08-26 18:00'],
  ])('reads %s', (text, result) => {
    expect(told(text)).toBe(result);
  });

  it.each([
    ['7月15日到8月2日 工作日上午9点到11点', '13 again 07-15 09:00-11:00, 07-16 09:00-11:00, …, 07-31 09:00-11:00 past'],
    ['7月15日至8月2日 每天上午9点-11点', '19 again 07-15 09:00-11:00, 07-16 09:00-11:00, …, 08-02 09:00-11:00 past'],
    ['8月1日周五上午9点', '1 08-01 09:00 weekdayMismatch'],
    ['8月1日(周五)到8月3日(周一) 9点', '3 again 08-01 09:00, 08-02 09:00, 08-03 09:00 weekdayMismatch meridiemAssumed'],
    ['7月1日上午9点', '1 07-01 09:00 rolledOver'],
    ['7月1日至7月3日 9:00-10:00', '3 again 07-01 09:00-10:00, 07-02 09:00-10:00, 07-03 09:00-10:00 rolledOver'],
    ['8.1-8.5 9:00-11:30', '5 again 08-01 09:00-11:30, 08-02 09:00-11:30, …, 08-05 09:00-11:30 everyDayAssumed'],
    ['8月1日 9:00 8月8日', '2 08-01 09:00, 08-08 09:00 timeCarried'],
    ['隔周三晚7点 共2次', '2 again 07-29 19:00, 08-12 19:00 startAssumed'],
    ['8月5日起隔周三晚7点 共2次', '2 again 08-05 19:00, 08-19 19:00'],
    ['每两周周六上午9点 共2次', '2 again 08-01 09:00, 08-15 09:00 startAssumed'],
    ['every other Friday 7pm until the end of August', '✗ unreadable'],
    ['every other Friday 7pm until the end of the month', '1 again 07-31 19:00 startAssumed'],
    ['每周六上午9点 法定节假日除外 到8月底', '5 again 08-01 09:00, 08-08 09:00, …, 08-29 09:00 holidaysExcluded'],
    ['每周三晚7点 8月5日-8月26日 共8次', '4 again 08-05 19:00, 08-12 19:00, …, 08-26 19:00 countMismatch'],
    ['每月31号下午3点 共2次', '2 again 07-31 15:00, 08-31 15:00 monthsSkipped'],
    ['昨天上午9点', '1 07-27 09:00 past'],
  ])('tells what is odd about %s', (text, result) => {
    expect(told(text)).toBe(result);
  });

  it.each([
    ['7月15日-8月2日 工作日上午', 'noTime'],
    ['每周三 共8次', 'noTime'],
    ['8月1日', 'noTime'],
    ['9:00-10:00', 'noDay'],
    ['每周三晚7点', 'endless'],
    ['周一至周五 9:00-11:00', 'endless'],
    ['每周一次 晚7点 共8次', 'unreadable'],
    ['每周三晚7点 共300次', 'tooMany'],
    ['每周三晚7点 共100次', 'tooFar'],
    ['8月1日至2028年8月1日每天9:00', 'tooFar'],
    ['2028年8月1日9:00', 'tooFar'],
    ['8月1日至2027年4月1日 每天9:00', 'tooMany'],
    ['8月8日-8月1日 每天9:00', 'endsBeforeStart'],
    ['每周三 9:00 8月5日 8月6日 共3次', 'several'],
    ['2026年8月8日至2026年8月1日 9:00', 'endsBeforeStart'],
    ['8月3日至8月4日 每周六 9:00', 'nothingFits'],
    ['2月30日 9:00、3月1日 9:00', 'noSuchDay'],
    ['每周三25:00 共3次', 'noSuchTime'],
    ['每周三晚上12点 共3次', 'ambiguous'],
    ['每周三11:30-10:00 共3次', 'endsBeforeStart'],
    ['9:00 8月1日 10:00', 'several'],
    ['暑假每周三晚7点 共4次', 'unreadable'],
    ['每周三晚7点 社区二楼', 'unreadable'],
    ['', 'unreadable'],
    ['每周三'.repeat(40_000), 'unreadable'],
  ])('refuses case %#: %s', (text, reason) => {
    expect(told(text)).toBe(`✗ ${reason}`);
  });

  it('gives the weekday that was written and the one that is', () => {
    expect(parseSchedule('8月1日周五上午9点', here)).toMatchObject({
      notes: [{ type: 'weekdayMismatch', date: '2026-08-01', written: 5, actual: 6 }],
    });
  });

  it('refuses a series of which summer time skips an hour, and keeps the wall time of others', () => {
    const berlin = { now: Date.parse('2026-03-01T12:00:00Z'), timeZone: 'Europe/Berlin' };
    expect(told('3月27日至3月30日 02:30', berlin)).toBe('✗ noSuchTime');
    expect(told('每周日 02:30 共5次', berlin)).toBe('✗ noSuchTime');
    expect(told('每周日 下午3点 共5次', berlin)).toBe('5 again 03-01 15:00, 03-08 15:00, …, 03-29 15:00');
  });

  const words = fc.array(
    fc.constantFrom(
      ...'每周三,每周二、四,工作日,隔周,每天,每月15号,每月第一个周六,8月1日,8月1日至3日,7月15日到8月2日,周六,起,从,到,年底,至,、, ,；,晚7点,9:00-11:00,上午,2点半,02:30,共8次,12节,为期两个月,连续8周,每次1小时,法定节假日除外,停课,或,每周,every Wed,7pm,for 8 weeks,Aug 1,25:00,2月30日,第一场：,中秋节'.split(
        ',',
      ),
    ),
    { maxLength: 8 },
  );
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    words.map((all) => all.join('')),
  );
  const zones = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Apia');

  it('never throws, and gives sessions that are sorted, unique, bounded and on the clock', () => {
    fc.assert(
      fc.property(anything, zones, fc.integer({ min: 0, max: 365 }), (text, timeZone, days) => {
        const now = here.now + days * 86_400_000;
        const read = parseSchedule(text, { now, timeZone });
        if (!read.ok) return;
        const keys = read.sessions.map(({ date, start, end }) => `${date} ${start} ${end ?? ''}`);
        expect(keys).toEqual([...new Set(keys)].toSorted());
        expect(keys.length).toBeGreaterThan(0);
        expect(keys.length).toBeLessThanOrEqual(200);
        const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
        for (const { date, start, end } of read.sessions) {
          expect(today.until(Temporal.PlainDate.from(date)).days).toBeLessThanOrEqual(400);
          for (const time of [start, end]) if (time !== undefined) expect(time).toMatch(/^([01]\d|2[0-3]):[0-5]\d$/);
          const wall = Temporal.PlainDateTime.from(`${date}T${start}`);
          expect(wall.toZonedDateTime(timeZone).toPlainDateTime().equals(wall)).toBe(true);
        }
        expect(parseSchedule(text, { now, timeZone })).toEqual(read);
      }),
      { numRuns: 600 },
    );
  });

  it('does not look at the zone of the process', () => {
    const texts = [
      '每周三晚7点 共8次',
      '7月15日到8月2日 工作日上午9点到11点',
      '每月第一个周六上午9点 共6次',
      '中秋节下午3点',
      '除夕晚上8点',
    ];
    const before = process.env['TZ'];
    const read = ['UTC', 'Pacific/Kiritimati', 'America/St_Johns'].map((zone) => {
      process.env['TZ'] = zone;
      return JSON.stringify(texts.map((text) => parseSchedule(text, here)));
    });
    process.env['TZ'] = before;
    expect(new Set(read).size).toBe(1);
  });

  it('unfolds what was printed from any rule', () => {
    const signs = '一二三四五六日';
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 7, max: 21 }),
        (weekdays, count, offset, hour) => {
          const first = Temporal.PlainDate.from('2026-08-01').add({ days: offset });
          const text = `${first.year}年${first.month}月${first.day}日起 每周${weekdays.map((day) => signs[day - 1]).join('、')} ${hour}:00 共${count}次`;
          const expected: string[] = [];
          for (let date = first; expected.length < count; date = date.add({ days: 1 }))
            if (weekdays.includes(date.dayOfWeek)) expected.push(date.toString());
          const read = parseSchedule(text, here);
          const tooFar = Temporal.PlainDate.from('2026-07-28').until(Temporal.PlainDate.from(expected.at(-1) ?? '')).days > 400;
          if (tooFar) expect(read).toEqual({ ok: false, reason: 'tooFar' });
          else expect(read.ok && read.sessions.map(({ date }) => date), text).toEqual(expected);
        },
      ),
      { numRuns: 100 },
    );
  });
});
