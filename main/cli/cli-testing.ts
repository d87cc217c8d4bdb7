import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './program.ts';

/** What a command line did. */
export interface Ran {
  code: number;
  out: string;
  err: string;
}

/** A data folder of its own, and the command line on it, in this process. */
export interface TestCommandLine {
  folder: string;
  /** Runs a command. `input` is its standard input; `width` that of its terminal. */
  offprint(args: readonly string[], options?: { input?: string | Uint8Array; width?: number }): Promise<Ran>;
  /** Runs a command that must succeed, and parses what it prints. */
  json<T>(args: readonly string[]): Promise<T>;
  remove(): void;
}

/** Makes a {@link TestCommandLine}. */
export function makeTestCommandLine(): TestCommandLine {
  const folder = mkdtempSync(join(tmpdir(), 'offprint cli é-'));
  async function offprint(
    args: readonly string[],
    { input = '', width }: { input?: string | Uint8Array; width?: number } = {},
  ): Promise<Ran> {
    const ran: Ran = { code: 0, out: '', err: '' };
    async function* bytes() {
      yield typeof input === 'string' ? new TextEncoder().encode(input) : input;
    }
    ran.code = await run(args, {
      out: (text) => {
        ran.out += text;
      },
      err: (line) => {
        ran.err += `${line}\n`;
      },
      input: bytes(),
      width: width ?? null,
      env: { OFFPRINT_DATA_DIR: folder },
      stopped: () => Promise.resolve(),
    });
    return ran;
  }
  return {
    folder,
    offprint,
    async json<T>(args: readonly string[]) {
      const { code, out, err } = await offprint(args);
      if (code !== 0) throw new Error(`offprint ${args.join(' ')} ended with ${code}: ${err}`);
      return JSON.parse(out) as T;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
