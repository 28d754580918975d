import { setTimeout as pause } from 'node:timers/promises';
import { makeHome, startLinli, startNothing } from '../support/linli.mjs';
import { alternate, median, ratio, short } from '../support/measure.mjs';

export const about = `\`npm start\` as a process of its own on a SQLite file that an earlier start has made, until \`/readyz\` says yes: npm, the look whether
everything is built, and opening the house are all in it. Resident memory is that of the process itself as \`ps\` tells it: 3 s after a start ("at rest"),
after 10,000 turns through the web chat's HTTP interface, and after 10,000 more.`;

const mb = 1024 * 1024;
const turns = 10_000;

export async function run() {
  const home = await makeHome();
  try {
    await (await startLinli(home)).stop();
    const { starts, empty } = await alternate({
      starts: async () => {
        const linli = await startLinli(home);
        await linli.stop();
        return linli.ms;
      },
      empty: () => startNothing(home),
    });
    const linli = await startLinli(home);
    await pause(3_000);
    const rest = linli.resident() / mb;
    await talk(linli.url, 'a');
    const first = linli.resident() / mb;
    await talk(linli.url, 'b');
    const second = linli.resident() / mb;
    await linli.stop();
    const seconds = median(starts) / 1000;
    return [
      {
        what: 'Second start to ready',
        ours: `${short(seconds)} s`,
        peer: '2 s',
        rounds: `${short(Math.min(...starts) / 1000)}–${short(Math.max(...starts) / 1000)} s`,
        target: '< 2 s',
        met: seconds < 2,
        why: `\`npm start\` of a package that does nothing took ${short(median(empty) / 1000)} s in the same rounds; a start takes ${short(ratio(starts, empty))} times that.`,
      },
      { what: 'Resident memory at rest', ours: `${short(rest)} MB`, peer: '200 MB', target: '≤ 200 MB', met: rest <= 200 },
      { what: 'Resident memory after 10,000 turns', ours: `${short(first)} MB`, peer: '320 MB', target: '≤ 320 MB', met: first <= 320 },
      {
        what: 'The same after 10,000 more: flat',
        ours: `${short(second)} MB`,
        peer: `${short(first)} MB before`,
        ratio: second / first,
        target: '≤ 1.05',
        met: second / first <= 1.05 && second <= 320,
      },
    ];
  } finally {
    await home.remove();
  }
}

/** Everybody of the sample community talks at once, in private, until the turns are done. */
async function talk(url, salt) {
  const { people } = await (await fetch(`${url}/web/people`)).json();
  const words = ['活动', '1', '0', '帮助', '我的报名', '家人'];
  let said = 0;
  const one = async ({ id, privateChat }) => {
    while (said < turns) {
      const count = (said += 1);
      const body = JSON.stringify({ as: id, chat: privateChat, clientId: `bench-${salt}-${count}`, text: words[count % words.length] });
      const response = await fetch(`${url}/web/messages`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      await response.text();
      if (!response.ok) throw new Error(`The web chat answered ${response.status}`);
    }
  };
  await Promise.all(people.map(one));
}
