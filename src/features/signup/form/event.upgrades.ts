import type { Answers, Json } from '../../../dialog/index.js';

/** Until version 1 an event had one session, its day and its hours were two answers, and places were of people. */
export function fromOneSession({ date, time, capacity, ages, ...rest }: Answers): Answers {
  const clock = time as { start: string; end: string | null } | undefined; // as version 1 wrote it
  const when = typeof date === 'string' && clock ? { when: { sessions: [{ date, ...clock }], doubt: null } } : {};
  return {
    ...rest,
    ...when,
    ...(capacity === undefined ? {} : { capacity: typeof capacity === 'number' ? { count: capacity, unit: 'person' } : null }),
    ...(ages === undefined ? {} : { ages: isRecord(ages) ? { ...ages, unclear: null } : null }),
  };
}

const isRecord = (value: unknown): value is Record<string, Json> => typeof value === 'object' && value !== null && !Array.isArray(value);
