import { describe, expect, test } from 'vitest';
import { race, racing, unlocked } from './race.js';
import type { Stage } from './stage.js';

const [zhang, wang, liu] = ['张爸爸', '王妈妈', '刘阿姨'] as const;
const minutes = 60_000;

const opens = (stage: Stage, name: string, child: string) => stage.talks(name, '报名', '爸妈', child, '2', '同意');
const joins = async (stage: Stage, name: string, child: string) => {
  await opens(stage, name, child);
  return stage.says(name, '1');
};
const cancels = (stage: Stage, name: string) => stage.talks(name, '我的报名', '1', '1');
const minuteLater = async (stage: Stage) => {
  await stage.passes(1);
  return stage.list();
};
const becomes = (before: string, after: string) =>
  `UPDATE ON "SignUp" FOR EACH ROW WHEN (OLD."status" = '${before}' AND NEW."status" = '${after}')`;

describe.each(racing)('a place in one moment, on $name', ({ open }) => {
  describe('that is free again after ten minutes, and a sign-up', () => {
    const freed = {
      // The last that it changes: by then it has looked who waits.
      change: `UPDATE ON "Card" FOR EACH ROW WHEN (NEW."desired" > OLD."desired")`,
      prepare: async (stage: Stage) => {
        await stage.publish({ capacity: 1 });
        await joins(stage, zhang, '张乐 2017-03-08');
        await opens(stage, wang, '王小明 2018-05-20');
        await cancels(stage, zhang);
        stage.house.advance(10 * minutes);
      },
      first: (stage: Stage) => stage.house.app.tick(),
      second: (stage: Stage) => stage.says(wang, '1'),
      found: minuteLater,
    };

    test('somebody who waits is asked, or has it', async () => {
      expect(['王小明 confirmed', '王小明 offered']).toContain((await race(open, {}, freed))[1]);
    });

    test('control: without the lock of the event they wait beside a free place', async () => {
      expect(await race(open, unlocked, freed)).toEqual(['张乐 cancelled', '王小明 waiting']);
    });
  });

  describe('that is taken back, and its ten minutes end', () => {
    const takenBack = {
      change: becomes('leaving', 'confirmed'),
      prepare: async (stage: Stage) => {
        await stage.publish({ capacity: 1 });
        await joins(stage, zhang, '张乐 2017-03-08');
        await joins(stage, wang, '王小明 2018-05-20');
        await cancels(stage, zhang);
        stage.house.advance(10 * minutes - 1);
      },
      first: (stage: Stage) => stage.says(zhang, '撤销'),
      second: async (stage: Stage) => {
        stage.house.advance(1);
        await stage.house.app.tick();
      },
      found: minuteLater,
    };

    test('one of the two has it', async () => {
      expect(await race(open, {}, takenBack)).toEqual(['张乐 confirmed', '王小明 waiting']);
    });
  });

  describe('whose offer ends, and the yes to it', () => {
    const lapse = {
      change: becomes('offered', 'waiting'),
      prepare: async (stage: Stage) => {
        await stage.publish({ capacity: 1 });
        await joins(stage, zhang, '张乐 2017-03-08');
        await joins(stage, wang, '王小明 2018-05-20');
        await joins(stage, liu, '甜甜 2018-02-02');
        await cancels(stage, zhang);
        await stage.passes(10);
        stage.house.advance(120 * minutes);
      },
      first: (stage: Stage) => stage.house.app.tick(),
      second: (stage: Stage) => stage.says(wang, '1'),
      found: async (stage: Stage) => {
        return (await minuteLater(stage)).filter((line) => /offered|confirmed/u.test(line));
      },
    };

    test('one of the two has it', async () => {
      expect(await race(open, {}, lapse)).toHaveLength(1);
    });

    test('control: without the lock of the event both do', async () => {
      expect(await race(open, unlocked, lapse)).toHaveLength(2);
    });
  });

  describe('of two that brothers and sisters wait for together, and a sign-up', () => {
    const pair = {
      change: becomes('waiting', 'offered'),
      prepare: async (stage: Stage) => {
        await stage.publish({ capacity: 2 });
        await joins(stage, zhang, '张乐 2017-03-08');
        await joins(stage, liu, '甜甜 2018-02-02');
        await stage.talks(wang, '报名', '爸妈', '王小明 2018-05-20', '1', '王小红 2019-11-02', '2', '是', '同意', '1');
        await opens(stage, '陈妈妈', '陈晨 2018-09-01');
        for (const name of [zhang, liu]) await cancels(stage, name);
        stage.house.advance(10 * minutes);
      },
      first: (stage: Stage) => stage.house.app.tick(),
      second: (stage: Stage) => stage.says('陈妈妈', '1'),
      found: async (stage: Stage) => {
        return (await minuteLater(stage)).filter((line) => !line.endsWith('cancelled'));
      },
    };

    test('both are asked, and nobody comes between', async () => {
      expect(await race(open, {}, pair)).toEqual(['王小明 offered', '王小红 offered', '陈晨 waiting']);
    });
  });
});
