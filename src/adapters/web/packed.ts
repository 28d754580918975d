import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { answer } from './answers.js';

/** Brotli makes text smallest; browsers take it where the line is safe, and gzip everywhere. */
const packers = {
  br: (body: string) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (body: string) => gzipSync(body, { level: 9 }),
} as const;

type Encoding = keyof typeof packers;

/** The best encoding that a browser takes; null for none. `br;q=0` says that it does not take it. */
function accepted(request: Request): Encoding | null {
  const taken = (request.headers.get('accept-encoding') ?? '')
    .toLowerCase()
    .split(',')
    .map((one) => one.trim())
    .filter((one) => !/;\s*q=0(?:\.0*)?$/u.test(one))
    .map((one) => one.split(';', 1)[0]);
  return taken.includes('br') ? 'br' : taken.includes('gzip') ? 'gzip' : null;
}

/**
 * Answers with what never changes while Linli runs, packed for the line; packed when it is first asked for, so a start takes no longer.
 * Only for what is the same for everybody: where something secret stands beside something that others choose, its length would tell.
 */
export function packed(body: string, type: string): (request: Request) => Response {
  const kept = new Map<Encoding, Uint8Array<ArrayBuffer>>();
  return (request) => {
    const encoding = accepted(request);
    if (encoding === null) return withVary(answer(body, type));
    const bytes = kept.get(encoding) ?? Uint8Array.from(packers[encoding](body));
    kept.set(encoding, bytes);
    const response = withVary(answer(bytes, type));
    response.headers.set('content-encoding', encoding);
    return response;
  };
}

function withVary(response: Response): Response {
  response.headers.set('vary', 'accept-encoding');
  return response;
}
