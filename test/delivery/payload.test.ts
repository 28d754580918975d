import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Choice, Outbound } from '../../src/chat/index.js';
import { openMessage, sealMessage } from '../../src/delivery/payload.js';
import { createSealer } from '../../src/seal/index.js';

const sealer = createSealer(new Uint8Array(32));
const text = fc.string({ unit: 'grapheme' });

// Everything that a message can hold: a field that is added to it must be added here, and then must come back.
const choice: fc.Arbitrary<Required<Choice>> = fc.record({ key: text, label: text, value: text, quiet: fc.boolean() });
const message: fc.Arbitrary<Required<Omit<Outbound, 'file'>>> = fc.record({
  text,
  choices: fc.array(choice),
  replyTo: text,
  mention: fc.record({ id: text, name: text }),
});

test('a message opens as it was sealed, with everything in it', () => {
  fc.assert(
    fc.property(message, (given) => {
      expect(openMessage(sealer, sealMessage(sealer, { message: given }, 'k'), 'k')).toEqual({ message: given });
    }),
  );
});

test('a message of words alone has nothing else', () => {
  expect(openMessage(sealer, sealMessage(sealer, { message: { text: 'x' } }, 'k'), 'k')).toEqual({ message: { text: 'x' } });
});

test('in another row it does not open', () => {
  expect(openMessage(sealer, sealMessage(sealer, { message: { text: 'x' } }, 'k'), 'other')).toBeNull();
});
