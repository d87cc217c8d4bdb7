import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { isSameAddress } from '../serve/address.ts';
import { launchPath } from '../serve/launches.ts';
import { FolderHeld } from '../store/folder-lock.ts';
import { addressOfHolder } from '../store/lock-holder.ts';
import { openBrowser } from './open-browser.ts';
import type { ServeOptions } from './serve.ts';
import { sayServedAt } from './served-at.ts';
import type { Terminal } from './terminal.ts';

/** Milliseconds that a server gets to answer. */
const patience = 5000;

/**
 * Leaves it to the Offprint that serves the data folder already, if that is why this one cannot: its
 * address is told, and a browser opened there as it would have been.
 * @param error why the library could not be opened
 * @param open opens a browser, see {@link openBrowser}
 * @returns whether there is one
 */
export async function handOver(
  error: unknown,
  options: ServeOptions,
  terminal: Terminal,
  open: typeof openBrowser = openBrowser,
): Promise<boolean> {
  const running = error instanceof FolderHeld ? await addressOfHolder(error.folder) : null;
  if (running === null) return false;
  const { url, pid } = running;
  sayServedAt(terminal, url, pid, options.json ? null : `Offprint is running already (process ${pid}), at`);
  if (!isSameAddress(url, options.host)) {
    terminal.err(`offprint: that is not the address ${options.host}. Stop it first to serve at another one.`);
  }
  if (options.open) await openRunning(url, terminal, open);
  return true;
}

/**
 * Opens a browser at an Offprint that runs already.
 * @param url the address that it says of itself, which the reader has been told
 */
export async function openRunning(
  url: string,
  terminal: Pick<Terminal, 'err'>,
  open: typeof openBrowser = openBrowser,
): Promise<void> {
  const launch = await askForLaunch(url).catch(() => null);
  if (launch === null) terminal.err('offprint: it does not answer now; open the address above by hand.');
  else await open(launch, (line) => terminal.err(line));
}

/**
 * Asks a server for an address to open a browser with: its own, which is good as long as it runs, must not
 * stand on a command line.
 * @param url the address that it says of itself
 */
async function askForLaunch(url: string): Promise<string> {
  const { origin, searchParams } = new URL(url);
  const headers = { Authorization: `Bearer ${searchParams.get('token')}`, 'Content-Length': '0' };
  const key = await new Promise<string>((resolve, reject) => {
    const signal = AbortSignal.timeout(patience);
    const asking = request(new URL(launchPath, origin), { method: 'POST', headers, agent: false, signal }, (answer) => {
      if (answer.statusCode === 200) text(answer).then(resolve, reject);
      else reject(new Error(`answered ${answer.statusCode}`));
    });
    asking.on('error', reject);
    asking.end();
  });
  if (!/^[\w-]{43}$/.test(key)) throw new Error('not a key');
  return `${origin}/?token=${key}`;
}
