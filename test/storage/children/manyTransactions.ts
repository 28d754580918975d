// Runs many transactions, half of them rolled back, and prints how many rows there are.
import { openStorage, sql } from '../../../src/storage/index.js';

const [, , url, count] = process.argv;
const storage = await openStorage({ url: String(url) });
for (let number = 0; number < Number(count); number += 1) {
  const undo = new Error('undo');
  await storage
    .transaction(async (tx) => {
      await tx.$executeRaw(sql`INSERT INTO "Setting" ("key", "value") VALUES (${`row ${number}`}, ${new Uint8Array(1)})`);
      if (number % 2 === 1) throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
}
console.log(`rows: ${await storage.read.setting.count()}`);
await storage.close();
