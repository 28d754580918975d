import fc from 'fast-check';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { pictureOf } from '../../src/adapters/web/pictures/index.js';
import { exif, gif, gifExtension, jpeg, jpegSegment, png, pngBlock, pngWith, webp, webpDrawing } from './web/pictures.js';

const place = 'GPS 36.06N 103.83E';
const text = (data: Uint8Array | undefined): string => Buffer.from(data ?? []).toString('latin1');
const behind = (bytes: Uint8Array, more: string) => Uint8Array.from(Buffer.concat([bytes, Buffer.from(more)]));

describe('a picture is known by its bytes', () => {
  it.each([
    ['PNG', png(7, 5), { mimeType: 'image/png', width: 7, height: 5 }],
    ['JPEG', jpeg(7, 5), { mimeType: 'image/jpeg', width: 7, height: 5 }],
    ['JPEG that lies on its side', jpeg(7, 5, exif(6)), { mimeType: 'image/jpeg', width: 5, height: 7 }],
    ['GIF', gif(), { mimeType: 'image/gif', width: 3, height: 2 }],
    ['WebP', webp(webpDrawing), { mimeType: 'image/webp', width: 5, height: 4 }],
  ])('%s', (_name, bytes, expected) => expect(pictureOf(bytes)).toMatchObject(expected));

  it.each([
    ['a drawing with a script', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['nothing', Buffer.alloc(0)],
    ['only the first signs', Buffer.from(png(7, 5)).subarray(0, 20)],
    ['a PNG that is cut off', Buffer.from(png(7, 5)).subarray(0, -4)],
    ['a PNG of which a block says that it goes on for ever', pngWith(png(7, 5), Buffer.from('ffffffff4141414100', 'hex'))],
    ['a JPEG without a picture', Buffer.concat([Buffer.from('ffd8', 'hex'), exif(1), Buffer.from('ffd9', 'hex')])],
    ['a GIF without an end', Buffer.from(gif()).subarray(0, -1)],
    ['a WebP that is cut off', Buffer.from(webp(webpDrawing)).subarray(0, -4)],
    ['a picture for nobody’s memory', jpeg(60_000, 60_000)],
    ['a picture without a side', jpeg(0, 5)],
  ])('%s is none', (_name, bytes) => expect(pictureOf(Uint8Array.from(bytes))).toBeNull());

  it('control: a large photo of a phone is one', () => expect(pictureOf(jpeg(8_000, 6_000))).toMatchObject({ width: 8_000 }));
});

describe('of a picture nothing is kept but the picture', () => {
  it('a PNG loses words, places, times and what stands behind its end', () => {
    const clean = png(7, 5);
    const dirty = behind(
      pngWith(clean, pngBlock('eXIf', place), pngBlock('tEXt', place), pngBlock('tIME', 'now'), pngBlock('xxXx', place)),
      '<script>',
    );
    const kept = pictureOf(dirty)?.data;
    expect(kept).toEqual(clean);
    expect(PNG.sync.read(Buffer.from(kept ?? []))).toMatchObject({ width: 7, height: 5 });
    const coloured = pngWith(clean, pngBlock('gAMA', Buffer.from('0000b18f', 'hex')));
    expect(pictureOf(coloured)?.data).toEqual(coloured);
  });

  it('a JPEG loses the place, the camera, words and a second picture behind it, but not how it was held', () => {
    const colours = jpegSegment(0xe2, 'ICC_PROFILE\0 colours');
    const dirty = jpeg(
      7,
      5,
      exif(6),
      jpegSegment(0xe1, `http://ns.adobe.com/xap/1.0/ ${place}`),
      jpegSegment(0xed, place),
      jpegSegment(0xfe, place),
      colours,
    );
    const kept = pictureOf(behind(dirty, place));
    expect(text(kept?.data)).not.toContain('GPS');
    expect(kept?.data).toEqual(jpeg(7, 5, exifOnly(6), colours));
    expect(pictureOf(kept?.data ?? new Uint8Array())).toMatchObject({ width: 5, height: 7, data: kept?.data });
    expect(pictureOf(jpeg(7, 5))?.data).toEqual(jpeg(7, 5));
  });

  it('a WebP loses the place, and no longer says that it has one', () => {
    const whole = Buffer.from('1c000000040000030000', 'hex');
    const dirty = webp(['VP8X', whole], webpDrawing, ['EXIF', place], ['XMP ', place]);
    const kept = pictureOf(behind(dirty, place));
    expect(kept?.data).toEqual(webp(['VP8X', Buffer.from('10000000040000030000', 'hex')], webpDrawing));
    expect(kept).toMatchObject({ width: 5, height: 4 });
  });

  it('a GIF loses words, but goes on moving', () => {
    const loop = gifExtension(0xff, 'NETSCAPE2.0', '\u0001\0\0');
    const dirty = gif(gifExtension(0xfe, 'words', place), loop, gifExtension(0xff, 'XMP DataXMP', place));
    expect(pictureOf(behind(dirty, place))?.data).toEqual(gif(loop));
  });

  it('whatever comes, it ends, and what is kept is kept again', () => {
    const starts = [png(3, 3), jpeg(3, 3, exif(3)), gif(), webp(webpDrawing)];
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 12 }), (start, changes) => {
        const bytes = Uint8Array.from(start);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        const once = pictureOf(bytes);
        if (once) expect(pictureOf(once.data)?.data).toEqual(once.data);
      }),
      { numRuns: 500 },
    );
  });
});

/** How a photo was held and nothing else, as it is written anew. */
function exifOnly(orientation: number): Buffer {
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex');
  tiff.writeUInt16BE(orientation, 18);
  return jpegSegment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]));
}
