// Everything that measuring needs besides the house itself, done only where it is missing.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDependencies } from '../../scripts/setup/dependencies.mjs';
import { root } from '../../scripts/setup/root.mjs';

/** The folder of this package. */
export const bench = join(root, 'bench');
/** What is made here; may be deleted at any time. */
export const cache = join(bench, '.cache');

const house = join(cache, 'house');

/** Installs the peers, compiles the house, makes their Prisma clients, compiles the tests' PostgreSQL server and lays out the texts. Prisma and the drivers are the house's own: both sides use the same. */
export async function setUpBench() {
  await ensureDependencies({ dev: false, folder: bench });
  mkdirSync(cache, { recursive: true });
  for (const provider of ['sqlite', 'postgresql']) generatePeer(provider);
  const { build } = await import('esbuild');
  // File by file, since the rows measure parts of the house by themselves.
  rmSync(house, { recursive: true, force: true });
  await build({
    entryPoints: [join(root, 'src/**/*.ts')],
    outbase: join(root, 'src'),
    outdir: house,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
  });
  await build({
    entryPoints: [join(root, 'test/support/postgresServer.ts')],
    outdir: cache,
    outExtension: { '.js': '.mjs' },
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  });
  await build({
    entryPoints: [join(root, 'test/understand/readers.ts')],
    outfile: join(cache, 'readers.mjs'),
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  });
  cpSync(join(root, 'locales'), join(cache, 'locales'), { recursive: true });
  cpSync(join(bench, 'six/six.zh-CN.json'), join(cache, 'locales/zh-CN/six.json'));
}

function generatePeer(provider) {
  if (existsSync(join(cache, 'prisma', provider, 'index.js'))) return;
  const prisma = join(root, 'node_modules/prisma/build/index.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [prisma, 'generate', '--schema', `prisma/${provider}.prisma`], {
    cwd: bench,
    encoding: 'utf8',
    // As in scripts/prisma-generate.mjs: no engine is needed, and none is downloaded.
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' },
  });
  if (status !== 0) throw new Error(`Prisma refused the peer's schema:\n${stdout}${stderr}`);
}
