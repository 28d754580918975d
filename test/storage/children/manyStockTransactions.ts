// The same number of transactions through Prisma's own libsql factory.
import { PrismaLibSql } from '@prisma/adapter-libsql';
import { PrismaClient } from '../../../src/storage/generated/sqlite/client.js';

const [, , url, count] = process.argv;
const client = new PrismaClient({ adapter: new PrismaLibSql({ url: String(url) }) });
for (let number = 0; number < Number(count); number += 1) {
  await client.$transaction(async (tx) => tx.setting.count());
}
console.log('done');
await client.$disconnect();
