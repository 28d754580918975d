import { describe, expect, it } from 'vitest';
import { readAnnouncement } from '../../../src/understand/index.js';

/** Tuesday 28 July 2026, 10:00. */
const here = { now: Date.parse('2026-07-28T02:00:00Z'), timeZone: 'Asia/Shanghai' };
const read = (words: string) => readAnnouncement(`拔河 8月1日9:00-10:00 费家营社区操场 ${words}`, here);

describe('how many may come', () => {
  it.each([
    ['前20名', 20],
    ['限前30名', 30],
    ['先到先得前20名', 20],
    ['要5名', 5],
    ['需要5名志愿者', 5],
    ['还缺3人', 3],
  ])('%s are %i', (words, capacity) => {
    expect(read(words)).toMatchObject({ capacity, unit: 'person', notes: [], rest: [] });
  });

  it.each(['限10对', '限8组', '限6支队伍', '名额：6队', '每队5人 限6队', '每组3人，限8组', '限8组，每组3人', '限10对男女', '6队'])(
    '%s is no number of people or families: staff are told of it as a whole',
    (words) => {
      const found = read(words);
      expect(found.capacity).toBeUndefined();
      expect(found).toMatchObject({ notes: [{ type: 'unreadCapacity', text: words }], rest: [] });
    },
  );

  it.each(['前3名有奖', '取前3名颁奖', '前20名送礼品', '奖励：前3名', '不要3人'])('control: %s is no number of places', (words) => {
    const found = read(words);
    expect(found.capacity).toBeUndefined();
    expect(found.rest).toEqual([words]);
  });

  it.each(['限8组家庭', '限10对亲子', '一大一小 限8组 亲子烘焙', '限15户'])('control: %s are families', (words) => {
    expect(read(words).unit).toBe('household');
  });
});
