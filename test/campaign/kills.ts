import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** How a campaign of kills went. */
export interface Figures {
  readonly turns: number;
  readonly kills: number;
  /** Deliveries, repeats after a kill and repeats for the sake of it included. */
  readonly deliveries: number;
  /** Replies that left more than once: those under way at a kill. */
  readonly repeatedReplies: number;
  /** Times from the start of a process until it took updates, ms. */
  readonly starts: readonly number[];
}

/** A random number of 0 to 1 from a seed, so that a campaign can be had again. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const senders = 12;
const atOnce = 24;

/**
 * Delivers `turns` updates to a worker as a platform does: what is not acknowledged comes again. Kills the worker `kills` times at
 * random moments while updates come in, each time starting the next; repeats some updates that were acknowledged.
 */
export async function campaign(parts: {
  script: string;
  args: readonly string[];
  turns: number;
  kills: number;
  seed: number;
}): Promise<Figures> {
  const { turns, kills } = parts;
  const random = seeded(parts.seed);
  const pending = new Set(Array.from({ length: turns }, (_, n) => n));
  const replies = new Map<string, number>();
  const starts: number[] = [];
  let killed = 0;
  let deliveries = 0;
  const perLife = Math.max(1, Math.ceil(turns / (kills + 1)));

  while (pending.size > 0 || killed < kills) {
    const began = performance.now();
    const child = spawn(process.execPath, [parts.script, ...parts.args], { stdio: ['pipe', 'pipe', 'inherit'] });
    const gone = new Promise<void>((resolve) => child.on('close', () => resolve()));
    // A killed process no longer reads; what was written to it is what the platform sends again.
    child.stdin.on('error', () => undefined);
    let acknowledged = 0;
    const underWay = new Set<number>();
    const deliver = (n: number): void => {
      deliveries += 1;
      child.stdin.write(`${JSON.stringify({ id: `u${n}`, sender: `s${n % senders}` })}\n`);
    };
    const feed = (): void => {
      for (const n of pending) {
        if (underWay.size >= atOnce) return;
        if (underWay.has(n)) continue;
        underWay.add(n);
        deliver(n);
        if (random() < 0.1) deliver(n);
      }
      if (random() < 0.3) deliver(Math.floor(random() * turns));
    };
    const last = killed >= kills;
    const killAfter = last ? Infinity : 1 + Math.floor(random() * perLife);
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      const [word = '', what = ''] = line.split(' ');
      if (word === 'ready') {
        starts.push(performance.now() - began);
        feed();
        // Also kills in which nothing was acknowledged yet, and between acknowledgement and reply.
        if (!last) setTimeout(() => child.kill('SIGKILL'), Math.floor(random() * 120)).unref();
      } else if (word === 'sent') replies.set(what, (replies.get(what) ?? 0) + 1);
      else if (word === 'again') underWay.delete(Number(what.slice(1)));
      else if (word === 'ack') {
        const n = Number(what.slice(1));
        pending.delete(n);
        underWay.delete(n);
        acknowledged += 1;
        if (acknowledged >= killAfter) child.kill('SIGKILL');
        else if (pending.size === 0 && last) child.stdin.end();
        else feed();
      } else if (word === 'error') process.stderr.write(`${line}\n`);
    });
    if (last && pending.size === 0) child.stdin.end();
    await gone;
    if (!last) killed += 1;
    else if (pending.size > 0) throw new Error(`The last worker ended with ${pending.size} updates not taken`);
  }
  return { turns, kills: killed, deliveries, repeatedReplies: [...replies.values()].filter((times) => times > 1).length, starts };
}
