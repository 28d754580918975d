import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFamilies, createHouseholds, guardiansOf, mergeDependants, moveSignUps, type Households } from '../../src/people/index.js';
import { createSealer } from '../../src/seal/index.js';
import type { Storage } from '../../src/storage/index.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { countingIds } from '../support/house.js';
import { addEvent, addSignUp, signUpLines } from './signUps.js';

const ming = { name: '王小明', birthDate: '2018-05-20' };
const hong = { name: '王小红', birthDate: '2019-11-02' };

describe.each(databases)('households on $name', ({ open }) => {
  let database: TestDatabase;
  let storage: Storage;
  const families = createFamilies(createSealer(new Uint8Array(randomBytes(32))));
  const households = createHouseholds(families);
  const ids = countingIds();
  const as = (actorId: string) => ({ actorId, communityId: 'here', now: 1_000, newId: ids.id });
  const add = (personId: string, ...children: { name: string; birthDate: string }[]) =>
    storage.transaction((tx) => families.add(tx, personId, children, ids.id, { now: 500 }));
  const own = async (personId: string) => (await households.of(storage.read, personId))[0]?.id ?? '';
  const join = (householdId: string, personId: string, bond: 'parent' | 'guardian' | 'grandparent' | 'other') =>
    storage.transaction((tx) => households.join(tx, { householdId, personId, bond }, as(personId)));
  const leave = (personId: string, householdId: string, by: Households = households) =>
    storage.transaction((tx) => by.leave(tx, { householdId, personId }, as(personId)));
  const merge = (from: string, into: string, personId: string, same: readonly { from: string; into: string }[] = []) =>
    storage.transaction((tx) => households.merge(tx, { from, into, personId, same }, as(personId)));
  const audits = async () => (await storage.read.auditEntry.findMany({ orderBy: { id: 'asc' } })).map(({ action }) => action);

  beforeEach(async () => {
    database = await open();
    storage = database.storage;
    await storage.read.community.create({ data: { id: 'here', name: '费家营社区', timeZone: 'Asia/Shanghai', locale: 'zh-CN' } });
    for (const id of ['mother', 'father', 'grandmother', 'staff', 'stranger']) await storage.read.person.create({ data: { id, name: id } });
  });
  afterEach(() => database.close());

  test('several grown-ups look after the same children, and each says what they are to them', async () => {
    const [child] = await add('mother', ming, hong);
    const id = await own('mother');
    await storage.transaction((tx) => households.setBond(tx, { householdId: id, personId: 'mother', bond: 'parent' }, as('mother')));
    expect(await join(id, 'grandmother', 'grandparent')).toBe(true);
    expect(await join(id, 'father', 'parent')).toBe(true);
    expect(await join('nowhere', 'father', 'parent')).toBe(false);
    const [view] = await households.of(storage.read, 'father');
    expect(view?.members.map(({ personId, bond }) => `${personId} ${bond}`)).toEqual([
      'father parent',
      'grandmother grandparent',
      'mother parent',
    ]);
    expect(view?.children.map(({ name }) => name)).toEqual([ming.name, hong.name]);
    expect((await guardiansOf(storage.read, child?.id ?? '')).map(({ personId }) => personId)).toEqual(['father', 'mother']);
    expect(await families.of(storage.read, 'stranger')).toEqual([]);
  });

  test('a grandparent is guardian once staff have confirmed it; not by themselves, and no more when they say something else', async () => {
    const [child] = await add('mother', ming);
    const householdId = await own('mother');
    await join(householdId, 'grandmother', 'grandparent');
    await join(householdId, 'stranger', 'other');
    const confirm = (personId: string, by: string) =>
      storage.transaction((tx) => households.confirmGuardian(tx, { householdId, personId }, as(by)));
    const guardians = async () => (await guardiansOf(storage.read, child?.id ?? '')).map(({ personId }) => personId);
    expect(await confirm('grandmother', 'grandmother')).toBe(false);
    expect(await confirm('stranger', 'staff')).toBe(false);
    expect(await guardians()).toEqual([]);
    expect(await confirm('grandmother', 'staff')).toBe(true);
    expect(await confirm('grandmother', 'staff')).toBe(false);
    expect(await guardians()).toEqual(['grandmother']);
    const row = await storage.read.householdMember.findFirstOrThrow({ where: { personId: 'grandmother' } });
    expect([row.confirmedBy, row.confirmedAt?.getTime()]).toEqual(['staff', 1_000]);
    expect((await audits()).filter((action) => action === 'guardian.confirm')).toHaveLength(1);
    await storage.transaction((tx) =>
      households.setBond(tx, { householdId, personId: 'grandmother', bond: 'grandparent' }, as('grandmother')),
    );
    expect(await guardians()).toEqual(['grandmother']);
    await storage.transaction((tx) => households.setBond(tx, { householdId, personId: 'grandmother', bond: 'other' }, as('grandmother')));
    await storage.transaction((tx) =>
      households.setBond(tx, { householdId, personId: 'grandmother', bond: 'grandparent' }, as('grandmother')),
    );
    expect(await guardians()).toEqual([]);
  });

  test('older people are kept by name alone, apart from the children, and not twice', async () => {
    const elder = () => storage.transaction((tx) => families.addElder(tx, 'mother', '李桂芳', ids.id));
    expect((await elder()).id).toBe((await elder()).id);
    await add('mother', ming);
    expect(await families.of(storage.read, 'mother')).toMatchObject([ming]);
    expect(await families.elders(storage.read, 'mother')).toMatchObject([{ name: '李桂芳', birthDate: '' }]);
    const row = await storage.read.dependant.findFirstOrThrow({ where: { kind: 'elder' } });
    expect(row.birthDate).toBeNull();
    expect(Buffer.from(row.name).toString('utf8')).not.toContain('李');
  });

  test('whoever leaves leaves the children to those who stay; the last one cannot go while a sign-up is open', async () => {
    const [child] = await add('mother', ming);
    const id = await own('mother');
    await join(id, 'father', 'parent');
    await addEvent(storage, 'art');
    await addSignUp(storage, { id: 's1', eventId: 'art', participant: `d:${child?.id ?? ''}`, status: 'waiting', position: 1 });
    expect(await leave('mother', id)).toBe('left');
    expect(await leave('mother', id)).toBe('gone');
    expect(await families.of(storage.read, 'mother')).toEqual([]);
    expect(await families.of(storage.read, 'father')).toMatchObject([ming]);
    expect(await leave('father', id)).toBe('busy');
    await storage.read.signUp.update({ where: { id: 's1' }, data: { status: 'cancelled' } });
    expect(await leave('father', id)).toBe('left');
    expect([await storage.read.household.count(), await storage.read.dependant.count()]).toEqual([0, 0]);
  });

  test('two who leave at once are counted one after the other: a child with an open sign-up is never left alone', async () => {
    const [child] = await add('mother', ming);
    const id = await own('mother');
    for (const parent of ['mother', 'father']) await join(id, parent, 'parent');
    await addEvent(storage, 'art');
    await addSignUp(storage, { id: 's1', eventId: 'art', participant: `d:${child?.id ?? ''}`, status: 'confirmed', position: 1 });
    const left = await Promise.all([leave('mother', id), leave('father', id)]);
    expect(left.sort()).toEqual(['busy', 'left']);
    expect(await storage.read.householdMember.count()).toBe(1);
  });

  test('control: without the lock both would go where there are several writers, and leave the children to nobody', async () => {
    const writers = storage.provider === 'postgresql';
    await add('mother', ming);
    const id = await own('mother');
    for (const parent of ['mother', 'father']) await join(id, parent, 'parent');
    let counted = 0;
    // Without the lock, each counts the members before the other has gone.
    const careless = createHouseholds(families, {
      locked: async (tx) => {
        await tx.householdMember.count({ where: { householdId: id } });
        counted += 1;
        while (counted < 2 && writers) await tx.$queryRaw`SELECT 1`;
      },
    });
    const left = await Promise.all([leave('mother', id, careless), leave('father', id, careless)]);
    expect(left).toEqual(['left', 'left']);
    // SQLite has one writer: there the second is the last one, and takes the household along.
    expect([await storage.read.householdMember.count(), await storage.read.household.count()]).toEqual([0, writers ? 1 : 0]);
  });

  test('two become one: members and dependants go over, who is the same becomes one, twins stay two, sign-ups follow', async () => {
    const [mings] = await add('mother', ming);
    const twin = await storage.transaction((tx) => families.addTwin(tx, 'mother', ming, ids.id));
    const [theirs, sister] = await add('father', ming, hong);
    const [into, from] = [await own('mother'), await own('father')];
    await join(from, 'grandmother', 'grandparent');
    await join(into, 'father', 'parent');
    for (const eventId of ['art', 'music']) await addEvent(storage, eventId);
    await addSignUp(storage, { id: 'a1', eventId: 'art', participant: `d:${mings?.id ?? ''}`, status: 'waiting', position: 3 });
    await addSignUp(storage, { id: 'a2', eventId: 'art', participant: `d:${theirs?.id ?? ''}`, status: 'confirmed', position: 7 });
    await addSignUp(storage, { id: 'm1', eventId: 'music', participant: `d:${theirs?.id ?? ''}`, status: 'held', position: 2 });
    await addSignUp(storage, { id: 'm2', eventId: 'music', participant: `d:${sister?.id ?? ''}`, status: 'confirmed', position: 4 });
    const pairs = await households.pairs(storage.read, from, into);
    expect(pairs).toEqual([{ from: theirs?.id, into: mings?.id }]);
    expect(await merge(from, into, 'grandmother', pairs)).toBeNull();
    expect(await merge(from, into, 'father', pairs)).toEqual([]);
    expect(await storage.read.household.count()).toBe(1);
    const [view] = await households.of(storage.read, 'grandmother');
    expect(new Set(view?.children.map(({ id }) => id))).toEqual(new Set([mings?.id, twin.id, sister?.id]));
    expect(view?.children).toHaveLength(3);
    expect(await signUpLines(storage)).toEqual([
      `art d:${mings?.id ?? ''} confirmed 3`,
      `music d:${mings?.id ?? ''} held 2`,
      `music d:${sister?.id ?? ''} confirmed 4`,
    ]);
  });

  test('two that are not the same stay two', async () => {
    await add('mother', ming);
    await add('father', ming);
    const [into, from] = [await own('mother'), await own('father')];
    await join(into, 'father', 'parent');
    await merge(from, into, 'father');
    expect(await families.of(storage.read, 'mother')).toHaveLength(2);
  });

  test('a pair that is not of these two households joins nobody', async () => {
    const [mine] = await add('mother', ming);
    await add('father', hong);
    const [stranger] = await add('stranger', ming);
    const [into, from] = [await own('mother'), await own('father')];
    await join(into, 'father', 'parent');
    await merge(from, into, 'father', [{ from: stranger?.id ?? '', into: mine?.id ?? '' }]);
    expect(await families.of(storage.read, 'stranger')).toHaveLength(1);
  });

  test('two places for one child become one, and the other is said to be free; what was written about attendance stays', async () => {
    const [one, other] = await add('mother', ming, hong);
    await addEvent(storage, 'art');
    await addSignUp(storage, { id: 's1', eventId: 'art', participant: `d:${one?.id ?? ''}`, status: 'confirmed', position: 5 });
    await addSignUp(storage, { id: 's2', eventId: 'art', participant: `d:${other?.id ?? ''}`, status: 'confirmed', position: 2 });
    await storage.read.attendance.create({ data: { signUpId: 's1', sessionId: 'art', state: 'attended', at: new Date(1), by: 'staff' } });
    const freed = await storage.transaction((tx) => mergeDependants(tx, one?.id ?? '', other?.id ?? ''));
    expect(freed).toEqual([{ eventId: 'art', scope: 'all' }]);
    expect(await signUpLines(storage)).toEqual([`art d:${other?.id ?? ''} confirmed 2`]);
    expect((await storage.read.attendance.findMany()).map(({ signUpId, state }) => `${signUpId} ${state}`)).toEqual(['s2 attended']);
  });

  test('of two consents to one event the last word counts, a withdrawal too', async () => {
    const [one, other] = await add('mother', ming, hong);
    const consent = (id: string, dependantId: string, eventId: string, givenAt: number, withdrawnAt: number | null) => ({
      id,
      dependantId,
      eventId,
      communityId: 'here',
      guardianId: 'mother',
      purpose: 'signup:art',
      textVersion: '1',
      givenAt: new Date(givenAt),
      withdrawnAt: withdrawnAt === null ? null : new Date(withdrawnAt),
    });
    await storage.read.consent.createMany({
      data: [
        consent('c1', one?.id ?? '', 'art', 10, 30),
        consent('c2', other?.id ?? '', 'art', 20, null),
        consent('c3', one?.id ?? '', 'music', 10, null),
      ],
    });
    await storage.transaction((tx) => mergeDependants(tx, one?.id ?? '', other?.id ?? ''));
    const left = await storage.read.consent.findMany({ orderBy: { id: 'asc' } });
    expect(left.map(({ id, dependantId, withdrawnAt }) => [id, dependantId, withdrawnAt !== null])).toEqual([
      ['c1', other?.id, true],
      ['c3', other?.id, false],
    ]);
  });

  test('a participant with nothing to move frees nothing', async () => {
    expect(await storage.transaction((tx) => moveSignUps(tx, 'p:mother', 'p:father'))).toEqual([]);
  });
});
