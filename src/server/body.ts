/** A streaming body that the server can end by itself. */
export interface EndableBody {
  readonly stream: ReadableStream<Uint8Array>;
  /** Ends it cleanly for the reader and cancels its source. */
  end(): void;
}

/** Wraps a body so that a clean stop need not wait for a stream without end. `onDone` is called once, however it ended. */
export function endable(body: ReadableStream<Uint8Array>, onDone: () => void): EndableBody {
  const reader = body.getReader();
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  let done = false;
  const finish = (): boolean => {
    if (done) return false;
    done = true;
    onDone();
    return true;
  };
  const stream = new ReadableStream<Uint8Array>({
    start: (given) => {
      controller = given;
    },
    pull: async (given) => {
      try {
        const { value, done: over } = await reader.read();
        if (done) return;
        if (!over) given.enqueue(value);
        else if (finish()) given.close();
      } catch (error) {
        if (finish()) given.error(error);
      }
    },
    cancel: async (reason) => {
      if (finish()) await reader.cancel(reason);
    },
  });
  return {
    stream,
    end: () => {
      if (!finish()) return;
      controller?.close();
      // The source's own trouble with being cancelled concerns nobody any more.
      reader.cancel().catch(() => undefined);
    },
  };
}
