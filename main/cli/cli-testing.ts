import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Library } from '../library.ts';
import { run } from './program.ts';
import { openLibraryFor } from './with-library.ts';

/** What a command line did. */
export interface Ran {
  code: number;
  out: string;
  err: string;
}

/** What a command line is run with. */
export interface RunOptions {
  input?: string | Uint8Array | AsyncIterable<Uint8Array>;
  width?: number;
  stopped?: Promise<void>;
  progress?: (line: string | null) => void;
}

/** A data folder of its own, and the command line on it, in this process. Its library is opened once. */
export interface TestCommandLine {
  folder: string;
  /** Runs a command. `input` is its standard input; `width` that of its terminal; `stopped` resolves at Ctrl+C. */
  offprint(args: readonly string[], options?: RunOptions): Promise<Ran>;
  /** Runs a command that must succeed, and parses what it prints. */
  json<T>(args: readonly string[]): Promise<T>;
  remove(): Promise<void>;
}

/** Makes a {@link TestCommandLine}. */
export function makeTestCommandLine(): TestCommandLine {
  const folder = mkdtempSync(join(tmpdir(), 'offprint cli é-'));
  let library: Promise<Library> | null = null;
  async function offprint(
    args: readonly string[],
    { input = '', width, stopped = new Promise(() => {}), progress }: RunOptions = {},
  ): Promise<Ran> {
    const ran: Ran = { code: 0, out: '', err: '' };
    async function* bytes() {
      if (typeof input === 'string') yield new TextEncoder().encode(input);
      else if (input instanceof Uint8Array) yield input;
      else yield* input;
    }
    const terminal = {
      out: (text: string) => {
        ran.out += text;
      },
      err: (line: string) => {
        ran.err += `${line}\n`;
      },
      drained: () => Promise.resolve(),
      progress: progress ?? null,
      input: bytes(),
      width: width ?? null,
      folder,
      env: { OFFPRINT_DATA_DIR: folder },
      stopped: () => stopped,
    };
    ran.code = await run(args, terminal, async (dataDir) => {
      if (dataDir !== undefined) return openLibraryFor(dataDir, terminal);
      library ??= openLibraryFor(undefined, terminal);
      const kept = await library;
      const { handlers, dataFolder } = kept;
      return {
        handlers,
        dataFolder,
        on: kept.on,
        backups: kept.backups,
        exports: kept.exports,
        importFiles: (inputs, options) => kept.importFiles(inputs, options),
        adoptFiles: (files) => kept.adoptFiles(files),
        stopImport: () => kept.stopImport(),
        papersBack: () => kept.papersBack(),
        close: async () => {},
      };
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
    async remove() {
      await (await library)?.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
