// Loaded into a real Linli before anything else (node --import): dies, as of a SIGKILL, when the database is about to be told what TEST_KILL_AT matches.
import { createRequire } from 'node:module';

const Database = createRequire(import.meta.url)('libsql');
const { prepare } = Database.prototype;
const last = new RegExp(process.env.TEST_KILL_AT, 'u');
Database.prototype.prepare = function (sql) {
  if (last.test(sql)) process.kill(process.pid, 'SIGKILL');
  return prepare.call(this, sql);
};
