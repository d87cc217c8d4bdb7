import type { Writable } from 'node:stream';
import { app } from 'electron';
import { OffprintError } from '../../shared/outcome.ts';
import { run } from '../cli/program.ts';
import { processTerminal, type Terminal } from '../cli/terminal.ts';
import { reportInternalError } from './report-internal-error.ts';

/**
 * Runs a command line in the installed program, as the program of its own would, and ends the process with its exit
 * code once all that it printed has gone.
 * @param args what the reader typed after the program's name
 */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  let code: number;
  try {
    code = await run(args, terminalOf(process.platform));
  } catch (error) {
    // Else Electron would show it in a window.
    reportInternalError(error);
    code = 1;
  }
  await Promise.all([allWritten(process.stdout), allWritten(process.stderr)]);
  app.exit(code);
}

/** The terminal. On Windows a program with windows is given no standard input: Electron has it end at once. */
export function terminalOf(platform: NodeJS.Platform): Terminal {
  const terminal = processTerminal();
  if (platform !== 'win32') return terminal;
  const input: AsyncIterable<Uint8Array> = {
    [Symbol.asyncIterator]: () => ({
      next: () =>
        Promise.reject(
          new OffprintError(
            'unreadable',
            'Windows gives the installed program no standard input. Name a file instead of -.',
          ),
        ),
    }),
  };
  return { ...terminal, input };
}

/** Resolves when a stream has passed on everything, or whoever reads it has gone away. */
export async function allWritten(stream: Writable): Promise<void> {
  if (stream.destroyed) return;
  await new Promise<void>((resolve) => {
    stream.once('close', resolve);
    stream.once('error', () => resolve());
    stream.write('', () => resolve());
  });
}
