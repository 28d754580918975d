import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { endRole, erasePerson, handOver, teamOf } from '../../src/people/index.js';
import { lockCommunity } from '../../src/people/team.js';
import type { Storage } from '../../src/storage/index.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { countingIds } from '../support/house.js';

describe.each(databases)('the team on $name', ({ name, open }) => {
  let database: TestDatabase;
  let storage: Storage;
  const ids = countingIds();
  const has = (id: string, personId: string, role: string, communityId = 'here') =>
    storage.read.role.create({ data: { id, communityId, personId, role, grantedBy: 'li', grantedAt: new Date(5) } });
  const ends = (roleId: string, actorId: string, more: Partial<Parameters<typeof endRole>[1]> = {}) =>
    storage.transaction((tx) => endRole(tx, { roleId, communityId: 'here', actorId, now: 9, newId: ids.id, ...more }));
  const team = async () => (await storage.transaction((tx) => teamOf(tx, 'here'))).map((member) => `${member.name} ${member.role}`);
  const written = async () =>
    (await storage.read.auditEntry.findMany({ orderBy: { id: 'asc' } })).map(
      ({ actorId, action, subject }) => `${actorId} ${action} ${subject}`,
    );

  beforeEach(async () => {
    database = await open();
    storage = database.storage;
    for (const id of ['here', 'there'])
      await storage.read.community.create({ data: { id, name: id, timeZone: 'Asia/Shanghai', locale: 'zh-CN' } });
    for (const id of ['li', 'chen', 'liu']) await storage.read.person.create({ data: { id, name: id } });
  });
  afterEach(() => database.close());

  test('says who has which role since when and by whom, in this community alone', async () => {
    await has('r1', 'chen', 'organiser');
    await has('r2', 'li', 'administrator');
    await has('r3', 'liu', 'administrator', 'there');
    expect(await storage.transaction((tx) => teamOf(tx, 'here'))).toEqual([
      { roleId: 'r2', personId: 'li', name: 'li', role: 'administrator', since: 5, by: 'li' },
      { roleId: 'r1', personId: 'chen', name: 'chen', role: 'organiser', since: 5, by: 'li' },
    ]);
  });

  test('an administrator takes a role away, anybody gives up their own; both are written down', async () => {
    await has('r1', 'li', 'administrator');
    await has('r2', 'chen', 'organiser');
    await has('r3', 'liu', 'case worker');
    expect(await ends('r2', 'li')).toEqual({ type: 'ended', personId: 'chen', role: 'organiser' });
    expect(await ends('r2', 'li')).toEqual({ type: 'gone' });
    expect(await ends('r3', 'liu')).toEqual({ type: 'ended', personId: 'liu', role: 'case worker' });
    expect(await team()).toEqual(['li administrator']);
    expect(await written()).toEqual(['li role.taken chen organiser', 'liu role.dropped liu case worker']);
  });

  test('neither an organiser nor an administrator of elsewhere takes anything away', async () => {
    await has('r1', 'li', 'administrator');
    await has('r2', 'chen', 'organiser');
    await has('r3', 'liu', 'administrator', 'there');
    expect(await ends('r1', 'chen')).toEqual({ type: 'gone' });
    expect(await ends('r2', 'liu')).toEqual({ type: 'gone' });
    expect(await ends('r2', 'liu', { communityId: 'there' })).toEqual({ type: 'gone' });
    expect(await team()).toHaveLength(2);
  });

  test('the last administrator stays, until somebody takes over', async () => {
    await has('r1', 'li', 'administrator');
    await has('r2', 'chen', 'organiser');
    expect(await ends('r1', 'li')).toEqual({ type: 'last' });
    const hands = (toPersonId: string) =>
      storage.transaction((tx) => handOver(tx, { roleId: 'r1', toPersonId, communityId: 'here', actorId: 'li', now: 9, newId: ids.id }));
    expect(await hands('liu')).toBe(false);
    expect(await hands('li')).toBe(false);
    expect(await hands('chen')).toBe(true);
    expect(await hands('chen')).toBe(false);
    expect(await team()).toEqual(['chen administrator', 'chen organiser']);
    expect(await written()).toEqual(['li role.granted chen administrator', 'li role.dropped li administrator']);
  });

  test('of two administrators who go at once one stays', async () => {
    await has('r1', 'li', 'administrator');
    await has('r2', 'chen', 'administrator');
    const came = await Promise.all([ends('r1', 'li'), ends('r2', 'chen')]);
    expect(came.map(({ type }) => type).sort()).toEqual(['ended', 'last']);
    expect(await team()).toHaveLength(1);
  });

  // SQLite takes one transaction after another in any case.
  test.each(name === 'postgresql' ? ['lock'] : [])('control: without the %s both go', async () => {
    await has('r1', 'li', 'administrator');
    await has('r2', 'chen', 'administrator');
    let waiting = 0;
    let bothThere = (): void => undefined;
    const both = new Promise<void>((resolve) => (bothThere = resolve));
    const lock = async (): Promise<void> => {
      if ((waiting += 1) === 2) bothThere();
      await both;
    };
    // Both have read that there are two before either goes.
    const came = await Promise.all([ends('r1', 'li', { lock }), ends('r2', 'chen', { lock })]);
    expect(came.map(({ type }) => type)).toEqual(['ended', 'ended']);
    expect(await team()).toEqual([]);
  });

  // SQLite has one writer: nobody can hold one community while somebody else holds the other.
  test.each(name === 'postgresql' ? ['goes'] : [])(
    'whoever %s takes hold of their communities in one order, so nobody waits in a circle',
    async () => {
      await has('r1', 'li', 'organiser', 'there');
      await has('r2', 'li', 'organiser', 'here');
      let gone: Promise<unknown> | undefined;
      const waiting = 'SELECT count(*)::int AS count FROM pg_locks WHERE NOT granted AND transactionid = pg_current_xact_id()::xid';
      await storage.transaction(async (tx) => {
        await lockCommunity(tx, 'here');
        gone = storage.transaction((other) =>
          erasePerson(other, { personId: 'li', communityId: 'here', now: 9, newId: ids.id, before: () => Promise.resolve(), traces: {} }),
        );
        for (let stands = 0; stands === 0;) stands = (await tx.$queryRawUnsafe<{ count: number }[]>(waiting))[0]?.count ?? 0;
        // Taken the other way round, whoever goes would hold this one by now, and PostgreSQL would end one of the two.
        await lockCommunity(tx, 'there');
      });
      expect(await gone).toMatchObject({ type: 'erased' });
      expect(await storage.read.person.count({ where: { id: 'li' } })).toBe(0);
    },
  );
});
