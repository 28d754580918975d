/** What operators read: fields without any personal data, then a fixed sentence. pino fits. */
export interface Log {
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
  error(fields: object, text: string): void;
}

/** What may be logged of a fault: its kind and place. Never its message, which may quote a text, a phone number or a token. */
export function faultFields(error: unknown): { error: string; code?: string; at?: string[] } {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  // Frames begin with "    at "; the lines before them are the message.
  const at = (error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line));
  return { error: error.name, ...code, at: at.slice(0, 6).map((line) => line.trim()) };
}
