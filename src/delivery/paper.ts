import type { Outbound, OutboundFile } from '../chat/index.js';

/** A file to be made when its message is sent. Only this stands in the outbox, so what is drawn is what is so by then. */
export interface Recipe {
  readonly name: string;
  /** Plain data. */
  readonly args: unknown;
  /** The reader's language. */
  readonly locale: string;
}

/** What a recipe led to: a file, or, when what it was about is gone, a line that says so in the reader's language. */
export type Paper = { readonly file: OutboundFile } | { readonly gone: string };

/** Makes a file. Reads the database by itself: no transaction waits for it. Rejects when it cannot be made this time. */
export type RenderPaper = (recipe: Recipe, communityId: string) => Promise<Paper>;

/** The message as it goes out: with its file, or with the kind line in the place of its words. Rejects when making takes longer than `withinMs`. */
export async function withPaper(message: Outbound, make: () => Promise<Paper>, withinMs: number): Promise<Outbound> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('making a file took too long')), withinMs);
  });
  try {
    const paper = await Promise.race([make(), late]);
    return 'file' in paper ? { ...message, file: paper.file } : { ...message, text: paper.gone };
  } finally {
    clearTimeout(timer);
  }
}
