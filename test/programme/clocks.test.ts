import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { nextSending, planHold, planOffer } from '../../src/programme/index.js';
import { at, timeZone } from '../support/house.js';

const wall = (ms: number) =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainDateTime().toString().slice(0, 16);
const hour = 3_600_000;

const offer = (now: string, startsAt: string) => {
  const plan = planOffer({ now: at(now), startsAt: at(startsAt), timeZone });
  return plan.type === 'offer' ? `${wall(plan.sendAt)} ${wall(plan.until)}` : plan.type;
};

describe('an offer', () => {
  test.each([
    ['by day: two hours', '2026-07-28T10:00', '2026-08-01T10:00', '2026-07-28T10:00 2026-07-28T12:00'],
    ['in the evening: the rest counts from 8:00', '2026-07-28T20:00', '2026-08-01T10:00', '2026-07-28T20:00 2026-07-29T09:00'],
    ['at 21:40: sent at once, answered by 10:00', '2026-07-28T21:40', '2026-08-01T10:00', '2026-07-28T21:40 2026-07-29T10:00'],
    ['at 21:59 the same', '2026-07-28T21:59', '2026-08-01T10:00', '2026-07-28T21:59 2026-07-29T10:00'],
    ['at 22:00: sent at 8:00', '2026-07-28T22:00', '2026-08-01T10:00', '2026-07-29T08:00 2026-07-29T10:00'],
    ['at night: sent at 8:00', '2026-07-28T03:00', '2026-08-01T10:00', '2026-07-28T08:00 2026-07-28T10:00'],
    ['the day before: half an hour', '2026-07-31T15:00', '2026-08-01T10:00', '2026-07-31T15:00 2026-07-31T15:30'],
    [
      'the day before at 20:45: fifteen minutes, and fifteen in the morning',
      '2026-07-31T20:45',
      '2026-08-01T14:00',
      '2026-07-31T20:45 2026-08-01T08:15',
    ],
    ['exactly 24 hours before: half an hour', '2026-07-31T10:00', '2026-08-01T10:00', '2026-07-31T10:00 2026-07-31T10:30'],
    ['three hours before: staff decide', '2026-08-01T07:00', '2026-08-01T10:00', 'staffDecide'],
    ['three hours and a minute: half an hour', '2026-08-01T10:59', '2026-08-01T14:00', '2026-08-01T10:59 2026-08-01T11:29'],
    ['at night, and it begins in the morning: staff decide', '2026-07-31T23:00', '2026-08-01T10:00', 'staffDecide'],
    [
      'late, and it begins before the answer is due: not longer than that',
      '2026-07-31T21:30',
      '2026-08-01T08:10',
      '2026-07-31T21:30 2026-08-01T08:10',
    ],
  ])('%s', (_what, now, startsAt, expected) => {
    expect(offer(now, startsAt)).toBe(expected);
  });

  const moments = fc.integer({ min: at('2026-01-01T00:00'), max: at('2027-12-31T00:00') });
  const zones = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Chatham');

  test('is never sent between 22:00 and 8:00, nor lapses then, nor after the start', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 0, max: 60 * 24 * hour }), zones, (now, ahead, zone) => {
        const startsAt = now + ahead;
        const plan = planOffer({ now, startsAt, timeZone: zone });
        if (plan.type === 'staffDecide') return;
        const clock = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
        expect(plan.sendAt).toBeGreaterThanOrEqual(now);
        expect(clock(plan.sendAt).hour).toBeGreaterThanOrEqual(8);
        expect(clock(plan.sendAt).hour).toBeLessThan(22);
        expect(plan.until).toBeGreaterThan(plan.sendAt);
        expect(plan.until).toBeLessThanOrEqual(startsAt);
        if (plan.until < startsAt) {
          const { hour: h, minute } = clock(plan.until);
          expect(h >= 8 && (h < 21 || (h === 21 && minute === 0))).toBe(true);
        }
      }),
    );
  });

  test('sending waits for the morning only at night', () => {
    fc.assert(
      fc.property(moments, (now) => {
        const sent = nextSending(now, timeZone);
        expect(sent).toBeGreaterThanOrEqual(now);
        expect(sent - now).toBeLessThanOrEqual(10 * hour);
        expect(nextSending(sent, timeZone)).toBe(sent);
      }),
    );
  });
});

describe('a held place', () => {
  const hold = (now: string, closes: string) => {
    const { until, remindAt } = planHold({ now: at(now), closesAt: at(closes), timeZone });
    return `${wall(until)} ${remindAt === null ? 'never' : wall(remindAt)}`;
  };

  test.each([
    ['in the morning: 18:00 of the next day', '2026-07-28T10:00', '2026-08-01T10:00', '2026-07-29T18:00 2026-07-29T15:00'],
    ['at 6:00: the same day', '2026-07-28T06:00', '2026-08-01T10:00', '2026-07-28T18:00 2026-07-28T15:00'],
    ['at 6:01: the next', '2026-07-28T06:01', '2026-08-01T10:00', '2026-07-29T18:00 2026-07-29T15:00'],
    ['at 20:00: the next day', '2026-07-28T20:00', '2026-08-01T10:00', '2026-07-29T18:00 2026-07-29T15:00'],
    ['not longer than one may sign up', '2026-07-28T10:00', '2026-07-28T12:00', '2026-07-28T12:00 never'],
  ])('%s', (_what, now, closes, expected) => {
    expect(hold(now, closes)).toBe(expected);
  });

  test('stands for 12 hours at least and 36 at most, unless signing up ends sooner', () => {
    fc.assert(
      fc.property(fc.integer({ min: at('2026-01-01T00:00'), max: at('2027-12-31T00:00') }), (now) => {
        const { until } = planHold({ now, closesAt: Infinity, timeZone });
        expect(until - now).toBeGreaterThanOrEqual(12 * hour);
        expect(until - now).toBeLessThanOrEqual(36 * hour);
      }),
    );
  });
});
