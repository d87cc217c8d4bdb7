import { app } from 'electron';

/** How long closing the library may take before the program ends anyway, in milliseconds. */
const closePatience = 10_000;

/**
 * Ends the program in order: windows first (each holds itself back until it is flushed, which
 * stops the quitting, so it is taken up again when the last one is gone), then the library, then
 * the process. On macOS the program stays when its window closes, unless it is quitting.
 * @param close closes the library
 * @returns calls the quitting off, for when the reader wants a window to stay after all
 */
export function quitInOrder(close: () => Promise<void>, platform: NodeJS.Platform = process.platform): () => void {
  let isQuitting = false;
  app.on('before-quit', () => {
    isQuitting = true;
  });
  app.on('window-all-closed', () => {
    if (isQuitting || platform !== 'darwin') app.quit();
  });
  let isClosing = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (isClosing) return;
    isClosing = true;
    const timer = setTimeout(() => {
      process.stderr.write('Offprint: the library did not close in time.\n');
      app.exit(1);
    }, closePatience);
    close()
      .then(
        () => 0,
        () => {
          process.stderr.write('Offprint: the library did not close as it should.\n');
          return 1;
        },
      )
      .then((code) => {
        clearTimeout(timer);
        app.exit(code);
      });
  });
  return () => {
    isQuitting = false;
  };
}
