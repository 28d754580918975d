import { createClient } from '@libsql/client';
import pg from 'pg';
import { countCalls, pricesOf } from '../support/counting.mjs';
import { kinds } from '../support/databases.mjs';
import { openHouse, timeZone } from '../support/house.mjs';
import { alternate, median, perSecond, ratio, short, spread } from '../support/measure.mjs';

export const about = `So many people want one event, and each has only the yes to the read-back left; they all say it at once. **Ours** is that turn as a whole
(\`createApp\`, the real feature): inbox, who it is, the open dialog, the event under its lock, the sign-up, the card, the answer sent and marked. **Bare** is a
loop over the driver that does nothing but keep the event from being oversold: on SQLite two statements (count, insert) one after another,
on PostgreSQL one statement that locks the event, counts and inserts, on eight connections.`;

const people = 400;

export async function run({ databases }) {
  const lines = [];
  for (const { kind, called } of kinds) {
    const { storage, counts } = countCalls(await databases.openOurs(kind));
    const house = { ...(await openHouse(storage)), counts };
    const prices = await pricesOf(storage);
    const bare = await openBare[kind](await databases.create(kind));
    const sides = { ours: (round) => ourSignUps(house, `${round}`), bare: () => bare.signUps() };
    await alternate(sides, { times: 1 });
    const { ours, bare: theirs } = await alternate({ ...sides, ours: (round) => ourSignUps(house, `again${round}`) });
    await house.close();
    await bare.close();
    const found = ratio(ours, theirs);
    const perTurn = (name) => house.spent[name] / house.spent.turns;
    const each = (name) => short(perTurn(name));
    lines.push({
      what: `Sign-ups to one event on ${called}: whole turns/s`,
      ours: short(median(ours)),
      peer: `bare ${kind === 'sqlite' ? 'two statements' : 'one statement'} ${short(median(theirs))}`,
      ratio: found,
      rounds: spread(ours, theirs),
      target: '≥ 0.3',
      met: found >= 0.3,
      ...(found >= 0.3
        ? {}
        : {
            why: `A turn makes ${each('typed')} typed calls through Prisma and ${each('raw')} raw statements, in ${each('transactions')} transactions. A typed call takes
${short(prices.typed)} ms here and a raw statement ${short(prices.statement)} ms, one after another, as one process has one thread: that is ${short((1 / (prices.typed * perTurn('typed') + prices.statement * perTurn('raw'))) * 1000)} turns/s before
anything else is done. The typed calls are the feature's own: who is signed up already, the event under its lock, who answers for it. Bare, it is ${kind === 'sqlite' ? 'two' : 'one'}.`,
          }),
    });
  }
  return lines;
}

/** Publishes an event and leads people to its read-back; what is measured is their yes. */
async function ourSignUps(house, round) {
  const { app, ids, community, storage, says, counts } = house;
  const now = Date.now();
  const event = {
    title: '书法班',
    bring: null,
    minAge: 18,
    maxAge: null,
    capacity: people / 2,
    timeZone,
    sessions: [
      {
        date: new Date(now + 7 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10),
        start: '10:00',
        end: '11:00',
        place: '党群活动中心二楼',
      },
    ],
    groups: [],
  };
  const staff = await storage.read.person.create({ data: { id: ids.id(), name: '社工小陈' } });
  const context = { communityId: community.id, actorId: staff.id, now, newId: ids.id };
  await storage.transaction((tx) => app.signup.publish(tx, event, context));
  const { id, ref } = await storage.read.event.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });
  const everybody = Array.from({ length: people }, (_, at) => `${round}-${at}`);
  for (const text of [`/join ${ref}`, '1']) await Promise.all(everybody.map((one) => says(one, text)));
  await app.settle();
  const before = { ...counts };
  const found = await perSecond(
    everybody.map((one) => async () => {
      await says(one, '1');
      return 1;
    }),
    app.settle,
  );
  house.spent = { turns: people, ...Object.fromEntries(Object.keys(before).map((name) => [name, counts[name] - before[name]])) };
  const signedUp = await storage.read.signUp.count({ where: { eventId: id } });
  if (signedUp !== people) throw new Error(`${signedUp} of ${people} are signed up`);
  await storage.read.event.update({ where: { id }, data: { status: 'ended' } });
  return found;
}

const tables = [
  'CREATE TABLE "Event" ("id" TEXT PRIMARY KEY, "capacity" INTEGER NOT NULL)',
  'CREATE TABLE "SignUp" ("id" TEXT PRIMARY KEY, "event" TEXT NOT NULL, "person" TEXT NOT NULL, "status" TEXT NOT NULL, UNIQUE ("event", "person"))',
];

const openBare = {
  sqlite: async (url) => {
    const client = createClient({ url });
    await client.executeMultiple('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    for (const table of tables) await client.execute(table);
    let events = 0;
    return {
      signUps: () => {
        const event = `e${(events += 1)}`;
        const signUp = async () => {
          for (let person = 0; person < people; person += 1) {
            const { rows } = await client.execute({ sql: `SELECT count(*) AS taken FROM "SignUp" WHERE "event" = ?`, args: [event] });
            const status = Number(rows[0].taken) < people / 2 ? 'confirmed' : 'waiting';
            await client.execute({
              sql: 'INSERT INTO "SignUp" VALUES (?, ?, ?, ?)',
              args: [`${event}-${person}`, event, `p${person}`, status],
            });
          }
          return people;
        };
        return perSecond([signUp]);
      },
      close: async () => client.close(),
    };
  },
  postgresql: async (url) => {
    const pool = new pg.Pool({ connectionString: url, max: 8 });
    for (const table of tables) await pool.query(table);
    const statement = {
      name: 'signUp',
      text: `WITH event AS (SELECT "id", "capacity" FROM "Event" WHERE "id" = $2 FOR UPDATE)
        INSERT INTO "SignUp" SELECT $1, event."id", $3, CASE WHEN (SELECT count(*) FROM "SignUp" WHERE "event" = $2) < event."capacity" THEN 'confirmed' ELSE 'waiting' END FROM event`,
    };
    let events = 0;
    return {
      signUps: async () => {
        const event = `e${(events += 1)}`;
        await pool.query('INSERT INTO "Event" VALUES ($1, $2)', [event, people / 2]);
        const signUp = async (person) => {
          await pool.query({ ...statement, values: [`${event}-${person}`, event, `p${person}`] });
          return 1;
        };
        return perSecond(Array.from({ length: people }, (_, person) => () => signUp(person)));
      },
      close: () => pool.end(),
    };
  },
};
