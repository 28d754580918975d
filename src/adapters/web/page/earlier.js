import { html, useLayoutEffect, useRef, useState } from './preact.js';

/** Above the first message: fetches what was said before it, and leaves where one reads in its place. */
export function Earlier({ more, first, scroller, t, onEarlier }) {
  const [busy, setBusy] = useState(false);
  const [fetched, setFetched] = useState(false);
  /** How far from the end one was when it was asked for: that stays, whatever comes above. */
  const fromEnd = useRef(null);
  const end = useRef(null);

  useLayoutEffect(() => {
    if (fromEnd.current === null) return;
    scroller.current.scrollTop = scroller.current.scrollHeight - fromEnd.current;
    fromEnd.current = null;
  }, [first]);
  useLayoutEffect(() => {
    // The button had the focus, and is gone.
    if (fetched && !more) end.current.focus({ preventScroll: true });
  }, [fetched, more]);

  const fetchThem = async () => {
    if (busy) return;
    setBusy(true);
    fromEnd.current = scroller.current.scrollHeight - scroller.current.scrollTop;
    await onEarlier();
    setFetched(true);
    setBusy(false);
  };
  if (more)
    return html`<p class="hint">
      <button class="quiet" aria-disabled=${busy ? 'true' : undefined} onClick=${fetchThem}>${t(busy ? 'loading' : 'earlier')}</button>
    </p>`;
  return fetched && html`<p class="hint" tabindex="-1" ref=${end}>${t('noEarlier')}</p>`;
}
