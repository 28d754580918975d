import type { Storage } from '../../src/storage/index.js';

/** Takes the guard against repeated updates away, from outside: the inbox forgets every row as soon as it is written. */
export async function forgetInbox(storage: Storage): Promise<void> {
  const statements =
    storage.provider === 'sqlite'
      ? ['CREATE TRIGGER forget AFTER INSERT ON "Inbox" BEGIN DELETE FROM "Inbox" WHERE "uid" = NEW."uid"; END']
      : [
          'CREATE FUNCTION forget() RETURNS trigger AS $$ BEGIN DELETE FROM "Inbox" WHERE "uid" = NEW."uid"; RETURN NULL; END $$ LANGUAGE plpgsql',
          'CREATE TRIGGER forget AFTER INSERT ON "Inbox" FOR EACH ROW EXECUTE FUNCTION forget()',
        ];
  for (const statement of statements) await storage.read.$executeRawUnsafe(statement);
}
