import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databases, type TestDatabase } from '../support/databases.js';
import { artClass, openStage, type Stage } from './stage.js';

const li = '社工小李';

describe.each(databases)('checking in on $name', ({ open }) => {
  let database: TestDatabase;
  let stage: Stage;
  beforeEach(async () => {
    database = await open();
    stage = await openStage(database.storage);
    await stage.claims(li);
  });
  afterEach(async () => {
    await stage.house.app.stop();
    await database.close();
  });
  const adults = { title: '书法班', minAge: 18, maxAge: null } as const;
  const join = async (...names: string[]) => {
    for (const name of names) await stage.talks(name, '报名', '1', '1');
  };

  test('try', async () => {
    await stage.publish(adults);
    await join('张三', '李四', '王五', '赵六');
    stage.house.setClock('2026-08-01T09:50');
    console.log(await stage.says(li, '签到'), stage.buttons(li));
    console.log(await stage.says(li, '1 3'), stage.buttons(li));
    console.log(await stage.says(li, '撤销'), stage.buttons(li));
    console.log(await stage.says(li, '缺 王五'));
    console.log(await stage.says(li, '王五'));
    console.log(await stage.says(li, '撤销'));
    console.log(await stage.says(li, '全到'));
    console.log(await stage.says(li, '现场码'), stage.buttons(li), artClass);
    console.log(await stage.says('张三', '签到222223'));
    console.log(await stage.says('孙七', '签到 222 223'), stage.buttons('孙七'));
    console.log(await stage.says('孙七', '222224'));
    console.log(await stage.says('孙七', '签到'));
    console.log(await stage.says('孙七', '222223'));
  });
});
