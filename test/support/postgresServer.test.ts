import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { compileChild } from './compileChild.js';

test('a run that used a PostgreSQL server ends with its own exit code', { timeout: 60_000 }, async () => {
  const run = spawn(process.execPath, [await compileChild('test/support/children/failing.ts')], { stdio: 'inherit' });
  expect(await once(run, 'exit')).toEqual([3, null]);
});
