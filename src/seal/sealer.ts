import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** A data key: 32 random bytes. */
export type DataKey = Uint8Array;

/** Seals texts so that the database alone does not tell what they say. */
export interface Sealer {
  /**
   * Encrypts a text with the first key. `context` says where it belongs, such as `inbox:ID`; it is authenticated but not stored,
   * so that a sealed value opens in no other place. Half a surrogate pair becomes U+FFFD.
   */
  seal(text: string, context: string): Uint8Array<ArrayBuffer>;
  /** Opens what was sealed with any of the keys under the same context. Throws `SealError`. */
  open(sealed: Uint8Array, context: string): string;
}

/** A sealed value cannot be opened: not in a known form, sealed with a key that is not here, or changed or moved since. */
export class SealError extends Error {
  override readonly name = 'SealError';
  constructor(readonly reason: 'form' | 'unknownKey' | 'changed') {
    super(
      {
        form: 'This is not a sealed value.',
        unknownKey: 'The value was sealed with another key.',
        changed: 'The sealed value was changed, or belongs to another place.',
      }[reason],
    );
  }
}

// A sealed value: version (1 byte), key id (4), nonce (12), ciphertext, tag (16).
const version = 1;
const keyIdEnd = 5;
const nonceEnd = 17;
const tagLength = 16;

/** Makes a sealer of AES-256-GCM. Several keys serve rotation: the first seals, all open. Refuses an empty list and keys of another length. */
export function createSealer(keys: DataKey | readonly DataKey[]): Sealer {
  const ring = (keys instanceof Uint8Array ? [keys] : keys).map((key) => ({ key, id: keyId(key) }));
  const [current] = ring;
  if (current === undefined) throw new Error('A sealer needs a key.');

  return {
    seal(text, context) {
      const header = Buffer.concat([Buffer.of(version), current.id]);
      const nonce = randomBytes(nonceEnd - keyIdEnd);
      const cipher = createCipheriv('aes-256-gcm', current.key, nonce).setAAD(authenticated(header, context));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return new Uint8Array(Buffer.concat([header, nonce, body, cipher.getAuthTag()]));
    },

    open(sealed, context) {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      if (bytes.length < nonceEnd + tagLength || bytes[0] !== version) throw new SealError('form');
      const id = bytes.subarray(1, keyIdEnd);
      const candidates = ring.filter((entry) => entry.id.equals(id));
      if (candidates.length === 0) throw new SealError('unknownKey');
      for (const { key } of candidates) {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(keyIdEnd, nonceEnd), { authTagLength: tagLength })
          .setAAD(authenticated(bytes.subarray(0, keyIdEnd), context))
          .setAuthTag(bytes.subarray(-tagLength));
        const text = decipher.update(bytes.subarray(nonceEnd, -tagLength));
        try {
          return Buffer.concat([text, decipher.final()]).toString('utf8');
        } catch {
          // Tampered with, or one of two keys whose short ids are equal.
        }
      }
      throw new SealError('changed');
    },
  };
}

function keyId(key: DataKey): Buffer {
  if (key.length !== 32) throw new Error('A data key has 32 bytes.');
  return createHash('sha256')
    .update('linli key id')
    .update(key)
    .digest()
    .subarray(0, keyIdEnd - 1);
}

const authenticated = (header: Uint8Array, context: string): Buffer => Buffer.concat([header, Buffer.from(context, 'utf8')]);
