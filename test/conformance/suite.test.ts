import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adapterNames, type AdapterName } from '../../src/adapters/names.js';
import { clauses } from './clauses/index.js';
import { watchNetwork } from './network.js';
import type { OpenRig } from './rig.js';
import { memoryRig } from './rigs/memory.js';
import { webRig } from './rigs/web.js';

/** Every adapter with the ways in which it can be had; one without a rig is an error of types. */
const rigs: Readonly<Record<AdapterName, Readonly<Record<string, OpenRig>>>> = {
  memory: {
    'with everything': memoryRig(),
    'as on a platform without buttons, edits and files': memoryRig({
      buttons: false,
      edits: false,
      files: false,
      idempotentSends: false,
      maxText: 1_000,
    }),
  },
  web: { 'to try it': webRig },
};

test('every adapter of the house is in the list of those that are tested here', () => {
  const standing = readdirSync(fileURLToPath(new URL('../../src/adapters', import.meta.url))).map((name) => name.replace(/\.ts$/u, ''));
  expect(standing.filter((name) => name !== 'names').toSorted()).toEqual([...adapterNames].toSorted());
});

for (const name of adapterNames)
  describe.each(Object.entries(rigs[name]))(`${name}, %s`, (_kind, open) => {
    const network = watchNetwork();
    beforeAll(() => network.begin());
    afterAll(() => network.end());

    test.each(clauses)('$name', async ({ prove }) => {
      const rig = await open();
      try {
        await prove(rig);
      } finally {
        await rig.close();
      }
    });

    test('nothing of all this left this computer', () => {
      expect(network.left).toEqual([]);
    });
  });
