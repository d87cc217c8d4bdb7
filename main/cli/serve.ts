import { describeError } from '../log/describe-error.ts';
import { log } from '../log/log.ts';
import { isLogged, logCalls, withLogFolder } from '../log/log-library.ts';
import { watchProcess } from '../log/watch-process.ts';
import { buildPageIfMissing } from '../serve/build-page.ts';
import { pagePathOf } from '../serve/page-path.ts';
import { startServer } from '../serve/serve.ts';
import { sayAddress } from '../store/folder-lock.ts';
import { openBrowser } from './open-browser.ts';
import { sayServedAt } from './served-at.ts';
import type { ExitCode, JsonOptions, Session } from './session.ts';
import { showFolder } from './show-folder.ts';
import { programPath } from './with-library.ts';

/** Options of `serve`. */
export interface ServeOptions extends JsonOptions {
  port: number;
  /** The address of this computer to serve at. */
  host: string;
  open: boolean;
}

/** Serves the library to a browser until the reader stops it. */
export async function serve({ library, terminal }: Session, options: ServeOptions): Promise<ExitCode> {
  const stopped = terminal.stopped();
  await buildPageIfMissing(programPath('.'));
  const forget = watchProcess(log);
  const show = async (folder: string) => options.open && (await showFolder(folder));
  const shows = async () => ({ shown: await show(library.dataFolder) });
  const handlers = { ...library.handlers, 'data.show': shows };
  const server = await startServer({
    library: {
      handlers: logCalls(options.open ? withLogFolder(handlers, library.dataFolder, show) : handlers, log),
      on: library.on,
      stopImport: () => library.stopImport(),
    },
    rendererFolder: programPath('out/renderer'),
    dataFolder: library.dataFolder,
    port: options.port,
    address: options.host,
    path: pagePathOf(library.dataFolder),
    // Where it happened, without the error's own words, which could hold what a reader wrote.
    report: (error) => {
      const described = describeError(error);
      if (!isLogged(error)) log.error('failed', { where: 'server', ...described });
      const [place] = described.error.at;
      terminal.err(`offprint: internal error${place === undefined ? '' : ` at ${place}`}`);
    },
  });
  // A second one finds it by this.
  sayAddress(library.dataFolder, server.url);
  try {
    sayServedAt(terminal, server.url, process.pid, options.json ? null : 'Offprint is at');
    if (!options.json) terminal.out('Stop it with Ctrl+C.\n');
    if (options.open) await openBrowser(server.launch(), (line) => terminal.err(line));
    await stopped;
  } finally {
    sayAddress(library.dataFolder, null);
    await server.close();
    forget();
    log.info('quit', { code: 0 });
  }
  return 0;
}
