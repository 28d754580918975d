import { setTimeout as pause } from 'node:timers/promises';
import { makeHome, startLinli } from '../support/linli.mjs';
import { short } from '../support/measure.mjs';

export const about = `200 visitors of the web chat (\`WEB_CHAT=on\`) talk at once for a minute, each with an open page of their own: Linli is a process of its own on
SQLite, the visitors are another one, over HTTP and loopback, as behind a reverse proxy. Everybody thinks for 2 to 6 s, then writes: in four of five
cases to the bot (活动, 帮助, 我的报名), which answers, else to the group, which all 200 read. The time is from the post to the moment at which it is shown:
the bot's answer on the page of whoever asked, or the words in the group on the last of the 200 pages. Before it, everybody has written once.`;

const people = 200;
const talkMs = 60_000;
const asked = ['活动', '帮助', '我的报名'];

export async function run() {
  const home = await makeHome();
  const linli = await startLinli(home, (url) => ({ WEB_CHAT: 'on', PUBLIC_URL: url, WEB_GROUP: '居民群', TRUSTED_PROXY: 'loopback' }));
  try {
    const visitors = await Promise.all(Array.from({ length: people }, (_, at) => visit(linli.url, at)));
    for (const visitor of visitors) await visitor.ask('活动');
    const found = { asked: [], told: [] };
    const until = performance.now() + talkMs;
    await Promise.all(visitors.map((visitor, at) => talk(visitor, visitors, { until, found, next: numbers(at + 1) })));
    visitors.forEach((visitor) => visitor.leave());
    const [bot, group] = [worst(found.asked), worst(found.told)];
    return [
      line('asked the bot', `${people} people chatting: the bot's answer shown, 99 of 100`, bot, found.asked),
      line('told the group', `${people} people chatting: words in the group shown to all, 99 of 100`, group, found.told),
    ];
  } finally {
    await linli.stop();
    await home.remove();
  }
}

const line = (what, called, ms, all) => ({
  what: called,
  ours: `${short(ms)} ms`,
  peer: '300 ms',
  target: '< 300 ms',
  met: ms < 300,
  why: `Half of the ${all.length} who ${what} waited ${short(share(all, 0.5))} ms or less; the longest ${short(Math.max(...all))} ms.`,
});

async function talk(visitor, all, { until, found, next }) {
  while (performance.now() < until) {
    await pause(2_000 + next() * 4_000);
    const start = performance.now();
    if (next() < 0.8) {
      await visitor.ask(asked[Math.floor(next() * asked.length)]);
      found.asked.push(performance.now() - start);
    } else {
      const clientId = visitor.newId();
      const heard = all.map((one) => one.shown('lobby', (message) => message.clientId === clientId));
      await visitor.post('lobby', '今天天气不错', clientId);
      await Promise.all(heard);
      found.told.push(performance.now() - start);
    }
  }
}

/** Comes in as from an address of its own, and keeps a page open. */
async function visit(url, at) {
  // Whoever stands behind the proxy is counted by the address that it tells.
  const from = { 'x-forwarded-for': `198.51.100.${at}` };
  const entered = await send(url, '/web/enter', { name: `邻居${at}号`, kiosk: false }, from);
  if (!entered.ok) throw new Error(`Not let in: ${entered.status} ${await entered.text()}`);
  const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0];
  const headers = { ...from, cookie };
  const { me } = await (await fetch(new URL('/web/people', url), { headers })).json();
  const own = `p-${me}`;
  const stop = new AbortController();
  const waiting = new Set();
  const stream = await fetch(new URL('/web/stream', url), { headers, signal: stop.signal });
  void listen(stream, ({ chat, message }) => {
    for (const one of waiting) {
      if (one.chat !== chat || !one.fits(message)) continue;
      waiting.delete(one);
      one.resolve();
    }
  });
  let ids = 0;
  const newId = () => `bench-${at}-${String((ids += 1)).padStart(6, '0')}`;
  const shown = (chat, fits) => new Promise((resolve) => waiting.add({ chat, fits, resolve }));
  const post = async (chat, text, clientId) => {
    const answer = await send(url, '/web/messages', { chat, clientId, text }, headers);
    if (!answer.ok) throw new Error(`Not taken: ${answer.status} ${await answer.text()}`);
  };
  return {
    newId,
    shown,
    post,
    ask: async (text) => {
      const answered = shown(own, ({ sender }) => sender === null);
      await Promise.all([post(own, text, newId()), answered]);
    },
    leave: () => stop.abort(),
  };
}

const send = (url, path, body, headers) =>
  fetch(new URL(path, url), { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });

/** Reads the events of a page until it is closed. */
async function listen(stream, hear) {
  const decoder = new TextDecoder();
  let left = '';
  try {
    for await (const bytes of stream.body) {
      const events = (left + decoder.decode(bytes, { stream: true })).split('\n\n');
      left = events.pop();
      for (const event of events) {
        const [, data] = /^event: message\ndata: (.*)$/mu.exec(event) ?? [];
        if (data !== undefined) hear(JSON.parse(data));
      }
    }
  } catch (error) {
    if (error.name !== 'AbortError') throw error;
  }
}

const share = (values, part) => values.toSorted((one, other) => one - other)[Math.min(values.length - 1, Math.floor(values.length * part))];
const worst = (values) => share(values, 0.99);

/** Numbers between 0 and 1 that come the same in every run (mulberry32). */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
