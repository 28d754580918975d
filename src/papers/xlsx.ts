import { withoutControls } from './legible.js';
import type { Cell, Sheet } from './sheet.js';

// What Excel takes in one cell, and as the name of a sheet.
const longestText = 32_767;
const longestName = 31;

/** A table as a workbook. Every text is a text cell, so none is ever calculated; numbers that cannot be written (NaN) are empty. */
export async function xlsx({ title, columns, rows }: Sheet): Promise<Uint8Array> {
  const { default: write } = await import('write-excel-file/node');
  const head = columns.map(({ label }) => ({ ...text(label), fontWeight: 'bold' as const, wrap: true, alignVertical: 'center' as const }));
  const body = rows.map((row) => row.map(cellOf));
  const options = { sheet: sheetName(title), stickyRowsCount: 1, columns: columns.map(({ width = 12 }) => ({ width })) };
  return new Uint8Array(await write([head, ...body], options).toBuffer());
}

function cellOf(value: Cell) {
  if (typeof value === 'string') return text(value);
  return value === null || !Number.isFinite(value) ? null : { value, type: Number };
}

const text = (value: string) => ({ value: withoutControls(value).slice(0, longestText), type: String });

/** Excel refuses a file whose sheet has an empty name, a long one, or one with these signs. */
function sheetName(title: string): string {
  const plain = withoutControls(title).replace(/[\\/?*[\]:'\s]+/gu, ' ');
  const letters = Array.from(plain.trim());
  while (letters.join('').length > longestName) letters.pop();
  return letters.join('').trim() || '1';
}
