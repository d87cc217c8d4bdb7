import type { BrowserWindow } from 'electron';

/** What a closing window waits for. */
export interface Flushing {
  /** Asks the page to save everything typed. */
  ask(): void;
  /** Resolves with how many notes could not be saved, or with null when the page does not answer. */
  flushed(): Promise<number | null>;
  /** Asks the reader whether to close all the same, and lose what is not saved. */
  closeAnyway(unsaved: number | null): Promise<boolean>;
  /** Writes down what the window itself knows. */
  save(): Promise<void>;
}

/**
 * Holds a closing window back until what was typed in it is saved, then closes it for good. Where
 * something could not be saved, or the page does not answer, the reader decides. A page that has
 * crashed is not asked.
 */
export function flushBeforeClosing(window: BrowserWindow, flushing: Flushing): void {
  let isClosing = false;
  window.on('close', (event) => {
    event.preventDefault();
    if (isClosing) return;
    isClosing = true;
    void closeWhenFlushed(window, flushing).finally(() => {
      isClosing = false;
    });
  });
  // Windows ends the session without asking to close; there is time for a word, not for an answer.
  window.on('query-session-end', () => flushing.ask());
  window.on('session-end', () => flushing.ask());
}

async function closeWhenFlushed(window: BrowserWindow, flushing: Flushing): Promise<void> {
  const saved = flushing.save().catch(() => {});
  if (!window.webContents.isCrashed()) {
    const flushed = flushing.flushed();
    flushing.ask();
    const unsaved = await flushed;
    if (unsaved !== 0 && !window.isDestroyed() && !(await flushing.closeAnyway(unsaved))) return;
  }
  await saved;
  // Not `close`, which would come round to where we are.
  if (!window.isDestroyed()) window.destroy();
}
