import fc from 'fast-check';
import writeXlsxFile from 'write-excel-file/node';
import { describe, expect, it } from 'vitest';
import { csv, xlsx, type Sheet } from '../../src/papers/index.js';
import { readWorkbook, unzip } from './unzip.js';

const dangerous = [
  '=HYPERLINK("http://x.example","点这里")',
  '+8613',
  '-1+1',
  '@SUM(A1)',
  '\t=1+1',
  '\r=1+1',
  '＝1+1',
  '＋1',
  '－1',
  '＠a',
];
const sheet = (rows: Sheet['rows'], title = '名单'): Sheet => ({ title, columns: [{ label: '姓名', width: 16 }, { label: '岁数' }], rows });
const csvText = async (rows: Sheet['rows']): Promise<string> =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(await csv(sheet(rows)));

describe('a workbook', () => {
  it('holds texts as texts and numbers as numbers', async () => {
    const { name, rows } = readWorkbook(
      await xlsx(
        sheet([
          ['陈垚', 8],
          ['王**', null],
        ]),
      ),
    );
    expect(name).toBe('名单');
    expect(rows).toEqual([[{ text: '姓名' }, { text: '岁数' }], [{ text: '陈垚' }, { number: 8 }], [{ text: '王**' }]]);
  });

  it.each(dangerous)('never calculates %j: it is a text that says so', async (text) => {
    const { rows } = readWorkbook(await xlsx(sheet([[text, 1]])));
    // A carriage return is a line break to XML.
    expect(JSON.stringify(rows[1]?.[0]).replace('\\n', '\\r')).toBe(JSON.stringify({ text }));
  });

  it('negative control: a formula cell is seen as one', async () => {
    const made = await writeXlsxFile([['a'], [{ value: '=1+1', type: 'Formula' }]]).toBuffer();
    expect(readWorkbook(made).rows[1]).toEqual([{ formula: '=1+1' }]);
  });

  it('is one that can be opened, whatever stands in it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...dangerous, '</t></si>', '&amp;', '\ud800', ' 空 ')),
        fc.double(),
        async (title, text, number) => {
          const made = await xlsx(
            sheet(
              [
                [text, number],
                [null, null],
              ],
              title,
            ),
          );
          const { name, rows } = readWorkbook(made);
          expect(name.length).toBeGreaterThan(0);
          expect(name.length).toBeLessThanOrEqual(31);
          expect(name).not.toMatch(/[\\/?*[\]:']/u);
          expect(JSON.stringify(rows)).not.toContain('formula');
          for (const xml of unzip(made).values()) expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/u);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('cuts a text that no cell can hold', async () => {
    const { rows } = readWorkbook(await xlsx(sheet([['长'.repeat(40_000), 1]])));
    expect(rows[1]?.[0]).toEqual({ text: '长'.repeat(32_767) });
  });

  it('of 5,000 rows is made in a moment', async () => {
    const rows = Array.from({ length: 5_000 }, (_, at) => [`王小明${at}`, at]);
    const began = performance.now();
    expect(readWorkbook(await xlsx(sheet(rows))).rows).toHaveLength(5_001);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe('a CSV file', () => {
  it('begins with the mark by which Excel knows the letters, and has a line for each row', async () => {
    expect(
      await csvText([
        ['陈垚', 8],
        ['说"你好",\n再见', null],
        ['', -3],
      ]),
    ).toBe('\ufeff姓名,岁数\r\n陈垚,8\r\n"说""你好"",\n再见",\r\n,-3\r\n');
  });

  it.each(dangerous)('neutralises %j', async (text) => {
    const line = (await csvText([[text, 1]])).split('\r\n').slice(1).join('\r\n');
    expect(line).toMatch(/^"?'/u);
    expect(line.replaceAll('""', '"')).toContain(text);
  });

  it('negative control: an ordinary text gets no apostrophe', async () => {
    expect(await csvText([['王=明', 1]])).toContain('\r\n王=明,1');
  });

  it('never lets a cell begin as a formula', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ',', "'", '\u0000', '1', '王') }),
        async (text) => {
          const body = (await csvText([[text, 1]])).slice('\ufeff姓名,岁数\r\n'.length);
          expect(body).not.toMatch(/^"?[=+\-@\t\r＝＋－＠]/u);
        },
      ),
    );
  });
});
