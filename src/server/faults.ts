import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { TooManyAtOnce } from './fewAtOnce.js';

/** The little of a logger that the server needs; a pino logger is one. */
export interface ServerLog {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** What a person sees who gets a bare answer of the server; from web.json of a locale. */
export interface ServerTexts {
  readonly bodyTooLarge: string;
  readonly notFound: string;
  /** Names the link from there to the beginning; absent where nothing is at the beginning either. */
  readonly toChat?: string;
  readonly badRequest: string;
  readonly tooManyAtOnce: string;
  /** Directly followed by the fault's id. */
  readonly fault: string;
}

/**
 * Answers what no route answered, without internals: in JSON, and to a browser that wants a page as a short page for people. A fault is logged under an id that the answer names: its class, code and
 * stack, but not its message, which may quote what a person wrote.
 */
export function answerFaults(
  app: FastifyInstance,
  { log, newId, texts }: { log: ServerLog; newId: () => string; texts: ServerTexts },
): void {
  const say = (reply: FastifyReply, status: number, error: Exclude<keyof ServerTexts, 'toChat'>, fault?: string): FastifyReply => {
    const message = `${texts[error]}${fault ?? ''}`;
    reply.code(status).header('x-content-type-options', 'nosniff');
    if (!(reply.request.headers.accept ?? '').includes('text/html')) return reply.send({ error, message, ...(fault ? { fault } : {}) });
    return reply
      .header('content-security-policy', "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
      .type('text/html; charset=utf-8')
      .send(shortPage(message, texts.toChat));
  };

  app.setNotFoundHandler((_request, reply) => say(reply, 404, 'notFound'));
  app.setErrorHandler((thrown: FastifyError, request, reply) => {
    const status = thrown.statusCode ?? 500;
    if (status === 413) return say(reply, 413, 'bodyTooLarge');
    if (thrown instanceof TooManyAtOnce) return say(reply, 503, 'tooManyAtOnce');
    if (status >= 400 && status < 500) return say(reply, status, 'badRequest');
    const fault = newId();
    log.error({ fault, route: request.routeOptions.url, ...describe(thrown) }, 'A request failed');
    return say(reply, 500, 'fault', fault);
  });
}

function describe(thrown: unknown): { name: string; code?: string; stack?: string } {
  if (!(thrown instanceof Error)) return { name: typeof thrown };
  const code = 'code' in thrown && typeof thrown.code === 'string' ? { code: thrown.code } : {};
  const frames = (thrown.stack ?? '').split('\n').filter((line) => /^\s+at /u.test(line));
  return { name: thrown.name, ...code, stack: frames.join('\n') };
}

/** A page of one sentence, readable on a phone. What it says is ours: nothing that was asked for stands in it. */
const shortPage = (message: string, toChat: string | undefined): string =>
  `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${message}</title><h1>${message}</h1>${toChat === undefined ? '' : `<p><a href="/">${toChat}</a></p>`}`;
