import { dataFolderPath } from '../data-folder.ts';
import { connectToRunning, openInRunning } from '../opening/running-offprint.ts';
import { addressOfHolder, readHolder } from '../store/lock-holder.ts';
import { openRunning } from './hand-over.ts';
import { safeLine } from './safe-text.ts';
import type { CommonOptions, ExitCode } from './session.ts';
import type { Terminal } from './terminal.ts';

/** Options of `open`. */
export interface OpenOptions extends CommonOptions {
  /** Opens the browser where no page is open that shows it. */
  open: boolean;
}

/**
 * Has links and files shown by the Offprint that serves the data folder to a browser. An import or a restore waits
 * there for the reader to confirm it; nothing is changed here.
 */
export async function openThings(
  terminal: Terminal,
  things: readonly string[],
  { dataDir, open }: OpenOptions,
): Promise<ExitCode> {
  const folder = dataFolderPath(dataDir ?? null, { env: terminal.env, folder: terminal.folder });
  const running = await addressOfHolder(folder);
  if (running === null) {
    const isWindow = readHolder(folder)?.host === 'window';
    terminal.err(`offprint: ${isWindow ? windowHasIt : nobodyHasIt}`);
    return 1;
  }
  const asked = things.map((text) => ({ kind: 'argument' as const, text }));
  const client = await connectToRunning(running.url);
  const { shown, opened, refusals } = await openInRunning(client, { asked, folder: terminal.folder });
  for (const refusal of refusals) terminal.err(`offprint: ${safeLine(refusal)}`);
  if (opened > 0) {
    const where = shown ? 'in the page that is open' : `at ${running.url}`;
    terminal.out(`Offprint (process ${running.pid}) shows it ${where}\n`);
    if (!shown && open) await openRunning(running.url, terminal);
  }
  return refusals.length > 0 ? 1 : 0;
}

const windowHasIt =
  'This library is open in the window of Offprint. Open it there: drop the file on it, or follow the link.';
const nobodyHasIt = 'No Offprint serves this library. Start one first, with `serve` or `npm start`.';
