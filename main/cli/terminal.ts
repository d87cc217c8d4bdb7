import type { Readable } from 'node:stream';
import { fitLine } from './safe-text.ts';

/** Where a command reads from and writes to. */
export interface Terminal {
  /** Writes to standard output, as it is. */
  out(text: string): void;
  /** Resolves when there is room for more output; should its reader have gone away, at once. */
  drained(): Promise<void>;
  /** Writes one line to standard error. */
  err(line: string): void;
  /** Shows a line that the next one replaces, or takes it away; null when nobody would see it. */
  progress: ((line: string | null) => void) | null;
  /** The bytes of standard input. */
  input: AsyncIterable<Uint8Array>;
  /** Width of the terminal in cells; null when the output goes elsewhere. */
  width: number | null;
  /** The folder that relative paths are meant from. */
  folder: string;
  env: Record<string, string | undefined>;
  /** Resolves when the reader asks the program to stop. */
  stopped(): Promise<void>;
}

/** Milliseconds after which being asked to stop again means at once. */
const patience = 2000;

/** Milliseconds between two looks at whether the shell that npm runs us in is still there. */
const watch = 500;

/** The pieces of standard input. Whoever stops before its end lets it go, even while it keeps silent. */
function readStandardInput(): AsyncIterator<Uint8Array> {
  const stdin: Readable = process.stdin;
  const pieces: AsyncIterator<Uint8Array> = stdin[Symbol.asyncIterator]();
  return {
    next: () => pieces.next(),
    return: async () => {
      stdin.destroy();
      return { done: true, value: undefined };
    },
  };
}

/** The terminal of this process. A reader of our output that goes away (`| head`) is not an error. */
export function processTerminal(): Terminal {
  const byNpm = process.env['npm_lifecycle_event'] === 'offprint';
  const shell = process.ppid;
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  return {
    out: (text) => void process.stdout.write(text),
    drained: () =>
      new Promise((resolve) => {
        const { stdout } = process;
        if (!stdout.writableNeedDrain || stdout.destroyed) return resolve();
        for (const event of ['drain', 'close', 'error']) stdout.once(event, () => resolve());
      }),
    err: (line) => void process.stderr.write(`${line}\n`),
    progress: process.stderr.isTTY
      ? (line) =>
          void process.stderr.write(`\r${line === null ? '' : fitLine(line, process.stderr.columns - 1)}\u001b[K`)
      : null,
    input: { [Symbol.asyncIterator]: readStandardInput },
    width: process.stdout.isTTY ? process.stdout.columns : null,
    // npm runs a script in the package's folder, and says where the reader called it.
    folder: (byNpm && process.env['INIT_CWD']) || process.cwd(),
    env: process.env,
    stopped: () =>
      new Promise((resolve) => {
        let first: number | null = null;
        const stop = () => {
          first ??= Date.now();
          resolve();
          // Ctrl+C under npm arrives twice, from the terminal and from npm. Later ones are meant.
          if (Date.now() - first > patience) process.exit(130);
        };
        for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
        // npm runs us through a shell, which ends on SIGTERM without passing it on.
        if (byNpm) {
          const watching = setInterval(() => {
            if (process.ppid === shell) return;
            clearInterval(watching);
            resolve();
          }, watch);
          watching.unref();
        }
      }),
  };
}
