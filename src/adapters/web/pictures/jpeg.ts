import type { Read } from './read.js';
import { orientationIn, orientationSegment } from './orientation.js';

const startOfScan = 0xda;
const endOfImage = 0xd9;
const app0 = 0xe0;
const app1 = 0xe1;
const app2 = 0xe2;
const app14 = 0xee;
const app15 = 0xef;
const comment = 0xfe;

/** Begins a frame and names its sides: all of c0 to cf but three that are tables. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** The density, colours (an ICC profile) and Adobe's note about them are picture; camera, place, preview and words are not. */
function isKept(marker: number, segment: Buffer): boolean {
  if (marker === comment) return false;
  if (marker < app0 || marker > app15) return true;
  return marker === app0 || marker === app14 || (marker === app2 && segment.toString('latin1', 4, 15) === 'ICC_PROFILE');
}

/** Reads a JPEG: segments of marker (2 bytes), length (2) and content; behind the start of a scan the picture itself, until the next marker. */
export function readJpeg(bytes: Buffer): Read | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null;
  const parts: Buffer[] = [];
  let sides: Pick<Read, 'width' | 'height'> | null = null;
  let orientation = 1;
  let scanned = false;
  let at = 2;
  while (at + 2 <= bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === endOfImage) break;
    // 0xff may be repeated before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (at + 4 > bytes.length) return null;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length || end < at + 4) return null;
    const begin = at;
    const segment = bytes.subarray(begin, end);
    if (isFrame(marker) && segment.length >= 9) sides ??= { height: segment.readUInt16BE(5), width: segment.readUInt16BE(7) };
    if (marker === app1 && orientation === 1) orientation = orientationIn(segment);
    scanned ||= marker === startOfScan;
    at = marker === startOfScan ? endOfScan(bytes, end) : end;
    if (isKept(marker, segment)) parts.push(bytes.subarray(begin, at));
  }
  if (!sides || !scanned) return null;
  const { width, height } = sides;
  const head = [Buffer.of(0xff, 0xd8), ...(orientation === 1 ? [] : [orientationSegment(orientation)])];
  const shown = orientation >= 5 ? { width: height, height: width } : sides;
  return { ...shown, parts: [...head, ...parts, Buffer.of(0xff, endOfImage)] };
}

/** Where the next marker stands that is none of the picture's own (a byte 0xff as such, or a restart). */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}
