import open from 'open';
import { describeError } from '../log/describe-error.ts';
import { log } from '../log/log.ts';
import { isLogged, logCalls, withLogFolder } from '../log/log-library.ts';
import { watchProcess } from '../log/watch-process.ts';
import { buildPageIfMissing } from '../serve/build-page.ts';
import { startServer } from '../serve/serve.ts';
import { sayAddress } from '../store/folder-lock.ts';
import type { ExitCode, JsonOptions, Session } from './session.ts';
import { showFolder } from './show-folder.ts';
import { programPath } from './with-library.ts';

/** Options of `serve`. */
export interface ServeOptions extends JsonOptions {
  port: number;
  open: boolean;
}

/** Serves the library to a browser until the reader stops it. */
export async function serve({ library, terminal }: Session, options: ServeOptions): Promise<ExitCode> {
  const stopped = terminal.stopped();
  await buildPageIfMissing(programPath('.'));
  const forget = watchProcess(log);
  const show = async (folder: string) => options.open && (await showFolder(folder));
  const shows = async () => ({ shown: await show(library.dataFolder) });
  const handlers = withLogFolder({ ...library.handlers, 'data.show': shows }, library.dataFolder, show);
  const server = await startServer({
    library: {
      handlers: logCalls(handlers, log),
      on: library.on,
      stopImport: () => library.stopImport(),
    },
    rendererFolder: programPath('out/renderer'),
    port: options.port,
    // Where it happened, without the error's own words, which could hold what a reader wrote.
    report: (error) => {
      const described = describeError(error);
      if (!isLogged(error)) log.error('failed', { where: 'server', ...described });
      const [place] = described.error.at;
      terminal.err(`offprint: internal error${place === undefined ? '' : ` at ${place}`}`);
    },
  });
  // A second one finds it by this, and opens the same address.
  sayAddress(library.dataFolder, server.url);
  try {
    if (options.json) terminal.out(`${JSON.stringify({ url: server.url, pid: process.pid })}\n`);
    else terminal.out(`Offprint is at ${server.url}\nStop it with Ctrl+C.\n`);
    if (options.open) await openBrowser(server.url, (line) => terminal.err(line));
    await stopped;
  } finally {
    sayAddress(library.dataFolder, null);
    await server.close();
    forget();
    log.info('quit', { code: 0 });
  }
  return 0;
}

/** Milliseconds within which a program that cannot open a browser has found that out. */
const longestLaunch = 15_000;

/** Opens an address in the reader's browser. @param complain told, as one line, when that cannot be done */
export async function openBrowser(url: string, complain: (line: string) => void): Promise<void> {
  const failed = () => complain('offprint: no browser could be opened; open the address above by hand.');
  try {
    const launcher = await open(url);
    const begun = performance.now();
    launcher.once('error', failed);
    // Where the browser itself is what was started, its own end, later on, says nothing.
    launcher.once('exit', (code) => {
      if (code !== 0 && performance.now() - begun < longestLaunch) failed();
    });
  } catch {
    failed();
  }
}
