import { type BrowserWindow, dialog } from 'electron';

/** What becomes of a page that does not answer. */
export interface Hanging {
  /** Loads the page again, whatever it is doing. */
  restart(): void;
  /** True while the window closes, and something else asks about it. */
  isClosing(): boolean;
}

/**
 * Asks the reader what to do about a page that does not answer any more: wait, or load it again. The question goes
 * away by itself when the page answers.
 * @returns true while the page does not answer
 */
export function watchForHang(window: BrowserWindow, hanging: Hanging): () => boolean {
  let isHung = false;
  let question: AbortController | null = null;
  const answered = () => {
    isHung = false;
    question?.abort();
  };
  window.on('unresponsive', () => {
    isHung = true;
    // Chromium says so again each time that the reader tries something.
    if (question !== null || hanging.isClosing()) return;
    const asking = new AbortController();
    question = asking;
    void askToRestart(window, asking.signal)
      .then((restarts) => {
        if (restarts && !asking.signal.aborted && !hanging.isClosing()) hanging.restart();
      })
      // The window has gone with its question.
      .catch(() => {})
      .finally(() => {
        question = null;
      });
  });
  window.on('responsive', answered);
  window.webContents.on('render-process-gone', answered);
  window.on('closed', answered);
  return () => isHung;
}

async function askToRestart(window: BrowserWindow, signal: AbortSignal): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: 'The window does not answer.',
    detail:
      'It may be busy, and answer in a moment. When it is loaded again, what you wrote last is there and saved, and everything else is as it was.',
    buttons: ['Wait', 'Load it again'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
    signal,
  });
  return response === 1;
}
