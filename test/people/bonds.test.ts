import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  asBond,
  better,
  bonds,
  canBeConfirmed,
  earlierPosition,
  isGuardianAmong,
  isGuardianOf,
  keepersOf,
  mayConsent,
  mayName,
  needsStaff,
  samePairs,
  stronger,
  takesPlace,
  tieTo,
} from '../../src/people/index.js';

describe('who may consent', () => {
  test.each([
    ['parent', null, true],
    ['guardian', null, true],
    ['grandparent', null, false],
    ['grandparent', 'staff', true],
    ['other', null, false],
    ['other', 'staff', false],
    [null, null, false],
    [null, 'staff', false],
    ['Parent', null, false],
    ['__proto__', 'staff', false],
  ])('%s, confirmed by %s: %s', (bond, confirmedBy, may) => {
    expect(mayConsent({ bond, confirmedBy })).toBe(may);
  });

  const at = (ms: number) => ({ id: `child${ms}`, createdAt: new Date(ms) });
  const member = (bond: string | null, confirmedAt: number | null = null) => ({
    bond,
    confirmedBy: confirmedAt === null ? null : 'staff',
    confirmedAt: confirmedAt === null ? null : new Date(confirmedAt),
    apart: [],
  });

  test('what staff confirmed counts for the children who were there by then; a parent is one of all', () => {
    expect([isGuardianOf(member('grandparent', 10), at(10)), isGuardianOf(member('grandparent', 10), at(11))]).toEqual([true, false]);
    expect([isGuardianOf(member('guardian', 10), at(11)), isGuardianOf(member('guardian'), at(11))]).toEqual([false, true]);
    expect([isGuardianOf(member('parent', 10), at(11)), isGuardianOf(member('grandparent'), at(1))]).toEqual([true, false]);
    expect(['parent', 'guardian', 'grandparent', 'other', null].map((bond) => mayName(member(bond)))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(['parent', 'guardian', 'grandparent'].map((bond) => mayName(member(bond, 10)))).toEqual([true, false, false]);
  });

  test('whoever said to be none becomes one by staff alone, and there has to be a child', () => {
    expect(bonds.map((bond) => needsStaff(member('other'), bond))).toEqual([true, true, false, false]);
    expect(bonds.map((bond) => needsStaff(member('grandparent', 10), bond))).toEqual([true, true, false, false]);
    expect(bonds.map((bond) => needsStaff(member(null), bond))).toEqual([false, false, false, false]);
    expect(bonds.map((bond) => needsStaff(member('guardian', 10), bond))).toEqual([true, false, false, false]);
    expect([
      canBeConfirmed(member('grandparent'), 'grandparent', []),
      canBeConfirmed(member('grandparent'), 'grandparent', [at(1)]),
    ]).toEqual([false, true]);
    expect(canBeConfirmed(member('grandparent', 10), 'grandparent', [at(1)])).toBe(false);
    expect(canBeConfirmed(member('grandparent', 10), 'grandparent', [at(1), at(11)])).toBe(true);
    expect([canBeConfirmed(member(null), 'parent', [at(1)]), canBeConfirmed(member('other'), 'other', [at(1)])]).toEqual([true, false]);
  });

  test('what is said about one child goes before what is said in general, and of two words the one with the right stays', () => {
    const apart = { ...member('parent'), apart: [{ dependantId: 'child2', bond: 'other', confirmedBy: null }] };
    expect([isGuardianOf(apart, at(1)), isGuardianOf(apart, at(2))]).toEqual([true, false]);
    expect([isGuardianAmong(apart, [at(2)]), isGuardianAmong(apart, [at(1), at(2)]), isGuardianAmong(apart, [])]).toEqual([
      false,
      true,
      true,
    ]);
    expect([tieTo(apart, at(2)).bond, tieTo(member('guardian', 10), at(11)).bond, tieTo(member('grandparent', 10), at(10))]).toEqual([
      'other',
      'other',
      { bond: 'grandparent', confirmedBy: 'staff' },
    ]);
    const words = [member('parent'), member('guardian'), member('grandparent', 10), member('grandparent'), member('other'), member(null)];
    for (const [at, word] of words.entries())
      for (const less of words.slice(at)) expect([stronger(word, less), stronger(less, word)]).toEqual([word, word]);
  });

  test('a child’s entry is its guardians’; where it has none, everybody’s', () => {
    const all = [member('parent'), member('grandparent', 10), member('other')];
    expect(keepersOf(all, at(5))).toEqual(all.slice(0, 2));
    expect(keepersOf(all, at(11))).toEqual(all.slice(0, 1));
    expect(keepersOf(all.slice(2), at(5))).toEqual(all.slice(2));
  });

  test('every bond is read back, and nothing else is one', () => {
    for (const bond of bonds) expect(asBond(bond)).toBe(bond);
    for (const odd of [null, '', 'mother', 'constructor']) expect(asBond(odd)).toBeNull();
  });
});

const child = fc.record({
  name: fc.constantFrom('王小明', '王小红', '王 小 明'),
  birthDate: fc.constantFrom('2018-05-20', '2019-11-02', ''),
});
const family = (side: string) => fc.array(child, { maxLength: 6 }).map((all) => all.map((one, n) => ({ ...one, id: `${side}${n}` })));

describe('who of two households may be the same', () => {
  test('is paired by name and birth date, one to one: twins with one name stay two', () => {
    fc.assert(
      fc.property(family('a'), family('b'), (from, into) => {
        const pairs = samePairs(from, into);
        expect(new Set(pairs.map((pair) => pair.from)).size).toBe(pairs.length);
        expect(new Set(pairs.map((pair) => pair.into)).size).toBe(pairs.length);
        const key = ({ name, birthDate }: { name: string; birthDate: string }) => `${name.replace(/\s/gu, '')} ${birthDate}`;
        for (const pair of pairs) {
          const [one, other] = [from.find(({ id }) => id === pair.from), into.find(({ id }) => id === pair.into)];
          expect(one && other && key(one) === key(other)).toBe(true);
        }
        // Nobody is left on both sides who could still be paired.
        const count = (all: typeof from, of: string) => all.filter((one) => key(one) === of).length;
        const wanted = [...new Set(from.map(key))].reduce((sum, one) => sum + Math.min(count(from, one), count(into, one)), 0);
        expect(pairs).toHaveLength(wanted);
      }),
    );
  });
});

const signUp = fc.record({
  status: fc.constantFrom('confirmed', 'offered', 'held', 'waiting', 'leaving', 'cancelled', 'released'),
  position: fc.integer({ min: 1, max: 50 }),
});

describe('two sign-ups of one participant', () => {
  test('become the better one with the earlier position; a place is never lost to one that waits, whoever is asked first', () => {
    fc.assert(
      fc.property(signUp, signUp, (one, other) => {
        const stays = better(one, other);
        const goes = stays === one ? other : one;
        expect(better(other, one)).toEqual(stays);
        if ([one, other].some(({ status }) => status === 'confirmed')) expect(stays.status).toBe('confirmed');
        if (['cancelled', 'released'].includes(stays.status)) expect(['cancelled', 'released']).toContain(goes.status);
        expect(earlierPosition(stays, goes)).toBeLessThanOrEqual(stays.position);
        if (one.status === other.status) expect(earlierPosition(stays, goes)).toBe(Math.min(one.position, other.position));
      }),
    );
  });

  test('of two that are over in different ways the same one stays, whichever is named first', () => {
    const released = { status: 'released', position: 5 };
    const cancelled = { status: 'cancelled', position: 5 };
    expect(better(released, cancelled)).toBe(better(cancelled, released));
  });

  test('only places that are taken are free when one of them goes', () => {
    expect(
      ['held', 'offered', 'confirmed', 'leaving', 'waiting', 'cancelled', 'released'].filter((status) => takesPlace({ status })),
    ).toEqual(['held', 'offered', 'confirmed', 'leaving']);
  });
});
