import { describe, expect, test } from 'vitest';
import { createPapers } from '../../src/features/signup/staff/papers.js';
import { createFamilies, createGuests, createNotes, createOwnAnswers } from '../../src/people/index.js';
import { createRosters, createSignUps } from '../../src/programme/index.js';
import type { Storage, Tx } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { group, texts } from '../support/house.js';
import { readWorkbook } from '../papers/unzip.js';
import { onStage } from './onStage.js';
import { type Stage } from './stage.js';

const li = '社工小李';

/** The rows of a table in CSV, without its heads. */
const rowsOf = (data: Uint8Array | undefined): string[][] =>
  new TextDecoder()
    .decode(data)
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(','));

describe.each(databases)('the exported roster, on $name', ({ open, name: provider }) => {
  let stage: Stage;
  let storage: Storage;
  onStage(
    () => open({ idleMs: 10_000 }),
    async (ground) => {
      ({ stage, storage } = ground);
      await stage.claims(li);
    },
  );
  const file = () => stage.house.adapter.shown(li).at(-1)?.file?.data;
  const ref = async () => (await storage.read.event.findFirstOrThrow()).ref;
  const csv = async () => {
    await stage.talks(li, `名单 ${await ref()}`, '管理这个活动', '导出名单', '要 CSV 格式');
    return new TextDecoder().decode(file());
  };

  test('has a column for notes, companions and guests where anybody has them, and none where nobody has', async () => {
    await stage.publish({ minAge: 18, maxAge: null });
    await stage.talks('王妈妈', '报名', '1', '1');
    expect((await csv()).split('\r\n')[0]).toBe('序号,姓名,年龄,状态,谁报的,第几节');
    await stage.talks(li, '名单', '1', '1', '坐轮椅', '1');
    const replyTo = stage.house.adapter.shown(group.id).at(-1)?.id ?? '';
    await stage.inGroup('王妈妈', '报名 李四', { mentioned: true, replyTo });
    await storage.read.signUp.updateMany({ where: { guestName: null }, data: { companions: 2 } });
    const written = await csv();
    expect(written.split('\r\n').slice(0, 3)).toEqual([
      '序号,姓名,年龄,状态,谁报的,第几节,陪同,带的人,备注',
      '1,王妈妈,,报上了,王妈妈,,2,1,坐轮椅',
      '2,李四,,报上了,王妈妈,,,,',
    ]);
  });

  test('says who wrote somebody down, and asks to check where one child may stand there twice', async () => {
    await stage.publish();
    await stage.joins('王妈妈', '王小明 2018-05-20');
    await stage.joins('王爸爸', '王小明 2018-05-20');
    await storage.read.signUp.updateMany({
      where: { registrantId: await stage.personId('王爸爸') },
      data: { recordedBy: await stage.personId(li) },
    });
    expect((await csv()).split('\r\n').slice(0, 3)).toEqual([
      '序号,姓名,年龄,状态,谁报的,第几节,核对',
      '1,王小明,8,报上了,王妈妈,,可能是同一个人',
      '2,王小明,8,报上了,社工小李替王爸爸代报,,可能是同一个人',
    ]);
  });

  test.each(['=1+1王', '+86王', '-1王', '@王', '\t=王'])(
    'never calculates somebody called %j, nor a note that begins so',
    async (called) => {
      await stage.publish({ minAge: 18, maxAge: null });
      await stage.house.adapter.says({ id: 'x', name: called, privateChat: 'x' }, 'x', '报名');
      await stage.talks('x', '1', '1');
      await storage.read.person.updateMany({ where: { identities: { some: { externalId: 'x' } } }, data: { name: called } });
      await stage.talks(li, '名单', '1', '1', '=HYPERLINK(1)', '1');
      for (const cell of rowsOf(Buffer.from(await csv()))[0] ?? []) expect(cell).not.toMatch(/^"?[=+\-@\t\r]/u);
      await stage.talks(li, `名单 ${await ref()}`, '管理这个活动', '导出名单');
      const { rows } = readWorkbook(file() ?? new Uint8Array());
      expect(JSON.stringify(rows)).not.toContain('formula');
      expect(JSON.stringify(rows)).toContain(JSON.stringify({ text: '=HYPERLINK(1)' }));
    },
  );

  test('made while families sign up holds each family whole, or not at all', { timeout: 60_000 }, async () => {
    await stage.publish({ capacity: null });
    const families = Array.from('赵钱孙李周吴郑王冯陈褚卫').map((surname) => `${surname}家长`);
    for (const parent of families)
      await stage.talks(parent, '报名', '爸妈', `${parent}甲 2018-05-20`, '1', `${parent}乙 2016-03-02`, '2', '同意');
    await stage.talks(li, `名单 ${await ref()}`, '管理这个活动', '导出名单');
    const { adapter, app } = stage.house;
    const before = adapter.shown(li).length;
    // Each family says yes, and between them staff ask for the file.
    await Promise.all(
      families.flatMap((id, n) => [
        adapter.says({ id, name: id, privateChat: id }, id, '1'),
        ...(n % 3 === 0 ? [adapter.says({ id: li, name: li, privateChat: li }, li, '要 CSV 格式').then(() => app.settle())] : []),
      ]),
    );
    await app.settle();
    const files = adapter
      .shown(li)
      .slice(before)
      .flatMap(({ file: made }) => (made ? [rowsOf(made.data).filter(([n]) => n !== '')] : []));
    expect(files.length).toBeGreaterThan(0);
    for (const rows of files) {
      for (const parent of families) expect([0, 2]).toContain(rows.filter(([, , , , registrant]) => registrant === parent).length);
      expect(rows.map(([n]) => Number(n))).toEqual(rows.map((_, at) => at + 1));
    }
    expect(rowsOf(Buffer.from(await csv()))).toHaveLength(24);
  });

  // SQLite has one writer and one connection: nobody commits between two statements there.
  describe.each(provider === 'postgresql' ? ['somebody else'] : [])('while %s commits between its statements', () => {
    /** Lets something happen once the sign-ups are read, and before anything else is. */
    const meanwhile = (tx: Tx, happens: () => Promise<unknown>): Tx => {
      let once: Promise<unknown> | undefined;
      return new Proxy(tx, {
        get: (target, key) => {
          const part: unknown = Reflect.get(target, key);
          if (key !== 'person' || typeof part !== 'object' || part === null) return part;
          return new Proxy(part, {
            get: (model, call) => {
              const method: unknown = Reflect.get(model, call);
              if (typeof method !== 'function') return method;
              return async (...args: unknown[]) => {
                await (once ??= happens());
                return Reflect.apply(method, model, args) as unknown;
              };
            },
          });
        },
      });
    };

    const exportWith = async (snapshot: boolean) => {
      await stage.publish();
      await stage.joins('王妈妈', '王小明 2018-05-20');
      await stage.talks('张爸爸', '报名', '爸妈', '张乐乐 2017-03-08', '1', '张笑笑 2016-03-02', '2', '同意');
      await stage.talks(li, '名单', '1', '1', '对花生过敏');
      const { sealer, community, now } = stage.house;
      const readers = { families: createFamilies(sealer), guests: createGuests(sealer), ownAnswers: createOwnAnswers(sealer) };
      const signUps = createSignUps(readers);
      const make = createPapers({ signUps, rosters: createRosters({ signUps, notes: createNotes(sealer) }) })['signup.roster'];
      const context = { communityId: community.id, now: now(), texts: () => texts.in('zh-CN'), locale: 'zh-CN' };
      const args = { ref: await ref(), as: 'csv' };
      const happens = async () => {
        await stage.says('张爸爸', '1');
        await stage.says(li, '1');
      };
      const draw = await storage.transaction((tx) => make?.(meanwhile(tx, happens), args, context) ?? Promise.resolve(null), { snapshot });
      expect(await stage.list()).toHaveLength(3);
      return new TextDecoder().decode((await draw?.())?.data);
    };

    test('it shows what was so before', async () => {
      const written = await exportWith(true);
      expect(written).not.toMatch(/张|花生|备注/u);
      expect(written).toContain('王小明');
    });

    test('control: without its snapshot it shows a bit of both', async () => {
      const written = await exportWith(false);
      expect(written).not.toContain('张');
      expect(written).toContain('花生');
    });
  });
});
