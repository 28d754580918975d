import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStorage, sql, type Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

function node(script: string, ...args: string[]): Promise<{ code: unknown; output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, output: `${stdout}${stderr}` }),
    );
  });
}

describe.each(databases)("Prisma's own tools on $name", ({ create, name }) => {
  it('find every migration applied as they would have done it', async () => {
    const { url, remove } = await create();
    onTestFinished(remove);
    expect(await look(name, url)).toMatchObject({
      appliedMigrationNames: [],
      editedMigrationNames: [],
      failedMigrationNames: [],
      hasMigrationsTable: true,
    });
  });

  it('make the same tables from the model as the migrations do', async () => {
    const [migrated, fromModel] = await Promise.all([create(), create('empty')]);
    onTestFinished(() => Promise.all([migrated.remove(), fromModel.remove()]).then(() => {}));
    const { modelSql } = await look(name, migrated.url);
    const [expected, storage] = await Promise.all([openStorage({ url: fromModel.url }), openStorage({ url: migrated.url })]);
    await (expected.file?.runScript(modelSql) ?? expected.transaction((tx) => tx.$executeRawUnsafe(modelSql)));
    expect(await shape(storage)).toEqual(await shape(expected));
    expect((await shape(storage)).length).toBeGreaterThan(50);
    await Promise.all([expected.close(), storage.close()]);
  });
});

const look = async (name: string, url: string): Promise<{ modelSql: string }> =>
  JSON.parse((await node(join(root, 'test/storage/prismaTools.mjs'), name, url)).output) as { modelSql: string };

/** Every table, column, index and constraint, as the database itself tells them. */
async function shape(storage: Storage): Promise<unknown[]> {
  const parts =
    storage.provider === 'sqlite'
      ? sql`
        SELECT 'column' AS "what", t.name || ' ' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || coalesce(c.dflt_value, '') || ' ' || c.pk AS "is"
        FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT IN ('_prisma_migrations', 'sqlite_sequence')
        UNION ALL SELECT 'index', coalesce(sql, name) FROM sqlite_master WHERE type = 'index' AND tbl_name <> '_prisma_migrations'
        UNION ALL SELECT 'reference', t.name || ' ' || f."from" || ' ' || f."table" || ' ' || f."to" || ' ' || f.on_delete || ' ' || f.on_update
        FROM sqlite_master t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table' ORDER BY 1, 2`
      : sql`
        SELECT 'column' AS "what", concat_ws(' ', table_name, column_name, data_type, datetime_precision, is_nullable, column_default) AS "is"
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'
        UNION ALL SELECT 'index', indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'
        UNION ALL SELECT 'constraint', conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> '_prisma_migrations' ORDER BY 1, 2`;
  return storage.read.$queryRaw<unknown[]>(parts);
}

describe('the scripts for migrations', () => {
  /** A copy of the checkout's model and scripts that a test may change. */
  const copy = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'linli-scripts-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await Promise.all(['prisma', 'scripts'].map((part) => cp(join(root, part), join(folder, part), { recursive: true })));
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    const model = join(folder, 'prisma/schema.prisma');
    return {
      check: () => node(join(folder, 'scripts/db-check.mjs')),
      migration: (name: string) => node(join(folder, 'scripts/db-migration.mjs'), name),
      names: async (provider: string) => (await readdir(join(folder, 'prisma/migrations', provider))).filter((entry) => /^\d/.test(entry)),
      edit: async (file: string, change: (text: string) => string) =>
        writeFile(join(folder, file), change(await readFile(join(folder, file), 'utf8'))),
      addField: async () => writeFile(model, (await readFile(model, 'utf8')).replace('model Setting {', 'model Setting {\n  note String?')),
    };
  };

  it('find this checkout in order', async () => {
    expect(await node(join(root, 'scripts/db-check.mjs'))).toEqual({ code: 0, output: 'Model, twin schema and migrations agree.\n' });
  });

  it('notice a changed model, and write the migration that it needs, once', { timeout: 60_000 }, async () => {
    const { addField, check, migration, names } = await copy();
    const before = await names('sqlite');
    await addField();
    const drifted = await check();
    expect(drifted.code).toBe(1);
    expect(drifted.output).toContain('prisma/postgresql/schema.prisma');
    expect(drifted.output).toContain('no sqlite migration makes yet');
    expect(drifted.output).toContain('no postgresql migration makes yet');
    expect(drifted.output).toContain('ADD COLUMN');
    expect((await migration('add_note')).output).toContain('_add_note/migration.sql');
    expect((await names('sqlite')).length).toBe(before.length + 1);
    expect(await names('postgresql')).toEqual(await names('sqlite'));
    expect((await check()).code).toBe(0);
    expect((await migration('again')).output).toContain('Nothing to do');
    expect((await names('sqlite')).length).toBe(before.length + 1);
  });

  it('notice a migration that was edited', async () => {
    const { check, edit, names } = await copy();
    const [first] = await names('sqlite');
    await edit(`prisma/migrations/sqlite/${first}/migration.sql`, (sql) => sql.replace('"title" TEXT,', ''));
    expect((await check()).output).toContain('do not lead to the model');
  });

  it('refuse a migration without a proper name', async () => {
    const { migration } = await copy();
    for (const name of ['', 'Add note', '../x']) expect((await migration(name)).code).toBe(2);
  });
});
