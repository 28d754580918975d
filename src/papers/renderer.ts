import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Renderer } from '@takumi-rs/core';

/** The family under which the font is known to what is drawn. */
export const family = 'sans';

const fonts = [
  { weight: 400, file: '400Regular/NotoSansSC_400Regular.ttf' },
  { weight: 700, file: '700Bold/NotoSansSC_700Bold.ttf' },
];

let ready: Promise<Renderer> | null = null;

/**
 * The one renderer of the process, with the full Chinese font in two weights: subsets lose letters of rare names. It is made when
 * the first picture is wanted and then kept: made anew each time, memory would grow with every picture.
 */
export function renderer(): Promise<Renderer> {
  ready ??= make().catch((fault: unknown) => {
    ready = null;
    throw fault;
  });
  return ready;
}

async function make(): Promise<Renderer> {
  const { Renderer } = await import('@takumi-rs/core');
  // No picture comes twice, so what it decodes needs no keeping.
  const made = new Renderer({ cacheMaxBytes: 0 });
  const { resolve } = createRequire(import.meta.url);
  for (const { weight, file } of fonts) {
    const data = await readFile(resolve(`@expo-google-fonts/noto-sans-sc/${file}`));
    await made.registerFont({ name: family, weight, data });
  }
  return made;
}
