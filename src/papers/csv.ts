import { withoutControls } from './legible.js';
import type { Cell, Sheet } from './sheet.js';

/**
 * A table as CSV that Excel opens in the right letters. A text that a spreadsheet would calculate (`=1+1`, `+86…`, `-3`, `@name`) gets
 * an apostrophe before it; a number stays a number.
 */
export async function csv({ columns, rows }: Sheet): Promise<Uint8Array> {
  const { stringify } = await import('csv-stringify/sync');
  const table = [columns.map(({ label }) => label), ...rows].map((row) => row.map(plain));
  const text = stringify(table, { bom: true, escape_formulas: true, record_delimiter: 'windows', quote_record_delimiter: true });
  return new TextEncoder().encode(text);
}

const plain = (value: Cell): Cell => (typeof value === 'string' ? withoutControls(value) : value);
