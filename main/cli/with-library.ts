import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { type Client, makeClient } from '../../shared/client.ts';
import type { EventName } from '../../shared/contract.ts';
import { dispatch } from '../../shared/dispatch.ts';
import { type LibraryEvent, libraryEvents } from '../announcer.ts';
import { dataFolderPath } from '../data-folder.ts';
import type { Library } from '../library-interface.ts';
import { log } from '../log/log.ts';
import { logOpening } from '../log/log-library.ts';
import { logStart } from '../log/log-start.ts';
import { openReopenableLibrary } from '../reopenable-library.ts';
import type { HostKind } from '../store/lock-holder.ts';
import { safeLine } from './safe-text.ts';
import type { Terminal } from './terminal.ts';

// This file and its built form both lie two folders below the program's own.
const programFolder = new URL('../../', import.meta.url);

/** The path of one of the program's own files or folders. */
export function programPath(relative: string): string {
  return fileURLToPath(new URL(relative, programFolder));
}

/**
 * The path of the capture that a new library opens with. In an installed program it lies beside the archive with
 * everything else, as a file of its own.
 */
export function bundledCapturePath(program: string = programPath('.')): string {
  const isArchive = basename(program) === 'app.asar';
  return isArchive ? join(dirname(program), 'daily-papers.txt') : join(program, 'resources/daily-papers.txt');
}

/** The version of this program. */
export function appVersion(): string {
  const description: unknown = JSON.parse(readFileSync(programPath('package.json'), 'utf8'));
  return z.object({ version: z.string() }).parse(description).version;
}

/** Opens the library that a command line asks for: `dataDir` is what `--data-dir` said, if anything. */
export type OpenLibraryFor = (dataDir: string | undefined, terminal: Terminal, host?: HostKind) => Promise<Library>;

/** See {@link OpenLibraryFor}. What serves a window keeps a log; a command has it only for what goes wrong. */
export const openLibraryFor: OpenLibraryFor = async (dataDir, terminal, host = 'command') => {
  const dataFolder = dataFolderPath(dataDir ?? null, { env: terminal.env, folder: terminal.folder });
  const open = () =>
    openReopenableLibrary({
      ...{ host, dataFolder },
      bundledCapture: bundledCapturePath(),
      appVersion: appVersion(),
      showFolder: async (folder) => {
        terminal.out(`${safeLine(folder)}\n`);
        return true;
      },
    });
  if (host === 'serve') {
    logStart(log, host, appVersion());
    return logOpening(log, dataFolder, open);
  }
  const library = await open();
  log.openIn(library.dataFolder);
  return library;
};

/**
 * Waits until papers have been read again that a damaged database has lost, and shows how far that is.
 * @returns false when the reader asked the program to stop; it goes on at the next opening
 */
export async function papersBack(library: Library, terminal: Terminal): Promise<boolean> {
  let isShown = false;
  const stop = library.on('rebuild.progress', ({ done }) => {
    isShown = true;
    terminal.progress?.(`Reading the papers again: ${Math.floor(done * 100)} %`);
  });
  try {
    return await Promise.race([library.papersBack().then(() => true), terminal.stopped().then(() => false)]);
  } finally {
    stop();
    if (isShown) terminal.progress?.(null);
  }
}

/** A client in the same process: what it sends is checked as if it came from outside. */
export function clientOf(library: Library): Client {
  return makeClient({
    call: (name, input) => dispatch(library.handlers, name, input),
    on: (event, listener) => (isLibraryEvent(event) ? library.on(event, listener) : () => {}),
  });
}

function isLibraryEvent(event: EventName): event is LibraryEvent {
  return (libraryEvents as readonly EventName[]).includes(event);
}
