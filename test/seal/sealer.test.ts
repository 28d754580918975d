import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSealer, SealError } from '../../src/seal/index.js';

const text = fc.string({ unit: 'grapheme' });
const context = fc.string();
const sealer = createSealer(randomBytes(32));
const reasonOf = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    if (error instanceof SealError) return error.reason;
    throw error;
  }
  return 'opened';
};

describe('a sealer', () => {
  it('opens what it sealed', () => {
    fc.assert(
      fc.property(text, context, (said, where) => {
        expect(sealer.open(sealer.seal(said, where), where)).toBe(said);
      }),
    );
  });

  it('opens it in no other place', () => {
    fc.assert(
      fc.property(text, context, context, (said, where, elsewhere) => {
        fc.pre(where !== elsewhere);
        expect(reasonOf(() => sealer.open(sealer.seal(said, where), elsewhere))).toBe('changed');
      }),
    );
  });

  it('opens nothing of which a bit was changed, or a piece cut off', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.integer({ min: 0, max: 7 }), (said, position, bit) => {
        const sealed = sealer.seal(said, 'inbox:1');
        const index = position % sealed.length;
        const changed = sealed.map((byte, at) => (at === index ? byte ^ (1 << bit) : byte));
        expect(reasonOf(() => sealer.open(changed, 'inbox:1'))).not.toBe('opened');
        expect(reasonOf(() => sealer.open(sealed.subarray(0, index), 'inbox:1'))).not.toBe('opened');
      }),
    );
  });

  it('never opens what it did not seal', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), context, (bytes, where) => {
        expect(reasonOf(() => sealer.open(bytes, where))).not.toBe('opened');
      }),
    );
  });

  it('shows nothing of the text, and seals the same text differently each time', () => {
    const sealed = [sealer.seal('小雏鹰 2017-05-04', 'a'), sealer.seal('小雏鹰 2017-05-04', 'a')].map((bytes) => Buffer.from(bytes));
    expect(sealed[0]?.includes('小雏鹰')).toBe(false);
    expect(sealed[0]?.equals(sealed[1] ?? Buffer.of())).toBe(false);
  });

  it('seals with its first key and opens with any of them', () => {
    const [older, newer] = [randomBytes(32), randomBytes(32)];
    const before = createSealer(older).seal('before', 'a');
    const rotated = createSealer([newer, older]);
    const after = rotated.seal('after', 'a');
    expect([rotated.open(before, 'a'), rotated.open(after, 'a')]).toEqual(['before', 'after']);
    expect(reasonOf(() => createSealer(older).open(after, 'a'))).toBe('unknownKey');
  });

  it('opens a part of a larger buffer, as drivers hand it over', () => {
    const sealed = sealer.seal('text', 'a');
    const larger = new Uint8Array(sealed.length + 20);
    larger.set(sealed, 10);
    expect(sealer.open(larger.subarray(10, 10 + sealed.length), 'a')).toBe('text');
  });

  it('still opens a value of version 1', () => {
    const key = Uint8Array.from({ length: 32 }, (_, index) => index);
    expect(createSealer(key).open(Buffer.from(version1, 'base64'), 'setting:sample')).toBe('费家营');
  });

  it('refuses no keys and keys of another length', () => {
    expect(() => createSealer([])).toThrow('needs a key');
    expect(() => createSealer(randomBytes(16))).toThrow('32 bytes');
  });
});

// Sealed once and kept: what is in databases must stay readable.
const version1 = 'AeH81Hgf1T3G0dNpkPehM+trTNthXkaznxqCtd4ngO2+Y5TUCXrNI5jK';
