/** A table for people to open, print and count in: plain data, whatever it is about. */
export interface Sheet {
  /** Names the sheet inside the file. */
  readonly title: string;
  /** `width` is in letters; a Chinese one takes two. */
  readonly columns: readonly { readonly label: string; readonly width?: number }[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A text stays a text, whatever it begins with; a number can be counted with; null is an empty cell. */
export type Cell = string | number | null;
