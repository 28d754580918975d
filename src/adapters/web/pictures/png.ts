import type { Read } from './read.js';

const signature = Buffer.from('89504e470d0a1a0a', 'hex');

/** What draws the picture or gives its colours; not words (tEXt), times (tIME), places (eXIf), nor what nobody knows. */
const kept = new Set('IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD hIST pHYs sPLT cICP mDCV cLLI acTL fcTL fdAT'.split(' '));

/** Reads a PNG: blocks of length (4 bytes), name (4), content and checksum (4), the first IHDR with the sides, the last IEND. */
export function readPng(bytes: Buffer): Read | null {
  if (!bytes.subarray(0, 8).equals(signature) || bytes.toString('latin1', 12, 16) !== 'IHDR' || bytes.length < 33) return null;
  const parts: Buffer[] = [signature];
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) return null;
    const name = bytes.toString('latin1', at + 4, at + 8);
    if (kept.has(name)) parts.push(bytes.subarray(at, end));
    if (name === 'IEND') return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), parts };
    at = end;
  }
  return null;
}
