import { PrismaAdapter } from '@grammyjs/storage-prisma';
import { createPeer } from '../peer/grammy.mjs';
import { talk } from '../six/talk.mjs';
import { countCalls, pricesOf } from '../support/counting.mjs';
import { kinds } from '../support/databases.mjs';
import { openHouse } from '../support/house.mjs';
import { alternate, median, perSecond, ratio, short, spread } from '../support/measure.mjs';

export const about = `The same talk, with every turn durable before it is acknowledged. **Ours** is the whole house (\`createApp\`): inbox, who it is, sealed
conversation, sealed outbox, sending, and the mark that it was sent, in one transaction per batch and one per batch of marks; the time ends when nothing
is left to do. **Peer** is grammY with conversations, whose state \`@grammyjs/storage-prisma\` keeps in a database of the same server or on the same disk:
one read and one write per message, without inbox, outbox or encryption. On SQLite both use our one connection; with the
stock adapter the peer was as fast. Each chat writes its next message when the last one was taken.`;

export async function run({ databases }) {
  const lines = [];
  for (const { kind, called } of kinds) {
    const { storage, counts } = countCalls(await databases.openOurs(kind));
    const house = await openHouse(storage);
    const prices = await pricesOf(storage);
    const prisma = await databases.openPeer(kind);
    const peer = createPeer({ adapter: new PrismaAdapter(prisma.session) });
    for (const [chats, talks, target] of [
      [1, 40, 1],
      [16, 10, 2],
    ]) {
      const talkers = (says, first) =>
        Array.from({ length: chats }, (_, chat) => async () => {
          for (let count = 0; count < talks; count += 1) for (const text of talk) await says(first + chat, text);
          return talks * talk.length;
        });
      const sides = {
        ours: () =>
          perSecond(
            talkers((chat, text) => house.says(String(chat), text), 1),
            house.app.settle,
          ),
        peer: () => perSecond(talkers(peer, 1)),
      };
      await alternate(sides, { times: 1 });
      const before = { ...counts };
      const { ours, peer: theirs } = await alternate(sides);
      const found = ratio(ours, theirs);
      const turns = 5 * chats * talks * talk.length;
      const each = (name) => short((counts[name] - before[name]) / turns);
      lines.push({
        what: `Six questions stored on ${called}, ${chats === 1 ? '1 chat' : `${chats} chats`}: turns/s`,
        ours: short(median(ours)),
        peer: `grammY + conversations + storage-prisma ${short(median(theirs))}`,
        ratio: found,
        rounds: spread(ours, theirs),
        target: target === 1 ? '≥ 1' : '≥ 1, aim 2',
        met: found >= 1,
        ...(found >= target
          ? {}
          : {
              why: `A turn makes ${each('raw')} statements in ${each('transactions')} transactions, the peer's makes two in two. Through Prisma a statement takes
${short(prices.statement)} ms here and a durable transaction ${short(prices.commit)} ms more, whatever it writes.`,
            }),
      });
    }
    await house.close();
    await prisma.$disconnect();
  }
  return lines;
}
