import type { BrowserWindow } from 'electron';
import type { KeptDrafts } from '../kept-drafts.ts';
import type { Unsaved } from './ask-to-close.ts';

/** What a closing window waits for. */
export interface Flushing {
  /** Asks the page to save everything typed. */
  ask(): void;
  /** Resolves with how many notes could not be saved, or with null when the page does not answer. */
  flushed(): Promise<number | null>;
  /** What the page has not saved, for when it cannot. */
  drafts: Pick<KeptDrafts, 'count' | 'save' | 'drop'>;
  /** True while the page does not answer. */
  isHung(): boolean;
  /** Asks the reader whether to close all the same. */
  closeAnyway(unsaved: Unsaved): Promise<boolean>;
  /** Called when the reader keeps the window. */
  stays(): void;
  /** Writes down what the window itself knows. */
  save(): Promise<void>;
}

/**
 * Holds a closing window back until what was typed in it is saved, then closes it for good. A page
 * that answers saves it itself; where it does not, or has crashed, what it kept with the program is saved
 * from there. Where something could not be saved, or the page does not answer, the reader decides.
 * @returns true while the window closes
 */
export function flushBeforeClosing(window: BrowserWindow, flushing: Flushing): () => boolean {
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
  const ending = () => {
    // A page that answers has something newer, and saves that.
    if (window.webContents.isCrashed() || flushing.isHung()) void flushing.drafts.save();
    else flushing.ask();
  };
  window.on('query-session-end', ending);
  window.on('session-end', ending);
  return () => isClosing;
}

async function closeWhenFlushed(window: BrowserWindow, flushing: Flushing): Promise<void> {
  const saved = flushing.save().catch(() => {});
  const mayClose = window.webContents.isCrashed()
    ? await isKeptSaved(window, flushing)
    : await isPageSaved(window, flushing);
  if (!mayClose) {
    flushing.stays();
    return;
  }
  await Promise.all([saved, flushing.drafts.drop()]);
  // Not `close`, which would come round to where we are.
  if (!window.isDestroyed()) window.destroy();
}

/** Whether nothing is lost with a page that is there, or the reader lets it be lost. */
async function isPageSaved(window: BrowserWindow, flushing: Flushing): Promise<boolean> {
  const answer = flushing.flushed();
  const gone = new Promise<'gone'>((resolve) => {
    window.webContents.once('render-process-gone', () => resolve('gone'));
  });
  flushing.ask();
  const notes = await Promise.race([answer, gone]);
  if (notes === 0) return true;
  if (notes === 'gone' || window.isDestroyed()) return isKeptSaved(window, flushing);
  if (notes !== null) return await flushing.closeAnyway({ kind: 'page', notes });
  const closes = await flushing.closeAnyway({ kind: 'silent', kept: flushing.drafts.count() });
  return closes && (await isKeptSaved(window, flushing));
}

/** Saves what a page kept that cannot do so itself, as often as the reader wants it tried. */
async function isKeptSaved(window: BrowserWindow, flushing: Flushing): Promise<boolean> {
  for (;;) {
    const why = await flushing.drafts.save();
    if (why === null || window.isDestroyed()) return true;
    if (await flushing.closeAnyway({ kind: 'kept', notes: flushing.drafts.count(), why })) return true;
  }
}
