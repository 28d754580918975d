import { it, describe } from 'vitest';
import { databases } from '../support/databases.js';
import { createPlatform, createRig } from './rig.js';
describe.each(databases)('perf $name', ({ open }) => {
  it('x', { timeout: 120_000 }, async () => {
    const db = await open();
    const platform = createPlatform();
    const rig = createRig(db.storage, { timeoutMs: 15_000 });
    const sender = rig.sender([platform.adapter]);
    for (let b = 0; b < 10; b += 1) await rig.write(...Array.from({ length: 1000 }, (_, at) => rig.planned(`chat ${b}.${at}`, 'announcement', `t${b}.${at}`)));
    let t = performance.now();
    let done = false;
    sender.poke();
    const deadline = t + 6000;
    const lat: number[] = [];
    let n = 0;
    while (performance.now() < deadline) {
      const s = performance.now();
      const key = `r${(n += 1)}`;
      sender.sendNow(await rig.write(rig.planned('x', 'reply', key)));
      while (!platform.sends.some((one) => one.key === key)) await new Promise((r) => setTimeout(r, 1));
      lat.push(performance.now() - s);
      await new Promise((r) => setTimeout(r, 100));
    }
    lat.sort((a, b) => a - b);
    console.log(db.storage.provider, 'sent/s', platform.sends.length / 6, 'reply ms median', lat[lat.length >> 1], 'max', lat.at(-1));
    await rig.stop();
    await db.close();
  });
});
