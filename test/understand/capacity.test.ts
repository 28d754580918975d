import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCapacity } from '../../src/understand/index.js';

describe('parseCapacity', () => {
  it.each([
    ['名额20人', 20, 'person'],
    ['限20名', 20, 'person'],
    ['２０人', 20, 'person'],
    ['20个孩子', 20, 'child'],
    ['20名小朋友', 20, 'child'],
    ['限15名儿童', 15, 'child'],
    ['共20个名额', 20, 'person'],
    ['名额：20', 20, 'person'],
    ['限额三十', 30, 'person'],
    ['每场30人', 30, 'person'],
    ['每节课限12个孩子', 12, 'child'],
    ['两个', 2, 'person'],
    ['20', 20, 'person'],
    ['1', 1, 'person'],
    ['1,000人', 1000, 'person'],
    ['10000', 10_000, 'person'],
    ['20 people', 20, 'person'],
    ['up to 15 kids', 15, 'child'],
    ['Limited to 30', 30, 'person'],
    ['不限', null, 'person'],
    ['名额不限', null, 'person'],
    ['人数不限', null, 'person'],
    ['unlimited', null, 'person'],
  ])('reads %s', (text, capacity, unit) => {
    expect(parseCapacity(text)).toEqual({ ok: true, capacity, unit, notes: [] });
  });

  it('tells that families are counted, and that a number is rough', () => {
    expect(parseCapacity('20组家庭')).toEqual({ ok: true, capacity: 20, unit: 'household', notes: [{ type: 'families' }] });
    expect(parseCapacity('20对亲子')).toEqual({ ok: true, capacity: 20, unit: 'household', notes: [{ type: 'families' }] });
    expect(parseCapacity('20 families')).toEqual({ ok: true, capacity: 20, unit: 'household', notes: [{ type: 'families' }] });
    expect(parseCapacity('15户')).toEqual({ ok: true, capacity: 15, unit: 'household', notes: [{ type: 'families' }] });
    expect(parseCapacity('20人左右')).toEqual({ ok: true, capacity: 20, unit: 'person', notes: [{ type: 'approximate' }] });
  });

  it.each(['0', '-1', '一百万', '10001', '0人', '99999999999999999999', '名额0'])('finds %s out of range', (text) => {
    expect(parseCapacity(text)).toEqual({ ok: false, reason: 'outOfRange' });
  });

  it.each(['', '很多', '15-20人', '每户2人', '20对', '二三十人', '1.5人', '20人?不对'])('does not read %j', (text) => {
    expect(parseCapacity(text)).toEqual({ ok: false, reason: 'unreadable' });
  });

  it('gives 1 to 10,000, no limit or a reason, whatever is written', () => {
    const signs = fc.string({ unit: fc.constantFrom(...'0123456789一百万名额限人组家庭不-, '.split('')) });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), signs), (text) => {
        const read = parseCapacity(text);
        if (read.ok && read.capacity !== null)
          expect(Number.isInteger(read.capacity) && read.capacity >= 1 && read.capacity <= 10_000).toBe(true);
      }),
    );
  });
});
