import { FolderHeld } from '../store/folder-lock.ts';
import { addressOfHolder } from '../store/lock-holder.ts';
import { openBrowser, type ServeOptions } from './serve.ts';
import type { Terminal } from './terminal.ts';

/**
 * Leaves it to the Offprint that serves the data folder already, if that is why this one cannot: its
 * address is told, and opened in the browser as it would have been.
 * @param error why the library could not be opened
 * @returns whether there is one
 */
export async function handOver(error: unknown, options: ServeOptions, terminal: Terminal): Promise<boolean> {
  const running = error instanceof FolderHeld ? await addressOfHolder(error.folder) : null;
  if (running === null) return false;
  const { url, pid } = running;
  if (options.json) terminal.out(`${JSON.stringify({ url, pid })}\n`);
  else terminal.out(`Offprint is running already (process ${pid}), at ${url}\n`);
  if (options.open) await openBrowser(url, (line) => terminal.err(line));
  return true;
}
