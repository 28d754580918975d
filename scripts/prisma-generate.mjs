// Makes both Prisma clients under src/storage/generated/, only when the schemas or Prisma itself changed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { modelFile, providers, root, twinFile } from './db-model.mjs';

const generated = join(root, 'src/storage/generated');
const stampFile = join(generated, 'stamp');

/** Generates both clients unless they are up to date. Returns whether it had to. Throws when Prisma refuses a schema. */
export function generateClients() {
  const require = createRequire(import.meta.url);
  const prismaPackage = require.resolve('prisma/package.json');
  const stamp = createHash('sha256')
    .update([modelFile, twinFile, prismaPackage].map((file) => readFileSync(file, 'utf8')).join('\0'))
    .digest('hex');
  const complete = providers.every((provider) => existsSync(join(generated, provider, 'client.ts')));
  if (complete && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return false;

  for (const schema of [modelFile, twinFile]) {
    // What Prisma says while all goes well ("Prisma schema loaded…") would only puzzle somebody who starts Linli.
    const prisma = [join(prismaPackage, '../build/index.js'), 'generate', '--schema', schema];
    const { status, stdout, stderr } = spawnSync(process.execPath, prisma, {
      cwd: root,
      encoding: 'utf8',
      // Generating does not use the schema engine, but looks for its binary and would download it: any file that exists will do.
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' },
    });
    if (status !== 0) throw new Error(`Prisma refused ${schema}:\n${stdout}${stderr}`);
  }
  writeFileSync(stampFile, stamp);
  return true;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(generateClients() ? 'Prisma clients generated.' : 'Prisma clients are up to date.');
}
