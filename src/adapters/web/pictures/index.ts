import { readGif } from './gif.js';
import { readJpeg } from './jpeg.js';
import { readPng } from './png.js';
import { readWebp } from './webp.js';

/** A picture that a browser may show, freed of everything that is not picture. */
export interface Picture {
  readonly mimeType: 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif';
  /** In pixels, as it is shown. */
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** More pixels than any phone's camera has: unpacked, such a picture would take the memory of everybody who looks at it. */
const mostPixels = 60_000_000;

const formats = [
  ['image/png', readPng],
  ['image/jpeg', readJpeg],
  ['image/webp', readWebp],
  ['image/gif', readGif],
] as const;

/**
 * Reads a picture by its own bytes, whatever it is called; null where it is none of the four formats, does not hold together to its end,
 * or is larger than phones can show. Only what is known to be picture is kept: the place where it was taken, the camera, a preview,
 * words in it and whatever hangs on behind its end are gone.
 */
export function pictureOf(bytes: Uint8Array): Picture | null {
  for (const [mimeType, read] of formats) {
    const found = read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    if (!found) continue;
    const { width, height, parts } = found;
    if (width < 1 || height < 1 || width * height > mostPixels) return null;
    return { mimeType, width, height, data: new Uint8Array(Buffer.concat(parts)) };
  }
  return null;
}
