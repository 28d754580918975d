// Opens the database and keeps it open until it is killed.
import { openStorage } from '../../../src/storage/index.js';

const storage = await openStorage({ url: String(process.argv[2]) });
console.log('open');
setInterval(() => storage.provider, 1_000);
