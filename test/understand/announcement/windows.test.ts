import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAnnouncement } from '../../../src/understand/index.js';

/** Tuesday 28 July 2026, 10:00. */
const here = { now: Date.parse('2026-07-28T02:00:00Z'), timeZone: 'Asia/Shanghai' };

/** The session, the deadline and what is told of when signing up opens. */
function read(words: string) {
  const { sessions, deadline, notes, rest } = readAnnouncement(`书法班 8月10日9:00-10:00 一楼 ${words}`, here);
  expect(sessions).toEqual([{ date: '2026-08-10', start: '09:00', end: '10:00' }]);
  const opens = notes.flatMap((note) => (note.type === 'signUpOpens' ? [note.text] : []));
  return { closes: deadline?.type === 'at' ? deadline.wall : undefined, opens, rest };
}

describe('when signing up opens and closes', () => {
  it.each([
    ['报名时间：7月29日9:00起至8月5日', '2026-08-05T23:59', '7月29日9:00'],
    ['报名时间7月29日9:00起，8月5日截止', '2026-08-05T23:59', '7月29日9:00'],
    ['报名时间：7月29日9:00-8月5日17:00', '2026-08-05T17:00', '7月29日9:00'],
    ['报名时间：7月29日-8月5日', '2026-08-05T23:59', '7月29日'],
    ['报名日期 7月29日至8月5日', '2026-08-05T23:59', '7月29日'],
    ['报名：7月29日9:00至8月5日', '2026-08-05T23:59', '7月29日9:00'],
    ['报名从7月29日9:00开始，到8月5日18:00结束', '2026-08-05T18:00', '7月29日9:00'],
    ['7月29日9:00开始报名，8月5日截止', '2026-08-05T23:59', '7月29日9:00'],
    ['7月29日至8月5日报名', '2026-08-05T23:59', '7月29日'],
    ['报名时间：8月3日 9:00-17:00', '2026-08-03T17:00', '8月3日 9:00-17:00'],
    ['报名时间：7月29日9:00起', undefined, '报名时间：7月29日9:00起'],
    ['7月29日9:00起接受报名', undefined, '7月29日9:00起接受报名'],
    ['8月1日起报名', undefined, '8月1日起报名'],
    // What has begun need not be told.
    ['报名时间：7月20日9:00起至8月5日', '2026-08-05T23:59', undefined],
    ['报名时间：即日起至8月5日17:00', '2026-08-05T17:00', undefined],
    ['请于8月5日前报名', '2026-08-05T23:59', undefined],
  ])('%s closes at %s and opens at %s', (words, closes, opens) => {
    expect(read(words)).toEqual({ closes, opens: opens === undefined ? [] : [opens], rest: [] });
  });

  it('two lines say the one and the other', () => {
    expect(read('\n报名时间：7月29日9:00起\n报名截止：8月5日')).toMatchObject({
      closes: '2026-08-05T23:59',
      opens: ['报名时间：7月29日9:00起'],
    });
  });

  it.each([
    ['地点待定 报名截止8.6中午12点', '2026-08-06T12:00'],
    ['地点待定，8.6中午12点截止', '2026-08-06T12:00'],
    ['报名截止8.6中午12点 地点待定', '2026-08-06T12:00'],
  ])('of %s the deadline is read, and what is not settled is none', (words, closes) => {
    const { notes, deadline } = readAnnouncement(`讲座 8月10日9:00-10:00 ${words}`, here);
    expect(deadline).toEqual({ type: 'at', wall: closes });
    expect(notes.filter(({ type }) => type === 'unreadDeadline')).toEqual([]);
  });

  it.each([
    ['讲座 8月10日 报名截止8.6 一楼 9:00', ['2026-08-10']],
    ['讲座 8月10日、8月12日 9:00 报名截止8.6 一楼', ['2026-08-10', '2026-08-12']],
    ['讲座 8月10日9:00 报名截止：8月6日18:00 一楼', ['2026-08-10']],
  ])('the words before a deadline belong to it: the days of %s stay', (text, days) => {
    const found = readAnnouncement(text, here);
    expect(found.sessions.map(({ date }) => date)).toEqual(days);
    expect(found.deadline).toMatchObject({ wall: expect.stringMatching('^2026-08-06') as string });
  });

  it.each([
    ['书法班报名 8月1日至8月3日 每天9:00 一楼', 3],
    ['书法班 8月10日上午9点开始 报名请联系社工 一楼', 1],
  ])('control: the days of %s are those of the class', (text, sessions) => {
    const found = readAnnouncement(text, here);
    expect(found.sessions).toHaveLength(sessions);
    expect(found.deadline).toBeUndefined();
  });

  it('takes the end for the deadline and never the opening, however it is written', () => {
    const heads = fc.constantFrom('报名时间：', '报名时间', '报名日期：', '报名：', '网上报名时间：', '报名从');
    const hours = fc.option(fc.integer({ min: 8, max: 20 }), { nil: undefined });
    const gaps = fc.constantFrom('起至', '至', '-', '到', '起，至', '起到');
    const tails = fc.constantFrom('', '截止', '止', '结束');
    fc.assert(
      fc.property(
        heads,
        fc.integer({ min: 29, max: 31 }),
        hours,
        gaps,
        fc.integer({ min: 1, max: 9 }),
        hours,
        tails,
        (head, from, at, gap, to, until, tail) => {
          const hour = (one?: number) => (one === undefined ? '' : `${one}:00`);
          const text = `${head}7月${from}日${hour(at)}${gap}8月${to}日${hour(until)}${tail}`;
          const found = read(text);
          expect(found.closes).toBe(`2026-08-0${to}T${until === undefined ? '23:59' : `${String(until).padStart(2, '0')}:00`}`);
          expect(found.opens).toEqual([`7月${from}日${hour(at)}`]);
        },
      ),
      { numRuns: 300 },
    );
  });
});
