import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Route } from '../chat/index.js';

/** A request that comes while as many as may be are under way. */
export class TooManyAtOnce extends Error {
  override readonly name = 'TooManyAtOnce';
  readonly statusCode = 503;
}

/**
 * Lets so many requests of a route in at once, and of each peer no more than its share, and refuses others before their body is read: each
 * body stands in memory as a whole, so this bounds what all together can take. A request has left when its connection has its answer, or
 * is gone.
 */
export function fewAtOnce({ atOnce, share }: NonNullable<Route['large']>): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  let inside = 0;
  const shares = new Map<string, number>();
  return async (request, reply) => {
    const whose = share?.whose({ ip: request.ip ?? '' }) ?? '';
    const own = shares.get(whose) ?? 0;
    const full = share !== undefined && own >= share.most;
    if (full || inside >= atOnce) {
      // What it still sends is not waited for.
      void reply.header('connection', 'close');
      if (!full) throw new TooManyAtOnce();
      await reply.send(share.full());
      return;
    }
    inside += 1;
    shares.set(whose, own + 1);
    reply.raw.once('close', () => {
      inside -= 1;
      const left = (shares.get(whose) ?? 1) - 1;
      if (left > 0) shares.set(whose, left);
      else shares.delete(whose);
    });
  };
}
