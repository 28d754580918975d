import { openStream } from './stream.js';

/** Where tabs cannot share: a stream of this tab's own, which a hidden tab gives up; what it missed it catches up with when it is looked at. */
function ownLine(hear) {
  let close = null;
  const look = () => {
    const hidden = document.visibilityState === 'hidden';
    if (hidden && close) {
      close();
      close = null;
    }
    if (!hidden && !close) close = openStream('/web/stream', hear);
  };
  look();
  document.addEventListener('visibilitychange', look);
  return () => {
    document.removeEventListener('visibilitychange', look);
    if (close) close();
  };
}

/** The events of this browser, through the one stream that its tabs share. Many phones have no worker for it, and few tabs. */
export function openLine(as, hear) {
  if (typeof SharedWorker === 'undefined') return ownLine(hear);
  let own = null;
  const worker = new SharedWorker('/web/shareline.js', { type: 'module' });
  const { port } = worker;
  const over = () => port.postMessage({ over: true });
  // A browser that has workers, but not such ones.
  worker.onerror = () => {
    if (!own) own = ownLine(hear);
  };
  port.onmessage = ({ data }) => hear(data);
  port.postMessage({ as });
  addEventListener('pagehide', over);
  return () => {
    removeEventListener('pagehide', over);
    over();
    port.close();
    if (own) own();
  };
}
