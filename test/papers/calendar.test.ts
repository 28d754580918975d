import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendar, type CalendarEvent } from '../../src/papers/index.js';

const now = Date.UTC(2026, 6, 28, 2);
const class4: CalendarEvent = {
  uid: 'session-1@linli',
  title: '美术课, 第4节',
  startsAt: Date.UTC(2026, 7, 1, 2),
  endsAt: Date.UTC(2026, 7, 1, 3, 30),
  place: '党群活动中心二楼',
  description: '自带水杯\n家长陪同',
  revision: 0,
  cancelled: false,
};

/** The lines of a calendar file with folded ones joined, as a calendar reads them. */
async function linesOf(events: readonly CalendarEvent[]): Promise<string[]> {
  const text = new TextDecoder().decode(await calendar(events, now));
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u);
  for (const line of text.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
  return text.replaceAll('\r\n ', '').split('\r\n');
}

describe('a calendar file', () => {
  it('says in UTC when an event is, with the time it was written', async () => {
    const lines = await linesOf([class4]);
    expect(lines.slice(0, 2)).toEqual(['BEGIN:VCALENDAR', 'VERSION:2.0']);
    for (const line of [
      'METHOD:PUBLISH',
      'UID:session-1@linli',
      'SEQUENCE:0',
      'DTSTAMP:20260728T020000Z',
      'DTSTART:20260801T020000Z',
      'DTEND:20260801T033000Z',
      'SUMMARY:美术课\\, 第4节',
      'LOCATION:党群活动中心二楼',
      'DESCRIPTION:自带水杯\\n家长陪同',
      'STATUS:CONFIRMED',
    ])
      expect(lines).toContain(line);
  });

  it('replaces a moved event and strikes out a cancelled one: the name stays, the number rises', async () => {
    const moved = await linesOf([{ ...class4, startsAt: class4.startsAt + 3_600_000, revision: 1, url: 'https://linli.example/e/a' }]);
    const cancelled = await linesOf([{ ...class4, revision: 2, cancelled: true }]);
    expect(moved).toEqual(
      expect.arrayContaining(['UID:session-1@linli', 'SEQUENCE:1', 'DTSTART:20260801T030000Z', 'URL;VALUE=URI:https://linli.example/e/a']),
    );
    expect(cancelled).toEqual(expect.arrayContaining(['UID:session-1@linli', 'SEQUENCE:2', 'STATUS:CANCELLED']));
  });

  it('lets no text become a line of its own', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('a\r\nEND:VEVENT', 'a\nATTACH:x', 'a\rURL:x', '\u2028', '\\', ';,:')),
        async (text) => {
          const lines = await linesOf([{ ...class4, title: text, place: text, description: text }]);
          expect(lines.filter((line) => line.startsWith('END:'))).toEqual(['END:VEVENT', 'END:VCALENDAR']);
          expect(lines.filter((line) => /^(?:ATTACH|URL)/u.test(line))).toEqual([]);
        },
      ),
    );
  });

  it('holds a series', async () => {
    const lines = await linesOf([class4, { ...class4, uid: 'session-2@linli' }]);
    expect(lines.filter((line) => line.startsWith('UID:'))).toEqual(['UID:session-1@linli', 'UID:session-2@linli']);
  });
});
