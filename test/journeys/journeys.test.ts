import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { readTranscript } from '../../src/transcript.js';
import { readAnnouncement } from '../../src/understand/index.js';
import { databases } from '../support/databases.js';
import { buildHouse } from '../support/house.js';

const folder = new URL('.', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.transcript.txt'));

// The first reading of a process is slow, and on a busy machine a turn has no time for it.
beforeAll(() => void readAnnouncement('8月5日19:00-20:30 一楼 名额2人', { now: 0, timeZone: 'Asia/Shanghai' }));

/** A transcript is played line by line; what the bot says must be what stands there. `npx vitest run test/journeys -u` writes it anew. */
describe.each(databases)('journeys on $name', ({ open }) => {
  test.each(names)('%s', async (name) => {
    const path = new URL(name, folder);
    const written = readFileSync(path, 'utf8');
    const { storage, close } = await open();
    try {
      const house = await buildHouse(storage);
      const said: string[] = written.split('\n').filter((line) => line.startsWith('#'));
      for (const line of readTranscript(written).lines) said.push('', ...(await house.talk.run(line)));
      await house.app.stop();
      expect(house.logged.filter((line) => /failed|fault/u.test(line))).toEqual([]);
      await expect(`${said.join('\n')}\n`).toMatchFileSnapshot(path.pathname);
    } finally {
      await close();
    }
  });
});
