import { app, shell } from 'electron';
import { failureOf } from '../../shared/outcome.ts';
import type { Asking } from '../opening/opening.ts';
import { connectToRunning, openInRunning } from '../opening/running-offprint.ts';
import { FolderHeld } from '../store/folder-lock.ts';
import { addressOfHolder } from '../store/lock-holder.ts';
import { explainAndExit } from './startup-error.ts';

/**
 * Ends a start that failed. Where another Offprint serves the data folder to a browser already, its
 * address is opened there, with a line on standard output; else the reader is told what is wrong.
 * @param askings what this start was to open, which the other one shows then
 */
export async function handOverOrExplain(error: unknown, askings: readonly Asking[]): Promise<void> {
  try {
    const running = error instanceof FolderHeld ? await addressOfHolder(error.folder) : null;
    if (running === null) return explainAndExit(error);
    const said = `Offprint is running already (process ${running.pid}).`;
    if (await isShownBy(running.url, askings)) {
      process.stdout.write(`${said} The page that is open in the browser shows it.\n`);
    } else {
      await shell.openExternal(running.url);
      process.stdout.write(`${said} It has been opened in the browser.\n`);
    }
    app.exit(0);
  } catch {
    explainAndExit(error);
  }
}

/** Gives what is to be opened to an Offprint that serves a browser; true when a page shows some of it at once. */
async function isShownBy(url: string, askings: readonly Asking[]): Promise<boolean> {
  if (askings.length === 0) return false;
  let isShown = false;
  try {
    const client = await connectToRunning(url);
    for (const asking of askings) {
      const { shown, refusals } = await openInRunning(client, asking);
      for (const refusal of refusals) process.stderr.write(`${refusal}\n`);
      isShown ||= shown;
    }
  } catch (error) {
    process.stderr.write(`${failureOf(error).message}\n`);
  }
  return isShown;
}
