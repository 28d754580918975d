import type { Sealer } from '../seal/index.js';

/** The names of guests: people whom somebody brings along and of whom nothing else is known. Sealed, each to its sign-up. */
export interface Guests {
  seal(signUpId: string, name: string): Uint8Array<ArrayBuffer>;
  open(signUpId: string, name: Uint8Array): string;
}

/** Builds the names of guests around a sealer. */
export const createGuests = (sealer: Sealer): Guests => ({
  seal: (signUpId, name) => sealer.seal(name, `signup.guest:${signUpId}`),
  open: (signUpId, name) => sealer.open(name, `signup.guest:${signUpId}`),
});
