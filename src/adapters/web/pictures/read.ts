/** What a reader of one format finds: the sides, and the parts of the picture that are kept, in order. Null where it is no such picture, or is broken. */
export interface Read {
  readonly width: number;
  readonly height: number;
  readonly parts: readonly Uint8Array[];
}
