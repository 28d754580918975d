import { kinds } from '../support/databases.mjs';
import { openHouse, timeZone } from '../support/house.mjs';
import { median, rounds, short } from '../support/measure.mjs';

export const about = `One person asks \`/events\` in a community with 5,000 events to come, each with three sign-ups; nobody else does anything. At most 200 of
them are read for the list, the rest is found by search. The time is that of
the whole turn, from the message to the answer shown, as the median of five rounds of twenty.`;

const events = 5_000;

export async function run({ databases }) {
  const lines = [];
  for (const { kind, called } of kinds) {
    const house = await openHouse(await databases.openOurs(kind));
    await plant(house);
    await ask(house);
    const found = median(await inTurn(rounds, () => ask(house)));
    await house.close();
    lines.push({
      what: `/events over 5,000 events on ${called}`,
      ours: `${short(found)} ms`,
      peer: '50 ms',
      target: '< 50 ms',
      met: found < 50,
    });
  }
  return lines;
}

async function ask({ says, onShown }) {
  return median(
    await inTurn(20, async () => {
      const start = performance.now();
      const shown = new Promise((resolve) => onShown('asker', resolve));
      await says('asker', '/events');
      const { choices } = await shown;
      if (choices.length < 5) throw new Error('The list of events is empty.');
      return performance.now() - start;
    }),
  );
}

async function inTurn(times, measure) {
  const found = [];
  for (let count = 0; count < times; count += 1) found.push(await measure());
  return found;
}

/** Writes the events straight to the tables: publishing them would take longer than measuring. */
async function plant({ storage, community, ids }) {
  const { id: communityId } = community;
  const now = Date.now();
  const staff = await storage.read.person.create({ data: { id: ids.id(), name: '社工小陈' } });
  const all = Array.from({ length: events }, (_, at) => {
    const startsAt = new Date(now + (at + 1) * 60 * 60 * 1000);
    const wall = startsAt.toISOString().slice(0, 16);
    return {
      eventId: ids.id(),
      sessionId: ids.id(),
      title: `书法班第${at + 1}期`,
      startsAt,
      endsAt: new Date(startsAt.getTime() + 3_600_000),
      wall,
    };
  });
  for (let from = 0; from < events; from += 500) {
    const some = all.slice(from, from + 500);
    await storage.read.event.createMany({
      data: some.map(({ eventId, title }) => ({
        id: eventId,
        communityId,
        ref: ids.ref(),
        title,
        capacity: 20,
        status: 'published',
        createdBy: staff.id,
      })),
    });
    await storage.read.session.createMany({
      data: some.map(({ eventId, sessionId, startsAt, endsAt, wall }) => ({
        id: sessionId,
        communityId,
        eventId,
        startsWall: wall,
        timeZone,
        startsAt,
        endsAt,
        place: '党群活动中心二楼',
      })),
    });
    const signUp = (eventId, position) => ({
      id: ids.id(),
      communityId,
      eventId,
      scope: 'all',
      participant: `p:${position}`,
      party: `p:${position}`,
      registrantId: staff.id,
      status: 'confirmed',
      position,
      createdAt: new Date(now),
      updatedAt: new Date(now),
    });
    await storage.read.signUp.createMany({
      data: some.flatMap(({ eventId }) => [1, 2, 3].map((position) => signUp(eventId, position))),
    });
  }
}
