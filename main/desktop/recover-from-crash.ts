import { app, type BrowserWindow, dialog } from 'electron';

/** A page that crashes again within this time, in milliseconds, would go on doing so. */
const tooSoon = 10_000;

/**
 * Loads the page again when its process has crashed or was killed; the library lives in another
 * process and has lost nothing. A page that crashes again at once is given up with a message.
 */
export function recoverFromCrash(window: BrowserWindow): void {
  let lastCrash = Number.NEGATIVE_INFINITY;
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return;
    const now = performance.now();
    const isLoop = now - lastCrash < tooSoon;
    lastCrash = now;
    if (!isLoop) {
      // Not at once: Chromium is still busy with the process that died, and starting another one
      // for the same page from here has taken the whole program down.
      setImmediate(() => {
        if (!window.isDestroyed()) window.webContents.reload();
      });
      return;
    }
    process.stderr.write(`Offprint: the window crashed twice (${details.reason}).\n`);
    dialog.showErrorBox(
      'The window of Offprint keeps crashing',
      'Every note that was shown as saved is saved. Please start Offprint again.',
    );
    app.quit();
  });
}
