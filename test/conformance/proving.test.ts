import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clauses } from './clauses/index.js';
import { watchNetwork } from './network.js';
import { watchConsole } from './printed.js';
import { proofOf, withRig } from './proving.js';
import { memoryRig } from './rigs/memory.js';
import { webCannot, webTryRig } from './rigs/web.js';

const theOdd = 'what Linli does not read disturbs nothing';

describe('a clause that a rig cannot show', () => {
  const odd = clauses.find(({ name }) => name === theOdd);
  const proofAt = (cannot: Parameters<typeof proofOf>[1]) => {
    if (!odd) throw new Error('There is such a clause');
    return proofOf(odd, cannot);
  };

  test('says so, with the reason', async () => {
    const { title, prove } = proofAt(webCannot);
    expect(title).toBe(`not shown, because the page sends words, files and presses, and nothing else: ${theOdd}`);
    await withRig(webTryRig, prove);
  });

  test('does not pass where nobody said that it cannot be shown', async () => {
    await expect(withRig(webTryRig, proofAt({}).prove)).rejects.toThrow('The rig has no way to bring about “odd”');
  });

  test('does not pass as one where it can be shown after all', async () => {
    await expect(withRig(memoryRig(), proofAt({ odd: 'nobody has stickers' }).prove)).rejects.toThrow('take it out of `cannot`');
  });
});

describe('a rig that was started in the place of another', () => {
  const network = watchNetwork();
  beforeEach(() => network.begin());
  afterEach(() => network.end());

  test('is closed with it', async () => {
    await withRig(webTryRig, async (rig) => {
      await rig.restart();
      expect(network.open()).toBe(1);
    });
    expect(network.open()).toBe(0);
  });

  test('control: closing the first alone leaves it open', async () => {
    const first = await webTryRig();
    const next = await first.restart();
    await first.close();
    expect(network.open()).toBe(1);
    await next?.close();
    expect(network.open()).toBe(0);
  });
});

describe('an adapter that', () => {
  test('prints what was said is found out', () => {
    const out = watchConsole();
    out.begin();
    console.warn('sends', '王小明报上了');
    out.end();
    expect(out.printed).toEqual(['sends 王小明报上了']);
  });

  test('calls out of this computer is found out, and does not get there', async () => {
    const network = watchNetwork();
    network.begin();
    const failed = await new Promise((resolve) => connect(443, '192.0.2.1').once('error', resolve));
    network.end();
    expect(network.left).toEqual(['192.0.2.1']);
    expect(String(failed)).toContain('Not to be called');
  });
});
