import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './root.mjs';
import { say } from './say.mjs';

const dist = join(root, 'dist');
const stampFile = join(dist, '.stamp');
const source = join(root, 'src');
const generated = join(source, 'storage', 'generated');

/**
 * Brings dist/ up to src/: a file for each of the programs and what they share, since reading 200 small files takes a fifth of a start.
 * The programs stand one below the project, in src/ as in dist/, so a path relative to them means the same in both.
 * Does nothing when neither src/, the models nor the installed packages changed. Ends with code 1 where the code does not build.
 */
export async function ensureBuild() {
  const stamp = stampOf([
    ...filesIn(source).filter((file) => !file.startsWith(generated)),
    ...modelFiles(),
    join(root, 'package-lock.json'),
    fileURLToPath(import.meta.url),
  ]);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;

  say('building');
  await ensureClients();
  // The lock of the set-up lies in dist/ too.
  for (const name of existsSync(dist) ? readdirSync(dist) : []) {
    if (!name.startsWith('.setup-lock')) rmSync(join(dist, name), { recursive: true });
  }
  const esbuild = await import('esbuild');
  try {
    await esbuild.build({
      entryPoints: ['main.ts', 'chatMain.ts', 'demoResetMain.ts'].map((file) => join(source, file)).filter((file) => existsSync(file)),
      outdir: dist,
      chunkNames: 'shared/[name]-[hash]',
      bundle: true,
      splitting: true,
      packages: 'external',
      format: 'esm',
      platform: 'node',
      target: 'node20',
      sourcemap: true,
      // Faults are told by file and line; the texts would lie in memory for nothing.
      sourcesContent: false,
    });
  } catch {
    // esbuild has shown what is wrong.
    say('buildFailed');
    process.exit(1);
  } finally {
    await esbuild.stop();
  }
  writeFileSync(stampFile, stamp);
}

/** Generates the Prisma clients where they are missing or older than their models. */
export async function ensureClients() {
  const { generateClients } = await import('../prisma-generate.mjs');
  generateClients();
}

function modelFiles() {
  return ['prisma/schema.prisma', 'prisma/postgresql/schema.prisma'].map((file) => join(root, file)).filter((file) => existsSync(file));
}

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .toSorted();
}

function stampOf(files) {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${relative(root, file).split(sep).join('/')}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex');
}
