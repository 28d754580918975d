import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimsOffice, looksLikeIdNumber, looksLikePhone, readName } from '../../src/understand/index.js';

it.each([
  ['社工小李', true],
  ['社 工 李', true],
  ['管理员', true],
  ['社区老王', true],
  ['小邻', true],
  ['Social Worker Li', true],
  ['王姐', false],
  ['3号楼王姐', false],
  ['Stafford', false],
])('%s claims an office: %s', (name, claims) => {
  expect(claimsOffice(name)).toBe(claims);
});

describe('readName', () => {
  it.each([
    ['陈垚', '陈垚'],
    ['𠮷田', '𠮷田'],
    ['阿不都·热西提', '阿不都·热西提'],
    ['Anna-Maria O’Brien', 'Anna-Maria O’Brien'],
    ['李　雷', '李 雷'],
    ['我叫小满', '小满'],
    ['姓名：小满', '小满'],
    ['小满😊', '小满'],
    ['小满（毛毛）', '小满（毛毛）'],
    ['小\u202e满', '小满'],
    ['满'.repeat(40), '满'.repeat(40)],
  ])('reads %s', (text, name) => {
    expect(readName(text)).toEqual({ ok: true, name });
  });

  it.each([
    ['', 'empty'],
    [' \u200b ', 'empty'],
    ['\u3164', 'empty'],
    ['😊', 'notAName'],
    ['123', 'notAName'],
    ['·-', 'notAName'],
    ['<b>', 'notAName'],
    ['<b>小满</b>', 'notAName'],
    ['__proto__', 'notAName'],
    ['小满; DROP TABLE', 'notAName'],
    ['小满、小暑', 'notAName'],
    ['叫什么?', 'notAName'],
    ['满'.repeat(41), 'tooLong'],
    ['满'.repeat(100_000), 'tooLong'],
    ['000000201805200000', 'idNumber'],
    ['小满 00000020180520000X', 'idNumber'],
    ['13900001111', 'phone'],
    ['小满 139-0000-1111', 'phone'],
  ])('refuses case %#', (text, reason) => {
    expect(readName(text)).toEqual({ ok: false, reason });
  });

  it('reads what it gave again, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const read = readName(text);
        if (read.ok) expect(readName(read.name)).toEqual(read);
      }),
    );
  });
});

describe('identifiers', () => {
  it.each([
    '00000020180520000X',
    '000000 20180520 0000',
    '００００００２０１８０５２００００Ｘ',
    '000000800101000',
    '身份证000000201805200000',
  ])('sees the ID number of case %#', (text) => {
    expect(looksLikeIdNumber(text)).toBe(true);
  });

  it.each(['20260801', '13900001111', '0000002018', '000000201805200000345', '000000809901000'])('sees no ID number in case %#', (text) => {
    expect(looksLikeIdNumber(text)).toBe(false);
  });

  it.each([
    '13900001111',
    '+86 139 0000 1111',
    '139-0000-1111',
    '0931-2345678',
    '(0931)2345678',
    '020-87654321转8001',
    '400-820-0000',
    '电话：2345678',
  ])('sees the phone number of case %#', (text) => {
    expect(looksLikePhone(text)).toBe(true);
  });

  it.each(['20260801', '2026-08-01', '8月1日10:00-11:30', '1390000111', '12345678901', '000000201805200000', '20人'])(
    'sees no phone number in case %#',
    (text) => {
      expect(looksLikePhone(text)).toBe(false);
    },
  );
});
