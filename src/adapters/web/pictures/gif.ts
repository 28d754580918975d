import type { Read } from './read.js';

const image = 0x2c;
const extension = 0x21;
const trailer = 0x3b;
const comment = 0xfe;
const application = 0xff;
/** The extensions that say how often a moving picture plays; others hold words. */
const loops = ['NETSCAPE2.0', 'ANIMEXTS1.0'];

/** How long a table of colours is, in bytes, by the flags before it. */
const tableLength = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1));

/** Reads a GIF: a head with the sides, perhaps a table of colours, then images and extensions, each of small blocks of at most 255 bytes, until the trailer. */
export function readGif(bytes: Buffer): Read | null {
  if (bytes.length < 14 || !/^GIF8[79]a$/u.test(bytes.toString('latin1', 0, 6))) return null;
  let at = 13 + tableLength(bytes[10] ?? 0);
  const parts: Buffer[] = [bytes.subarray(0, at)];
  while (at < bytes.length) {
    const kind = bytes[at];
    if (kind === trailer) return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8), parts: [...parts, Buffer.of(trailer)] };
    if (kind !== image && kind !== extension) return null;
    const blocks = kind === image ? at + 11 + tableLength(bytes[at + 9] ?? 0) : at + 2;
    const end = endOfBlocks(bytes, blocks);
    if (end === null) return null;
    if (kind === image || isKept(bytes, at)) parts.push(bytes.subarray(at, end));
    at = end;
  }
  return null;
}

/** Behind the last of the small blocks: each begins with its length, and one of length 0 ends them. */
function endOfBlocks(bytes: Buffer, from: number): number | null {
  for (let at = from; at < bytes.length;) {
    const length = bytes[at] ?? 0;
    at += 1 + length;
    if (length === 0) return at;
  }
  return null;
}

function isKept(bytes: Buffer, at: number): boolean {
  const label = bytes[at + 1];
  if (label === comment) return false;
  return label !== application || loops.includes(bytes.toString('latin1', at + 3, at + 14));
}
