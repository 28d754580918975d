import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Choice, Outbound } from '../../src/chat/index.js';
import { openMessage, sealMessage } from '../../src/delivery/payload.js';
import { createSealer } from '../../src/seal/index.js';

const sealer = createSealer(new Uint8Array(32));
const text = fc.string({ unit: 'grapheme' });

// `Required`: a field that is added to a message must be added here, and then must come back.
const choice: fc.Arbitrary<Choice> = fc.record<Required<Choice>>(
  { key: text, label: text, value: text, quiet: fc.boolean() },
  { requiredKeys: ['label', 'value'] },
) as fc.Arbitrary<Choice>;
const message: fc.Arbitrary<Omit<Outbound, 'file'>> = fc.record<Required<Omit<Outbound, 'file'>>>(
  { text, choices: fc.array(choice), replyTo: text, mention: fc.record({ id: text, name: text }) },
  { requiredKeys: ['text'] },
) as fc.Arbitrary<Omit<Outbound, 'file'>>;

test('a message opens as it was sealed, with everything in it', () => {
  fc.assert(
    fc.property(message, (given) => {
      expect(openMessage(sealer, sealMessage(sealer, { message: given }, 'k'), 'k')).toEqual({ message: given });
    }),
  );
});

test('in another row it does not open', () => {
  expect(openMessage(sealer, sealMessage(sealer, { message: { text: 'x' } }, 'k'), 'other')).toBeNull();
});
