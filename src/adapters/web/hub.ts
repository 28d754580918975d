import type { MessageView } from './payload.js';

/** Something that pages are told at once: of a chat, or that the clock was put forward (ms since the epoch). */
export type HubEvent =
  | {
      readonly event: 'message' | 'changed';
      /** `by`: the name of whoever said it, where the page may not know them. */
      readonly data: { readonly chat: string; readonly message: MessageView | Omit<MessageView, 'at'>; readonly by?: string | undefined };
    }
  | { readonly event: 'clock'; readonly data: { readonly now: number } };

/** The open event streams. */
export interface Hub {
  /**
   * A new stream for a person at an address; null when there are too many in all or from there, or the hub is closed. Where a person has
   * too many, the oldest is ended: it is the one that a phone has most likely lost. The first event names the person and goes out at once,
   * so that headers flush.
   */
  open(person: string, address: string): ReadableStream<Uint8Array> | null;
  /** Tells every stream of the people for whom `mayRead` holds. */
  tell(event: HubEvent, mayRead: (person: string) => boolean): void;
  /** Ends the streams of one person cleanly. */
  end(person: string): void;
  /** Ends every stream cleanly; no more are opened. */
  close(): void;
}

/** A page that reads this much slower than it is told, in bytes, is let go: it connects again and reloads. */
const maxBehind = 4_000_000;

/** How many streams there may be. */
export interface StreamLimits {
  readonly inAll: number;
  readonly ofAPerson: number;
  readonly ofAnAddress: number;
}

/** A stream that is ended for a newer one comes back after this long, ms: pages of one person in ever so many tabs do not chase each other. */
const displacedMs = 30_000;

/**
 * Keeps the streams. A stream is only a hint that something changed: the page reloads the history whenever it connects, so an event that
 * finds no stream is not lost. `heartbeatMs` is the pause between comments that keep proxies and phones from dropping a quiet connection.
 */
export function createHub(options: { readonly most: StreamLimits; readonly heartbeatMs: number }): Hub {
  const { most } = options;
  interface Open {
    readonly person: string;
    readonly address: string;
    readonly controller: ReadableStreamDefaultController<Uint8Array>;
  }
  const streams = new Set<Open>();
  const encoder = new TextEncoder();
  let heart: NodeJS.Timeout | null = null;
  let closed = false;

  const drop = (stream: Open): void => {
    streams.delete(stream);
    if (streams.size > 0 || !heart) return;
    clearInterval(heart);
    heart = null;
  };
  const write = (stream: Open, text: string): void => {
    if ((stream.controller.desiredSize ?? 0) <= 0) {
      end(stream);
      return;
    }
    stream.controller.enqueue(encoder.encode(text));
  };
  const end = (stream: Open): void => {
    drop(stream);
    stream.controller.close();
  };
  const thoseWith = (fits: (stream: Open) => boolean): Open[] => [...streams].filter(fits);
  const beat = (): void => {
    for (const stream of streams) write(stream, ': still here\n\n');
  };

  return {
    open: (person, address) => {
      const [oldest, ...others] = thoseWith((one) => one.person === person);
      const displaced = oldest && others.length + 1 >= most.ofAPerson ? oldest : null;
      const from = thoseWith((one) => one.address === address && one !== displaced).length;
      if (closed || streams.size - (displaced ? 1 : 0) >= most.inAll || from >= most.ofAnAddress) return null;
      if (displaced) {
        write(displaced, `retry: ${displacedMs}\n\n`);
        if (streams.has(displaced)) end(displaced);
      }
      let stream: Open;
      return new ReadableStream<Uint8Array>(
        {
          start: (controller) => {
            stream = { person, address, controller };
            streams.add(stream);
            heart ??= setInterval(beat, options.heartbeatMs).unref();
            write(stream, `retry: 2000\nevent: hello\ndata: ${JSON.stringify({ me: person })}\n\n`);
          },
          cancel: () => drop(stream),
        },
        new ByteLengthQueuingStrategy({ highWaterMark: maxBehind }),
      );
    },
    tell: ({ event, data }, mayRead) => {
      const text = `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
      for (const stream of streams) if (mayRead(stream.person)) write(stream, text);
    },
    end: (person) => {
      for (const stream of thoseWith((one) => one.person === person)) end(stream);
    },
    close: () => {
      closed = true;
      for (const stream of streams) end(stream);
    },
  };
}
