import type { Sealer } from '../seal/index.js';
import type { Tx } from '../storage/index.js';
import type { PlannedOccurrence } from './occurrence.js';
import { cancelRows, insertRows } from './rows.js';

/** Where features write down what is to happen later. */
export interface Planner {
  /**
   * Plans occurrences in the transaction of what they follow from; one whose key was ever planned is left out. Returns the keys
   * that are new.
   *
   * @example
   * await planner.plan(tx, [{ key: `session.end:${id}:${revision}`, communityId, kind: 'session.end', dueAt: endsAt }]);
   */
  plan(tx: Tx, occurrences: readonly PlannedOccurrence[]): Promise<string[]>;
  /** Cancels what is still planned, by keys or by what their keys begin with. Returns how many. */
  cancelPlanned(tx: Tx, which: { readonly keys: readonly string[] } | { readonly prefix: string }): Promise<number>;
}

/** Makes the planner. */
export function createPlanner({ sealer }: { sealer: Sealer }): Planner {
  return {
    plan: (tx, occurrences) =>
      insertRows(
        tx,
        occurrences.map(({ key, communityId, kind, dueAt, expiresAt = null, payload }) => {
          const sealed = payload === undefined ? null : sealer.seal(JSON.stringify(payload), payloadContext(key));
          return { key, communityId, kind, dueAt, expiresAt, payload: sealed };
        }),
      ),
    cancelPlanned: cancelRows,
  };
}

/** Where a payload belongs, so that it opens in no other row. */
export const payloadContext = (key: string): string => `occurrence:${key}`;
