import type { MessageView } from './payload.js';

/** Something that pages are told at once: of a chat, or that the clock was put forward (ms since the epoch). */
export type HubEvent =
  | {
      readonly event: 'message' | 'changed';
      readonly data: { readonly chat: string; readonly message: MessageView | Omit<MessageView, 'at'> };
    }
  | { readonly event: 'clock'; readonly data: { readonly now: number } };

/** The open event streams. */
export interface Hub {
  /** A new stream for a person; null when there are too many, or the hub is closed. Its first event goes out at once, so that headers flush. */
  open(person: string): ReadableStream<Uint8Array> | null;
  /** Tells every stream of the people for whom `mayRead` holds. */
  tell(event: HubEvent, mayRead: (person: string) => boolean): void;
  /** Ends every stream cleanly; no more are opened. */
  close(): void;
}

/** A page that reads this much slower than it is told, in bytes, is let go: it connects again and reloads. */
const maxBehind = 4_000_000;

/**
 * Keeps the streams. A stream is only a hint that something changed: the page reloads the history whenever it connects, so an event that
 * finds no stream is not lost. `heartbeatMs` is the pause between comments that keep proxies and phones from dropping a quiet connection.
 */
export function createHub(options: { readonly maxStreams: number; readonly heartbeatMs: number }): Hub {
  interface Open {
    readonly person: string;
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
      drop(stream);
      stream.controller.close();
      return;
    }
    stream.controller.enqueue(encoder.encode(text));
  };
  const beat = (): void => {
    for (const stream of streams) write(stream, ': still here\n\n');
  };

  return {
    open: (person) => {
      if (closed || streams.size >= options.maxStreams) return null;
      let stream: Open;
      return new ReadableStream<Uint8Array>(
        {
          start: (controller) => {
            stream = { person, controller };
            streams.add(stream);
            heart ??= setInterval(beat, options.heartbeatMs).unref();
            write(stream, 'retry: 2000\nevent: hello\ndata: {}\n\n');
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
    close: () => {
      closed = true;
      for (const stream of streams) {
        drop(stream);
        stream.controller.close();
      }
    },
  };
}
