import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pieces, readers } from './readers.js';

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

  it('comes to an end with 100,000 characters of anything', () => {
    for (const piece of pieces) read(piece.repeat(100_000 / piece.length));
  });
});
