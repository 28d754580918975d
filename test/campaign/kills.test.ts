import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { openStorage, type Storage } from '../../src/storage/index.js';
import { compileChild } from '../support/compileChild.js';
import { databases } from '../support/databases.js';
import { forgetInbox } from '../support/guards.js';
import { tallies } from '../support/tally.js';
import { campaign, type Figures } from './kills.js';
import { quickFolder } from '../support/quickFolder.js';

// `npm run campaign` runs the long one and writes down how it went.
const full = process.env['CAMPAIGN'] === 'full';
const size = full ? { turns: 2_000, kills: 200 } : { turns: 120, kills: 3 };
const locales = fileURLToPath(new URL('../../locales', import.meta.url));
const report: string[] = [];

describe.each(databases)('killed at random while turns come in, on $name', ({ name, create }) => {
  const play = async (prepare: (storage: Storage) => Promise<void>, { turns, kills }: typeof size) => {
    const { url, remove } = await create();
    const folder = await mkdtemp(join(quickFolder, 'linli-campaign-'));
    try {
      await withStorage(url, prepare);
      const script = await compileChild('test/campaign/worker.ts');
      const figures = await campaign({ script, args: [url, join(folder, 'data.key'), locales], turns, kills, seed: 20260801 });
      const counts = await withStorage(url, async (storage) => ({
        tallies: await tallies(storage.read),
        left: await storage.read.inbox.count({ where: { state: { not: 'done' } } }),
        replies: await storage.read.outbox.count(),
      }));
      return { figures, ...counts };
    } finally {
      await rm(folder, { recursive: true, force: true });
      await remove();
    }
  };

  test('every message took effect exactly once and has one reply', { timeout: 3_600_000 }, async () => {
    const { figures, tallies: counts, left, replies } = await play(async () => undefined, size);
    expect(Object.keys(counts)).toHaveLength(size.turns);
    expect(Object.entries(counts).filter(([, times]) => times !== 1)).toEqual([]);
    expect({ left, replies }).toEqual({ left: 0, replies: size.turns });
    expect(figures.kills).toBe(size.kills);
    report.push(row(name, figures, 0));
  });

  test('control: with an inbox that forgets, some took effect twice', { timeout: 600_000 }, async () => {
    const { figures, tallies: counts } = await play(forgetInbox, { turns: 100, kills: 2 });
    const twice = Object.values(counts).filter((times) => times > 1).length;
    expect(twice).toBeGreaterThan(0);
    report.push(row(`${name}, without the inbox (control)`, figures, twice));
  });
});

async function withStorage<Result>(url: string, work: (storage: Storage) => Promise<Result>): Promise<Result> {
  const storage = await openStorage({ url });
  try {
    return await work(storage);
  } finally {
    await storage.close();
  }
}

const row = (name: string, { turns, kills, deliveries, repeatedReplies, starts }: Figures, twice: number): string =>
  `| ${name} | ${turns} | ${kills} | ${deliveries} | ${turns} | ${twice} | ${repeatedReplies} | ${Math.round(median(starts))} |`;

const median = (values: readonly number[]): number => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

afterAll(async () => {
  if (!full) return;
  const path = new URL('../../docs/reliability.md', import.meta.url);
  const before = await readFile(path, 'utf8');
  const table = [
    '<!-- campaign:kills -->',
    '| database | turns | kills | deliveries | took effect | of these twice | replies sent again | start, ms (median) |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...report,
    '<!-- /campaign:kills -->',
  ];
  await writeFile(path, before.replace(/<!-- campaign:kills -->[\s\S]*<!-- \/campaign:kills -->/u, table.join('\n')));
});
