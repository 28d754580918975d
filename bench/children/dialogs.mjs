// A process of its own that opens so many dialogs and says how much its heap has grown. Run with --expose-gc.
import { createDatabases } from '../support/databases.mjs';
import { openHouse } from '../support/house.mjs';

const databases = createDatabases();
const house = await openHouse(await databases.openOurs('sqlite'));

/** People who open the six questions and answer the first. */
async function openDialogs(first, count) {
  for (let from = first; from < first + count; from += 64) {
    const everybody = Array.from({ length: Math.min(64, first + count - from) }, (_, at) => `p${from + at}`);
    for (const text of ['/six', '王芳']) await Promise.all(everybody.map((one) => house.says(one, text)));
  }
  await house.app.settle();
}

async function heap() {
  for (let times = 0; times < 3; times += 1) {
    globalThis.gc();
    await new Promise(setImmediate);
  }
  return process.memoryUsage().heapUsed;
}

// What the first turns load and compile belongs to the program, not to the dialogs.
await openDialogs(0, 1_000);
const before = await heap();
await openDialogs(1_000, 10_000);
const after = await heap();
const open = await house.storage.read.conversation.count();
await house.close();
await databases.close();
console.log(JSON.stringify({ before, after, open }));
process.exit(0);
