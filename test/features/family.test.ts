import { afterEach, describe, expect, test } from 'vitest';
import { createFamilies } from '../../src/people/index.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { openStage, type Stage } from './stage.js';

describe.each(databases)('families that signed up without a talk, on $name', ({ open }) => {
  const opened: { stage: Stage; database: TestDatabase }[] = [];
  afterEach(async () => {
    for (const { stage, database } of opened.splice(0)) {
      await stage.house.app.stop();
      await database.close();
    }
  });

  /** What the tables say once two families have signed up for a class with two places. */
  async function after(joins: (stage: Stage, parent: string, child: string) => Promise<unknown>) {
    const database = await open();
    const stage = await openStage(database.storage);
    opened.push({ stage, database });
    await stage.publish({ capacity: 2 });
    await joins(stage, '王妈妈', '王小明 2018-05-20');
    await joins(stage, '张爸爸', '张乐 2017-03-08');
    await joins(stage, '刘阿姨', '甜甜 2018-02-02');
    const { read } = database.storage;
    const families = createFamilies(stage.house.sealer);
    const dependants = await read.dependant.findMany({ include: { household: { include: { members: { include: { person: true } } } } } });
    const dates = {
      createdAt: true,
      updatedAt: true,
      status: true,
      position: true,
      scope: true,
      heldFor: true,
      pairKey: true,
      until: true,
    };
    return {
      families: dependants
        .map((row) => [
          families.read(row).name,
          families.read(row).birthDate,
          row.kind,
          row.household.members.map((one) => [one.person.name, one.bond]),
        ])
        .map((row) => JSON.stringify(row))
        .sort(),
      signUps: await read.signUp.findMany({
        orderBy: { position: 'asc' },
        select: { ...dates, priority: true, companions: true, revision: true },
      }),
      own: (await read.signUp.findMany()).every(
        ({ participant, party, dependantId }) => participant === `d:${dependantId}` && party === participant,
      ),
      consents: await read.consent.findMany({
        select: { purpose: true, textVersion: true, method: true, recordedBy: true, givenAt: true, withdrawnAt: true },
      }),
      byThemselves: await read.consent.count({
        where: { guardianId: { in: await Promise.all(['王妈妈', '张爸爸', '刘阿姨'].map(stage.personId)) } },
      }),
      card: await read.card.findMany({ select: { desired: true, shown: true, state: true } }),
      planned: await read.occurrence.count(),
      audit: await read.auditEntry.count(),
      list: await stage.list(),
    };
  }

  test('stand in the tables as after the talk', async () => {
    const talked = await after((stage, parent, child) => stage.talks(parent, '报名', '爸妈', child, '2', '同意', '1'));
    expect(talked.list).toEqual(['王小明 confirmed', '张乐 confirmed', '甜甜 waiting']);
    expect(await after((stage, parent, child) => stage.joins(parent, child))).toEqual(talked);
  });
});
