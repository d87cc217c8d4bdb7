import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { OffprintError } from '../../shared/outcome.ts';

/**
 * Puts what Chromium keeps for itself into a folder within the data folder. Two windows on two
 * data folders then do not share it, nor the single-instance lock, which goes by this folder.
 * Must happen before the program is ready.
 * @throws OffprintError `unreadable` when the folder cannot be made
 */
export function keepBrowserDataIn(dataFolder: string): void {
  const folder = join(dataFolder, 'electron');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    app.setPath('userData', folder);
    app.setPath('sessionData', folder);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new OffprintError('unreadable', `The data folder ${dataFolder} cannot be used: ${why}`, { cause });
  }
}
