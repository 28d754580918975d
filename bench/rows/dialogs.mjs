import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { median, rounds, short } from '../support/measure.mjs';
import { bench } from '../support/setUp.mjs';

export const about = `A whole house on SQLite in a process of its own. After 1,000 dialogs as a warm-up, 10,000 more people open the six questions and answer the
first; the heap in use is compared after a full collection before and after. Each round is a new process.`;

const mb = 1024 * 1024;

export async function run() {
  const grown = Array.from({ length: rounds }, grow);
  const found = median(grown) / mb;
  return [
    {
      what: '10,000 open dialogs: more heap',
      ours: `${short(found)} MB`,
      peer: '3 MB',
      target: '≤ 3 MB',
      met: found <= 3,
      ...(found <= 3 ? {} : { why: 'see the note' }),
    },
  ];
}

function grow() {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--expose-gc', join(bench, 'children/dialogs.mjs')], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The process with the dialogs failed:\n${stderr}`);
  const { before, after, open } = JSON.parse(stdout.trim().split('\n').at(-1));
  if (open !== 11_000) throw new Error(`${open} dialogs are open where 11,000 should be`);
  return after - before;
}
