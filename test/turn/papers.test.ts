import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { command, createRegistry, type Feature, type PaperMaker } from '../../src/command/index.js';
import { csv, mimeTypes } from '../../src/papers/index.js';
import type { Storage, Tx } from '../../src/storage/index.js';
import { createMemoryAdapter } from '../../src/adapters/memory.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { buildHouse, group } from '../support/house.js';

const wanted = z.object({ key: z.string() });

/** A file about one setting, whose drawing is told when no transaction is open any more. */
const settingPaper =
  (draw: (size: number) => Promise<Uint8Array>): PaperMaker<Tx> =>
  async (tx, args, { texts, locale }) => {
    const row = await tx.setting.findUnique({ where: { key: wanted.parse(args).key } });
    if (!row) return null;
    return async () => ({ name: `${texts(locale)('turn.help')}.csv`, mimeType: mimeTypes.csv, data: await draw(row.value.length) });
  };

const paperFeature = (make: PaperMaker<Tx>): Feature<Tx> => ({
  name: 'toy',
  commands: [
    command(
      { name: 'toy', words: ['要文件'], for: 'everyone', inGroup: 'privately', hidden: true },
      {
        load: async () => null,
        decide: () => ({
          say: [
            {
              text: '给您',
              paper: { name: 'toy.setting', args: { key: 'toy' } },
              choices: [{ key: '1', label: '好', value: '/help' }],
            },
          ],
        }),
      },
    ),
  ],
  dialogs: [],
  effects: [],
  papers: { 'toy.setting': make },
});

describe.each(databases)('a file that a feature makes, on $name', ({ open }) => {
  let database: TestDatabase;
  let storage: Storage;
  const wang = { id: 'wang', name: '王芳', privateChat: 'wang' };
  const put = (size: number) =>
    storage.read.setting.upsert({
      where: { key: 'toy' },
      create: { key: 'toy', value: Buffer.alloc(size) },
      update: { value: Buffer.alloc(size) },
    });

  beforeEach(async () => {
    database = await open();
    ({ storage } = database);
  });
  afterEach(() => database.close());

  it('comes with the words and the menu, drawn outside of any transaction from what is there by then', async () => {
    const drawing = async (size: number) => {
      // On SQLite there is one connection: inside a transaction this would wait for ever.
      expect(await storage.read.setting.count()).toBeGreaterThan(0);
      return csv({ title: 'x', columns: [{ label: '大小' }], rows: [[size]] });
    };
    const house = await buildHouse(storage, { extra: [paperFeature(settingPaper(drawing))] });
    await put(3);
    await house.adapter.says(wang, 'wang', '要文件');
    await house.app.settle();
    const shown = house.adapter.shown('wang').at(-1);
    expect(shown).toMatchObject({
      text: '给您',
      choices: [{ key: '1', label: '好' }],
      file: { name: '找人帮忙.csv', mimeType: mimeTypes.csv },
    });
    expect(new TextDecoder().decode(shown?.file?.data)).toBe('大小\r\n3\r\n');
    expect(house.logged).toEqual([]);
    await house.app.stop();
  });

  it('stands as a line in a transcript', async () => {
    const house = await buildHouse(storage, {
      extra: [paperFeature(settingPaper((size) => csv({ title: 'x', columns: [], rows: [[size]] })))],
    });
    await put(1);
    expect(await house.talk.run({ type: 'says', chat: null, person: '王芳', text: '要文件' })).toEqual([
      '【王芳】> 要文件',
      '  【王芳】< 给您',
      '      [文件 找人帮忙.csv]',
      '      [1 好]',
    ]);
    await house.app.stop();
  });

  it('whose matter is gone is a kind line', async () => {
    const house = await buildHouse(storage, { extra: [paperFeature(settingPaper(() => Promise.reject(new Error('not drawn'))))] });
    await house.adapter.says(wang, 'wang', '要文件');
    await house.app.settle();
    expect(house.adapter.shown('wang').at(-1)).toMatchObject({ text: '对不起，您要的内容已经不在了，这个文件发不了了。' });
    expect(house.adapter.shown('wang').at(-1)?.file).toBeUndefined();
    await house.app.stop();
  });

  it('where no file can be shown is a line that says so', async () => {
    const adapter = createMemoryAdapter({ clock: () => 0, groups: [group], capabilities: { files: false } });
    const house = await buildHouse(storage, {
      adapter,
      extra: [paperFeature(settingPaper((size) => csv({ title: 'x', columns: [], rows: [[size]] })))],
    });
    await put(1);
    await adapter.says(wang, 'wang', '要文件');
    await house.app.settle();
    expect(adapter.shown('wang').at(-1)).toMatchObject({ text: '给您\n这里发不了文件“找人帮忙.csv”。要的话，请跟社区说一声。' });
    await house.app.stop();
  });

  it('of a name that no feature knows is dead with a reason', async () => {
    const { papers: _, ...nameless } = paperFeature(settingPaper(() => Promise.reject(new Error('not drawn'))));
    const house = await buildHouse(storage, { extra: [nameless] });
    await house.adapter.says(wang, 'wang', '要文件');
    for (let tries = 0; tries < 6; tries += 1) {
      await house.app.settle();
      house.advance(60_000);
    }
    expect(await storage.read.outbox.findMany({ select: { state: true, failure: true } })).toEqual([{ state: 'dead', failure: 'unmade' }]);
    await house.app.stop();
  });
});

it('two features that make a file of one name are said at start', () => {
  const one = paperFeature(async () => null);
  const other = { ...one, commands: [] };
  expect(() => createRegistry([one, other])).toThrow('toy.setting is registered twice');
});
