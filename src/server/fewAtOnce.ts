import type { FastifyReply, FastifyRequest } from 'fastify';

/** A request that comes while as many as may be are under way. */
export class TooManyAtOnce extends Error {
  override readonly name = 'TooManyAtOnce';
  readonly statusCode = 503;
}

/**
 * Lets so many requests of a route in at once, and refuses others before their body is read: each body stands in memory as a whole, so
 * this bounds what all together can take. A request has left when its connection has its answer, or is gone.
 */
export function fewAtOnce(most: number): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  let inside = 0;
  return async (_request, reply) => {
    if (inside >= most) {
      // What it still sends is not waited for.
      void reply.header('connection', 'close');
      throw new TooManyAtOnce();
    }
    inside += 1;
    reply.raw.once('close', () => {
      inside -= 1;
    });
  };
}
