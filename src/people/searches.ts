import { SealError, type Sealer } from '../seal/index.js';

/**
 * What somebody looked for, as an opaque word: a command line that leads to the next page of what was found carries it instead of the
 * name. It opens for whoever looked, and for nobody else.
 */
export interface Searches {
  /** A word that begins with `~`. */
  cursor(personId: string, words: string): string;
  /** What it stands for; null where it is none, or another's. */
  open(personId: string, cursor: string): string | null;
}

const mark = '~';

/** Builds the searches around a sealer. */
export const createSearches = (sealer: Sealer): Searches => ({
  cursor: (personId, words) => `${mark}${Buffer.from(sealer.seal(words, `search:${personId}`)).toString('base64url')}`,
  open: (personId, cursor) => {
    if (!cursor.startsWith(mark)) return null;
    try {
      return sealer.open(Uint8Array.from(Buffer.from(cursor.slice(mark.length), 'base64url')), `search:${personId}`);
    } catch (fault) {
      if (fault instanceof SealError) return null;
      throw fault;
    }
  },
});
