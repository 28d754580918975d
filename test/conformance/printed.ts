import { vi, type MockInstance } from 'vitest';

/** What is written to the console while it is looked at: an adapter writes to its log alone. */
export function watchConsole(): { begin(): void; readonly printed: readonly string[]; end(): void } {
  const printed: string[] = [];
  let spies: MockInstance[] = [];
  return {
    begin: () => {
      spies = (['log', 'info', 'warn', 'error', 'debug'] as const).map((way) =>
        vi.spyOn(console, way).mockImplementation((...said: unknown[]) => void printed.push(said.map(String).join(' '))),
      );
    },
    printed,
    end: () => {
      for (const spy of spies) spy.mockRestore();
    },
  };
}
