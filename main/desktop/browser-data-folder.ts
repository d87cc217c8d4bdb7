import { accessSync, constants, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { OffprintError } from '../../shared/outcome.ts';

/**
 * Puts what Chromium keeps for itself into a folder within the data folder. Two windows on two
 * data folders then do not share it, nor the single-instance lock, which goes by this folder. Where
 * nothing can be written there, a temporary folder takes its place until the program ends: the library can still be read.
 * Must happen before the program is ready.
 * @returns that folder
 * @throws OffprintError `unreadable` when there is no data folder and none can be made
 */
export function keepBrowserDataIn(dataFolder: string): string {
  try {
    const folder = folderFor(dataFolder);
    app.setPath('userData', folder);
    app.setPath('sessionData', folder);
    return folder;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new OffprintError('unreadable', `The data folder ${dataFolder} cannot be used: ${why}`, { cause });
  }
}

function folderFor(dataFolder: string): string {
  const folder = join(dataFolder, 'electron');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
    return folder;
  } catch (error) {
    if (statSync(dataFolder, { throwIfNoEntry: false })?.isDirectory() !== true) throw error;
    const temporary = mkdtempSync(join(tmpdir(), 'offprint-window-'));
    app.once('quit', () => removeQuietly(temporary));
    return temporary;
  }
}

/** Windows keeps what Chromium still has open; no start finds it again, and the system clears such folders away. */
function removeQuietly(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {}
}
