import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFamilies } from '../../src/people/index.js';
import { createSealer } from '../../src/seal/index.js';
import type { Storage } from '../../src/storage/index.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { countingIds } from '../support/house.js';

const ming = { name: '王小明', birthDate: '2018-05-20' };
const hong = { name: '王小红', birthDate: '2019-11-02' };

describe.each(databases)('families on $name', ({ open }) => {
  let database: TestDatabase;
  let storage: Storage;
  const families = createFamilies(createSealer(new Uint8Array(randomBytes(32))));
  const ids = countingIds();
  const at = { now: 0, newId: ids.id };
  const of = (personId: string) => families.of(storage.read, personId);
  const add = (personId: string, ...children: { name: string; birthDate: string }[]) =>
    storage.transaction((tx) => families.add(tx, personId, children, ids.id));

  beforeEach(async () => {
    database = await open();
    storage = database.storage;
    for (const id of ['mother', 'father', 'stranger']) await storage.read.person.create({ data: { id, name: id } });
  });
  afterEach(() => database.close());

  test('children are remembered in the order in which they came', async () => {
    await add('mother', ming);
    await add('mother', hong);
    expect((await of('mother')).map(({ name, birthDate }) => ({ name, birthDate }))).toEqual([ming, hong]);
    expect(await of('stranger')).toEqual([]);
  });

  test('the same child is not added twice, also within one go; another with the same name is', async () => {
    const first = await add('mother', ming, ming);
    expect(first[0]).toEqual(first[1]);
    const namesake = { ...ming, birthDate: '2020-01-01' };
    const again = await add('mother', ming, namesake);
    expect(again[0]).toEqual(first[0]);
    expect(again[1]).toMatchObject(namesake);
    expect(await of('mother')).toHaveLength(2);
    expect(await storage.read.household.count()).toBe(1);
  });

  test('neither name nor birth date can be read in the tables, nor in another child’s row', async () => {
    const [one, other] = await add('mother', ming, hong);
    const rows = await storage.read.dependant.findMany();
    for (const { name, birthDate } of rows) {
      for (const bytes of [name, birthDate]) {
        const text = Buffer.from(bytes ?? []).toString('utf8');
        for (const secret of [ming.name, ming.birthDate, hong.name, hong.birthDate, '2018', '王']) expect(text).not.toContain(secret);
      }
    }
    // A value moved to another child's row does not open: whoever writes in the table cannot make one child out of another.
    const moved = rows.find(({ id }) => id === one?.id);
    if (!moved || !other) throw new Error('the children are not there');
    expect(families.read(moved)).toMatchObject(ming);
    expect(() => families.read({ ...moved, id: other.id })).toThrow();
  });

  test('whoever belongs to the household corrects and forgets its children', async () => {
    const [child] = await add('mother', ming);
    if (!child) throw new Error('the child is not there');
    const { householdId } = await storage.read.householdMember.findFirstOrThrow({ where: { personId: 'mother' } });
    await storage.read.householdMember.create({ data: { householdId, personId: 'father' } });
    expect(await storage.transaction((tx) => families.correct(tx, 'father', { ...child, name: '王晓明' }, 0))).toBe(true);
    expect(await of('mother')).toEqual([{ ...child, name: '王晓明' }]);
    expect(await storage.transaction((tx) => families.forget(tx, 'mother', child.id, at))).toEqual([]);
    expect(await of('father')).toEqual([]);
    expect(await storage.transaction((tx) => families.forget(tx, 'mother', child.id, at))).toBeNull();
  });

  test('nobody else can', async () => {
    const [child] = await add('mother', ming);
    if (!child) throw new Error('the child is not there');
    await add('stranger', hong);
    expect(await storage.transaction((tx) => families.correct(tx, 'stranger', { ...child, name: '别人' }, 0))).toBe(false);
    expect(await storage.transaction((tx) => families.forget(tx, 'stranger', child.id, at))).toBeNull();
    expect(await of('mother')).toEqual([child]);
    // Control: it is the household that made the difference.
    const { householdId } = await storage.read.householdMember.findFirstOrThrow({ where: { personId: 'mother' } });
    await storage.read.householdMember.create({ data: { householdId, personId: 'stranger' } });
    expect(await storage.transaction((tx) => families.forget(tx, 'stranger', child.id, at))).toEqual([]);
  });
});
