import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clauses } from './clauses/index.js';
import { watchNetwork } from './network.js';
import type { OpenRig } from './rig.js';
import { memoryRig } from './rigs/memory.js';
import { webOnRig, webTryRig } from './rigs/web.js';

/** Every adapter, by its name in src/adapters/, with the ways in which it can be had. */
const rigs: Readonly<Record<string, Readonly<Record<string, OpenRig>>>> = {
  memory: {
    'with everything': memoryRig(),
    'as on a platform without buttons, edits, files and news of members': memoryRig({
      buttons: false,
      edits: false,
      files: false,
      filesIn: false,
      membership: false,
      idempotentSends: false,
      maxText: 1_000,
    }),
  },
  web: { 'to try it': webTryRig, 'for residents': webOnRig },
};

test('every adapter of the house has a rig', () => {
  const standing = readdirSync(fileURLToPath(new URL('../../src/adapters', import.meta.url))).map((name) => name.replace(/\.ts$/u, ''));
  expect(Object.keys(rigs).toSorted()).toEqual(standing.toSorted());
});

for (const [name, ways] of Object.entries(rigs))
  describe.each(Object.entries(ways))(`${name}, %s`, (_kind, open) => {
    const network = watchNetwork();
    beforeAll(() => network.begin());
    afterAll(() => network.end());

    // `$name` would cut a long name off.
    test.each(clauses.map(({ name: clause, prove }) => [clause, prove] as const))('%s', async (_clause, prove) => {
      const rig = await open();
      try {
        await prove(rig);
        // Whatever it was about: faults are where names and secrets slip into a log.
        const [one, other] = rig.people;
        const personal = [one.name, other.name, rig.group.title, ...rig.secrets];
        expect(personal.filter((text) => rig.logged().includes(text))).toEqual([]);
      } finally {
        await rig.close();
      }
    });

    test('nothing of all this left this computer', () => {
      expect(network.left).toEqual([]);
    });
  });
