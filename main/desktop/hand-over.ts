import { app, shell } from 'electron';
import { FolderHeld } from '../store/folder-lock.ts';
import { addressOfHolder } from '../store/lock-holder.ts';
import { explainAndExit } from './startup-error.ts';

/**
 * Ends a start that failed. Where another Offprint serves the data folder to a browser already, its
 * address is opened there, with a line on standard output; else the reader is told what is wrong.
 */
export async function handOverOrExplain(error: unknown): Promise<void> {
  try {
    const running = error instanceof FolderHeld ? await addressOfHolder(error.folder) : null;
    if (running === null) return explainAndExit(error);
    await shell.openExternal(running.url);
    process.stdout.write(`Offprint is running already (process ${running.pid}). It has been opened in the browser.\n`);
    app.exit(0);
  } catch {
    explainAndExit(error);
  }
}
