import { readFileSync } from 'node:fs';
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

/** What texts of residents and staff are made of; `npm run bench -- understand` repeats each, to see that reading takes no more than in proportion. */
const pieces = JSON.parse(readFileSync(new URL('pieces.json', import.meta.url), 'utf8')) as readonly string[]; // our own file: a list of texts
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
