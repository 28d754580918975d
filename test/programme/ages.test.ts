import { describe, expect, test } from 'vitest';
import { ageFits, isForAdults, isForChildren } from '../../src/programme/index.js';

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
