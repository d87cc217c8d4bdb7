import { app } from 'electron';
import { describeError } from '../log/describe-error.ts';
import { log } from '../log/log.ts';

/** How long closing the library may take before the program ends anyway, in milliseconds. */
const closePatience = 10_000;

/**
 * Ends the program in order: windows first (each holds itself back until it is flushed, which
 * stops the quitting, so it is taken up again when the last one is gone), then the library, then
 * the process. On macOS the program stays when its window closes, unless it is quitting.
 * @param close closes the library
 * @param end ends the process, with this code, when everything else is done
 * @returns calls the quitting off, for when the reader wants a window to stay after all
 */
export function quitInOrder(
  close: () => Promise<void>,
  platform: NodeJS.Platform = process.platform,
  end: (code: number) => void = (code) => app.exit(code),
): () => void {
  let isQuitting = false;
  app.on('before-quit', () => {
    isQuitting = true;
  });
  app.on('window-all-closed', () => {
    if (isQuitting || platform !== 'darwin') app.quit();
  });
  let isClosing = false;
  let isClosed = false;
  app.on('will-quit', (event) => {
    // Whatever ends the process then, an installer say, may do so.
    if (isClosed) return;
    event.preventDefault();
    if (isClosing) return;
    isClosing = true;
    const begun = performance.now();
    const timer = setTimeout(() => {
      process.stderr.write('Offprint: the library did not close in time.\n');
      log.error('failed', { where: 'closing', ...describeError(new Error('did not close in time')) });
      app.exit(1);
    }, closePatience);
    close()
      .then(
        () => {
          log.info('closed', { ms: performance.now() - begun });
          return 0;
        },
        (error: unknown) => {
          log.error('failed', { where: 'closing', ...describeError(error) });
          process.stderr.write('Offprint: the library did not close as it should.\n');
          return 1;
        },
      )
      .then((code) => {
        clearTimeout(timer);
        isClosed = true;
        end(code);
      });
  });
  return () => {
    isQuitting = false;
  };
}
