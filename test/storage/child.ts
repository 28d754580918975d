import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { compileChild } from '../support/compileChild.js';

/** A real process that runs a file of `children/`. */
export interface Child {
  readonly process: ChildProcess;
  /** Resolves when the child has printed this line; rejects when it ends before. */
  says(line: string): Promise<void>;
  /** Everything it printed, once it has ended. */
  ended(): Promise<{ readonly code: number | null; readonly output: string }>;
  /** Kills it as a power cut would, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Compiles `children/NAME.ts` and runs it. `maxFiles` is its limit of open descriptors. Killed at the end of the test if need be. */
export async function runChild(name: string, args: readonly string[], { maxFiles }: { readonly maxFiles?: number } = {}): Promise<Child> {
  const script = await compileChild(`test/storage/children/${name}.ts`);
  const command = `${maxFiles === undefined ? '' : `ulimit -n ${maxFiles}; `}exec "$0" "$@"`;
  const child = spawn('sh', ['-c', command, process.execPath, script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  const listeners = new Set<() => void>();
  const tell = (): void => listeners.forEach((listener) => listener());
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => {
      lines.push(line);
      tell();
    });
  }
  const gone = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)));
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await gone;
  };
  onTestFinished(kill);

  return {
    process: child,
    kill,
    ended: async () => ({ code: await gone, output: lines.join('\n') }),
    says: (line) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!lines.includes(line)) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        void gone.then(() => reject(new Error(`The child ended without saying "${line}":\n${lines.join('\n')}`)));
        look();
      }),
  };
}
