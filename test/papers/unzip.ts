import { inflateRawSync } from 'node:zlib';

/** The text files in a zip archive by their names. Read from the list at its end, as a spreadsheet program does. */
export function unzip(bytes: Uint8Array): Map<string, string> {
  const zip = Buffer.from(bytes);
  const end = zip.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  if (end < 0) throw new Error('not a zip archive');
  const files = new Map<string, string>();
  let entry = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((at) => zip.readUInt16LE(entry + at)) as [number, number, number];
    const start = zip.readUInt32LE(entry + 42);
    const name = zip.toString('utf8', entry + 46, entry + 46 + nameLength);
    const data = start + 30 + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28);
    const packed = zip.subarray(data, data + zip.readUInt32LE(entry + 20));
    files.set(name, (zip.readUInt16LE(entry + 10) === 8 ? inflateRawSync(packed) : packed).toString('utf8'));
    entry += 46 + nameLength + extraLength + commentLength;
  }
  return files;
}

/** A cell of a workbook as a spreadsheet program would take it. */
export type ReadCell = { readonly text: string } | { readonly number: number } | { readonly formula: string } | null;

/** The first sheet of a workbook, row by row, as far as rows and cells are written. */
export function readWorkbook(bytes: Uint8Array): { readonly name: string; readonly rows: ReadCell[][] } {
  const files = unzip(bytes);
  const file = (name: string): string => {
    const text = files.get(name);
    if (text === undefined) throw new Error(`no ${name} in the workbook`);
    return text;
  };
  const shared = [...file('xl/sharedStrings.xml').matchAll(/<si>([\s\S]*?)<\/si>/gu)].map(([, inner = '']) =>
    plain([...inner.matchAll(/<t[^>]*>([\s\S]*?)<\/t>/gu)].map(([, text]) => text).join('')),
  );
  const cell = (attributes: string, inner: string): ReadCell => {
    const [, formula] = /<f[^>]*>([\s\S]*?)<\/f>/u.exec(inner) ?? [];
    if (formula !== undefined) return { formula: plain(formula) };
    const [, value] = /<v>([\s\S]*?)<\/v>/u.exec(inner) ?? [];
    if (value === undefined) return null;
    return /\bt="s"/u.test(attributes) ? { text: shared[Number(value)] ?? '' } : { number: Number(value) };
  };
  const rows = [...file('xl/worksheets/sheet1.xml').matchAll(/<row\b[^>]*>([\s\S]*?)<\/row>/gu)].map(([, row = '']) =>
    [...row.matchAll(/<c\b([^>]*?)(?:\/>|>([\s\S]*?)<\/c>)/gu)].map(([, attributes = '', inner = '']) => cell(attributes, inner)),
  );
  return { name: plain(/<sheet [^>]*name="([^"]*)"/u.exec(file('xl/workbook.xml'))?.[1] ?? ''), rows };
}

const plain = (xml: string): string =>
  xml
    .replace(/&#(\d+);/gu, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&lt;/gu, '<')
    .replace(/&gt;/gu, '>')
    .replace(/&quot;/gu, '"')
    .replace(/&apos;/gu, "'")
    .replace(/&amp;/gu, '&');
