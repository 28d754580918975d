import { isIPv6, type AddressInfo } from 'node:net';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import type { Route } from '../chat/index.js';
import { endable, type EndableBody } from './body.js';
import { watchConnections } from './connections.js';
import { fewAtOnce } from './fewAtOnce.js';
import { answerFaults, type ServerLog, type ServerTexts } from './faults.js';

/** How the installation is doing. `parts` names what is not ready and why, without personal data or secrets. */
export interface Health {
  readonly live: boolean;
  readonly ready: boolean;
  readonly parts: Readonly<Record<string, string>>;
}

export interface ServerOptions {
  readonly host: string;
  /** 0 lets the system choose one. */
  readonly port: number;
  readonly routes: readonly Route[];
  /** Whose `X-Forwarded-For` tells the peer's address: `loopback` and addresses, separated by commas; without it nobody's. */
  readonly trustedProxy?: string | undefined;
  readonly health: () => Promise<Health>;
  readonly log: ServerLog;
  readonly texts: ServerTexts;
  /** Makes the id of a fault that a person is told. */
  readonly newId: () => string;
}

/** Where the server listens, or why it cannot. */
export type Listening =
  | { readonly ok: true; readonly port: number; readonly url: string }
  | { readonly ok: false; readonly code: 'portInUse' | 'portForbidden' | 'noSuchHost'; readonly port: number };

export interface Server {
  /** Begins to listen. A port that is taken or not allowed, or an address that is not this computer's, is an answer; anything else is thrown. */
  listen(): Promise<Listening>;
  /** Ends open streams, lets requests under way finish for up to 4 s, closes. May be called again. */
  close(): Promise<void>;
}

const refusals: Readonly<Record<string, 'portInUse' | 'portForbidden' | 'noSuchHost'>> = {
  EADDRINUSE: 'portInUse',
  EACCES: 'portForbidden',
  EADDRNOTAVAIL: 'noSuchHost',
  ENOTFOUND: 'noSuchHost',
  EAI_AGAIN: 'noSuchHost',
};

/** For most routes, in bytes; a route may say otherwise (`Route.large`). */
const bodyLimit = 1024 * 1024;
/** A photo on a slow line takes its time; longer than this nobody waits for a whole request. */
const requestWithinMs = 60_000;
const closeWithinMs = 4_000;

/** The HTTP server: mounts routes in the words of the fetch standard, `/healthz` (the process lives) and `/readyz` (it can do its work). */
export function createServer(options: ServerOptions): Server {
  const { host, port, routes, health, log } = options;
  const app = Fastify({
    logger: false,
    bodyLimit,
    requestTimeout: requestWithinMs,
    exposeHeadRoutes: false,
    trustProxy: options.trustedProxy ?? false,
  });
  const bodies = new Set<EndableBody>();
  const connections = watchConnections(app.server);
  let closing: Promise<void> | null = null;

  // Bodies stay as they came: reading them is the route's business.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  answerFaults(app, options);
  app.addHook('onResponse', async (request, reply) => {
    // The route's pattern, not the address that was asked for: a query names people.
    const route = request.routeOptions.url ?? 'none';
    log.info({ method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'Answered');
  });

  const streaming = (response: Response): Response => {
    if (!response.body) return response;
    const body = endable(response.body, () => bodies.delete(body));
    bodies.add(body);
    return new Response(body.stream, response);
  };
  for (const { method, path, large, handle } of routes) {
    app.route({
      // Whoever looks whether the house is up asks without wanting the answer's body.
      method: method === 'GET' ? ['GET', 'HEAD'] : method,
      url: path,
      ...(large ? { bodyLimit: large.maxBytes, onRequest: [refusing(large), fewAtOnce(large)] } : {}),
      handler: async (request, reply): Promise<FastifyReply> => {
        const response = await handle(asFetch(request), { ip: request.ip ?? '' });
        return reply.send(request.method === 'HEAD' ? await withoutBody(response) : streaming(response));
      },
    });
  }

  app.get('/healthz', { exposeHeadRoute: true }, async (_request, reply) => {
    // That asking failed is /readyz's to tell: this process answers.
    const { live } = await health().catch(() => ({ live: true }));
    return reply.code(live ? 200 : 503).send({ live });
  });
  app.get('/readyz', { exposeHeadRoute: true }, async (_request, reply) => {
    const { ready, parts } = await health().catch(() => ({ ready: false, parts: { health: 'failed' } }));
    return reply.code(ready ? 200 : 503).send({ ready, parts });
  });

  return {
    listen: async () => {
      try {
        await app.listen({ host, port });
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? refusals[String(error.code)] : undefined;
        if (code === undefined) throw error;
        return { ok: false, code, port };
      }
      const bound = (app.server.address() as AddressInfo).port; // a TCP server that listens has such an address
      return { ok: true, port: bound, url: `http://${isIPv6(host) ? `[${host}]` : host}:${bound}/` };
    },
    close: () => {
      closing ??= closed();
      return closing;
    },
  };

  async function closed(): Promise<void> {
    for (const body of bodies) body.end();
    const force = setTimeout(() => app.server.closeAllConnections(), closeWithinMs);
    connections.closeIdle();
    await app.close();
    clearTimeout(force);
  }
}

/** Lets the route refuse a request whose body is still to come. */
function refusing({ refuse }: NonNullable<Route['large']>): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  return async (request, reply) => {
    const refused = (await refuse?.(asFetch(request), { ip: request.ip ?? '' })) ?? null;
    // What it still sends is not waited for.
    if (refused) await reply.header('connection', 'close').send(refused);
  };
}

/** An answer as HEAD gets it. What would come is told that nobody reads it: a stream would stay open. */
async function withoutBody(response: Response): Promise<Response> {
  await response.body?.cancel();
  return new Response(null, { status: response.status, headers: response.headers });
}

/** The request in the words of the fetch standard; a HEAD is a GET to whoever answers it. The host stays a header: an address made of it could be anything. */
function asFetch(request: FastifyRequest): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    for (const one of [value ?? []].flat()) headers.append(name, one);
  }
  const url = new URL(request.raw.url ?? '/', 'http://localhost');
  const body = Buffer.isBuffer(request.body) ? new Uint8Array(request.body) : null;
  return new Request(url, { method: request.method === 'HEAD' ? 'GET' : request.method, headers, body });
}
