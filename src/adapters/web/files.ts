import type { FetchResult } from '../../chat/index.js';
import type { MessageLog } from './log.js';
import { fileOf } from './payload.js';

/** A file of a message, with its content. */
export interface WholeFile {
  readonly name: string;
  readonly mimeType: string;
  /** Null where the bot sent it. */
  readonly sender: string | null;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** The file that came with a message of a chat; null when none did. */
export async function readFile(log: MessageLog, chat: string, id: string): Promise<WholeFile | null> {
  const row = await log.one(chat, id);
  const file = row && fileOf(row);
  if (!row || !file) return null;
  const content = file.content ?? (await log.content(chat, id));
  return content && { name: file.name, mimeType: file.mimeType, sender: row.sender, data: Uint8Array.from(content) };
}

/** A file that somebody sent, for the core. A store that fails now may answer later. */
export async function fetchFile(log: MessageLog, chat: string, id: string, maxBytes: number): Promise<FetchResult> {
  try {
    const file = await readFile(log, chat, id);
    if (!file || file.sender === null) return { ok: false, failure: { type: 'gone' } };
    return file.data.length > maxBytes ? { ok: false, failure: { type: 'tooLarge' } } : { ok: true, data: file.data };
  } catch {
    return { ok: false, failure: { type: 'unreachable' } };
  }
}
