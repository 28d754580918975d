import { constants } from 'node:os';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Until the function that it gives is called, a stop signal ends the process through `process.exit`, so that children and locks are let go. */
export function exitOnSignals() {
  const stop = (signal) => process.exit(128 + constants.signals[signal]);
  for (const signal of signals) process.on(signal, stop);
  return () => {
    for (const signal of signals) process.off(signal, stop);
  };
}

/**
 * Lets a wish to stop through once. The terminal (or systemd) tells every process of `npm start`, and npm tells its child again; a second
 * signal means "at once, without saving". A person who insists after `quietMs` is heard. Call it before anybody listens for signals:
 * Node calls the `process.emit` of the time when the first listener was added.
 */
export function hearStopOnce(quietMs = 1000) {
  const emit = process.emit;
  let first;
  process.emit = function (event, ...rest) {
    if (signals.includes(event)) {
      const now = performance.now();
      if (first !== undefined && now - first < quietMs) return true;
      first = now;
    }
    return emit.call(this, event, ...rest);
  };
}

/**
 * Under npm, stops when the parent is gone: npm hands SIGTERM to a shell that dies of it without telling us,
 * and Linli would go on alone, holding its port and its database.
 */
export function stopWithParent() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 250);
  watch.unref();
}
