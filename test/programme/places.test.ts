import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { admit, freePlaces, nextInLine, nextInTurn, seatsOf, type InTurn, type Places, type Waiting } from '../../src/programme/index.js';

const places = fc.record({
  capacity: fc.option(fc.integer({ min: 0, max: 30 })),
  taken: fc.integer({ min: 0, max: 40 }),
  leaving: fc.integer({ min: 0, max: 3 }),
  waiting: fc.integer({ min: 0, max: 10 }),
});

const full = (capacity: number | null, taken: number, waiting = 0, leaving = 0): Places => ({ capacity, taken, leaving, waiting });
const alone = (count: number) => Array.from({ length: count }, (_, at) => ({ party: `p${at}`, seats: 1 }));
const said = (given: ReturnType<typeof admit>) => given.map((one) => (one.status === 'waiting' ? `waiting ${one.rank}` : one.status));

describe('who comes', () => {
  test.each([
    ['there are some', full(20, 18), 2, {}, ['confirmed', 'confirmed']],
    ['the last one goes', full(20, 19), 2, {}, ['confirmed', 'waiting 1']],
    ['it is full', full(20, 20, 2), 2, {}, ['waiting 3', 'waiting 4']],
    ['whoever is in line goes first', full(20, 19, 1), 1, { inLine: true }, ['waiting 2']],
    ['those who wait do not fit, so it goes to who comes', full(20, 19, 2), 1, { inLine: false }, ['confirmed']],
    ['one was given back and may still be taken back', full(20, 19, 0, 1), 1, {}, ['waiting 1']],
    ['there is no limit', full(null, 500), 2, {}, ['confirmed', 'confirmed']],
    ['fewer than are taken', full(5, 8), 1, {}, ['waiting 1']],
  ] as const)('%s', (_what, now, people, how, expected) => {
    expect(said(admit(now, alone(people), how))).toEqual(expected);
  });

  test('a household takes one place, however many come and whenever', () => {
    const family = [1, 2, 3].map(() => ({ party: 'f:wang', seats: 1 }));
    expect(said(admit(full(1, 0), family))).toEqual(['confirmed', 'confirmed', 'confirmed']);
    expect(said(admit(full(1, 1), family, { seated: new Set(['f:wang']) }))).toEqual(['confirmed', 'confirmed', 'confirmed']);
    expect(said(admit(full(1, 1), family, { seated: new Set(['f:li']) }))).toEqual(['waiting 1', 'waiting 2', 'waiting 3']);
  });

  test('never get more places than there are; who waits stands behind those who wait, without a gap', () => {
    fc.assert(
      fc.property(places, fc.integer({ min: 0, max: 12 }), fc.boolean(), (now, people, inLine) => {
        const given = admit(now, alone(people), { inLine });
        expect(given).toHaveLength(people);
        const confirmed = given.filter(({ status }) => status === 'confirmed').length;
        const ranks = given.flatMap((one) => (one.status === 'waiting' ? [one.rank] : []));
        expect(confirmed).toBeLessThanOrEqual(inLine ? 0 : (freePlaces(now) ?? people));
        expect(ranks).toEqual(ranks.map((_, at) => now.waiting + at + 1));
        // In order: nobody gets a place behind somebody who waits.
        expect(given.slice(0, confirmed).every(({ status }) => status === 'confirmed')).toBe(true);
      }),
    );
  });
});

describe('who is next in line', () => {
  const waits = (id: string, pairKey: string | null = null, seats = 1): Waiting => ({ id, party: id, seats, pairKey });
  const ids = (list: readonly Waiting[]) => list.map(({ id }) => id).join(' ');

  test('as many as there are places, in their order', () => {
    expect(ids(nextInLine(full(20, 18, 3), [waits('a'), waits('b'), waits('c')]))).toBe('a b');
    expect(ids(nextInLine(full(20, 20, 1), [waits('a')]))).toBe('');
    expect(ids(nextInLine(full(null, 20, 2), [waits('a'), waits('b')]))).toBe('a b');
  });

  test('a pair is passed over while there is one place, keeps its position, and goes together as soon as there are two', () => {
    const list = [waits('tom', 'k'), waits('tim', 'k'), waits('ann')];
    expect(ids(nextInLine(full(20, 19, 3), list))).toBe('ann');
    expect(ids(nextInLine(full(20, 18, 3), list))).toBe('tom tim');
    expect(ids(nextInLine(full(20, 17, 3), list))).toBe('tom tim ann');
  });

  test('companions that count take places with them', () => {
    expect(ids(nextInLine(full(20, 18, 2), [waits('a', null, 3), waits('b', null, 2)]))).toBe('b');
  });

  test('a family of which somebody has the place needs no other', () => {
    const list: Waiting[] = [{ id: 'second', party: 'f:wang', seats: 1, pairKey: null }];
    expect(ids(nextInLine(full(1, 1, 1), list, new Set(['f:wang'])))).toBe('second');
    expect(ids(nextInLine(full(1, 1, 1), list))).toBe('');
  });

  test('never more than fit, never half a pair, and nobody who would still fit alone is left out', () => {
    const line = fc.array(fc.record({ pair: fc.option(fc.constantFrom('x', 'y')), seats: fc.integer({ min: 1, max: 3 }) }), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(places, line, (now, people) => {
        const list = people.map(({ pair, seats }, at) => waits(`w${at}`, pair, seats));
        const next = nextInLine(now, list);
        const free = freePlaces(now);
        const used = seatsOf(next);
        if (free !== null) expect(used).toBeLessThanOrEqual(free);
        for (const key of ['x', 'y']) {
          const members = list.filter(({ pairKey }) => pairKey === key).length;
          expect([0, members]).toContain(next.filter(({ pairKey }) => pairKey === key).length);
        }
        const left = list.filter((one) => one.pairKey === null && !next.includes(one));
        if (free !== null) for (const one of left) expect(one.seats).toBeGreaterThan(free - used);
      }),
    );
  });
});

test('a list stays right through any order of coming, leaving and answering', () => {
  const steps = fc.array(fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constant(-1)), { maxLength: 60 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 6 }), steps, (capacity, todo) => {
      let taken = 0;
      let line: Waiting[] = [];
      let count = 0;
      for (const step of todo) {
        if (step > 0) {
          const inLine = nextInLine(full(capacity, taken, line.length), line).length > 0;
          for (const one of admit(full(capacity, taken, line.length), alone(step), { inLine })) {
            if (one.status === 'confirmed') taken += 1;
            else line.push({ id: `w${(count += 1)}`, party: `w${count}`, seats: 1, pairKey: null });
          }
        } else if (taken > 0) {
          taken -= 1;
          const next = nextInLine(full(capacity, taken, line.length), line);
          taken += next.length;
          line = line.filter((one) => !next.includes(one));
        }
        expect(taken).toBeLessThanOrEqual(capacity);
        expect(line.length > 0 && taken < capacity).toBe(false);
      }
    }),
  );
});

describe('whose turn it is', () => {
  const turns = fc.constantFrom<InTurn['turn']>('now', 'again', 'over');
  const waiters = fc
    .array(fc.record({ turn: turns, seats: fc.integer({ min: 1, max: 2 }) }), { maxLength: 8 })
    .map((list) => list.map((one, at): InTurn => ({ id: `w${at}`, party: `w${at}`, pairKey: null, ...one })));

  test('whoever was not asked yet comes first; what is left is for those who let one offer pass; nobody is asked a third time', () => {
    fc.assert(
      fc.property(places, waiters, (now, list) => {
        const chosen = nextInTurn(now, list);
        expect(chosen.every(({ turn }) => turn !== 'over')).toBe(true);
        expect(seatsOf(chosen)).toBeLessThanOrEqual(freePlaces(now) ?? Infinity);
        const first = chosen.filter(({ turn }) => turn === 'now');
        expect(first).toEqual(
          nextInLine(
            now,
            list.filter(({ turn }) => turn === 'now'),
          ),
        );
        expect(chosen).toEqual([...first, ...chosen.filter(({ turn }) => turn === 'again')]);
      }),
    );
  });

  test('a place is nobody’s only where nobody would fit who may be asked', () => {
    fc.assert(
      fc.property(places, waiters, (now, list) => {
        const chosen = nextInTurn(now, list);
        const left = freePlaces({ ...now, taken: now.taken + seatsOf(chosen) });
        const passed = list.filter((one) => one.turn !== 'over' && !chosen.includes(one));
        expect(passed.every(({ seats }) => left !== null && seats > left)).toBe(true);
      }),
    );
  });
});
