import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Knows which connections have a request under way. Browsers open connections ahead of need, and Node's `closeIdleConnections` leaves
 * alone one that never asked anything: a stop would wait for it.
 */
export function watchConnections(server: Server): { closeIdle(): void } {
  const underWay = new Map<Socket, number>();
  server.on('connection', (socket: Socket) => {
    underWay.set(socket, 0);
    socket.once('close', () => underWay.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    underWay.set(socket, (underWay.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const count = underWay.get(socket);
      if (count !== undefined) underWay.set(socket, count - 1);
    });
  });
  return {
    closeIdle: () => {
      for (const [socket, count] of underWay) if (count === 0) socket.destroy();
    },
  };
}
