import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { callsOff, endAfter, meetingsMeant, newTime, readCallOff, readNotice, saysChange } from '../../../src/understand/index.js';

/** Tuesday 28 July 2026, 10:00. */
const here = { now: Date.parse('2026-07-28T02:00:00Z'), timeZone: 'Asia/Shanghai' };
const today = Temporal.PlainDate.from('2026-07-28');

const pad = (number: number) => String(number).padStart(2, '0');
const days = fc.integer({ min: 1, max: 120 }).map((ahead) => today.add({ days: ahead }));
const hours = fc.integer({ min: 8, max: 20 });
const meetingOn = (date: Temporal.PlainDate, hour = 10, minutes: number | null = 90) => {
  const starts = date.toPlainDateTime({ hour });
  return {
    number: 1,
    startsWall: starts.toString({ smallestUnit: 'minute' }),
    endsWall: minutes === null ? null : starts.add({ minutes }).toString({ smallestUnit: 'minute' }),
    postponed: false,
  };
};
const written = ({ month, day }: Temporal.PlainDate) => `${month}月${day}日`;
const moved = (text: string, meeting = meetingOn(Temporal.PlainDate.from('2026-08-15'))) => {
  const { to } = readNotice(text, here);
  return to && newTime(to, meeting, here);
};

describe('a notice of change', () => {
  const shapes: readonly ((from: string, to: string) => string)[] = [
    (from, to) => `${from}的美术课改到${to}`,
    (from, to) => `美术课${from}改到${to}`,
    (from, to) => `原定${from}的美术课改为${to}`,
    (from, to) => `美术课时间由${from}改为${to}`,
    (from, to) => `美术课时间从${from}调整到${to}，地点不变`,
    (from, to) => `美术课${from}取消，改到${to}同一时间`,
    (from, to) => `各位家长：${from}的美术课因故延期到${to}，请互相转告`,
    (from, to) => `美术课延期到${to}，原定${from}`,
    (from, to) => `更正：${from}的美术课改到${to}`,
  ];

  it('never takes the old day for the new one, keeps the hours, and finds the meeting by the old day', () => {
    fc.assert(
      fc.property(days, days, hours, fc.constantFrom(...shapes), (from, to, hour, shape) => {
        fc.pre(!from.equals(to));
        const meeting = meetingOn(from, hour);
        const text = shape(written(from), written(to));
        expect(moved(text, meeting)).toMatchObject({
          date: to.toString(),
          start: meeting.startsWall.slice(11),
          end: meeting.endsWall?.slice(11),
        });
        const { about } = readNotice(text, here);
        const [only, ...others] = meetingsMeant(about, [meetingOn(to), meeting, meetingOn(from.add({ days: 7 }))], '美术课', here);
        expect([only, others]).toEqual([meeting, []]);
      }),
    );
  });

  it('keeps the length where only a beginning is written', () => {
    fc.assert(
      fc.property(days, hours, hours, fc.option(fc.integer({ min: 15, max: 180 }), { nil: null }), (date, from, to, minutes) => {
        const meeting = meetingOn(date, from, minutes);
        const { start, end, date: on } = moved(`美术课改到${to}:00`, meeting) ?? {};
        expect([on, start]).toEqual([date.toString(), `${pad(to)}:00`]);
        const length = Temporal.PlainTime.from('00:00').add({ minutes: minutes ?? 0 });
        if (minutes === null) expect(end).toBeNull();
        else
          expect(
            Temporal.PlainTime.from(end ?? '')
              .since(`${pad(to)}:00`)
              .total('minutes'),
          ).toBe(length.hour * 60 + length.minute);
      }),
    );
    expect(endAfter('23:30', meetingOn(today))).toBe('01:00');
  });

  it('takes a weekday as the one beside the old day, where that is to come, and never as one that is over', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -10, max: 120 }),
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom('改到', '推迟到', '提前到'),
        (ahead, weekday, verb) => {
          const old = today.add({ days: ahead });
          fc.pre(old.dayOfWeek !== weekday);
          const to = moved(`美术课${verb}周${'一二三四五六日'[weekday - 1]}`, meetingOn(old));
          if (to?.date === null) {
            expect(verb).toBe('提前到');
            return;
          }
          const date = Temporal.PlainDate.from(to?.date ?? '');
          expect(date.dayOfWeek).toBe(weekday);
          expect(Temporal.PlainDate.compare(date, today)).toBeGreaterThanOrEqual(0);
          const away = old.until(date).days;
          if (verb === '推迟到') expect(away).toBeGreaterThan(0);
          if (verb === '提前到') expect(away).toBeLessThan(0);
          if (verb === '改到' && ahead >= 3) expect(Math.abs(away)).toBeLessThanOrEqual(3);
        },
      ),
    );
  });

  const clauses: readonly (readonly [string, (notice: ReturnType<typeof readNotice>) => unknown])[] = [
    ['时间改为8月20日下午3点', ({ to }) => to !== undefined],
    ['地点改为三楼会议室', ({ place }) => place === '三楼会议室'],
    ['名额改为6人', ({ capacity }) => capacity?.count === 6],
    ['年龄改为7-10岁', ({ said }) => said.some((line) => line.includes('7-10岁'))],
    ['报名延长到8月12日', ({ said }) => said.some((line) => line.includes('8月12日'))],
    ['请带好水杯', ({ said }) => said.some((line) => line.includes('水杯'))],
    ['地点不变', () => true],
    ['请家长互相转告', () => true],
    ['谢谢大家', () => true],
    ...['收费50元', '停车场不开放', '因暴雨', '8月30日另有安排', '奖品照旧发'].map(
      (words) => [words, ({ rest }: ReturnType<typeof readNotice>) => rest.includes(words)] as const,
    ),
  ];

  it('uses every clause, or names it, in whatever order they stand', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...clauses], { minLength: 1 }), fc.constantFrom('，', '。', '；', '\n'), (some, stop) => {
        const text = ['美术课改名为绘画课', ...some.map(([words]) => words)].join(stop);
        const notice = readNotice(text, here);
        expect(notice.renamed).toBe('绘画课');
        for (const [words, isUsed] of some) expect([words, isUsed(notice)]).toEqual([words, true]);
      }),
    );
  });

  it.each([
    ['美术课改到8月16日，下午3点到4点', { date: '2026-08-16', start: '15:00', end: '16:00' }],
    ['美术课推迟一个半小时', { date: '2026-08-15', start: '11:30', end: '13:00' }],
    ['美术课提前一天', { date: '2026-08-14', start: '10:00', end: '11:30' }],
    ['美术课顺延两周，时间地点不变', { date: '2026-08-29', start: '10:00', end: '11:30' }],
    ['美术课改到16号', { date: '2026-08-16', start: '10:00', end: '11:30' }],
    ['美术课改到周六下午3点', { date: '2026-08-15', start: '15:00', end: '16:30' }],
    ['更正：美术课周日下午3点', { date: '2026-08-16', start: '15:00', end: '16:30' }],
    ['美术课改8月16日', { date: '2026-08-16', start: '10:00', end: '11:30' }],
    ['The art class has been moved to Aug 16 3pm', { date: '2026-08-16', start: '15:00', end: '16:30' }],
    // What can only be asked.
    ['美术课改到周六', { date: null }],
    ['美术课改到周日下午', { date: '2026-08-16', start: null }],
    ['美术课推迟到下周', { date: null, unread: '下周' }],
    ['美术课改到2月30日', { date: null, unread: '2月30日' }],
    ['美术课改到25点', { start: null, unread: '25点' }],
    ['美术课时间改为另行通知', { date: null, unread: '另行通知' }],
  ])('%s', (text, to) => {
    expect(moved(text)).toMatchObject(to);
  });

  it.each([
    '我把头像改成猫了',
    '今天改到好晚',
    '请提前10分钟到场',
    '请提前到场签到',
    '作业改到第三题',
    '如遇下雨改到室内',
    '太极课 8月5日9:00-10:00 社区广场 名额20人，如场地有变另行通知，下雨推迟半小时',
    '修改8月1日的那张表',
    '你好',
  ])('“%s” is none', (text) => {
    expect(saysChange(text, here)).toBe(false);
  });

  it.each([
    ['美术课取消，请大家互相转告', true],
    ['因台风，美术课延期，时间另行通知', true],
    ['美术课延期待定', true],
    ['美术课暂停', true],
    ['来不了的请提前取消，名额让给别人', false],
    ['更正：美术课取消', false],
  ])('“%s” calls off: %s', (text, isOff) => {
    expect(callsOff(text)).toBe(isOff);
  });

  it('a text that calls off says which meeting', () => {
    const meetings = [5, 12, 19].map((day, at) => ({
      ...meetingOn(Temporal.PlainDate.from({ year: 2026, month: 8, day }), 19),
      number: at + 1,
    }));
    const meant = (text: string) => {
      expect(callsOff(text)).toBe(true);
      return meetingsMeant(readCallOff(text).about, meetings, '书法班', here).map(({ number }) => number);
    };
    expect(meant('书法班第二节取消')).toEqual([2]);
    expect(meant('书法班8月19日停课一次')).toEqual([3]);
    expect(meant('下下周三书法班不上了')).toEqual([2]);
    expect(meant('周三的书法班取消')).toEqual([1, 2, 3]);
    expect(meant('明天沙尘，书法班不上了')).toEqual([]);
    expect(meant('书法班取消')).toEqual([1, 2, 3]);
    // A number in the name of an event is none of a session.
    expect(meetingsMeant(readCallOff('美术公益课堂第四节取消').about, meetings, '美术公益课堂第四节', here)).toHaveLength(3);
    expect(meetingsMeant(readCallOff('美术公益课堂第四节取消').about, meetings, '美术公益课堂', here)).toHaveLength(0);
  });
});
