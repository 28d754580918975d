/**
 * How a phone was held when a photo was taken (1 to 8, 1 is upright) stands in the same block as the place where it was. So it alone is
 * read from there and written anew.
 */
const exif = 'Exif\0\0';
const tag = 0x0112;

/** Reads it from a segment of a JPEG; 1 where nothing is said of it, or nothing that can be read. */
export function orientationIn(segment: Buffer): number {
  if (segment.toString('latin1', 4, 10) !== exif) return 1;
  const tiff = segment.subarray(10);
  if (tiff.length < 8) return 1;
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number): number => (at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  const entries = short(directory);
  for (let entry = 0; entry < entries; entry += 1) {
    const at = directory + 2 + entry * 12;
    if (at + 12 > tiff.length) return 1;
    if (short(at) !== tag) continue;
    const value = short(at + 8);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** A segment that says it and nothing else. */
export function orientationSegment(orientation: number): Buffer {
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex');
  tiff.writeUInt16BE(orientation, 18);
  const head = Buffer.of(0xff, 0xe1, 0, 0);
  head.writeUInt16BE(2 + exif.length + tiff.length, 2);
  return Buffer.concat([head, Buffer.from(exif, 'latin1'), tiff]);
}
