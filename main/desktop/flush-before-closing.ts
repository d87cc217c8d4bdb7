import type { BrowserWindow } from 'electron';

/** What a closing window waits for. */
export interface Flushing {
  /** Asks the page to save everything typed. */
  ask(): void;
  /** Resolves when it has, or when it takes too long. */
  flushed(): Promise<void>;
  /** Writes down what the window itself knows. */
  save(): Promise<void>;
}

/**
 * Holds a closing window back until what was typed in it is saved, then closes it for good. A page
 * that has crashed is not asked, and one that does not answer is not waited for without end.
 */
export function flushBeforeClosing(window: BrowserWindow, flushing: Flushing): void {
  let isClosing = false;
  window.on('close', (event) => {
    event.preventDefault();
    if (isClosing) return;
    isClosing = true;
    void closeWhenFlushed(window, flushing);
  });
  // Windows ends the session without asking to close; there is time for a word, not for an answer.
  window.on('query-session-end', () => flushing.ask());
}

async function closeWhenFlushed(window: BrowserWindow, flushing: Flushing): Promise<void> {
  const saved = flushing.save().catch(() => {});
  if (!window.webContents.isCrashed()) {
    const flushed = flushing.flushed();
    flushing.ask();
    await flushed;
  }
  await saved;
  // Not `close`, which would come round to where we are.
  if (!window.isDestroyed()) window.destroy();
}
