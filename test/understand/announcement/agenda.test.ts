import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAnnouncement } from '../../../src/understand/index.js';

/** Tuesday 28 July 2026, 10:00. */
const here = { now: Date.parse('2026-07-28T02:00:00Z'), timeZone: 'Asia/Shanghai' };

function read(words: string) {
  const { title, place, sessions, notes, rest } = readAnnouncement(`山水班 ${words} 社区门口`, here);
  const left = notes.flatMap((note) => (note.type === 'timesLeftOut' ? [note.text] : []));
  return { title, place, rest, left: left[0], sessions: sessions.map(({ date, start, end }) => `${date.slice(5)} ${start}-${end ?? ''}`) };
}

describe('the times of one day', () => {
  it.each([
    ['8月4日上午9点签到，9点半开课，11点结束', '08-04 09:30-11:00', '上午9点签到'],
    ['8月4日下午2点签到，2点半开课，4点结束', '08-04 14:30-16:00', '下午2点签到'],
    ['8月9号早上6点集合，下午5点回', '08-09 06:00-17:00', undefined],
    ['8月9日 8:30集合 9:00出发', '08-09 08:30-', '9:00出发'],
    ['8月9日8:00集合，8:30出发，17:00返回', '08-09 08:00-17:00', '8:30出发'],
    ['8月9日早6点集合，6点半出发，11点半左右返程', '08-09 06:00-11:30', '6点半出发'],
    ['8.1 上午9点开始 12:00结束', '08-01 09:00-12:00', undefined],
    ['8.1 上午9点签到，12:00结束', '08-01 09:00-12:00', undefined],
    ['8月1日 9:00开始，10:30茶歇，12:00结束', '08-01 09:00-12:00', '10:30茶歇'],
    ['8月1日 9:30破冰 10:00手工 11:00结束', '08-01 09:30-11:00', '10:00'],
    ['8月1日晚7点入场 7点半放映', '08-01 19:30-', '晚7点入场'],
    ['8月1日9:00-11:00（8:50签到）', '08-01 09:00-11:00', '8:50签到'],
    ['8月1日9:00-11:00，8:50前签到', '08-01 09:00-11:00', '8:50前签到'],
    ['\n8月1日\n9:00 签到\n9:30 开课\n11:00 结束\n', '08-01 09:30-11:00', '9:00 签到'],
    ['\n活动时间：8月9日9:00-11:00\n集合时间：8:30\n', '08-09 09:00-11:00', '集合时间：8:30'],
  ])('%s are one session, %s, and %s is left out', (words, session, left) => {
    expect(read(words)).toMatchObject({ title: '山水班', place: '社区门口', sessions: [session], left });
  });

  it.each([
    ['8月1日上午9-10点、下午2-3点 两场', ['08-01 09:00-10:00', '08-01 14:00-15:00']],
    ['8月1日 9:00-10:00、10:30-11:30', ['08-01 09:00-10:00', '08-01 10:30-11:30']],
    ['8月1日 9:00、14:00', ['08-01 09:00-', '08-01 14:00-']],
    ['8月4日、8月6日 上午9点签到，9点半开课，11点结束', ['08-04 09:30-11:00', '08-06 09:30-11:00']],
  ])('control: %s are several sessions', (words, sessions) => {
    expect(read(words).sessions).toEqual(sessions);
  });

  it('a rule keeps its times too', () => {
    expect(read('每周三 9:00签到 9:30-11:00上课 共2次').sessions).toEqual(['07-29 09:30-11:00', '08-05 09:30-11:00']);
    expect(read('8月3日-8月4日 每天8:30签到，9:00上课，16:30放学').sessions).toEqual(['08-03 09:00-16:30', '08-04 09:00-16:30']);
  });

  it('never makes a session of when people arrive, set out or go home, in whatever order of words', () => {
    const arrives = fc.constantFrom('签到', '入场', '报到', '前签到', '集合');
    const begins = fc.constantFrom('开课', '开始', '正式开始', '开讲', '开演');
    const ends = fc.constantFrom('结束', '下课', '散场', '返回');
    const gaps = fc.constantFrom('，', ' ', '；', '\n');
    const hour = (at: number) => `${at}:30`;
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 18 }), arrives, begins, ends, gaps, fc.boolean(), (at, arrive, begin, end, gap, space) => {
        const said = [`${hour(at)}${arrive}`, `${hour(at + 1)}${begin}`, `${hour(at + 2)}${end}`].map((one) =>
          space ? one.replace('30', '30 ') : one,
        );
        const two = (one: number) => `${String(one).padStart(2, '0')}:30`;
        const found = read(`8月4日 ${said.join(gap)}`);
        expect(found.sessions).toEqual([`08-04 ${two(at + 1)}-${two(at + 2)}`]);
        expect(found.left).toBe(said[0]);
      }),
      { numRuns: 200 },
    );
  });
});
