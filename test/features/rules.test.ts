import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { admit, ageFits, freePlaces, isForAdults, isForChildren, promotable } from '../../src/features/signup/rules.js';

const fullness = fc.record({
  capacity: fc.option(fc.integer({ min: 0, max: 30 })),
  taken: fc.integer({ min: 0, max: 40 }),
  waiting: fc.integer({ min: 0, max: 10 }),
});

describe('places', () => {
  test.each([
    ['there are some', { capacity: 20, taken: 18, waiting: 0 }, 2, ['confirmed', 'confirmed']],
    ['the last one goes', { capacity: 20, taken: 19, waiting: 0 }, 2, ['confirmed', 'waiting 1']],
    ['it is full', { capacity: 20, taken: 20, waiting: 2 }, 2, ['waiting 3', 'waiting 4']],
    ['whoever waits goes first', { capacity: 20, taken: 19, waiting: 1 }, 1, ['waiting 2']],
    ['there is no limit', { capacity: null, taken: 500, waiting: 0 }, 2, ['confirmed', 'confirmed']],
    ['fewer than are taken', { capacity: 5, taken: 8, waiting: 0 }, 1, ['waiting 1']],
  ] as const)('%s', (_what, full, people, expected) => {
    expect(admit(full, people).map((one) => (one.status === 'waiting' ? `waiting ${one.rank}` : one.status))).toEqual(expected);
  });

  test('are never given to more than there are; who waits stands behind those who wait, without a gap', () => {
    fc.assert(
      fc.property(fullness, fc.integer({ min: 0, max: 12 }), (full, people) => {
        const given = admit(full, people);
        expect(given).toHaveLength(people);
        const confirmed = given.filter(({ status }) => status === 'confirmed').length;
        const ranks = given.flatMap((one) => (one.status === 'waiting' ? [one.rank] : []));
        expect(confirmed).toBeLessThanOrEqual(freePlaces(full) ?? people);
        expect(ranks).toEqual(ranks.map((_, at) => full.waiting + at + 1));
        // In order: nobody gets a place behind somebody who waits.
        expect(given.slice(0, confirmed).every(({ status }) => status === 'confirmed')).toBe(true);
        // Nobody waits while a place is free and nobody was there before.
        if (full.waiting === 0 && ranks.length > 0) expect(confirmed).toBe(freePlaces(full));
      }),
    );
  });

  test('that become free go to as many as wait and fit', () => {
    fc.assert(
      fc.property(fullness, (full) => {
        const next = promotable(full);
        expect(next).toBeGreaterThanOrEqual(0);
        expect(next).toBeLessThanOrEqual(full.waiting);
        if (full.capacity !== null) expect(next === 0 || full.taken + next <= full.capacity).toBe(true);
        const after = { ...full, taken: full.taken + next, waiting: full.waiting - next };
        expect(promotable(after)).toBe(0);
      }),
    );
  });

  test('a list stays right through any order of coming and going', () => {
    const steps = fc.array(fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constant(-1)), { maxLength: 60 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 6 }), steps, (capacity, steps) => {
        let taken = 0;
        let waiting = 0;
        for (const step of steps) {
          if (step > 0) {
            const given = admit({ capacity, taken, waiting }, step);
            const confirmed = given.filter(({ status }) => status === 'confirmed').length;
            taken += confirmed;
            waiting += step - confirmed;
          } else if (taken > 0) {
            taken -= 1;
            const next = promotable({ capacity, taken, waiting });
            taken += next;
            waiting -= next;
          }
          expect(taken).toBeLessThanOrEqual(capacity);
          expect(waiting > 0 && taken < capacity).toBe(false);
        }
      }),
    );
  });
});

describe('ages', () => {
  test.each([
    [6, 12, 5, 'tooYoung'],
    [6, 12, 6, 'fits'],
    [6, 12, 12, 'fits'],
    [6, 12, 13, 'tooOld'],
    [null, 12, 0, 'fits'],
    [60, null, 59, 'tooYoung'],
    [null, null, 99, 'fits'],
  ] as const)('from %s to %s, one of %s: %s', (minAge, maxAge, age, expected) => {
    expect(ageFits({ minAge, maxAge }, age)).toBe(expected);
  });

  test.each([
    [6, 12, false, true],
    [18, null, true, false],
    [null, null, true, true],
    [null, 17, false, true],
    [17, 18, true, true],
  ] as const)('from %s to %s: grown-ups %s, children %s', (minAge, maxAge, adults, children) => {
    expect([isForAdults({ minAge, maxAge }), isForChildren({ minAge, maxAge })]).toEqual([adults, children]);
  });
});
