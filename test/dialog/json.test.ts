import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { json, jsonRecord } from '../../src/dialog/json.js';

const odd = [undefined, NaN, Infinity, 1n, Symbol('s'), () => 1, new Date(0), new Map(), new Uint8Array(1)];

test('accepts what zod’s own JSON accepts, and as it is', () => {
  const values = fc.oneof(fc.jsonValue(), fc.anything(), fc.constantFrom(...odd));
  fc.assert(
    fc.property(values, (value) => {
      for (const candidate of [value, [value], { value }]) {
        const parsed = json.safeParse(candidate);
        expect(parsed.success).toBe(z.json().safeParse(candidate).success);
        if (parsed.success) expect(parsed.data).toBe(candidate);
      }
    }),
  );
});

test('JSON by name is an object', () => {
  expect(jsonRecord.safeParse({ name: ['王芳', null] }).success).toBe(true);
  for (const value of [[], 'name', null, undefined, new Date(0), { name: undefined }])
    expect(jsonRecord.safeParse(value).success).toBe(false);
});
