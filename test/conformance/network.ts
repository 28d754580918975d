import { Server, Socket } from 'node:net';

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

/** What this process does on the network while it is looked at. */
export interface Network {
  begin(): void;
  /** The hosts of connections that would have left this computer; they were not made. */
  readonly left: readonly string[];
  /** How many ports that were opened since are still open. */
  open(): number;
  end(): void;
}

/** Writes down every connection of this process that does not stay on this computer, and keeps it from being made; and every port that it opens. */
export function watchNetwork(): Network {
  const left: string[] = [];
  const servers = new Set<Server>();
  const listen = Server.prototype.listen;
  const connect = Socket.prototype.connect;
  return {
    begin: () => {
      Server.prototype.listen = function (this: Server, ...args: unknown[]): Server {
        servers.add(this);
        return Reflect.apply(listen, this, args) as Server; // listen gives the server that it was asked on
      };
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
    open: () => [...servers].filter(({ listening }) => listening).length,
    end: () => {
      Server.prototype.listen = listen;
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
