import { it } from 'vitest';
import { databases } from '../support/databases.js';
import { raw } from '../../src/storage/index.js';
import { createRig } from './rig.js';
it('plan', { timeout: 120_000 }, async () => {
    const db = await databases[1]!.open({ deadlineMs: 60000 });
    const rig = createRig(db.storage, { timeoutMs: 15_000 });
    for (let b = 0; b < 10; b += 1) await rig.write(...Array.from({ length: 1000 }, (_, at) => rig.planned(`chat ${b}.${at}`, 'announcement', `t${b}.${at}`)));
    const heads = `SELECT h."id" FROM "Outbox" h
          WHERE h."state" = 'ready' AND (("platform" = 'scripted' AND "account" = 'bot'))
            AND (h."notBefore" <= ${rig.clock()} OR h."expiresAt" <= ${rig.clock()})
            AND NOT EXISTS (
              SELECT 1 FROM "Outbox" e WHERE e."platform" = h."platform" AND e."account" = h."account" AND e."chat" = h."chat"
              AND e."state" IN ('ready', 'claimed', 'sending') AND e."id" < h."id")
          ORDER BY h."lane", h."id" LIMIT 8 FOR UPDATE SKIP LOCKED`;
    const show = async (name: string, q: string) => {
      const rows = await db.storage.read.$queryRawUnsafe<Record<string, string>[]>(`EXPLAIN ANALYZE ${q}`);
      console.log(name + '\n' + rows.map((r) => Object.values(r)[0]).join('\n'));
    };
    await show('in', `UPDATE "Outbox" SET "state" = 'claimed' WHERE "id" IN (${heads}) RETURNING *`);
    await show('cte', `WITH heads AS MATERIALIZED (${heads}) UPDATE "Outbox" SET "state" = 'claimed' FROM heads WHERE "Outbox"."id" = heads."id" RETURNING "Outbox".*`);
    await show('min', `WITH heads AS MATERIALIZED (SELECT h."id" FROM "Outbox" h JOIN (SELECT min("id") AS "id" FROM "Outbox" WHERE "state" IN ('ready','claimed','sending') AND "platform" = 'scripted' AND "account" = 'bot' GROUP BY "chat") f ON f."id" = h."id" WHERE h."state"='ready' AND h."notBefore" <= ${rig.clock()} ORDER BY h."lane", h."id" LIMIT 8 FOR UPDATE OF h SKIP LOCKED) UPDATE "Outbox" SET "state" = 'claimed' FROM heads WHERE "Outbox"."id" = heads."id" RETURNING "Outbox".*`);
    await db.storage.read.$executeRaw(raw('CREATE INDEX x ON "Outbox" ("state", "lane", "id")'));
    await show('cte idx', `WITH heads AS MATERIALIZED (${heads}) UPDATE "Outbox" SET "state" = 'claimed' FROM heads WHERE "Outbox"."id" = heads."id" RETURNING "Outbox".*`);
    await db.storage.read.$executeRaw(raw('ANALYZE "Outbox"'));
    await show('cte idx analyzed', `WITH heads AS MATERIALIZED (${heads}) UPDATE "Outbox" SET "state" = 'claimed' FROM heads WHERE "Outbox"."id" = heads."id" RETURNING "Outbox".*`);
    await db.close();
});
