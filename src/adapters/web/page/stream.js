/** How long (ms) it is waited after a stream was refused. */
const againMs = 3_000;

/**
 * Keeps one event stream open and tells what comes, `{ name, data }`: `hello` after every connection, `message`, `changed`, `clock`; `lost`
 * with the refusal and its status when there is none. Gives what closes it. Whom a 401 is told to asks no more: that pass is over.
 */
export function openStream(path, tell) {
  let source;
  let again;
  let closed = false;

  const open = () => {
    source = new EventSource(path);
    for (const name of ['hello', 'message', 'changed', 'clock'])
      source.addEventListener(name, ({ data }) => tell({ name, data: JSON.parse(data) }));
    source.onerror = () => {
      if (closed) return;
      tell({ name: 'lost', data: { error: 'lost', status: 0 } });
      // The browser itself tries again unless it was refused.
      if (source.readyState === EventSource.CLOSED) void refused();
    };
  };
  const refused = async () => {
    const stop = new AbortController();
    const why = await fetch(path, { signal: stop.signal })
      .then(async (response) => ({
        status: response.status,
        error: response.status === 503 || response.status === 429 ? (await response.json()).error : 'lost',
      }))
      .catch(() => ({ status: 0, error: 'lost' }));
    stop.abort();
    if (closed) return;
    tell({ name: 'lost', data: why });
    if (why.status !== 401) again = setTimeout(open, againMs);
  };

  open();
  return () => {
    closed = true;
    clearTimeout(again);
    source.close();
  };
}
