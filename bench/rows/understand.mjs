import { pieces, readers } from '../.cache/readers.mjs';
import { rounds, short } from '../support/measure.mjs';

export const about = `Every reader of \`understand/\` reads each of the pieces that texts are made of, repeated until the text has 1,000, 4,000 and 100,000
letters: words that a careless pattern would take for ever over. CPU time, the least of five readings each, as only the text makes them
longer. **Growth** is the worst ratio of all readers and pieces; times under 5 ms count as 5 ms.`;

export async function run() {
  const worst = { long: { ratio: 0 }, short: { ratio: 0 } };
  for (const [name, read] of Object.entries(readers))
    for (const piece of pieces) {
      const [thousand, four, hundred] = [1_000, 4_000, 100_000].map((length) => least(read, piece.repeat(length / piece.length)));
      worst.long = worse(worst.long, { ratio: hundred / four, name, piece, ms: hundred });
      worst.short = worse(worst.short, { ratio: four / thousand, name, piece, ms: four });
    }
  return [
    line('Reading a text of 100,000 letters against one of 4,000', worst.long, 25),
    line('Reading a text of 4,000 letters against one of 1,000', worst.short, 12),
  ];
}

const worse = (one, other) => (other.ratio > one.ratio ? other : one);

const line = (what, { ratio, name, piece, ms }, most) => ({
  what: `${what}: growth`,
  ours: `${short(ms)} ms`,
  peer: `${name}, “${JSON.stringify(piece).slice(1, -1)}”`,
  ratio,
  target: `≤ ${most}`,
  met: ratio <= most,
});

/** ms of CPU time, not less than what the clock of the processor can tell apart. */
function least(read, text) {
  const times = Array.from({ length: rounds }, () => {
    const before = process.cpuUsage();
    read(text);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.max(5, Math.min(...times));
}
