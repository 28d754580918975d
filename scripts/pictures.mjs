// npm run pictures: makes the pictures under docs/pictures anew, by running the main job in Chromium.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const test = fileURLToPath(new URL('test.mjs', import.meta.url));
const { status } = spawnSync(process.execPath, [test, 'test/main/mainJob.page.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, PICTURES: 'keep' },
});
process.exit(status ?? 1);
