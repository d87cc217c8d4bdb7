import { app, type BrowserWindow, dialog } from 'electron';

/** A page that crashes again within this time, in milliseconds, would go on doing so. */
const tooSoon = 10_000;

/**
 * Loads the page again when its process has crashed or was killed; the library lives in another
 * process and has lost nothing, and the page takes up what it had not saved. A page that crashes
 * again at once is given up with a message.
 * @returns ends the page's process and loads the page again, which is no crash: for a page that does not answer
 */
export function recoverFromCrash(window: BrowserWindow): () => void {
  let lastCrash = Number.NEGATIVE_INFINITY;
  let isAsked = false;
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return;
    const now = performance.now();
    const isLoop = !isAsked && now - lastCrash < tooSoon;
    if (!isAsked) lastCrash = now;
    isAsked = false;
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
      'Offprint saves what you wrote, and ends. Please start it again.',
    );
    app.quit();
  });
  return () => {
    if (window.isDestroyed()) return;
    isAsked = true;
    // Not `reload`, which waits for the page to agree.
    window.webContents.forcefullyCrashRenderer();
  };
}
