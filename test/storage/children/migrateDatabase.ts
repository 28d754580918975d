// Migrates the database once it is told to by its arguments: URL, folder of migrations.
import { randomUUID } from 'node:crypto';
import { migrate, openStorage } from '../../../src/storage/index.js';

const [, , url, folder] = process.argv;
const storage = await openStorage({ url: String(url) });
console.log('migrating');
const { applied } = await migrate(storage, { folder: String(folder), now: Date.now, newId: randomUUID });
console.log(`applied: ${applied.length}`);
await storage.close();
