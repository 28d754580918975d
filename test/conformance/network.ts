import { Socket } from 'node:net';

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

/** Writes down every connection of this process that does not stay on this computer, and keeps it from being made. */
export function watchNetwork(): { begin(): void; readonly left: readonly string[]; end(): void } {
  const left: string[] = [];
  const connect = Socket.prototype.connect;
  return {
    begin: () => {
      Socket.prototype.connect = function (this: Socket, ...args: unknown[]): Socket {
        const host = hostOf(args);
        if (host !== null && !loopback.has(host)) {
          left.push(host);
          this.destroy(new Error(`Not to be called from a test: ${host}`));
          return this;
        }
        return Reflect.apply(connect, this, args) as Socket; // connect gives the socket that it was asked on
      };
    },
    left,
    end: () => {
      Socket.prototype.connect = connect;
    },
  };
}

/** The host of a connection; null for a socket file. Node hands on its own options in a list. */
function hostOf([first, second]: readonly unknown[]): string | null {
  const options: unknown = Array.isArray(first) ? first[0] : first;
  if (typeof options === 'object' && options !== null) {
    if ('path' in options && typeof options.path === 'string') return null;
    return 'host' in options && typeof options.host === 'string' ? options.host : 'localhost';
  }
  return typeof options === 'string' ? null : typeof second === 'string' ? second : 'localhost';
}
