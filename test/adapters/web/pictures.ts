import { PNG } from 'pngjs';

const bytesOf = (hex: string): Buffer => Buffer.from(hex.replace(/\s/gu, ''), 'hex');

/** A PNG with these sides, in one colour. */
export function png(width: number, height: number): Uint8Array<ArrayBuffer> {
  const image = new PNG({ width, height });
  image.data.fill(0x80);
  return Uint8Array.from(PNG.sync.write(image));
}

/** A block of a PNG; its checksum is nobody's business here. */
export function pngBlock(name: string, content: Uint8Array | string): Buffer {
  const bytes = Buffer.from(content);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(bytes.length);
  head.write(name, 4, 'latin1');
  return Buffer.concat([head, bytes, Buffer.alloc(4)]);
}

/** A PNG with more blocks behind its head. */
export const pngWith = (base: Uint8Array, ...blocks: readonly Buffer[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(Buffer.concat([base.subarray(0, 33), ...blocks, base.subarray(33)]));

/** A JPEG's segment. */
export function jpegSegment(marker: number, content: Uint8Array | string): Buffer {
  const bytes = Buffer.from(content);
  const head = Buffer.of(0xff, marker, 0, 0);
  head.writeUInt16BE(bytes.length + 2, 2);
  return Buffer.concat([head, bytes]);
}

/** What a phone writes into a photo: how it was held, and where it was. */
export function exif(orientation: number): Buffer {
  const tiff = bytesOf('49492a00 08000000 0100 1201 0300 01000000 00000000 00000000');
  tiff.writeUInt16LE(orientation, 18);
  return jpegSegment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from('GPS 36.06N 103.83E')]));
}

/** A JPEG in segments only: its parts are in their places, and what it shows is nothing. `segments` stand behind its start. */
export function jpeg(width: number, height: number, ...segments: readonly Buffer[]): Uint8Array<ArrayBuffer> {
  const sides = Buffer.alloc(4);
  sides.writeUInt16BE(height, 0);
  sides.writeUInt16BE(width, 2);
  const frame = jpegSegment(0xc0, Buffer.concat([Buffer.of(8), sides, bytesOf('01 01 11 00')]));
  const scan = Buffer.concat([jpegSegment(0xda, bytesOf('01 01 00 00 3f 00')), bytesOf('12 ff00 34 ffd0 56')]);
  return Uint8Array.from(Buffer.concat([bytesOf('ffd8'), ...segments, frame, scan, bytesOf('ffd9')]));
}

/** A GIF of 3 by 2 pixels, with extensions before its image. */
export const gif = (...extensions: readonly Buffer[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(
    Buffer.concat([
      Buffer.from('GIF89a', 'latin1'),
      bytesOf('0300 0200 80 00 00 000000 ffffff'),
      ...extensions,
      bytesOf('2c 0000 0000 0300 0200 00 02 02 4c01 00 3b'),
    ]),
  );

/** An extension of a GIF, in one small block and one more for the words. */
export const gifExtension = (label: number, name: string, words: string): Buffer =>
  Buffer.concat([Buffer.of(0x21, label, name.length), Buffer.from(name), Buffer.of(words.length), Buffer.from(words), Buffer.of(0)]);

/** A WebP of these blocks. */
export function webp(...blocks: readonly (readonly [name: string, content: Uint8Array | string])[]): Uint8Array<ArrayBuffer> {
  const body = Buffer.concat(
    blocks.map(([name, content]) => {
      const bytes = Buffer.from(content);
      const head = Buffer.alloc(8);
      head.write(name, 'latin1');
      head.writeUInt32LE(bytes.length, 4);
      return Buffer.concat([head, bytes, Buffer.alloc(bytes.length % 2)]);
    }),
  );
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(4 + body.length, 4);
  return Uint8Array.from(Buffer.concat([head, body]));
}

/** The block of a WebP that draws: 5 by 4 pixels, lossless. */
export const webpDrawing = ['VP8L', bytesOf('2f 04c0 0000 00')] as const;
