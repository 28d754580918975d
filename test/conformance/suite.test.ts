import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMemoryAdapter } from '../../src/adapters/memory.js';
import { clauses } from './clauses/index.js';
import { watchNetwork } from './network.js';
import { watchConsole } from './printed.js';
import { proofOf, withRig } from './proving.js';
import { nothingToFetch, type Way } from './rig.js';
import { memoryRig } from './rigs/memory.js';
import { webCannot, webOnRig, webTryRig } from './rigs/web.js';

/** Every adapter, by its name in src/adapters/, with the ways in which it can be had. */
const rigs: Readonly<Record<string, Readonly<Record<string, Way>>>> = {
  memory: {
    'with everything': { open: memoryRig() },
    'as on a platform that can show and tell little': {
      open: memoryRig({
        buttons: false,
        edits: false,
        files: false,
        filesIn: false,
        membership: false,
        replies: false,
        mentions: false,
        notices: false,
        idempotentSends: false,
        maxText: 1_000,
      }),
      cannot: nothingToFetch('nobody can send files there'),
    },
  },
  web: { 'to try it': { open: webTryRig, cannot: webCannot }, 'for residents': { open: webOnRig, cannot: webCannot } },
};

test('the page about adapters says what every capability means', () => {
  const page = readFileSync(fileURLToPath(new URL('../../docs/adapters.md', import.meta.url)), 'utf8');
  const { capabilities } = createMemoryAdapter({ clock: () => 0 });
  expect(Object.keys(capabilities).filter((name) => !page.includes(`\`${name}`))).toEqual([]);
});

test('every adapter of the house has a rig', () => {
  const standing = readdirSync(fileURLToPath(new URL('../../src/adapters', import.meta.url))).map((name) => name.replace(/\.ts$/u, ''));
  expect(Object.keys(rigs).toSorted()).toEqual(standing.toSorted());
});

for (const [name, ways] of Object.entries(rigs))
  describe.each(Object.entries(ways))(`${name}, %s`, (_kind, { open, cannot }) => {
    const network = watchNetwork();
    const out = watchConsole();
    beforeAll(() => {
      network.begin();
      out.begin();
    });
    afterAll(() => {
      network.end();
      out.end();
    });

    const proofs = clauses.map((clause) => proofOf(clause, cannot));
    // `$title` would cut a long one off.
    test.each(proofs.map(({ title, prove }) => [title, prove] as const))('%s', (_title, prove) =>
      withRig(open, async (rig) => {
        await prove(rig);
        // Whatever it was about: faults are where names and secrets slip into a log.
        const [one, other] = rig.people;
        const personal = [one.name, other.name, rig.group.title, ...rig.secrets];
        expect(personal.filter((text) => rig.logged().includes(text))).toEqual([]);
      }),
    );

    test('nothing of all this left this computer, stands open, or was printed', () => {
      expect(network.left).toEqual([]);
      expect(out.printed).toEqual([]);
      expect(network.open()).toBe(0);
    });
  });
