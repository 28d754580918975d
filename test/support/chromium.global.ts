import { execFileSync } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, createBrotliDecompress } from 'node:zlib';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The Chromium in which pages are tested, and what its environment needs beside the usual. */
    chromium: { readonly executablePath: string; readonly env: Readonly<Record<string, string>> };
  }
}

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** Finds the Chromium to test pages in: the one named in CHROMIUM_PATH, the system's own, or on other Linux machines the one that npm brought. */
export default async function setup(project: TestProject): Promise<void> {
  const installed = process.env['CHROMIUM_PATH'] || '/usr/bin/chromium';
  const packaged = process.platform === 'linux' && process.arch === 'x64' && !process.env['CHROMIUM_PATH'];
  project.provide('chromium', existsSync(installed) || !packaged ? { executablePath: installed, env: {} } : await unpack());
}

/** Unpacks the packaged browser once; a run that is cut short leaves nothing that a later one would take for whole. */
async function unpack() {
  const source = join(modules, '@sparticuz/chromium');
  const { version } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as { version: string }; // npm's own file
  const home = join(modules, '.cache', `chromium-${version}`);
  const executablePath = join(home, 'chromium');
  if (!existsSync(executablePath)) {
    await mkdir(join(modules, '.cache'), { recursive: true });
    const half = await mkdtemp(`${home}-`);
    const program = createWriteStream(join(half, 'chromium'), { mode: 0o755 });
    await pipeline(createReadStream(join(source, 'bin/chromium.br')), createBrotliDecompress(), program);
    execFileSync('tar', ['-x', '-C', half], { input: brotliDecompressSync(await readFile(join(source, 'bin/al2023.tar.br'))) });
    const fonts = join(modules, '@expo-google-fonts/noto-sans-sc/400Regular');
    await writeFile(join(half, 'fonts.conf'), `<fontconfig><dir>${fonts}</dir><cachedir>${join(home, 'fonts')}</cachedir></fontconfig>\n`);
    await rename(half, home).catch(async (fault: unknown) => {
      // Another run was quicker.
      await rm(half, { recursive: true, force: true });
      if (!existsSync(executablePath)) throw fault;
    });
  }
  return { executablePath, env: { LD_LIBRARY_PATH: join(home, 'lib'), FONTCONFIG_FILE: join(home, 'fonts.conf') } };
}
