import type { Read } from './read.js';

const kept = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
/** In VP8X: that EXIF and XMP are there. */
const aboutMetadata = 0x0c;

/** Reads a WebP: `RIFF`, length, `WEBP`, then blocks of name (4 bytes), length (4) and content, each filled up to an even length. */
export function readWebp(bytes: Buffer): Read | null {
  if (bytes.length < 20 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP') return null;
  const until = 8 + bytes.readUInt32LE(4);
  if (until > bytes.length) return null;
  const blocks: Buffer[] = [];
  let sides: Pick<Read, 'width' | 'height'> | null = null;
  for (let at = 12; at + 8 <= until;) {
    const name = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    const end = at + 8 + length + (length % 2);
    if (end > until) return null;
    sides ??= sidesOf(name, bytes.subarray(at + 8, at + 8 + length));
    if (kept.has(name)) blocks.push(name === 'VP8X' ? withoutFlags(bytes.subarray(at, end)) : bytes.subarray(at, end));
    at = end;
  }
  if (!sides) return null;
  const head = Buffer.from(bytes.subarray(0, 12));
  head.writeUInt32LE(4 + blocks.reduce((sum, { length }) => sum + length, 0), 4);
  return { ...sides, parts: [head, ...blocks] };
}

/** The sides as the first block tells them: of the whole (VP8X), of a photo (VP8) or of a drawing (VP8L). */
function sidesOf(name: string, content: Buffer): Pick<Read, 'width' | 'height'> | null {
  if (name === 'VP8X' && content.length >= 10) return { width: content.readUIntLE(4, 3) + 1, height: content.readUIntLE(7, 3) + 1 };
  if (name === 'VP8 ' && content.length >= 10) return { width: content.readUInt16LE(6) & 0x3fff, height: content.readUInt16LE(8) & 0x3fff };
  if (name !== 'VP8L' || content.length < 5 || content[0] !== 0x2f) return null;
  const bits = content.readUInt32LE(1);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

function withoutFlags(block: Buffer): Buffer {
  const changed = Buffer.from(block);
  changed[8] = (changed[8] ?? 0) & ~aboutMetadata;
  return changed;
}
