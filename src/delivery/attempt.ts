import type { SendResult } from '../chat/index.js';

/** The outcome of one call to an adapter. `fault` is what it threw, for the log. */
export interface Attempted {
  readonly result: SendResult;
  readonly fault?: unknown;
}

const inDoubt = (reason: string): SendResult => ({ ok: false, failure: { type: 'inDoubt', reason } });

/** Calls an adapter. One that throws, or does not answer within `timeoutMs`, leaves in doubt whether the message arrived; a later answer is not waited for. */
export async function attempt(call: () => Promise<SendResult>, timeoutMs: number): Promise<Attempted> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Attempted>((resolve) => {
    timer = setTimeout(() => resolve({ result: inDoubt('noAnswer') }), timeoutMs);
  });
  const answered = Promise.resolve()
    .then(call)
    .then(
      (result): Attempted => ({ result }),
      (fault: unknown): Attempted => ({ result: inDoubt('threw'), fault }),
    );
  try {
    return await Promise.race([answered, late]);
  } finally {
    clearTimeout(timer);
  }
}
