import type { Sealer } from '../seal/index.js';
import type { Tx } from '../storage/index.js';
import { lookUpCode, makeCode, type CodeRefusal, type TypedCode } from './codes.js';

/** What a code at a place is for. */
export interface PlaceCode {
  readonly sessionId: string;
  readonly communityId: string;
}

/** Codes that stand on a sheet at a place: many use one, so none is used up. Of a session one is good at a time. */
export interface PlaceCodes {
  /** The code that is good for a session; null where there is none. */
  current(tx: Tx, sessionId: string): Promise<string | null>;
  /** Makes a new one; the one before is good no more, and whoever types it is told so without it counting as a wrong try. */
  renew(tx: Tx, parts: PlaceCode & { readonly expiresAt: number; readonly now: number }): Promise<string>;
  /** What a code that somebody typed is for. Wrong tries are counted, as of all codes. */
  lookUp(
    tx: Tx,
    typed: Omit<TypedCode, 'sealer' | 'kinds'>,
  ): Promise<({ readonly type: 'open' } & PlaceCode) | { readonly type: CodeRefusal }>;
}

const kind = 'attendance';

interface Payload {
  readonly sessionId: string;
  readonly code: string;
}

/** Builds them around the sealer and the source of codes. A row's `createdBy` is the session: the code goes with it, not with whoever asked for it first. */
export function createPlaceCodes({ sealer, make }: { sealer: Sealer; make: () => string }): PlaceCodes {
  return {
    current: async (tx, sessionId) => {
      const row = await tx.code.findFirst({
        where: { createdBy: sessionId, kind, payload: { not: null } },
        orderBy: { createdAt: 'desc' },
      });
      // Only `renew` writes it.
      return row?.payload ? (JSON.parse(sealer.open(row.payload, `code:${row.hash}`)) as Payload).code : null;
    },
    renew: async (tx, { sessionId, communityId, expiresAt, now }) => {
      await tx.code.updateMany({ where: { createdBy: sessionId, kind }, data: { payload: null, expiresAt: new Date(now) } });
      const payloadOf = (code: string): Payload => ({ sessionId, code });
      return makeCode(tx, { kind, communityId, createdBy: sessionId, payloadOf, expiresAt, make, sealer, now });
    },
    lookUp: async (tx, typed) => {
      const found = await lookUpCode(tx, { ...typed, kinds: [kind], sealer });
      if (found.type !== 'open') return found;
      return { type: 'open', sessionId: (found.payload as Payload).sessionId, communityId: found.communityId };
    },
  };
}
