import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as understand from '../../src/understand/index.js';

/** Tuesday 28 July 2026, 10:00. */
const here = { now: Date.parse('2026-07-28T02:00:00Z'), timeZone: 'Asia/Shanghai' };

/** Every reader of a text, given only the text. */
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  parseAges: understand.parseAges,
  parseBirthDate: (text) => understand.parseBirthDate(text, { today: '2026-07-28' }),
  parseCapacity: understand.parseCapacity,
  parseDate: (text) => understand.parseDate(text, here),
  parseDateTime: (text) => understand.parseDateTime(text, here),
  parseDeadline: (text) => understand.parseDeadline(text, { ...here, startsWall: '2026-08-01T10:00' }),
  parseNumber: understand.parseNumber,
  parseSchedule: (text) => understand.parseSchedule(text, here),
  parseTimeRange: (text) => understand.parseTimeRange(text),
  readAnnouncement: (text) => understand.readAnnouncement(text, here),
  readName: understand.readName,
  readQuickSignUp: understand.readQuickSignUp,
  readSearch: (text) => understand.readSearch(text, here),
  resolveBoundary: understand.resolveBoundary,
};

const pieces = [
  ...'8月1日,周六,每周三,10:00-11:30,晚7点,7pm,every Wed ,next ,Aug 1,从,到,、,-,(,),（,共8次,12,一,十,百,万,岁,以上,年级,名额,20人,家长陪同,截止,提前一天,由,老师,授课,主办,请自带,有什么,活动,吗,报名,张三,带2个孩子,我和,+,e,a,the ,of ,中秋节,农历,\n, ,【,】,《,🎨,１,０,：'.split(
    ',',
  ),
  ',',
];
const mixed = fc.array(fc.constantFrom(...pieces), { maxLength: 25 }).map((all) => all.join(''));

describe.each(Object.entries(readers))('%s', (_name, read) => {
  it('never throws, and reads the same text the same in every zone of the process', () => {
    const before = process.env['TZ'];
    try {
      fc.assert(
        fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), mixed), (text) => {
          const [first, second, third] = ['UTC', 'Pacific/Kiritimati', 'America/St_Johns'].map((zone) => {
            process.env['TZ'] = zone;
            return JSON.stringify(read(text));
          });
          expect(second).toBe(first);
          expect(third).toBe(first);
        }),
        { numRuns: 150 },
      );
    } finally {
      process.env['TZ'] = before;
    }
  });

  it('takes no more than in proportion for long texts, also for those made to be slow', () => {
    const time = (text: string): number => {
      // The best of five: the machine may be busy with something else.
      const times = [1, 2, 3, 4, 5].map(() => {
        const start = process.cpuUsage();
        read(text);
        const { user, system } = process.cpuUsage(start);
        return (user + system) / 1000;
      });
      return Math.min(...times);
    };
    for (const piece of pieces) {
      const text = (length: number): string => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
      // As long as is looked at, and twenty-five times that: nothing grows faster than the text.
      const short = time(text(4_000));
      expect(time(text(100_000)), `${piece} ${short}`).toBeLessThan(25 * Math.max(short, 4));
      // And what is looked at takes no more than in proportion itself.
      expect(short, piece).toBeLessThan(12 * Math.max(time(text(1_000)), 6));
    }
  });
});
