import type { Sealer } from '../seal/index.js';

/** What staff wrote beside a sign-up, for staff alone. Sealed, each to its sign-up. */
export interface Notes {
  seal(signUpId: string, note: string): Uint8Array<ArrayBuffer>;
  open(signUpId: string, note: Uint8Array): string;
}

/** Builds the notes around a sealer. */
export const createNotes = (sealer: Sealer): Notes => ({
  seal: (signUpId, note) => sealer.seal(note, `signup.note:${signUpId}`),
  open: (signUpId, note) => sealer.open(note, `signup.note:${signUpId}`),
});
