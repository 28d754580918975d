import { sql, raw, type Storage } from '../../src/storage/index.js';

/** Every row of every table as one text, a line each, with what is in bytes as it stands there. */
export async function everythingIn({ read, provider }: Pick<Storage, 'read' | 'provider'>): Promise<string> {
  const tables = await read.$queryRaw<{ name: string }[]>(
    provider === 'sqlite'
      ? sql`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`
      : sql`SELECT table_name::text AS name FROM information_schema.tables WHERE table_schema = 'public'`,
  );
  const lines: string[] = [];
  for (const { name } of tables) {
    const rows = await read.$queryRaw<Record<string, unknown>[]>(sql`SELECT * FROM ${raw(`"${name}"`)}`);
    lines.push(...rows.map((row) => `${name} ${JSON.stringify(row, readable)}`));
  }
  return lines.join('\n');
}

const readable = (_key: string, value: unknown): unknown => {
  if (typeof value === 'bigint') return String(value);
  return value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value;
};
