import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBatchSize } from '../../src/turn/batchSize.js';

test('a batch that ran out of time is followed by shorter ones, which grow again as they go well', () => {
  const size = createBatchSize(64);
  const after = (act: () => void): number => (act(), size.most());
  expect([1, 2, 3, 4].map(() => after(size.ranOut))).toEqual([32, 16, 8, 8]);
  expect([8, 16, 24, 32].map((turns) => after(() => size.wentWell(turns)))).toEqual([16, 24, 32, 40]);
  // Half empty, it proves nothing about a full one.
  expect(after(() => size.wentWell(20))).toBe(40);
});

test('a batch always holds at least one turn, and never more than it may', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), fc.array(fc.option(fc.nat(100), { nil: null })), (ceiling, commits) => {
      const size = createBatchSize(ceiling);
      for (const turns of commits) {
        if (turns === null) size.ranOut();
        else size.wentWell(turns);
        expect(size.most()).toBeGreaterThanOrEqual(1);
        expect(size.most()).toBeLessThanOrEqual(ceiling);
      }
    }),
  );
});
