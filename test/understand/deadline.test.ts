import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDeadline } from '../../src/understand/index.js';

/** Tuesday 28 July 2026, 10:00; the session begins on Saturday 1 August at 10:00. */
const here = { now: Date.parse('2026-07-28T02:00:00Z'), timeZone: 'Asia/Shanghai', startsWall: '2026-08-01T10:00' };

function told(text: string, context: Parameters<typeof parseDeadline>[1] = here): string {
  const read = parseDeadline(text, context);
  return read.ok ? (read.type === 'at' ? read.wall : read.type) : `✗ ${read.reason}`;
}

describe('parseDeadline', () => {
  it.each([
    ['报满为止', 'whenFull'],
    ['名额满即止', 'whenFull'],
    ['until full', 'whenFull'],
    ['7.30下午6点截止', '2026-07-30T18:00'],
    ['报满为止,7.30下午6点截止', '2026-07-30T18:00'],
    ['截止7月30日', '2026-07-30T23:59'],
    ['截止到7月30日', '2026-07-30T23:59'],
    ['7月30日前报名', '2026-07-30T23:59'],
    ['请于7月31日18:00前报名', '2026-07-31T18:00'],
    ['报名截止时间：7月31日中午', '2026-07-31T12:00'],
    ['报名时间：7月20日-7月30日', '2026-07-30T23:59'],
    ['7月20日9:00至7月30日18:00', '2026-07-30T18:00'],
    ['7月29日9:00起至7月31日', '2026-07-31T23:59'],
    ['7月29日9:00起，7月31日截止', '2026-07-31T23:59'],
    ['7月29日9:00开始报名，7月31日17:00截止', '2026-07-31T17:00'],
    ['7月29日至31日 18:00', '2026-07-31T18:00'],
    ['周五下午5点截止', '2026-07-31T17:00'],
    ['明天', '2026-07-29T23:59'],
    ['开始前一天截止', '2026-07-31T23:59'],
    ['提前一天', '2026-07-31T23:59'],
    ['提前两天报名', '2026-07-30T23:59'],
    ['活动前一天晚上8点', '2026-07-31T20:00'],
    ['前一天18:00截止', '2026-07-31T18:00'],
    ['开始前2小时', '2026-08-01T08:00'],
    ['提前半小时', '2026-08-01T09:30'],
    ['活动当天上午9点', '2026-08-01T09:00'],
    ['活动当天', '2026-08-01T10:00'],
    ['活动开始前', '2026-08-01T10:00'],
    ['by July 30 6pm', '2026-07-30T18:00'],
    ['Sign up by Friday', '2026-07-31T23:59'],
    ['one day before', '2026-07-31T23:59'],
    ['2 hours before the start', '2026-08-01T08:00'],
  ])('reads %s', (text, result) => {
    expect(told(text)).toBe(result);
  });

  it.each([
    ['截止到活动当天中午', '✗ afterStart'],
    ['8月2日截止', '✗ afterStart'],
    ['今天上午9点截止', '✗ past'],
    ['7月27日截止', '✗ afterStart'],
    ['昨天截止', '✗ past'],
    ['下午6点截止', '✗ noDay'],
    ['月底前', '✗ vague'],
    ['7月30日下午', '✗ vague'],
    ['2月30日截止', '✗ noSuchDay'],
    ['7月29日9:00起', '✗ onlyOpens'],
    ['7月29日起接受报名', '✗ onlyOpens'],
    ['尽快', '✗ unreadable'],
    ['', '✗ unreadable'],
    ['截止'.repeat(50_000), '✗ unreadable'],
  ])('refuses case %#: %s', (text, result) => {
    expect(told(text)).toBe(result);
  });

  it('counts from the start only where that is known', () => {
    const { now, timeZone } = here;
    expect(told('提前一天', { now, timeZone })).toBe('✗ noStart');
    expect(told('截止到活动当天中午', { now, timeZone, startsWall: '2026-08-01T14:00' })).toBe('2026-08-01T12:00');
    expect(told('8月2日截止', { now, timeZone })).toBe('2026-08-02T23:59');
  });

  it('lies between now and the start, whatever is written', () => {
    const words = fc
      .array(
        fc.constantFrom(...'报满为止,截止,7月30日,8月2日,下午6点,前,提前,一天,半小时,活动当天,中午,到,：,by ,Friday,18:00, '.split(',')),
        { maxLength: 7 },
      )
      .map((all) => all.join(''));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), words), (text) => {
        const read = parseDeadline(text, here);
        if (!read.ok || read.type !== 'at') return;
        expect(read.wall).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/);
        expect(read.wall >= '2026-07-28T10:00' && read.wall <= here.startsWall).toBe(true);
      }),
    );
  });
});
